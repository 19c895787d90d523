"""The rules that find time expressions, in stages: what a stage finds is one symbol to the next.

numbers → dates and durations → times of day → modifiers ("early", "about"). Here the stages are put together and run;
the rules stand in the modules, each with examples. When an expression lies, and against what, is not decided here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from transforms.dates.grammar import (
    absolute,
    compounds,
    durations,
    holidays,
    modifiers,
    numbers,
    numeric,
    periods,
    references,
    relative,
    sets,
    times,
)
from transforms.dates.lexicon import LEXICON, Node, Tokens
from transforms.dates.meaning import (
    Between,
    Clock,
    Fixed,
    Length,
    Meaning,
    Modified,
    Nth,
    Number,
    Offset,
    Part,
    Partial,
    Recurring,
    Reference,
    Topic,
    Unit,
)
from transforms.dates.patterns import Found, Rule

STAGES: tuple[tuple[Rule, ...], ...] = (
    numbers.WORDS,
    numbers.RANGES,
    (
        *numeric.RULES,
        *absolute.RULES,
        *periods.RULES,
        *holidays.RULES,
        *relative.RULES,
        *sets.RULES,
        *durations.RULES,
        *references.RULES,
    ),
    compounds.RULES,
    times.RULES,
    modifiers.RULES,
    modifiers.OUTER,
)


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression found: offsets into the text, first and last+1 token, what it says, which rule found it."""

    start: int
    end: int
    first_token: int
    last_token: int
    meaning: Meaning
    rule: str


def category(meaning: object) -> str:
    """Name of the symbol class under which later rules see a node of this meaning."""
    match meaning:
        case Number():
            return "NUM"
        case Partial(month=None, day=None, weekday=None):
            return "YEARDATE"
        case Partial(year=year, day=None, weekday=None):
            return "MONTHDATE" if year is None else "YEARMONTH"
        case Partial(day=None):
            return "WEEKDAYDATE"
        case Partial():
            return "DAYDATE"
        case Part(unit="holiday"):
            return "DAYDATE"
        case Part() | Topic():
            return "PARTDATE"
        case Unit(unit="day"):
            return "TODAYDATE"
        case Unit(unit="week" | "weekend" | "fortnight"):
            return "WEEKUNIT"
        case Unit(unit="year"):
            return "YEARUNIT"
        case Unit():
            return "MONTHUNIT"
        case Offset():
            return "OFFSETDATE"
        case Fixed():
            return "FIXEDDATE"
        case Length():
            return "LENGTH"
        case Recurring():
            return "SETDATE"
        case Reference():
            return "REFDATE"
        case Clock():
            return "TIMEDATE"
        case Modified() | Nth():
            return "MODDATE"
        case Between():
            return "RANGEDATE"
    raise TypeError(f"no category for {meaning!r}")


_COMPILED: tuple[tuple[tuple[Rule, re.Pattern[str]], ...], ...] = tuple(
    tuple((rule, rule.compiled()) for rule in stage) for stage in STAGES
)  # at import: compiling a rule gives its words their symbols, and no text may be read before that
# Counts and years that no rule took up; and what a rule takes up so that no other does ("$45 million a year").
_INNER = {LEXICON.category(name) for name in ("NUM", "YEARNODE", "NOTHING")}


def find(tokens: Tokens) -> list[Expression]:
    """The expressions among the tokens of a text, in order; none overlaps another."""
    items: list[int | Node] = list(range(len(tokens)))  # a token by its index, or what was made of several
    symbols = tokens.symbols

    def node(at: int) -> Node:
        item = items[at]
        return item if isinstance(item, Node) else tokens.node(item)

    for stage in _COMPILED:
        made = _apply(stage, symbols, node)
        if not made:
            continue
        rebuilt: list[int | Node] = []
        parts, at = [], 0
        for start, end, new in made:
            rebuilt += items[at:start]
            rebuilt.append(new)
            parts += [symbols[at:start], new.symbol]
            at = end
        items = rebuilt + items[at:]
        symbols = "".join([*parts, symbols[at:]])
    found = (item for item in items if isinstance(item, Node) and item.symbol not in _INNER)
    return [Expression(n.start, n.end, n.first, n.last + 1, n.value, n.rule) for n in found]


def _apply(
    stage: tuple[tuple[Rule, re.Pattern[str]], ...], symbols: str, node: Callable[[int], Node]
) -> list[tuple[int, int, Node]]:
    """What the rules of a stage make: the leftmost match first, of those the longest, of those the first rule's."""
    matches = [
        (match.start(), -match.end(), order, match)
        for order, (_, pattern) in enumerate(stage)
        for match in pattern.finditer(symbols)
    ]
    matches.sort(key=lambda m: m[:3])
    made, at = [], 0
    for start, negative_end, order, match in matches:
        if start < at:
            continue
        rule, end = stage[order][0], -negative_end
        meaning = rule.make(Found(match, node))
        if meaning is None:
            continue
        first, last = node(start), node(end - 1)
        symbol = LEXICON.category(rule.category or category(meaning))
        made.append((start, end, Node(first.start, last.end, first.first, last.last, meaning, rule.name, symbol)))
        at = end
    return made
