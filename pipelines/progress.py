"""Shows how far long work has come: a bar with rate and time left in a terminal, plain lines elsewhere.

What the work is does not belong here.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Task as RichTask
from rich.text import Text

EVERY = 10.0  # seconds between two plain lines


class _Rate(ProgressColumn):
    """Units per second."""

    def render(self, task: RichTask) -> Text:
        return Text(f"{task.speed:,.0f}/s" if task.speed else "", style="dim")


def console() -> Console:
    """Standard error: standard output belongs to results."""
    return Console(stderr=True, highlight=False)


@contextmanager
def meter(label: str, total: int, unit: str) -> Iterator[Callable[[int], None]]:
    """Yields the function to call with the number of units that have been done since the last call."""
    screen = console()
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

    def __init__(self, label: str, total: int, unit: str) -> None:
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
        left = (self.total - self.done) / rate if rate else 0.0
        line = f"{self.label}: {self.done:,} of {self.total:,} {self.unit}, {rate:,.1f}/s, {left:,.0f} s left\n"
        sys.stderr.write(line)
        sys.stderr.flush()
