"""Starts Dagster runs from the command line, and buries those whose process was killed.

What a run does (`assets/`) and what is printed about it (`cli.py`) do not belong here.
"""

import errno
import logging
import os
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import settings
from pipelines.engine import WorkerDiedError
from pipelines.land import landed
from pipelines.progress import keeping_stderr
from pipelines.settings import Home
from warehouse.checks.expectations import ExpectationsError
from warehouse.lake import DamagedLakeError
from warehouse.lock import FileLock
from warehouse.publish import DamagedWarehouseError, PublicationRefusedError, last_publication

if TYPE_CHECKING:
    import dagster as dg

    from pipelines.forgetting import Forgotten

HOLDER_TAG = "parley/holder"  # name of the lock that the process of a run holds while it lives


@dataclass
class Report:
    """What a run found and did."""

    articles: int = 0
    known: int = 0
    forgotten: int = 0  # left out because of a tombstone
    rejected: int = 0
    rejects: list[dict[str, Any]] = field(default_factory=list)  # the first of them
    notes: list[str] = field(default_factory=list)  # how a file was understood, where that had to be guessed
    processed: int = 0  # batches
    skipped: dict[str, int] = field(default_factory=dict)  # articles of them that were not read, by the reason
    published: bool = False
    stale: int = 0  # batches made by other code than that of now


class UnsoundError(RuntimeError):
    """The built warehouse failed a blocking check; the message names check, rows and query, and says what to do."""


class MachineError(RuntimeError):
    """The machine did not let a run do its work: a full disk, missing rights; the message says what and where."""


# What stops a run with a message that says what is to be done.
TOLD = (
    settings.SettingsError,
    ExpectationsError,
    DamagedWarehouseError,
    DamagedLakeError,
    UnsoundError,
    WorkerDiedError,
)


@contextmanager
def session(home: Home) -> Iterator[tuple["dg.DagsterInstance", str]]:
    """The Dagster instance of the home, and the name of the lock that marks this process as alive."""
    home.prepare()
    os.environ[settings.HOME_VARIABLE] = str(home.root)
    os.environ["DAGSTER_HOME"] = str(home.dagster)
    holder = f"run-{uuid.uuid4().hex[:12]}"
    # Locked before it gets its name, so that a file of that name without a holder is always a dead one's.
    lock = FileLock(home.lock(f".new-{holder}"))
    lock.acquire()
    lock.path = lock.path.rename(home.lock(holder))
    try:
        with open_instance(home) as instance:
            yield instance, holder
    finally:
        lock.path.unlink(missing_ok=True)
        lock.release()


def open_instance(home: Home) -> "dg.DagsterInstance":
    """The instance of a prepared home. Its databases are made under a lock: two makers at once would break them."""
    import dagster as dg

    # Dagster's own warnings (a check skipped because nothing is new) would look like ours.
    logging.getLogger("dagster").setLevel(logging.ERROR)
    with FileLock(home.lock("instance")):
        instance = dg.DagsterInstance.get()
        instance.get_runs_count()
        instance.get_dynamic_partitions("batch")
        instance.all_instigator_state()
    return instance


def bury(home: Home, instance: "dg.DagsterInstance") -> int:
    """Marks as failed the runs whose process is dead; returns how many those were."""
    import dagster as dg

    unfinished = [dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED]
    buried = 0
    for run in instance.get_runs(filters=dg.RunsFilter(statuses=unfinished)):
        holder = run.tags.get(HOLDER_TAG)
        if holder and not FileLock.held(home.lock(holder)):
            instance.report_run_failed(run, message="Its process was killed; a later run finishes its work.")
            buried += 1
    for path in home.lock("").glob("run-*"):
        if not FileLock.held(path):
            path.unlink(missing_ok=True)
    return buried


def _execute(
    instance: "dg.DagsterInstance", job: str, tags: dict[str, str], config: dict[str, Any] | None = None
) -> "dg.ExecuteInProcessResult":
    import dagster as dg

    from pipelines.definitions import defs

    # The console shows progress bars; what happened in the run stands in Dagster's own storage.
    loggers = {"console": {"config": {"log_level": "CRITICAL"}}}
    try:
        return defs.resolve_job_def(job).execute_in_process(
            instance=instance, run_config={"loggers": loggers, **(config or {})}, tags=tags, raise_on_error=True
        )
    except dg.DagsterExecutionInterruptedError as error:  # what Dagster makes of Ctrl-C during a step
        raise KeyboardInterrupt from error


def _metadata(result: "dg.ExecuteInProcessResult", asset: str) -> dict[str, Any]:
    """What an asset said of itself in this run."""
    for event in result.asset_materializations_for_node(asset):
        if event.asset_key.to_user_string() == asset:
            return {name: value.value for name, value in event.metadata.items()}
    raise RuntimeError(f"{asset} said nothing of itself")


def run(
    home: Home,
    inputs: Sequence[Path | str],
    *,
    sources: Path | None = None,
    refresh: bool = False,
    accept_collapse: bool = False,
) -> Report:
    """Lands the inputs and the sources of a file, processes what waits (with `refresh` also what is stale), publishes
    (with `accept_collapse` also what has fallen far against the publication before).

    Raises one of TOLD, MachineError or PublicationRefusedError where that is the reason (the published file then stays
    as it was); anything else is a fault of ours.
    """
    with _explaining(home), keeping_stderr(), session(home) as (instance, holder):
        bury(home, instance)
        wanted = {"inputs": [str(given) for given in inputs], "sources": str(sources or "")}
        return _run(home, wanted, instance, {HOLDER_TAG: holder}, refresh=refresh, accept_collapse=accept_collapse)


def forget(home: Home, article_ids: Sequence[str], sources: Sequence[str]) -> "Forgotten":
    """Forgets articles and sources, and publishes without them; no older copy of theirs is left in the home.

    Raises NothingToForgetError for an article that has not landed, and what `run` raises.
    """
    from pipelines import forgetting

    with _explaining(home), keeping_stderr(), session(home) as (instance, holder):
        bury(home, instance)
        forgotten = forgetting.forget(home, article_ids, sources)
        _catch_up(home, instance, {HOLDER_TAG: holder})
        return forgotten


@contextmanager
def _explaining(home: Home) -> Iterator[None]:
    """Raises what has an explanation as that."""
    try:
        yield
    except Exception as error:
        if fault := _explained(error, home):
            raise fault from error
        raise


# Faults of the machine, for which nobody wants to see our code: full disk, quota, rights, failing disk.
_MACHINE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG, errno.EIO}


_EXPLAINED = (PublicationRefusedError, *(kind for kind in TOLD if kind is not UnsoundError))


def _explained(error: BaseException, home: Home) -> Exception | None:
    """What an error comes to that is no fault of the program: the machine's, a refusal, a failed check; else None."""
    import duckdb
    from dagster._core.errors import DagsterAssetCheckFailedError
    from sqlalchemy.exc import OperationalError

    for seen in _chain(error):
        if isinstance(seen, _EXPLAINED):
            return seen
        if isinstance(seen, DagsterAssetCheckFailedError):
            return UnsoundError(home.verdict.read_text(encoding="utf-8"))
        if isinstance(seen, OSError) and seen.errno in _MACHINE:
            return MachineError(f"{seen.strerror}: {Path(str(seen.filename)).name if seen.filename else 'the home'}")
        if isinstance(seen, OperationalError) and "is full" in str(seen):
            return MachineError(f"{os.strerror(errno.ENOSPC)}: Dagster's storage in the home")
        if isinstance(seen, duckdb.Error) and os.strerror(errno.ENOSPC) in str(seen):
            return MachineError(f"{os.strerror(errno.ENOSPC)}: the warehouse that was being built")
    return None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and all that led to it; Dagster's own chain of causes runs in a circle."""
    todo, met = [error], set[int]()
    while todo:
        one = todo.pop()
        if id(one) not in met:
            met.add(id(one))
            yield one
            todo += [other for other in (one.__context__, one.__cause__) if other is not None]


def _run(
    home: Home,
    wanted: dict[str, Any],
    instance: "dg.DagsterInstance",
    tags: dict[str, str],
    *,
    refresh: bool,
    accept_collapse: bool,
) -> Report:
    from pipelines.processing import stale
    from pipelines.stages import MENTIONS

    for setting in (settings.engine, settings.workers):  # a wrong one is told before anything lands
        setting()
    report = Report()
    config = {"ops": {"landing": {"config": wanted}}}
    before = last_publication(home.warehouse)
    metadata = _metadata(_execute(instance, "land", tags, config), "landing")
    report.articles, report.known, report.rejected = metadata["articles"], metadata["known"], metadata["rejected"]
    report.forgotten = metadata["forgotten"]
    report.rejects, report.notes = metadata["rejects"], metadata["notes"]
    processed = _catch_up(home, instance, tags, refresh=refresh, accept_collapse=accept_collapse)
    report.processed = len(processed)
    report.skipped = dict(Counter(filter(None, home.lake.column(MENTIONS.name, "skipped", processed))).most_common())
    after = last_publication(home.warehouse)
    report.published = after is not None and (before is None or before["publication_id"] != after["publication_id"])
    if not refresh:
        report.stale = len(stale(home.lake, [batch.batch for batch in landed(home.lake)]))
    return report


def _catch_up(
    home: Home,
    instance: "dg.DagsterInstance",
    tags: dict[str, str],
    *,
    refresh: bool = False,
    accept_collapse: bool = False,
) -> list[str]:
    """Processes what waits (with `refresh` also what is stale) and publishes what is new; returns those batches."""
    from pipelines.checks import ACCEPT_COLLAPSE, warehouse_checks
    from pipelines.forgetting import clear
    from pipelines.partitions import range_tags, register
    from pipelines.processing import stale, unprocessed
    from pipelines.publication import is_published

    batches = [batch.batch for batch in landed(home.lake)]
    register(instance, batches)  # another run may have landed some and not registered them yet
    waiting = (stale if refresh else unprocessed)(home.lake, batches)
    config = {"ops": {warehouse_checks.op.name: {"config": {ACCEPT_COLLAPSE: accept_collapse}}}}
    if waiting:
        _execute(instance, "process", tags | range_tags(instance, waiting), config)
    elif not is_published(home):
        _execute(instance, "publish", tags, config)
    clear(home)
    return waiting
