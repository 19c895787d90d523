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
    names,
    numbers,
    numeric,
    periods,
    references,
    relative,
    sets,
    times,
)
from transforms.dates.lexicon import CATEGORIES, LEXICON, Node, Tokens
from transforms.dates.meaning import (
    Between,
    Clock,
    Fixed,
    Length,
    Meaning,
    Modified,
    Moved,
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
from transforms.dates.scan import Stage

STAGES: tuple[tuple[Rule, ...], ...] = (
    numbers.WORDS,
    numbers.RANGES,
    (
        *names.RULES,
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
        case Modified() | Nth() | Moved():
            return "MODDATE"
        case Between():
            return "RANGEDATE"
    raise TypeError(f"no category for {meaning!r}")


# Made at import: reading a pattern gives its words their symbols, and no text may be read before that.
_STAGES = tuple(Stage(rules) for rules in STAGES)
_INNER = ("NUM", "YEARNODE", "NOTHING")  # counts and years that no rule took up are no expressions
_OUTER = re.compile(f"[{''.join(LEXICON.category(name) for name in CATEGORIES if name not in _INNER)}]")


def find(tokens: Tokens) -> list[Expression]:
    """The expressions among the tokens of a text, in order; none overlaps another."""
    items: list[int | Node] = list(range(len(tokens)))  # a token by its index, or what was made of several
    symbols = tokens.symbols

    def node(at: int) -> Node:
        item = items[at]
        return item if isinstance(item, Node) else tokens.node(item)

    for stage in _STAGES:
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
    found = [node(outer.start()) for outer in _OUTER.finditer(symbols)]
    return [Expression(n.start, n.end, n.first, n.last + 1, n.value, n.rule) for n in found]


def _apply(stage: Stage, symbols: str, node: Callable[[int], Node]) -> list[tuple[int, int, Node]]:
    """What the rules of a stage make: the leftmost match first, of those the longest, of those the first rule's."""
    made, at = [], 0
    for start, rules in stage.places(symbols):
        if start < at:
            continue
        for rule, match in rules.matches(symbols, start):
            meaning = rule.make(Found(match, node))
            if meaning is None:
                continue
            at = match.end()
            first, last = node(start), node(at - 1)
            symbol = LEXICON.category(rule.category or category(meaning))
            made.append((start, at, Node(first.start, last.end, first.first, last.last, meaning, rule.name, symbol)))
            break
    return made
