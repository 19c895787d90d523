"""Hashes of rows of numbers, many at once. What is hashed, and for what, does not belong here."""

import numpy as np
from numpy.typing import NDArray

_BASE = 0x9E3779B97F4A7C15  # odd, so that powers of it keep all 64 bits; the golden ratio's, as Knuth has it

Hashes = NDArray[np.uint64]


def rolled(hashes: Hashes) -> Hashes:
    """Hash of the rows of a two-dimensional array, order counting: a polynomial modulo 2^64."""
    total = np.zeros(hashes.shape[0], np.uint64)
    for column in hashes.T:
        total = (total ^ column) * np.uint64(_BASE)
        total ^= total >> np.uint64(29)
    return total
