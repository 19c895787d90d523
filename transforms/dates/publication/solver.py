"""Adds up the evidence: the days on which an article can have been published, and the likeliest of them.

Each observation is a curve over the days (curves.py); they are taken as independent but for the weights of the model.
The interval is the shortest stretch of days that holds the model's `mass` of the likelihood.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from transforms.dates.publication.curves import PERIODIC
from transforms.dates.publication.days import Days, Logs, all_days
from transforms.dates.publication.evidence import Evidence
from transforms.dates.publication.model import model

_HOPELESS = 20.0  # nats: a day so far below the best, by what was added so far, is given up


@dataclass(frozen=True)
class Solution:
    """Inclusive interval of days; the likeliest day, and its share of the likelihood."""

    earliest: date
    latest: date
    likely: date
    share: float

    @property
    def days(self) -> int:
        """Width of the interval."""
        return (self.latest - self.earliest).days + 1


def solve(evidence: Sequence[Evidence]) -> Solution | None:
    """The days of publication that the evidence allows; None where it leaves them open by decades."""
    if not evidence:
        return None
    days, logs = likelihoods(evidence)
    shares = np.exp(logs - logs.max())
    shares /= shares.sum()
    earliest, latest = _shortest(days, shares, model().limits["mass"])
    if (latest - earliest).days > model().limits["widest"]:
        return None
    best = int(np.argmax(shares))
    return Solution(earliest, latest, date.fromordinal(int(days.ordinals[best])), float(shares[best]))


def _shortest(days: Days, shares: Logs, mass: float) -> tuple[date, date]:
    """The shortest stretch of days that holds so much of the likelihood; of several, the likeliest."""
    sums = np.concatenate(([0.0], np.cumsum(shares)))
    ends = np.searchsorted(sums, np.minimum(sums[:-1] + mass, sums[-1]) - 1e-12)
    starts = np.flatnonzero(sums[:-1] + mass <= sums[-1] + 1e-9)
    lengths = days.ordinals[ends[starts] - 1] - days.ordinals[starts]
    short = starts[lengths == lengths.min()]
    start = int(short[np.argmax(sums[ends[short]] - sums[short])])
    return date.fromordinal(int(days.ordinals[start])), date.fromordinal(int(days.ordinals[ends[start] - 1]))


def likelihoods(evidence: Sequence[Evidence]) -> tuple[Days, Logs]:
    """The days that are not hopeless and the log likelihood of each."""
    days = all_days()
    logs = _prior()
    for number, one in enumerate(sorted(evidence, key=lambda one: isinstance(one.curve, PERIODIC)), 1):
        logs = logs + one.curve.logs(days)
        if number % 4 == 0:
            keep = logs > logs.max() - _HOPELESS
            if 2 * np.count_nonzero(keep) < len(days):
                days, logs = days.where(keep), logs[keep]
    return days, logs


@cache
def _prior() -> Logs:
    days = all_days()
    logs = np.full(len(days), -np.inf)
    for first, last, weight in model().prior:
        logs[(days.ordinals >= first.toordinal()) & (days.ordinals <= last.toordinal())] = weight
    return logs
