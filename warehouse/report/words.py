"""Statuses and dates as the report words them. Which events it shows does not belong here."""

import calendar
from datetime import date, timedelta
from enum import StrEnum

from transforms.vocabulary import STATUSES, EventType, Status


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
_OFF = frozenset({Status.CANCELLED, Status.POSTPONED, Status.REJECTED})
_UNDATED = "no date known"


def standing(event_type: EventType, status: Status) -> Standing:
    """Whether an event of that status came about, may yet, or will not. Raises KeyError where no such type has it."""
    if STATUSES[event_type][status].realised:
        return Standing.HAPPENED
    return Standing.OFF if status in _OFF else Standing.AHEAD


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
