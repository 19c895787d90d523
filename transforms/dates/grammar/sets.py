"""Times that recur: every Tuesday, twice a year, daily, annual (TIMEX3 SET)."""

from transforms.dates.grammar.numbers import bounds
from transforms.dates.meaning import LETTERS, Meaning, Number, Recurring, digits
from transforms.dates.patterns import MACROS, Found, Rule


def _every(found: Found) -> Meaning | None:
    for name, word_class, template in (
        ("weekday", "WEEKDAYNAME WEEKDAYS", "XXXX-WXX-{}"),
        ("month", "MONTH MONTHABBR", "XXXX-{:02}"),
        ("season", "SEASON", "XXXX-{}"),
        ("part", "PARTOFDAY PARTSOFDAY", "XXXX-XX-XXT{}"),
    ):
        if found.has(name):
            return Recurring(template.format(found.value(name, word_class)))
    unit = found.value("us", "UNITS") if found.has("us") else found.value("u", "UNIT")
    number = bounds(found, "n") if found.has("n") else Number(2 if found.has("other") else 1)
    if unit not in LETTERS or number.count is None:
        return None
    if unit == "weekend":
        return Recurring("XXXX-WXX-WE")
    head, letter = LETTERS[unit][:-1], LETTERS[unit][-1]
    return Recurring(f"P{head}{digits(number.count)}{letter}")


MACROS["rated"] = "(hour | day | week | month | quarter | year | night)"

RULES = (
    Rule(
        "every",
        "(every | each) @other(other)? (@n(QTY) @us(UNITS) | @u(UNIT) | @weekday(WEEKDAYNAME) | @month(MON)"
        " | @season(SEASON) | @part(PARTOFDAY))",
        _every,
        yes=("They meet [every Tuesday].", "It is renewed [every six months].", "They march [each July]."),
    ),
    Rule(
        "every_and",
        "@weekday(WEEKDAYNAME) (?<= (every | each) WEEKDAYNAME (and | or) WEEKDAYNAME)",
        _every,
        yes=("They meet [every Monday] and [Wednesday].",),
    ),
    Rule(
        "times_a",
        "(once | twice | QTY times) (a | per | each | every) @u(UNIT)",
        _every,
        yes=("They meet [twice a year].",),
    ),
    Rule(  # the corpora mark how often something happens, not how much of it there is in a year
        "rate",
        "(a | per) {rated} ((?<= (NUM | MULTIPLIER | NDECIMAL | INT | CLOSE | PERCENT | percent | dollars | rubles"
        " | euros | barrels) (a | per) {rated}) | (?<= (QTY | MULTIPLIER) (LOWER | COUNTED) (a | per) {rated}))",
        lambda _: Number(1),
        yes=("The base cost $45 million a year until [May].",),
        no=("The base costs $45 million a year.", "They run four trains a week."),
        category="NOTHING",
    ),
    Rule(
        "periodic",
        "@p(PERIODIC) (?! HYPHEN | W) (?<! (MULTIPLIER | PERCENT | percent | average) PERIODIC)",
        lambda f: Recurring(f.value("p", "PERIODIC")),
        yes=("They met [daily].", "The [weekly] talks failed."),
        no=("Exports grew 5% annually.", "The average daily volume rose.", "The Daily Planet said so."),
    ),
    Rule(
        "weekdays",
        "@weekday(WEEKDAYS) (?! PARTSOFDAY) (?<! W WEEKDAYS)",
        _every,
        yes=("They meet on [Fridays].",),
        no=("He sings with the Sweet Saturdays.",),
    ),
    Rule(
        "weekday_parts",
        "@w(WEEKDAYNAME | WEEKDAYS) @p(PARTSOFDAY)",
        lambda f: Recurring(f"XXXX-WXX-{f.value('w', 'WEEKDAYNAME WEEKDAYS')}T{f.value('p', 'PARTSOFDAY')}"),
        yes=("They march on [Tuesday nights].",),
    ),
)
