"""Runs stages over batches, and tells which batches still need it.

When a file is current (`stage.py`), what a stage computes (`stages.py`) and how Dagster calls it (`assets/`) do not
belong here.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.progress import meter
from pipelines.stage import Stage, contents, fingerprint, is_current, model_fingerprint
from pipelines.stages import STAGES
from transforms.records import Record
from warehouse.lake import Lake


@dataclass(frozen=True)
class Outcome:
    """What became of one batch at one stage."""

    batch: str
    computed: bool
    rows: int
    seconds: float


def run_stage(
    stage: Stage, lake: Lake, batches: Sequence[str], before_replacing: Callable[[], None] = lambda: None
) -> list[Outcome]:
    """Brings the files of the batches up to date; those that are current are left as they are.

    `before_replacing` is called before the first file that others may be building from is replaced.
    Raises RuntimeError where an input is missing, OSError where the lake cannot be written.
    """
    facts: dict[str, Any] = {"model": model_fingerprint()} if stage.needs_model else {}
    todo: list[tuple[str, str]] = []
    outcomes = []
    for batch in batches:
        wanted = fingerprint(stage, lake, batch)
        if wanted is None:
            raise RuntimeError(f"{stage.name} cannot run on batch {batch}: it needs {', '.join(stage.inputs)} first")
        old = lake.stamp(stage.name, batch)
        if old is not None and old.fingerprint == wanted:
            outcomes.append(Outcome(batch, False, old.rows, 0.0))
        else:
            todo.append((batch, wanted))
    if any(lake.stamp(stage.name, batch) is not None for batch, _ in todo):
        before_replacing()
    total = sum(stamp.rows for batch, _ in todo if (stamp := lake.stamp(stage.inputs[0], batch)) is not None)
    with meter(stage.name, total, "articles") as advance:
        for batch, wanted in todo:
            start = time.perf_counter()
            rows = _counted(stage.compute(lake, batch, lake.stamp(stage.name, batch)), advance)
            made_of = {"inputs": contents(stage, lake, batch)}
            stamp = lake.write(stage.name, batch, stage.record, rows, fingerprint=wanted, facts=facts | made_of)
            outcomes.append(Outcome(batch, True, stamp.rows, time.perf_counter() - start))
    return outcomes


def _counted(rows: Iterable[Record], advance: Callable[[int], None]) -> Iterator[Record]:
    for row in rows:
        yield row
        advance(1)


def processed(lake: Lake) -> set[str]:
    """Batches that have a file of every stage, each made from what its inputs hold now.

    A refresh that was killed leaves files that do not fit together; their batches are not processed.
    """

    def fits(stage: Stage, batch: str) -> bool:
        stamp = lake.stamp(stage.name, batch)
        return stamp is not None and stamp.facts["inputs"] == contents(stage, lake, batch)

    there = set.intersection(*(set(lake.batches(stage.name)) for stage in STAGES))
    return {batch for batch in there if all(fits(stage, batch) for stage in STAGES)}


def unprocessed(lake: Lake, batches: Sequence[str]) -> list[str]:
    """Those of the batches that are not processed, in the order given."""
    done = processed(lake)
    return [batch for batch in batches if batch not in done]


def stale(lake: Lake, batches: Sequence[str]) -> list[str]:
    """Those of the batches of which some stage's file is missing or not what would be made now, in the order given."""
    return [batch for batch in batches if not all(is_current(stage, lake, batch) for stage in STAGES)]
