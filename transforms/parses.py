"""How parses are kept: packed into bytes, read back as plain columns of words, each spaCy Doc made when asked for.

Most of what is read of a parse is read off the columns, which cost a tenth of a Doc. Parsing is the business of
`language`, what a parse means that of `events` and `actors`.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, Self, overload

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
type Numbers = np.ndarray[tuple[int], np.dtype[np.int32]]
type Table = np.ndarray[tuple[int, int], np.dtype[np.int32]]


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


class Packed:
    """Parses as they are kept, opened: strings, and a table of numbers whose columns are the tokens."""

    def __init__(self, strings: list[str], lengths: Iterable[int], table: Table) -> None:
        self.strings = strings
        self.starts = [0, *accumulate(lengths)]  # of the sentences; the last one is the end
        self.table = table  # a row for each of KEPT; those of STRINGS hold places in `strings`

    @classmethod
    def opened(cls, packed: bytes) -> Self:
        """What `pack` or `joined` made."""
        head, _, body = zlib.decompress(packed).partition(b"\n")
        told = json.loads(head)
        return cls(told["strings"], told["lengths"], np.frombuffer(body, _INT).reshape(len(KEPT), -1))

    @classmethod
    def of(cls, docs: Iterable[Doc]) -> Self:
        """What is kept of some parses, one or more."""
        places: dict[int, int] = {}  # of spaCy's hash of a string, which is the same in each vocabulary
        strings: list[str] = []
        tables: list[Table] = []
        for doc in docs:
            read = doc.to_array(KEPT).T
            hashes, inverse = np.unique(read[: len(STRINGS)], return_inverse=True)
            known = hashes.tolist()
            for one in known:
                if one not in places:
                    places[one] = len(strings)
                    strings.append(doc.vocab.strings[one] if one else "")
            own = np.array([places[one] for one in known], _INT)[inverse].reshape(len(STRINGS), -1)
            tables.append(np.vstack([own, read[len(STRINGS) :].astype(_INT)]))
        return cls(strings, [table.shape[1] for table in tables], np.hstack(tables))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def texts(self) -> list[str]:
        """The sentences as they read in the article."""
        words, spaces = (self.table[KEPT.index(name)].tolist() for name in ("ORTH", "SPACY"))
        told = [self.strings[word] + " " * space for word, space in zip(words, spaces, strict=True)]
        return ["".join(told[a:b]).removesuffix(" ") for a, b in pairwise(self.starts)]

    def words(self, index: int) -> int:
        """Of how many tokens a sentence consists."""
        return self.starts[index + 1] - self.starts[index]

    def sentence(self, index: int) -> Table:
        """The part of the table that holds a sentence."""
        return self.table[:, self.starts[index] : self.starts[index + 1]]


def _read(doc: Doc) -> tuple[list[list[str]], list[list[int]]]:
    """What is kept of a parse: rows of strings, rows of numbers."""
    table = doc.to_array(KEPT).T
    names = doc.vocab.strings
    strings = [[names[i] if i else "" for i in row] for row in table[: len(STRINGS)].tolist()]
    return strings, table[len(STRINGS) :].astype(_INT).tolist()


def pack(docs: Iterable[Doc]) -> bytes:
    """The parses as bytes: a head in JSON with the strings and the lengths, then a table of numbers, row by row."""
    packed = Packed.of(docs)
    return joined([(packed, at) for at in range(len(packed))])


def joined(sentences: Sequence[tuple[Packed, int]]) -> bytes:
    """Sentences of one or several places, each given with its index there, as `pack` packs their Docs."""
    places: dict[str, int] = {}
    ours: dict[int, Numbers] = {}  # of the strings of each place, by its identity
    tables = []
    for packed, index in sentences:
        if id(packed) not in ours:
            ours[id(packed)] = np.array([places.setdefault(one, len(places)) for one in packed.strings], _INT)
        own = packed.sentence(index)
        tables.append(np.vstack([ours[id(packed)][own[: len(STRINGS)]], own[len(STRINGS) :]]))
    # The strings that are used, in the order in which they are read, sentence by sentence.
    used, first = np.unique(np.concatenate([one[: len(STRINGS)].ravel() for one in tables]), return_index=True)
    used = used[np.argsort(first)]
    renumbered = np.zeros(len(places), _INT)
    renumbered[used] = np.arange(len(used))
    table = np.hstack(tables)
    table[: len(STRINGS)] = renumbered[table[: len(STRINGS)]]
    strings = list(places)
    told = {"strings": [strings[i] for i in used.tolist()], "lengths": [one.shape[1] for one in tables]}
    return zlib.compress(json.dumps(told, ensure_ascii=False).encode() + b"\n" + table.tobytes())


class Parses(Sequence[Doc]):
    """The parses of one text, a Doc per sentence, restored when it is first asked for; `columns` cost nothing more."""

    def __init__(self, packed: bytes | None, vocab: Vocab) -> None:
        self._vocab = vocab
        self._docs: dict[int, Doc] = {}
        self._packed = Packed.opened(packed) if packed is not None else None
        self._numbers: np.ndarray[tuple[int, int], np.dtype[np.uint64]] | None = None  # as spaCy knows the strings
        self.columns = list(self._columns())

    def _columns(self) -> Iterator[Columns]:
        if self._packed is None:
            return
        strings = self._packed.strings
        orth, tag, _, lemma, dep, label, heads, iob, spaces = self._packed.table.tolist()
        words, tags, lemmas, deps, labels = ([strings[i] for i in column] for column in (orth, tag, lemma, dep, label))
        for a, b in pairwise(self._packed.starts):
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
        packed = self._packed
        assert packed is not None
        if self._numbers is None:
            add = self._vocab.strings.add
            ids = np.array([add(string) if string else 0 for string in packed.strings], np.uint64)
            numbers = packed.table[len(STRINGS) : -1].astype(np.uint64)
            self._numbers = np.vstack([ids[packed.table[: len(STRINGS)]], numbers])
        own: Any = self._numbers[:, packed.starts[index] : packed.starts[index + 1]].T
        words = own[:, 0].tolist()  # as numbers, which spaCy takes, too
        spaces = [bool(i) for i in self.columns[index].spaces]
        return Doc(self._vocab, words=words, spaces=spaces).from_array(KEPT[:-1], own)


def columns_of(doc: Doc) -> Columns:
    """A parse by column."""
    (words, tags, _, lemmas, deps, labels), (heads, iob, spaces) = _read(doc)
    return Columns(words, tags, lemmas, deps, labels, heads, iob, spaces)
