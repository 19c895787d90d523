"""Units that are counted: "last week", "three days ago", "a year earlier", "the past two months", "two days before".

Dates that are named ("Monday", "March") stand in named.py.
"""

from dataclasses import replace
from math import ceil

from transforms.dates import calendar
from transforms.dates.calendar import Span
from transforms.dates.context import Context, Resolved, dated, undated
from transforms.dates.meaning import LETTERS, Length, Number, Offset, Unit, digits
from transforms.vocabulary import Anchor, Precision, TimexType

REFERENCES = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}
CLOCK_UNITS = ("second", "minute", "hour")
FINER = {
    "year": ("month", 12),
    "decade": ("year", 10),
    "week": ("day", 7),
    "century": ("year", 100),
}  # for fractions: half a year
MAXIMUM = 10**6  # units; more lie outside any calendar


def unit(u: Unit, context: Context) -> Resolved:
    """A calendar unit so many units away from the one of publication, or of another expression."""
    base, kind, at = context.day, Anchor.PUBLICATION, None
    reference = undated(REFERENCES[max(-1, min(1, u.shift))])
    if u.base is Anchor.EXPRESSION:
        within = u.unit == "day" and u.shift == 0 and not u.told  # "earlier in the day"
        found_at, anchor = context.day_told() if within else context.anchor(u.unit)
        if anchor is not None:
            base, kind, at = (anchor.last if u.shift > 0 else anchor.first), Anchor.EXPRESSION, found_at
        elif u.told or (u.unit == "day" and u.shift > 0):  # "The following day," where none was told
            return undated("XXXX-XX-XX" if u.unit == "day" else "XXXX")
    if base is None:
        return reference
    shift = u.shift
    if u.unit == "weekend" and shift == -1 and base.isoweekday() == 7 and kind is Anchor.PUBLICATION:
        shift = 0  # on a Sunday, the last weekend is the one that ends
    day = calendar.add(base, shift, u.unit)
    span = calendar.containing(u.unit, day) if day else None
    return dated(span, kind, at) if span else reference


def offset(o: Offset, context: Context) -> Resolved:
    """A count of units before or after publication, or another expression; "a year earlier" than a quarter is that
    quarter of the year before. Without an expression, "a week later" counts from the event told before it."""
    base, kind, at, anchor = context.day, Anchor.PUBLICATION, None, None
    if o.base is Anchor.EXPRESSION:
        at, anchor = context.anchor(o.unit)
        if anchor is not None:
            base, kind = anchor.first, Anchor.EXPRESSION
    if o.unit == "year":
        topic_at, topic = context.topic(period=True)
        years = whole(o.number, "year")
        shifted = calendar.years_away(topic, o.sign * years[0]) if topic and years and years[1] == "year" else None
        if shifted:
            return dated(shifted, Anchor.EXPRESSION, topic_at)
    if o.base is Anchor.EXPRESSION and o.sign > 0 and anchor is None:
        return length(Length(o.number, o.unit, sign=1, base=Anchor.EVENT), context)
    counted, reference = whole(o.number, o.unit), undated(REFERENCES[o.sign])
    if counted is None:
        return replace(reference, anchor=kind if base else Anchor.UNKNOWN)
    if base is None:
        return replace(reference, offset=duration(o.number, o.unit), direction=o.sign)
    count, finer = counted
    if finer in CLOCK_UNITS:
        count, finer = (count // 24 if finer == "hour" else 0), "day"
    if finer == "week" and (anchor.first == anchor.last if anchor else count == 1):
        count, finer = 7 * count, "day"  # "a week ago" is a day, "two weeks ago" a week
    day = calendar.add(base, o.sign * count, finer)
    span = calendar.containing("year" if o.unit in ("decade", "century") else finer, day) if day else None
    return replace(dated(span, kind, at), mod=o.number.mod) if span else reference


def length(d: Length, context: Context) -> Resolved:
    """A duration; with days where it begins or ends at publication, or counts from a date."""
    counted = _days(d.number, d.unit) if d.unit in CLOCK_UNITS else whole(d.number, d.unit)
    result = Resolved(TimexType.DURATION, Span(duration(d.number, d.unit)), d.mod)
    if d.sign:
        return _from_anchor(d, result, counted, context)
    if d.ahead:
        dated_ahead = counted and d.unit not in CLOCK_UNITS and context.day and context.lean() > 0
        return offset(Offset(d.number, d.unit, 1), context) if dated_ahead else result
    if d.window and counted and context.day:
        other = calendar.add(context.day, d.window * counted[0], counted[1])
        if other:
            first, last = sorted((context.day, other))
            span = Span(result.span.value, first, last, Precision.INTERVAL)
            return replace(result, span=span, anchor=Anchor.PUBLICATION)
    return result


def _from_anchor(d: Length, result: Resolved, counted: tuple[int, str] | None, context: Context) -> Resolved:
    """ "two days before the talks" waits for the event; "two days before May 3" has its day."""
    result = replace(result, anchor=d.base, offset=result.span.value, direction=d.sign)
    following = context.following() if d.base is Anchor.EXPRESSION else None
    if following is None:
        return result
    at, other = following
    if counted and d.unit not in CLOCK_UNITS and other.span.first and other.span.last:
        first = calendar.add(other.span.first, d.sign * counted[0], counted[1])
        last = calendar.add(other.span.last, d.sign * counted[0], counted[1])
        if first and last:
            result = replace(result, span=Span(result.span.value, first, last, other.span.precision))
    return replace(result, anchor_at=at)


def whole(number: Number, unit: str) -> tuple[int, str] | None:
    """A whole count and its unit: two and a half years are 30 months; None where it is vague or no whole number."""
    if number.count is None:
        return None
    for finer, factor in ((unit, 1), FINER.get(unit, (unit, 1))):
        count = number.count * factor
        if count == int(count) and abs(count) < MAXIMUM:
            return int(count), finer
    return None


def _days(number: Number, unit: str) -> tuple[int, str] | None:
    """The days that so many hours, minutes or seconds touch before they end today: 24 hours, one."""
    if number.count is None or number.count > MAXIMUM:
        return None
    return (ceil(number.count / 24) if unit == "hour" else 0), "day"


def duration(number: Number, unit: str) -> str:
    """ISO 8601 duration, with TimeML's X where the count is vague: P2W, PXM, PT1H, P2Y6M; decades and centuries in
    years."""
    if unit == "unit":
        return "PXX"
    head, letter = "P" + LETTERS[unit][:-1], LETTERS[unit][-1]
    if number.count is None:
        return f"{head}X{letter}"
    whole, rest = divmod(number.count, 1)
    finer, factor = {"year": ("M", 12), "hour": ("M", 60), "minute": ("S", 60)}.get(unit, ("", 0))
    if rest and finer and rest * factor == int(rest * factor):
        return f"{head}{f'{whole:.0f}{letter}' if whole else ''}{rest * factor:.0f}{finer}"
    times, letter = {"decade": (10, "Y"), "century": (100, "Y"), "millennium": (1000, "Y"), "fortnight": (2, "W")}.get(
        unit, (1, letter)
    )
    return f"P{digits(number.count)}WE" if unit == "weekend" else f"{head}{digits(number.count * times)}{letter}"
