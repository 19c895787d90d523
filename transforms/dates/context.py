"""What is known where an expression stands, what is made of it there, and what earlier in the text it can count from.

The resolving itself is in resolve.py, named.py and counted.py.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from transforms.dates import calendar
from transforms.dates.calendar import Span
from transforms.vocabulary import Anchor, TimexType

SEVERAL_QUARTERS = ("P6M", "P9M", "P12M", "P1Y")
COMPARED = 180  # days since the end of a quarter beyond which it is the one compared with
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

    @property
    def day(self) -> date | None:
        """The one day that it denotes, or in which its time of day lies; None where it is no such expression."""
        single = self.type in (TimexType.DATE, TimexType.TIME) and self.span.first == self.span.last
        return self.span.first if single else None


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
    the index of the first one near enough to be counted from, `recent` of the first one in the same or the last
    sentence, `sentence` of the first one in the same sentence, `close` of the first one a few words before.
    `following`: the next expression, with its index. `frame`: the index of the year with which the sentence begins."""

    day: date | None
    lean: Callable[[], int] = level
    before: list[Resolved] = field(default_factory=list)
    near: int = 0
    recent: int = 0
    sentence: int = 0
    close: int = 0
    following: Callable[[], tuple[int, Resolved] | None] = nothing
    frame: int | None = None

    def anchor(self, unit: str) -> tuple[int | None, Span | None]:
        """The last dated expression nearby that is fine enough for the unit: what "the next day" counts from."""
        for at in range(len(self.before) - 1, self.near - 1, -1):
            span = self.before[at].span
            if self.before[at].type not in (TimexType.DATE, TimexType.TIME) or span.first is None or span.last is None:
                continue
            if (span.last - span.first).days < COARSEST.get(unit, ANY):
                return at, span
        return None, None

    def day_told(self) -> tuple[int | None, Span | None]:
        """The last single day of the same or the last sentence that is not to come: the day that the text is at."""
        for at in range(len(self.before) - 1, max(self.near, self.recent) - 1, -1):
            r = self.before[at]
            if r.day is not None:
                to_come = self.day is not None and r.day > self.day
                return (None, None) if to_come else (at, r.span)
        return None, None

    def day_beside(self) -> tuple[int | None, Span | None]:
        """The one day that stands in the same sentence a few words before ("on Sunday at 14:00"); none of several."""
        found: tuple[int | None, Span | None] = (None, None)
        for at in range(max(self.close, self.sentence), len(self.before)):
            r = self.before[at]
            if r.day is None:
                continue
            if found[1] is not None and found[1].first != r.day:
                return None, None
            found = at, calendar.day(r.day)
        return found

    def topic(self, period: bool) -> tuple[int | None, Span | None]:
        """The quarter that the text is about: the last one named that is over, or else has begun, and does not itself
        compare with the year before. With `period` the year of publication, where the text has since gone on to
        several quarters ("the nine months")."""
        begun: tuple[int | None, Span | None] = (None, None)
        for at in range(len(self.before) - 1, max(-1, len(self.before) - 1 - TOPIC_REACH), -1):
            r = self.before[at]
            if period and r.type is TimexType.DURATION and r.span.value in SEVERAL_QUARTERS and self.day:
                return (at, calendar.year(self.day.year)) if begun[0] is None else begun
            first, last = r.span.first, r.span.last
            if r.type is not TimexType.DATE or "-Q" not in r.span.value or first is None or last is None:
                continue
            if r.anchor is Anchor.EXPRESSION and (self.day is None or (self.day - last).days > COMPARED):
                continue
            if self.day is None or last < self.day:
                return at, r.span
            if first <= self.day and begun[0] is None:
                begun = at, r.span
        return begun
