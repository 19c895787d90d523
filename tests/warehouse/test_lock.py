"""One writer at a time, told who has the lock, and never locked out by the dead."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from warehouse.lock import FileLock

HOLDER = (
    "import sys; from pathlib import Path; from warehouse.lock import FileLock\n"
    "with FileLock(Path(sys.argv[1])):\n"
    "    print('held', flush=True); sys.stdin.readline()\n"
)


@contextmanager
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until a line comes on its standard input."""
    command = [sys.executable, "-c", HOLDER, str(path)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "locks" / "writer"


def _take_in_background(path: Path) -> tuple[threading.Thread, threading.Event, list[str]]:
    """A thread that waits for the lock; the event is set once it has waited, the list says what it was told."""
    told: list[str] = []
    waiting = threading.Event()

    def tell(message: str) -> None:
        told.append(message)
        waiting.set()

    def take() -> None:
        lock = FileLock(path)
        lock.acquire(tell)
        lock.release()
        told.append("taken")

    thread = threading.Thread(target=take)
    thread.start()
    return thread, waiting, told


def test_a_second_process_waits_and_is_told_for_whom(path: Path) -> None:
    with holder(path) as process:
        thread, waiting, told = _take_in_background(path)
        assert waiting.wait(20)
        assert told == [f"waiting for process {process.pid}, which holds writer"]
        process.communicate("go\n")
        thread.join(20)
        assert told[1:] == ["taken"]


def test_the_lock_of_a_killed_process_is_free(path: Path) -> None:
    with holder(path) as process:
        thread, waiting, told = _take_in_background(path)
        assert waiting.wait(20)
        process.kill()
        thread.join(20)
        assert told[1:] == ["taken"]


def test_a_free_lock_is_taken_without_a_word(path: Path) -> None:
    def complain(message: str) -> None:
        raise AssertionError(message)

    for _ in range(2):
        lock = FileLock(path)
        lock.acquire(complain)
        lock.release()


def test_held_tells_whether_a_living_process_has_it(path: Path) -> None:
    assert not FileLock.held(path)  # no file yet
    with holder(path) as process:
        assert FileLock.held(path)
        process.kill()
        process.wait()
        assert not FileLock.held(path)
    with FileLock(path):
        assert FileLock.held(path)
    assert not FileLock.held(path)


def test_asking_leaves_the_lock_free(path: Path) -> None:
    with FileLock(path):
        pass
    assert not FileLock.held(path)
    with holder(path):
        assert FileLock.held(path)


def test_taking_and_giving_twice_is_harmless(path: Path) -> None:
    lock = FileLock(path)
    lock.acquire()
    lock.acquire()
    assert FileLock.held(path)
    lock.release()
    assert not FileLock.held(path)
    lock.release()


def test_an_error_under_the_lock_gives_it_back(path: Path) -> None:
    with pytest.raises(ValueError, match="no matter"), FileLock(path):
        raise ValueError("no matter")
    assert not FileLock.held(path)
