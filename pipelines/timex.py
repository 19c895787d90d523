"""Annotates the dates of a JSON Lines file, line by line, for `parley timex`. What a date is: `transforms/dates`."""

import gzip
import hashlib
import json
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from transforms.dates.timeml import replaced, timeml_document
from transforms.dates.timex import timex_document
from warehouse.atomic import replacing

STANDARD = Path("-")  # standard input, standard output
ONE_DOCUMENT = (".tml", ".xml")  # endings of an output that is a file, not a folder
NAME_LENGTH = 120  # characters of a file name before its ending


@dataclass
class Annotated:
    """What came of a file. `lines`: those that are not blank, `objects`: those of them that are a JSON object;
    `notes`: what the output could not hold as it was."""

    lines: int = 0
    objects: int = 0
    documents: int = 0
    expressions: int = 0
    rejected: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class SeveralDocumentsError(Exception):
    """Several documents are to go where only one can."""


class UnfitOutputError(Exception):
    """The output is named so that nothing can, or should, be written there."""


class NothingReadError(Exception):
    """There was something to read, and nothing of it could be. `rejected`: the reasons that the message leaves out."""

    def __init__(self, source: Path, found: Annotated) -> None:
        self.rejected = found.rejected
        if found.objects:
            message = f"none of the {found.objects} documents of {_origin(source)} can be annotated"
        elif found.lines and found.lines == len(found.rejected):
            message = (
                f"{_origin(source)} holds no JSON Lines: no line of it is an object such as "
                '{"doc_id": "a", "text": "They met on Monday.", "dct": "2022-10-13"}'
                f" ({found.rejected[0].removeprefix(_origin(source)).lstrip(', ')})"
            )
            self.rejected = []
        else:
            message = f"nothing of {_origin(source)} can be read"
        super().__init__(message)


Annotate = Callable[[dict[str, Any], int], tuple[Any, int]]  # a document and its line → output, count of expressions


def _open(path: Path) -> AbstractContextManager[IO[bytes]]:
    if path == STANDARD:
        return nullcontext(sys.stdin.buffer)
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def _origin(source: Path) -> str:
    return "standard input" if source == STANDARD else source.name


def _documents(source: Path, found: Annotated, annotate: Annotate) -> Iterator[Any]:
    for number, line in _lines(source, found):
        if not line.strip():
            continue
        found.lines += 1
        try:
            document = _object(line)
            found.objects += 1
            annotated, count = annotate(document, number)
        except (ValueError, TypeError, KeyError, RecursionError) as error:  # bad input: JSON, encoding, a key, the dct
            found.rejected.append(f"{_origin(source)}, line {number}: {error}")
            continue
        found.documents += 1
        found.expressions += count
        yield annotated


def _object(line: bytes) -> dict[str, Any]:
    try:
        document = json.loads(line)
    except json.JSONDecodeError as error:  # its own message counts lines within this one
        raise ValueError(f"not JSON: {error.msg}, column {error.colno}") from error
    if not isinstance(document, dict):
        raise ValueError('not a JSON object: write {"doc_id": …, "text": …, "dct": …}')
    return document


def _lines(source: Path, found: Annotated) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers; where a compressed file breaks off, what came before is kept."""
    number = 0
    with _open(source) as lines:
        try:
            for number, line in enumerate(lines, 1):
                yield number, line
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            found.rejected.append(
                f"{_origin(source)}, after line {number}: the gzip file is damaged ({error}): fetch it anew"
            )


def _refuse_source_as_output(source: Path, output: Path) -> None:
    if STANDARD not in (source, output) and source.exists() and output.exists() and source.samefile(output):
        raise UnfitOutputError(f"-o {output} is the input itself, which would be lost: name another file")


def _refuse_nothing(source: Path, found: Annotated) -> None:
    if found.rejected and not found.documents:
        raise NothingReadError(source, found)


def annotate_file(source: Path, output: Path) -> Annotated:
    """Writes a line of dates for each document; lines that cannot be read are left out, with their reason.

    Either may be "-". A file `output` is there whole or not at all. Raises OSError where a file cannot be read or
    written, UnfitOutputError where `output` is a folder or the source, NothingReadError where every line is rejected.
    """
    _refuse_source_as_output(source, output)
    if output != STANDARD and output.is_dir():
        raise UnfitOutputError(f"-o {output} is a folder: name a file in it, such as {output / 'dates.jsonl'}")

    def annotate(document: dict[str, Any], _: int) -> tuple[bytes, int]:
        annotated = timex_document(document)
        return _json_line(annotated), len(annotated["timexes"])

    found = Annotated()
    if output == STANDARD:
        sys.stdout.buffer.writelines(_documents(source, found, annotate))
        sys.stdout.buffer.flush()
        _refuse_nothing(source, found)
        return found
    with replacing(output) as temporary, temporary.open("wb") as sink:
        sink.writelines(_documents(source, found, annotate))
        _refuse_nothing(source, found)
    return found


def _json_line(document: dict[str, Any]) -> bytes:
    try:
        return json.dumps(document, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # half of a surrogate pair: JSON can hold it, UTF-8 cannot
        return json.dumps(document).encode() + b"\n"


def annotate_timeml(source: Path, output: Path) -> Annotated:
    """Writes a TimeML document for each line: a file `<doc_id>.tml` in the folder `output`, or one document to
    `output` itself where that is "-" or ends in .tml or .xml.

    Each file is there whole or not at all. Raises OSError where a file cannot be read or written,
    SeveralDocumentsError where the input has more than one document and the output is no folder, UnfitOutputError
    where the output is the source, NothingReadError where every line is rejected.
    """
    _refuse_source_as_output(source, output)
    found = Annotated()

    def annotate(document: dict[str, Any], line: int) -> tuple[tuple[str, bytes], int]:
        name = _name(document, line)
        written, count = timeml_document(document, name)
        if lost := replaced(name) + replaced(str(document.get("text"))):
            found.notes.append(
                f"{_origin(source)}, line {line}: {lost} characters that XML 1.0 cannot hold are U+FFFD now; "
                "a comment in the document says which they were"
            )
        return (name, written.encode()), count

    documents = _documents(source, found, annotate)
    if output == STANDARD or output.suffix.lower() in ONE_DOCUMENT:
        _write_one(documents, output)
    else:
        output.mkdir(parents=True, exist_ok=True)
        taken: set[str] = set()
        for name, written in documents:
            _write(output / f"{_file_name(name, taken)}.tml", written)
    _refuse_nothing(source, found)
    return found


def _write_one(documents: Iterator[tuple[str, bytes]], output: Path) -> None:
    first = next(documents, None)
    if next(documents, None) is not None:
        raise SeveralDocumentsError("the input has several documents; TimeML has one a file: give -o a folder")
    if first is None:
        return
    if output == STANDARD:
        sys.stdout.buffer.write(first[1])
        sys.stdout.buffer.flush()
    else:
        _write(output, first[1])


def _write(path: Path, written: bytes) -> None:
    with replacing(path) as temporary:
        temporary.write_bytes(written)


def _name(document: dict[str, Any], line: int) -> str:
    given = document.get("doc_id")
    name = str(given) if isinstance(given, str | int) else ""
    return name if name.strip() else f"document-{line}"


def _file_name(name: str, taken: set[str]) -> str:
    """A file name that no other document of this run has, whatever the id: letters, digits, "-", "_", "." and "~" as
    they are, the rest percent-encoded, long ones cut. `taken` grows by it; case makes no difference, as on macOS."""
    safe = quote(name, safe="", errors="surrogatepass")
    if safe.startswith("."):
        safe = "%2E" + safe[1:]
    if len(safe) > NAME_LENGTH:
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        safe = f"{safe[:NAME_LENGTH]}~{digest}"
    chosen, number = safe, 1
    while chosen.lower() in taken:
        number += 1
        chosen = f"{safe}~{number}"
    taken.add(chosen.lower())
    return chosen
