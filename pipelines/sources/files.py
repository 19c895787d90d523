"""Finds the files of the inputs, in a fixed order, and how each is called. What is in them belongs to the formats."""

import os
import stat
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from pipelines.sources.decoding import sound
from pipelines.sources.formats import Noted, Refused, SourceFile


def find_files(inputs: Iterable[Path | str]) -> Iterator[SourceFile | Refused | Noted]:
    """The files of the inputs: those given, and all below the folders given, sorted by name within each folder.

    Hidden files and folders, and homes of Parley, are skipped unless they are given themselves. What is missing,
    cannot be listed or is no regular file is refused, and the rest goes on; a folder without any file is noted.
    """
    for given in inputs:
        path = Path(given)
        origin = _printable(path.name or str(path))
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            yield Refused(origin, _cannot_open(error))
            continue
        if stat.S_ISDIR(mode):
            found = _walk(path, path, frozenset())
            first = next(found, None)
            if first is None:
                yield Noted(_origin(path, path), "holds no file")
                continue
            yield from chain((first,), found)
        elif stat.S_ISREG(mode):
            yield SourceFile(path, origin, _folder_name(path.parent))
        else:
            yield Refused(origin, _NO_FILE)


_NO_FILE = "is no regular file: give a file or a folder"


def _is_home(folder: Path) -> bool:
    """Whether a folder is a home of Parley, whose files are its own and no input."""
    try:
        return all((folder / name).is_dir() for name in ("lake", "locks", "dagster"))
    except OSError:  # a folder that cannot be searched is refused where it is walked
        return False


def _walk(folder: Path, root: Path, above: frozenset[tuple[int, int]]) -> Iterator[SourceFile | Refused]:
    """The files below a folder. `above` holds the folders on the way to it, so that a loop of links ends."""
    try:
        status = folder.stat()
        here = (status.st_dev, status.st_ino)
        names = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        yield Refused(_origin(folder, root), _cannot_open(error))
        return
    if here in above:
        return
    for name in names:
        path = folder / name
        try:
            mode = path.stat().st_mode
        except OSError as error:
            yield Refused(_origin(path, root), _cannot_open(error))
            continue
        if stat.S_ISDIR(mode):
            if not _is_home(path):
                yield from _walk(path, root, above | {here})
        elif stat.S_ISREG(mode):
            yield SourceFile(path, _origin(path, root), _folder_name(folder))
        else:
            yield Refused(_origin(path, root), _NO_FILE)


def _origin(path: Path, root: Path) -> str:
    return _printable(path.relative_to(root).as_posix() if path != root else _folder_name(root))


def _folder_name(folder: Path) -> str:
    """The name of a folder, however it is given: `.` and `..` have names, too."""
    absolute = folder.absolute()
    name = absolute.name if absolute.name != ".." else absolute.resolve().name
    return _printable(name) or "files"


def _printable(name: str) -> str:
    """A file's name as text; what is no UTF-8 becomes U+FFFD."""
    return sound(os.fsencode(name).decode("utf-8", "replace"))


def _cannot_open(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "does not exist (any more): check the path"
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be opened ({why}): check the path and its permissions"
