"""Statuses and dates as the report words them. Which events it shows does not belong here."""

import calendar
from datetime import date, timedelta
from enum import StrEnum

from transforms.vocabulary import Status


class Standing(StrEnum):
    """What a reader must not mix up: what came about, what is yet to come about, what will not."""

    HAPPENED = "happened"
    AHEAD = "ahead"
    OFF = "off"


STANDING_WORDS = {
    Standing.HAPPENED: "happened",
    Standing.AHEAD: "announced or asked for",
    Standing.OFF: "called off or refused",
}
STANDINGS: dict[Status, Standing] = {
    Status.HELD: Standing.HAPPENED,
    Status.ONGOING: Standing.HAPPENED,
    Status.SCHEDULED: Standing.AHEAD,
    Status.CANCELLED: Standing.OFF,
    Status.POSTPONED: Standing.OFF,
    Status.CALLED_FOR: Standing.AHEAD,
    Status.AGREED: Standing.HAPPENED,
    Status.IN_EFFECT: Standing.HAPPENED,
    Status.VIOLATED: Standing.HAPPENED,
    Status.ENDED: Standing.HAPPENED,
    Status.THREATENED: Standing.AHEAD,
    Status.IMPOSED: Standing.HAPPENED,
    Status.EASED: Standing.HAPPENED,
    Status.LIFTED: Standing.HAPPENED,
    Status.PROPOSED: Standing.AHEAD,
    Status.REJECTED: Standing.OFF,
    Status.EXTENDED: Standing.HAPPENED,
}
_UNDATED = "no date known"


def words(name: str | None) -> str:
    """A word of a closed set as people write it."""
    return (name or "").replace("_", " ")


def day(when: date) -> str:
    """A day as "9 Mar 2021"."""
    return f"{when.day} {calendar.month_abbr[when.month]} {when.year}"


def days(start: date | None, end: date | None) -> str:
    """An interval in the shortest words that say it exactly: a day, a month, a year, or from day to day."""
    if start is None or end is None:
        return _UNDATED
    if start == end:
        return day(start)
    if start.day == 1 and (end + timedelta(days=1)).day == 1:
        return _months(start, end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    if start.year == end.year:
        return f"{start.day} {calendar.month_abbr[start.month]} – {day(end)}"
    return f"{day(start)} – {day(end)}"


def _months(start: date, end: date) -> str:
    """An interval of whole months."""
    first, last = calendar.month_abbr[start.month], calendar.month_abbr[end.month]
    if start.year != end.year:
        if start.month == 1 and end.month == 12:
            return f"{start.year}–{end.year}"
        return f"{first} {start.year} – {last} {end.year}"
    if start.month == end.month:
        return f"{calendar.month_name[start.month]} {start.year}"
    return str(start.year) if (start.month, end.month) == (1, 12) else f"{first}–{last} {start.year}"
