"""Writes that are there whole or not at all: temporary name, fsync, rename. What is written does not belong here."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# A leading dot keeps half-written files out of every listing of the lake.
_TEMPORARY = ".tmp-{pid}-{unique}-{name}"


def temporary_name(path: Path) -> Path:
    """A name beside `path` that no reader looks at and no other writer uses."""
    return path.with_name(_TEMPORARY.format(pid=os.getpid(), unique=uuid.uuid4().hex[:8], name=path.name))


def sync(path: Path) -> None:
    """Force a file or folder to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yields a temporary path; what is written there takes the place of `path` when the block ends without error.

    Raises whatever the block raises (OSError where the disk is full); `path` is then as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = temporary_name(path)
    try:
        yield temporary
        sync(temporary)
        temporary.replace(path)
        sync(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def sweep(folder: Path, *, below: bool = True) -> int:
    """Removes what killed writers left half-written in `folder` (and below it); returns how many those were."""
    swept = 0
    for leftover in folder.rglob(".tmp-*") if below else folder.glob(".tmp-*"):
        pid = leftover.name.split("-")[1]
        if pid.isdigit() and not _alive(int(pid)):
            if leftover.is_dir():
                shutil.rmtree(leftover)
            else:
                leftover.unlink(missing_ok=True)
            swept += 1
    return swept


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
