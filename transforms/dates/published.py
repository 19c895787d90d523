"""The document creation time as a span of days, against which expressions are resolved. How it is known: elsewhere."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Published:
    """The days between which (inclusive) an article was published; equal where the day is known."""

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError(f"published between {self.earliest} and {self.latest}: the first day is after the last")
