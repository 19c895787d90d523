"""Which lines the sources of a batch repeat: what the stage `repeated_lines` writes.

Counted over the batches that landed up to and including the batch, so that its file can be made again from the lake.
What makes a line count as repeated does not belong here (`transforms/cleaning/repeated.py`), nor what becomes of it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.land import RAW, landed
from transforms.records import RawArticle, Record, SeenLines
from warehouse.lake import Lake

if TYPE_CHECKING:
    from transforms.cleaning.repeated import Counted

SEEN = "repeated_lines"

Told = tuple[str, int, list[int]]  # source, sketch and lines of an article


def seen_lines(lake: Lake, batch: str, current: Callable[[str], bool]) -> Iterator[Record]:
    """The lines of each article of a batch that may be furniture, and those of them that its source repeats.

    `current` says whether a batch's file of this stage is what would be made now; else its raw texts are read again, so
    that the result does not depend on which files are there.
    """
    own = list(_own(lake, batch))
    counted = _counted_to(lake, batch, own, current)
    lines: defaultdict[str, set[int]] = defaultdict(set)
    for article in own:
        lines[article.source].update(article.lines)
    often = {source: counted.repeated(source, asked) for source, asked in lines.items()}
    for article in own:
        yield article.model_copy(update={"repeated": [line for line in article.lines if line in often[article.source]]})


@dataclass
class _Memory:
    """The first batches of a lake, each with the content of its raw articles, and what was counted in them."""

    batches: list[tuple[str, str]] = field(default_factory=list)
    counted: "Counted | None" = None


@lru_cache(maxsize=1)
def memory_of(_root: Path) -> _Memory:
    """What this process has counted in a lake: batches that come in the order of landing are read once."""
    return _Memory()


def _counted_to(lake: Lake, batch: str, own: Iterable[SeenLines], current: Callable[[str], bool]) -> "Counted":
    """What the sources repeat in the batches that landed up to a batch, whose own articles these are."""
    from transforms.cleaning.repeated import Counted

    memory = memory_of(lake.root)
    wanted = _landed_to(lake, batch)
    if memory.counted is None or memory.batches != wanted[: len(memory.batches)]:
        memory.batches, memory.counted = [], Counted()
    for step in wanted[len(memory.batches) :]:
        told: defaultdict[str, list[tuple[int, list[int]]]] = defaultdict(list)
        for source, sketch, lines in _told(own) if step[0] == batch else _earlier(lake, step[0], current):
            told[source].append((sketch, lines))
        for source, seen in told.items():
            memory.counted.count(source, seen)
        memory.batches.append(step)
    return memory.counted


def _landed_to(lake: Lake, batch: str) -> list[tuple[str, str]]:
    """The batches that landed up to a batch, with the content of their raw articles."""
    order = _landed(lake.root, lake.state(RAW))
    return order[: next(place for place, (key, _) in enumerate(order, 1) if key == batch)]


@lru_cache(maxsize=1)
def _landed(root: Path, _state: tuple[tuple[str, int, int], ...]) -> list[tuple[str, str]]:
    """All batches in the order of landing, with the content of their raw articles; read once while none changes."""
    lake = Lake(root)
    return [(one.batch, stamp.content) for one in landed(lake) if (stamp := lake.stamp(RAW, one.batch))]


def _earlier(lake: Lake, batch: str, current: Callable[[str], bool]) -> Iterator[Told]:
    if not current(batch):
        yield from _told(_own(lake, batch))
        return
    found = lake.table(SEEN, batch, ("source", "sketch", "lines"))
    yield from zip(*(found[name].to_pylist() for name in found.column_names), strict=True)


def _told(articles: Iterable[SeenLines]) -> Iterator[Told]:
    return ((one.source, one.sketch, one.lines) for one in articles)


def _own(lake: Lake, batch: str) -> Iterator[SeenLines]:
    """The articles of a batch with their lines that may be furniture, before any is known to be repeated."""
    from transforms.cleaning.repeated import candidates, sketch

    for article in lake.stream(RAW, batch, RawArticle):
        yield SeenLines(
            article_id=article.article_id,
            text_id=article.text_id,
            source=article.source,
            sketch=sketch(article.text),
            lines=sorted(candidates(article.text)),
            repeated=[],
        )
