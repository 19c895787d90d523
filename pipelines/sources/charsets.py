"""From the bytes of a web page or feed to text: of the encodings that are told, the one that loses nothing.

The order is that of the HTML standard (byte order mark, HTTP, markup), but a label is believed only where the bytes
bear it out: many pages are UTF-8 under another label. Plain text, which has no labels, belongs to `decoding`.
"""

import codecs
import re

from pipelines.sources.decoding import NotTextError, decode, marked_encoding, refuse_binary

_HEAD = 4_096  # bytes in which a label is looked for; the standard says 1,024, pages put it later
_LABEL = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([\w.:-]+)|<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)",
    re.IGNORECASE,
)
# Families of encodings that pages are written in. Python knows others that are none (zip, rot13) or unsafe (utf-7).
_FAMILIES = re.compile(
    r"utf-(?:8|16|32)|iso8859|iso2022|cp\d|koi8|mac|gb|big5|euc|shift_jis|johab|tis|latin|ascii|hz|kz|ptcp"
)
# WHATWG, Encoding: pages under these labels are written in their supersets.
_SUPERSETS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
_NOT_ASCII_BASED = ("utf-16", "utf-32", "iso2022", "hz")
_TAG = re.compile(rb"<[^<>]*>")
_MOST_BEYOND_ASCII = 0.25
_REASON = "is in no encoding that could be told: save it as UTF-8"


def decode_markup(data: bytes, told: str | None = None) -> str:
    """The text of a page or feed. `told` is the charset that came with it (HTTP). Raises NotTextError.

    Where the bytes fit no label, the encoding is guessed; where nothing fits, what cannot be decoded becomes U+FFFD.
    """
    marked = marked_encoding(data)
    if marked:
        return data.decode(marked, "replace").removeprefix("\ufeff")
    labels = [label for label in (_known(told), _known(_written(data))) if label]
    for label in labels:
        if label.startswith(_NOT_ASCII_BASED) and (text := _decoded(data, label)) is not None:
            return text
    refuse_binary(data.replace(b"\0", b""))
    for label in ("utf-8", *labels):
        if (plain := _decoded(data, label)) is not None:
            return plain
    return _guessed(data, labels)


def _known(label: str | None) -> str | None:
    """The name that Python has for a label, None where it is not one of pages."""
    try:
        name = codecs.lookup((label or "").strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(name, name) if _FAMILIES.match(name) else None


def _written(data: bytes) -> str | None:
    """The label in the XML declaration or the <meta> of a page that can be read as ASCII; so it is not UTF-16."""
    found = _LABEL.search(data[:_HEAD])
    label = (found[1] or found[2]).decode("ascii", "replace") if found else None
    return None if label and label.lower().startswith(("utf-16", "utf-32", "utf16", "utf32")) else label


def _decoded(data: bytes, label: str) -> str | None:
    try:
        return data.decode(label)
    except (UnicodeError, LookupError):
        return None


def _guessed(data: bytes, labels: list[str]) -> str:
    """The text under a label with few losses, else in the encoding that the bytes look like."""
    try:
        decoded = decode(data)
    except NotTextError:
        decoded = None
    if decoded and (decoded.decoded_as or "").startswith("utf-8"):
        return decoded.text
    for label in labels:
        lossy = data.decode(label, "replace")
        lost = lossy.count("\ufffd")
        # UTF-8 of which every letter beyond ASCII is broken is none, however few these are.
        borne_out = label != "utf-8" or sum(char > "\x7f" for char in lossy) >= 2 * lost
        if borne_out and lost <= 1 + len(lossy) // 100:
            return lossy
    if decoded and _western(data):
        return decoded.text
    from charset_normalizer import from_bytes

    best = from_bytes(data[:65_536]).best()
    if best is not None and (text := _decoded(data, best.encoding)) is not None:
        return text
    if decoded:
        return decoded.text
    if labels:
        return data.decode(labels[0], "replace")
    raise NotTextError(_REASON)


def _western(data: bytes) -> bool:
    """Whether few letters of what is shown are beyond ASCII, as in Western Europe; in Cyrillic nearly all are."""
    shown = _TAG.sub(b"", data)
    beyond = len(shown.translate(None, bytes(range(128))))
    letters = len(re.findall(rb"[a-zA-Z]", shown))
    return beyond <= _MOST_BEYOND_ASCII * (beyond + letters)
