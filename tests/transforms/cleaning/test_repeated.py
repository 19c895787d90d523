"""Which lines may be furniture of a page, when they count as repeated, and what cleaning makes of them."""

import pytest

from transforms.cleaning import clean
from transforms.cleaning.repeated import LEAST_SHARE, LEAST_TEXTS, Counted, candidates, line_key, sketch

PROSE = "The two ministers met in Oslo on Monday, and agreed to extend the truce by a month, officials said."
BACKGROUND = "The war, now in its third year, has killed thousands and driven a million people from their homes."
FURNITURE = "World Desk Online"
QUOTED = "“We will meet you in Oslo,” he said."
PLEA = "If you have been to the border lately, our desk would like to hear from you; we read every letter."


def test_a_key_is_that_of_letters_and_digits() -> None:
    assert line_key("World  Desk – Online!") == line_key("world desk online")
    assert line_key("World Desk 1") != line_key("World Desk 2")
    assert 0 <= line_key("\ud800") < 2**63


@pytest.mark.parametrize("line", [FURNITURE, PLEA, "What’s next?"])
def test_what_is_short_or_speaks_to_the_reader_may_be_furniture(line: str) -> None:
    assert candidates(f"{PROSE}\r\n  {line} \n{PROSE}") == {line_key(line)}


@pytest.mark.parametrize("line", [PROSE, BACKGROUND, QUOTED, "They met.", "— — —", "2021"])
def test_prose_and_what_has_no_words_may_not(line: str) -> None:
    assert candidates(line) == set()


def test_a_line_is_repeated_when_enough_texts_of_the_source_hold_it() -> None:
    often, seldom = line_key(FURNITURE), line_key(PLEA)
    counted = Counted()
    counted.count("Example", [(text, [often, seldom]) for text in range(LEAST_TEXTS - 1)])
    counted.count("Example", [(0, [seldom])])  # a copy
    counted.count("example", [(LEAST_TEXTS, [seldom])])  # another source
    assert counted.repeated("Example", {often, seldom}) == set()
    counted.count("Example", [(LEAST_TEXTS - 1, [often])])
    assert counted.repeated("Example", {often, seldom}) == {often}
    assert counted.repeated("Example", {seldom}) == counted.repeated("Example", set()) == set()
    large = int(LEAST_TEXTS / LEAST_SHARE)
    counted.count("Example", [(text, []) for text in range(LEAST_TEXTS, large)])
    assert counted.repeated("Example", {often}) == {often}
    counted.count("Example", [(large, [])])
    assert counted.repeated("Example", {often}) == set()  # in a large source, chance does as much


def test_an_update_of_a_text_mostly_has_its_sketch() -> None:
    paragraphs = [PROSE.replace("Oslo", place) for place in ("Oslo", "Doha", "Lima", "Rome", "Bern", "Kyiv", "Cairo")]
    versions = [
        [f"UPDATE {n}: truce extended", *(p for p in paragraphs if p != left_out), f"It is version {n} of the report"]
        for n, left_out in enumerate(paragraphs)
    ]
    sketches = {sketch("\n".join(version)) for version in versions}
    assert len(sketches) == 2  # leaving out the one paragraph that is the sketch changes it
    assert sketch("\n".join(versions[0])) != sketch(BACKGROUND)
    assert sketch("") == 0


def test_a_repeated_line_is_labelled_but_for_the_headline_and_prose() -> None:
    keys = {line_key(line) for line in (FURNITURE, PLEA, BACKGROUND)}
    text = "\n".join([FURNITURE, PROSE, FURNITURE.upper(), PLEA, BACKGROUND])
    labels = [(line.kind.value, line.reason) for line in clean("t", text, keys).lines]
    assert labels == [
        ("headline", "headline"),
        ("content", None),
        ("boilerplate", "repeated"),
        ("boilerplate", "repeated"),
        ("content", None),
    ]
    assert {line.reason for line in clean("t", text).lines} == {"headline", None}
