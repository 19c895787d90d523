"""Lengths of time: "30-day", "two and a half years", "the past two months", "months of".

Lengths that are offsets from an event ("two days before the talks") are made of these in modifiers.py.
"""

from transforms.dates.grammar.numbers import bounds
from transforms.dates.grammar.relative import shift
from transforms.dates.meaning import Length, Meaning, Number, Reference
from transforms.dates.patterns import Found, Rule
from transforms.vocabulary import Anchor


def _length(found: Found) -> Meaning:
    number = bounds(found, "n") if found.has("n") else Number(None)
    return Length(number, found.value("u", "UNIT UNITS"), mod=number.mod)


def _window(found: Found) -> Meaning:
    number = bounds(found, "n") if found.has("n") else Number(1)
    return Length(number, found.value("u", "UNIT UNITS"), mod=number.mod, window=shift(found))


def _past_units(found: Found) -> Meaning:
    """The corpora write "recent months" PXM and "recent years" PAST_REF (5 of 7 and 4 of 6 times)."""
    unit = found.value("u", "UNITS")
    return Reference("PAST_REF") if unit in ("year", "decade", "century") else Length(Number(None), unit, window=-1)


def _ordinal(found: Found) -> Meaning:
    return Length(Number(found.value("n", "ORDINAL")), found.value("u", "UNIT"))


def _age_or_share(found: Found) -> bool:
    """Is it a person's age ("43-year-old") or a fraction ("three-quarters of")?"""
    unit = found.value("u", "UNIT UNITS")
    return (unit == "year" and "old" in found.words("tail")) or (unit == "quarter" and bounds(found, "n").count == 3)


RULES = (
    Rule(
        "in_length",
        "(?<= in) @n(QTY | a | an) @u(day | week | fortnight | month | year | days | weeks | fortnights | months"
        " | years) (?! HYPHEN)",
        lambda f: Length(bounds(f, "n"), f.value("u", "UNIT UNITS"), bounds(f, "n").mod, ahead=True),
        yes=("They will meet in [two weeks].", "a truce in [a week]"),
    ),
    Rule(
        "length",
        "@n(QTY) (more | additional | full | whole | straight | consecutive | trading | business | working)?"
        " HYPHEN? @u(UNITX) @tail(HYPHEN (old | long))? (?! old | HYPHEN old)",
        lambda f: None if _age_or_share(f) else _length(f),
        yes=("A [30-day] truce held.", "It lasted [more than two years].", "an [8-month-old] truce"),
        no=("a 43-year-old man", "She is 43 years old.", "about three-quarters of its food"),
    ),
    Rule(
        "length_and_half",
        "(a | one) @u(UNIT) and a half",
        lambda f: Length(Number(1.5), f.value("u", "UNIT")),
        yes=("It lasted [a year and a half].",),
    ),
    Rule(
        "a_length",
        "(a | an) (full | whole | single | further | additional)?"
        " @u(minute | hour | day | week | fortnight | month | year"
        " | decade | century | weekend) (or (so | two))? (?! HYPHEN)",
        lambda f: Length(Number(1), f.value("u", "UNIT")),
        yes=("The troops must leave within [a week].",),
    ),
    Rule(
        "the_length",
        "(the | those | these) @n(QTY) @u(UNITS)",
        _length,
        yes=("Sales rose in [the nine months].",),
    ),
    Rule(
        "units",
        "(?<= (for | in | within | over | of | after | lasting | took | take | takes | spent | follows))"
        " @u(UNITS) (or UNITS)?"
        " (HYPHEN (old | long))?",
        _length,
        yes=("They had talked for [years].", "Within [weeks] it was over."),
    ),
    Rule(
        "units_offset",
        "@u(hours | minutes | days | weeks | months | years) (?= before | after | ahead of | prior to)",
        _length,
        yes=("[Hours] after the talks the truce broke.",),
    ),
    Rule(
        "the_day",
        "(the | a) day (?<! in (the | a) day) (?<! UNITX to (the | a) day)"
        " (?= (before | after) (?! PERIOD | COMMA | BREAK | STOP | CLOSE))",
        lambda _: Length(Number(1), "day"),
        yes=("He said so [the day] before the deadline.",),
    ),
    Rule(
        "eve",
        "the eve (?= of (?! YEARX))",
        lambda _: Length(Number(1), "day", sign=-1, base=Anchor.EVENT),
        yes=("They met on [the eve] of the summit.",),
    ),
    Rule(
        "units_long",
        "@u(UNIT | UNITS) HYPHEN long",
        lambda f: Length(Number(1 if f.value("u", "UNIT") else None), f.value("u", "UNIT UNITS")),
        yes=("a [decades-long] war", "the [year-long] truce"),
    ),
    Rule(
        "window",
        "(?<! (to | will | would | could | should | might | can | may))"
        " the? @this(last | past | next | coming | previous | preceding | following)"
        " @n(QTY) (trading | business | working)? @u(UNITX)",
        _window,
        yes=("In [the past two months] three truces failed.", "Over [the next three years] they will meet."),
    ),
    Rule(
        "window_one",
        "(the | this) @this(past) @u(minute | hour | day | week | month | quarter | year | decade | century)",
        _window,
        yes=("Fighting eased over [the past week].",),
    ),
    Rule(
        "first_units",
        "(the | their | its)? (first | final | latest | opening | initial) @n(QTY) @u(UNITS)",
        _length,
        yes=("In [the first nine months] trade fell.",),
    ),
    Rule(
        "own_ordinal_unit",
        "(its | their | his | her) @n(ORD) (full | straight | consecutive)? @u(day | week | month | year)",
        _ordinal,
        yes=("The war is in [its fourth year].",),
    ),
    Rule(
        "ordinal_unit",
        "the @n(ORD) @u(day | week | month | year) (?= of (the | a | fighting | talks | war | negotiations))",
        _ordinal,
        yes=("On [the third day] of the truce shelling resumed.",),
        no=("It was the third year that they met.",),
    ),
    Rule(
        "past_units",
        "the? (past | recent) @u(UNITS) (and UNITS)?",
        _past_units,
        yes=("In [recent weeks] it eased.", "In [recent years] they met often."),
    ),
    Rule(
        "coming_units",
        "the? (coming | next | following) UNITS (and UNITS)?",
        lambda _: Reference("FUTURE_REF"),
        yes=("In [the coming weeks] they meet.", "In [the coming days and weeks] they meet."),
    ),
    Rule("units_ahead", "the @u(UNITS) ahead", _length, yes=("In [the weeks ahead] they meet.",)),
    Rule(
        "some_time",
        "some time (?<= for some time)",
        lambda _: Length(Number(None), "unit"),
        yes=("They stay for [some time].",),
    ),
    Rule(
        "over_the_years",
        "the @u(years | decades | centuries) (?<= over the UNITS)",
        _length,
        yes=("Over [the years] it grew.",),
    ),
    Rule("while", "a (long | short | little)? while", lambda _: Length(Number(None), "unit"), yes=("for [a while]",)),
)
