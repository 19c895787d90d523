"""Times that recur: every Tuesday, twice a year, daily, annual (TIMEX3 SET)."""

from transforms.dates.calendar import SEASONS
from transforms.dates.grammar.numbers import bounds
from transforms.dates.meaning import Meaning, Number, Recurring
from transforms.dates.patterns import Found, Rule

LETTERS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "fortnight": "W", "month": "M",
    "quarter": "Q", "year": "Y", "decade": "E", "century": "C", "millennium": "L", "weekend": "WE",
}  # fmt: skip


def _every(found: Found) -> Meaning | None:
    for name, word_class, template in (
        ("weekday", "WEEKDAYNAME WEEKDAYS", "XXXX-WXX-{}"),
        ("month", "MONTH MONTHABBR", "XXXX-{:02}"),
        ("season", "SEASON", "XXXX-{}"),
        ("part", "PARTOFDAY PARTSOFDAY", "XXXX-XX-XXT{}"),
    ):
        if found.has(name):
            return Recurring(template.format(found.value(name, word_class)))
    unit = found.value("u", "UNIT UNITS")
    number = bounds(found, "n") if found.has("n") else Number(2 if found.has("other") else 1)
    if unit not in LETTERS or number.count is None:
        return None
    return Recurring(f"P{LETTERS[unit][:-1]}{number.count:g}{LETTERS[unit][-1]}" if unit != "weekend" else "XXXX-WXX-WE")


assert set(SEASONS) == {"SP", "SU", "FA", "WI"}
RULES = (
    Rule(
        "every",
        "(every | each) @other(other)? (@n(QTY) @us(UNITS) | @u(UNIT) | @weekday(WEEKDAYNAME) | @month(MON) | @season(SEASON)"
        " | @part(PARTOFDAY))",
        lambda f: _every(f) if not f.has("us") else Recurring(
            f"P{LETTERS[f.value('us', 'UNITS')][:-1]}{bounds(f, 'n').count or 1:g}{LETTERS[f.value('us', 'UNITS')][-1]}"
        ),
        yes=("They meet [every Tuesday].", "It is renewed [every six months].", "They march [each July]."),
    ),
    Rule(
        "times_a",
        "(once | twice | QTY times) (a | per | each | every) @u(UNIT)",
        _every,
        yes=("They meet [twice a year].",),
    ),
    Rule(
        "rate",
        "(?<= (MULTIPLIER | NDECIMAL | NBIG | CLOSE | PERCENT | N12 | N31 | N59 | N99 | dollars | rubles | euros | times | barrels))"
        " (a | per) @u(hour | day | week | month | year | night)",
        _every,
        yes=("It pays $33 million [a year].",),
    ),
    Rule("periodic", "@p(PERIODIC)", lambda f: Recurring(f.value("p", "PERIODIC")), yes=("They met [daily].",)),
    Rule("weekdays", "@weekday(WEEKDAYS) (?! PARTSOFDAY)", _every, yes=("They meet on [Fridays].",)),
    Rule(
        "weekday_parts",
        "@w(WEEKDAYNAME | WEEKDAYS) @p(PARTSOFDAY)",
        lambda f: Recurring(f"XXXX-WXX-{f.value('w', 'WEEKDAYNAME WEEKDAYS')}T{f.value('p', 'PARTSOFDAY')}"),
        yes=("They march on [Tuesday nights].",),
    ),
)
