"""Pure calendar arithmetic: which days a unit of time covers, and how TIMEX3 writes it.

Weeks are ISO 8601 weeks (Monday to Sunday), seasons northern meteorological quarters, thirds of a month the days
1-10, 11-20 and 21-end, of a year January-April, May-August and September-December, of four years and more
whole years (the early 1990s: 1990-1993), of a week Monday-Tuesday, Wednesday-Thursday and Friday-Sunday. Only years
1 to 9999 exist. No words and no context belong here.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from math import ceil

from transforms.vocabulary import Precision

DAYS = {"day": 1, "week": 7, "fortnight": 14}
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200, "millennium": 12000}
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # first month; the winter of a year ends in the next one
THIRDS = ("START", "MID", "END")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days (inclusive; None where no year is known) and its TIMEX3 value."""

    value: str
    first: date | None = None
    last: date | None = None
    precision: Precision | None = None


def day(d: date) -> Span:
    return Span(d.isoformat(), d, d, Precision.DAY)


def month(year: int, number: int) -> Span:
    first = date(year, number, 1)
    return Span(f"{year:04}-{number:02}", first, first.replace(day=monthrange(year, number)[1]), Precision.MONTH)


def year(number: int) -> Span:
    return Span(f"{number:04}", date(number, 1, 1), date(number, 12, 31), Precision.YEAR)


def week(d: date) -> Span:
    """The ISO week that holds the day; at either end of the calendar only as much of it as exists."""
    number = d.isocalendar()
    return Span(f"{number.year:04}-W{number.week:02}", _on(d, 1), _on(d, 7), Precision.WEEK)


def weekend(d: date) -> Span:
    """Saturday and Sunday of the ISO week that holds the day."""
    number = d.isocalendar()
    return Span(f"{number.year:04}-W{number.week:02}-WE", _on(d, 6), _on(d, 7), Precision.INTERVAL)


def _on(d: date, weekday: int) -> date:
    ordinal = d.toordinal() + weekday - d.isoweekday()
    return date.fromordinal(min(max(ordinal, date.min.toordinal()), date.max.toordinal()))


def part_of_year(year_number: int, parts: int, index: int) -> Span:
    """The index-th half (parts = 2) or quarter (4) of a year, counted from 1."""
    length = 12 // parts
    first, last = month(year_number, (index - 1) * length + 1), month(year_number, index * length)
    name = {2: "H", 4: "Q"}[parts]
    precision = Precision.QUARTER if parts == 4 else Precision.INTERVAL
    return Span(f"{year_number:04}-{name}{index}", first.first, last.last, precision)


def season(year_number: int, code: str) -> Span | None:
    """`SP`, `SU`, `FA` or `WI` of a year; its winter is December to February of the next year."""
    first = month(year_number, SEASONS[code]).first
    assert first is not None
    end = add(first, 3, "month")
    return None if end is None else Span(f"{year_number:04}-{code}", first, end - timedelta(1), Precision.QUARTER)


def decade(first_year: int) -> Span | None:
    """The ten years from `first_year`, a multiple of ten: value 199 is the nineties."""
    if not MINYEAR <= first_year <= MAXYEAR - 9:
        return None
    return Span(f"{first_year // 10:03}", date(first_year, 1, 1), date(first_year + 9, 12, 31), Precision.INTERVAL)


def century(number: int) -> Span | None:
    """The 20th century is 1901 to 2000 and has the value 19."""
    first = (number - 1) * 100 + 1
    if first < MINYEAR or first + 99 > MAXYEAR:
        return None
    return Span(f"{number - 1:02}", date(first, 1, 1), date(first + 99, 12, 31), Precision.INTERVAL)


def containing(unit: str, d: date) -> Span | None:
    """The calendar unit of a day: day, week, weekend, month, quarter, half, year, decade or century."""
    match unit:
        case "day":
            return day(d)
        case "week" | "fortnight":
            return week(d)
        case "weekend":
            return weekend(d)
        case "month":
            return month(d.year, d.month)
        case "quarter":
            return part_of_year(d.year, 4, (d.month + 2) // 3)
        case "half":
            return part_of_year(d.year, 2, (d.month + 5) // 6)
        case "year":
            return year(d.year)
        case "decade":
            return decade(d.year // 10 * 10)
        case "century":
            return century((d.year + 99) // 100)
    return None


def add(d: date, count: int, unit: str) -> date | None:
    """The day `count` units after a day (before, if negative); a month's missing day becomes its last; None
    outside the calendar."""
    try:
        if unit in DAYS:
            return d + timedelta(days=count * DAYS[unit])
        if unit == "weekend":
            return d + timedelta(days=7 * count)
        months = d.year * 12 + d.month - 1 + count * MONTHS[unit]
        y, m = divmod(months, 12)
        return date(y, m + 1, min(d.day, monthrange(y, m + 1)[1]))
    except (OverflowError, ValueError, IndexError):  # outside years 1 to 9999
        return None


def years_away(span: Span, count: int) -> Span | None:
    """The same quarter, or the same year, of a year so many years away; None outside the calendar. A quarter keeps
    its number, for a company's first quarter may lie in the third one of the calendar."""
    first, last = (d and add(d, count, "year") for d in (span.first, span.last))
    named = int(span.value[:4]) + count
    if first is None or last is None or not MINYEAR <= named <= MAXYEAR:
        return None
    return Span(f"{named:04}{span.value[4:]}", first, last, span.precision)


def valid(y: int, m: int, d: int) -> date | None:
    """The date, or None where there is no such day."""
    return date(y, m, d) if MINYEAR <= y <= MAXYEAR and 1 <= m <= 12 and 1 <= d <= monthrange(y, m)[1] else None


def third(span: Span, mod: str) -> Span:
    """The `START`, `MID` or `END` third of a month, year, week or longer stretch; a day stays whole."""
    if span.first is None or span.last is None or span.first == span.last:
        return span
    index, first, last = THIRDS.index(mod), span.first, span.last
    if span.precision is Precision.MONTH:
        cuts = [first, first.replace(day=11), first.replace(day=21)]
        ends = [first.replace(day=10), first.replace(day=20), last]
        precision = Precision.PART_OF_MONTH
    elif span.precision is Precision.YEAR:
        cuts = [first, first.replace(month=5), first.replace(month=9)]
        ends = [first.replace(month=4, day=30), first.replace(month=8, day=31), last]
        precision = Precision.INTERVAL
    elif (years := _whole_years(span)) > len(THIRDS):
        starts = [first.year + ceil(years * i / 3) for i in range(4)]
        cuts = [date(y, 1, 1) for y in starts[:3]]
        ends, precision = [date(y - 1, 12, 31) for y in starts[1:]], Precision.INTERVAL
    elif span.precision is Precision.WEEK:
        cuts = [first, first + timedelta(2), first + timedelta(4)]
        ends = [first + timedelta(1), first + timedelta(3), last]
        precision = Precision.INTERVAL
    else:
        length = (last - first).days + 1
        if length < 3:
            return span
        steps = [first + timedelta(length * i // 3) for i in range(3)]
        cuts, ends, precision = steps, [steps[1] - timedelta(1), steps[2] - timedelta(1), last], Precision.INTERVAL
    return Span(span.value, cuts[index], max(cuts[index], ends[index]), precision)


def _whole_years(span: Span) -> int:
    """How many calendar years a span holds, where it holds nothing else; otherwise 0."""
    if span.first is None or span.last is None:
        return 0
    whole = (span.first.month, span.first.day, span.last.month, span.last.day) == (1, 1, 12, 31)
    return span.last.year - span.first.year + 1 if whole else 0


def half(span: Span, mod: str) -> Span:
    """The first (`START`) or the second (`END`) half of a month, week or longer stretch; a day stays whole. Halves of
    a year, which have values of their own, are `part_of_year`."""
    if span.first is None or span.last is None or span.first == span.last:
        return span
    middle = span.first + timedelta(((span.last - span.first).days + 1) // 2)
    if _whole_years(span) > 1:
        middle = date(span.first.year + _whole_years(span) // 2, 1, 1)
    if mod == "START":
        return Span(span.value, span.first, middle - timedelta(1), Precision.INTERVAL)
    return Span(span.value, middle, span.last, Precision.INTERVAL)


EDGES = {"hour": 1, "day": 10, "week": 31}  # days that "the first hours of", "the last days of" may cover


def edge(span: Span, mod: str, unit: str) -> Span:
    """The first (`START`) or last (`END`) hours, days or weeks of a month or longer: at most a third of it."""
    inner = third(span, mod)
    if inner.first is None or inner.last is None:
        return inner
    length = min(EDGES[unit], (inner.last - inner.first).days + 1) - 1
    if mod == "START":
        return Span(span.value, inner.first, inner.first + timedelta(length), Precision.INTERVAL)
    return Span(span.value, inner.last - timedelta(length), inner.last, Precision.INTERVAL)


def easter(y: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous algorithm, Nature, 20 April 1876; Meeus 1991, ch. 8)."""
    a, (b, c) = y % 19, divmod(y, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n, p = divmod(h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114, 31)
    return date(y, n, p + 1)


def nth_weekday(y: int, m: int, weekday: int, n: int) -> date:
    """The n-th (1-4, or -1 for the last) weekday (1 Monday - 7 Sunday) of a month."""
    if n < 0:
        last = date(y, m, monthrange(y, m)[1])
        return last - timedelta((last.isoweekday() - weekday) % 7)
    first = date(y, m, 1)
    return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (n - 1))


def nth(first: date, last: date, unit: str | int, n: int) -> Span | None:
    """The n-th (-1: the last) day, week, weekend or weekday (1 Monday - 7 Sunday) of a stretch of days; None where it
    holds no such. Its weeks are counted from its first day; the value is that of the ISO week they begin in."""
    weekday = 6 if unit == "weekend" else unit if isinstance(unit, int) else None
    length = 7 if unit == "week" else 2 if unit == "weekend" else 1
    if weekday is not None:
        start = first + timedelta((weekday - first.isoweekday()) % 7)
        step = 7
    else:
        start, step = first, length
    if n < 0:
        count = ((last - start).days - (length - 1)) // step
        begin = last - timedelta(length - 1) if weekday is None else start + timedelta(step * count)
    else:
        begin = start + timedelta(step * (n - 1))
    if not first <= begin <= last:
        return None
    end = begin + timedelta(min(length - 1, (last - begin).days))
    if length == 1:
        return day(begin)
    value = (week if unit == "week" else weekend)(begin).value
    return Span(value, begin, end, Precision.INTERVAL if unit == "weekend" else Precision.WEEK)


_DURATION = re.compile(r"P([0-9]{1,6})([DWMY])")
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}


def parse_duration(value: str) -> tuple[int, str] | None:
    """Count and unit of an ISO 8601 duration of whole days, weeks, months or years; (0, "day") of
    hours and less;
    None of one whose length is not known."""
    match = _DURATION.fullmatch(value)
    if match:
        return int(match.group(1)), _UNITS[match.group(2)]
    mixed = re.fullmatch(r"P([0-9]{1,5})Y([0-9]{1,2})M", value)
    if mixed:
        return int(mixed.group(1)) * 12 + int(mixed.group(2)), "month"
    return (0, "day") if re.fullmatch(r"PT[0-9X].*", value) else None
