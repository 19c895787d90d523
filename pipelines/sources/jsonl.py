"""JSON Lines: a line is a record. It is read line by line, however large the file."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from pipelines.sources.decoding import NotTextError, decode, marked_encoding, refuse_binary, sound
from pipelines.sources.formats import SAMPLE_LENGTH, DamagedError, Found, Refused, SourceFile, broken_off
from pipelines.sources.settings import SourceSettings

BYTES_PER_CHARACTER = 8  # of a line: escapes take up to six a character, and there are other fields than the text
_HEAD = 4_096  # bytes looked at before the first line is read
_SKIP = 1_048_576  # bytes dropped at once of a line that is too long


def read_jsonl(file: SourceFile, settings: SourceSettings) -> Iterator[Found | Refused]:
    """The records of a JSON Lines file. Raises OSError where it cannot be opened."""
    with file.open() as stream:
        yield from _read(file, stream, settings)


def _read(file: SourceFile, stream: BinaryIO, settings: SourceSettings) -> Iterator[Found | Refused]:
    longest = settings.longest_article * BYTES_PER_CHARACTER
    source = settings.source or file.stem
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
    except (DamagedError, OSError) as error:
        yield broken_off(file, error, f"the {number:,} lines before were read", number + 1)
        return
    if not records:
        yield Refused(file.origin, "is empty: give a file with one JSON object a line")


def _lines(stream: BinaryIO, longest: int) -> Iterator[bytes | None]:
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
        fields = load_json(text)
    except ValueError as error:
        return refused(f"the JSON {error}: mend or drop the line", text)
    if not isinstance(fields, dict):
        return refused("the line is JSON, but no object: give {…} with at least a text", text)
    return Found(file, fields, source, number, decoded.decoded_as)


def load_json(text: str) -> Any:
    """The value of a JSON text. Raises ValueError with what is wrong with it, for a sentence about "the JSON"."""
    try:
        # NaN and Infinity are no JSON, and no database takes them for it.
        return json.loads(text, parse_constant=lambda _: None)
    except RecursionError as error:
        raise ValueError("is nested too deeply") from error
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}, " if error.lineno > 1 else ""
        raise ValueError(f"does not parse ({error.msg}, {line}column {error.colno})") from error
    except ValueError as error:
        raise ValueError(f"cannot be read ({error})") from error
