"""Tells what kind of file it is from its first bytes; its name decides only where they leave it open.

Unpacking comes before (`unpacking`), reading after (the formats).
"""

import csv
import json
import re
from enum import StrEnum
from pathlib import PurePosixPath

from pipelines.sources.decoding import NotTextError, marked_encoding, refuse_binary
from pipelines.sources.mapping import text_column
from pipelines.sources.settings import SourceSettings

_PACKED_SUFFIXES = (".gz", ".zst", ".bz2", ".xz")


class Kind(StrEnum):
    TEXT = "text"
    MARKDOWN = "markdown"
    JSONL = "jsonl"
    JSON = "json"
    TABLE = "table"
    PARQUET = "parquet"
    HTML = "html"
    FEED = "feed"
    WARC = "warc"


SUFFIXES = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".jsonl": Kind.JSONL,
    ".ndjson": Kind.JSONL,
    ".json": Kind.JSON,
    ".csv": Kind.TABLE,
    ".tsv": Kind.TABLE,
    ".parquet": Kind.PARQUET,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".rss": Kind.FEED,
    ".atom": Kind.FEED,
    ".warc": Kind.WARC,
}
DELIMITERS = ",;\t|"
_TOLD_DELIMITER = re.compile(r"\ufeff?\"?sep=([^\w\s\"]|\t)\"?[ ]*(?:[\r\n]|\Z)", re.IGNORECASE)
# What may come before the root of a document: declarations, instructions, comments.
_PROLOGUE = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_DOCTYPE = re.compile(r"<!doctype\s+([\w:.-]+)[^<>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(r"<([a-zA-Z][\w:.-]*)")
_FEED_ROOTS = frozenset({"rss", "feed", "rdf:rdf", "atom:feed"})
_HTML_ROOTS = frozenset({"html", "head", "body"})
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:[\w-]+[ \t]*:|#)(?:.*\n)*?---[ \t]*(?:\r?\n|\Z)")


def detect(head: bytes, name: str, settings: SourceSettings) -> Kind | str:
    """The kind of a file from its first bytes and its name, or why it is not read and what to do."""
    named = named_kind(name)
    if head.startswith(b"PAR1"):
        return Kind.PARQUET
    if head.startswith(b"WARC/"):
        return Kind.WARC
    encoding = marked_encoding(head)
    text = head.decode(encoding or "utf-8", "replace").removeprefix("\ufeff")
    shown = _markup(text) or _json(text, named) or _written(text, named, settings)
    if kind := shown or named:
        return kind
    try:
        refuse_binary(head if encoding is None else b"")
    except NotTextError as error:
        return str(error)
    return _unknown(text, name)


def named_kind(name: str) -> Kind | None:
    """The kind that a name promises; a suffix of compression is left aside."""
    return SUFFIXES.get(_suffix(name))


def _suffix(name: str) -> str:
    path = PurePosixPath(name.lower())
    return PurePosixPath(path.stem).suffix if path.suffix in _PACKED_SUFFIXES else path.suffix


def _markup(text: str) -> Kind | None:
    prologue = _PROLOGUE.match(text)
    start = prologue.end() if prologue else 0
    if doctype := _DOCTYPE.match(text, start):
        if doctype[1].lower() == "html":
            return Kind.HTML
        following = _PROLOGUE.match(text, doctype.end())
        start = following.end() if following else doctype.end()
    root = _ROOT.match(text, start)
    if not root:
        return None
    if root[1].lower() in _FEED_ROOTS:
        return Kind.FEED
    return Kind.HTML if root[1].lower() in _HTML_ROOTS else None


def _json(text: str, named: Kind | None) -> Kind | None:
    """JSON Lines where the first line is an object; JSON where an object or a list of objects goes over lines."""
    text = text.lstrip()
    if re.match(r"\[\s*\{\s*[\"}]", text):
        return Kind.JSON
    if not re.match(r"\{\s*[\"}]", text):
        return None
    line, end, _ = text.partition("\n")
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        # A line that is longer than what was looked at is one of JSON Lines; a brace alone opens an object over lines.
        if named in {Kind.TEXT, Kind.MARKDOWN}:
            return None
        return named if named in {Kind.JSON, Kind.JSONL} else Kind.JSON if end else Kind.JSONL
    return Kind.JSON if named is Kind.JSON and not text[len(line) :].strip() else Kind.JSONL


def _written(text: str, named: Kind | None, settings: SourceSettings) -> Kind | None:
    """Front matter, or a header row that names a column for the text; in Markdown that would be a table of its own."""
    if named is Kind.MARKDOWN:
        return None
    if _FRONT_MATTER.match(text):
        return Kind.MARKDOWN
    return Kind.TABLE if text_column(header(text)[0], settings.mapping) and len(header(text)[0]) > 1 else None


def told_delimiter(text: str) -> str | None:
    """The delimiter where the first line tells it, and is no row: `sep=;`, which Excel writes and reads."""
    told = _TOLD_DELIMITER.match(text)
    return told[1] if told else None


def header(text: str) -> tuple[list[str], str]:
    """The cells of the first row of a table, and the delimiter: as told before it, else that which gives the most."""
    text = text.lstrip("\r\n")
    told = told_delimiter(text)
    lines = (text.partition("\n")[2].lstrip("\r\n") if told else text).splitlines()
    line = lines[0] if lines else ""
    best: tuple[list[str], str] = ([line.strip()], told or ",")
    for delimiter in told or DELIMITERS:
        try:
            cells = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            continue
        if len(cells) > len(best[0]):
            best = ([cell.strip() for cell in cells], delimiter)
    return best


def _unknown(text: str, name: str) -> str:
    suffix = _suffix(name)
    known = ", ".join(SUFFIXES)
    if _ROOT.match(text.lstrip()) or text.lstrip().startswith("<?xml"):
        return (
            f"is XML or a piece of HTML, but no page and no feed: give a whole page, or name it by what it is ({known})"
        )
    kind = f"files of the kind {suffix}" if suffix else "files without a suffix"
    return f"{kind} are not read unless their content shows what they are: give {known}"
