"""Runs stages over batches, and tells which batches still need it.

When a file is current (`stage.py`), what a stage computes (`stages.py`) and how Dagster calls it (`assets/`) do not
belong here.
"""

import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipelines.engine import Engine, SerialEngine, Tell
from pipelines.parts import PartOfLake, joined
from pipelines.progress import meter
from pipelines.stage import Stage, contents, fingerprint, is_current, model_fingerprint
from pipelines.stages import STAGES
from transforms.records import Record
from warehouse.atomic import temporary_name
from warehouse.lake import Lake

LEAST_PART = 100  # articles of a part of a batch: fewer, and reading the batch's files once a part is felt
BATCHES_A_WORKER = 4  # from which on batches are not divided: then the workers end at about the same time


@dataclass(frozen=True)
class Outcome:
    """What became of one batch at one stage."""

    batch: str
    computed: bool
    rows: int
    seconds: float  # of work, of all workers together


@dataclass(frozen=True)
class Task:
    """One batch to be made at one stage; a worker needs no more. With `parts` there is only a part of it to be made,
    that of this number, and its file goes to the folder."""

    root: Path  # of the lake
    stage: str
    batch: str
    fingerprint: str
    number: int = 0
    parts: int = 1
    folder: Path | None = None

    def __str__(self) -> str:
        return f"batch {self.batch} of the stage {self.stage}"


def run_stage(
    stage: Stage,
    lake: Lake,
    batches: Sequence[str],
    before_replacing: Callable[[], None] = lambda: None,
    engine: Engine | None = None,
    least_part: int = LEAST_PART,
) -> list[Outcome]:
    """Brings the files of the batches up to date; those that are current are left as they are.

    `before_replacing` is called before the first file that others may be building from is replaced; `engine` does the
    work, where it is enough for it, and without one it is done here, batch after batch. Where there are few batches for
    its workers, a batch is divided into parts of `least_part` articles or more.
    Raises RuntimeError where an input is missing, OSError where the lake cannot be written.
    """
    todo: list[Task] = []
    outcomes = []
    for batch in batches:
        wanted = fingerprint(stage, lake, batch)
        if wanted is None:
            raise RuntimeError(f"{stage.name} cannot run on batch {batch}: it needs {', '.join(stage.inputs)} first")
        old = lake.stamp(stage.name, batch)
        if old is not None and old.fingerprint == wanted:
            outcomes.append(Outcome(batch, False, old.rows, 0.0))
        else:
            todo.append(Task(lake.root, stage.name, batch, wanted))
    if any(lake.stamp(stage.name, task.batch) is not None for task in todo):
        before_replacing()
    total = sum(stamp.rows for task in todo if (stamp := lake.stamp(stage.inputs[0], task.batch)) is not None)
    hands = SerialEngine() if engine is None or stage.in_order or total < engine.least else engine
    parts = _parts(hands.workers, len(todo), total, least_part)
    with meter(stage.name, total, "articles") as advance:
        if parts > 1:
            outcomes += _made_in_parts(hands, lake, todo, parts, advance)
        else:
            outcomes += hands.run(_make, todo, advance)
    return outcomes


def _parts(workers: int, batches: int, articles: int, least: int) -> int:
    """In how many parts each batch is divided, so that all workers have something to do."""
    if not batches or batches >= BATCHES_A_WORKER * workers:
        return 1
    return max(1, min(workers, articles // batches // least))


def _make(task: Task, tell: Tell) -> Outcome:
    """Makes the file of a batch."""
    start = time.perf_counter()
    lake, stage = Lake(task.root), _stage(task.stage)
    rows = _counted(stage.compute(lake, task.batch, lake.stamp(stage.name, task.batch)), tell)
    facts = _facts(stage, lake, task.batch)
    stamp = lake.write(stage.name, task.batch, stage.record, rows, fingerprint=task.fingerprint, facts=facts)
    return Outcome(task.batch, True, stamp.rows, time.perf_counter() - start)


def _make_part(task: Task, tell: Tell) -> Outcome:
    """Makes the file of a part of a batch, in the folder for parts."""
    start = time.perf_counter()
    lake, stage = PartOfLake(task.root, task.batch, task.number, task.parts), _stage(task.stage)
    rows = _counted(stage.compute(lake, task.batch, lake.stamp(stage.name, task.batch)), tell)
    stamp = _folder(task).write(stage.name, str(task.number), stage.record, rows, fingerprint=task.fingerprint)
    return Outcome(task.batch, True, stamp.rows, time.perf_counter() - start)


def _join(task: Task, _: Tell) -> Outcome:
    """Makes the file of a batch from those of its parts."""
    start = time.perf_counter()
    lake, stage = Lake(task.root), _stage(task.stage)
    rows = joined(lake, _folder(task), stage.name, task.batch, stage.record)
    facts = _facts(stage, lake, task.batch)
    stamp = lake.write_dumped(stage.name, task.batch, stage.record, rows, fingerprint=task.fingerprint, facts=facts)
    return Outcome(task.batch, True, stamp.rows, time.perf_counter() - start)


def _made_in_parts(engine: Engine, lake: Lake, todo: Sequence[Task], parts: int, tell: Tell) -> list[Outcome]:
    folder = temporary_name(lake.root / "parts")  # swept like every half-written file, should this be killed
    whole = [replace(task, parts=parts, folder=folder) for task in todo]
    try:
        divided = [replace(task, number=number) for task in whole for number in range(parts)]
        seconds = defaultdict[str, float](float)
        for outcome in engine.run(_make_part, divided, tell):
            seconds[outcome.batch] += outcome.seconds
        return [replace(o, seconds=o.seconds + seconds[o.batch]) for o in engine.run(_join, whole, tell)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _stage(name: str) -> Stage:
    return next(stage for stage in STAGES if stage.name == name)


def _facts(stage: Stage, lake: Lake, batch: str) -> dict[str, Any]:
    model: dict[str, Any] = {"model": model_fingerprint()} if stage.needs_model else {}
    return model | {"inputs": contents(stage, lake, batch)}


def _folder(task: Task) -> Lake:
    assert task.folder is not None
    return Lake(task.folder / task.batch)


def _counted(rows: Iterable[Record], tell: Tell) -> Iterator[Record]:
    for row in rows:
        yield row
        tell(1)


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
