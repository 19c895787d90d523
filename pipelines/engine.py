"""How the work on batches is mapped over workers: one after the other here, or over processes of this machine.

What the work is (`processing.py`) and how a process does it (`worker.py`) do not belong here. An engine for a cluster
is one more class with the methods of `Engine`, and one more word of the setting `PARLEY_ENGINE`. What it has to fulfil:

- all workers see the lake under the same path, and a file renamed there is seen by all;
- work is a function at the top of a module, its items and results are small and can be pickled, and no article is among
  them: a worker reads its batch from the lake, and writes the file itself;
- doing an item twice does no harm (files are replaced whole, the second is like the first), so it may try again;
- results come in any order, and an error of the work comes as that same error, the worker's traceback as its cause;
- workers have the environment of the run (PARLEY_MODEL, PARLEY_TIMEZONE, …), the same code, tables and model;
- no worker goes on working when the run is dead.
"""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

Tell = Callable[[int], None]  # takes how many units were done since it was last called


class Engine(Protocol):
    """Maps work over items."""

    @property
    def workers(self) -> int:
        """How many items are worked on at once."""

    @property
    def least(self) -> int:
        """Articles below which the workers are not worth their start; such work is done where it is."""

    def run[T, R](self, work: Callable[[T, Tell], R], items: Sequence[T], tell: Tell) -> Iterator[R]:
        """The results of the work on all items, in whatever order they come.

        `tell` is for whoever watches: an engine may call it late, or never. Raises what the work raises; what was not
        done by then is left.
        """

    def close(self) -> None:
        """Lets the workers go; harmless where there are none."""


class WorkerDiedError(RuntimeError):
    """A worker was killed from outside; the message says while doing what, and what to do."""


class WorkerTraceback(Exception):  # noqa: N818 - no error of its own: where in a worker the one that it explains arose
    """The traceback of a worker, as the cause of the error that it raised."""

    def __str__(self) -> str:
        return f"\n{self.args[0]}"


class SerialEngine:
    """One item after the other, in this process."""

    workers, least = 1, 0

    def run[T, R](self, work: Callable[[T, Tell], R], items: Sequence[T], tell: Tell) -> Iterator[R]:
        for item in items:
            yield work(item, tell)

    def close(self) -> None:
        pass


@dataclass(frozen=True)
class _Worker:
    process: "subprocess.Popen[bytes]"
    connection: Connection

    def end(self) -> int:
        """Kills the process where it still lives; returns its exit status."""
        self.connection.close()
        self.process.kill()
        return self.process.wait()


class ProcessEngine:
    """Items over processes, which are started when there is work for them and live until `close`.

    A process is a new interpreter that runs `worker.py`, joined to this one by a socket. A fork would take the locks of
    DuckDB and Arrow along without their threads. The pools of the standard library import the caller's main module in
    each process again (Dagster's takes seconds), outlive a run that is killed, or hang where a worker is. Here the
    socket closes with the run, however that dies, and the process ends with the socket.
    """

    def __init__(self, workers: int, least: int = 0) -> None:
        self.workers, self.least = workers, least
        self._idle: list[_Worker] = []

    def run[T, R](self, work: Callable[[T, Tell], R], items: Sequence[T], tell: Tell) -> Iterator[R]:
        todo = deque(items)
        busy: dict[Connection, tuple[_Worker, T]] = {}
        try:
            while todo or busy:
                while todo and len(busy) < self.workers:
                    worker = self._ready()
                    item = todo.popleft()
                    busy[worker.connection] = worker, item
                    _send(worker, (work, item), item)
                for ready in wait(list(busy)):
                    worker, item = busy[ready]  # type: ignore[index]
                    kind, *content = _received(worker, item)
                    if kind == "told":
                        tell(*content)
                        continue
                    del busy[worker.connection]
                    self._idle.append(worker)
                    if kind == "failed":
                        error, trace = content
                        raise error from WorkerTraceback(trace)
                    yield content[0]
        finally:  # an error, an interruption: what is at work now works for nobody
            for worker, _ in busy.values():
                worker.end()

    def _ready(self) -> _Worker:
        """A worker that waits for work, or a new one; one that died meanwhile is let go, as it was at nothing."""
        while self._idle:
            worker = self._idle.pop()
            if worker.process.poll() is None:
                return worker
            worker.end()
        return _start()

    def close(self) -> None:
        while self._idle:
            self._idle.pop().end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _start() -> _Worker:
    ours, theirs = Pipe()
    path = os.pathsep.join(place or str(Path.cwd()) for place in sys.path)
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "pipelines.worker", str(theirs.fileno())],
            env={**os.environ, "PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # belongs to the run's results
            pass_fds=[theirs.fileno()],
            process_group=0,  # Ctrl-C is for the run, which ends its workers
        )
    return _Worker(process, ours)


def _send(worker: _Worker, message: Any, item: object) -> None:
    try:
        worker.connection.send(message)
    except OSError as error:
        raise _died(worker, item) from error


def _received(worker: _Worker, item: object) -> Any:
    try:
        return worker.connection.recv()
    except (EOFError, OSError) as error:
        raise _died(worker, item) from error


def _died(worker: _Worker, item: object) -> WorkerDiedError:
    status = worker.end()
    how = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
    return WorkerDiedError(
        f"a worker {how} while at {item}. Run again, and the work is taken up where it stopped; where memory ran out, "
        "with fewer workers (PARLEY_WORKERS=1)"
    )
