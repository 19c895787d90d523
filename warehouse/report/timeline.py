"""The stretches of time that the timeline counts events by. Drawing does not belong here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MOST_BINS = 120  # bars side by side that a screen can tell apart
TAIL = 0.05  # share of the events at either end that may fall out, where the rest then takes half the time or less


class Unit(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_LENGTHS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 30.4, Unit.YEAR: 365}  # days


@dataclass(frozen=True, slots=True)
class Timeline:
    """Stretches that follow each other; `starts` has one day more than there are stretches, the end of the last."""

    unit: Unit
    starts: list[date]
    earlier: int  # events before the first stretch
    later: int  # events after the last

    def index(self, day: date) -> int | None:
        """The stretch in which the day lies; None where it lies outside of all."""
        if not self.starts[0] <= day < self.starts[-1]:
            return None
        return sum(start <= day for start in self.starts) - 1


def timeline(days: Sequence[date]) -> Timeline | None:
    """Stretches over the days, in the finest unit that gives no more than MOST_BINS of them; None without a day.

    A few events long before or after all others are left out rather than squeeze the others together.
    """
    if not days:
        return None
    ordered = sorted(days)
    first, last = ordered[0], ordered[-1]
    tail = int(len(ordered) * TAIL)
    if (last - ordered[tail]) * 2 <= last - first:
        first = ordered[tail]
    if (ordered[-1 - tail] - first) * 2 <= last - first:
        last = ordered[-1 - tail]
    span = (last - first).days + 1
    unit = next((unit for unit in Unit if span / _LENGTHS[unit] <= MOST_BINS), Unit.YEAR)
    starts = [beginning(first, unit)]
    while starts[-1] <= last:
        starts.append(following(starts[-1], unit))
    earlier = sum(day < starts[0] for day in ordered)
    return Timeline(unit, starts, earlier, sum(day >= starts[-1] for day in ordered))


def beginning(day: date, unit: Unit) -> date:
    """The first day of the day's stretch; a week begins on Monday."""
    if unit is Unit.WEEK:
        # Not before the calendar itself begins.
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    if unit is Unit.DAY:
        return day
    return day.replace(day=1) if unit is Unit.MONTH else day.replace(month=1, day=1)


def following(start: date, unit: Unit) -> date:
    """The first day of the next stretch."""
    if unit in (Unit.DAY, Unit.WEEK):
        return start + timedelta(days=_LENGTHS[unit])
    months = start.year * 12 + start.month - 1 + (1 if unit is Unit.MONTH else 12)
    return date(months // 12, months % 12 + 1, 1)
