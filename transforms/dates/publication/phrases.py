"""Finds the phrases of a reference table in a text, all of them in one pass. What they mean belongs to their tables.

A phrase with a capital letter stands as it is written, one without in any case; `*` at a word's end stands for any
ending. Accents do not count on either side.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

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


type _Phrase[K] = tuple[K, tuple[str, ...], bool]  # key, words, whether capitals count


class Phrases[K]:
    """Phrases with a key each. Raises ValueError for a phrase without a word or with a `*` after too few letters."""

    def __init__(self, phrases: Iterable[tuple[K, str]]) -> None:
        self._by_word: dict[str, list[_Phrase[K]]] = defaultdict(list)
        self._by_stem: dict[str, list[_Phrase[K]]] = defaultdict(list)
        self._beginning: dict[str, list[_Phrase[K]]] = {}
        for key, phrase in phrases:
            self._add(key, phrase)
        self._stem_lengths = sorted({len(stem) for stem in self._by_stem})

    def _add(self, key: K, phrase: str) -> None:
        words: list[str] = []
        tokens = Tokens(folded(phrase))
        for index in range(len(tokens)):
            word = tokens.form(index)
            if word == "*" and words:
                words[-1] += "*"
            else:
                words.append(word)
        if not words:
            raise ValueError(f"an empty phrase for {key}")
        cased = any(c.isupper() for c in phrase)
        first = words[0].lower()
        if first.endswith("*"):
            if len(first) <= _SHORTEST:
                raise ValueError(f"{phrase!r}: at least {_SHORTEST} letters must stand before the *")
            self._by_stem[first[:-1]].append((key, tuple(words), cased))
        else:
            self._by_word[first].append((key, tuple(words), cased))

    def find(self, words: list[str]) -> Iterator[tuple[K, int, int]]:
        """Key, first word and word after the last of every phrase among the folded words of a text."""
        for at, word in enumerate(words):
            candidates = self._beginning.get(word)
            if candidates is None:
                candidates = self._look_up(word)
            for key, rest, cased in candidates:
                end = at + 1
                for wanted in rest:
                    if end == len(words) or not _fits(words[end], wanted, cased):
                        break
                    end += 1
                else:
                    yield key, at, end

    def _look_up(self, word: str) -> list[_Phrase[K]]:
        """The phrases whose first word a word fits, each without it; kept, but for rare words without end."""
        lower = word.lower()
        found = list(self._by_word.get(lower, ()))
        for length in self._stem_lengths:
            found += self._by_stem.get(lower[:length], ()) if length <= len(lower) else ()
        fitting = [(key, words[1:], cased) for key, words, cased in found if _fits(word, words[0], cased)]
        if len(self._beginning) < _KEPT:
            self._beginning[word] = fitting
        return fitting


def _fits(written: str, wanted: str, cased: bool) -> bool:
    if not cased:
        written, wanted = written.lower(), wanted.lower()
    return written.startswith(wanted[:-1]) if wanted.endswith("*") else written == wanted
