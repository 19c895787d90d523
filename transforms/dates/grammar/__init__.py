"""The rules that find time expressions, in stages: what a stage finds is one symbol to the next.

numbers → dates and durations → times of day → modifiers ("early", "about"). Here the stages are put together and run;
the rules stand in the modules, each with examples. When an expression lies, and against what, is not decided here.
"""

import re
from dataclasses import dataclass

from transforms.dates.grammar import (
    absolute,
    compounds,
    durations,
    modifiers,
    numbers,
    references,
    relative,
    sets,
    times,
)
from transforms.dates.lexicon import LEXICON, Node
from transforms.dates.meaning import (
    Between,
    Clock,
    Fixed,
    Length,
    Meaning,
    Modified,
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
    (*absolute.RULES, *relative.RULES, *sets.RULES, *durations.RULES, *references.RULES),
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
        case Modified():
            return "MODDATE"
        case Between():
            return "RANGEDATE"
    raise TypeError(f"no category for {meaning!r}")


_COMPILED: tuple[tuple[tuple[Rule, re.Pattern[str]], ...], ...] = tuple(
    tuple((rule, rule.compiled()) for rule in stage) for stage in STAGES
)  # at import: compiling a rule gives its words their symbols, and no text may be read before that


def find(tokens: list[Node]) -> list[Expression]:
    """The expressions among the tokens of a text, in order; none overlaps another."""
    nodes = tokens
    symbols = "".join([node.symbol for node in nodes])
    for stage in _COMPILED:
        matches = [
            (match.start(), -match.end(), order, rule, match)
            for order, (rule, pattern) in enumerate(stage)
            for match in pattern.finditer(symbols)
            if match.end() > match.start()
        ]
        if not matches:
            continue
        matches.sort(key=lambda m: m[:3])
        made, at = [], 0
        for start, negative_end, _, rule, match in matches:
            if start < at:
                continue
            meaning = rule.make(Found(match, nodes))
            if meaning is None:
                continue
            at = -negative_end
            name = rule.category or category(meaning)
            node = Node(
                nodes[start].start, nodes[at - 1].end, nodes[start].index, meaning, rule.name, LEXICON.category(name)
            )
            node.last = nodes[at - 1].last
            made.append((start, at, node))
        if made:
            rebuilt, at = [], 0
            for start, end, node in made:
                rebuilt += nodes[at:start]
                rebuilt.append(node)
                at = end
            nodes = rebuilt + nodes[at:]
            symbols = "".join([node.symbol for node in nodes])
    return [
        Expression(node.start, node.end, node.index, node.last + 1, node.value, node.rule)
        for node in nodes
        if node.rule and not isinstance(node.value, Number) and node.symbol != LEXICON.category("YEARNODE")
    ]
