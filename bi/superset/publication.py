"""Connections that see the newest publication and end in time. Where the file lies is not settled here.

Within one process DuckDB shares an open file between connections: one that is opened while an older is still in use
sees what the older one sees, although another file has been published since. So whoever opens a connection after a
publication waits here until those to the file before it are closed; and nothing runs on one for longer than the
deadline. Whoever keeps one open beyond that without asking anything shuts the others out, who are told so.
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


class Deadline:
    """Interrupts when so many seconds have passed, and every second from then on until it is cancelled.

    Once would not do: what comes between two statements of one connection interrupts neither.
    """

    def __init__(self, interrupt: Callable[[], None], seconds: float) -> None:
        self._interrupt = interrupt
        self._seconds = seconds
        self._cancelled = threading.Event()
        # What is closed already cannot be interrupted. Reentrant, as the collector may drop a connection right here.
        self._alone = threading.RLock()
        threading.Thread(target=self._wait, daemon=True).start()

    def cancel(self) -> None:
        """From the return on nothing is interrupted."""
        with self._alone:
            self._cancelled.set()

    def _wait(self) -> None:
        pause = self._seconds
        while not self._cancelled.wait(pause):
            with self._alone:
                if not self._cancelled.is_set():
                    self._interrupt()
            pause = 1.0


class Reader:
    """An open connection. Closed, or dropped without that, it is closed in DuckDB before `left` is called, once."""

    def __init__(self, connection: Any, deadline: Deadline, left: Callable[[], None]) -> None:
        self._connection = connection

        def ended() -> None:
            deadline.cancel()
            try:
                connection.close()
            finally:
                left()

        self._ended = weakref.finalize(self, ended)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def close(self) -> None:
        """Closes the connection. Whoever waits for the file goes on after that."""
        self._ended()


class Readers:
    """The open connections of one process to one file."""

    def __init__(self, deadline: float = DEADLINE) -> None:
        self._deadline = deadline
        self._changed = threading.Condition()
        self._open = 0
        self._file: tuple[int, int] | None = None

    def connect(self, path: Path, opening: Callable[[], Any]) -> Any:
        """The connection that `opening` makes; once the deadline has passed, whatever runs on it is interrupted.

        Raises StillReadingError where others hold the file that was published before for longer than the deadline, and
        what `path.stat` and `opening` raise.
        """
        self._enter(path)
        try:
            connection = opening()
        except BaseException:
            self._leave()
            raise
        return Reader(connection, Deadline(connection.interrupt, self._deadline), self._leave)

    def _enter(self, path: Path) -> None:
        until = time.monotonic() + self._deadline
        with self._changed:
            # Looked at once for each decision: it may be replaced between two looks.
            while (found := _identity(path)) != self._file and self._open:
                if not self._changed.wait(timeout=until - time.monotonic()):
                    raise StillReadingError(
                        f"{path.name} was published anew, but {self._open} queries on the publication before have "
                        f"not ended within {self._deadline:.0f} s: try again"
                    )
            self._file = found
            self._open += 1

    def _leave(self) -> None:
        with self._changed:
            self._open -= 1
            self._changed.notify_all()


def _identity(path: Path) -> tuple[int, int]:
    """What tells one published file from the next at the same place."""
    found = path.stat()
    return found.st_ino, found.st_mtime_ns
