"""Identifiers: one hash for all of them, and what each kind of id is a hash of.

An id never depends on the order of arrival, on a path of the machine or on the clock.
"""

import hashlib
import unicodedata
from datetime import datetime

ID_LENGTH = 20  # hex digits, 80 bits: a collision among 10 million ids has a chance of about 4e-11


def digest(*parts: object) -> str:
    """Hash of the parts, 20 hex digits of BLAKE2b (RFC 7693). None and the empty string differ."""
    h = hashlib.blake2b(digest_size=ID_LENGTH // 2)
    for part in parts:
        data = b"\x00" if part is None else b"\x01" + str(part).encode("utf-8", "surrogatepass")
        h.update(len(data).to_bytes(8, "little") + data)
    return h.hexdigest()


def text_id(raw_text: str) -> str:
    """Id of a raw text, to the character: offsets lead into it, and into the clean text made from it."""
    return digest("text", raw_text)


def cluster_id(raw_text: str) -> str:
    """Id that equal texts share: equal after Unicode NFC and with runs of white space as one blank."""
    return digest("cluster", " ".join(unicodedata.normalize("NFC", raw_text).split()))


def article_id(cluster: str, source: str, url: str | None, source_id: str, published_at: datetime | str | None) -> str:
    """Id of an article: `cluster` is its cluster_id, so that other white space makes no other article; the URL
    identifies it, where there is none the source's own id."""
    when = published_at.isoformat() if isinstance(published_at, datetime) else published_at
    return digest("article", cluster, source, url or source_id, when)
