"""From what an expression says to the days it denotes: each kind of meaning to the module that dates it.

Where no day of publication is known, what needs one stays partial (XXXX-10-13). Modifiers and times of day are dated
here, by way of what they modify.
"""

from dataclasses import replace

from transforms.dates import calendar, counted, named
from transforms.dates.calendar import Span
from transforms.dates.context import Context, Resolved, dated
from transforms.dates.meaning import (
    Between,
    Clock,
    Fixed,
    Length,
    Meaning,
    Modified,
    Moved,
    Nth,
    Offset,
    Part,
    Partial,
    Recurring,
    Reference,
    Topic,
    Unit,
)
from transforms.vocabulary import Anchor, Precision, TimexType


def resolved(meaning: Meaning, context: Context) -> Resolved:
    """The expression's attributes; never fails: what cannot be dated has no days."""
    match meaning:
        case Partial():
            return named.partial(meaning, context)
        case Between():
            return named.between(meaning, context)
        case Part():
            return named.part(meaning, context)
        case Topic():
            return named.topic(meaning, context)
        case Unit():
            return counted.unit(meaning, context)
        case Offset():
            return counted.offset(meaning, context)
        case Length():
            return counted.length(meaning, context)
        case Clock():
            return _clock(meaning, context)
        case Modified():
            return _modified(meaning, context)
        case Nth():
            return _nth(meaning, context)
        case Moved():
            return _moved(meaning, context)
        case Fixed(span):
            return dated(span, Anchor.NONE)
        case Reference(value):
            return dated(Span(value), Anchor.NONE)
        case Recurring(value):
            return Resolved(TimexType.SET, Span(value))


def _nth(n: Nth, context: Context) -> Resolved:
    """One day, week or weekend of a month or year."""
    inner = resolved(n.inner, context)
    first, last = inner.span.first, inner.span.last
    found = calendar.nth(first, last, n.unit, n.number) if first and last else None
    return replace(inner, span=found) if found else replace(inner, span=Span(inner.span.value))


def _moved(m: Moved, context: Context) -> Resolved:
    """The day so many units before or after the one named, or the month of "a year ago this month"; open where the
    count or the day is not known."""
    inner = resolved(m.inner, replace(context, lean=lambda: m.sign))
    count = counted.whole(m.number, m.unit)
    if count is not None and inner.span.first is not None and isinstance(m.inner, Unit) and m.inner.unit != "day":
        there = calendar.add(inner.span.first, m.sign * count[0], count[1])
        span = calendar.containing(m.inner.unit, there) if there else None
        return replace(inner, span=span or Span("XXXX"), mod=m.number.mod)
    if count is None or inner.day is None:
        return replace(inner, span=Span("XXXX-XX-XX"), anchor=Anchor.UNKNOWN, anchor_at=None)
    day = calendar.add(inner.day, m.sign * count[0], count[1])
    return replace(inner, span=calendar.day(day) if day else Span("XXXX-XX-XX"), mod=m.number.mod)


def _clock(clock: Clock, context: Context) -> Resolved:
    """A time of day on its day, else on the one beside it, else on that of publication."""
    at, beside = context.day_beside() if clock.on is None and ":" in clock.time else (None, None)
    if clock.on is not None:
        day = resolved(clock.on, context)
    elif beside is not None:
        day = dated(beside, Anchor.EXPRESSION, at)
    elif context.day is not None:
        day = dated(calendar.day(context.day), Anchor.PUBLICATION)
    else:
        return Resolved(TimexType.TIME, Span("XXXX-XX-XX" + clock.time), None, Anchor.UNKNOWN)
    if "/" in day.span.value and day.span.first is not None:  # of a feast of several days, the first
        day = replace(day, span=calendar.day(day.span.first))
    value = "XXXX-XX-XX" if day.span.value.endswith("_REF") else day.span.value
    return replace(day, type=TimexType.TIME, span=replace(day.span, value=value + clock.time))


def _modified(m: Modified, context: Context) -> Resolved:
    """A third of a stretch, the part of it before or after publication, or the whole of it, loosely."""
    following = context.following() if m.how == "next" else None
    if following and following[1].span.first:
        return dated(following[1].span, Anchor.EXPRESSION, following[0])
    inner = resolved(m.inner, context)
    span, base = inner.span, context.day
    if m.how == "third" and m.mod:
        return replace(inner, span=calendar.third(span, m.mod), mod=m.mod)
    if m.how in ("hour", "day", "week") and m.mod:
        return replace(inner, span=calendar.edge(span, m.mod, m.how), mod=m.mod)
    if m.how == "half" and m.mod:
        return replace(inner, span=calendar.half(span, m.mod), mod=m.mod)
    if m.how in ("night before", "night after") and span.first and span.first == span.last:
        evening = span.first if m.how == "night after" else calendar.add(span.first, -1, "day")
        morning = calendar.add(evening, 1, "day") if evening else None
        if not evening or not morning:
            return inner
        return replace(inner, span=Span(evening.isoformat(), evening, morning, Precision.INTERVAL))
    if m.how in ("week holding", "weekend holding") and span.first:
        return replace(inner, span=calendar.containing(m.how.split()[0], span.first) or span)
    if m.how in ("before", "after") and span.first and span.last and base and span.first <= base <= span.last:
        first, last = (span.first, base) if m.how == "before" else (base, span.last)
        span = Span(span.value, first, last, span.precision if first == last else Precision.INTERVAL)
    return replace(inner, span=span, mod=m.mod or inner.mod)
