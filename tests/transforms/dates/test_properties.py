"""What holds for any text: no failure, exact offsets, days in order, the same twice, time linear in its length."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.dates import Published, annotate
from transforms.dates.lexicon import LEXICON

WORDS = sorted(LEXICON.forms)
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.integers(0, 99999).map(str),
    st.sampled_from(
        ["1990s", "'80s", "2022-10-13", "13/10/2022", "10:30", "3rd", "99:99", "0000-00-00", "9999", "0001"]
    ),
    st.text(max_size=5),
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=20).map("".join)
)
DAYS = st.one_of(st.dates(), st.sampled_from([date.min, date.max, date(2024, 2, 29)]))


def check(text: str, published: Published | None) -> None:
    found = annotate(text, published)
    end = 0
    for e in found:
        assert end <= e.start < e.end <= len(text)
        assert e.text == text[e.start : e.end]
        assert (e.start_date is None) == (e.end_date is None)
        assert e.start_date is None or e.end_date is None or e.start_date <= e.end_date
        assert e.value
        end = e.end
    assert annotate(text, published) == found


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.one_of(st.none(), DAYS))
def test_any_text(text: str, day: date | None) -> None:
    check(text, Published(day, day) if day else None)


@settings(max_examples=100, deadline=None)
@given(TEXTS, DAYS, DAYS)
def test_any_span_of_publication(text: str, a: date, b: date) -> None:
    check(text, Published(min(a, b), max(a, b)))


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        "9,999",
        " ",
        "\n",
        "a ",
        "two ",
        "twenty ",
        "hundred ",
        "last ",
        "May 3 ",
        "1/",
        "9.",
        "'",
        "10:",
        "the next day ",
        "a week later ",
        "early ",
        "Monday ",
        "last week Monday ",
        "two days before ",
        "13-Oct-2022 ",
        "2021-22-",
        "from Monday to ",
        "the first week of ",
        "overnight Monday into ",
        "the quarter ended ",
        "the nine months ",
        "Ramadan ",
        "two days earlier, on ",
    ],
)
def test_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    day = Published(date(2022, 10, 12), date(2022, 10, 12))

    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        best = float("inf")
        for _ in range(3):  # a pause of the machine must not count
            started = time.process_time()
            annotate(text, day)
            best = min(best, time.process_time() - started)
        return best

    seconds(2_000)
    # Four times the text: four times as long where time is linear, sixteen times where it is quadratic.
    assert seconds(80_000) < 10 * max(seconds(20_000), 0.01)
