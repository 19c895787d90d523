"""Words that only point to the past, the present or the future: recently, now, soon (PAST_REF and so on)."""

from transforms.dates.meaning import Reference
from transforms.dates.patterns import Make, Rule


def _to(value: str) -> Make:
    return lambda _: Reference(value)


RULES = (
    Rule("other_day", "the other day", _to("PAST_REF"), yes=("[The other day] he resigned.",)),
    Rule(  # "Now, he says" only takes up the thread
        "now",
        "right? @w(PRESENT) ((?! COMMA) | (?<! (PERIOD | QUOTE | STOP | BREAK) PRESENT))",
        _to("PRESENT_REF"),
        yes=("They are talking [now].", "[Right now] they talk."),
        no=("They met. Now, one may ask why.",),
    ),
    Rule(
        "present",
        "at present | at the moment | these days | at this (moment | point | time) | this (crucial | very) moment",
        _to("PRESENT_REF"),
        yes=("[These days] they rarely meet.",),
    ),
    Rule("current", "current", _to("PRESENT_REF"), yes=("The [current] truce holds.",)),
    Rule("recently", "more? @w(PAST) (?! as)", _to("PAST_REF"), yes=("They [recently] met.",)),
    Rule(
        "the_past",
        "the (recent | distant)? past (?! QTY | UNITX)",
        _to("PAST_REF"),
        yes=("In [the past] they talked.",),
    ),
    Rule(
        "soon",
        "very? @w(FUTURE) (?! after | before | as)",
        _to("FUTURE_REF"),
        yes=("Talks will resume [soon].",),
        no=("Soon after the talks he left.",),
    ),
    Rule("as_soon", "as soon as possible", _to("FUTURE_REF"), yes=("They must stop [as soon as possible].",)),
    Rule(
        "the_future",
        "the (near | foreseeable | immediate | distant | not) future | the future (?<= (in | into | about) the future)",
        _to("FUTURE_REF"),
        yes=("They will meet in [the near future].", "Little will change in [the future]."),
        no=("The future of the talks is open.",),
    ),
    Rule(
        "future_units",
        "future @u(days | weeks | months | years | quarters | decades)",
        _to("FUTURE_REF"),
        yes=("Rounds in [future months] are planned.",),
    ),
    Rule(
        "one_day",
        "one day (?<= (will | may | might | could | would | can | he | they | she) one day)",
        _to("FUTURE_REF"),
        yes=("They may [one day] be one state.",),
    ),
    Rule("the_term", "the (near | short | long) term", _to("FUTURE_REF"), yes=("in [the near term]",)),
    Rule("later_date", "(a | some) (later | future) (date | time)", _to("FUTURE_REF"), yes=("at [a later date]",)),
)
