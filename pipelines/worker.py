"""A process that works for `ProcessEngine`: takes an item, does the work, sends the result; ends with its run.

    python -m pipelines.worker DESCRIPTOR

Who starts it, and on what it works, does not belong here.
"""

import os
import pickle
import sys
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any


def serve(connection: Connection) -> None:
    """Works until the other end of the connection closes, and then ends the process, in the midst of whatever it does:
    nobody waits for it any more."""
    jobs: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(connection, jobs), daemon=True).start()
    while True:
        connection.send(_done(jobs.get(), lambda count: connection.send(("told", count))))


def _listen(connection: Connection, jobs: "SimpleQueue[bytes]") -> None:
    try:
        while True:
            jobs.put(connection.recv_bytes())
    except (EOFError, OSError):
        os._exit(0)


def _done(job: bytes, tell: Callable[[int], None]) -> tuple[Any, ...]:
    try:
        work, item = pickle.loads(job)
        return "done", work(item, tell)
    except Exception as error:  # noqa: BLE001 - it is raised again in the run
        return "failed", _portable(error), traceback.format_exc()


def _portable(error: Exception) -> Exception:
    """The error, or where it cannot be pickled one that says the same."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 - whatever its own code does when it is made again
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
