"""Sentences of news copy: where they end, and where a full stop does not end one."""

import time

import pytest

from transforms import reference
from transforms.cleaning.sentences import LONGEST_SENTENCE, split_sentences

# Each line is split at the bars, which are not part of it.
CORPUS = [
    # abbreviations and titles
    "U.S. President Jane Doe met Mr. Li on Nov. 8.|They talked for an hour.",
    "Gen. Haddad met Lt. Col. J. K. Smith.|Both declined to comment.",
    "Sens. Doe and Roe, Rep. Poe and Gov. Moe signed.|The Rev. John Doe did not.",
    "Defence Minister John Doe Jr. said no.|Acme Inc. shares fell.",
    "It was blocked by Acme Corp.|The firm gave no reason.",
    "The case, Doe v. Roe, is pending.|Russia vs. Ukraine is not on the list.",
    "See Art. 7 of the pact.|Downing Street, No. 10, was silent.",
    "He said no.|The talks ended.",
    "The embassy in St. Petersburg closed.|Mt. Ararat was in sight.",
    "Troops entered in Feb.|The truce came in Sept. 2015.",
    # dotted letters inside and at the end of a sentence
    "The U.S. Treasury blacklisted the bank.|The U.N. envoy left.",
    "They flew to the U.S.|The talks start on Monday.",
    "He spoke in Washington, D.C.|On Tuesday he left.",
    "Talks began at 10 a.m. Monday and ended at 5 p.m.|He slept.",
    "It was 6 p.m. in Doha.|It ended at 9 a.m.",
    "“We will not leave the U.N.”|The minister sat down.",
    "George W. Doe and Jane A. Roe met.|Vitamin C. Diaz was there.",
    "You and I.|They left.",
    # a headline may have a capital in every word
    "U.S. In Talks With U.N. Over Sanctions",
    # numbers
    "It rose 3.5 percent to $1.2 billion.|In 2014.|The next year it fell.",
    "1. Stop firing.|2. Withdraw.",
    # quotation marks and brackets
    '"A truce must come soon. |The sooner the better."|He left.',
    "“We agree.”|“So do we.”|‘Good.’|He nodded.",
    "He left (it was late.)|She stayed [for now.]|All slept.",
    "„Wir gehen.“|He left.",
    "“Never again!” President Doe said.|“Why?” he asked.|“Is it over?” Ms. Roe asked reporters.",
    '"Why now? " he asked.|Nobody knew.',
    # ellipses
    "He paused... and went on.|So it goes…|And then… nothing.",
    "... and so they met.|“… We agreed.”",
    # exclamation and question marks
    "Enough!|Who fired first?!|Nobody knows.",
    # no blank after the stop
    "They left the talks.The next day they returned.|“We agree.”He left.",
    "See www.example.org or mail a.b@example.org.|Version 2.0 of the text is out.",
    # names that begin with a small letter
    "The rebels left.|al-Doe stayed behind.",
    "The plan of e.g. Qatar i.e. the mediator stands.",
]


def glued(line: str) -> tuple[str, list[str]]:
    """The text without bars, and the sentences; a stop without a blank is written without one around the bar."""
    text = line.replace("talks.The", "talks.|The").replace(".”He", ".”|He") if "The next day they" in line else line
    sentences = [part.strip() for part in text.split("|")]
    return line.replace(" |", " ").replace("|", " "), sentences


@pytest.mark.parametrize("line", CORPUS)
def test_sentences_end_where_they_should(line: str) -> None:
    text, expected = glued(line)
    assert [text[start:end] for start, end in split_sentences(text)] == expected


def test_offsets_are_into_the_whole_text() -> None:
    text = "Headline\nOne. Two.\nThree."
    assert [text[start:end] for start, end in split_sentences(text, 9, 18)] == ["One.", "Two."]


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert list(split_sentences(text)) == []


def test_a_sentence_without_end_is_cut_at_a_blank() -> None:
    text = "word " * 2_000
    parts = [text[start:end] for start, end in split_sentences(text)]
    assert all(len(part) <= LONGEST_SENTENCE and set(part.split()) == {"word"} for part in parts)
    assert "".join(parts).count("word") == 2_000


@pytest.mark.parametrize("text", ["x" * 1_000_000, "." * 1_000_000, ".)" * 500_000, "a. " * 300_000, "1." * 400_000])
def test_time_is_linear(text: str) -> None:
    start = time.process_time()
    for _ in split_sentences(text):
        pass
    assert time.process_time() - start < 10


def test_the_abbreviations_have_known_classes_and_true_examples() -> None:
    for row in reference.table("abbreviations"):
        assert row["class"] in {"title", "number", "inner"}
        assert row["abbreviation"] + "." in row["example"]
        text = f"They named {row['example']} in it."
        assert len(list(split_sentences(text))) == 1, text
