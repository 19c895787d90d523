"""Articles through all stages: who, what became of it, when, where; and what is one event and what is none."""

from collections.abc import Callable
from datetime import date

import pytest

from transforms.records import ArticleEvent, ArticleMentions
from transforms.vocabulary import EventType, Form, Role, Status

Read = Callable[..., ArticleMentions]
FRIDAY = date(2023, 6, 16)


def names(event: ArticleEvent) -> set[str]:
    return {p.name for p in event.participants}


MEETINGS = [
    ("French President Emmanuel Macron met German Chancellor Olaf Scholz in Paris on Monday.",
     {"Emmanuel Macron", "Olaf Scholz"}, Status.HELD, "2023-06-12", "Paris"),
    ("Russian and Ukrainian negotiators held talks in Istanbul on Thursday.",
     {"Russia", "Ukraine"}, Status.HELD, "2023-06-15", "Istanbul"),
    ("Talks between Armenia and Azerbaijan in Brussels were postponed on Tuesday.",
     {"Armenia", "Azerbaijan"}, Status.POSTPONED, None, "Brussels"),
    ("Turkish President Recep Tayyip Erdogan is set to meet Vladimir Putin in Sochi on June 20.",
     {"Recep Tayyip Erdogan", "Vladimir Putin"}, Status.SCHEDULED, "2023-06-20", "Sochi"),
    ("Xi Jinping and Vladimir Putin have not met since March.",
     {"Xi Jinping", "Vladimir Putin"}, Status.HELD, "2023-03-01", None),
    ("Iranian Foreign Minister Hossein Amir-Abdollahian refused to meet the American envoy.",
     {"Hossein Amir-Abdollahian", "United States"}, Status.REJECTED, None, None),
    ("Ukrainian President Volodymyr Zelenskiy urged Vladimir Putin to meet with him in Vienna.",
     {"Volodymyr Zelenskiy", "Vladimir Putin"}, Status.PROPOSED, None, "Vienna"),
    ("Finnish President Sauli Niinisto said on Wednesday he would meet Joe Biden in Helsinki in July.",
     {"Sauli Niinisto", "Joe Biden"}, Status.SCHEDULED, "2023-07-01", "Helsinki"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "who", "status", "start", "place"), MEETINGS)
def test_meeting(read: Read, text: str, who: set[str], status: Status, start: str | None, place: str | None) -> None:
    [event] = read(text, FRIDAY).events
    assert (event.event_type, event.status, names(event)) == (EventType.MEETING, status, who)
    assert (event.start_date and event.start_date.isoformat()) == start
    assert event.place == place


CEASEFIRES = [
    ("Mevlut Cavusoglu called for an immediate cease-fire.", {"Mevlut Cavusoglu": Role.PROPOSER}, Status.CALLED_FOR),
    ("Israel and Hamas agreed on Thursday to a ceasefire.", {"Israel": Role.PARTY, "Hamas": Role.PARTY}, Status.AGREED),
    ("Israel accused Hamas of violating the truce.", {"Hamas": Role.VIOLATOR, "Israel": Role.PARTY}, Status.VIOLATED),
    ("Hezbollah rejected the ceasefire.", {"Hezbollah": Role.PARTY}, Status.REJECTED),
    ("The truce between Armenia and Azerbaijan collapsed.", {"Armenia": Role.PARTY, "Azerbaijan": Role.PARTY},
     Status.ENDED),
]  # fmt: skip


@pytest.mark.parametrize(("text", "roles", "status"), CEASEFIRES)
def test_ceasefire(read: Read, text: str, roles: dict[str, Role], status: Status) -> None:
    [event] = read(text, FRIDAY).events
    assert (event.event_type, event.status) == (EventType.CEASEFIRE, status)
    assert {p.name: p.role for p in event.participants} == roles


SANCTIONS = [
    ("The European Union imposed sanctions on Belarus on Monday.", "European Union", "Belarus", Status.IMPOSED),
    ("Donald Trump threatened to impose sanctions on Turkey.", "Donald Trump", "Turkey", Status.THREATENED),
    ("Western sanctions against Russia were prolonged in January.", "West", "Russia", Status.EXTENDED),
    ("The United States lifted its sanctions on Sudan.", "United States", "Sudan", Status.LIFTED),
    ("Iran has been hit with sanctions by the United States.", "United States", "Iran", Status.IMPOSED),
    ("Britain is considering sanctions against Georgia.", "United Kingdom", "Georgia", Status.PROPOSED),
]


@pytest.mark.parametrize(("text", "sender", "target", "status"), SANCTIONS)
def test_sanctions(read: Read, text: str, sender: str, target: str, status: Status) -> None:
    [event] = read(text, FRIDAY).events
    assert (event.event_type, event.status) == (EventType.SANCTIONS, status)
    assert {p.role: p.name for p in event.participants} == {Role.SENDER: sender, Role.TARGET: target}


NOTHING = [
    "The German ministry met its deadline, France said.",
    "Russia's plan met with criticism in Poland.",
    "Germany beat France in the final of the tournament; the two sides will meet again next season in the league cup.",
    "A French court sanctioned the arrest of a Russian banker.",
    "German supermarkets agreed a truce in their price war with French retailers.",
    "Macron held a news conference in Berlin.",
    "The president met the Speaker of the House to discuss the budget.",
    "A Swiss climber reached the summit of the mountain in Nepal.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_near_misses_yield_nothing(read: Read, text: str) -> None:
    assert read(text, FRIDAY).events == []


def test_second_mention_is_not_a_second_event(read: Read) -> None:
    found = read(
        "Norwegian Foreign Minister Anniken Huitfeldt met her Swedish counterpart, Tobias Billstrom, in Oslo.\n"
        "After the meeting Huitfeldt said that the talks had been useful.",
        FRIDAY,
    )
    [event] = found.events
    assert names(event) == {"Anniken Huitfeldt", "Tobias Billstrom"}
    assert len(found.mentions) >= 2
    assert {m.article_event_id for m in found.mentions} == {event.article_event_id}


def test_stages_of_one_truce_are_events_of_their_own_with_its_parties(read: Read) -> None:
    found = read(
        "Armenia and Azerbaijan agreed a ceasefire on Monday, officials said after days of shelling.\n"
        "The truce collapsed on Wednesday.",
        FRIDAY,
    )
    assert [(e.status, names(e), e.start_date) for e in found.events] == [
        (Status.AGREED, {"Armenia", "Azerbaijan"}, date(2023, 6, 12)),
        (Status.ENDED, {"Armenia", "Azerbaijan"}, date(2023, 6, 14)),
    ]


def test_it_goes_on_about_the_truce(read: Read) -> None:
    found = read(
        "A truce between Israel and Hamas took effect last Friday, easing weeks of bombing.\n"
        "It was extended on Wednesday by two days.",
        FRIDAY,
    )
    assert (Status.EXTENDED, date(2023, 6, 14)) in [(e.status, e.start_date) for e in found.events]


def test_day_counted_from_another_event(read: Read) -> None:
    found = read(
        "Emmanuel Macron will see Olaf Scholz in Paris on the eve of Thursday's NATO summit.", date(2023, 7, 3)
    )
    assert date(2023, 7, 5) in [e.start_date for e in found.events]


def test_form_of_a_meeting(read: Read) -> None:
    [call] = read("Joe Biden spoke by phone with Xi Jinping.").events
    assert call.form is Form.PHONE_CALL


def test_evidence_points_into_the_text(read: Read) -> None:
    text = "BRUSSELS - The EU on Monday imposed sanctions on Iran.\nTehran rejected talks with Washington."
    found = read(text, FRIDAY)
    assert found.mentions
    for mention in found.mentions:
        assert text[mention.trigger_start : mention.trigger_end] == mention.trigger
        assert mention.sentence_start <= mention.trigger_start < mention.trigger_end <= mention.sentence_end


def test_ids_and_rows_are_the_same_in_every_run(read: Read) -> None:
    text = "Iran and Iraq held talks in Basra on Sunday. The talks will resume in May."
    assert read(text, FRIDAY) == read(text, FRIDAY)


def test_another_language_is_skipped_with_the_reason(read: Read) -> None:
    found = read("Die Außenminister von Frankreich und Polen haben sich am Montag in Warschau zu Gesprächen getroffen.")
    assert found.skipped is not None
    assert "de" in found.skipped
    assert found.events == []


def test_one_verb_may_tell_several_meetings(read: Read) -> None:
    text = (
        "Secretary of State Antony Blinken met Emmanuel Macron in Paris on Monday and Olaf Scholz in Berlin on Tuesday."
    )
    found = [(names(e), e.place, e.start_date) for e in read(text, FRIDAY).events]
    assert found == [
        ({"Antony Blinken", "Emmanuel Macron"}, "Paris", date(2023, 6, 12)),
        ({"Antony Blinken", "Olaf Scholz"}, "Berlin", date(2023, 6, 13)),
    ]
