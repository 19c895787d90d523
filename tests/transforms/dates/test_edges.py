"""Where calendars bite: leap days, week 53, the turn of the year, feasts that move, and the zone of publication."""

from datetime import date

import pytest

from transforms.dates import Published, annotate
from transforms.dates.feasts import falls
from transforms.dates.timex import creation_time
from transforms.records import TimeExpression


def the(text: str, day: str) -> TimeExpression:
    published = date.fromisoformat(day)
    (expression,) = annotate(text, Published(published, published))
    return expression


@pytest.mark.parametrize(
    ("sentence", "published", "value", "first", "last"),
    [
        # the turn of the year
        ("The truce ended on Dec. 31.", "2023-01-02", "2022-12-31", "2022-12-31", "2022-12-31"),
        ("They met on December 30.", "2023-01-02", "2022-12-30", "2022-12-30", "2022-12-30"),
        ("The truce will end on Jan. 2.", "2022-12-31", "2023-01-02", "2023-01-02", "2023-01-02"),
        ("The truce took hold on Jan. 2.", "2023-01-02", "2023-01-02", "2023-01-02", "2023-01-02"),
        ("They met in December.", "2023-01-02", "2022-12", "2022-12-01", "2022-12-31"),
        ("They will meet in January.", "2022-12-30", "2023-01", "2023-01-01", "2023-01-31"),
        ("They met on Friday.", "2023-01-01", "2022-12-30", "2022-12-30", "2022-12-30"),
        ("They met last month.", "2023-01-01", "2022-12", "2022-12-01", "2022-12-31"),
        ("They met yesterday.", "2023-01-01", "2022-12-31", "2022-12-31", "2022-12-31"),
        ("They met on New Year's Eve.", "2023-01-02", "2022-12-31", "2022-12-31", "2022-12-31"),
        ("Growth slowed in the fourth quarter.", "2023-01-15", "2022-Q4", "2022-10-01", "2022-12-31"),
        # week 53, and weeks that belong to another year than their days
        ("They met this week.", "2021-01-01", "2020-W53", "2020-12-28", "2021-01-03"),
        ("They met last week.", "2021-01-06", "2020-W53", "2020-12-28", "2021-01-03"),
        ("They will meet next week.", "2020-12-23", "2020-W53", "2020-12-28", "2021-01-03"),
        ("They met this week.", "2024-12-31", "2025-W01", "2024-12-30", "2025-01-05"),
        ("They met at the weekend.", "2021-01-04", "2020-W53-WE", "2021-01-02", "2021-01-03"),
        # leap days
        ("They met on Feb. 29.", "2024-03-02", "2024-02-29", "2024-02-29", "2024-02-29"),
        ("They will meet on Feb. 29.", "2023-12-01", "2024-02-29", "2024-02-29", "2024-02-29"),
        ("They met two days ago.", "2024-03-02", "2024-02-29", "2024-02-29", "2024-02-29"),
        ("They met two days ago.", "2023-03-02", "2023-02-28", "2023-02-28", "2023-02-28"),
        ("They met last month.", "2024-03-31", "2024-02", "2024-02-01", "2024-02-29"),
        ("They met a month ago.", "2023-03-31", "2023-02", "2023-02-01", "2023-02-28"),
        ("It is over by the end of February 2024.", "2024-01-10", "2024-02", "2024-02-21", "2024-02-29"),
        ("Over the past two years they met.", "2024-02-29", "P2Y", "2022-02-28", "2024-02-29"),
        ("Over the next year they meet.", "2024-02-29", "P1Y", "2024-02-29", "2025-02-28"),
    ],
)
def test_days_at_the_edges(sentence: str, published: str, value: str, first: str, last: str) -> None:
    e = the(sentence, published)
    assert (e.value, str(e.start_date), str(e.end_date)) == (value, first, last)


@pytest.mark.parametrize(
    ("sentence", "published", "value"),
    [
        ("They met on Feb. 29.", "2022-06-01", "2020-02-29"),
        ("They will meet on Feb. 29.", "2022-06-01", "2024-02-29"),
        ("They met on Feb. 29.", "1901-06-01", "1896-02-29"),  # 1900 was no leap year
    ],
)
def test_a_leap_day_is_looked_for_beyond_the_years_around(sentence: str, published: str, value: str) -> None:
    assert the(sentence, published).value == value


def test_years_from_a_leap_day() -> None:
    leap, later = annotate("They met on Feb. 29, 2024. A year later they fought.", None)
    assert (leap.value, later.value) == ("2024-02-29", "2025")


@pytest.mark.parametrize(
    ("created", "monday"),
    [
        # The day is the one where it was published, not the one in Greenwich at that time.
        ("2022-10-10T00:30:00+03:00", "2022-10-10"),
        ("2022-10-09T23:30:00-05:00", "2022-10-03"),
        ("2022-10-10T23:59:59Z", "2022-10-10"),
        ("2022-10-10", "2022-10-10"),
    ],
)
def test_a_weekday_counts_from_the_day_in_the_zone_of_publication(created: str, monday: str) -> None:
    (e,) = annotate("They met on Monday.", creation_time(created))
    assert e.value == monday


@pytest.mark.parametrize(
    ("name", "year", "first", "last"),
    [
        ("Ramadan", 2023, "2023-03-23", "2023-04-20"),
        ("Eid al-Fitr", 2022, "2022-05-02", "2022-05-04"),
        ("Passover", 2022, "2022-04-16", "2022-04-23"),
        ("Rosh Hashanah", 2022, "2022-09-26", "2022-09-27"),
        ("Yom Kippur", 1973, "1973-10-06", "1973-10-06"),
        ("Hanukkah", 2022, "2022-12-19", "2022-12-26"),
        ("Orthodox Easter", 2022, "2022-04-24", "2022-04-24"),
        ("Lunar New Year", 2022, "2022-02-01", "2022-02-01"),
        ("Election Day", 2022, "2022-11-08", "2022-11-08"),
        ("Thanksgiving", 2023, "2023-11-23", "2023-11-23"),
    ],
)
def test_movable_feasts(name: str, year: int, first: str, last: str) -> None:
    (span,) = falls(name, year)
    assert (str(span.first), str(span.last)) == (first, last)


def test_a_feast_may_fall_twice_in_a_year_and_is_unknown_where_its_calendar_is() -> None:
    assert [str(span.first) for span in falls("Ramadan", 2030)] == ["2030-01-05", "2030-12-26"]
    assert [str(span.first) for span in falls("Islamic New Year", 2008)] == ["2008-01-10", "2008-12-29"]
    assert falls("Ramadan", 1800) == ()
    assert falls("Lunar New Year", 1800) == ()


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("Talks will resume after Ramadan.", "2023-03-23"),
        ("Talks broke off during Ramadan.", "2022-04-02"),
        ("Talks broke off last Hanukkah.", "2021-11-29"),
        ("They met on Christmas Day.", "2021-12-25"),
        ("They will meet on Christmas Day.", "2022-12-25"),
        ("They spoke of a Christmas truce.", "2022-12-25"),
    ],
)
def test_the_feast_that_is_meant(sentence: str, first: str) -> None:
    assert str(the(sentence, "2022-10-12").start_date) == first


def test_a_month_before_a_noun_is_the_nearest_whatever_the_verb() -> None:
    assert the("They spoke of the November elections.", "2022-08-05").value == "2022-11"


def test_that_night_is_not_the_night_of_publication() -> None:
    e = the("He was at the embassy that night.", "2022-10-12")
    assert (e.value, e.start_date) == ("XXXX-XX-XXTNI", None)
