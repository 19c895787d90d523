"""The small language that rules are written in, compiled to regular expressions over symbols.

    the? @n(NUMBER) UNITX ago        a literal word, an optional word, a named group, a class of words
    good =Friday                     a word just as it is written
    (in | since) YEAR4               alternatives
    {count} UNITX                    a macro (MACROS)
    (?<= in) YEAR4, (?! PERCENT)     what stands before or after, not part of the match

Lower case is the word itself (in any case), upper case a class of `dates_words.yaml`, a shape of `lexicon.py` or a
category of nodes made by earlier rules. Nothing repeats without end, so that every match has a greatest length and
matching is linear in the text. The rules themselves live in `grammar/`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from transforms.dates.lexicon import LEXICON, Node

_ITEM = re.compile(
    r"\s*(?:@(?P<group>\w+)\(|\{(?P<macro>[a-z_]+)\}|(?P<count>\?|\{[0-9],[0-9]\})|(?P<name>[A-Z][A-Z0-9_]*)"
    r"|(?P<word>=?[A-Za-z]+)|(?P<look>\(\?<?[!=])|(?P<mark>[()|]))\s*"
)

MACROS: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Translated:
    """A pattern or a part of one: the regular expression over symbols, the symbols with which what it matches can
    begin, and whether it can match nothing at all."""

    regex: str
    first: frozenset[str]
    empty: bool


class _Reader:
    """Reads a pattern from left to right; each method reads what it is named after."""

    def __init__(self, pattern: str) -> None:
        self.pattern, self.items, at = pattern, list[tuple[str, str]](), 0
        while at < len(pattern):
            item = _ITEM.match(pattern, at)
            if item is None:
                raise ValueError(f"cannot read {pattern[at:]!r} in the pattern {pattern!r}")
            kind = str(item.lastgroup)
            self.items.append((kind, item[kind]))
            at = item.end()
        self.items.reverse()  # the next one is the last of the list

    def whole(self) -> Translated:
        whole = self.choice()
        if self.items:
            raise ValueError(f"a bracket is closed that was not opened in the pattern {self.pattern!r}")
        return whole

    def choice(self) -> Translated:
        parts = [self.sequence()]
        while self.items and self.items[-1] == ("mark", "|"):
            self.items.pop()
            parts.append(self.sequence())
        first = frozenset[str]().union(*(part.first for part in parts))
        return Translated("|".join(part.regex for part in parts), first, any(part.empty for part in parts))

    def sequence(self) -> Translated:
        regex, first, empty = [], frozenset[str](), True
        while self.items and self.items[-1] not in (("mark", "|"), ("mark", ")")):
            part = self.part()
            regex.append(part.regex)
            first |= part.first if empty else frozenset()
            empty = empty and part.empty
        return Translated("".join(regex), first, empty)

    def part(self) -> Translated:
        kind, text = self.items.pop()
        if kind == "macro":
            if text not in MACROS:
                raise ValueError(f"no macro {text}, named in the pattern {self.pattern!r}")
            inner = _Reader(MACROS[text]).whole()
            part = Translated(f"(?:{inner.regex})", inner.first, inner.empty)
        elif kind == "name":
            if text not in LEXICON.classes:
                raise ValueError(f"no class {text} of words, shapes or nodes, named in the pattern {self.pattern!r}")
            symbols = frozenset(LEXICON.classes[text])
            part = Translated(f"[{''.join(sorted(symbols))}]", symbols, False)
        elif kind == "word":
            symbol = LEXICON.form(text[1:]) if text[0] == "=" else LEXICON.word(text)
            part = Translated(symbol, frozenset({symbol}), False)
        elif kind == "count":
            raise ValueError(f"{text} follows nothing in the pattern {self.pattern!r}")
        else:
            inner = self.choice()
            if not self.items:
                raise ValueError(f"a bracket is not closed in the pattern {self.pattern!r}")
            self.items.pop()
            if kind == "look":
                return Translated(f"{text}{inner.regex})", frozenset(), True)
            opening = f"(?P<{text}>" if kind == "group" else "(?:"
            part = Translated(f"{opening}{inner.regex})", inner.first, inner.empty)
        if self.items and self.items[-1][0] == "count":
            count = self.items.pop()[1]
            part = Translated(part.regex + count, part.first, part.empty or count == "?" or count[1] == "0")
        return part


def translated(pattern: str) -> Translated:
    """The pattern over symbols. Raises ValueError for a character or a name that means nothing."""
    return _Reader(pattern).whole()


def translate(pattern: str) -> str:
    """The regular expression over symbols. Raises ValueError for a character or a name that means nothing."""
    return translated(pattern).regex


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
