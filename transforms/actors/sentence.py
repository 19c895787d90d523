"""A parsed sentence as plain lists, which rules read many times as fast as spaCy's objects. No rule belongs here."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from transforms.parses import Columns
from transforms.places import fold

_PARTS = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\.?(?=\W|_|$)|[^\W_]+|\+")


def parts_of(text: str) -> list[str]:
    """The pieces of a name that must agree: words without accents, hyphens, apostrophes; "U.S.-led" is U.S. and led.

    Capitals are kept. A full stop stays within an abbreviation and is dropped at its end: "U.S." is "U.S".
    """
    plain = text if text.isascii() else _plain(text)
    return [part.rstrip(".") for part in _PARTS.findall(plain)]


@lru_cache(maxsize=10_000)
def _parts(word: str) -> tuple[str, ...]:
    return tuple(parts_of(word))


def _plain(text: str) -> str:
    return "".join(_plain_character(c) for c in text)


def _plain_character(character: str) -> str:
    if character.isascii():
        return character
    folded = fold(character)
    return folded.upper() if character.isupper() else folded


@dataclass(slots=True)
class Sentence:
    """Words of a sentence with their grammar, by token; `heads` are token offsets, the root is its own head."""

    index: int
    words: list[str]
    lower: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    lemmas: list[str]
    entities: list[tuple[int, int, str]]  # start, end, label of spaCy's named entities
    spaces: list[bool]  # whether a blank follows
    entity_of: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)  # the pieces of all tokens in a row
    part_token: list[int] = field(default_factory=list)  # the token of each piece

    def __len__(self) -> int:
        return len(self.words)

    def text(self, start: int, end: int) -> str:
        """The tokens as they read, with the blanks of the article."""
        if end - start == 1:
            return self.words[start]
        pieces: list[str] = []
        for i in range(start, end):
            pieces.append(self.words[i])
            if self.spaces[i] and i + 1 < end:
                pieces.append(" ")
        return "".join(pieces)

    def root_of(self, start: int, end: int) -> int:
        """The token of the stretch whose head lies outside it (the last one, where several do)."""
        found = end - 1
        for i in range(end - 1, start - 1, -1):
            head = self.heads[i]
            if not start <= head < end or head == i:
                if self.deps[i] != "punct":
                    return i
                found = i
        return found


def read(index: int, columns: Columns) -> Sentence:
    """The sentence's words and grammar out of the columns of its parse."""
    words = columns.words
    sentence = Sentence(
        index=index,
        words=words,
        lower=[w.lower() for w in words],
        tags=columns.tags,
        deps=columns.deps,
        heads=[i + offset for i, offset in enumerate(columns.heads)],
        lemmas=columns.lemmas,
        entities=columns.entities(),
        spaces=[bool(i) for i in columns.spaces],
        entity_of=columns.labels,
    )
    for i, word in enumerate(words):
        if word.isalpha() and word.isascii():
            sentence.parts.append(word)
            sentence.part_token.append(i)
        else:
            for part in _parts(word):
                sentence.parts.append(part)
                sentence.part_token.append(i)
    return sentence
