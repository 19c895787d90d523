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
    numbers = [day.toordinal() for day in ordered]
    first = ordered[_kept(numbers)]
    last = ordered[-1 - _kept([-number for number in reversed(numbers)])]
    span = (last - first).days + 1
    unit = next((unit for unit in Unit if span / _LENGTHS[unit] <= MOST_BINS), Unit.YEAR)
    starts = [beginning(first, unit)]
    while starts[-1] <= last and starts[-1] < date.max:
        starts.append(following(starts[-1], unit))
    earlier = sum(day < starts[0] for day in ordered)
    return Timeline(unit, starts, earlier, sum(day >= starts[-1] for day in ordered))


def _kept(numbers: Sequence[int]) -> int:
    """The first number to keep of ascending ones: those before it are few, and without them the rest takes half."""
    kept = 0
    for n in range(1, int(len(numbers) * TAIL) + 1):
        if (numbers[-1] - numbers[n]) * 2 <= numbers[-1] - numbers[kept]:
            kept = n
    return kept


def beginning(day: date, unit: Unit) -> date:
    """The first day of the day's stretch; a week begins on Monday."""
    if unit is Unit.WEEK:
        # Not before the calendar itself begins.
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    if unit is Unit.DAY:
        return day
    return day.replace(day=1) if unit is Unit.MONTH else day.replace(month=1, day=1)


def following(start: date, unit: Unit) -> date:
    """The first day of the next stretch; the calendar's last day where it ends before."""
    if unit in (Unit.DAY, Unit.WEEK):
        return date.fromordinal(min(start.toordinal() + (7 if unit is Unit.WEEK else 1), date.max.toordinal()))
    months = start.year * 12 + start.month - 1 + (1 if unit is Unit.MONTH else 12)
    return date(months // 12, months % 12 + 1, 1) if months // 12 <= date.max.year else date.max
