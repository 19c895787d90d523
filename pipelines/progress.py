"""Shows how far long work has come: a bar with rate and time left in a terminal, plain lines elsewhere.

What the work is does not belong here.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Task as RichTask
from rich.text import Text

EVERY = 10.0  # seconds between two plain lines


class _Rate(ProgressColumn):
    """Units per second."""

    def render(self, task: RichTask) -> Text:
        return Text(f"{task.speed:,.0f}/s" if task.speed else "", style="dim")


_kept: list[TextIO] = []


@contextmanager
def keeping_stderr() -> Iterator[None]:
    """Keeps the standard error of now for progress: Dagster turns the process's own to a file during each step."""
    try:
        descriptor = os.dup(sys.stderr.fileno())
    except (OSError, ValueError):  # standard error is no file: a test's, or closed
        yield
        return
    with os.fdopen(descriptor, "w", buffering=1, encoding="utf-8", errors="replace") as kept:
        _kept.append(kept)
        try:
            yield
        finally:
            _kept.remove(kept)


def _stderr() -> TextIO:
    """Standard output belongs to results."""
    return _kept[-1] if _kept else sys.stderr


@contextmanager
def meter(label: str, total: int | None, unit: str) -> Iterator[Callable[[int], None]]:
    """Yields the function to call with the number of units that have been done since the last call.

    `total` is None where nobody knows how much there is to do.
    """
    screen = Console(file=_stderr(), highlight=False)
    if screen.is_terminal:
        columns = (
            TextColumn("{task.description:<16}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn(unit),
            _Rate(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=screen, transient=True) as progress:
            task = progress.add_task(label, total=total)
            yield lambda count: progress.advance(task, count)
    else:
        yield _Lines(label, total, unit)


class _Lines:
    """A line every few seconds, for logs."""

    def __init__(self, label: str, total: int | None, unit: str) -> None:
        self.label, self.total, self.unit = label, total, unit
        self.done = 0
        self.start = self.last = time.monotonic()

    def __call__(self, count: int) -> None:
        self.done += count
        now = time.monotonic()
        if now - self.last < EVERY:
            return
        self.last = now
        rate = self.done / (now - self.start)
        stream = _stderr()
        if self.total is None:
            stream.write(f"{self.label}: {self.done:,} {self.unit}, {rate:,.1f}/s\n")
        else:
            left = (self.total - self.done) / rate if rate else 0.0
            stream.write(
                f"{self.label}: {self.done:,} of {self.total:,} {self.unit}, {rate:,.1f}/s, {left:,.0f} s left\n"
            )
        stream.flush()
