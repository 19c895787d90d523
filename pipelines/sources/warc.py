"""WARC, the format of web archives: each page that was fetched well is an article, if it holds one.

fastwarc reads the records (https://resiliparse.chatnoir.eu/en/latest/man/fastwarc.html); what a page holds belongs
to `html`. A record's number stands for the line. The time of fetching is kept, and never taken for that of
publication.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from pipelines.sources.formats import DamagedError, Found, Noted, Refused, SourceFile, broken_off
from pipelines.sources.html import LARGEST_PAGE, NoArticleError, page_fields, read_page
from pipelines.sources.published import parse_published
from pipelines.sources.settings import SourceSettings

_HTML_TYPES = ("text/html", "application/xhtml")
_TAIL = 4_096  # bytes kept of what was read last
_SLACK = 24  # bytes by which the length of a record's head may be misjudged, for blanks that its headers lose
_SHOWN = 3  # reasons of pages without an article that are told


def read_warc(file: SourceFile, settings: SourceSettings) -> Iterator[Found | Refused | Noted]:
    """The pages of a web archive. Raises OSError where it cannot be opened.

    Records that are no pages, and pages that hold no article, are most of a crawl: one note each tells their number.
    """
    counts, end = _Counts(), 0
    with file.open() as opened:
        stream = _Watched(opened)
        try:
            for number, record in enumerate(_records(stream), 1):
                counts.records = number
                fields = _page(record, counts, stream)
                if fields is not None:
                    yield Found(file, fields, settings.source or fields.get("site") or file.stem, number, guess=False)
                _require_whole(record, stream)
                end = _end(record)
            if stream.damage:
                raise stream.damage
            _require_end(end, stream)
        except (DamagedError, OSError) as error:
            yield broken_off(file, error, f"of {counts.records:,} records all that could be", max(1, counts.records))
        else:
            if not counts.records:
                yield Refused(file.origin, "holds no records that can be read: give a web archive (WARC)")
            elif not counts.articles:
                reason = f"has {counts.records:,} records, none an article: give pages of articles"
                yield Refused(file.origin, reason)
    yield from counts.notes(file)


class _Counts:
    """What became of the records that gave no article."""

    def __init__(self) -> None:
        self.records = self.articles = self.others = self.empty = 0
        self.reasons: dict[str, None] = {}

    def notes(self, file: SourceFile) -> Iterator[Noted]:
        if self.others:
            yield Noted(file.origin, f"{self.others:,} records are no HTML pages that were fetched well")
        if self.empty:
            reasons = "; ".join(list(self.reasons)[:_SHOWN])
            yield Noted(file.origin, f"{self.empty:,} pages hold no article (the first: {reasons})")


class _Watched:
    """The stream as fastwarc reads it, which wants no more than this: where it breaks off it ends, and why is kept."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._position = stream, 0
        self.damage: DamagedError | OSError | None = None
        self.tail = b""

    def read(self, size: int = -1, /) -> bytes:
        try:
            data = self._stream.read1(size)  # type: ignore[attr-defined]
        except (DamagedError, OSError) as error:
            self.damage = error
            return b""
        self._position += len(data)
        self.tail = (self.tail + data)[-_TAIL:]
        return bytes(data)

    def tell(self) -> int:
        return self._position


def _records(stream: _Watched) -> Iterator[Any]:
    """The records. Raises DamagedError where the archive cannot be read on."""
    from fastwarc.warc import ArchiveIterator

    iterator = _guarded(lambda: iter(ArchiveIterator(stream, auto_decode="all")))  # type: ignore[arg-type]
    while (record := _guarded(lambda: next(iterator, None))) is not None:
        yield record


def _guarded[T](call: Callable[[], T]) -> T:
    """What a call of fastwarc gives; whatever an archive makes of it is a DamagedError, and the other files go on."""
    try:
        return call()
    except BaseException as error:
        # A panic of its Rust code is no Exception, and its class cannot be imported.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise DamagedError(f"no sound WARC: {str(error)[:100] or type(error).__name__}") from error
        raise


def _end(record: Any) -> int:
    """Where a record ends, as far as its headers tell. Raises DamagedError where they give no length, as each must."""
    length = record.headers.get("Content-Length") or ""
    if not (length.isdecimal() and length.isascii()):
        raise DamagedError("a record does not tell its length")
    stated = int(length[:18])
    return int(record.stream_pos) + sum(len(name) + len(value) + 4 for name, value in record.headers) + stated


def _require_whole(record: Any, stream: _Watched) -> None:
    """Raises DamagedError for a record that says it is longer than what is left of the archive."""
    if stream.tell() < _end(record):
        raise stream.damage or DamagedError("its last record is cut off")


def _require_end(end: int, stream: _Watched) -> None:
    """Raises DamagedError where something follows the last record, which fastwarc passes over in silence."""
    rest = stream.tail[-max(1, stream.tell() - end) :].strip()
    if len(rest) > _SLACK + 16 or b"WARC/" in rest:  # 16: the record's first line and the empty lines after it
        raise DamagedError("what follows the last record is none")


def _page(record: Any, counts: _Counts, stream: _Watched) -> dict[str, Any] | None:
    """The fields of the article of a record, None where it holds none. Raises DamagedError."""
    from fastwarc.warc import WarcRecordType

    if record.record_type != WarcRecordType.response or not record.is_http or _status(record) != 200:
        counts.others += 1
        return None
    kind = (record.http_content_type or "").lower()
    if kind and not kind.startswith(_HTML_TYPES):
        counts.others += 1
        return None
    data = _guarded(lambda: record.reader.read(LARGEST_PAGE + 1))
    if len(data) <= LARGEST_PAGE:
        _require_whole(record, stream)  # half a page would pass for a whole one
    if not kind and not _is_html(data):
        counts.others += 1
        return None
    target = (record.headers.get("WARC-Target-URI") or "").strip("<> ") or None
    charset: str | None = _guarded(lambda: record.http_charset)
    try:
        page = read_page(data, target, charset, _fetched(record))
    except NoArticleError as error:
        counts.empty += 1
        counts.reasons.setdefault(str(error).partition(":")[0])
        return None
    counts.articles += 1
    fields = page_fields(page)
    fetched = record.headers.get("WARC-Date")
    return fields | ({"fetched_at": fetched} if fetched else {}) | ({"fetched_from": target} if target else {})


def _fetched(record: Any) -> datetime | None:
    """When a record was fetched, None where it does not say so."""
    try:
        return parse_published(record.headers.get("WARC-Date") or "", UTC).at
    except ValueError:
        return None


def _status(record: Any) -> int | None:
    headers = record.http_headers
    return headers.status_code if headers is not None else None


def _is_html(data: bytes) -> bool:
    return any(mark in data[:1_024].lower() for mark in (b"<!doctype html", b"<html", b"<head", b"<body"))
