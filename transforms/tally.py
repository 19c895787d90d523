"""Counts how many different values go with each key, for millions of them. What is counted does not belong here."""

import numpy as np
from numpy.typing import NDArray

from transforms.hashes import Hashes, rolled


class Tally:
    """How many different values each key was met with.

    Sorted runs, each at least twice as long as the next, are merged as they grow (P. O'Neil et al., "The log-structured
    merge-tree", 1996): adding and counting cost the logarithm of what is there, and a pair takes 16 bytes. Pairs are
    told apart by 64 bits, so that among ten million of them one is lost with a chance of 3e-6.
    """

    def __init__(self) -> None:
        self._runs: list[tuple[Hashes, Hashes]] = []  # of keys, as often as they have values; of pairs

    def add(self, keys: Hashes, values: Hashes) -> None:
        """Counts in pairs of key and value; one that was counted before changes nothing."""
        pairs, places = np.unique(rolled(np.column_stack([keys, values])), return_index=True)
        fresh = np.ones(len(pairs), bool)
        for _, known in self._runs:
            found = np.minimum(np.searchsorted(known, pairs), len(known) - 1)
            fresh &= known[found] != pairs
        if fresh.any():
            self._runs.append((np.sort(keys[places[fresh]]), pairs[fresh]))
        while len(self._runs) > 1 and len(self._runs[-2][0]) < 2 * len(self._runs[-1][0]):
            last, before = self._runs.pop(), self._runs.pop()
            self._runs.append((_merged(before[0], last[0]), _merged(before[1], last[1])))

    def counts(self, keys: Hashes) -> NDArray[np.int64]:
        """How many different values each of the keys has."""
        found = np.zeros(len(keys), np.int64)
        for run, _ in self._runs:
            found += np.searchsorted(run, keys, "right") - np.searchsorted(run, keys, "left")
        return found


def _merged(a: Hashes, b: Hashes) -> Hashes:
    return np.sort(np.concatenate([a, b]), kind="stable")
