"""WARC, the format of web archives: each page that was fetched well is an article, if it holds one.

fastwarc reads the records (https://resiliparse.chatnoir.eu/en/latest/man/fastwarc.html); what a page holds belongs
to `html`. A record's number stands for the line. The time of fetching is kept, and never taken for that of
publication.
"""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from pipelines.sources.formats import DamagedError, Found, Noted, Refused, SourceFile, broken_off
from pipelines.sources.html import LARGEST_PAGE, NoArticleError, page_fields, read_page
from pipelines.sources.settings import SourceSettings

_HTML_TYPES = ("text/html", "application/xhtml")
_SHOWN = 3  # reasons of pages without an article that are told


def read_warc(file: SourceFile, settings: SourceSettings) -> Iterator[Found | Refused | Noted]:
    """The pages of a web archive. Raises OSError where it cannot be opened.

    Records that are no pages, and pages that hold no article, are most of a crawl: one note each tells their number.
    """
    with file.open() as opened:
        stream = _Watched(opened)
        counts = _Counts()
        for number, record in _records(stream):
            counts.records = number
            if isinstance(record, str):
                stream.damage = stream.damage or DamagedError(record)
                break
            try:
                fields = _page(record, counts)
            except DamagedError as error:
                stream.damage = stream.damage or error
                break
            if fields is not None:
                yield Found(file, fields, settings.source or fields.get("site") or file.stem, number, guess=False)
        yield from counts.notes(file)
        if stream.damage:
            read = f"the {max(0, counts.records - 1):,} records before were read"
            yield broken_off(file, stream.damage, read, max(1, counts.records))
        elif not counts.records:
            yield Refused(file.origin, "holds no records that can be read: give a web archive (WARC)")
        elif not counts.articles:
            yield Refused(
                file.origin, f"has {counts.records:,} records, and no article in them: give pages of articles"
            )


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


class _Watched(io.RawIOBase):
    """The stream as fastwarc reads it: where it breaks off it ends, and why is kept."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.damage: DamagedError | OSError | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        try:
            return self._stream.read(size)
        except (DamagedError, OSError) as error:
            self.damage = error
            return b""


def _records(stream: _Watched) -> Iterator[tuple[int, Any | str]]:
    """The records with their numbers; a string, which ends them, says what is wrong with one."""
    from fastwarc.warc import ArchiveIterator

    number = 0
    try:
        iterator = iter(ArchiveIterator(stream, parse_http=True, auto_decode="all"))
    except Exception as error:  # noqa: BLE001 (whatever an archive makes of the parser, the other files go on)
        yield 1, f"no sound WARC: {str(error)[:100]}"
        return
    while True:
        number += 1
        try:
            record = next(iterator, None)
        except Exception as error:  # noqa: BLE001 (as above)
            yield number, f"no sound WARC: {str(error)[:100] or type(error).__name__}"
            return
        if record is None:
            return
        yield number, record


def _page(record: Any, counts: _Counts) -> dict[str, Any] | None:
    """The fields of the article of a record, None where it holds none. Raises DamagedError."""
    from fastwarc.warc import WarcRecordType

    if record.record_type != WarcRecordType.response or not record.is_http or _status(record) != 200:
        counts.others += 1
        return None
    kind = (record.http_content_type or "").lower()
    if kind and not kind.startswith(_HTML_TYPES):
        counts.others += 1
        return None
    try:
        data = record.reader.read(LARGEST_PAGE + 1)
    except Exception as error:
        raise DamagedError(f"no sound record: {str(error)[:100] or type(error).__name__}") from error
    if not kind and not _is_html(data):
        counts.others += 1
        return None
    target = (record.headers.get("WARC-Target-URI") or "").strip("<> ") or None
    try:
        page = read_page(data, target, record.http_charset)
    except NoArticleError as error:
        counts.empty += 1
        counts.reasons.setdefault(str(error).partition(":")[0])
        return None
    counts.articles += 1
    fields = page_fields(page)
    fetched = record.headers.get("WARC-Date")
    return fields | ({"fetched_at": fetched} if fetched else {}) | ({"fetched_from": target} if target else {})


def _status(record: Any) -> int | None:
    headers = record.http_headers
    return headers.status_code if headers is not None else None


def _is_html(data: bytes) -> bool:
    return any(mark in data[:1_024].lower() for mark in (b"<!doctype html", b"<html", b"<head", b"<body"))
