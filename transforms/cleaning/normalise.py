"""Mends encoding damage and white space, and keeps the map from clean to raw offsets.

What a line *is* (boilerplate, caption) does not belong here, nor how bytes are decoded (`pipelines/sources`).
Quotation marks, dashes, ligatures and wide characters stay as they are.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from html.entities import html5
from typing import NamedTuple

import ftfy
from ftfy.badness import is_bad

from transforms.records import Segment

# Only mojibake is mended (https://ftfy.readthedocs.io/en/latest/config.html); everything else ftfy offers is off.
_MOJIBAKE_ONLY = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    remove_control_chars=False,
    normalization="NFC",
    max_decode_length=100_000,
    explain=False,
)
_MENDING_ROUNDS = 8  # mojibake of mojibake of …; two rounds are the most that real text has shown

# U+0085 is no line end here: it is the ellipsis of Windows-1252 read as Latin-1, and ftfy mends it.
# A character written as HTML, left over by a feed or an export that escaped twice; with its semicolon, so that
# "R&D" and an address with "&copy=1" stay.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LINE = re.compile(r"([^\n\r\v\f\u2028\u2029]*)(\r\n|[\n\r\v\f\u2028\u2029]|\Z)")
# A line that needs nothing: printable ASCII and the common typographic signs, blanks single and inside.
_SOUND = re.compile(r"[!-~‘’“”–—…é]++(?: [!-~‘’“”–—…é]++)*+\Z")
_UNDAMAGED = re.compile(r"[\t -~‘’“”–—…\xa0]*\Z")  # no two of these come of mojibake, whatever blanks are among them
# What ftfy mends besides mojibake: C1 controls, surrogates.
_STRAY = re.compile("[\x80-\x9f\ud800-\udfff]")
_BLANK = re.compile(r"\s")
# What stands between words of a raw line: blanks, or blanks written as entities.
_BETWEEN = re.compile(r"(?:\s|&(?:nbsp|#160|#xa0);)+", re.IGNORECASE)
# Controls, soft hyphen, zero-width space, marks of direction, byte order mark. The zero-width joiners stay: emoji.
_UNSEEN_SET = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_UNSEEN = re.compile(f"[{_UNSEEN_SET}]")
_GAP = re.compile(rf"[\s{_UNSEEN_SET}]{{2,}}|[{_UNSEEN_SET}]|\A\s|\s\Z")
_ODD_BLANK = re.compile(r"[^\S ]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Piece(NamedTuple):
    """A run of clean text made from raw[start:end]; it runs in step where both have one length."""

    text: str
    start: int
    end: int


def normalise(raw: str) -> tuple[str, list[Segment]]:
    """The clean text of `raw`, and the segments that cover it from its beginning to its end, in order.

    Line ends become "\\n", any run of blanks one blank; blanks at either end of a line, controls and unseen
    characters go; of several empty lines one stays, at the ends of the text none. A segment whose clean and raw
    lengths are equal runs in step, character by character; raw characters between segments are those left out.
    """
    pieces: list[_Piece] = []
    breaks: list[_Piece] = []  # line ends seen since the last line that holds anything
    for found in _LINE.finditer(raw):
        start, end = found.span(1)
        line = list(_clean_line(raw, start, end))
        if line:
            if pieces:
                pieces.extend(breaks[:2])
            pieces.extend(line)
            breaks = []
        if found.end(2) > found.start(2):
            breaks.append(_Piece("\n", found.start(2), found.end(2)))
    return "".join(piece.text for piece in pieces), _segments(pieces)


def _clean_line(raw: str, start: int, end: int) -> Iterator[_Piece]:
    line = raw[start:end]
    if not line:
        return
    escaped = "&" in line and _ENTITY.search(line) is not None
    if not escaped and _SOUND.match(line):
        yield _Piece(line, start, end)
        return
    plain = _plain(line)
    mended = plain if not escaped and _UNDAMAGED.match(line) else _mend(line)
    if mended == plain:
        yield from _in_step(line, start)
    else:
        yield from _word_by_word(line, start, mended)


def _plain(text: str) -> str:
    """One line with blanks and unseen characters put right, nothing else."""
    return " ".join(_SURROGATE.sub("\ufffd", _UNSEEN.sub("", text)).split())


def _mend(text: str) -> str:
    """`_plain`, with entities and mojibake mended and composed (NFC), again and again until nothing changes."""
    for _ in range(_MENDING_ROUNDS):
        unescaped = _ENTITY.sub(_unescaped, text) if "&" in text else text
        mended = _plain(unicodedata.normalize("NFC", _decoded(unescaped)))
        if mended == text:
            break
        text = mended
    return text


def _decoded(text: str) -> str:
    """The text without mojibake. Where ftfy's own test finds nothing, ftfy is not asked: it would look eight times."""
    return ftfy.fix_text(text, _MOJIBAKE_ONLY) if is_bad(text) or _STRAY.search(text) else text


def _unescaped(entity: re.Match[str]) -> str:
    """The character; a name that HTML does not know stays (`html.unescape` would take "&copyright;" for a ©)."""
    written = entity[0]
    return html.unescape(written) if written[1] == "#" else html5.get(written[1:], written)


def _in_step(line: str, offset: int) -> Iterator[_Piece]:
    """The pieces of a line in which only blanks and unseen characters change."""
    at = 0
    for gap in _GAP.finditer(line):
        yield from _seen(line, at, gap.start(), offset)
        at = gap.end()
        blank = _BLANK.search(line, gap.start(), gap.end())
        if blank and gap.start() > 0 and gap.end() < len(line):
            yield _Piece(" ", offset + blank.start(), offset + blank.end())
    yield from _seen(line, at, len(line), offset)


def _seen(line: str, start: int, end: int, offset: int) -> Iterator[_Piece]:
    if end > start:
        text = _ODD_BLANK.sub(" ", _SURROGATE.sub("\ufffd", line[start:end]))
        yield _Piece(text, offset + start, offset + end)


def _word_by_word(line: str, offset: int, mended: str) -> Iterator[_Piece]:
    """The pieces of a mended line: by words where it still has as many, else the line as one piece."""
    before = list(_words(line))
    after = mended.split(" ") if mended else []
    if len(before) != len(after):
        if mended:
            yield _Piece(mended, offset, offset + len(line))
        return
    for i, ((start, end), new) in enumerate(zip(before, after, strict=True)):
        if i:
            yield _Piece(" ", offset + start - 1, offset + start)
        yield _Piece(new, offset + start, offset + end)


def _words(line: str) -> Iterator[tuple[int, int]]:
    at = 0
    for gap in _BETWEEN.finditer(line):
        if gap.start() > at:
            yield at, gap.start()
        at = gap.end()
    if at < len(line):
        yield at, len(line)


def _segments(pieces: list[_Piece]) -> list[Segment]:
    segments: list[Segment] = []
    start = end = raw_start = raw_end = 0  # of the segment being built; empty at first
    for piece in pieces:
        length = len(piece.text)
        in_step = end - start == raw_end - raw_start and length == piece.end - piece.start
        if end > start and not (in_step and raw_end == piece.start):
            segments.append(Segment(start=start, end=end, raw_start=raw_start, raw_end=raw_end))
            start, raw_start = end, piece.start
        elif end == start:
            raw_start = piece.start
        end, raw_end = end + length, piece.end
    if end > start:
        segments.append(Segment(start=start, end=end, raw_start=raw_start, raw_end=raw_end))
    return segments
