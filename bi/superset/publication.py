"""Connections that see the newest publication and end in time. Where the file lies is not settled here.

Within one process DuckDB shares an open file between connections: one that is opened while an older is still in use
sees what the older one sees, although another file has been published since. So whoever opens a connection after a
publication waits here until those to the file before it are closed; and none stays open for longer than the deadline.
"""

import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

DEADLINE = 55.0  # seconds: below the minute after which Superset's page and its server give a request up


class StillReadingError(TimeoutError):
    """Connections to a replaced file were not closed within the deadline."""


class Readers:
    """The open connections of one process to one file."""

    def __init__(self, deadline: float = DEADLINE) -> None:
        self._deadline = deadline
        self._changed = threading.Condition()
        self._open = 0
        self._file: tuple[int, int] | None = None

    def connect(self, path: Path, opening: Callable[[], Any]) -> Any:
        """The connection that `opening` makes, which is interrupted when the deadline has passed.

        Raises StillReadingError where others hold the file that was published before for longer than the deadline, and
        what `path.stat` and `opening` raise.
        """
        self._enter(path)
        try:
            connection = opening()
        except BaseException:
            self._leave()
            raise
        overdue = threading.Timer(self._deadline, connection.interrupt)
        overdue.daemon = True
        overdue.start()

        def left() -> None:
            overdue.cancel()
            self._leave()

        once = weakref.finalize(connection, left)
        closing = connection.close

        def close() -> None:
            try:
                closing()
            finally:
                once()

        connection.close = close
        return connection

    def _enter(self, path: Path) -> None:
        until = time.monotonic() + self._deadline
        with self._changed:
            while self._open and self._file != _identity(path):
                if not self._changed.wait(timeout=until - time.monotonic()):
                    raise StillReadingError(
                        f"{path.name} was published anew, but {self._open} queries on the publication before have "
                        f"not ended within {self._deadline:.0f} s: try again"
                    )
            self._file = _identity(path)
            self._open += 1

    def _leave(self) -> None:
        with self._changed:
            self._open -= 1
            self._changed.notify_all()


def _identity(path: Path) -> tuple[int, int]:
    """What tells one published file from the next at the same place."""
    found = path.stat()
    return found.st_ino, found.st_mtime_ns
