"""Work for the tests of engines; it imports next to nothing, so that a worker is at work at once."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

Tell = Callable[[int], None]


def ignored(_: int) -> None:
    pass


def square(number: int, tell: Tell) -> tuple[int, int]:
    tell(number)
    return number * number, os.getpid()


def variable(name: str, _: Tell) -> str | None:
    return os.environ.get(name)


def fail(error: Exception, _: Tell) -> None:
    raise error


def kill_oneself(_: int, __: Tell) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def say_and_sleep(file: Path, tell: Tell) -> None:
    file.write_text(str(os.getpid()))
    tell(1)
    time.sleep(60)


class UnwieldyError(Exception):
    """An error that cannot be made again from what it says."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other}")


def raise_unwieldy(_: int, __: Tell) -> None:
    raise UnwieldyError("one", "two")
