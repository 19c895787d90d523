"""What is known where an expression stands, what is made of it there, and what earlier in the text it can count from.

The resolving itself is in resolve.py, named.py and counted.py.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from transforms.dates.calendar import Span
from transforms.vocabulary import Anchor, TimexType

TOPIC_REACH = 12  # expressions back in which the quarter that a text is about is looked for
# Days beyond which an expression is too coarse for a unit to be counted from it ("May 2014 … the next day").
COARSEST = {"day": 7, "weekend": 7, "week": 31, "fortnight": 31, "month": 92, "quarter": 92, "half": 184}
ANY = 4000


@dataclass(frozen=True, slots=True)
class Resolved:
    """An expression's TIMEX3 attributes and days; `anchor_at` is the index of the anchoring expression."""

    type: TimexType
    span: Span
    mod: str | None = None
    anchor: Anchor = Anchor.NONE
    anchor_at: int | None = None
    offset: str | None = None
    direction: int | None = None


def dated(span: Span, anchor: Anchor, at: int | None = None) -> Resolved:
    return Resolved(TimexType.DATE, span, None, anchor, at)


def undated(value: str) -> Resolved:
    """What cannot be dated here: the value as far as it goes, no days."""
    return Resolved(TimexType.DATE, Span(value), None, Anchor.UNKNOWN)


def nothing() -> None:
    return None


def level() -> int:
    return 0


@dataclass(slots=True)
class Context:
    """`day`: of publication. `lean`: where the clause points (direction.py). `before`: the expressions so far; `near`
    the index of the first one near enough to be counted from, `sentence` of the first one in the same sentence.
    `following`: the next expression, with its index."""

    day: date | None
    lean: Callable[[], int] = level
    before: list[Resolved] = field(default_factory=list)
    near: int = 0
    sentence: int = 0
    following: Callable[[], tuple[int, Resolved] | None] = nothing

    def anchor(self, unit: str) -> tuple[int | None, Span | None]:
        """The last dated expression nearby that is fine enough for the unit: what "the next day" counts from."""
        for at in range(len(self.before) - 1, self.near - 1, -1):
            span = self.before[at].span
            if self.before[at].type not in (TimexType.DATE, TimexType.TIME) or span.first is None or span.last is None:
                continue
            if (span.last - span.first).days < COARSEST.get(unit, ANY):
                return at, span
        return None, None

    def topic(self) -> tuple[int | None, Span | None]:
        """The quarter that the text is about: the last one named that does not itself compare with the year before."""
        for at in range(len(self.before) - 1, max(-1, len(self.before) - 1 - TOPIC_REACH), -1):
            r = self.before[at]
            named = r.type is TimexType.DATE and "-Q" in r.span.value and r.span.first is not None
            if named and r.anchor in (Anchor.PUBLICATION, Anchor.NONE):
                return at, r.span
        return None, None
