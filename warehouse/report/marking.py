"""Quotations with what was found in them marked, and addresses that may be linked to. Articles are hostile input."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

LONGEST = 700  # characters of a sentence that are quoted; more is cut away around the trigger
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# None of these stands in an address (RFC 3986); the last are invisible, or turn around what stands after them.
_UNFIT = re.compile(r"[\s\x00-\x20\x7f-\xa0\\<>\"`{}|^\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quotation; the whole is its pieces joined."""

    text: str
    marked: bool


def printable(text: str) -> str:
    """The text with control characters, which HTML cannot hold, as U+FFFD; as long as before."""
    return _CONTROL.sub("�", text)


def pieces(sentence: str, marks: Sequence[tuple[int, int]]) -> list[Piece]:
    """The sentence cut where marks begin and end; marks are half-open, in code points of the sentence.

    Marks that overlap become one. A sentence longer than LONGEST is cut to that around its first mark. Raises
    ValueError where a mark does not lie in the sentence.
    """
    found: list[Piece] = []
    position = first = 0
    last = len(sentence)
    if last > LONGEST and marks:
        first = max(0, min(marks)[0] - LONGEST // 2)
        last = first + LONGEST
    for start, end in sorted(marks):
        if not 0 <= start < end <= len(sentence):
            raise ValueError(f"a mark from {start} to {end} does not lie in a sentence of {len(sentence)} characters")
        found.append(Piece(sentence[max(position, first) : min(start, last)], False))
        found.append(Piece(sentence[max(position, start, first) : min(end, last)], True))
        position = max(position, end)
    found.append(Piece(sentence[max(position, first) : last], False))
    if first:
        found.insert(0, Piece("… ", False))
    if last < len(sentence):
        found.append(Piece(" …", False))
    return [Piece(printable(piece.text), piece.marked) for piece in found if piece.text]


def host(url: str | None) -> str | None:
    """The host to which a link may lead; None where the address is none of http or https, or hides where it leads."""
    if not url or _UNFIT.search(url):
        return None
    try:
        parts = urlsplit(url)
        name = parts.hostname
        _ = parts.port  # raises where it is none
    except ValueError:
        return None
    if parts.scheme.casefold() not in ("http", "https") or not name or parts.username is not None:
        return None
    return name
