"""Which days a holiday falls on: the rules of `seeds/reference/dates_holidays.csv`, a year at a time.

Which year is meant is named.py's business. Islamic feasts are those of the Umm al-Qura calendar, as far as hijridate
knows it (1924 to 2077); where a country goes by the sighting of the moon, a feast may begin a day off.
"""

from datetime import date
from functools import lru_cache

from transforms.dates import calendar
from transforms.dates.calendar import Span
from transforms.reference import table
from transforms.vocabulary import Precision

HEBREW_EPOCH = -1373427  # ordinal of the day before 1 Tishri of the year 1 (Reingold and Dershowitz 2018, ch. 8)


@lru_cache(4096)
def falls(name: str, year: int) -> tuple[Span, ...]:
    """The days of a holiday that begins in a year, none where its calendar is not known so far, two where the year
    holds it twice (Ramadan in 2030). Raises ValueError for a rule that does not exist."""
    row = next(row for row in table("dates_holidays") if row["name"] == name)
    length = int(row["length"])
    match row["rule"]:
        case "fixed":
            starts = [calendar.valid(year, int(row["month"]), int(row["day"]))]
        case "easter":
            starts = [_shift(calendar.easter(year), int(row["day"]))]
        case "orthodox":
            starts = [_shift(orthodox_easter(year), int(row["day"]))]
        case "weekday":
            nth = calendar.nth_weekday(year, int(row["month"]), int(row["weekday"]), int(row["nth"]))
            starts = [_shift(nth, int(row["day"] or 0))]
        case "hebrew":
            starts = [_shift(rosh_hashanah(year), int(row["day"]))]
        case "hanukkah":
            starts = [hanukkah(year)]
        case "islamic":
            return tuple(_islamic(year, int(row["month"]), int(row["day"] or 1), length))
        case "lunar_new_year":
            starts = [_lunar_new_year(year)]
        case other:
            raise ValueError(f"seeds/reference/dates_holidays.csv: no such rule: {other}")
    weekend = name.endswith(" weekend")
    return tuple(_span(start, length, weekend) for start in starts if start is not None)


def _span(first: date, length: int, weekend: bool = False) -> Span:
    last = _shift(first, length - 1) or first
    if weekend:
        return Span(calendar.weekend(first).value, first, last, Precision.INTERVAL)
    return calendar.day(first) if length == 1 else Span(f"{first}/{last}", first, last, Precision.INTERVAL)


def _shift(day: date | None, days: int) -> date | None:
    return None if day is None else calendar.add(day, days, "day")


def orthodox_easter(year: int) -> date | None:
    """Easter Sunday of the Julian calendar, as a Gregorian date (Meeus 1991, ch. 8)."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    month, day = divmod(d + (2 * a + 4 * b - d + 34) % 7 + 114, 31)
    return _shift(date(year, month, 1), day + year // 100 - year // 400 - 2)


def _hebrew_new_year(hebrew: int) -> int:
    """Ordinal of 1 Tishri of a Hebrew year (Reingold and Dershowitz 2018, ch. 8)."""

    def elapsed(y: int) -> int:
        months = (235 * y - 234) // 19
        days = 29 * months + (12084 + 13753 * months) // 25920
        return days + (1 if 3 * (days + 1) % 7 < 3 else 0)

    before, this, after = (elapsed(y) for y in (hebrew - 1, hebrew, hebrew + 1))
    return HEBREW_EPOCH + this + (2 if after - this == 356 else 1 if this - before == 382 else 0)


def rosh_hashanah(year: int) -> date | None:
    """The Hebrew new year that falls in the autumn of a year."""
    ordinal = _hebrew_new_year(year + 3761)
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def hanukkah(year: int) -> date | None:
    """25 Kislev: the month before it has 30 days in a year of 355 or 385."""
    length = _hebrew_new_year(year + 3762) - _hebrew_new_year(year + 3761)
    return _shift(rosh_hashanah(year), 84 if length in (355, 385) else 83)


def _islamic(year: int, month: int, day: int, length: int) -> list[Span]:
    """The feasts of an Islamic month and day that begin in a year; `length` 0: the whole month."""
    from hijridate import Gregorian, Hijri  # here, for few texts name such a feast

    found = []
    try:
        first = Gregorian(year, 1, 1).to_hijri().year
        for hijri in (Hijri(y, month, day) for y in (first, first + 1, first + 2)):
            start = date(*hijri.to_gregorian().datetuple())
            if start.year == year:
                found.append(_span(start, length or hijri.month_length()))
    except OverflowError:  # outside the years that the calendar is known for
        return found
    return found


def _lunar_new_year(year: int) -> date | None:
    rows = (row for row in table("dates_lunar_new_year") if row["year"] == str(year))
    return next((date(year, int(row["month"]), int(row["day"])) for row in rows), None)
