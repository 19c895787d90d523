"""Sources: files and folders in, raw articles and rejects out, one at a time. The only place that reads input.

`files` finds them, `unpacking` looks into archives, `detection` tells what they are, a format reads them (`text`,
`html`, `tabular`, …), `articles` checks the fields, `duplicates` remembers. Another format is one more module, one
more Kind and one more row of FORMATS. What becomes of the articles belongs to `pipelines/land.py`.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path

from pipelines.sources.articles import raw_articles
from pipelines.sources.dating import Dating
from pipelines.sources.decoding import sound
from pipelines.sources.detection import Kind, detect
from pipelines.sources.duplicates import Seen, Verdict
from pipelines.sources.feeds import read_feed
from pipelines.sources.files import find_files
from pipelines.sources.formats import (
    SAMPLE_LENGTH,
    DamagedError,
    Format,
    Found,
    Noted,
    Refused,
    SourceFile,
    broken_off,
)
from pipelines.sources.html import read_html
from pipelines.sources.json_document import read_json
from pipelines.sources.jsonl import read_jsonl
from pipelines.sources.markdown import read_markdown
from pipelines.sources.parquet import read_parquet
from pipelines.sources.settings import SourceSettings
from pipelines.sources.tabular import read_table
from pipelines.sources.text import read_text
from pipelines.sources.unpacking import unpack
from pipelines.sources.warc import read_warc
from transforms.identity import digest
from transforms.records import RawArticle, RejectedRecord

__all__ = ["FORMATS", "Noted", "SourceFile", "SourceSettings", "items_of", "judged", "read", "read_files"]

FORMATS: dict[Kind, Format] = {
    Kind.TEXT: read_text,
    Kind.MARKDOWN: read_markdown,
    Kind.JSONL: read_jsonl,
    Kind.JSON: read_json,
    Kind.TABLE: read_table,
    Kind.PARQUET: read_parquet,
    Kind.HTML: read_html,
    Kind.FEED: read_feed,
    Kind.WARC: read_warc,
}
# Kinds whose keys are the file's own, and what a key is called there.
_KEYED = {Kind.TABLE: "column", Kind.PARQUET: "column", Kind.JSONL: "key", Kind.JSON: "key"}
MOST_REJECTS = 1_000  # of one file; a file of another kind would otherwise give one a line
MOST_NOTES = 50  # of one file

_DEFAULT = SourceSettings()


def read(
    inputs: Sequence[Path | str], settings: SourceSettings = _DEFAULT, watched: "Iterable[Item]" = ()
) -> Iterator[RawArticle | RejectedRecord | Noted]:
    """The articles of the inputs (files, and folders with all below them), and what had to be rejected or noted.

    They come in the order of the inputs, of the names within a folder, of the lines within a file; memory does not
    grow with a file. Bad input raises nothing: it becomes a RejectedRecord and the rest goes on. An article that
    comes twice comes once here. A second text under one id (same source and source_id) is a newer version where both
    have a time of publication, else it is rejected. What `watched` sources hold comes after.
    """
    return judged(chain(items_of((file, settings) for file in find_files(inputs)), watched))


def read_files(
    files: Iterable[tuple[SourceFile | Refused, SourceSettings]],
) -> Iterator[RawArticle | RejectedRecord | Noted]:
    """As `read`, of files that were found elsewhere, each with the settings of its source: what was fetched is one."""
    return judged(items_of(files))


type Item = tuple[RawArticle | Refused | Noted, int | None]  # with its line


def judged(items: Iterable[Item]) -> Iterator[RawArticle | RejectedRecord | Noted]:
    """Articles and refusals as they are read, each once, and ids of different texts told apart or rejected."""
    with closing(Seen()) as seen:
        for item, line in items:
            if isinstance(item, Noted):
                yield item
                continue
            if isinstance(item, RawArticle):
                verdict, other = seen.judge(item)
                if verdict is Verdict.NEW:
                    yield item
                    continue
                if verdict is Verdict.SEEN:
                    continue
                item = _clash(item, line, other)
            reject = _rejected(item)
            if seen.first_time(reject.rejected_id):
                yield reject


def items_of(files: Iterable[tuple[SourceFile | Refused | Noted, SourceSettings]]) -> Iterator[Item]:
    """What the files hold, one by one, as it stands in them: an article that comes twice comes twice."""
    for file, settings in files:
        if isinstance(file, Refused):
            yield file, file.line
        elif isinstance(file, Noted):
            yield file, None
        else:
            yield from _capped(file, _read_file(file, settings))


def _read_file(file: SourceFile, settings: SourceSettings) -> Iterator[Item]:
    """The articles of a given file and of all that is packed in it."""
    try:
        for member in unpack(file):
            if isinstance(member, Refused):
                yield member, member.line
            else:
                yield from _read_member(*member, settings)
    except FileNotFoundError:
        yield Refused(file.origin, "vanished before it was read: give it again"), None
    except OSError as error:
        reason = f"cannot be read ({error.strerror or error}): check its permissions and its disk"
        yield Refused(file.origin, reason), None


def _read_member(file: SourceFile, head: bytes, settings: SourceSettings) -> Iterator[Item]:
    kind = detect(head, file.name, settings)
    if not isinstance(kind, Kind):
        yield Refused(file.origin, kind), None
        return
    records, noted, dating = 0, set[Noted](), Dating()
    try:
        for item in FORMATS[kind](file, settings):
            for made in raw_articles(item, settings, dating) if isinstance(item, Found) else (item,):
                if not isinstance(made, Noted):
                    yield made, item.line if isinstance(item, Found | Refused) else None
                elif made not in noted and len(noted) < MOST_NOTES:
                    noted.add(made)
                    yield made, None
            records += isinstance(item, Found)
    except DamagedError as error:
        yield broken_off(file, error, f"the {records:,} articles before were read"), None
    for message in dating.notes(_KEYED.get(kind), settings.date_format):
        yield Noted(file.origin, message), None


def _capped(file: SourceFile, items: Iterator[Item]) -> Iterator[Item]:
    """The items of one file, with no more than MOST_REJECTS refusals; one more says how many there were besides."""
    refused = 0
    for item in items:
        if isinstance(item[0], Refused):
            refused += 1
            if refused > MOST_REJECTS:
                continue
        yield item
    if refused > MOST_REJECTS:
        reason = f"{refused - MOST_REJECTS:,} more records of this file were rejected: mend the first {MOST_REJECTS:,}"
        yield Refused(file.origin, reason), None


def _clash(article: RawArticle, line: int | None, other: str) -> Refused:
    reason = (
        f"its id {article.source_id!r} (source {article.source!r}) was used for another text at {other}: "
        "give each article an id of its own, or both a published_at if this is a newer version"
    )
    origin = article.origin if line is None else article.origin.removesuffix(f":{line}")
    return Refused(origin, reason, line, article.source_id, article.text[:SAMPLE_LENGTH], article.source)


def _rejected(refused: Refused) -> RejectedRecord:
    return RejectedRecord(
        rejected_id=digest("rejected", refused.origin, refused.line, sound(refused.reason)),
        origin=refused.origin,
        line=refused.line,
        source_id=refused.source_id,
        reason=sound(refused.reason),
        sample=sound(refused.sample)[:SAMPLE_LENGTH] if refused.sample else None,
        source=refused.source,
    )
