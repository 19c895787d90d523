"""Lines that a source repeats from text to text: which lines may be such, and which are repeated often enough.

Pure counting: where the texts of a source come from belongs to `pipelines/repetition`, what becomes of a repeated line
to `lines`. A paragraph of background that many reports repeat is content: only a line that is short without an end, or
that addresses the reader, counts as furniture of the page.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np

from transforms.cleaning.features import addresses_reader, ends_sentence
from transforms.folding import folded_words
from transforms.hashes import Hashes, rolled
from transforms.identity import digest
from transforms.tally import Tally

# Chosen on 2,000 articles of the web with their outlets as sources (docs/cleaning.md): at 3 texts headings that two
# reports have in common by chance (names of prizes, of persons) are still among them.
LEAST_TEXTS = 4
LEAST_SHARE = 0.01  # of the source's texts: in a large source anything short comes up four times
_SHORT = 60  # characters of a line that ends no sentence
_LONG = 300  # of one that addresses the reader
_PARAGRAPH = 80  # characters; shorter lines do not tell a text from others

_OTHER_LINE_END = re.compile(r"[\r\v\f\u2028\u2029]")


def line_key(line: str) -> int:
    """A number for the line's letters and digits, whatever their case and what is between them; 63 bits of BLAKE2b."""
    folded = " ".join(folded_words(line))
    return int.from_bytes(hashlib.blake2b(folded.encode("utf-8", "replace"), digest_size=8).digest()) >> 1


def may_be_furniture(line: str) -> bool:
    """Whether a line has the features of page furniture: short and ending no sentence, or addressed to the reader."""
    if not any(map(str.isalpha, line)):
        return False
    if len(line) <= _SHORT and not ends_sentence(line):
        return True
    return len(line) <= _LONG and addresses_reader(line)


def candidates(raw: str) -> set[int]:
    """Keys of the lines of a raw text that may be furniture."""
    return {line_key(line) for line in _lines(raw) if may_be_furniture(line)}


def sketch(raw: str) -> int:
    """A number that copies of a text mostly share: the least key among its paragraphs, or lines where it has none.

    Two texts share it as often as they share paragraphs (A. Broder, "On the resemblance and containment of documents",
    1997, with a sketch of one); so an update of a report rarely counts as another text.
    """
    lines = [line for line in _lines(raw) if len(line) >= _PARAGRAPH] or list(_lines(raw))
    return min(map(line_key, lines), default=0)


class Counted:
    """In how many texts of its source each line stood, of all texts that were counted in; copies count once."""

    def __init__(self) -> None:
        self._holders, self._texts = Tally(), Tally()

    def count(self, source: str, seen: Iterable[tuple[int, Sequence[int]]]) -> None:
        """Counts in texts of a source: of each its sketch (`sketch`) and its lines that may be furniture."""
        told = list(seen)
        sketches = np.array([sketch for sketch, _ in told], np.uint64)
        lines = np.array([line for _, own in told for line in own], np.uint64)
        self._texts.add(_keys(source, np.zeros_like(sketches)), sketches)
        self._holders.add(_keys(source, lines), np.repeat(sketches, [len(own) for _, own in told]))

    def repeated(self, source: str, lines: Collection[int]) -> set[int]:
        """Those of the lines that enough texts of the source hold."""
        asked = np.array(sorted(lines), np.uint64)
        texts = int(self._texts.counts(_keys(source, np.zeros(1, np.uint64)))[0])
        often = self._holders.counts(_keys(source, asked)) >= max(LEAST_TEXTS, LEAST_SHARE * texts)
        return set(asked[often].tolist())


def _keys(source: str, lines: Hashes) -> Hashes:
    return rolled(np.column_stack([np.full_like(lines, int(digest("source", source)[:16], 16)), lines]))


def _lines(raw: str) -> Iterator[str]:
    return filter(None, map(str.strip, _OTHER_LINE_END.sub("\n", raw).split("\n")))
