"""Unwraps what lies in archives and compressed files, nested or not, by their first bytes and not by their names.

gzip, bzip2, xz, zstd, zip and tar are streamed: nothing is unpacked to a path, and no member's name is used as one.
What the unpacked files hold belongs to `detection`.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Buffer, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from pipelines.sources.decoding import sound
from pipelines.sources.formats import DamagedError, Refused, SourceFile, broken_off, read_readable

MOST_LEVELS = 3  # of archives within archives
MOST_MEMBERS = 250_000  # of an archive
HEAD = 16_384  # bytes by which a file is told; the marks of all archives stand in the first 300
# Text shrinks to a third, at most to a tenth; the formats themselves reach 1,000 (gzip) and more.
_HIGHEST_RATIO = 200
_FREE = 16_000_000  # bytes that may be unpacked whatever the ratio
_IN_MEMORY = 4_000_000  # bytes of a nested zip that are kept out of a temporary file
_OFFICE = frozenset({"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"})  # members of office files, books, apps
_DAMAGES = (
    EOFError,
    OSError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    tarfile.TarError,
    MemoryError,  # a dictionary of gigabytes
    NotImplementedError,  # a kind of compression in a zip
    RuntimeError,  # an encrypted member
    ValueError,
    OverflowError,
    KeyError,
    IndexError,
)


class Allowance:
    """How much one given file may unpack to, all that is nested in it together."""

    def __init__(self, packed: int) -> None:
        self._left = max(_FREE, packed * _HIGHEST_RATIO)

    def spend(self, count: int) -> None:
        """Takes note of `count` unpacked bytes. Raises DamagedError beyond what is allowed."""
        self._left -= count
        if self._left < 0:
            raise DamagedError(f"it unpacks to more than {_HIGHEST_RATIO} times its size, as a zip bomb does")


def unpack(file: SourceFile) -> Iterator[tuple[SourceFile, bytes] | Refused]:
    """The files in a given file, itself where it is no archive, each with the first HEAD bytes of what it holds.

    Each can be opened once, before the next is asked for. What cannot be unpacked is refused, and what came before
    stays. Raises OSError where the given file cannot be opened.
    """
    with file.open() as stream:
        yield from _unpack(file, stream, Allowance(size_of(stream)), 0)


def size_of(stream: BinaryIO) -> int:
    if not stream.seekable():
        return 0
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return size


def _unpack(
    file: SourceFile, stream: BinaryIO, allowance: Allowance, level: int
) -> Iterator[tuple[SourceFile, bytes] | Refused]:
    head, damage = read_readable(stream, HEAD)
    if damage and not head:
        yield _cannot(file, damage)
        return
    stream = _rejoined(head, stream)
    kind = _kind(head)
    if kind is None:
        yield replace(file, content=lambda: stream), head
    elif level == MOST_LEVELS:
        yield Refused(file.origin, f"is packed more than {MOST_LEVELS} times over: unpack it before it is given")
    elif kind == "zip":
        yield from _zip(file, stream, allowance, level)
    elif kind == "tar":
        yield from _tar(file, stream, allowance, level)
    else:
        yield from _streamed(file, partial(_STREAMS[kind], stream), allowance, level)


def _kind(head: bytes) -> str | None:
    marks = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz", b"\x28\xb5\x2f\xfd": "zstd"}
    marks |= {b"PK\x03\x04": "zip", b"PK\x05\x06": "zip"}
    found = next((kind for mark, kind in marks.items() if head.startswith(mark)), None)
    return found or ("tar" if head[257:262] == b"ustar" else None)


def _zstd(stream: BinaryIO) -> Any:
    # pyarrow tells where a stream breaks off; the other decoder (zstandard) would pass over it in silence.
    import pyarrow as pa

    return pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd")


_STREAMS: dict[str, Callable[[BinaryIO], Any]] = {
    "gzip": lambda stream: gzip.GzipFile(fileobj=stream),
    "bzip2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
    "zstd": _zstd,
}


class _Unpacked(io.RawIOBase):
    """What a library unpacks: any fault of it is a DamagedError, and what comes out is counted."""

    def __init__(self, opened: Callable[[], Any], allowance: Allowance) -> None:
        self._opened, self._allowance = opened, allowance
        self._stream: Any = None
        self._damage: DamagedError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer).cast("B")
        if self._damage:
            raise self._damage
        try:
            if self._stream is None:
                self._stream = self._opened()
            # Not more at once than is there: what comes before a damage is not to be lost.
            read = getattr(self._stream, "read1", self._stream.read)
            data = read(len(view))
            self._allowance.spend(len(data))
        except (DamagedError, *_DAMAGES) as error:
            self._damage = DamagedError(_why(error))
            raise self._damage from error
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed and self._stream is not None:
            self._stream.close()
        super().close()


class _Rejoined(io.RawIOBase):
    """A stream of which the beginning was read already."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer).cast("B")
        data = self._head[: len(view)] or self._stream.read1(len(view))  # type: ignore[attr-defined]
        self._head = self._head[len(view) :]
        view[: len(data)] = data
        return len(data)


def _rejoined(head: bytes, stream: BinaryIO) -> BinaryIO:
    if stream.seekable():
        stream.seek(0)
        return stream
    return io.BufferedReader(_Rejoined(head, stream), 65_536)


def seekable(stream: BinaryIO) -> BinaryIO:
    """The stream, or a temporary copy of the rest of it in which one can go back. Raises DamagedError, OSError."""
    if stream.seekable():
        return stream
    copy = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (closed by whoever uses it, or with its last reference)
    while part := stream.read(1_048_576):
        copy.write(part)
    copy.seek(0)
    return copy  # type: ignore[return-value]


def _zip(
    file: SourceFile, stream: BinaryIO, allowance: Allowance, level: int
) -> Iterator[tuple[SourceFile, bytes] | Refused]:
    try:
        archive = zipfile.ZipFile(seekable(stream))
        members = archive.infolist()
    except zipfile.BadZipFile:
        yield _cannot(file, DamagedError("the zip is cut off or damaged, and has no sound directory at its end"))
        return
    except (DamagedError, *_DAMAGES) as error:
        yield _cannot(file, error)
        return
    with archive:
        if {member.filename for member in members[:50]} & _OFFICE:
            yield Refused(file.origin, "is an office document, a book or an app: give its text, or save it as HTML")
            return
        shown = [member for member in members if not member.is_dir() and not _hidden(member.filename)]
        if not shown:
            yield _empty(file)
        for member in shown[:MOST_MEMBERS]:
            open_member = partial(archive.open, member)
            yield from _streamed(_member(file, member.filename), open_member, allowance, level)
        if len(shown) > MOST_MEMBERS:
            yield _too_many(file)


def _tar(
    file: SourceFile, stream: BinaryIO, allowance: Allowance, level: int
) -> Iterator[tuple[SourceFile, bytes] | Refused]:
    try:
        archive = tarfile.open(fileobj=stream, mode="r|")  # noqa: SIM115 (closed below)
    except (DamagedError, *_DAMAGES) as error:
        yield _cannot(file, error)
        return
    read = shown = 0
    with archive:
        while True:
            try:
                member = archive.next()
            except (DamagedError, *_DAMAGES) as error:
                yield broken_off(file, DamagedError(_why(error)), f"the {read:,} members before were read")
                return
            if member is None:
                break
            if read == MOST_MEMBERS:
                yield _too_many(file)
                return
            if member.isfile() and not _hidden(member.name):
                shown += 1
                open_member = partial(archive.extractfile, member)
                yield from _streamed(_member(file, member.name), open_member, allowance, level)
            read += 1
            archive.members = []  # type: ignore[attr-defined]  # else it would remember them all
    if not shown:
        yield _empty(file)


def _streamed(
    file: SourceFile, opened: Callable[[], Any], allowance: Allowance, level: int
) -> Iterator[tuple[SourceFile, bytes] | Refused]:
    """What lies in a packed stream or a member, which is read through once."""
    with closing(_Unpacked(opened, allowance)) as raw:
        yield from _unpack(file, io.BufferedReader(raw, 65_536), allowance, level + 1)


def _hidden(name: str) -> bool:
    """Whether a member is hidden, as files with a dot are; macOS adds a folder of its own to each zip."""
    return any(part == "__MACOSX" or (part.startswith(".") and part not in {".", ".."}) for part in name.split("/"))


def _member(file: SourceFile, name: str) -> SourceFile:
    """A member as a file; its name is only ever shown."""
    shown = sound(name.encode("utf-8", "replace").decode("utf-8")).replace("\\", "/")
    parts = [part for part in shown.split("/") if part not in {"", ".", ".."}] or ["member"]
    folder = parts[-2] if len(parts) > 1 else _archive_name(file)
    return SourceFile(None, f"{file.origin}/{'/'.join(parts)}", folder)


def _archive_name(file: SourceFile) -> str:
    stem = file.stem
    return PurePosixPath(stem).stem if stem.lower().endswith(".tar") else stem


def _empty(file: SourceFile) -> Refused:
    return Refused(file.origin, "is an archive without files to be read: give one that holds articles")


def _too_many(file: SourceFile) -> Refused:
    return Refused(file.origin, f"has more than {MOST_MEMBERS:,} members, of which the first were read: split it")


def _cannot(file: SourceFile, error: Exception) -> Refused:
    return broken_off(file, DamagedError(_why(error)), "nothing of it was read")


def _why(error: BaseException) -> str:
    if isinstance(error, DamagedError):
        return str(error)
    text = str(error) or type(error).__name__
    if isinstance(error, EOFError) or "truncated" in text.lower():
        return "the compressed data end too early"
    if isinstance(error, RuntimeError) and "encrypted" in text:
        return "it is encrypted"
    return f"the compressed data are damaged: {text[:200]}"
