"""Statuses, dates, stretches of time and quotations as the report words them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.vocabulary import EventType, Status
from warehouse.report.marking import LONGEST, host, pieces
from warehouse.report.timeline import MOST_BINS, Unit, beginning, timeline
from warehouse.report.words import Standing, days, standing


@pytest.mark.parametrize(
    ("event_type", "status", "expected"),
    [
        (EventType.MEETING, Status.HELD, Standing.HAPPENED),
        (EventType.MEETING, Status.SCHEDULED, Standing.AHEAD),
        (EventType.MEETING, Status.POSTPONED, Standing.OFF),
        (EventType.CEASEFIRE, Status.CALLED_FOR, Standing.AHEAD),
        (EventType.CEASEFIRE, Status.VIOLATED, Standing.HAPPENED),
        (EventType.SANCTIONS, Status.THREATENED, Standing.AHEAD),
        (EventType.SANCTIONS, Status.REJECTED, Standing.OFF),
        (EventType.SANCTIONS, Status.LIFTED, Standing.HAPPENED),
    ],
)
def test_what_happened_is_told_from_what_did_not(event_type: EventType, status: Status, expected: Standing) -> None:
    assert standing(event_type, status) is expected


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2021-03-09", "2021-03-09", "9 Mar 2021"),
        ("2021-03-01", "2021-03-10", "1–10 Mar 2021"),
        ("2021-03-29", "2021-04-04", "29 Mar – 4 Apr 2021"),
        ("2021-12-27", "2022-01-02", "27 Dec 2021 – 2 Jan 2022"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2021-04-01", "2021-06-30", "Apr–Jun 2021"),
        ("2021-01-01", "2021-12-31", "2021"),
        ("2020-01-01", "2021-12-31", "2020–2021"),
        ("2020-12-01", "2021-02-28", "Dec 2020 – Feb 2021"),
    ],
)
def test_an_interval_in_the_fewest_words(start: str, end: str, said: str) -> None:
    assert days(date.fromisoformat(start), date.fromisoformat(end)) == said


def test_no_date_is_said_so() -> None:
    assert days(None, None) == "no date known"


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=30), st.integers(1, 60), st.data())
def test_a_quotation_is_its_pieces_and_marks_are_exact(words: str, times: int, data: st.DataObject) -> None:
    sentence = words * times
    start = data.draw(st.integers(0, len(sentence) - 1))
    end = data.draw(st.integers(start + 1, min(len(sentence), start + LONGEST // 4)))
    found = pieces(sentence, [(start, end)])
    assert len("".join(piece.text for piece in found if piece.marked)) == end - start
    if len(sentence) <= LONGEST:
        assert [len(piece.text) for piece in found] == [n for n in (start, end - start, len(sentence) - end) if n]
    assert len("".join(piece.text for piece in found)) <= LONGEST + 4


def test_marks_are_counted_in_code_points_and_may_overlap() -> None:
    found = pieces("🕊🕊 they met and talked", [(8, 11), (8, 22), (8, 11)])
    assert [(piece.text, piece.marked) for piece in found] == [
        ("🕊🕊 they ", False),
        ("met", True),
        (" and talked", True),
    ]


def test_a_mark_outside_its_sentence_is_an_error() -> None:
    with pytest.raises(ValueError, match="does not lie in a sentence of 4"):
        pieces("They", [(2, 5)])


@pytest.mark.parametrize(
    ("url", "leads_to"),
    [
        ("https://wire.test/a?b=1&c=2#d", "wire.test"),
        ("HTTP://Wire.TEST:8080/", "wire.test"),
        ("javascript:alert(1)", None),
        (" javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("//wire.test/", None),
        ("https:///path", None),
        ("https://name@wire.test/", None),
        ("https://wire.test\\@other.test/", None),
        ("https://[broken", None),
        ("https://wire.test:port/", None),
        ('https://wire.test/"x', None),
        ("https://bank.test\u202e.moc.live.test/", None),
        ("https://wi\u200bre.test/", None),
        ("", None),
        (None, None),
    ],
)
def test_only_plain_web_addresses_are_linked_to(url: str | None, leads_to: str | None) -> None:
    assert host(url) == leads_to


@given(st.lists(st.dates(), min_size=1, max_size=50))
def test_the_timeline_follows_on_and_loses_no_event_untold(given_days: list[date]) -> None:
    line = timeline(given_days)
    assert line is not None
    assert line.starts == sorted(set(line.starts))
    counted = [line.index(day) for day in given_days]
    assert counted.count(None) == line.earlier + line.later <= 2 * 0.05 * len(given_days)
    assert all(
        line.starts[i] <= day < line.starts[i + 1] for i, day in zip(counted, given_days, strict=True) if i is not None
    )
    assert len(line.starts) <= MOST_BINS + 3 or line.unit is Unit.YEAR


@pytest.mark.parametrize(
    ("length", "unit"), [(1, Unit.DAY), (100, Unit.DAY), (300, Unit.WEEK), (2000, Unit.MONTH), (9000, Unit.YEAR)]
)
def test_the_unit_of_the_timeline_goes_by_its_length(length: int, unit: Unit) -> None:
    line = timeline([date(2020, 1, 15), date(2020, 1, 15) + timedelta(days=length - 1)])
    assert line is not None
    assert line.unit is unit


def test_a_week_begins_on_monday() -> None:
    assert beginning(date(2021, 3, 9), Unit.WEEK) == date(2021, 3, 8)


def test_a_few_events_of_long_ago_do_not_squeeze_the_others() -> None:
    line = timeline([date(1953, 7, 27), *(date(2021, 1, 1) + timedelta(days=n) for n in range(40))])
    assert line is not None
    assert (line.unit, line.earlier, line.later) == (Unit.DAY, 1, 0)


def test_no_day_makes_no_timeline() -> None:
    assert timeline([]) is None
