"""From bytes to text: which encoding, and what is no text at all. Mending mojibake belongs to `transforms/cleaning`.

UTF-8 is expected, with or without a byte order mark; UTF-16 and UTF-32 only with one. Anything else that can pass for
Windows-1252 (of which Latin-1 is a part) is read as that and marked; the rest is refused.
"""

import codecs
import re
from dataclasses import dataclass

_UNPACK, _SAVE, _OTHER = "unpack it", "give its text, or save it as a web page", "give files that hold text"
# By the first bytes: what it is, and what to do.
_BINARY_KINDS = {
    b"\x1f\x8b": ("gzip", _UNPACK),
    b"BZh": ("bzip2", _UNPACK),
    b"\xfd7zXZ\x00": ("xz", _UNPACK),
    b"\x28\xb5\x2f\xfd": ("zstd", _UNPACK),
    b"PK\x03\x04": ("zip (perhaps a word processor's file)", _UNPACK),
    b"7z\xbc\xaf\x27\x1c": ("7z", _UNPACK),
    b"Rar!\x1a\x07": ("RAR", _UNPACK),
    b"%PDF-": ("PDF", _SAVE),
    b"\xd0\xcf\x11\xe0": ("Microsoft Office", _SAVE),
    b"{\\rtf": ("RTF", _SAVE),
    b"\x89PNG": ("PNG image", _OTHER),
    b"\xff\xd8\xff": ("JPEG image", _OTHER),
    b"GIF8": ("GIF image", _OTHER),
    b"II*\x00": ("TIFF image", _OTHER),
    b"MM\x00*": ("TIFF image", _OTHER),
    b"RIFF": ("sound, film or WebP image", _OTHER),
    b"ID3": ("sound", _OTHER),
    b"PAR1": ("Parquet", "give it as a file of its own"),
    b"SQLite format 3": ("SQLite", "export its table as CSV or Parquet"),
}
# Longer marks first: that of UTF-16 begins that of UTF-32.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(code for code in [*range(0x20), 0x7F] if code not in b"\t\n\v\f\r\x1b")
_MOST_CONTROLS = 0.01  # share of control characters above which data are binary
# Western European text has about one accented letter in twenty; a text in another script would be nearly all of them.
_MOST_BEYOND_ASCII = 0.25
_MOST_DAMAGED = 0.01  # share of characters that may be lost before UTF-8 is refused
_UNSOUND = re.compile("[\x00\ud800-\udfff]")


class NotTextError(ValueError):
    """The bytes are no text that can be read; the message says what they are and what to do."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and how its bytes were read where they were not sound UTF-8."""

    text: str
    decoded_as: str | None = None


def decode(data: bytes) -> Decoded:
    """The text that the bytes hold, line ends as they are. Raises NotTextError where they hold none."""
    encoding = marked_encoding(data)
    if encoding:
        return _decode_marked(data, encoding)
    return _decode_unmarked(data)


def marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark names."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def refuse_binary(data: bytes) -> None:
    """Raises NotTextError where the bytes are of a known binary format, or hold too many control characters."""
    for mark, (kind, todo) in _BINARY_KINDS.items():
        if data.startswith(mark):
            raise NotTextError(f"holds {kind} data, not text: {todo}")
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > len(data) * _MOST_CONTROLS:
        raise NotTextError(
            f"holds binary data, not text ({controls:,} control characters in {len(data):,} bytes): "
            "give plain text in UTF-8"
        )


def sound(text: str) -> str:
    """The text with each NUL and lone surrogate, which no database takes, as U+FFFD; its length stays."""
    return _UNSOUND.sub("\ufffd", text) if _UNSOUND.search(text) else text


def _decode_unmarked(data: bytes) -> Decoded:
    refuse_binary(data)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _decode_damaged(data, error) or _decode_western(data, error)


def _decode_marked(data: bytes, encoding: str) -> Decoded:
    mark = next(mark for mark, name in _MARKS if name == encoding)
    if encoding == "utf-8":
        return _decode_unmarked(data[len(mark) :])
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise NotTextError(
            f"is marked as {encoding} but is not, at byte {error.start + len(mark)}: save it as UTF-8"
        ) from error
    refuse_binary(text.encode("utf-8"))
    return Decoded(text, encoding)


def _decode_damaged(data: bytes, error: UnicodeDecodeError) -> Decoded | None:
    """UTF-8 of which little is broken, such as a file cut in the middle of a character."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd") - data.count("\ufffd".encode())
    beyond_ascii = sum(1 for char in text if char > "\x7f") - damaged
    cut = error.start + 2 <= len(data) == error.end and error.reason == "unexpected end of data"
    if (cut or beyond_ascii >= damaged) and damaged <= max(1, len(text) * _MOST_DAMAGED):
        return Decoded(text, f"utf-8 with {damaged} damaged characters replaced")
    return None


def _decode_western(data: bytes, error: UnicodeDecodeError) -> Decoded:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    beyond_ascii = sum(1 for char in text if char > "\x7f")
    if not text or beyond_ascii > len(text) * _MOST_BEYOND_ASCII:
        raise NotTextError(
            f"is not UTF-8 (byte 0x{data[error.start]:02x} at {error.start}), nor can it pass for Windows-1252: "
            "convert it to UTF-8"
        ) from error
    return Decoded(text, "windows-1252")
