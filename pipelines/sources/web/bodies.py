"""Unpacks what a server sends, piece by piece and no further than a limit: a bomb stops where the limit is.

What was asked for and how long it may take (`requesting`) does not belong here.
"""

import zlib
from collections.abc import Iterable

ACCEPTED = "gzip, deflate"
_PIECE = 65_536  # bytes unpacked at once
_GZIP = b"\x1f\x8b"
_EITHER, _RAW = zlib.MAX_WBITS | 32, -zlib.MAX_WBITS  # gzip or zlib by its head; deflate without one


class TooLargeError(Exception):
    """There is more than the limit."""


class BadBodyError(Exception):
    """The data are not packed as the server says, or stop too early; the message says which."""


def unpacked(chunks: Iterable[bytes], encoding: str, most: int, *, cut: bool = False) -> bytes:
    """The body that the chunks hold, of `most` bytes at the most, before and after unpacking.

    With `cut` what is beyond the limit is left out instead of raising TooLargeError. Raises BadBodyError for another
    encoding (Content-Encoding of RFC 9110, 8.4) and for damaged data.
    """
    encoding = encoding.strip().lower()
    try:
        if encoding in ("", "identity"):
            data = _bounded(chunks, most)
        elif encoding in ("gzip", "x-gzip", "deflate"):
            data = _bounded(_inflated(_limited(chunks, most), encoding, most), most)
        else:
            raise BadBodyError(f"is packed as {encoding!r:.40}, which was not asked for")
    except _FullError as full:
        if not cut:
            raise TooLargeError from None
        return full.kept
    return data


def gunzipped(data: bytes, most: int) -> bytes:
    """The content of a file that is itself gzip-compressed; anything else as it is. Raises as `unpacked` does."""
    return unpacked([data], "gzip", most) if data.startswith(_GZIP) else data


class _FullError(Exception):
    def __init__(self, kept: bytes) -> None:
        self.kept = kept


def _bounded(chunks: Iterable[bytes], most: int) -> bytes:
    kept = bytearray()
    for chunk in chunks:
        kept += chunk
        if len(kept) > most:
            raise _FullError(bytes(kept[:most]))
    return bytes(kept)


def _limited(chunks: Iterable[bytes], most: int) -> Iterable[bytes]:
    """The chunks, as long as they hold no more than `most` bytes together."""
    read = 0
    for chunk in chunks:
        read += len(chunk)
        if read > most:
            raise _FullError(b"")
        yield chunk


def _inflated(chunks: Iterable[bytes], encoding: str, most: int) -> Iterable[bytes]:
    """The content of gzip (of one or more members) or deflate, in pieces that are small whatever comes in."""
    inflater, done, head = None, 0, b""
    for chunk in chunks:
        data, head = head + chunk, b""
        while data:
            if inflater is None and len(data) < len(_GZIP):
                head = data  # too little to tell what it is
                break
            if inflater is None:
                if done and not data.startswith(_GZIP):
                    return  # zeros or rubbish behind the last member, as gzip(1) ignores it
                bare = encoding == "deflate" and not _has_zlib_head(data)
                inflater = zlib.decompressobj(_RAW if bare else _EITHER)
            try:
                piece = inflater.decompress(data, _PIECE)
            except zlib.error as error:
                raise BadBodyError(f"is not packed as it says ({error})") from None
            done += len(piece)
            yield piece
            data = inflater.unconsumed_tail
            if inflater.eof:
                data, inflater = inflater.unused_data, None
                done = max(done, 1)
    if head and not done:
        raise BadBodyError("stops in the middle of its packed data")
    if inflater is not None:
        yield from _rest(inflater, most)


def _rest(inflater: "zlib._Decompress", most: int) -> Iterable[bytes]:
    """What is still held back when no more data come."""
    try:
        piece = inflater.decompress(b"", most + 1)
    except zlib.error:
        piece = b""
    yield piece
    if not inflater.eof:
        raise BadBodyError("stops in the middle of its packed data")


def _has_zlib_head(data: bytes) -> bool:
    """RFC 1950, 2.2; some servers send deflate without it."""
    return len(data) >= 2 and data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
