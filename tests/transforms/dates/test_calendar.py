"""Calendar arithmetic: units, thirds, movable feasts, and the two ends of the calendar."""

from datetime import date

import pytest

from transforms.dates import calendar
from transforms.dates.calendar import Span
from transforms.vocabulary import Precision


def days(span: Span | None) -> tuple[str, str]:
    assert span is not None and span.first is not None and span.last is not None
    return span.first.isoformat(), span.last.isoformat()


def test_weeks_are_iso_weeks_and_may_belong_to_the_year_before() -> None:
    assert calendar.week(date(2021, 1, 3)) == Span("2020-W53", date(2020, 12, 28), date(2021, 1, 3), Precision.WEEK)


@pytest.mark.parametrize(
    ("unit", "value", "first", "last"),
    [
        ("day", "2024-02-29", "2024-02-29", "2024-02-29"),
        ("weekend", "2024-W09-WE", "2024-03-02", "2024-03-03"),
        ("month", "2024-02", "2024-02-01", "2024-02-29"),
        ("quarter", "2024-Q1", "2024-01-01", "2024-03-31"),
        ("half", "2024-H1", "2024-01-01", "2024-06-30"),
        ("year", "2024", "2024-01-01", "2024-12-31"),
        ("decade", "202", "2020-01-01", "2029-12-31"),
        ("century", "20", "2001-01-01", "2100-12-31"),
    ],
)
def test_the_unit_that_holds_a_day(unit: str, value: str, first: str, last: str) -> None:
    span = calendar.containing(unit, date(2024, 2, 29))
    assert span is not None and span.value == value
    assert days(span) == (first, last)


def test_winter_ends_in_the_following_year() -> None:
    assert days(calendar.season(2023, "WI")) == ("2023-12-01", "2024-02-29")


@pytest.mark.parametrize(
    ("span", "mod", "first", "last"),
    [
        (calendar.month(2022, 9), "START", "2022-09-01", "2022-09-10"),
        (calendar.month(2022, 9), "MID", "2022-09-11", "2022-09-20"),
        (calendar.month(2022, 2), "END", "2022-02-21", "2022-02-28"),
        (calendar.year(2022), "START", "2022-01-01", "2022-04-30"),
        (calendar.year(2022), "MID", "2022-05-01", "2022-08-31"),
        (calendar.year(2022), "END", "2022-09-01", "2022-12-31"),
        (calendar.week(date(2022, 10, 12)), "START", "2022-10-10", "2022-10-11"),
        (calendar.week(date(2022, 10, 12)), "MID", "2022-10-12", "2022-10-13"),
        (calendar.week(date(2022, 10, 12)), "END", "2022-10-14", "2022-10-16"),
        (calendar.day(date(2022, 10, 12)), "END", "2022-10-12", "2022-10-12"),
    ],
)
def test_thirds(span: Span, mod: str, first: str, last: str) -> None:
    assert days(calendar.third(span, mod)) == (first, last)


def test_adding_months_keeps_to_the_end_of_shorter_ones() -> None:
    assert calendar.add(date(2024, 1, 31), 1, "month") == date(2024, 2, 29)
    assert calendar.add(date(2024, 2, 29), -1, "year") == date(2023, 2, 28)


@pytest.mark.parametrize("unit", ["day", "week", "month", "year", "century"])
def test_outside_the_calendar_there_is_no_day(unit: str) -> None:
    assert calendar.add(date.max, 1, unit) is None
    assert calendar.add(date.min, -1, unit) is None
    assert calendar.add(date(2022, 1, 1), 10**12, unit) is None


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize("unit", ["day", "week", "weekend", "month", "quarter", "half", "year", "decade", "century"])
def test_units_at_either_end_of_the_calendar_do_not_fail(day: date, unit: str) -> None:
    span = calendar.containing(unit, day)
    assert span is None or (span.first is not None and span.last is not None and span.first <= span.last)


@pytest.mark.parametrize(("year", "sunday"), [(2018, "2018-04-01"), (2024, "2024-03-31"), (2038, "2038-04-25")])
def test_easter(year: int, sunday: str) -> None:
    assert calendar.easter(year).isoformat() == sunday


def test_nth_weekdays_of_a_month() -> None:
    assert calendar.nth_weekday(2023, 11, 4, 4) == date(2023, 11, 23)  # Thanksgiving
    assert calendar.nth_weekday(2023, 5, 1, -1) == date(2023, 5, 29)  # Memorial Day


@pytest.mark.parametrize(
    ("value", "distance"),
    [("P2D", (2, "day")), ("P3W", (3, "week")), ("P2Y6M", (30, "month")), ("PT8H", (0, "day")), ("PXD", None)],
)
def test_durations(value: str, distance: tuple[int, str] | None) -> None:
    assert calendar.parse_duration(value) == distance


@pytest.mark.parametrize(
    ("mod", "first", "last"),
    [("START", "1990-01-01", "1993-12-31"), ("MID", "1994-01-01", "1996-12-31"), ("END", "1997-01-01", "1999-12-31")],
)
def test_thirds_of_a_decade_are_whole_years(mod: str, first: str, last: str) -> None:
    assert days(calendar.third(calendar.decade(1990) or Span(""), mod)) == (first, last)


@pytest.mark.parametrize(
    ("span", "first", "second"),
    [
        (calendar.month(2023, 3), ("2023-03-01", "2023-03-15"), ("2023-03-16", "2023-03-31")),
        (calendar.week(date(2023, 6, 14)), ("2023-06-12", "2023-06-14"), ("2023-06-15", "2023-06-18")),
        (calendar.decade(1990), ("1990-01-01", "1994-12-31"), ("1995-01-01", "1999-12-31")),
        (calendar.day(date(2023, 6, 14)), ("2023-06-14", "2023-06-14"), ("2023-06-14", "2023-06-14")),
    ],
)
def test_halves(span: Span, first: tuple[str, str], second: tuple[str, str]) -> None:
    assert (days(calendar.half(span, "START")), days(calendar.half(span, "END"))) == (first, second)


def test_the_last_days_of_a_year_are_not_its_last_third() -> None:
    assert days(calendar.edge(calendar.year(2021), "END", "day")) == ("2021-12-22", "2021-12-31")
    assert days(calendar.edge(calendar.year(2022), "START", "hour")) == ("2022-01-01", "2022-01-01")
    assert days(calendar.edge(calendar.month(2022, 5), "START", "week")) == ("2022-05-01", "2022-05-10")


def test_the_end_of_the_calendar_holds() -> None:
    assert days(calendar.nth(date(9999, 12, 1), date(9999, 12, 31), "week", 5)) == ("9999-12-29", "9999-12-31")
    assert calendar.third(Span("x", date(1, 1, 1), date(1, 1, 2)), "END").first == date(1, 1, 1)
