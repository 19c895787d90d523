"""Shares fitted to what proved right, and how far shares can be trusted: logistic regression, cross-validation by
group, reliability. What is right, and of what, does not belong here.

ECE, with ten bins of equal width: Naeini, Cooper and Hauskrecht, Obtaining well calibrated probabilities using Bayesian
binning, AAAI 2015. Brier: Verification of forecasts expressed in terms of probability, Monthly Weather Review, 1950.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PRIOR = 2.0  # cases of doubt by which each weight is drawn towards nothing
ROUNDS = 25  # Newton's method needs fewer than ten
BINS = 10


@dataclass(frozen=True)
class Bin:
    """The cases whose share lies in one tenth of the scale."""

    low: float
    high: float
    cases: int
    mean: float
    right: float


def fit(traits: Floats, right: Floats) -> Floats:
    """The weights of logistic regression with a ridge: the base, then one for each column of `traits`."""
    rows = _with_base(traits)
    ridge = np.diag([1e-6, *[PRIOR] * traits.shape[1]])
    weights = np.zeros(rows.shape[1])
    for _ in range(ROUNDS):
        shares = _logistic(rows @ weights)
        curvature = (rows.T * (shares * (1 - shares))) @ rows + ridge
        weights = weights + np.linalg.solve(curvature, rows.T @ (right - shares) - ridge @ weights)
    return weights


def predicted(traits: Floats, weights: Floats) -> Floats:
    """The share of right ones for each row of traits."""
    return _logistic(_with_base(traits) @ weights)


def cross_validated(
    traits: Floats, right: Floats, groups: Sequence[Hashable], asked: Floats, asked_groups: Sequence[Hashable]
) -> Floats:
    """The shares of the rows of `asked`, each by weights that were fitted to the rows of all groups but its own."""
    shares = np.zeros(len(asked))
    for group in set(asked_groups):
        others = np.array([one != group for one in groups])
        own = np.array([one == group for one in asked_groups])
        shares[own] = predicted(asked[own], fit(traits[others], right[others]))
    return shares


def left_out_mean(right: Floats, groups: Sequence[Hashable]) -> Floats:
    """For each case the share of right ones in all groups but its own: what any measure of confidence has to beat."""
    return np.array([right[[one != group for one in groups]].mean() for group in groups])


def reliability(shares: Floats, right: Floats) -> list[Bin]:
    """The bins that hold a case, the lowest first."""
    at = np.minimum((shares * BINS + 1e-9).astype(int), BINS - 1)
    return [
        Bin(i / BINS, (i + 1) / BINS, int((at == i).sum()), float(shares[at == i].mean()), float(right[at == i].mean()))
        for i in range(BINS)
        if (at == i).any()
    ]


def expected_error(shares: Floats, right: Floats) -> float:
    """ECE: how far the shares are off the truth, on the mean of the cases, bin by bin."""
    return sum(one.cases * abs(one.mean - one.right) for one in reliability(shares, right)) / len(shares)


def brier(shares: Floats, right: Floats) -> float:
    """The mean of the squared distance between share and outcome: 0 is best, the same 0.5 for all gives 0.25."""
    return float(((shares - right) ** 2).mean())


def _with_base(traits: Floats) -> Floats:
    return np.column_stack([np.ones(len(traits)), traits])


def _logistic(values: Floats) -> Floats:
    shares: Floats = 1 / (1 + np.exp(-values))
    return shares
