"""Annotates the dates of a JSON Lines file, line by line, for `parley timex`. What a date is: `transforms/dates`."""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from transforms.dates.timex import timex_document
from warehouse.atomic import replacing


@dataclass
class Annotated:
    """What came of a file."""

    documents: int = 0
    expressions: int = 0
    rejected: list[str] = field(default_factory=list)


def _open(path: Path) -> IO[bytes]:
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def _documents(source: Path, found: Annotated) -> Iterator[dict[str, Any]]:
    for number, line in _lines(source, found):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
            if not isinstance(document, dict):
                raise ValueError('not a JSON object: write {"doc_id": …, "text": …, "dct": …}')
            annotated = timex_document(document)
        except (ValueError, TypeError, KeyError) as error:  # bad input: JSON, encoding, a key, the dct
            found.rejected.append(f"{source.name}, line {number}: {error}")
            continue
        found.documents += 1
        found.expressions += len(annotated["timexes"])
        yield annotated


def _lines(source: Path, found: Annotated) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers; where a compressed file breaks off, what came before is kept."""
    number = 0
    with _open(source) as lines:
        try:
            for number, line in enumerate(lines, 1):
                yield number, line
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            found.rejected.append(
                f"{source.name}, after line {number}: the gzip file is damaged ({error}): fetch it anew"
            )


def annotate_file(source: Path, output: Path) -> Annotated:
    """Writes a line of dates for each line of documents; lines that cannot be read are left out, with their reason.

    `output` is there whole or not at all. Raises OSError where a file cannot be read or written.
    """
    found = Annotated()
    with replacing(output) as temporary, temporary.open("w", encoding="utf-8") as sink:
        for document in _documents(source, found):
            sink.write(json.dumps(document, ensure_ascii=False) + "\n")
    return found
