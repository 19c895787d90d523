"""Whose claim a mention is: reported speech, sources, quotations; and what is no claim, an act done by saying it."""

from collections.abc import Callable

import pytest

from transforms.cleaning import clean
from transforms.events.quotes import Quotes, quotations
from transforms.identity import text_id
from transforms.records import ArticleMentions
from transforms.reference import split, table

Read = Callable[..., ArticleMentions]
RELATIONS = {
    "content", "belief", "aim", "obj", "of", "as", "call", "noun", "before", "source", "cite", "silent", "unnamed",
    "voice", "text",
}  # fmt: skip

REPORTED = [
    ("Kyiv said on Sunday that Russian forces had broken the truce.", "Ukraine"),
    ("Foreign Minister Pekka Haavisto said that Finnish and Polish envoys had met in Gdansk.", "Pekka Haavisto"),
    ("The ceasefire was broken within hours, the UN mission reported.", "the UN mission"),
    ("The ceasefire, villagers said, was broken before dawn.", "villagers"),
    ("As the Turkish army told reporters, Syrian troops violated the ceasefire at noon.", "Turkey"),
    ("Armenia accused Azerbaijan of violating the ceasefire.", "Armenia"),
    ("Azerbaijan was accused by Armenia of violating the ceasefire.", "Armenia"),
    ("Ethiopia is accused of violating the ceasefire in Tigray.", "unnamed"),
    ("India and Pakistan accused each other of violating the ceasefire.", "India; Pakistan"),
    ("The monitors reported violations of the ceasefire by Sudan's army.", "the monitors"),
    ("Lebanon condemned what it called a violation of the ceasefire by Israel.", "Lebanon"),
    ("Greece rejected Turkey's claim that it had violated the truce.", "Turkey"),
    ("Iran rejected claims that it had violated the ceasefire with Israel.", "unnamed"),
    ("Kyiv, which said Russia had violated the truce, asked for monitors.", "Ukraine"),
    ("Chad said that Sudan had refused to hold talks with Libya.", "Chad"),
    ("Slovakia's prime minister told Emmanuel Macron that Vladimir Putin had rejected the ceasefire.", "Slovakia"),
    ("The foreign ministry in Baku said Armenian troops had broken the truce.", "the foreign ministry in Baku"),
    ("Colombian officials confirmed that the ELN had violated the ceasefire.", "Colombia"),
    ("A Kremlin spokesman said Ukraine had violated the truce.", "Russia"),
    ("Lebanon's army said in a statement that Israel had violated the ceasefire.", "Lebanon"),
    ("Cuba lifted its sanctions on Panama, a Brazilian newspaper reported.", "a Brazilian newspaper"),
]
SOURCES = [
    ("According to the Kremlin, Vladimir Putin and Joe Biden spoke by phone on Monday.", "Russia"),
    ("Sudan's army broke the truce, according to two aid workers.", "two aid workers"),
    ("The rebels broke the truce, according to a statement issued by the Sudanese army.", "Sudan"),
    ("Fars news agency reported that Iranian and Saudi envoys had held talks in Baghdad.", "Fars news agency"),
    (
        "Vladimir Putin and Kim Jong Un met in secret, Reuters reported, citing a Chinese diplomat.",
        "a Chinese diplomat",
    ),
    ("Sergei Lavrov was quoted by TASS as saying that Ukraine had broken the truce.", "Sergei Lavrov"),
    (
        "A US official, speaking on condition of anonymity, said Israel and Hamas had agreed to a truce.",
        "a US official",
    ),
    ("Vladimir Putin reportedly met Kim Jong Un in Vladivostok on Monday.", "unnamed"),
    ("Vladimir Putin and Kim Jong Un are said to have met in Vladivostok.", "unnamed"),
    ("Envoys looked into an alleged violation of the ceasefire by Israel.", "unnamed"),
    ("Truce in Yemen broken within hours: UN mission", "UN mission"),
]
NESTED = [
    ("Reuters reported that Kyiv had accused Moscow of breaking the truce.", "Ukraine"),
    ("Emmanuel Macron said that Russia was accused of violating the truce.", "Emmanuel Macron"),
    ("The Kremlin said Ukraine had called for talks with Russia.", "Russia"),
    ("The White House said Israel had agreed to a ceasefire with Hezbollah.", "United States"),
]
OWN_ACTS = [
    "Joe Biden said he would impose sanctions on Belarus.",
    "Turkey said it would host talks between Russia and Ukraine in Istanbul.",
    "The EU said it had imposed sanctions on ten Russian companies.",
    "The pope said that a ceasefire must be agreed in Sudan.",
    "Hamas said it had accepted the ceasefire.",
    "Vladimir Putin and Xi Jinping will meet in Sochi on Monday, Kremlin spokesman Dmitry Peskov said.",
    "“We will impose sanctions on Iran,” US Secretary of State Antony Blinken told reporters.",
    "Hamas called for a ceasefire with Israel.",
    "Washington warned Iran of new sanctions.",
    "The rebels announced a three-day truce.",
]
TOLD = [
    "Emmanuel Macron met Olaf Scholz in Paris on Monday.",
    "After meeting Turkish President Recep Tayyip Erdogan in Ankara, Sergei Lavrov said that trade would resume.",
    "The “ceasefire” between Israel and Hezbollah took effect on Wednesday.",
    "Israel's violation of the ceasefire angered Lebanon, which said that its patience was at an end.",
    "Japan, which says it wants peace, imposed sanctions on Russia.",
    "As we have reported, Russia broke the truce.",
    "Russia broke the truce, and Ukraine said that it would answer.",
    "The two sides urged Sudan's generals “to keep to the ceasefire that they signed”.",
]
QUOTED = [
    ("“We met the Iranian delegation in Doha,” Qatari Prime Minister Mohammed bin Abdulrahman Al Thani told reporters.",
     ["Mohammed bin Abdulrahman Al Thani"]),
    ("'We met the Russian delegation in Geneva on Monday,' US Secretary of State Antony Blinken said.",
     ["Antony Blinken"]),
    ("“The truce has collapsed. Russian forces broke the truce twice,” Ukrainian President Volodymyr Zelenskiy said.",
     ["Volodymyr Zelenskiy", "Volodymyr Zelenskiy"]),
    ("Ukrainian President Volodymyr Zelenskiy was blunt. “It is over,” he said. “Russian forces broke the ceasefire.”",
     ["Volodymyr Zelenskiy"]),
    ("Ukrainian President Volodymyr Zelenskiy blamed Moscow. “Russian forces broke the ceasefire in two places.”",
     ["Volodymyr Zelenskiy"]),
    ("Ukrainian President Volodymyr Zelenskiy said the night was calm.\n“Then Russian forces broke the ceasefire.”",
     ["Volodymyr Zelenskiy"]),
    ("Ukrainian President Volodymyr Zelenskiy came home.\n“Russian forces broke the ceasefire. It was a dark hour,” "
     "Zelenskiy told reporters at the airport. “Nobody was hurt and nobody slept.”", ["Volodymyr Zelenskiy"]),
    ("Ukrainian President Volodymyr Zelenskiy came home. “It was a dark hour,” he said.\n“Nobody was hurt. Nobody "
     "slept.”\n“Russian forces broke the ceasefire.”", ["Volodymyr Zelenskiy"]),
    ("Joe Biden said little. Rain fell all day.\n“Russian forces broke the ceasefire.”", ["unnamed"]),
    ("Boris Johnson recalled his travels. “Vladimir Putin met Kim Jong Un twice,” he said.", ["Boris Johnson"]),
    ("Lebanese Prime Minister Nawaf Salam toured the south. He said Israel had violated the ceasefire.",
     ["Nawaf Salam"]),
    ('The Taliban spoke first. "The Afghan government broke the truce in three districts," a spokesman said.',
     ["a spokesman"]),
    ('"Iran and Iraq held talks in Basra on Sunday," read a banner over the road.', ["unnamed"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker"), [*REPORTED, *SOURCES, *NESTED])
def test_what_somebody_is_reported_to_say_is_a_claim(read: Read, text: str, speaker: str) -> None:
    claims = {m.claimed_by for m in read(text).mentions}
    assert claims == {speaker}


@pytest.mark.parametrize("text", OWN_ACTS)
def test_what_a_party_does_by_saying_it_is_no_claim(read: Read, text: str) -> None:
    assert {m.claimed_by for m in read(text).mentions} == {None}


@pytest.mark.parametrize("text", TOLD)
def test_what_the_article_tells_itself_is_no_claim(read: Read, text: str) -> None:
    assert {m.claimed_by for m in read(text).mentions} == {None}


@pytest.mark.parametrize(("text", "speakers"), QUOTED)
def test_a_quotation_is_the_claim_of_its_speaker(read: Read, text: str, speakers: list[str]) -> None:
    assert [m.claimed_by for m in read(text).mentions] == speakers


@pytest.mark.parametrize("row", table("saying"), ids=lambda row: f"{row['relation']}-{row['words'][:12]}")
def test_a_word_of_saying_makes_its_example_a_claim(read: Read, row: dict[str, str]) -> None:
    found = {m.claimed_by or "none" for m in read(row["example"]).mentions}
    assert found == {row["speaker"]}


def test_words_of_saying_stand_once_in_a_relation() -> None:
    assert {row["relation"] for row in table("saying")} == RELATIONS
    words = [(row["relation"], word) for row in table("saying") for word in split(row["words"])]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("“We met,” he said. “It went well.”", ["We met,", "It went well."]),
        ('"We met,” he said.', ["We met,"]),
        ("‘The rebels’ truce is over,’ she said.", ["The rebels’ truce is over,"]),
        ("The rebels’ truce and the army's are over.", []),
        ("“We met in May. It went well.", ["We met in May. It went well."]),
        ("He is 6'2\" tall.", []),
    ],
)
def test_quotation_marks(line: str, marked: list[str]) -> None:
    assert [line[q.start : q.end] for q in quotations(line)] == marked


def test_a_line_that_is_all_quotation_is_told_from_one_that_is_not() -> None:
    quotes = Quotes(clean(text_id("x"), "“We met.”\n“We met,” he said.\nThey met."))
    assert [quotes.whole_line(line) for line in range(3)] == [True, False, False]
