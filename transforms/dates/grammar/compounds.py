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
    """ "last year's third quarter", "the summer of this year"; not "In May, the previous year's champion"."""
    part, unit = found.value("p"), found.value("u")
    if not isinstance(unit, Unit) or (found.has("apart") and unit.base is not Anchor.PUBLICATION):
        return None
    return _in_year(part, unit.shift, _year_of(unit))


def _year_of(unit: Unit) -> Of:
    return Of.CONTAINER if unit.base is Anchor.PUBLICATION else Of.YEAR_TOLD


def _in_year(part: Part | Partial, shift: int, of: Of) -> Meaning | None:
    """A part of a year, a month or a day in the year so many years away."""
    if not isinstance(part, Part | Partial) or part.year is not None or part.shift is not None:
        return None
    if isinstance(part, Part) and part.unit not in ("quarter", "half", "season", "holiday"):
        return None
    return replace(part, shift=shift, of=of)


def _years_ago(found: Found) -> Meaning | None:
    """ "in March two years ago", "two years ago in March"."""
    part, offset = found.value("p"), found.value("o")
    if not isinstance(offset, Offset) or offset.unit != "year" or not _is_whole(offset.number):
        return None
    of = Of.CONTAINER if offset.base is Anchor.PUBLICATION else Of.YEAR_TOLD
    return _in_year(part, offset.sign * int(offset.number.count or 0), of)


def _is_whole(number: Number) -> bool:
    return number.count is not None and number.count == int(number.count) < 1000


MOVABLE = ("week", "fortnight", "month", "year", "decade")  # "three days ago Sunday" names one day twice


def _moved(found: Found) -> Meaning | None:
    """ "a week ago Tuesday", "a year ago today" (the day of which it is the anniversary), "two weeks from Monday"."""
    day, distance = found.value("d"), found.value("o")
    if not isinstance(distance, Length | Offset) or distance.unit not in MOVABLE or not _is_whole(distance.number):
        return None
    if isinstance(day, Unit) and day.unit != "day" and (day.shift or day.base is not Anchor.PUBLICATION):
        return None  # "a year ago last week" counts otherwise
    if isinstance(distance, Length):
        return None if distance.window else Moved(day, distance.number, distance.unit, 1)
    return Moved(day, distance.number, distance.unit, distance.sign) if distance.base is Anchor.PUBLICATION else None


def _length_ago(found: Found) -> Meaning | None:
    """ "a year and a half ago": of a whole count the rules in relative.py."""
    length, where = found.value("d"), found.words("where")
    if length.window or length.sign or length.number.count is None or _is_whole(length.number):
        return None
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


def _part_of_year(part: Meaning, year: int) -> Meaning | None:
    if not isinstance(part, Part):
        return None
    return Modified(Partial(year), "END", "third") if part.unit == "yearend" else replace(part, year=year)


def _half_of(found: Found) -> Meaning | None:
    number = found.value("n", "ORDINAL") if found.has("n") else 2
    unit = found.value("u")
    if number not in (1, 2):
        return None
    if not isinstance(unit, Unit):
        return Part("half", number, None, 0, Of.CONTAINER)
    return _in_year(Part("half", number), unit.shift, _year_of(unit))


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
        "@p(PARTDATE | DAYDATE | MONTHDATE) (of | in | @apart(COMMA))? @u(YEARUNIT) (?! POSSESSIVE)",
        _in_unit,
        yes=(
            "In [the third quarter of last year] it fell.",
            "On [May 3 last year] they met.",
            "In 1998 they met; in [April of the following year] they signed.",
        ),
    ),
    Rule(
        "part_years_ago",
        "@p(PARTDATE | DAYDATE | MONTHDATE) COMMA? @o(OFFSETDATE)",
        _years_ago,
        yes=(
            "In [March two years ago] he left.",
            "It began in [March 20 years ago].",
            "They met on [May 3, a year ago].",
            "It rose from [the third quarter a year ago].",
        ),
    ),
    Rule(
        "years_ago_part",
        "@o(OFFSETDATE) COMMA? (in | on) @p(MONTHDATE | DAYDATE)",
        _years_ago,
        yes=(
            "They met [two years ago in March].",
            "[Two years ago, in March], they met.",
            "It fell [three years ago on May 3].",
        ),
    ),
    Rule(
        "ago_day",
        "@o(OFFSETDATE) @d(WEEKDAYDATE | TODAYDATE | WEEKUNIT | MONTHUNIT) (?! POSSESSIVE)",
        _moved,
        yes=(
            "They met [a week ago Tuesday].",
            "It began [a year ago today].",
            "It broke [three days ago] on [Sunday].",
            "[Two years ago this month] it fell.",
        ),
    ),
    Rule(
        "from_day",
        "(?<! (for | of | by | lasts | lasted | lasting | last | within | past)) @o(LENGTH) from"
        " @d(WEEKDAYDATE | TODAYDATE)"
        " (?! to | until | till | through | TO | POSSESSIVE)",
        _moved,
        yes=(
            "The talks open [a week from Monday].",
            "They meet [two weeks from tomorrow].",
            "A strike of [three weeks] from [Monday] will hit trains.",
        ),
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
        lambda f: _part_of_year(f.value("p"), f.value("y").year),
        yes=("It fell in [the second quarter of fiscal 2022].",),
    ),
    Rule(
        "week_of",
        "the @u(week | weekend) of @d(DAYDATE)",
        lambda f: Modified(f.value("d"), None, f"{f.value('u', 'UNIT')} holding"),
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
        "this_time",
        "this time @u(YEARUNIT)",
        lambda f: Modified(f.value("u"), None, "approx"),
        yes=("[This time last year] they were at war.",),
    ),
)
