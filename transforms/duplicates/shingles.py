"""How alike two texts are, word by word: shingles, their Jaccard index, and what is no copy in spite of it.

Finding the texts worth comparing (`signature`) and putting copies together (`clusters`) do not belong here.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from transforms.folding import folded_words
from transforms.hashes import Hashes, rolled
from transforms.records import CleanText, LabelledText
from transforms.vocabulary import LineKind

WORDS = 5  # of a shingle: a quotation that two reporters share is a few shingles, a copied paragraph many
SAME = 0.5  # Jaccard index from which on two texts are copies
# A shorter text is a copy only of an equal one: three changed words of a template ("Shares in … rose … to …") make
# another story of it, and below about 50 words they alone bring a copy under SAME; so there is nothing to tell by.
SHORTEST = 50  # words
# A copy keeps its figures, another filling of a template (weather, markets, results) changes them.
FEWEST_FIGURES = 3  # different ones, from which on they count
KEPT_FIGURES = 0.5  # share of the figures of the text that has fewer
_MOST_KEPT = 200_000  # words whose hashes are remembered


@dataclass(frozen=True, eq=False)
class Fingerprint:
    """What comparing needs of a text; sorted arrays without repeats."""

    shingles: Hashes
    figures: Hashes
    words: int


class _WordHashes(dict[str, int]):
    """64 bits of BLAKE2b of each word, kept for the next time: words come again and again."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        self[word] = number = int.from_bytes(found, "little")
        return number


_hash = _WordHashes().__getitem__


def content(clean: CleanText | LabelledText) -> str:
    """What is compared of an article: its lines of content. Boilerplate would make one of all that a site prints."""
    return "\n".join(clean.text[line.start : line.end] for line in clean.lines if line.kind is LineKind.CONTENT)


def runs(words: Sequence[str]) -> Hashes:
    """64-bit hashes of every run of WORDS words, in order; one of all words where there are fewer."""
    if not words:
        return np.zeros(0, np.uint64)
    hashes = np.fromiter(map(_hash, words), np.uint64, len(words))
    return rolled(np.lib.stride_tricks.sliding_window_view(hashes, min(WORDS, len(words))))


def shingles(words: Sequence[str]) -> Hashes:
    """The different hashes of `runs`, sorted."""
    return np.unique(runs(words))


def fingerprint(text: str) -> Fingerprint:
    """What comparing needs of the text of an article."""
    words = folded_words(text)
    figures = {_hash(word) for word in set(words) if word.isdecimal()}
    return Fingerprint(shingles(words), np.array(sorted(figures), np.uint64), len(words))


def jaccard(a: Hashes, b: Hashes) -> float:
    """Share of all different values that stand in both; 1 where both are empty."""
    shared = _shared(a, b)
    total = len(a) + len(b) - shared
    return shared / total if total else 1.0


def _shared(a: Hashes, b: Hashes) -> int:
    return len(np.intersect1d(a, b, assume_unique=True))


def likeness(a: Fingerprint, b: Fingerprint) -> float:
    """How alike two texts that are not equal are, 0 to 1: the Jaccard index of their shingles.

    0 where it tells nothing: one is short, or the figures are others, as in two fillings of one template.
    """
    if min(a.words, b.words) < SHORTEST:
        return 0.0
    fewer = min(len(a.figures), len(b.figures))
    if fewer >= FEWEST_FIGURES and _shared(a.figures, b.figures) < KEPT_FIGURES * fewer:
        return 0.0
    return jaccard(a.shingles, b.shingles)
