"""Calendar dates by name or number: days, months and weekdays, with their year or without.

Years and parts of years stand in periods.py, dates in figures in numeric.py, what counts from another day
("last month") in relative.py.
"""

from transforms.dates import calendar
from transforms.dates.meaning import Between, Of, Partial
from transforms.dates.patterns import MACROS, Found, Rule

# What no noun begins with: "the March on Rome", "in 1996.". (LOWER is only such words as no rule names.)
MACROS["no_noun"] = (
    "DATEPREP | YEARDET | PERIOD | COMMA | SLASH | APOS | MONEY | PERCENT | OPEN | CLOSE | STOP | COLON | QUOTE | BREAK"
    " | PLUS | HALF | TO | POSSESSIVE | QTY | ORDNUM | DECADENUM | AMPM | against | toward | towards | across | is"
    " | was"
)
MACROS["prep"] = "DATEPREP | HYPHEN | DASH | OPEN | COLON"


def _month(found: Found, name: str = "m") -> int:
    return int(found.value(name, "MONTH MONTHABBR"))


def _day(found: Found, name: str = "d") -> int:
    return int(found.value(name, "ORDINAL"))


def _date(found: Found) -> Partial | None:
    """Month and day with or without year, where there is such a day."""
    year, month, day = found.value("y") if found.has("y") else None, _month(found), _day(found)
    return Partial(year, month, day) if calendar.valid(year or 2000, month, day) else None


def _no_year(found: Found) -> Partial | None:
    month, day = _month(found), _day(found)
    return Partial(None, month, day) if calendar.valid(2000, month, day) else None


def _month_range(found: Found) -> Between | None:
    year, month = (found.value("y") if found.has("y") else None), _month(found)
    a, b = _day(found, "a"), _day(found, "b")
    if a >= b or not (calendar.valid(year or 2000, month, a) and calendar.valid(year or 2000, month, b)):
        return None
    return Between(Partial(year, month, a), Partial(year, month, b))


# "January to March 2023", "in May and June 2023": the year stands behind the second one only
MACROS["joins"] = "@both(and | or | SLASH) | TO | to | through | until | till"


def _month_of_stretch(found: Found) -> Partial | None:
    """A month, or a day of one, whose year is named with the end of the stretch; of the year before, if it is later."""
    year, month, end = found.value("y"), _month(found), _month(found, "z")
    day = _day(found) if found.has("d") else None
    year -= month > end and not found.has("both")
    return Partial(year, month, day) if day is None or calendar.valid(year, month, day) else None


RULES = (
    Rule(
        "month_to_month_year",
        "@m(MON) (?= {joins} @z(MON) (COMMA | (quarter | period)? of)? @y(YEARX))",
        _month_of_stretch,
        yes=("From [January] to March 2023 they talked.", "In [May] and June 2023 it held."),
    ),
    Rule(
        "month_day_to_year",
        "@m(MON) @d(DAYNUM | ORDNUM) (?= {joins} @z(MON) (DAYNUM | ORDNUM) COMMA? @y(YEARX))",
        _month_of_stretch,
        yes=("From [May 3] to June 5, 2022, it held.",),
    ),
    Rule(
        "day_month_to_year",
        "@d(DAYNUM | ORDNUM) @m(MON) (?= {joins} (DAYNUM | ORDNUM) @z(MON) COMMA? @y(YEARX))",
        _month_of_stretch,
        yes=("Between [3 May] and 5 June 2023 they met.",),
    ),
    Rule(
        "month_day_year",
        "@m(MON) the? @d(DAYNUM | ORD) (COMMA | of)? @y(YEARX)",
        _date,
        yes=("They met on [Oct. 13, 2022], in Oslo.", "It was signed on [September 5th 2014]."),
    ),
    Rule(
        "month_day",
        "@m(MON) the? @d(DAYNUM | ORD) (?! PERCENT | percent | UNITX | MULTIPLIER | AMPM | SLASH)",
        _no_year,
        yes=("The summit on [March 29] failed.", "It is on [March eighth].", "The truce was extended to [Nov. 16]."),
        no=("In May 30 percent voted.",),
    ),
    Rule(
        "day_month_year",
        "the? @d(DAYNUM | ORDNUM) of? @m(MON) COMMA? @y(YEARX)",
        _date,
        yes=("Signed on [13 October 2022].", "Signed on [the 13th of October, 2022]."),
    ),
    Rule(
        "day_of_month",
        "the @d(ORDNUM) (?<= (on | until | till | by | since | from | before | after) the ORDNUM)"
        " (?= PERIOD | COMMA | BREAK | STOP | CLOSE | QUOTE | in | at | with | when | but)",
        lambda f: Partial(day=_day(f)) if 1 <= _day(f) <= 31 else None,
        yes=("Talks resume on [the 13th], he said.", "They meet on [the 15th] in Geneva."),
        no=("He finished on the 32nd.", "They came from the 7th regiment."),
    ),
    Rule(
        "day_month",
        "(the @o(ORDINAL) of | the? @d(DAYNUM | ORDNUM) of?) @m(MON) (?! YEARX)",
        lambda f: (
            Partial(None, _month(f), _day(f, "o" if f.has("o") else "d"))
            if calendar.valid(2000, _month(f), _day(f, "o" if f.has("o") else "d"))
            else None
        ),
        yes=("Talks resume on [13 October].", "They left on [the 3rd of May]."),
    ),
    Rule(
        "month_days",
        "@m(MON) @a(DAYNUM | ORDNUM) (TO | to | and | through | until) @b(DAYNUM | ORDNUM)"
        " (COMMA? @y(YEARX))? (?! PERCENT | UNITX | MULTIPLIER)",
        _month_range,
        yes=("The summit of [February 11 and 12, 2015] ended the fighting.", "From [May 3 to 5] they talked."),
    ),
    Rule(
        "days_month",
        "the? @a(DAYNUM | ORDNUM) (TO | to | and | through) the? @b(DAYNUM | ORDNUM) of? @m(MON) (COMMA? @y(YEARX))?",
        _month_range,
        yes=("They meet from [3 to 5 May].", "A summit on [11-12 February 2015]."),
    ),
    Rule(
        "month_year",
        "@m(MON) (of | COMMA)? @y(YEARX)",
        lambda f: Partial(f.value("y"), _month(f)),
        yes=("He was elected in [March 1996].",),
    ),
    Rule(
        "month",
        "(?<= ({prep})) (?! =Jan W) @m(MON) (?! DAYNUM (?! UNITX))",
        lambda f: Partial(None, _month(f)),
        yes=("They met in [May].", "Talks since [March] have failed."),
        no=("We may march on.", "They wrote to Anna and Jan Novak."),
    ),
    Rule(
        "month_before_noun",
        "@m(MON) (?! {no_noun} | W) (?<= (the | a | its | his | her | their) MON)",
        lambda f: Partial(None, _month(f), attribute=True),
        yes=("Before the [March] accession they met.", "Since the [March] talks they have not met."),
        no=("The March on the capital failed.",),
    ),
    Rule(
        "month_name",
        "@m(MONTH) (?! W | DAYNUM | HYPHEN)",
        lambda f: Partial(None, _month(f)) if _month(f) not in (3, 5) else None,  # "march" and "may" are words, too
        yes=("[January] talks went nowhere.",),
        no=("April Smith said so.", "May I speak?"),
    ),
    Rule(  # the end of a stretch that begins with another weekday
        "weekday_to",
        "@w(WEEKDAYNAME) ((?<= (from | between) WEEKDAYNAME (to | until | till | through | and | TO) WEEKDAYNAME)"
        " | (?<= WEEKDAYNAME (through | TO) WEEKDAYNAME))",
        lambda f: Partial(weekday=f.value("w", "WEEKDAYNAME"), shift=1, of=Of.EXPRESSION),
        yes=("From [Monday] to [Wednesday] they talk.", "between [Monday] and [Friday]", "[Monday]-[Friday] talks"),
    ),
    Rule(
        "weekday",
        "@w(WEEKDAYNAME) (?<! (every | each) WEEKDAYNAME (and | or) WEEKDAYNAME)",
        lambda f: Partial(weekday=f.value("w", "WEEKDAYNAME")),
        yes=("They meet [Monday].", "Talks are set to resume [Monday].", "The pause was extended to [Friday]."),
    ),
)
