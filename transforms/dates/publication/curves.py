"""How likely each day is, given one piece of evidence: the curves that the solver adds up.

A curve gives log likelihoods, up to a constant, for an array of days. What the evidence is, and how far it can be
trusted, is decided where it is found; the measured shares stand in `seeds/reference/publication_model.yaml`.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Protocol

import numpy as np

from transforms.dates.publication.days import LAST, Days, Ints, Logs, occurrences_near

REACH = 420  # days on either side of a date without its year for which shares are known
HALF_YEAR = 183  # days
WRONG_SIDE = 120  # days by which a date may lie on the side to which its clause does not point


class Curve(Protocol):
    def logs(self, days: Days) -> Logs:
        """Log likelihood of each day, up to a constant."""
        ...


@dataclass(frozen=True)
class Bounds:
    """Between two days (inclusive; None: open) all days are alike; `outside` is the log likelihood of the others."""

    first: date | None
    last: date | None
    outside: float

    def logs(self, days: Days) -> Logs:
        out = np.zeros(len(days), dtype=bool)
        if self.first is not None:
            out |= days.ordinals < self.first.toordinal()
        if self.last is not None:
            out |= days.ordinals > self.last.toordinal()
        return np.where(out, self.outside, 0.0)


@dataclass(frozen=True)
class Within:
    """Within any of several stretches of days (no last day: open) all days are alike; those before the first stretch
    get `before`, those after or between them `after`."""

    stretches: tuple[tuple[date, date | None], ...]
    before: float
    after: float

    def logs(self, days: Days) -> Logs:
        logs = np.full(len(days), self.after)
        logs[days.ordinals < min(first for first, _ in self.stretches).toordinal()] = self.before
        for first, last in self.stretches:
            inside = days.ordinals >= first.toordinal()
            logs[inside & (days.ordinals <= (last or LAST).toordinal())] = 0.0
        return logs


@dataclass(frozen=True)
class Shares:
    """Shares of a measured distance: (from, to, share) in whole units, the share spread evenly over its units."""

    steps: tuple[tuple[int, int, float], ...]
    outside: float = 1e-7  # share of each unit that no step holds
    low: int = field(init=False)
    table: Logs = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        low, high = self.steps[0][0], self.steps[-1][1]
        table = np.full(high - low + 3, self.outside)
        for first, last, share in self.steps:
            table[first - low + 1 : last - low + 2] = max(share / (last - first + 1), self.outside)
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "table", np.log(table))

    def logs(self, distances: Ints) -> Logs:
        found: Logs = self.table[np.clip(distances - self.low + 1, 0, len(self.table) - 1)]
        return found


@dataclass(frozen=True)
class Age:
    """So many days after (before, if negative) a stretch of days; the share of 0 is that of the whole stretch."""

    first: date
    last: date
    shares: Shares

    def logs(self, days: Days) -> Logs:
        first, last = self.first.toordinal(), self.last.toordinal()
        after = np.maximum(days.ordinals - last, 0) + np.minimum(days.ordinals - first, 0)
        logs = self.shares.logs(after)
        return logs if first == last else np.where(after == 0, logs - np.log(last - first + 1), logs)


@dataclass(frozen=True)
class YearsAfter:
    """So many calendar years after a year."""

    year: int
    shares: Shares

    def logs(self, days: Days) -> Logs:
        return self.shares.logs(days.years - self.year)


@dataclass(frozen=True)
class Yearless:
    """So many days after a day that is named without its year: the nearest three years' are all possible."""

    month: int
    day: int
    shares: Shares

    def logs(self, days: Days) -> Logs:
        there = occurrences_near(days, self.month, self.day)
        return reduce(np.logaddexp, (self.shares.logs(days.ordinals - one) for one in there))


@dataclass(frozen=True)
class NearestYearless:
    """Days that are named without their year, all of them past (`sign` 1) or to come (-1): how far off the nearest is.

    Each that lies on the other side costs `doubt`; the others, older ones or later ones, tell nothing more."""

    days: tuple[tuple[int, int], ...]  # month and day
    sign: int
    shares: Shares
    doubt: float

    def logs(self, days: Days) -> Logs:
        nearest = np.full(len(days), REACH, dtype=np.int64)
        wrong = np.zeros(len(days))
        for month, day in self.days:
            distance = self._distance(days, month, day)
            right = distance >= 0
            nearest = np.where(right, np.minimum(nearest, distance), nearest)
            wrong += ~right
        logs: Logs = self.shares.logs(nearest) + self.doubt * wrong
        return logs

    def _distance(self, days: Days, month: int, day: int) -> Ints:
        """Days since (until) it, from some before to most of a year after: the year that is meant is that of news."""
        found = np.full(len(days), REACH, dtype=np.int64)
        for there in occurrences_near(days, month, day):
            distance = self.sign * (days.ordinals - there)
            meant = (distance > -WRONG_SIDE) & (distance <= 366 - WRONG_SIDE)
            found = np.where(meant, distance, found)
        return found


@dataclass(frozen=True)
class Feast:
    """So many days after the nearest of some days (before, if negative): of a feast, in each year its own."""

    ordinals: tuple[int, ...]  # in order
    shares: Shares

    def logs(self, days: Days) -> Logs:
        there = np.array(self.ordinals)
        at = np.clip(np.searchsorted(there, days.ordinals), 1, len(there) - 1)
        before, after = days.ordinals - there[at - 1], days.ordinals - there[at]
        return self.shares.logs(np.where(before <= -after, before, after))


@dataclass(frozen=True)
class YearlessMonth:
    """So many months after a month that is named without its year (-6 to 6)."""

    month: int
    shares: Shares

    def logs(self, days: Days) -> Logs:
        return self.shares.logs((days.months - self.month + 6) % 12 - 6)


@dataclass(frozen=True)
class Weekday:
    """So many days (0 to 6) after the last such weekday; `logs_after` has the seven log likelihoods."""

    weekday: int
    logs_after: tuple[float, ...]

    def logs(self, days: Days) -> Logs:
        return np.array(self.logs_after)[(days.weekdays - self.weekday) % 7]


@dataclass(frozen=True)
class Fits:
    """The years in which a day of a month falls so many days (0 to 6) after a weekday; the nearest such day counts."""

    month: int
    day: int
    weekday: int
    logs_after: tuple[float, ...]

    def logs(self, days: Days) -> Logs:
        logs = np.full(len(days), min(self.logs_after))
        for there in occurrences_near(days, self.month, self.day):
            near = np.abs(days.ordinals - there) <= HALF_YEAR
            after = (there[near] - self.weekday) % 7
            logs[near] = np.array(self.logs_after)[after]
        return logs


@dataclass(frozen=True)
class Newest:
    """So many days after the newest of some stretches of days: of those that have begun by the day in question.

    Each stretch comes with the shares that hold where it is the newest; `none`: where none has begun."""

    stretches: tuple[tuple[date, date, Shares], ...]  # in order
    none: float

    def logs(self, days: Days) -> Logs:
        logs = np.full(len(days), self.none)
        starts = [first.toordinal() for first, _, _ in self.stretches]
        bounds = np.searchsorted(days.ordinals, [*starts, days.ordinals[-1] + 1])
        for (_, last, shares), here, there in zip(self.stretches, bounds[:-1], bounds[1:], strict=True):
            logs[here:there] = shares.logs(days.ordinals[here:there] - last.toordinal())
        return logs


@dataclass(frozen=True)
class Tempered:
    """A curve taken only partly at its word: evidence that repeats other evidence."""

    curve: Curve
    weight: float

    def logs(self, days: Days) -> Logs:
        return self.weight * self.curve.logs(days)


# Curves that recur each year or week.
PERIODIC = (Yearless, NearestYearless, YearlessMonth, Weekday, Fits, Feast, Tempered)
