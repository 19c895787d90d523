"""How parses are kept: packed into bytes, read back as plain columns of words, each spaCy Doc made when asked for.

Most of what is read of a parse is read off the columns, which cost a tenth of a Doc. Parsing is the business of
`language`, what a parse means that of `events` and `actors`.
"""

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from spacy.tokens import Doc
from spacy.vocab import Vocab

LAYOUT = "columns-1"  # of the bytes; another layout wants another name
# What the rules read of a token: strings, then numbers. Vectors are not kept: they are most of the size and no rule
# looks at them.
STRINGS: list[int | str] = ["ORTH", "TAG", "POS", "LEMMA", "DEP", "ENT_TYPE"]
KEPT: list[int | str] = [*STRINGS, "HEAD", "ENT_IOB", "SPACY"]
INSIDE, BEGIN = 1, 3  # spaCy's ENT_IOB
_INT = np.dtype("<i4")


@dataclass(frozen=True, slots=True)
class Columns:
    """A parsed sentence by column, a value per token; `heads` are offsets from the token itself."""

    words: list[str]
    tags: list[str]
    lemmas: list[str]
    deps: list[str]
    labels: list[str]  # of spaCy's named entities
    heads: list[int]
    iob: list[int]  # spaCy's ENT_IOB
    spaces: list[int]  # whether a blank follows

    def text(self, start: int = 0, end: int | None = None) -> str:
        """The tokens as they read in the article; all of them without limits."""
        words, spaces = self.words[start:end], self.spaces[start:end]
        found = "".join([word + " " if space else word for word, space in zip(words, spaces, strict=True)])
        return found[:-1] if spaces and spaces[-1] else found

    def entities(self) -> list[tuple[int, int, str]]:
        """Start, end and label of spaCy's named entities, in token offsets."""
        found = []
        for start in [i for i, mark in enumerate(self.iob) if mark == BEGIN]:
            end = start + 1
            while end < len(self.iob) and self.iob[end] == INSIDE:
                end += 1
            found.append((start, end, self.labels[end - 1]))
        return found


def _read(doc: Doc) -> tuple[list[list[str]], list[list[int]]]:
    """What is kept of a parse: rows of strings, rows of numbers."""
    table = doc.to_array(KEPT).T
    names = doc.vocab.strings
    strings = [[names[i] if i else "" for i in row] for row in table[: len(STRINGS)].tolist()]
    return strings, table[len(STRINGS) :].astype(_INT).tolist()


def pack(docs: Sequence[Doc]) -> bytes:
    """The parses as bytes: a head in JSON with the strings and the lengths, then a table of numbers, row by row."""
    places: dict[str, int] = {}
    tables = []
    for doc in docs:
        strings, numbers = _read(doc)
        tables.append([[places.setdefault(one, len(places)) for one in row] for row in strings] + numbers)
    head = json.dumps({"strings": list(places), "lengths": [len(doc) for doc in docs]}, ensure_ascii=False)
    return zlib.compress(head.encode() + b"\n" + np.hstack([np.array(one, _INT) for one in tables]).tobytes())


class Parses(Sequence[Doc]):
    """The parses of one text, a Doc per sentence, restored when it is first asked for; `columns` cost nothing more."""

    def __init__(self, packed: bytes | None, vocab: Vocab) -> None:
        self._vocab = vocab
        self._docs: dict[int, Doc] = {}
        self._strings: list[str] = []
        self._numbers: np.ndarray[tuple[int, int], np.dtype[np.uint64]] | None = None  # as spaCy knows the strings
        self._starts = [0]
        self._table = np.zeros((len(KEPT), 0), _INT)
        if packed is not None:
            head, _, body = zlib.decompress(packed).partition(b"\n")
            told = json.loads(head)
            self._strings = told["strings"]
            for length in told["lengths"]:
                self._starts.append(self._starts[-1] + length)
            self._table = np.frombuffer(body, _INT).reshape(len(KEPT), -1)
        self.columns = list(self._columns())

    def _columns(self) -> Iterator[Columns]:
        strings = self._strings
        orth, tag, _, lemma, dep, label, heads, iob, spaces = self._table.tolist()
        words, tags, lemmas, deps, labels = ([strings[i] for i in column] for column in (orth, tag, lemma, dep, label))
        for a, b in zip(self._starts, self._starts[1:], strict=False):
            yield Columns(words[a:b], tags[a:b], lemmas[a:b], deps[a:b], labels[a:b], heads[a:b], iob[a:b], spaces[a:b])

    def __len__(self) -> int:
        return len(self.columns)

    @overload
    def __getitem__(self, index: int) -> Doc: ...
    @overload
    def __getitem__(self, index: slice) -> list[Doc]: ...
    def __getitem__(self, index: int | slice) -> Doc | list[Doc]:
        if isinstance(index, slice):
            return [self[i] for i in range(len(self))[index]]
        index = range(len(self))[index]
        if index not in self._docs:
            self._docs[index] = self._restored(index)
        return self._docs[index]

    def put(self, index: int, doc: Doc) -> None:
        """Puts another parse in the place of one."""
        self._docs[index] = doc
        self.columns[index] = columns_of(doc)

    def _restored(self, index: int) -> Doc:
        if self._numbers is None:
            add = self._vocab.strings.add
            ids = np.array([add(string) if string else 0 for string in self._strings], np.uint64)
            numbers = self._table[len(STRINGS) : -1].astype(np.uint64)
            self._numbers = np.vstack([ids[self._table[: len(STRINGS)]], numbers])
        own: Any = self._numbers[:, self._starts[index] : self._starts[index + 1]].T
        words = own[:, 0].tolist()  # as numbers, which spaCy takes, too
        spaces = [bool(i) for i in self.columns[index].spaces]
        return Doc(self._vocab, words=words, spaces=spaces).from_array(KEPT[:-1], own)


def columns_of(doc: Doc) -> Columns:
    """A parse by column."""
    (words, tags, _, lemmas, deps, labels), (heads, iob, spaces) = _read(doc)
    return Columns(words, tags, lemmas, deps, labels, heads, iob, spaces)
