"""How long a truce or sanctions are in force: what mentions say of it, counted out in days and put together.

Which words say so is `validity`'s business.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from transforms.dates.calendar import add

Length = tuple[int, str]


@dataclass(frozen=True)
class Bound:
    """The days between which a truce begins or ends, and the hour where the text gives it; 24 is the last midnight."""

    first: date
    last: date
    hour: int | None = None


@dataclass(frozen=True)
class Term:
    """What a mention says of how long a truce or sanctions are in force."""

    start: Bound | None = None
    end: Bound | None = None
    length: Length | None = None

    @property
    def days(self) -> tuple[date | None, date | None]:
        """First and last day in force; the end counted from the start where only the length is told.

        Both are None where they contradict each other.
        """
        first = self.start.first if self.start else None
        last = self.end.last if self.end else None
        if last is None and self.start is not None and self.length is not None:
            last = counted(self.start, self.length)
        return (None, None) if first and last and last < first else (first, last)


def counted(start: Bound, length: Length) -> date | None:
    """The last day of what begins on a day and lasts so long; None where the day is not known or not reached.

    The first day counts: ten days from 4 May end on 13 May. Hours run from an hour of the first day, so that 72 of
    them end on the third day after it, or at midnight before; fewer than 24 only tell a day where that hour is known.
    """
    number, unit = length
    if start.first != start.last or (unit == "hour" and number < 24 and start.hour is None):
        return None
    if unit == "hour":
        return add(start.first, _days(start, number), "day")
    after = add(start.first, number, unit)
    return after - timedelta(days=1) if after and after > start.first else None


def _days(start: Bound, hours: int) -> int:
    """Days until so many hours have passed; what ends at midnight ends on the day that this closes."""
    return ceil(hours / 24) if start.hour is None else (start.hour + hours - 1) // 24


def best(found: Iterable[Term]) -> Term | None:
    """What several mentions of one event say together: the narrowest beginning and end, the first length told.

    The mention that says most stands where the others contradict it.
    """
    known = sorted(found, key=lambda v: -sum(day is not None for day in v.days))
    if not known:
        return None
    starts, ends = [v.start for v in known if v.start], [v.end for v in known if v.end]
    lengths = [v.length for v in known if v.length]
    joined = Term(
        min(starts, key=_width, default=None), min(ends, key=_width, default=None), lengths[0] if lengths else None
    )
    return joined if joined.days != (None, None) else known[0]


def _width(bound: Bound) -> int:
    return (bound.last - bound.first).days


def prolonged(old: Bound, length: Length) -> date | None:
    """The new last day of what was to end on a day and is prolonged."""
    number, unit = length
    return add(old.last, _days(old, number), "day") if unit == "hour" else add(old.last, number, unit)
