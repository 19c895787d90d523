"""From what an expression says to the days it denotes: against the publication day, the text so far, or an event.

Where no day of publication is known, what needs one stays partial (XXXX-10-13). What words mean is grammar's
business, how long a month is calendar's.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from transforms.dates import calendar
from transforms.dates.calendar import Span
from transforms.dates.grammar.sets import LETTERS
from transforms.dates.meaning import (
    Between,
    Clock,
    Fixed,
    Length,
    Meaning,
    Modified,
    Number,
    Offset,
    Part,
    Partial,
    Recurring,
    Reference,
    Unit,
)
from transforms.reference import table
from transforms.vocabulary import Anchor, Precision, TimexType

REFERENCES = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}
REPORTED_WITHIN = 92  # days after its end in which "the third quarter" is still the last one
TOPIC_REACH = 12  # expressions back in which the quarter that a text is about is looked for
AHEAD = 2  # Length.window of "in three weeks", which is a date where the clause points forward
BACK_REACH = 100  # the same for a clause that points back
LONG_AGO = 270  # days after which a month would no longer be named without "last"
FORWARD_REACH = 45  # days by which a month-day may lie on the other side than its clause points to


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


@dataclass(slots=True)
class Context:
    """What is known where an expression stands: the publication day, where its clause points, and the expressions
    of the text resolved so far (`near`: index of the first one that is near enough to be counted from; `sentence`: of
    the first one in the same sentence)."""

    day: date | None
    lean: Callable[[], int] = lambda: 0
    before: list[Resolved] = field(default_factory=list)
    near: int = 0
    sentence: int = 0
    following: "Callable[[], tuple[int, Resolved] | None]" = lambda: None


def resolved(meaning: Meaning, context: Context) -> Resolved:
    """The expression's attributes; never fails: what cannot be dated has no days."""
    match meaning:
        case Fixed(span):
            return Resolved(TimexType.DATE, span)
        case Partial():
            return _partial(meaning, context)
        case Part():
            return _part(meaning, context)
        case Unit():
            return _unit(meaning, context)
        case Offset():
            return _offset(meaning, context)
        case Length():
            return _length(meaning, context)
        case Recurring(value):
            return Resolved(TimexType.SET, Span(value))
        case Reference(value):
            return Resolved(TimexType.DATE, Span(value))
        case Clock():
            return _clock(meaning, context)
        case Modified():
            return _modified(meaning, context)
        case Between(first, last):
            return _between(first, last, context)
    raise TypeError(f"no way to resolve {meaning!r}")


# --- dates with missing fields -------------------------------------------------------------------------------------


def _dated(span: Span, anchor: Anchor, at: int | None = None) -> Resolved:
    return Resolved(TimexType.DATE, span, None, anchor, at)


def _partial(p: Partial, context: Context) -> Resolved:
    if p.year is not None:
        if p.month is None:
            return _dated(calendar.year(p.year), Anchor.NONE)
        if p.day is None:
            return _dated(calendar.month(p.year, p.month), Anchor.NONE)
        return _dated(calendar.day(date(p.year, p.month, p.day)), Anchor.NONE)
    if p.shift in (2, -2):
        return _after_expression(p, context)
    base, anchor = context.day, Anchor.PUBLICATION
    if base is None:
        return _dated(Span(_pattern(p)), Anchor.UNKNOWN)
    if p.month is None:
        found = _weekday(p, base, context)
    elif p.day is None:
        found = _month(p, base, context)
    else:
        found = _month_day(p, base, context)
    return _dated(found, anchor) if found else _dated(Span(_pattern(p)), Anchor.UNKNOWN)


def _pattern(p: Partial) -> str:
    """The value with what is not known as X."""
    if p.month is None:
        return f"XXXX-WXX-{p.weekday}"
    return f"XXXX-{p.month:02}" if p.day is None else f"XXXX-{p.month:02}-{p.day:02}"


def _step(base: date, weekday: int, sign: int, same: bool) -> date | None:
    """The nearest such weekday before (-1) or after (1) a day, the day itself counted where `same`."""
    distance = (sign * (weekday - base.isoweekday())) % 7
    return calendar.add(base, sign * (distance or (0 if same else 7)), "day")


def _weekday(p: Partial, base: date, context: Context) -> Span | None:
    assert p.weekday is not None
    week = _week_named(context) if p.shift is None else None
    if week is not None:
        found = calendar.add(week, p.weekday - 1, "day")
    elif p.shift is None:
        found = _step(base, p.weekday, 1 if context.lean() > 0 else -1, True)
    elif p.shift >= 9:  # Tuesday next week
        start = calendar.add(base, p.shift - 10, "week")
        found = calendar.add(start, p.weekday - start.isoweekday(), "day") if start else None
    elif p.shift == 0:
        found = calendar.add(base, p.weekday - base.isoweekday(), "day")
        if found and found < base and context.lean() > 0:
            found = _step(base, p.weekday, 1, True)
    else:
        found = _step(base, p.weekday, p.shift, False)
    return calendar.day(found) if found else None


def _week_named(context: Context) -> date | None:
    """Monday of the week that the sentence has named before ("last week, the Frenchman on Monday")."""
    for r in reversed(context.before[context.sentence :]):
        if r.span.precision is Precision.WEEK and r.type is TimexType.DATE and r.mod is None and context.day:
            return r.span.first if r.span.last and r.span.last < context.day else None
    return None


def _year_named(context: Context) -> date | None:
    """First day of the last date in the sentence if that names another year than that of publication: "agreed in
    May 2014 and signed on September 5"."""
    last = context.before[-1] if len(context.before) > context.sentence else None
    if last is None or last.anchor is not Anchor.NONE or last.type is not TimexType.DATE or context.day is None:
        return None
    if last.span.first is None or last.span.precision not in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        return None
    return last.span.first if last.span.first.year < context.day.year else None


def _years(base: date, shift: int | None) -> list[int]:
    if shift is not None and shift >= 9:
        return [base.year + shift - 10]
    return [y for y in (base.year - 1, base.year, base.year + 1) if 1 <= y <= 9999]


def _month(p: Partial, base: date, context: Context) -> Span | None:
    assert p.month is not None
    spans = [calendar.month(y, p.month) for y in _years(base, p.shift) if 1 <= y <= 9999]
    told = _year_named(context) if p.shift is None else None
    if told is not None:
        return calendar.month(told.year + (p.month < told.month), p.month) if told.year < 9999 else None
    if p.shift is None and context.lean() == 0:
        return min(spans, key=lambda s: _distance(s, base))
    if p.shift == -1:  # "last February" in March is not the month just gone, which would be "last month"
        spans = [s for s in spans if s.last is None or (base - s.last).days >= base.day + 28 or s.last >= base]
    return _choose(spans, base, p.shift, context)


def _distance(span: Span, base: date) -> int:
    assert span.first and span.last
    return max((span.first - base).days, (base - span.last).days, 0)


def _choose(spans: list[Span], base: date, shift: int | None, context: Context) -> Span | None:
    """Among the same month (season, holiday) of three years: by "last", "this" or "next", else by the clause."""
    if shift is None and context.lean() > 0:
        shift = 3
    match shift:
        case -1:
            fits = [s for s in spans if s.last and s.last < base][-1:]
        case 1 | 3:
            fits = [s for s in spans if s.first and s.last and (s.first > base or (shift == 3 and s.last >= base))][:1]
        case 0:
            fits = [s for s in spans if s.first and s.first.year == base.year]
        case None:
            fits = [s for s in spans if s.first and s.first <= base][-1:]
            if context.lean() < 0 and fits and _distance(fits[0], base) > LONG_AGO:
                fits = [min(spans, key=lambda s: _distance(s, base))]
        case _:
            fits = spans
    return fits[0] if fits else None


def _month_day(p: Partial, base: date, context: Context) -> Span | None:
    assert p.month is not None and p.day is not None
    days = [d for y in _years(base, p.shift) if (d := calendar.valid(y, p.month, p.day))]
    told = _year_named(context) if p.shift is None else None
    if told is not None:
        day = calendar.valid(told.year + ((p.month, p.day) < (told.month, told.day)), p.month, p.day)
        return calendar.day(day) if day else None
    if p.weekday is not None:
        days = [d for d in days if d.isoweekday() == p.weekday] or days
    if not days:
        return None
    nearest = min(days, key=lambda d: (abs((d - base).days), d))
    if (base - nearest).days > FORWARD_REACH and context.lean() > 0:
        nearest = min((d for d in days if d >= base), default=nearest)
    elif (nearest - base).days > BACK_REACH and context.lean() < 0:
        nearest = max((d for d in days if d <= base), default=nearest)
    return calendar.day(nearest)


# --- parts of a year -------------------------------------------------------------------------------------------------


def _spans(p: Part, year: int) -> Span | None:
    match p.unit:
        case "quarter":
            return calendar.part_of_year(year, 4, int(p.index))
        case "half":
            return calendar.part_of_year(year, 2, int(p.index))
        case "season":
            return calendar.season(year, str(p.index))
        case "holiday":
            return _holiday(str(p.index), year)
        case "yearend":
            return calendar.third(calendar.year(year), "END")
    return None


def _holiday(name: str, year: int) -> Span:
    row = next(row for row in table("dates_holidays") if row["name"] == name)
    match row["rule"]:
        case "fixed":
            first = date(year, int(row["month"]), int(row["day"]))
        case "easter":
            first = calendar.easter(year) + timedelta(int(row["day"]))
        case _:
            first = calendar.nth_weekday(year, int(row["month"]), int(row["weekday"]), int(row["nth"]))
    if row["length"] == "2":
        return Span(calendar.weekend(first).value, first, first + timedelta(1), Precision.INTERVAL)
    return calendar.day(first)


def _part(p: Part, context: Context) -> Resolved:
    if p.unit == "same" and p.year is not None:  # "the 1988 period": the quarter that the text is about, in that year
        at, topic = _topic(context)
        if topic and topic.first:
            return _dated(calendar.part_of_year(p.year, 4, (topic.first.month + 2) // 3), Anchor.EXPRESSION, at)
        return _dated(calendar.year(p.year), Anchor.NONE)
    if p.year is not None:
        span = _spans(p, p.year)
        return _dated(span, Anchor.NONE) if span else _dated(Span(f"{p.year:04}"), Anchor.UNKNOWN)
    base = context.day
    if p.shift in (2, -2):
        at, anchor = _anchor(context, "month")
        base = anchor.last if anchor and p.shift == 2 else anchor.first if anchor else None
        if base is not None:
            spans = [s for y in _years(base, None) if (s := _spans(p, y))]
            found = _choose(spans, base, 1 if p.shift == 2 else -1, context)
            if found:
                return _dated(found, Anchor.EXPRESSION, at)
    if base is None:
        name = {"quarter": f"Q{p.index}", "half": f"H{p.index}", "weekend": "WXX-WE", "yearend": "12-31"}.get(p.unit)
        return _dated(Span(f"XXXX-{name or (p.index if p.unit == 'season' else 'XX-XX')}"), Anchor.UNKNOWN)
    if p.unit == "latest":
        at, topic = _topic(context)
        if topic and topic.last and topic.last < base:
            return _dated(topic, Anchor.EXPRESSION, at)
        day = calendar.add(base, -1, "quarter")
        found = calendar.containing("quarter", day) if day else None
    elif p.unit == "weekend":
        sign = 1 if context.lean() > 0 else -1
        day = base if base.isoweekday() >= 6 or sign > 0 else calendar.add(base, -1, "week")
        found = calendar.weekend(day) if day else None
    elif p.unit == "yearend":
        span = _spans(p, base.year)
        return Resolved(TimexType.DATE, span or Span("XXXX"), "END", Anchor.PUBLICATION)
    else:
        spans = [s for y in _years(base, p.shift) if (s := _spans(p, y))]
        found = _choose(spans, base, p.shift, context)
        if p.unit == "quarter" and p.shift is None:  # the results of a quarter are told in the one after it
            found = next((s for s in spans if s.last and 0 < (base - s.last).days <= REPORTED_WITHIN), found)
    return _dated(found, Anchor.PUBLICATION) if found else _dated(Span("XXXX"), Anchor.UNKNOWN)


# --- units and offsets -----------------------------------------------------------------------------------------------


def _anchor(context: Context, unit: str) -> tuple[int | None, Span | None]:
    """The last dated expression of the text that is no coarser than the unit: what "the next day" counts from."""
    coarsest = {"day": 7, "weekend": 7, "week": 31, "fortnight": 31, "month": 92, "quarter": 92, "half": 184}.get(unit, 4000)
    for at in range(len(context.before) - 1, context.near - 1, -1):
        r = context.before[at]
        if r.type in (TimexType.DATE, TimexType.TIME) and r.span.first and r.span.last and not r.span.value.endswith("_REF"):
            if (r.span.last - r.span.first).days < coarsest:
                return at, r.span
    return None, None


def _after_expression(p: Partial, context: Context) -> Resolved:
    """ "the following Monday", "the previous May"."""
    at, anchor = _anchor(context, "day" if p.month is None else "month")
    assert p.shift is not None
    sign = p.shift // 2
    if anchor is None or anchor.first is None or anchor.last is None:
        base = context.day
        if base is None:
            return _dated(Span(_pattern(p)), Anchor.UNKNOWN)
        at = None
    else:
        base = anchor.last if sign > 0 else anchor.first
    if p.month is None:
        assert p.weekday is not None
        found = _step(base, p.weekday, sign, False)
        span = calendar.day(found) if found else None
    else:
        span = _choose([calendar.month(y, p.month) for y in _years(base, None)], base, sign, context)
    kind = Anchor.PUBLICATION if at is None else Anchor.EXPRESSION
    return _dated(span, kind, at) if span else _dated(Span(_pattern(p)), Anchor.UNKNOWN)


def _unit(u: Unit, context: Context) -> Resolved:
    base, kind, at = context.day, Anchor.PUBLICATION, None
    if u.base is Anchor.EXPRESSION:
        at, anchor = _anchor(context, u.unit)
        if anchor is not None and not (u.unit == "day" and u.shift <= 0 and base and anchor.first and anchor.first > base):
            base, kind = (anchor.last if u.shift > 0 else anchor.first), Anchor.EXPRESSION
    if base is None:
        return _dated(Span(REFERENCES[max(-1, min(1, u.shift))]), Anchor.UNKNOWN)
    shift = u.shift
    if u.unit == "weekend" and shift == -1 and u.base is Anchor.PUBLICATION and base.isoweekday() == 7:
        shift = 0  # on a Sunday, "last weekend" is the one that ends
    day = calendar.add(base, shift, u.unit)
    span = calendar.containing(u.unit, day) if day else None
    return _dated(span, kind, at) if span else _dated(Span(REFERENCES[max(-1, min(1, u.shift))]), Anchor.UNKNOWN)


def _whole(number: Number, unit: str) -> tuple[int, str] | None:
    """A count and unit of whole days or months: two and a half years are 30 months."""
    if number.count is None:
        return None
    for finer, factor in ((unit, 1), *{"year": (("month", 12),), "decade": (("year", 10),), "week": (("day", 7),)}.get(unit, ())):
        count = number.count * factor
        if count == int(count) and abs(count) < 10**6:
            return int(count), finer
    return None


def _offset(o: Offset, context: Context) -> Resolved:
    base, kind, at, anchor = context.day, Anchor.PUBLICATION, None, None
    unit = o.unit
    if o.base is Anchor.EXPRESSION:
        at, anchor = _anchor(context, unit)
        if anchor is not None:
            base, kind = anchor.first, Anchor.EXPRESSION
    if unit == "year":
        topic_at, topic = _topic(context)
        shifted = _same_part(topic, o) if topic else None
        if shifted:
            return _dated(shifted, Anchor.EXPRESSION, topic_at)
    counted = _whole(o.number, unit)
    if o.base is Anchor.EXPRESSION and o.sign > 0 and kind is Anchor.PUBLICATION:  # "a year later": than what was told
        return _length(Length(o.number, unit, None, 0, 1, Anchor.EVENT), context)
    if counted is None:
        return _dated(Span(REFERENCES[o.sign]), kind if base else Anchor.UNKNOWN)
    if base is None:
        return replace(_dated(Span(REFERENCES[o.sign]), Anchor.UNKNOWN), offset=_iso(o.number, unit), direction=o.sign)
    count, finer = counted
    if finer in ("second", "minute", "hour"):
        count, finer = (count // 24 if finer == "hour" else 0), "day"
    exact = finer == "week" and (count == 1 or kind is Anchor.EXPRESSION)
    if exact and (kind is Anchor.PUBLICATION or (anchor and anchor.first == anchor.last)):
        count, finer = 7 * count, "day"  # "a week ago" is a day, "two weeks ago" a week
    day = calendar.add(base, o.sign * count, finer)
    span = calendar.containing("year" if o.unit in ("decade", "century") else finer, day) if day else None
    if span is None:
        return _dated(Span(REFERENCES[o.sign]), Anchor.UNKNOWN)
    mod = o.number.mod
    return Resolved(TimexType.DATE, span, mod, kind, at)


def _topic(context: Context) -> tuple[int | None, Span | None]:
    """The quarter that the text is about: the last one named that does not itself compare with the year before."""
    for at in range(len(context.before) - 1, max(-1, len(context.before) - 1 - TOPIC_REACH), -1):
        r = context.before[at]
        if r.type is TimexType.DATE and "-Q" in r.span.value and r.anchor in (Anchor.PUBLICATION, Anchor.NONE):
            return at, r.span
    return None, None


def _same_part(anchor: Span, o: Offset) -> Span | None:
    """A year before a quarter is the same quarter of the year before; so with months and seasons."""
    counted = _whole(o.number, "year")
    if counted is None or anchor.first is None or anchor.precision not in (Precision.QUARTER, Precision.MONTH):
        return None
    year = anchor.first.year + o.sign * counted[0]
    if not 1 <= year <= 9998:
        return None
    if anchor.precision is Precision.MONTH:
        return calendar.month(year, anchor.first.month)
    name = anchor.value.partition("-")[2]
    return calendar.season(year, name) if name in calendar.SEASONS else calendar.part_of_year(year, 4, (anchor.first.month + 2) // 3)


# --- durations, times, modifiers -------------------------------------------------------------------------------------


def _iso(number: Number, unit: str) -> str:
    """ISO 8601 duration, TimeML's X where the count is vague: P2W, PXM, PT1H, P2Y6M."""
    letter = LETTERS.get(unit, "X")
    head, letter = "P" + letter[:-1], letter[-1]
    if number.count is None:
        return "PXX" if unit == "unit" else f"{head}X{letter}"
    finer = {"year": ("M", 12), "hour": ("M", 60), "minute": ("S", 60)}.get(unit)
    whole, rest = divmod(number.count, 1)
    if rest and finer and (rest * finer[1]) == int(rest * finer[1]):
        return f"{head}{f'{whole:.0f}{letter}' if whole else ''}{rest * finer[1]:.0f}{finer[0]}"
    if unit in ("decade", "century", "fortnight", "millennium"):
        factor, letter = {"decade": (10, "Y"), "century": (100, "Y"), "fortnight": (2, "W"), "millennium": (1000, "Y")}[unit]
        return f"P{number.count * factor:.10g}{letter}"
    if unit == "weekend":
        return f"P{number.count:.10g}WE"
    return f"{head}{number.count:.10g}{letter}"


def _length(length: Length, context: Context) -> Resolved:
    value = _iso(length.number, length.unit)
    result = Resolved(TimexType.DURATION, Span(value), length.mod)
    counted = _whole(length.number, length.unit)
    timed = length.unit in ("second", "minute", "hour")
    if length.sign:
        result = replace(result, anchor=length.base, offset=value, direction=length.sign)
        following = context.following() if length.base is Anchor.EXPRESSION else None
        if following is None or counted is None or timed:
            return result
        at, other = following
        result = replace(result, anchor_at=at)
        if other.span.first and other.span.last:
            days = [calendar.add(d, length.sign * counted[0], counted[1]) for d in (other.span.first, other.span.last)]
            if days[0] and days[1]:
                return replace(result, span=Span(value, days[0], days[1], other.span.precision))
        return result
    if length.window == AHEAD:
        if context.lean() > 0 and context.day and counted and not timed:
            return _offset(Offset(length.number, length.unit, 1), context)
        return result
    if length.window and counted and context.day and not timed:
        other_end = calendar.add(context.day, length.window * counted[0], counted[1])
        if other_end:
            first, last = sorted((context.day, other_end))
            return replace(result, span=Span(value, first, last, Precision.INTERVAL), anchor=Anchor.PUBLICATION)
    return result


def _clock(clock: Clock, context: Context) -> Resolved:
    if clock.on is None:
        _, anchor = (None, None)
        day = _dated(calendar.day(context.day), Anchor.PUBLICATION) if context.day else None
    else:
        day = resolved(clock.on, context)
    if day is None:
        return Resolved(TimexType.TIME, Span("XXXX-XX-XX" + clock.time), None, Anchor.UNKNOWN)
    value = "XXXX-XX-XX" if day.span.value.endswith("_REF") else day.span.value
    return replace(day, type=TimexType.TIME, span=replace(day.span, value=value + clock.time))


def _modified(m: Modified, context: Context) -> Resolved:
    inner = resolved(m.inner, context)
    span = inner.span
    if m.how == "third" and m.mod:
        return replace(inner, span=calendar.third(span, m.mod), mod=m.mod)
    base = context.day
    if m.how in ("before", "after") and span.first and span.last and base and span.first <= base <= span.last:
        first, last = (span.first, base) if m.how == "before" else (base, span.last)
        precision = span.precision if first == last else Precision.INTERVAL
        span = Span(span.value, first, last, precision)
    return replace(inner, span=span, mod=m.mod or inner.mod)


def _between(first: Partial, last: Partial, context: Context) -> Resolved:
    a = resolved(first, context)
    if a.span.first is None:
        return _dated(Span(f"{a.span.value}/{_pattern(last)}"), a.anchor)
    end = calendar.valid(a.span.first.year, last.month or a.span.first.month, last.day or a.span.first.day)
    assert end is not None
    return replace(a, span=Span(f"{a.span.value}/{end.isoformat()}", a.span.first, end, Precision.INTERVAL))
