"""What a time expression says before its context is known: the notions that the grammar makes and resolve.py dates.

No dates are computed here. `base` is what an expression counts from: PUBLICATION, or another EXPRESSION of the text,
or an EVENT.
"""

from dataclasses import dataclass
from enum import StrEnum

from transforms.dates.calendar import Span
from transforms.vocabulary import Anchor

# The letter of a unit in an ISO 8601 duration, with TimeML's own for the rest; T: after the T of times.
LETTERS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "fortnight": "W", "month": "M",
    "quarter": "Q", "year": "Y", "decade": "E", "century": "C", "millennium": "L", "weekend": "WE",
}  # fmt: skip


def digits(count: float) -> str:
    """A count as ISO 8601 writes it: no exponent, no needless fraction."""
    return f"{count:.4f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Number:
    """A count; None where it is vague ("several"). `high` is the upper end of a range ("two to three")."""

    count: float | None
    high: float | None = None
    mod: str | None = None  # APPROX ("a couple of")


class Of(StrEnum):
    """What "last", "this" and "next" count."""

    SELF = "self"  # "last Monday": the Mondays
    CONTAINER = "container"  # "Monday last week", "May last year": the weeks, the years
    EXPRESSION = "expression"  # "the following Monday": the Mondays from another expression on
    YEAR_TOLD = "year told"  # "April of the following year": the years from another expression on


@dataclass(frozen=True, slots=True)
class Partial:
    """A calendar date some fields of which may be missing. `shift`: -1 last, 0 this, 1 next, None not said.
    `attribute`: it stands before what it dates ("the November elections"), so that the clause does not turn it."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    shift: int | None = None
    of: Of = Of.SELF
    attribute: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a year: ("quarter", 3), ("half", 1), ("season", "SU"), ("holiday", name), ("yearend", 0); or the
    weekend ("weekend", 0). `shift`, `of` and `attribute` as in Partial; `ended`: the day on which a fiscal quarter
    ended follows."""

    unit: str
    index: int | str
    year: int | None = None
    shift: int | None = None
    of: Of = Of.SELF
    attribute: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """The quarter that the text is about ("the latest quarter"), or the same one of a year ("the 1988 quarter").
    `period`: it may be more than a quarter ("the 1988 period"). `ended`: the day on which it ended follows."""

    year: int | None = None
    period: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """The calendar unit `shift` units away from the one that holds the base: "last week", "today". `told`: it points
    at one that the text has told ("that night"), and is not of publication where there is none."""

    unit: str
    shift: int = 0
    base: Anchor = Anchor.PUBLICATION
    told: bool = False


@dataclass(frozen=True, slots=True)
class Offset:
    """A count of units away from the base: "two weeks ago", "three days later"."""

    number: Number
    unit: str
    sign: int
    base: Anchor = Anchor.PUBLICATION


@dataclass(frozen=True, slots=True)
class Moved:
    """A day, week or month moved by a count of units: "a week ago Tuesday", "a year ago this month"."""

    inner: "Meaning"
    number: Number
    unit: str
    sign: int


@dataclass(frozen=True, slots=True)
class Fixed:
    """Days that need no context: a decade, a century, an ISO date."""

    span: Span


@dataclass(frozen=True, slots=True)
class Length:
    """A duration. `window`: -1 it ends, 1 it begins, at publication ("the past two days"). `ahead`: a date where the
    clause points forward ("in two weeks"). `sign` and `base`: an offset from an event or an expression ("two days
    before")."""

    number: Number
    unit: str
    mod: str | None = None
    window: int = 0
    ahead: bool = False
    sign: int = 0
    base: Anchor = Anchor.NONE


@dataclass(frozen=True, slots=True)
class Recurring:
    """A set of times: TIMEX3 SET."""

    value: str


@dataclass(frozen=True, slots=True)
class Reference:
    """PAST_REF, PRESENT_REF or FUTURE_REF."""

    value: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day (`T10:30`, `TMO`) on a day: of publication, where none is given."""

    time: str
    on: "Meaning | None" = None


@dataclass(frozen=True, slots=True)
class Modified:
    """START, MID or END of something (`how` "third", of its halves "half"); the elapsed or coming part ("earlier this
    month": "before"; "later this month": "after"); an approximation ("about": "approx"; "sometime": "whole"); the
    week or weekend that holds it ("the week of March 6"); the night that ends or begins with a day ("overnight into
    Monday": "night before"; "overnight Sunday to Monday": "night after"); the day that is named right after it ("two
    days earlier, on May 3": "next")."""

    inner: "Meaning"
    mod: str | None
    how: str


@dataclass(frozen=True, slots=True)
class Nth:
    """The n-th day, week, weekend or weekday (`unit` 1 Monday to 7 Sunday) of a longer date; -1 the last:
    "the first week of October", "the last Monday in May"."""

    number: int
    unit: str | int
    inner: "Meaning"


@dataclass(frozen=True, slots=True)
class Between:
    """From the first day of one date to the last day of another."""

    first: Partial
    last: Partial


Meaning = (
    Partial
    | Part
    | Topic
    | Unit
    | Offset
    | Moved
    | Fixed
    | Length
    | Recurring
    | Reference
    | Clock
    | Modified
    | Nth
    | Between
)
