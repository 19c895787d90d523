"""CSV and its kin (semicolons, tabs, bars): a row is a record, the first row names the columns. It is streamed.

Parquet belongs to `parquet`; which column is which field to `mapping`.
"""

import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

from pipelines.sources.decoding import NotTextError, decode, marked_encoding, refuse_binary
from pipelines.sources.detection import header, told_delimiter
from pipelines.sources.formats import SAMPLE_LENGTH, DamagedError, Found, Refused, SourceFile, broken_off
from pipelines.sources.mapping import shown_keys, text_column
from pipelines.sources.settings import SourceSettings

_BYTES_PER_CHARACTER = 4  # of a line, at the most
_SKIP = 1_048_576  # bytes dropped at once of a line that is too long
_LONGEST_HEADER = 100_000  # bytes


def read_table(file: SourceFile, settings: SourceSettings) -> Iterator[Found | Refused]:
    """The rows of a table of text; `line` is that on which a row begins. Raises OSError where it cannot be opened."""
    with file.open() as stream:
        lines = _Lines(stream, settings.longest_article * _BYTES_PER_CHARACTER)
        try:
            yield from _rows(file, lines, settings)
        except (DamagedError, OSError) as error:
            yield broken_off(file, error, f"the {lines.number:,} lines before were read", lines.number + 1)


class _Lines:
    """The lines of a table as text, decoded one by one; what is unsound about them is kept until it is asked for."""

    def __init__(self, stream: BinaryIO, longest: int) -> None:
        self._stream, self._longest = stream, longest
        self.number = 0  # lines given so far
        self._row: list[str] = []  # lines of the row that is being read
        self._again: deque[str] = deque()  # lines given back
        self.decoded_as: str | None = None
        self.problem: str | None = None
        self._encoding: str | None = None

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        text = self._again.popleft() if self._again else self._next()
        self.number += 1
        self._row.append(text)
        return text

    def begin_row(self) -> int:
        """The number of the line on which the next row begins."""
        self._row.clear()
        return self.number + 1

    def give_back(self) -> str:
        """Gives again all lines of the row but the first, which an open quotation mark had made part of it, and
        returns that."""
        self._again.extendleft(reversed(self._row[1:]))
        self.number -= max(0, len(self._row) - 1)
        return self._row[0] if self._row else ""

    def _next(self) -> str:
        line = self._stream.readline(self._longest + 1)
        if not line:
            raise StopIteration
        if self.number == 0:
            line = self._begin(line)
        if len(line) > self._longest and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = self._stream.readline(_SKIP)
            self.problem = f"a line holds more than {self._longest:,} bytes: split or shorten it"
            return "\n"
        return self._decoded(line)

    def _begin(self, line: bytes) -> bytes:
        """Notes the encoding that a mark names; in UTF-16 and UTF-32 the stream is read through a decoder."""
        encoding = marked_encoding(line)
        if encoding == "utf-8":
            return line[3:]
        if encoding:
            rest = io.BufferedReader(_Recoded(line, self._stream, encoding))
            self._stream, self.decoded_as = rest, encoding
            return rest.readline(self._longest + 1)
        return line

    def _decoded(self, line: bytes) -> str:
        try:
            decoded = decode(line)
        except NotTextError as error:
            self.problem = f"the line {error}"
            return line.decode("utf-8", "replace")
        self.decoded_as = decoded.decoded_as or self.decoded_as
        return decoded.text

    def taken(self) -> tuple[str | None, str | None]:
        """The problem of the lines since this was last asked for, and how they were decoded if not as UTF-8."""
        problem, self.problem = self.problem, None
        decoded_as = self.decoded_as
        if not isinstance(self._stream, io.BufferedReader) or not isinstance(self._stream.raw, _Recoded):
            self.decoded_as = None
        return problem, decoded_as


class _Recoded(io.RawIOBase):
    """A stream in UTF-16 or UTF-32 as UTF-8; what cannot be decoded becomes U+FFFD."""

    def __init__(self, begun: bytes, stream: BinaryIO, encoding: str) -> None:
        import codecs

        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._stream, self._ready = stream, begun
        self._text = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._text:
            data = self._ready or self._stream.read(8_192)
            self._ready = b""
            self._text = self._decoder.decode(data, final=not data).replace("\ufeff", "").encode("utf-8", "replace")
            if not data:
                break
        given = self._text[: len(view)]
        self._text = self._text[len(given) :]
        view[: len(given)] = given
        return len(given)


def _rows(file: SourceFile, lines: _Lines, settings: SourceSettings) -> Iterator[Found | Refused]:
    told = first = next((line for line in lines if line.strip()), None)
    if told is not None and told_delimiter(told):
        first = next((line for line in lines if line.strip()), None)
    if first is None:
        yield Refused(file.origin, "is empty: give a table with a row of column names")
        return
    try:
        refuse_binary(first.encode("utf-8", "replace")[:4_096])
    except NotTextError as error:
        yield Refused(file.origin, str(error))
        return
    lines.taken()
    names, delimiter = _columns(first if told is first else f"{told}{first}")
    if text_column(names, settings.mapping) is None:
        yield Refused(file.origin, no_text_column(names), sample=first[:SAMPLE_LENGTH])
        return
    source = settings.source or file.stem
    csv.field_size_limit(settings.longest_article + 1)  # that of the whole process
    reader = csv.reader(lines, delimiter=delimiter, strict=True)  # else a mark left open swallows what follows
    found = False
    while True:
        line = lines.begin_row()
        try:
            row = next(reader, None)
        except csv.Error as error:
            lines.taken()
            sample = lines.give_back()[:SAMPLE_LENGTH].strip()
            found = True
            reason = f"the row cannot be read ({error}): mend its quotation marks"
            yield Refused(file.origin, reason, line, sample=sample or None)
            continue
        if row is None:
            break
        problem, decoded_as = lines.taken()
        if not any(cell.strip() for cell in row) and not problem:
            continue
        found = True
        item = _record(row, names)
        if problem or isinstance(item, str):
            sample = delimiter.join(row)[:SAMPLE_LENGTH]
            yield Refused(file.origin, problem or str(item), line, sample=sample)
        else:
            yield Found(file, item, source, line, decoded_as)
    if not found:
        yield Refused(file.origin, "has a row of column names and no more: give a table with articles")


def _columns(first: str) -> tuple[list[str], str]:
    """The columns' names, each once and none empty, and the delimiter."""
    names, delimiter = header(first)
    unique: dict[str, None] = {}
    for number, name in enumerate(names, 1):
        name = name or f"column_{number}"
        unique[name if name not in unique else f"{name}_{number}"] = None
    return list(unique), delimiter


def _record(row: list[str], names: list[str]) -> dict[str, str | None] | str:
    """The row by column, or what is wrong with it. Empty cells count as missing."""
    while len(row) > len(names) and not row[-1].strip():
        row.pop()
    if len(row) != len(names):
        return (
            f"the row has {len(row)} cells, the first row {len(names)}: "
            "put cells that hold the delimiter or a line end between quotation marks"
        )
    return {name: cell or None for name, cell in zip(names, row, strict=True)}


def no_text_column(names: list[str]) -> str:
    """Why a table is refused whose columns do not tell which of them holds the text."""
    return (
        f"has no column for the text (its columns: {shown_keys(names)}): "
        "name that column `text`, or map it in the sources file"
    )
