"""Counts and years in words, and ranges of counts: what the other rules need before they can match.

What is counted does not belong here.
"""

from transforms.dates.meaning import Number
from transforms.dates.patterns import MACROS, Found, Rule

MACROS["small"] = "TENSWORD HYPHEN DIGITWORD | TENSWORD DIGITWORD | TENSWORD | TEENWORD | DIGITWORD"


def _sum(found: Found, name: str) -> int:
    """ "twenty-one" is 21, "two hundred and five" 205, "three" 3."""
    total = part = 0
    for node in found.nodes(name):
        if isinstance(node.value, int):
            part += node.value
        elif isinstance(node.value, dict):
            if "MULTIPLIER" in node.value:
                total, part = total + max(part, 1) * node.value["MULTIPLIER"], 0
            part += next((node.value[c] for c in ("TENSWORD", "TEENWORD", "DIGITWORD") if c in node.value), 0)
    return total + part


def _spelled_year(found: Found) -> int:
    return 100 * _sum(found, "hundreds") + _sum(found, "rest")


def _fraction(found: Found) -> Number | None:
    whole = found.value("n", "TENSWORD TEENWORD DIGITWORD") if found.has("n") else 1
    if found.has("bottom"):
        top, bottom = found.value("top"), found.value("bottom")
        return Number(whole + top / bottom) if 0 < top < bottom else None
    return Number(whole + 0.5)


def bounds(found: Found, name: str) -> Number:
    """The count in a group: digits, a Number that an earlier rule made, or 1 for "a"."""
    value = found.value(name, "TENSWORD TEENWORD DIGITWORD")
    if isinstance(value, Number):
        return value
    return Number(float(value)) if isinstance(value, int | float) else Number(1)


def _range(found: Found) -> Number | None:
    low, high = bounds(found, "low"), bounds(found, "high")
    if low.count is None or high.count is None or not 0 < low.count < high.count:
        return None
    return Number(low.count, high.count)


WORDS = (
    Rule(
        "spelled_year",
        "@hundreds(eighteen | nineteen | twenty) @rest(TENSWORD HYPHEN? DIGITWORD? | TEENWORD) (?! UNITX)",
        _spelled_year,
        yes=("It began in [nineteen ninety-seven].", "By [twenty twenty-two] the talks had failed."),
        category="YEARNODE",
    ),
    Rule("number", "@n({small}) (?! MULTIPLIER)", lambda f: Number(_sum(f, "n")), yes=("for [twenty-one days]",)),
    Rule(
        "large_number",
        "@n(({small} | a | INT) MULTIPLIER (and? {small})?)",
        lambda f: Number(_sum(f, "n")),
        yes=("for [a hundred years]", "for [two hundred and five days]"),
    ),
    Rule(
        "half_number",
        "@n(INT | TEENWORD | DIGITWORD) (HYPHEN? and HYPHEN? a HYPHEN? half | HALF)",
        _fraction,
        yes=("for [two and a half years]",),
    ),
    Rule("unit_and_half", "@n(INT) @top(N12) SLASH @bottom(N12)", _fraction, yes=("for [2 1/2 years]",)),
    Rule("half_unit", "half (a | an) (?= UNIT)", lambda _: Number(0.5), yes=("for [half an hour]",)),
    Rule("dozen", "(a | half a) dozen (?= UNITS)", lambda _: Number(12), yes=("after [a dozen years]",)),
    Rule(
        "couple",
        "(a | the)? couple of? (?= more? UNITS)",
        lambda _: Number(2, mod="APPROX"),
        yes=("for [a couple of years]",),
    ),
    Rule(
        "vague",
        "(a (few | handful of) | several | few | many | some | numerous | countless | dozens of)"
        " (?= more? HYPHEN? (UNITS | UNIT HYPHEN?))",
        lambda _: Number(None),
        yes=("within [a few days]", "for [several months]"),
        no=("few people came", "several delegates"),
    ),
)

RANGES = (
    Rule(
        "number_range",
        "@low(QTY) HYPHEN? (TO | to | or) @high(QTY) (?= HYPHEN? UNITX)",
        _range,
        yes=("within [two to three weeks]", "in [12 to 18 months]"),
    ),
)
