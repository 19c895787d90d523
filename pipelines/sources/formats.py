"""What passes between the reader of a format and the rest: a file, a record found in it, a refusal, a note.

A format is a function from a file to what it holds. It knows nothing of articles: which fields there are, what a
date is and which record has been seen before belong to `articles`, `published` and `duplicates`. Nor does it know
whether its file lies in a folder, in an archive or in memory: `unpacking` sees to that.
"""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from pipelines.sources.settings import SourceSettings

SAMPLE_LENGTH = 200  # characters
_PACKED = re.compile(r"\.(?:gz|zst|bz2|xz)\Z", re.IGNORECASE)


class DamagedError(ValueError):
    """A stream cannot be read on: it is cut off or damaged, or would unpack to too much. The message says which."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read; `origin` is how it is called in the warehouse, without folders of the machine.

    Its content is that of `path`, else what `content` opens: a member of an archive, a stream being unpacked, bytes
    in memory (`of_bytes`, for what was fetched: its address is its origin).
    """

    path: Path | None
    origin: str
    folder: str  # name of the folder in which it stands
    content: Callable[[], BinaryIO] | None = None  # may be called once only
    url: str | None = None  # from which it was fetched
    charset: str | None = None  # as told by HTTP

    @classmethod
    def of_bytes(cls, data: bytes, url: str, *, charset: str | None = None) -> "SourceFile":
        """What was fetched from an address, whole and in memory."""
        return cls(None, url, _host(url), lambda: io.BytesIO(data), url, charset)

    @property
    def name(self) -> str:
        """The last part of the origin, of an address without query."""
        origin = self.origin if self.url is None else self.origin.partition("?")[0].partition("#")[0].rstrip("/")
        return origin.rpartition("/")[2]

    @property
    def stem(self) -> str:
        """The name without suffixes: `wire` of `wire.jsonl.gz`."""
        return PurePosixPath(_PACKED.sub("", self.name)).stem

    def open(self) -> BinaryIO:
        """The content from its beginning. Raises OSError; reading it raises DamagedError where it is damaged."""
        if self.content is not None:
            return self.content()
        if self.path is None:
            raise FileNotFoundError(self.origin)
        return self.path.open("rb")


def _host(url: str) -> str:
    return re.sub(r"\A(?:[a-z][a-z0-9+.-]*:)?//(?:[^/?#]*@)?", "", url, flags=re.IGNORECASE).partition("/")[0] or "web"


@dataclass(frozen=True, slots=True)
class Found:
    """A record as it stands in a file, not yet looked at."""

    file: SourceFile
    fields: Mapping[str, Any]
    source: str  # where the record names none
    line: int | None = None  # from 1
    decoded_as: str | None = None  # where the bytes were not sound UTF-8
    guess: bool = True  # whether its keys are the file's own, so that their meaning may have to be guessed


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that cannot be taken in; the reason says what is wrong and what to do."""

    origin: str
    reason: str
    line: int | None = None
    source_id: str | None = None
    sample: str | None = None
    source: str | None = None  # where it is known


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that whoever gave the file should know, although nothing was refused."""

    origin: str
    message: str


type Format = Callable[[SourceFile, SourceSettings], Iterator[Found | Refused | Noted]]


def read_whole(file: SourceFile, most: int) -> bytes | Refused:
    """The content of a file of at most `most` bytes. Raises OSError, DamagedError."""
    with file.open() as stream:
        data = read_up_to(stream, most + 1)
    if not data:
        return Refused(file.origin, "is empty: give a file that holds an article")
    if len(data) > most:
        return Refused(
            file.origin,
            f"holds more than {most:,} bytes, too much for an article: split it into articles, for instance as "
            "JSON Lines",
        )
    return data


def read_up_to(stream: BinaryIO, most: int) -> bytes:
    """The next `most` bytes of a stream, fewer only at its end. Raises OSError, DamagedError."""
    data, damage = read_readable(stream, most)
    if damage:
        raise damage
    return data


def read_readable(stream: BinaryIO, most: int) -> tuple[bytes, DamagedError | None]:
    """As `read_up_to`, but where the stream is damaged, what comes before and why no more does. Raises OSError."""
    parts, length = [], 0
    try:
        # read1: a plain read that meets a damage would lose what it has read already.
        while length < most and (part := stream.read1(min(most - length, 1_048_576))):  # type: ignore[attr-defined]
            parts.append(part)
            length += len(part)
    except DamagedError as error:
        return b"".join(parts), error
    return b"".join(parts), None


def broken_off(file: SourceFile, error: Exception, read: str, line: int | None = None) -> Refused:
    """The refusal of what follows in a file that cannot be read to its end; `read` says what was."""
    why = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return Refused(
        file.origin, f"cannot be read on from here ({why}); {read}: get the file again and give it again", line
    )
