"""Sources: files and folders in, raw articles and rejects out, one at a time. The only place that reads input.

`files` finds them, a format reads them (`text`, `markdown`, `jsonl`), `articles` checks the fields, `duplicates`
remembers. Another format is one more module and one more row of FORMATS. What becomes of the articles belongs to
`pipelines/land.py`.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from pipelines.sources.articles import raw_articles
from pipelines.sources.decoding import sound
from pipelines.sources.duplicates import Seen, Verdict
from pipelines.sources.files import find_files
from pipelines.sources.formats import SAMPLE_LENGTH, Format, Found, Refused, SourceFile
from pipelines.sources.jsonl import read_jsonl, read_jsonl_gz
from pipelines.sources.markdown import read_markdown
from pipelines.sources.settings import SourceSettings
from pipelines.sources.text import read_text
from transforms.identity import digest
from transforms.records import RawArticle, RejectedRecord

__all__ = ["FORMATS", "SourceSettings", "read"]

FORMATS: dict[str, Format] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".jsonl": read_jsonl,
    ".jsonl.gz": read_jsonl_gz,
}
MOST_REJECTS = 1_000  # of one file; a file of another kind would otherwise give one a line

_DEFAULT = SourceSettings()


def read(inputs: Sequence[Path | str], settings: SourceSettings = _DEFAULT) -> Iterator[RawArticle | RejectedRecord]:
    """The articles of the inputs (files, and folders with all below them), and what had to be rejected.

    They come in the order of the inputs, of the names within a folder, of the lines within a file; memory does not
    grow with a file. Bad input raises nothing: it becomes a RejectedRecord and the rest goes on. An article that
    comes twice comes once here. A second text under one id (same source and source_id) is a newer version where both
    have a time of publication and the times differ, else it is rejected.
    """
    with closing(Seen()) as seen:
        for item in _items(inputs, settings):
            if isinstance(item, RawArticle):
                verdict, other = seen.judge(item)
                if verdict is Verdict.NEW:
                    yield item
                    continue
                if verdict is Verdict.SEEN:
                    continue
                item = _clash(item, other)
            reject = _rejected(item)
            if seen.first_time(reject.rejected_id):
                yield reject


def _items(inputs: Sequence[Path | str], settings: SourceSettings) -> Iterator[RawArticle | Refused]:
    for file in find_files(inputs):
        if isinstance(file, Refused):
            yield file
        else:
            yield from _capped(file, _read_file(file, settings))


def _read_file(file: SourceFile, settings: SourceSettings) -> Iterator[RawArticle | Refused]:
    read_format = _format(file)
    if read_format is None:
        suffix = Path(file.name).suffix
        kind = f"files of the kind {suffix}" if suffix else "files without a suffix"
        yield Refused(file.origin, f"{kind} are not read: give {', '.join(FORMATS)}")
        return
    try:
        for item in read_format(file, settings):
            if isinstance(item, Found):
                yield from raw_articles(item, settings)
            else:
                yield item
    except FileNotFoundError:
        yield Refused(file.origin, "vanished before it was read: give it again")
    except OSError as error:
        yield Refused(file.origin, f"cannot be read ({error.strerror or error}): check its permissions and its disk")


def _format(file: SourceFile) -> Format | None:
    name = file.name.lower()
    return next((FORMATS[suffix] for suffix in FORMATS if name.endswith(suffix)), None)


def _capped(file: SourceFile, items: Iterator[RawArticle | Refused]) -> Iterator[RawArticle | Refused]:
    """The items of one file, with no more than MOST_REJECTS refusals; one more says how many there were besides."""
    refused = 0
    for item in items:
        if isinstance(item, Refused):
            refused += 1
            if refused > MOST_REJECTS:
                continue
        yield item
    if refused > MOST_REJECTS:
        reason = f"{refused - MOST_REJECTS:,} more records of this file were rejected: mend the first {MOST_REJECTS:,}"
        yield Refused(file.origin, reason)


def _clash(article: RawArticle, other: str) -> Refused:
    origin, line = _split_origin(article.origin)
    reason = (
        f"its id {article.source_id!r} (source {article.source!r}) was used for another text at {other}: "
        "give each article an id of its own, or both a published_at if this is a newer version"
    )
    return Refused(origin, reason, line, article.source_id, article.text[:SAMPLE_LENGTH])


def _split_origin(origin: str) -> tuple[str, int | None]:
    """File and line; every format's name ends in a suffix, so that a number after a colon is a line."""
    name, _, line = origin.rpartition(":")
    return (name, int(line)) if name and line.isdecimal() and line.isascii() else (origin, None)


def _rejected(refused: Refused) -> RejectedRecord:
    return RejectedRecord(
        rejected_id=digest("rejected", refused.origin, refused.line, sound(refused.reason)),
        origin=refused.origin,
        line=refused.line,
        source_id=refused.source_id,
        reason=sound(refused.reason),
        sample=sound(refused.sample)[:SAMPLE_LENGTH] if refused.sample else None,
    )
