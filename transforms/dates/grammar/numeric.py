"""Dates in figures, and the odd spellings that go with them: 2022-10-13, 10/13/2022, 13.10.22, 13-Oct-2022, Oct 13 '22.

The common ones are read here; what is left to guess about the others (the order of their parts, the century of two
digits) is left to dateparser, which is given only what a rule has delimited. Dates in words stand in absolute.py.
"""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from transforms.dates import calendar
from transforms.dates.meaning import Clock, Meaning, Partial
from transforms.dates.patterns import MACROS, Found, Rule

MACROS["years"] = "YEAR4 | N12 | N31 | N59 | N99"
MACROS["mark"] = "HYPHEN | SLASH | PERIOD"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_BASE = datetime(2000, 1, 1)  # dateparser completes from it; nothing here is incomplete


@lru_cache(1024)
def parsed(text: str, orders: tuple[str, ...]) -> Partial | None:
    """What dateparser makes of a date in full, in the first of the orders (`DMY`, `MDY`, `YMD`) in which it is one."""
    import dateparser  # here, for it is slow to load and few texts need it

    for order in orders:
        found = dateparser.parse(
            text,
            languages=["en"],
            settings={
                "DATE_ORDER": order,
                "RELATIVE_BASE": _BASE,
                "STRICT_PARSING": True,
                "PARSERS": ["absolute-time"],
                "PREFER_LOCALE_DATE_ORDER": False,
            },
        )
        if found is not None:
            return Partial(found.year, found.month, found.day)
    return None


def _odd(found: Found) -> Meaning | None:
    """A month's name and a year of two or four digits, with a day or without."""
    month = MONTHS[int(found.value("m", "MONTH MONTHABBR")) - 1]
    day = int(found.value("d")) if found.has("d") else 1
    date = parsed(f"{day}-{month}-{found.value('y'):02}", ("DMY",))
    return date if found.has("d") or date is None else replace(date, day=None)


def _hyphens(found: Found) -> Meaning | None:
    """13-10-2022 and 10-13-2022: month first (American) where that is a date, else day first."""
    return parsed(f"{found.value('a')}-{found.value('b')}-{found.value('y'):02}", ("MDY", "DMY"))


def _iso(found: Found) -> Meaning | None:
    text = found.value("d")
    day = calendar.valid(int(text[:4]), int(text[5:7]), int(text[8:10]))
    if day is None:
        return None
    on = Partial(day.year, day.month, day.day)
    hour, minute = (int(text[11:13]), int(text[14:16])) if len(text) > 10 else (0, 0)
    return Clock(f"T{hour:02}:{minute:02}", on) if len(text) > 10 and hour < 24 and minute < 60 else on


def _numeric(found: Found) -> Partial | None:
    """10/13/2022 is read month first (American) where that is a date, else day first; 13.10.2022 day first;
    2022/10/13 year first. Two-digit years are 1950 to 2049."""
    text = found.value("d")
    first, second, third = (int(part) for part in text.replace("/", ".").split("."))
    orders = [(third, second, first)] if "." in text else [(third, first, second), (third, second, first)]
    if first > 31:
        orders = [(first, second, third)]
    for year, month, day in orders:
        year += 0 if year > 99 else 1900 if year >= 50 else 2000
        if year >= 1000 and calendar.valid(year, month, day):
            return Partial(year, month, day)
    return None


def _dots(found: Found) -> Meaning | None:
    """13.10.22 and 2022.10.13: dots are European, the day first or the year."""
    text = found.value("d")
    return parsed(text, ("YMD",) if text.index(".") == 4 else ("DMY",))


RULES = (
    Rule(
        "iso_date",
        "@d(ISODATE)",
        _iso,
        yes=("Signed [2022-10-13] in Ankara.", "It fell at [2022-10-13T08:15:00Z]."),
        no=("Part 2022-13-45 is new.",),
    ),
    Rule(
        "numeric_date",
        "@d(SLASHDATE)",
        _numeric,
        yes=("On [10/13/2022] they met.", "On [13.10.2022] they met."),
        no=("The score was 99/99/2022.",),
    ),
    Rule(
        "dotted_date",
        "@d(DOTDATE) (?<= (on | of | dated | since | by | until | till | before | after | from | to | BREAK | OPEN"
        " | COMMA) DOTDATE)",
        _dots,
        yes=("They met on [13.10.22] in Oslo.", "They met on [2022.10.13]."),
        no=("It runs on Python 3.10.12 here.", "Clause 13.10.22 is new."),
    ),
    Rule(
        "hyphen_date",
        "@a(DAYNUM) HYPHEN @b(DAYNUM) HYPHEN @y(YEAR4) (?! HYPHEN)",
        _hyphens,
        yes=("They met on [13-10-2022].", "They met on [10-13-2022]."),
        no=("They won 13-10-2 on points.",),
    ),
    Rule(
        "day_name_year",
        "@d(DAYNUM) ({mark}) @m(MON) PERIOD? ({mark}) @y({years}) (?! ({mark}) INT)",
        _odd,
        yes=("Signed [13-Oct-2022] in Ankara.", "Signed [13/Oct/22] in Ankara.", "Valid to [3-May-22]."),
    ),
    Rule(
        "year_name_day",
        "@y(YEAR4) ({mark}) @m(MON) ({mark}) @d(DAYNUM)",
        _odd,
        yes=("Signed [2022-Oct-13] in Ankara.",),
    ),
    Rule(
        "name_day_year",
        "@m(MON) HYPHEN @d(DAYNUM) HYPHEN @y(YEAR4)",
        _odd,
        yes=("Signed [Oct-13-2022] in Ankara.",),
    ),
    Rule(
        "month_day_short_year",
        "@m(MON) PERIOD? @d(DAYNUM | ORDNUM) COMMA? APOS @y(INT) (?! UNITX)",
        _odd,
        yes=("They met on [Oct 13 '22] in Oslo.",),
    ),
    Rule(
        "day_month_short_year",
        "@d(DAYNUM | ORDNUM) @m(MON) COMMA? APOS @y(INT) (?! UNITX)",
        _odd,
        yes=("They met on [13 October ’22].",),
    ),
    Rule(
        "month_short_year",
        "@m(MON) APOS @y(N12 | N31 | N59 | N99)",
        _odd,
        yes=("Talks since [May '22] have failed.",),
    ),
)
