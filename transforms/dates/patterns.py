"""The small language that rules are written in, compiled to regular expressions over symbols.

    the? @n(NUMBER) UNITX ago        a literal word, an optional word, a named group, a class of words
    good =Friday                     a word just as it is written
    (in | since) YEAR4               alternatives
    {count} UNITX                    a macro (MACROS)
    (?<= in) YEAR4, (?! PERCENT)     what stands before or after, not part of the match

Lower case is the word itself (in any case), upper case a class of `dates_words.yaml`, a shape of `lexicon.py` or a
category of nodes made by earlier rules. No quantifier may stand around a group that holds another one, so that
nothing backtracks badly. The rules themselves live in `grammar/`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from transforms.dates.lexicon import LEXICON, Node

_ITEM = re.compile(r"@(\w+)\(|\{(\w+)\}|(\{[0-9],[0-9]?\})|([A-Z][A-Z0-9_]*)|(=?[A-Za-z]+)|(\(\?<?[!=])|([()|?*+])|\s+")

MACROS: dict[str, str] = {}


def translate(pattern: str) -> str:
    """The regular expression over symbols. Raises ValueError for a character or a name that means nothing."""
    out, at = [], 0
    while at < len(pattern):
        item = _ITEM.match(pattern, at)
        if item is None:
            raise ValueError(f"cannot read {pattern[at:]!r} in the pattern {pattern!r}")
        at = item.end()
        group, macro, counts, name, word, look, mark = item.groups()
        if group:
            out.append(f"(?P<{group}>")
        elif macro:
            out.append(f"(?:{translate(MACROS[macro])})")
        elif name:
            if name not in LEXICON.classes:
                raise ValueError(f"no class {name} of words, shapes or nodes, named in the pattern {pattern!r}")
            out.append(f"[{''.join(sorted(LEXICON.classes[name]))}]")
        elif word:
            out.append(LEXICON.form(word[1:]) if word[0] == "=" else LEXICON.word(word))
        elif mark == "(":
            out.append("(?:")
        else:
            out.append(counts or look or mark or "")
    return "".join(out)


class Found:
    """What a rule's pattern matched: the nodes by the names of the groups."""

    __slots__ = ("_match", "_node")

    def __init__(self, match: re.Match[str], node: Callable[[int], Node]) -> None:
        self._match, self._node = match, node

    def has(self, name: str) -> bool:
        return name in self._match.re.groupindex and self._match.start(name) >= 0

    def nodes(self, name: str) -> list[Node]:
        """The nodes of a group, empty where it took no part."""
        return [self._node(i) for i in range(*self._match.span(name))] if self.has(name) else []

    def words(self, name: str) -> list[str]:
        """The words of a group that are in the lexicon, in lower case."""
        return [LEXICON.spelling[node.symbol] for node in self.nodes(name) if node.symbol in LEXICON.spelling]

    def value(self, name: str, word_class: str = "") -> Any:
        """Value of the first node of a group; of a word, its meaning in the class (or in the first of several
        classes separated by blanks); None where the group took no part."""
        nodes = self.nodes(name)
        if not nodes:
            return None
        value = nodes[0].value
        if isinstance(value, dict):
            return next((value[c] for c in word_class.split() if c in value), None)
        return value


Make = Callable[[Found], Any]  # a Meaning, a Number, a year; None: nothing after all


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, what it makes of a match (None: nothing after all), and sentences in which it must find exactly
    the bracketed expression (`yes`) or must find nothing (`no`)."""

    name: str
    pattern: str
    make: Make
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    category: str | None = None  # where it is not given by what was made

    def compiled(self) -> re.Pattern[str]:
        return re.compile(translate(self.pattern))
