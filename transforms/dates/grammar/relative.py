"""Dates that count from another day: today, last month, next Monday, three weeks ago, the following year.

Whether "Monday" alone lies before or after publication is not decided here (direction.py).
"""

from transforms.dates.grammar.numbers import bounds
from transforms.dates.meaning import Length, Meaning, Number, Of, Offset, Part, Partial, Topic, Unit
from transforms.dates.patterns import MACROS, Found, Make, Rule
from transforms.vocabulary import Anchor

MACROS["units"] = "week | fortnight | month | quarter | year | decade | century | weekend"
MACROS["dunit"] = "day | {units}"
MACROS["this"] = "this (past | coming)? | last | next | the (past | coming) | past | coming"
MACROS["other"] = "the (previous | preceding | following | next | same) | that | previous"
MACROS["count"] = "(QTY | a | an | one) (more | full | whole)?"

_SHIFTS = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1, "coming": 1, "following": 1}


def shift(found: Found, name: str = "this") -> int:
    """-1, 0 or 1, from the words of a group: "last", "this", "next", "this coming"."""
    return next((_SHIFTS[word] for word in found.words(name) if word in _SHIFTS), 0)


def _deictic(found: Found) -> Meaning:
    return Unit(found.value("u", "UNIT"), shift(found))


def _the_unit(found: Found) -> Meaning:
    """ "the quarter" is the one that the text is about, "the year" or "the week" that of publication."""
    unit = found.value("u", "UNIT")
    return Topic() if unit == "quarter" else Unit(unit, 0)


def _anaphoric(found: Found) -> Meaning:
    if found.value("u", "UNIT") == "quarter" and shift(found) == 0:
        return Topic()
    told = "that" in found.words("this") or "same" in found.words("this")
    return Unit(found.value("u", "UNIT"), shift(found), Anchor.EXPRESSION, told)


def _offset(sign: int, base: Anchor) -> Make:
    def make(found: Found) -> Meaning | None:
        unit = found.value("u", "UNIT UNITS") or found.value("us", "UNITS")
        number = bounds(found, "n") if found.has("n") else Number(None)
        return Offset(number, unit, sign, base)

    return make


def _adjacent(days: int, base: Anchor) -> Make:
    return lambda _: Unit("day", days, base)


RULES = (
    Rule("today", "(?<! usa) @t(TODAY)", lambda f: Unit("day", f.value("t", "TODAY")), yes=("They meet [tomorrow].",)),
    Rule(
        "this_day",
        "this very? day (?! and)",
        _adjacent(0, Anchor.PUBLICATION),
        yes=("To [this day] no truce has held.",),
    ),
    Rule(
        "two_days",
        "the day after tomorrow",
        _adjacent(2, Anchor.PUBLICATION),
        yes=("They fly home [the day after tomorrow].", "Much hangs on what comes after [tomorrow]."),
    ),
    Rule(
        "two_days_before",
        "the day before yesterday",
        _adjacent(-2, Anchor.PUBLICATION),
        yes=("He spoke [the day before yesterday].",),
    ),
    Rule(
        "deictic_unit",
        "@this(this (past | coming)? | last | next | the (coming | current | last)) @u({units})"
        " (?! HYPHEN | (of | in) MON)",
        _deictic,
        yes=("They met [last month].", "Talks resume [next week].", "It will be over by [this coming weekend]."),
        no=("The last day was long.",),
    ),
    Rule(
        "unit_after_next",
        "the @u(week | weekend | month | year) (after next | before @last(last))",
        lambda f: Unit(f.value("u", "UNIT"), -2 if f.has("last") else 2),
        yes=("They meet [the week after next].", "They met [the week before last]."),
    ),
    Rule(
        "coming_unit",
        "(?<= (in | of | for)) @this(coming | current) @u(week | month | quarter | year)",
        _deictic,
        yes=("The talks of [current year] failed.",),
    ),
    Rule(
        "window_next",
        "(?<= (over | in | within | for | during | through | throughout)) the next @u({units} | day)",
        lambda f: Length(Number(1), f.value("u", "UNIT"), window=1),
        yes=("They will meet over [the next month].",),
    ),
    Rule(
        "previous_unit",
        "@this((the (previous | preceding | following | next | same)) | the very (next | same) | that same? | previous)"
        " @u({dunit}) (?! HYPHEN)",
        _anaphoric,
        yes=("On May 3 they met; [the next day] the truce broke.", "It ended [the following month]."),
    ),
    Rule(
        "year_ended",
        "the fiscal? @u(year) (?= (ended | ending))",
        lambda _: Length(Number(1), "year"),
        yes=("Profit for [the year] ended in loss.",),
    ),
    Rule(
        "quarter_ended",
        "the @u(quarter) (?= (ended | ending) {day_follows})",
        lambda _: Topic(ended=True),
        yes=("Sales fell in [the quarter] ended June 30.",),
    ),
    Rule(
        "the_unit",
        "(?<= (in | for | during | of | over | into | through | throughout))"
        " the (full | whole | entire | current | latest)? fiscal?"
        " @u(week | quarter | year) (?! BREAK | of (MON | DAYNUM | ORD))",
        _the_unit,
        yes=("Sales fell in [the quarter].", "For [the full year], it fell."),
    ),
    Rule(
        "latest_unit",
        "the latest fiscal? @u(quarter | year | period)",
        lambda f: Topic() if f.value("u", "UNIT") in (None, "quarter") else Unit("year", -1),
        yes=("In [the latest quarter] it lost money.",),
    ),
    Rule(
        "day_before",
        "(the | a) day (before | earlier) (?= PERIOD | COMMA | BREAK | STOP | CLOSE)",
        _adjacent(-1, Anchor.EXPRESSION),
        yes=("On May 3 he left; they had met [the day before].",),
    ),
    Rule(
        "day_after",
        "(the | a) day after (?= PERIOD | COMMA | BREAK | STOP | CLOSE)",
        _adjacent(1, Anchor.EXPRESSION),
        yes=("They met on May 3; he left [the day after].",),
    ),
    Rule(
        "shifted_weekday",
        "@this({this}) @w(WEEKDAYNAME) (?! (of | in) MON)",
        lambda f: Partial(weekday=f.value("w", "WEEKDAYNAME"), shift=shift(f)),
        yes=("They met [last Monday].", "It opens [this coming Sunday]."),
    ),
    Rule(
        "anaphoric_weekday",
        "@this({other}) @w(WEEKDAYNAME)",
        lambda f: Partial(weekday=f.value("w", "WEEKDAYNAME"), shift=shift(f), of=Of.EXPRESSION),
        yes=("On May 3 they met; [the following Monday] he left.",),
    ),
    Rule(
        "weekday_week",
        "the? @w(WEEKDAYNAME) of? @this(last | next | this) week",
        lambda f: Partial(weekday=f.value("w", "WEEKDAYNAME"), shift=shift(f), of=Of.CONTAINER),
        yes=("They meet [Tuesday next week].", "He left on [Wednesday of last week]."),
    ),
    Rule(
        "shifted_month",
        "@this({this}) @m(MON) (?! DAYNUM)",
        lambda f: Partial(month=f.value("m", "MONTH MONTHABBR"), shift=shift(f)),
        yes=("They agreed [last February].",),
    ),
    Rule(
        "anaphoric_month",
        "@this({other}) @m(MON) (?! DAYNUM)",
        lambda f: Partial(month=f.value("m", "MONTH MONTHABBR"), shift=shift(f), of=Of.EXPRESSION),
        yes=("Signed in May 2014, it broke [the following January].",),
    ),
    Rule(
        "month_year_relative",
        "@m(MON) (of | in | COMMA)? @this(last | next | this) year",
        lambda f: Partial(month=f.value("m", "MONTH MONTHABBR"), shift=shift(f), of=Of.CONTAINER),
        yes=("In force since [November last year], they bite.",),
    ),
    Rule(
        "shifted_season",
        "@this({this}) @s(SEASON)",
        lambda f: Part("season", f.value("s", "SEASON"), None, shift(f)),
        yes=("They met [last fall].", "A summit is planned for [this summer]."),
    ),
    Rule(
        "anaphoric_season",
        "@this(the (previous | following | next)) @s(SEASON)",
        lambda f: Part("season", f.value("s", "SEASON"), None, shift(f), Of.EXPRESSION),
        yes=("In May 2014 they met; a summit [the following spring] failed.",),
    ),
    Rule(
        "weekend",
        "the weekend (?! of)",
        lambda _: Part("weekend", 0),
        yes=("They spoke at [the weekend].",),
    ),
    Rule(
        "year_end",
        "(the)? year (HYPHEN | POSSESSIVE)? end",
        lambda _: Part("yearend", 0),
        yes=("It closes by [year-end].", "It closes at [year's end]."),
    ),
    Rule(
        "ago",
        "@n({count}) @u(UNITX) (or so)? ago",
        _offset(-1, Anchor.PUBLICATION),
        yes=("They met [two weeks ago].", "It broke [a year ago]."),
        category="OFFSETDATE",
    ),
    Rule("units_ago", "@u(UNITS) ago", _offset(-1, Anchor.PUBLICATION), yes=("It began [months ago].",)),
    Rule(
        "from_now",
        "@n({count}) @u(UNITX) (from (now | today) | hence)",
        _offset(1, Anchor.PUBLICATION),
        yes=("They meet [two weeks from now].",),
    ),
    Rule(
        "earlier",
        "@n({count}) @u(UNITX) (earlier | previously) (?! than)",
        _offset(-1, Anchor.EXPRESSION),
        yes=("On May 13 they met; talks [three days earlier] had failed.",),
    ),
    Rule(
        "later",
        "(@n({count}) @u(UNITX) | @us(UNITS)) (later | afterwards | afterward) (?! than)",
        _offset(1, Anchor.EXPRESSION),
        yes=("On May 3 they met; [a week later] the truce broke.",),
    ),
    Rule(
        "year_ago_part",
        "year HYPHEN (ago | earlier)"
        " | the year HYPHEN? (ago | earlier) (ORD HYPHEN? quarter | period | quarter | month)",
        lambda _: Offset(Number(1), "year", -1, Anchor.EXPRESSION),
        yes=("Profit rose from [the year-ago quarter].", "It rose from the [year-ago] figure."),
    ),
)
