"""Dates that are named but not in full: which Thursday, which March, which third quarter is meant.

A bare weekday is the most recent one, publication day included; a day of a month the nearest to publication; a bare
month the nearest: measured on TimeBank and AQUAINT as the best fixed choices (269 of 297, 136 of 145, 54 of 66 right).
The clause (direction.py) turns them. What counts units from another day stands in counted.py.
"""

from collections.abc import Iterable
from datetime import MAXYEAR, date

from transforms.dates import calendar
from transforms.dates.calendar import Span
from transforms.dates.context import Context, Resolved, dated, undated
from transforms.dates.feasts import falls
from transforms.dates.meaning import Between, Of, Part, Partial, Topic
from transforms.vocabulary import Anchor, Precision, TimexType

AHEAD = 31  # days by which a month named in a clause of the past may lie ahead
FAR = 240  # days beyond which a month of the next year is called "next June", whatever the clause says
REACH = 45  # days by which a day of a month may lie on the other side than its clause points to
NEVER = 400  # of what the clause does not turn
REPORTED_WITHIN = 92  # days after its end in which "the third quarter" is still the last one
LEAP = 8  # years within which there is always a 29 February
YEAR_SAID = (Of.CONTAINER, Of.YEAR_TOLD)  # the year is said, by its distance
FRESH = 28  # days that "last February" must have been over for: the month just gone is "last month"


# --- days and months ---------------------------------------------------------------------------------------------


def partial(p: Partial, context: Context) -> Resolved:
    """A calendar date with or without its year."""
    whole = span_of(p)
    if whole is not None:
        return dated(whole, Anchor.NONE)
    base, at = context.day, None
    if p.of is Of.EXPRESSION:
        at, base = _base(context, "day" if p.month is None else "month", p.shift or 0)
    elif p.of is Of.YEAR_TOLD:
        at, base = _base(context, "year", p.shift or 0)
        base = None if at is None else base  # "April of that year", where none was told
    if base is None:
        return undated(_pattern(p))
    if p.month is None:
        found = _day_of_month(p.day, base, context) if p.day else _weekday(p, base, context)
        return _dated(p, found, at)
    if p.shift is None and (told := _year_told(context)) is not None:
        found = _after(told[1], p.month, p.day)
        if found is not None and found.first is not None and found.first <= base:
            return _dated(p, found, told[0])
    return _dated(p, (_month if p.day is None else _month_day)(p, base, context), at)


def _dated(p: Partial, found: Span | None, at: int | None) -> Resolved:
    """The days found, counted from publication or from the expression `at`; open where there are none."""
    return dated(found, Anchor.PUBLICATION if at is None else Anchor.EXPRESSION, at) if found else undated(_pattern(p))


def span_of(p: Partial) -> Span | None:
    """The days of a date that is given with its year."""
    if p.year is None:
        return None
    if p.month is None:
        return calendar.year(p.year)
    if p.day is None:
        return calendar.month(p.year, p.month)
    return calendar.day(date(p.year, p.month, p.day))


def between(b: Between, context: Context) -> Resolved:
    """A stretch of days of one month."""
    first = partial(b.first, context)
    if first.span.first is None:
        return undated(f"{first.span.value}/{_pattern(b.last)}")
    start = first.span.first
    end = calendar.valid(start.year, b.last.month or start.month, b.last.day or start.day)
    if end is None or end < start:  # February 27 to 29 of a year without one
        return first
    span = Span(f"{first.span.value}/{end.isoformat()}", start, end, Precision.INTERVAL)
    return dated(span, first.anchor, first.anchor_at)


def _pattern(p: Partial) -> str:
    """The value with what is not known as X."""
    if p.month is None:
        return f"XXXX-XX-{p.day:02}" if p.day else f"XXXX-WXX-{p.weekday}"
    return f"XXXX-{p.month:02}" if p.day is None else f"XXXX-{p.month:02}-{p.day:02}"


def _base(context: Context, unit: str, shift: int) -> tuple[int | None, date | None]:
    """What "the following Monday" counts from: an expression of the text, else publication."""
    at, anchor = context.anchor(unit)
    if anchor is None:
        return None, context.day
    return at, anchor.last if shift > 0 else anchor.first


def _step(base: date, weekday: int, sign: int, same: bool) -> date | None:
    """The nearest such weekday before (-1) or after (1) a day, the day itself counted where `same`."""
    distance = (sign * (weekday - base.isoweekday())) % 7
    return calendar.add(base, sign * (distance or (0 if same else 7)), "day")


def _weekday(p: Partial, base: date, context: Context) -> Span | None:
    assert p.weekday is not None
    in_week = calendar.add(base, p.weekday - base.isoweekday(), "day")
    if p.shift is None:
        monday = _week_named(context)
        if monday is not None:
            found = calendar.add(monday, p.weekday - 1, "day")
        else:
            found = _coming(base, p.weekday, context) if context.lean() > 0 else _step(base, p.weekday, -1, True)
    elif p.of is Of.CONTAINER:  # Tuesday next week
        found = calendar.add(in_week, p.shift, "week") if in_week else None
    elif p.shift:
        found = _step(base, p.weekday, p.shift, False)
    else:
        past = in_week is not None and in_week < base
        found = _step(base, p.weekday, 1, True) if past and context.lean() > 0 else in_week
    return calendar.day(found) if found else None


def _coming(base: date, weekday: int, context: Context) -> date | None:
    """The first such weekday from publication on, or from the day on which the same sentence says that it was told:
    "said on Saturday that the convoy would leave on Sunday"."""
    at, told = context.day_told()
    if told is not None and told.first is not None and at is not None and at >= context.sentence and told.first < base:
        return _step(told.first, weekday, 1, False)
    return _step(base, weekday, 1, True)


def _week_named(context: Context) -> date | None:
    """Monday of the past week that the sentence has named before ("last week, the Frenchman on Monday")."""
    for at in range(len(context.before) - 1, max(context.sentence, context.near) - 1, -1):
        r = context.before[at]
        if r.span.precision is Precision.WEEK and r.type is TimexType.DATE and r.mod is None:
            return r.span.first if r.span.last and context.day and r.span.last < context.day else None
    return None


def _year_told(context: Context) -> tuple[int, date] | None:
    """Index and first day of the date whose year holds on, if that is before the year of publication and the clause
    does not point forward: the last date of the sentence ("agreed in May 2014 and signed on September 5"), or the year
    with which the sentence begins ("In 2014, they agreed in May").

    A year elsewhere is not carried on, nor one over the end of a sentence: in 2,000 articles of mixed news the month
    after it was more often of the year of publication ("… in 2009. In April he revealed")."""
    at = len(context.before) - 1
    if at < max(context.sentence, context.near) or context.day is None or context.lean() > 0:
        return None
    if context.frame is not None:
        frame = context.before[context.frame].span.first
        return (context.frame, frame) if frame is not None and frame.year < context.day.year else None
    last = root = context.before[at]
    while root.anchor is Anchor.EXPRESSION and root.anchor_at is not None and root.anchor_at < at:
        root = context.before[root.anchor_at]
    if (
        last.type is not TimexType.DATE
        or last.anchor not in (Anchor.NONE, Anchor.EXPRESSION)
        or last.span.first is None
    ):
        return None
    if last.span.precision not in (Precision.DAY, Precision.MONTH):
        return None
    return (at, last.span.first) if last.span.first.year < context.day.year else None


def _after(told: date, month: int, day: int | None) -> Span | None:
    """The month, or its day, from the first day of a date on: in its year or in the next one."""
    year = told.year + ((month, day or told.day) < (told.month, told.day))
    if day is None:
        return calendar.month(year, month) if year <= MAXYEAR else None
    found = calendar.valid(year, month, day)
    return calendar.day(found) if found else None


def _years(base: date, shift: int | None = None, of: Of = Of.SELF) -> list[int]:
    """The years in which a date may lie: the one that is said, else those around."""
    around = (base.year + (shift or 0),) if of in YEAR_SAID else (base.year - 1, base.year, base.year + 1)
    return [y for y in around if 1 <= y <= 9999]


def _month(p: Partial, base: date, context: Context) -> Span | None:
    assert p.month is not None
    spans = [calendar.month(y, p.month) for y in _years(base, p.shift, p.of)]
    if p.shift is None:
        nearest = min(spans, key=lambda s: _distance(s, base))
        if p.attribute or context.lean() == 0 or (nearest.first and 0 < (nearest.first - base).days <= AHEAD):
            return nearest
        coming = _choose(spans, base, None, p.of, context)
        if coming is not None and coming.first and coming.first.year > base.year:
            return nearest if (coming.first - base).days > FAR else coming
        return coming
    if p.shift == -1 and p.of is Of.SELF:
        spans = [s for s in spans if not s.last or s.last >= base or (base - s.last).days >= base.day + FRESH]
    return _choose(spans, base, p.shift, p.of, context)


def _distance(span: Span, base: date) -> int:
    assert span.first and span.last
    return max((span.first - base).days, (base - span.last).days, 0)


def _month_day(p: Partial, base: date, context: Context) -> Span | None:
    assert p.month is not None and p.day is not None
    days = _valid(_years(base, p.shift, p.of), p.month, p.day)
    if not days and p.of is Of.SELF:  # 29 February
        days = _valid(range(base.year - LEAP, base.year + LEAP + 1), p.month, p.day)
    if p.weekday is not None:
        days = [d for d in days if d.isoweekday() == p.weekday] or days
    if not days:
        return None
    return _turned([calendar.day(d) for d in days], base, context)


def _valid(years: Iterable[int], month: int, day: int) -> list[date]:
    return [d for y in years if (d := calendar.valid(y, month, day))]


def _day_of_month(day: int, base: date, context: Context) -> Span | None:
    """The nearest 13th, of this month, the one before or the one after."""
    months = [d for n in (-1, 0, 1) if (d := calendar.add(base.replace(day=1), n, "month"))]
    spans = [calendar.day(d) for m in months if (d := calendar.valid(m.year, m.month, day))]
    if context.lean() > 0:
        spans = [s for s in spans if s.first and s.first >= base] or spans
    elif context.lean() < 0:
        spans = [s for s in spans if s.first and s.first <= base] or spans
    return min(spans, key=lambda s: _distance(s, base)) if spans else None


def _turned(spans: list[Span], base: date, context: Context, reach: int = REACH) -> Span:
    """The nearest of the same day of several years, unless the clause points the other way and it is far off."""
    nearest = min(spans, key=lambda s: _distance(s, base))
    assert nearest.first and nearest.last
    if (base - nearest.last).days > reach and context.lean() > 0:
        return next((s for s in spans if s.last and s.last >= base), nearest)
    if (nearest.first - base).days > reach and context.lean() < 0:
        return next((s for s in reversed(spans) if s.first and s.first <= base), nearest)
    return nearest


def _choose(spans: list[Span], base: date, shift: int | None, of: Of, context: Context) -> Span | None:
    """Among the same month (season, holiday) of three years: by "last", "this" or "next", else by the clause."""
    if of in YEAR_SAID:
        fits = spans
    elif shift == -1:
        fits = [s for s in spans if s.last and s.last < base][-1:]
    elif shift == 1:
        fits = [s for s in spans if s.first and s.first > base]
    elif shift == 0:
        fits = [s for s in spans if s.first and s.first.year == base.year]
    elif context.lean() > 0:
        fits = [s for s in spans if s.last and s.last >= base]
    else:
        fits = [s for s in spans if s.first and s.first <= base][-1:]
    return fits[0] if fits else None


# --- parts of a year ---------------------------------------------------------------------------------------------


def part(p: Part, context: Context) -> Resolved:
    """A quarter, half, season, holiday, weekend or the end of the year, with or without its year."""
    if p.year is not None:
        spans = list(_spans(p, p.year))
        return dated(spans[0], Anchor.NONE) if spans else undated(f"{p.year:04}")
    base, at = context.day, None
    if p.of in (Of.EXPRESSION, Of.YEAR_TOLD):
        at, base = _base(context, "month" if p.of is Of.EXPRESSION else "year", p.shift or 0)
        base = None if at is None and p.of is Of.YEAR_TOLD else base
    if base is None:
        name = {"quarter": f"Q{p.index}", "half": f"H{p.index}", "season": p.index, "weekend": "WXX-WE"}
        return undated(f"XXXX-{name.get(p.unit, 'XX-XX')}")
    if p.unit == "weekend":
        coming = base.isoweekday() >= 6 or context.lean() > 0
        day = base if coming else calendar.add(base, -1, "week")
        found = calendar.weekend(day) if day else None
    elif p.unit == "yearend":
        return Resolved(TimexType.DATE, calendar.third(calendar.year(base.year), "END"), "END", Anchor.PUBLICATION)
    else:
        spans = [s for y in _years(base, p.shift, p.of) for s in _spans(p, y)]
        found = _choose(spans, base, p.shift, p.of, context)
        if p.unit in ("holiday", "season") and p.shift is None and p.of is Of.SELF and spans:
            found = _turned(spans, base, context, NEVER if p.attribute else REACH)
        if p.unit == "quarter" and p.shift is None:  # the results of a quarter are told in the one after it
            found = next((s for s in spans if s.last and 0 < (base - s.last).days <= REPORTED_WITHIN), found)
        if p.ended and found:
            ended = _ended(context, found.value)
            if ended:
                return ended
    return dated(found, Anchor.PUBLICATION if at is None else Anchor.EXPRESSION, at) if found else undated("XXXX")


def topic(t: Topic, context: Context) -> Resolved:
    """The quarter that the text is about, else the last one over; in a year, the same quarter or the year itself."""
    at, span = context.topic(t.period)
    ended = _ended(context, span.value if span else None) if t.ended else None
    if ended is not None:
        return ended
    if t.year is not None:
        if span is None or span.first is None or span.precision is Precision.YEAR:
            return dated(calendar.year(t.year), Anchor.NONE)
        shifted = calendar.years_away(span, t.year - int(span.value[:4]))
        return dated(shifted, Anchor.EXPRESSION, at) if shifted else undated(f"{t.year:04}-QX")
    if context.day is None:
        return undated("XXXX-QX")
    if span and span.last and span.last < context.day:
        return dated(span, Anchor.EXPRESSION, at)
    day = calendar.add(context.day, -1, "quarter")
    over = calendar.containing("quarter", day) if day else None
    return dated(over, Anchor.PUBLICATION) if over else undated("XXXX-QX")


def _ended(context: Context, value: str | None) -> Resolved | None:
    """The three months up to the day that follows ("the quarter ended Sept. 30"), under the name that the text has
    for them: a company's fourth quarter may end in September."""
    following = context.following()
    if following is None or following[1].span.first is None:
        return None
    at, end = following[0], following[1].span.first
    before = calendar.add(end.replace(day=1), -2, "month")
    named = value or calendar.part_of_year(end.year, 4, (end.month + 2) // 3).value
    return dated(Span(named, before, end, Precision.QUARTER), Anchor.EXPRESSION, at) if before else None


def _spans(p: Part, year: int) -> tuple[Span, ...]:
    match p.unit:
        case "quarter":
            return (calendar.part_of_year(year, 4, int(p.index)),)
        case "half":
            return (calendar.part_of_year(year, 2, int(p.index)),)
        case "season":
            season = calendar.season(year, str(p.index))
            return (season,) if season else ()
        case "holiday":
            return falls(str(p.index), year)
    raise ValueError(f"no such part of a year: {p.unit}")
