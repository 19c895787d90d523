"""Finds the phrases of a reference table in a text, all of them in one pass. What they mean belongs to their tables.

A phrase with a capital letter stands as it is written, one without in any case; `*` at a word's end stands for any
ending. Accents do not count on either side.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import itemgetter

from transforms.dates.lexicon import Tokens

_KEPT = 100_000  # words of texts whose phrases are remembered
_SHORTEST = 2  # letters that must stand before a `*`, so that it does not begin at every word


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """The word without accents: Erdoğan → Erdogan. The dotless ı and the like, which have no accent, become plain."""
    if word.isascii():
        return word
    plain = unicodedata.normalize("NFKD", word.translate(_PLAIN))
    return "".join(c for c in plain if not unicodedata.combining(c)) or word


_PLAIN = str.maketrans({"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ß": "ss", "’": "'", "‘": "'"})


class _Branch[K]:
    """What may follow the first words of some phrases, as a branch of a tree: one step leads from word to word."""

    __slots__ = ("any_case", "as_written", "ending", "stems")

    def __init__(self) -> None:
        self.ending: list[tuple[int, K]] = []  # number and key of the phrases that are complete here
        self.as_written: dict[str, _Branch[K]] = {}
        self.any_case: dict[str, _Branch[K]] = {}
        self.stems: dict[tuple[str, bool], _Branch[K]] = {}  # stem, and whether capitals count

    def grown(self, wanted: str, cased: bool) -> "_Branch[K]":
        """The branch behind a word of a phrase, made where it is new."""
        if wanted.endswith("*"):
            return self.stems.setdefault((wanted[:-1], cased), _Branch())
        return (self.as_written if cased else self.any_case).setdefault(wanted, _Branch())

    def after(self, word: str, lower: str) -> "list[_Branch[K]]":
        """The branches behind a word of a text."""
        exact = (self.as_written.get(word), self.any_case.get(lower))
        stems = self.stems.items()
        fitting = [branch for (stem, cased), branch in stems if (word if cased else lower).startswith(stem)]
        return [branch for branch in exact if branch is not None] + fitting


class _Beginning[K](dict[str, list[_Branch[K]]]):
    """The branches with which a word begins, looked up on first sight; rare words are not kept without end."""

    def __init__(self, root: _Branch[K]) -> None:
        self._root = root

    def __missing__(self, word: str) -> list[_Branch[K]]:
        found = self._root.after(word, word.lower())
        if len(self) < _KEPT:
            self[word] = found
        return found


class Phrases[K]:
    """Phrases with a key each. Raises ValueError for a phrase without a word or with a `*` after too few letters."""

    def __init__(self, phrases: Iterable[tuple[K, str]]) -> None:
        root = _Branch[K]()
        for number, (key, phrase) in enumerate(phrases):
            words, cased = _words_of(phrase), any(c.isupper() for c in phrase)
            if not words:
                raise ValueError(f"an empty phrase for {key}")
            if words[0].endswith("*") and len(words[0]) <= _SHORTEST:
                raise ValueError(f"{phrase!r}: at least {_SHORTEST} letters must stand before the *")
            branch = root
            for word in words:
                branch = branch.grown(word if cased else word.lower(), cased)
            branch.ending.append((number, key))
        self._beginning = _Beginning(root)

    def find(self, words: list[str]) -> Iterator[tuple[K, int, int]]:
        """Key, first word and word after the last of every phrase among the folded words of a text, by first word; of
        those that begin with one word, by their order in the table."""
        for at, branches in enumerate(map(self._beginning.__getitem__, words)):
            if branches:
                for _, end, key in sorted(_complete(branches, words, at + 1), key=_NUMBER):
                    yield key, at, end


_NUMBER = itemgetter(0)


def _complete[K](branches: Iterable[_Branch[K]], words: list[str], end: int) -> Iterator[tuple[int, int, K]]:
    """Number, word after the last and key of the phrases that are found, from the branches before a word on."""
    for branch in branches:
        yield from ((number, end, key) for number, key in branch.ending)
        if end < len(words) and (branch.as_written or branch.any_case or branch.stems):
            yield from _complete(branch.after(words[end], words[end].lower()), words, end + 1)


def _words_of(phrase: str) -> list[str]:
    """The folded words of a phrase, a `*` with the word before it."""
    tokens = Tokens(folded(phrase))
    words: list[str] = []
    for index in range(len(tokens)):
        if tokens.form(index) == "*" and words:
            words[-1] += "*"
        else:
            words.append(tokens.form(index))
    return words
