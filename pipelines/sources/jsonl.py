"""JSON Lines, plain or gzip-compressed: a line is a record. It is read line by line, however large the file."""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any

from pipelines.sources.decoding import NotTextError, decode, marked_encoding, refuse_binary, sound
from pipelines.sources.formats import SAMPLE_LENGTH, Found, Refused, SourceFile
from pipelines.sources.settings import SourceSettings

_BYTES_PER_CHARACTER = 8  # of a line: escapes take up to six a character, and there are other fields than the text
_HEAD = 4_096  # bytes looked at before the first line is read
_SKIP = 1_048_576  # bytes dropped at once of a line that is too long


def read_jsonl(file: SourceFile, settings: SourceSettings) -> Iterator[Found | Refused]:
    """The records of a JSON Lines file. Raises OSError where it cannot be opened."""
    with file.path.open("rb") as stream:
        yield from _read(file, stream, settings)


def read_jsonl_gz(file: SourceFile, settings: SourceSettings) -> Iterator[Found | Refused]:
    """The records of a gzip-compressed JSON Lines file. Raises OSError where it cannot be opened."""
    with file.path.open("rb") as packed:
        if packed.read(2) not in {b"\x1f\x8b", b""}:
            yield Refused(file.origin, "is not gzip-compressed although its name ends in .gz: name it .jsonl")
            return
        packed.seek(0)
        with gzip.open(packed, "rb") as stream:
            yield from _read(file, stream, settings)


def _read(file: SourceFile, stream: IO[bytes] | gzip.GzipFile, settings: SourceSettings) -> Iterator[Found | Refused]:
    longest = settings.longest_article * _BYTES_PER_CHARACTER
    source = PurePosixPath(file.name.removesuffix(".gz")).stem
    number, records = 0, 0
    try:
        for number, line in enumerate(_lines(stream, longest), start=1):
            if number == 1:
                refusal = _refuse_head(file, line or b"")
                if refusal:
                    yield refusal
                    return
            if line is None:
                yield Refused(file.origin, f"the line holds more than {longest:,} bytes: split or shorten it", number)
            elif line.strip():
                yield _record(file, source, number, line)
            records += line is None or bool(line.strip())
    except (EOFError, zlib.error, OSError) as error:
        yield Refused(
            file.origin,
            f"cannot be read on from here ({_why(error)}); the {number:,} lines before were read: "
            "get the file again and give it again",
            number + 1,
        )
        return
    if not records:
        yield Refused(file.origin, "is empty: give a file with one JSON object a line")


def _lines(stream: IO[bytes] | gzip.GzipFile, longest: int) -> Iterator[bytes | None]:
    """The lines; None for one that is longer than `longest` bytes, which is not kept in memory."""
    while line := stream.readline(longest + 1):
        if len(line) <= longest or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_SKIP)
        yield None


def _refuse_head(file: SourceFile, first: bytes) -> Refused | None:
    """Whether the first line shows that this is another kind of file; better one refusal than one a line."""
    encoding = marked_encoding(first)
    if encoding and encoding != "utf-8":
        return Refused(file.origin, f"is {encoding}, and JSON Lines are UTF-8: convert it")
    try:
        refuse_binary(first[:_HEAD])
    except NotTextError as error:
        return Refused(file.origin, str(error))
    if first.lstrip().startswith(b"["):
        return Refused(file.origin, "is a JSON array, not JSON Lines: write one object a line (jq -c '.[]')", 1)
    return None


def _record(file: SourceFile, source: str, number: int, line: bytes) -> Found | Refused:
    def refused(reason: str, text: str) -> Refused:
        return Refused(file.origin, reason, number, sample=sound(text[:SAMPLE_LENGTH]))

    try:
        decoded = decode(line)
    except NotTextError as error:
        return refused(f"the line {error}", line[:SAMPLE_LENGTH].decode("utf-8", "replace"))
    text = decoded.text.strip()
    try:
        # NaN and Infinity are no JSON, and no database takes them for it.
        fields: Any = json.loads(text, parse_constant=lambda _: None)
    except RecursionError:
        return refused("the JSON is nested too deeply: give a flat record", text)
    except json.JSONDecodeError as error:
        return refused(f"the JSON does not parse ({error.msg}, column {error.colno}): mend or drop the line", text)
    except ValueError as error:
        return refused(f"the JSON cannot be read ({error}): mend or drop the line", text)
    if not isinstance(fields, dict):
        return refused("the line is JSON, but no object: give {…} with at least a text", text)
    return Found(file, fields, source, number, decoded.decoded_as)


def _why(error: Exception) -> str:
    if isinstance(error, EOFError):
        return "the compressed data end too early"
    if isinstance(error, zlib.error | gzip.BadGzipFile):
        return f"the compressed data are damaged: {error}"
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
