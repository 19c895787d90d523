"""The days on which an article can have been published, as arrays that curves are drawn over. No likelihoods here."""

from collections.abc import Iterator
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

Logs = NDArray[np.float64]
Ints = NDArray[np.int64]
_EPOCH = date(1970, 1, 1).toordinal()
FIRST, LAST = date(1900, 1, 1), date(2039, 12, 31)  # days of publication that are considered


class Days:
    """Days as the curves need them: ordinals, ISO weekdays (1 Monday), months and years, one array each."""

    __slots__ = ("months", "ordinals", "weekdays", "years")

    def __init__(self, ordinals: Ints, weekdays: Ints, months: Ints, years: Ints) -> None:
        self.ordinals, self.weekdays, self.months, self.years = ordinals, weekdays, months, years

    def __len__(self) -> int:
        return len(self.ordinals)

    def where(self, chosen: NDArray[np.bool_]) -> "Days":
        return Days(self.ordinals[chosen], self.weekdays[chosen], self.months[chosen], self.years[chosen])


def days_between(first: date, last: date) -> Days:
    """The days of a stretch (inclusive) within the years that are considered."""
    ordinals = np.arange(first.toordinal(), last.toordinal() + 1, dtype=np.int64)
    months = (ordinals - _EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return Days(ordinals, (ordinals - 1) % 7 + 1, months % 12 + 1, months // 12 + 1970)


@cache
def all_days() -> Days:
    """Every day that is considered."""
    return days_between(FIRST, LAST)


def occurrences(years: Ints, month: int, day: int) -> Ints:
    """Ordinal of a day of a month in each of the years; 29 February becomes 1 March where there is none."""
    found: Ints = _of_years(month, day)[years - FIRST.year + 1]
    return found


def occurrences_near(days: Days, month: int, day: int) -> Iterator[Ints]:
    """For each of the days, the ordinal of a day of a month in the year before, in the same one and in the next."""
    for shift in (-1, 0, 1):
        yield occurrences(days.years + shift, month, day)


@cache
def _of_years(month: int, day: int) -> Ints:
    """The ordinals for every year that is considered, and for one more at either end."""
    years = range(FIRST.year - 1, LAST.year + 2)
    return np.array([date(year, month, 1).toordinal() + day - 1 for year in years], dtype=np.int64)
