"""A tally counts as a dictionary of sets does."""

from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from transforms.tally import Tally

PAIRS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 9) | st.just(2**64 - 1)), max_size=12)


@given(st.lists(PAIRS, max_size=12))
def test_counts_are_those_of_sets(parts: list[list[tuple[int, int]]]) -> None:
    tally, sets = Tally(), defaultdict[int, set[int]](set)
    for part in parts:
        keys, values = np.array(part, np.uint64).reshape(-1, 2).T
        tally.add(keys, values)
        for key, value in part:
            sets[key].add(value)
    asked = range(8)
    assert tally.counts(np.array(asked, np.uint64)).tolist() == [len(sets[key]) for key in asked]
