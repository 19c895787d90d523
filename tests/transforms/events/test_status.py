"""Every status of every type, read from sentences through the real parser; and near misses that tell nothing."""

import pytest
from spacy.language import Language

from transforms.events.status import readings
from transforms.events.triggers import find
from transforms.vocabulary import EventType, Status

MEETING = {
    Status.HELD: [
        "The two ministers met in Oslo on Monday.",
        "Norway and Sweden held talks in Oslo last week.",
        "After talks with his Finnish counterpart the minister flew home.",
        "The presidents have not met since May 2019.",
        "The chancellor spoke with the Polish president by phone on Tuesday.",
        "The negotiations ended without a result.",
    ],
    Status.ONGOING: [
        "The envoys are meeting in Doha.",
        "Talks between the two sides are under way in Muscat.",
        "Negotiators are holding talks in Vienna.",
        "The two delegations are currently holding negotiations in Geneva.",
    ],
    Status.SCHEDULED: [
        "The two leaders will meet in Astana on Thursday.",
        "The minister is set to meet his Danish counterpart.",
        "Talks are expected to resume on Monday.",
        "The president plans to hold talks with the emir next week.",
        "Macron to meet Scholz in Paris",
        "The summit is scheduled for May.",
        "The chancellor said he would meet the king on Tuesday.",
    ],
    Status.PROPOSED: [
        "The president proposed talks with Kyiv.",
        "He called for talks between the two neighbours.",
        "They are ready to hold talks without conditions.",
        "The prime minister hopes to meet the king soon.",
        "The two leaders may meet in June.",
        "If the presidents meet, gas will be the main topic.",
    ],
    Status.REJECTED: [
        "The president rejected the talks.",
        "The junta refused to meet the envoy.",
        "Tehran ruled out negotiations under pressure.",
        "A proposal to hold peace talks in Geneva was rejected by the rebels.",
        "They will not hold talks with the rebels.",
    ],
    Status.CANCELLED: [
        "The summit was called off.",
        "Washington cancelled the talks with Beijing.",
        "The foreign minister scrapped a meeting with his counterpart.",
        "The meeting between the two presidents has been cancelled.",
    ],
    Status.POSTPONED: [
        "The talks were postponed until March.",
        "Russia said it had postponed the peace conference.",
        "The two sides have delayed their meeting.",
        "The summit has been put off.",
    ],
}
CEASEFIRE = {
    Status.CALLED_FOR: [
        "The minister called for an immediate ceasefire.",
        "The U.N. chief urged both sides to agree on a truce.",
        "A cease-fire must be established at once, she said.",
        "Protesters demanded a ceasefire.",
        "The pope appealed for a truce.",
    ],
    Status.PROPOSED: [
        "The rebels offered a truce.",
        "The envoy put forward a proposal for a 30-day ceasefire.",
        "The group is ready for a truce.",
        "Mediators are considering a ceasefire of ten days.",
        "They may agree a truce this week.",
    ],
    Status.AGREED: [
        "Both sides agreed to a ceasefire.",
        "The rebels declared a unilateral truce on Sunday.",
        "A truce brokered by Qatar was announced on Friday.",
        "The generals signed a cessation of hostilities in Juba.",
        "The parties reached a deal on a ceasefire.",
    ],
    Status.IN_EFFECT: [
        "The truce took effect at dawn.",
        "The ceasefire was largely holding on Tuesday.",
        "Both sides are observing the truce.",
        "The cessation of hostilities came into force in March.",
    ],
    Status.EXTENDED: [
        "The two sides extended the truce by a week.",
        "The truce was renewed on 2 June.",
        "They agreed to prolong the ceasefire.",
        "Mediators announced an extension of the truce.",
    ],
    Status.VIOLATED: [
        "The rebels violated the ceasefire.",
        "Yerevan accused Baku of breaking the truce.",
        "Shelling in breach of the truce was reported.",
        "The truce was broken within hours.",
        "The ceasefire is not holding.",
    ],
    Status.ENDED: [
        "The truce expired on Sunday.",
        "The ceasefire collapsed after two days.",
        "The guerrillas called off the truce.",
        "The end of the ceasefire was announced on Monday.",
    ],
    Status.REJECTED: [
        "The movement rejected the ceasefire.",
        "The president refused to agree to a truce.",
        "The government turned down a proposal for a ceasefire.",
        "The junta has ruled out a truce.",
    ],
}
SANCTIONS = {
    Status.THREATENED: [
        "The president threatened to impose sanctions on Turkey.",
        "Washington will impose sanctions on the bank.",
        "Brussels warned of sanctions against Minsk.",
        "The minister spoke of the possibility of imposing sanctions on Serbia.",
        "EU to impose sanctions on Belarus",
    ],
    Status.PROPOSED: [
        "The bloc is considering sanctions on settlers.",
        "Senators urged the government to impose sanctions on Baku.",
        "The commission proposed sanctions against two refiners.",
        "She called for sanctions on the junta.",
    ],
    Status.IMPOSED: [
        "The EU imposed sanctions on Belarus.",
        "Switzerland froze the assets of the former president.",
        "Washington hit the bank with sanctions.",
        "The Treasury blacklisted two companies.",
        "The United States sanctioned three generals.",
        "Britain announced sanctions against ten judges.",
    ],
    Status.EXTENDED: [
        "The Council prolonged the sanctions on Syria by a year.",
        "The sanctions were widened in February.",
        "Britain tightened its sanctions on Iran.",
        "The extension of the sanctions was agreed on Monday.",
    ],
    Status.EASED: [
        "Washington eased sanctions on Venezuela.",
        "The sanctions were partly suspended in May.",
        "The bloc waived sanctions on two banks.",
        "Canada has relaxed its sanctions on Cuba.",
    ],
    Status.LIFTED: [
        "The United States lifted its sanctions on Sudan.",
        "The arms embargo was removed in 2017.",
        "The U.N. ended the embargo.",
        "Sanctions on Gambia were lifted on Friday.",
    ],
    Status.REJECTED: [
        "Hungary rejected sanctions on Russian gas.",
        "Belgrade refused to impose sanctions on Moscow.",
        "The government ruled out sanctions against Israel.",
        "India declined to join the sanctions.",
    ],
}
CASES = [
    (event_type, status, sentence)
    for event_type, statuses in (
        (EventType.MEETING, MEETING),
        (EventType.CEASEFIRE, CEASEFIRE),
        (EventType.SANCTIONS, SANCTIONS),
    )
    for status, sentences in statuses.items()
    for sentence in sentences
]
NOTHING = [
    (EventType.MEETING, "The ministry met its deadline."),
    (EventType.MEETING, "The plan met with criticism."),
    (EventType.MEETING, "The benchmarks had not been met."),
    (EventType.MEETING, "The two did not meet."),
    (EventType.MEETING, "The climbers reached the summit of the mountain."),
    (EventType.MEETING, "He spoke at a news conference."),
    (EventType.MEETING, "Traders talked down the impact of the clause."),
    (EventType.CEASEFIRE, "Supermarkets agreed a truce in the price war."),
    (EventType.CEASEFIRE, "No trade truce is in sight."),
    (EventType.CEASEFIRE, "The minister denied breaking the ceasefire."),
    (EventType.SANCTIONS, "A court sanctioned the arrest of two men."),
    (EventType.SANCTIONS, "The cabinet sanctioned the dispatch of more soldiers."),
]


@pytest.mark.parametrize(("event_type", "status", "sentence"), CASES)
def test_status(nlp: Language, event_type: EventType, status: Status, sentence: str) -> None:
    found = [r.status for f in find(nlp(sentence)) if f.trigger.type is event_type for r in readings(f)]
    assert status in (s or Status.HELD for s in found)


@pytest.mark.parametrize(("event_type", "sentence"), NOTHING)
def test_near_miss(nlp: Language, event_type: EventType, sentence: str) -> None:
    assert not [r for f in find(nlp(sentence)) if f.trigger.type is event_type for r in readings(f)]
