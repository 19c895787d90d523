"""Where in a string of symbols the rules of a stage match: found without trying each rule at each symbol.

One pass finds the symbols with which a rule of the stage can begin. There one expression, made of the rules that can
begin with this symbol, says whether any of them matches; only then is each of them tried. So another rule costs little
where it does not match. What a match means is not decided here.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from transforms.dates.patterns import Rule, translated

_NAME = re.compile(r"\?P<\w+>")


class _Group:
    """The rules that can begin with a symbol, in order. Compiled when they are first needed."""

    def __init__(self, rules: Sequence[tuple[Rule, str]]) -> None:
        self.rules = rules

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile("|".join(_NAME.sub("?:", regex) for _, regex in self.rules))

    @cached_property
    def _each(self) -> list[tuple[Rule, re.Pattern[str]]]:
        return [(rule, re.compile(regex)) for rule, regex in self.rules]

    def matches(self, symbols: str, at: int) -> list[tuple[Rule, re.Match[str]]]:
        """What matches at a symbol: the longest first, of those the first rule's."""
        if self._any.match(symbols, at) is None:
            return []
        found = [(rule, match) for rule, pattern in self._each if (match := pattern.match(symbols, at)) is not None]
        found.sort(key=lambda pair: -pair[1].end())
        return found


class Stage:
    """Rules that run together: none sees what another one of them makes.

    Raises ValueError where a rule can match nothing at all."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        by_symbol: dict[str, list[int]] = {}
        regexes = []
        for order, rule in enumerate(rules):
            pattern = translated(rule.pattern)
            if pattern.empty:
                raise ValueError(f"the rule {rule.name} matches nothing at all: {rule.pattern!r}")
            regexes.append((rule, pattern.regex))
            for symbol in pattern.first:
                by_symbol.setdefault(symbol, []).append(order)
        groups = {orders: _Group([regexes[i] for i in orders]) for orders in set(map(tuple, by_symbol.values()))}
        self._groups = {symbol: groups[tuple(orders)] for symbol, orders in by_symbol.items()}
        self._begin = re.compile(f"[{''.join(sorted(by_symbol))}]")

    def places(self, symbols: str) -> Iterator[tuple[int, _Group]]:
        """Each place at which a rule can begin, with the rules that can."""
        groups = self._groups
        for begin in self._begin.finditer(symbols):
            yield begin.start(), groups[begin[0]]
