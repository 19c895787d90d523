"""Two dates that are one: a weekday with its date, a quarter with its year, a date with the year that another names.

Times of day stand in times.py, "early" and "late" in modifiers.py.
"""

from dataclasses import replace

from transforms.dates.grammar.relative import shift
from transforms.dates.meaning import Length, Meaning, Modified, Moved, Nth, Number, Of, Offset, Part, Partial, Unit
from transforms.dates.patterns import Found, Rule
from transforms.vocabulary import Anchor


def _weekday_date(found: Found) -> Meaning | None:
    inner = found.value("d") if found.has("d") else found.value("d2")
    weekday = found.value("w", "WEEKDAYABBR")
    if isinstance(weekday, Partial):
        weekday = weekday.weekday
    return replace(inner, weekday=weekday) if isinstance(inner, Partial) else inner


def _in_unit(found: Found) -> Meaning | None:
    """ "last year's third quarter", "the summer of this year"."""
    part, unit = found.value("p"), found.value("u")
    if not isinstance(unit, Unit):
        return None
    return _in_year(part, unit.shift, Of.CONTAINER if unit.base is Anchor.PUBLICATION else Of.YEAR_TOLD)


def _in_year(part: Part | Partial, shift: int, of: Of) -> Meaning | None:
    """A part of a year, a month or a day in the year so many years away."""
    if not isinstance(part, Part | Partial) or part.year is not None or part.shift is not None:
        return None
    return replace(part, shift=shift, of=of)


def _years_ago(found: Found) -> Meaning | None:
    """ "in March two years ago", "two years ago in March"."""
    part, offset = found.value("p"), found.value("o")
    if not isinstance(offset, Offset) or offset.unit != "year" or not _whole(offset.number):
        return None
    of = Of.CONTAINER if offset.base is Anchor.PUBLICATION else Of.YEAR_TOLD
    return _in_year(part, offset.sign * int(offset.number.count or 0), of)


def _whole(number: Number) -> bool:
    return number.count is not None and number.count == int(number.count) < 1000


def _moved(found: Found) -> Meaning | None:
    """ "a week ago Tuesday", "a year ago today", "two weeks from Monday"."""
    day, from_day = found.value("d"), found.value("o")
    if isinstance(from_day, Length) and not from_day.window:
        return Moved(day, from_day.number, from_day.unit, 1)
    if isinstance(from_day, Offset) and from_day.base is Anchor.PUBLICATION:
        return Moved(day, from_day.number, from_day.unit, from_day.sign)
    return None


def _length_ago(found: Found) -> Meaning:
    length, where = found.value("d"), found.words("where")
    sign = -1 if {"ago", "earlier"} & set(where) else 1
    base = Anchor.PUBLICATION if {"ago", "now"} & set(where) else Anchor.EXPRESSION
    return Offset(length.number, length.unit, sign, base)


def _shifted_holiday(found: Found) -> Meaning | None:
    holiday = found.value("d")
    if not isinstance(holiday, Part) or holiday.year is not None or holiday.shift is not None:
        return None
    return replace(holiday, shift=shift(found))


def _nth(found: Found) -> Meaning | None:
    number = found.value("n", "ORDINAL") or -1
    weekday = found.value("w").weekday if found.has("w") else None
    if found.has("w") and (weekday is None or found.value("w").shift is not None):
        return None
    return Nth(number, weekday or found.value("u", "UNIT"), found.value("d"))


def _half_of(found: Found) -> Meaning | None:
    number = found.value("n", "ORDINAL") if found.has("n") else 2
    unit = found.value("u")
    if number not in (1, 2):
        return None
    return Part("half", number, None, unit.shift if isinstance(unit, Unit) else 0, Of.CONTAINER)


RULES = (
    Rule(
        "weekday_date",
        "@w(WEEKDAYDATE | WEEKDAYABBR) ((COMMA | the)? @d(DAYDATE) | OPEN @d2(DAYDATE) CLOSE)",
        _weekday_date,
        yes=("They meet on [Thursday, June 6].", "It was [Mon., 3 May 2021].", "They meet on [Thursday (June 6)]."),
    ),
    Rule("date_weekday", "@d(DAYDATE) COMMA @w(WEEKDAYDATE)", _weekday_date, yes=("On [May 3, Monday], they met.",)),
    Rule(
        "shifted_holiday",
        "@this(last | this (past | coming)? | next) @d(DAYDATE)",
        _shifted_holiday,
        yes=("They met [last Christmas].", "Talks resume after [this Ramadan]."),
    ),
    Rule(
        "unit_part",
        "@u(YEARUNIT) POSSESSIVE @p(PARTDATE)",
        _in_unit,
        yes=("Growth in [last year's third quarter] was slow.",),
    ),
    Rule(
        "part_of_unit",
        "@p(PARTDATE | DAYDATE | MONTHDATE) (of | in | COMMA)? @u(YEARUNIT)",
        _in_unit,
        yes=(
            "In [the third quarter of last year] it fell.",
            "On [May 3 last year] they met.",
            "In 1998 they met; in [April of the following year] they signed.",
        ),
    ),
    Rule(
        "part_years_ago",
        "@p(PARTDATE | DAYDATE | MONTHDATE) @o(OFFSETDATE)",
        _years_ago,
        yes=("In [March two years ago] he left.", "They met on [May 3 a year ago]."),
    ),
    Rule(
        "years_ago_part",
        "@o(OFFSETDATE) (in | on) @p(MONTHDATE | DAYDATE)",
        _years_ago,
        yes=("They met [two years ago in March].", "It fell [three years ago on May 3]."),
    ),
    Rule(
        "ago_day",
        "@o(OFFSETDATE) on? @d(WEEKDAYDATE | TODAYDATE)",
        _moved,
        yes=("They met [a week ago Tuesday].", "It began [a year ago today]."),
    ),
    Rule(
        "from_day",
        "@o(LENGTH) from @d(WEEKDAYDATE | TODAYDATE)",
        _moved,
        yes=("The talks open [a week from Monday].", "They meet [two weeks from tomorrow]."),
    ),
    Rule(
        "length_ago",
        "@d(LENGTH) @where(ago | earlier | later | from now) (?! than)",
        _length_ago,
        yes=("They met [a year and a half ago].", "[A year and a half later] it broke."),
    ),
    Rule(
        "day_of_unit",
        "the @n(ORDNUM) of @d(MONTHUNIT)",
        lambda f: Nth(f.value("n"), "day", f.value("d")),
        yes=("It ends on [the 20th of next month].",),
    ),
    Rule(
        "part_of_year",
        "@p(PARTDATE) of @y(YEARDATE)",
        lambda f: replace(f.value("p"), year=f.value("y").year) if isinstance(f.value("p"), Part) else None,
        yes=("It fell in [the second quarter of fiscal 2022].",),
    ),
    Rule(
        "week_of",
        "the @u(week | weekend) of @d(DAYDATE)",
        lambda f: Modified(f.value("d"), None, f.value("u", "UNIT")),
        yes=("[The week of March 6] was calm.", "It was held in [the week of June 5]."),
    ),
    Rule(
        "nth_of",
        "the @n(ORD | last | final) (full)? (@u(day | week | weekend) | @w(WEEKDAYDATE)) (of | in)"
        " @d(MONTHDATE | YEARMONTH | YEARDATE | MONTHUNIT | YEARUNIT)",
        _nth,
        yes=(
            "They meet in [the first week of October].",
            "It ends on [the last day of May 2023].",
            "They meet on [the second Tuesday in November].",
        ),
        no=("They left on the second day.",),
    ),
    Rule(
        "half_of_unit",
        "the? (@n(ORDINAL) | last) HYPHEN? half of (@u(YEARUNIT) | the year)",
        _half_of,
        yes=("In [the second half of this year] they meet.",),
    ),
    Rule(
        "year_ago_quarter",
        "@p(PARTDATE) @o(OFFSETDATE)",
        lambda f: (
            Offset(Number(1), "year", -1, Anchor.EXPRESSION)
            if isinstance(f.value("o"), Offset) and f.value("o").unit == "year"
            else None
        ),
        yes=("It rose from [the third quarter a year ago].",),
    ),
    Rule(
        "this_time",
        "this time @u(YEARUNIT)",
        lambda f: Modified(f.value("u"), None, "approx"),
        yes=("[This time last year] they were at war.",),
    ),
)
