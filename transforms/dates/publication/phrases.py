"""Finds the phrases of a reference table in a text, all of them in one pass. What they mean belongs to their tables.

A phrase with a capital letter stands as it is written, one without in any case; `*` at a word's end stands for any
ending. Accents do not count on either side.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

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


@dataclass(frozen=True, slots=True)
class _Phrase[K]:
    """A phrase as it is looked for: its words, small where capitals do not count, and which of them is looked up."""

    key: K
    words: list[str]
    cased: bool
    open: bool  # does one of the words end in a `*`?
    looked_up: int

    @property
    def probe(self) -> int:
        """The longest word but the one looked up: what is compared first, as it seldom stands there by chance."""
        return max((at for at in range(len(self.words)) if at != self.looked_up), key=lambda at: len(self.words[at]))

    def stands(self, found: list[str]) -> bool:
        """Are these words of a text, small where capitals do not count, the phrase?"""
        return found == self.words or (self.open and all(map(_fits, found, self.words)))


def _fits(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


# Keys of the phrases that are this one word, and longer phrases that hold it, each with how far its probe stands from
# the word and what the probe is (None: a beginning only); None for most words.
type _Found[K] = tuple[list[K], list[tuple[_Phrase[K], int, str | None]]] | None


class _Holding[K](dict[str, _Found[K]]):
    """Word of a text → the phrases that are looked up by it; kept from first sight, but for rare words without end."""

    def __init__(self) -> None:
        self.by_word: dict[str, list[_Phrase[K]]] = defaultdict(list)
        self.by_stem: dict[str, list[_Phrase[K]]] = defaultdict(list)

    def __missing__(self, word: str) -> _Found[K]:
        lower = word.lower()
        possible = list(self.by_word.get(lower, ()))
        for length in self._stem_lengths:
            possible += self.by_stem.get(lower[:length], ()) if length <= len(lower) else ()
        fitting = [one for one in possible if _fits(word if one.cased else lower, one.words[one.looked_up])]
        whole = [one.key for one in fitting if len(one.words) == 1]
        longer = [
            (one, one.probe - one.looked_up, None if one.open else one.words[one.probe])
            for one in fitting
            if len(one.words) > 1
        ]
        found = (whole, longer) if fitting else None
        if len(self) < _KEPT:
            self[word] = found
        return found

    @cached_property
    def _stem_lengths(self) -> list[int]:
        return sorted({len(stem) for stem in self.by_stem})


class Phrases[K]:
    """Phrases with a key each. Raises ValueError for a phrase without a word or with a `*` after too few letters."""

    def __init__(self, phrases: Iterable[tuple[K, str]]) -> None:
        self._holding = _Holding[K]()
        for key, phrase in phrases:
            self._add(key, phrase)

    def _add(self, key: K, phrase: str) -> None:
        words: list[str] = []
        cased = any(c.isupper() for c in phrase)
        tokens = Tokens(folded(phrase))
        for form in tokens.forms[: len(tokens)]:
            word = form if cased else form.lower()
            if word == "*" and words:
                words[-1] += "*"
            else:
                words.append(word)
        if not words:
            raise ValueError(f"an empty phrase for {key}")
        looked_up = words.index(max(words, key=len))  # the longest word is the rarest
        word = words[looked_up].lower()
        if word.endswith("*") and len(word) <= _SHORTEST:
            raise ValueError(f"{phrase!r}: at least {_SHORTEST} letters must stand before the *")
        open_ended = any(word.endswith("*") for word in words)
        found = _Phrase(key, words, cased, open_ended, looked_up)
        if word.endswith("*"):
            self._holding.by_stem[word[:-1]].append(found)
        else:
            self._holding.by_word[word].append(found)

    def find(self, words: list[str]) -> Iterator[tuple[K, int, int]]:
        """Key, first word and word after the last of every phrase among the folded words of a text, those of each
        phrase in order."""
        size = len(words)
        small: list[str] = []  # the words in lower case, once they are needed
        for at, holding in enumerate(map(self._holding.__getitem__, words)):
            if holding is None:
                continue
            for key in holding[0]:
                yield key, at, at + 1
            for phrase, away, probe in holding[1]:
                first = at - phrase.looked_up
                last = first + len(phrase.words)
                if first < 0 or last > size:
                    continue
                if not phrase.cased and not small:
                    small = [word.lower() for word in words]
                text = words if phrase.cased else small
                if (probe is None or text[at + away] == probe) and phrase.stands(text[first:last]):
                    yield phrase.key, first, last
