"""Time grows with the length of the text and no faster, whatever the text; a megabyte of anything gets through.

Asserted as a ratio of two lengths within one run, never in seconds. What is found: test_properties.py.
"""

import random
import time
from datetime import date

import pytest

from transforms.dates import Published, annotate
from transforms.dates.lexicon import LEXICON

MEGABYTE = 1_000_000
DAY = Published(date(2022, 10, 12), date(2022, 10, 12))
# Begins of tokens, of numbers, of rules, again and again, so that everything looks ahead and nothing comes of it.
IDLE = [
    *("9", "9,999", "9.", "'", "-", "2022-10-13T10:10", "a", "é", "\x00", ".", "Jan.", "p.m.", " ", "\t", "\xa0", "\r"),
    *(
        "hundred ",
        "last ",
        "early ",
        "will ",
        "to be ",
        "in ",
        "every ",
        "U.S. ",
        "later ",
        "previously due have been ",
    ),
    *("\n", "a few more ", "the previous ", "mid-", "half a ", " \u2028"),
]
# Rules that match again and again, and expressions that are resolved against those around them.
BUSY = [
    *("May 3 ", "Monday ", "noon ", "1990s ", "'80s", "10:30 a.m. ", "2022-10-13 ", "2 1/2 years ago ", "Monday\n"),
    *(
        "the third quarter ",
        "the next day ",
        "a week later ",
        "last week Monday ",
        "until Monday . ",
        "two to ",
        "the ",
    ),
    *(
        "two days before ",
        "two days ahead of ",
        "two days before May 3 ",
        "13-Oct-2022 ",
        "2021-22-",
        "from Monday to ",
        "the first week of ",
        "overnight Monday into ",
        "the quarter ended ",
        "the nine months ",
        "Ramadan ",
        "two days earlier, on ",
        "the day before the day after ",
        "three - four ",
    ),
    *("year of the year of ", "since Monday, two weeks later, ", "from May 3 to ", "2022-", "1/", "9,", "10:", "May "),
    *("twenty-", "one and a half "),
]


def grows(piece: str, length: int) -> None:
    """Four times the text takes four times as long where time is linear, sixteen times where it is quadratic."""

    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        started = time.process_time()
        annotate(text, DAY)
        return time.process_time() - started

    for _ in range(3):  # a pause of the machine must not count
        if seconds(length) < 9 * max(seconds(length // 4), 0.002):
            return
    pytest.fail(f"{piece!r} again and again: time grows faster than the text")


@pytest.mark.parametrize("piece", IDLE)
def test_a_megabyte_in_which_nothing_matches(piece: str) -> None:
    grows(piece, MEGABYTE)


@pytest.mark.parametrize("piece", BUSY)
def test_a_text_full_of_matches(piece: str) -> None:
    grows(piece, MEGABYTE // 20)


@pytest.mark.slow
@pytest.mark.parametrize("piece", BUSY)
def test_a_megabyte_full_of_matches(piece: str) -> None:
    grows(piece, MEGABYTE)


@pytest.mark.parametrize("joint", ["", " ", "\n"])
def test_a_megabyte_of_everything(joint: str) -> None:
    """All the words that rules know, and all of the above, in an order that chance gives."""
    chance = random.Random(3)
    pieces = [*LEXICON.forms, *IDLE, *BUSY]
    block = joint.join(chance.choices(pieces, k=20_000))
    text = (block * (MEGABYTE // len(block) + 1))[:MEGABYTE]
    found = annotate(text, DAY)
    assert all(e.text == text[e.start : e.end] for e in found)


def test_a_token_of_a_megabyte() -> None:
    for piece in ("9", "a", "A", "é", "_", "'"):
        assert annotate(piece * MEGABYTE + " on Monday", DAY)[-1].value == "2022-10-10"
