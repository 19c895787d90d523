"""What a benchmark hands to the suite: figures, each a ratio within one run, and the size at which it was measured.

How anything is measured (the benchmarks), and what a figure may be (`suite.py`), does not belong here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Size(StrEnum):
    """How much a benchmark runs over: minutes for `small`, an hour and more for `full`."""

    SMALL = "small"
    FULL = "full"


@dataclass(frozen=True)
class Figure:
    """One measured figure. `told` are the seconds, megabytes and counts that it was made of, by what they are."""

    name: str  # stable: what is expected of a figure is found by it
    value: float  # a ratio of two things measured in one run, or a count; seconds only where a bound is given in them
    told: Mapping[str, str] = field(default_factory=dict)
