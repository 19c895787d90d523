"""Starts Dagster runs from the command line, and buries those whose process was killed.

What a run does (`assets/`) and what is printed about it (`cli.py`) do not belong here.
"""

import os
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines import settings
from pipelines.land import landed
from pipelines.settings import Home
from warehouse.lock import FileLock
from warehouse.publish import last_publication

if TYPE_CHECKING:
    import dagster as dg

HOLDER_TAG = "parley/holder"  # name of the lock that the process of a run holds while it lives


@dataclass
class Report:
    """What a run found and did."""

    articles: int = 0
    known: int = 0
    rejected: int = 0
    rejects: list[dict[str, Any]] = field(default_factory=list)  # the first of them
    processed: int = 0  # batches
    published: bool = False
    stale: int = 0  # batches made by other code than that of now


class RunFailedError(RuntimeError):
    """A run ended without publishing; the message says why and what to do."""


@contextmanager
def session(home: Home) -> Iterator[tuple["dg.DagsterInstance", str]]:
    """The Dagster instance of the home, and the name of the lock that marks this process as alive."""
    home.prepare()
    os.environ[settings.HOME_VARIABLE] = str(home.root)
    os.environ["DAGSTER_HOME"] = str(home.dagster)
    import dagster as dg

    holder = f"run-{uuid.uuid4().hex[:12]}"
    lock = FileLock(home.lock(holder))
    lock.acquire()
    try:
        with dg.DagsterInstance.get() as instance:
            yield instance, holder
    finally:
        lock.path.unlink(missing_ok=True)
        lock.release()


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
    return buried


def _execute(
    instance: "dg.DagsterInstance", job: str, tags: dict[str, str], config: dict[str, Any] | None = None
) -> "dg.ExecuteInProcessResult":
    from pipelines.definitions import defs

    # The console shows progress bars; what happened in the run stands in Dagster's own storage.
    loggers = {"console": {"config": {"log_level": "CRITICAL"}}}
    return defs.resolve_job_def(job).execute_in_process(
        instance=instance, run_config={"loggers": loggers, **(config or {})}, tags=tags, raise_on_error=True
    )


def _metadata(result: "dg.ExecuteInProcessResult", asset: str) -> dict[str, Any]:
    """What an asset said of itself in this run."""
    for event in result.asset_materializations_for_node(asset):
        if event.asset_key.to_user_string() == asset:
            return {name: value.value for name, value in event.metadata.items()}
    raise RuntimeError(f"{asset} said nothing of itself")


def run(home: Home, inputs: Sequence[Path], *, refresh: bool = False) -> Report:
    """Lands the inputs, processes what waits (with `refresh` also what is stale), publishes what is new.

    Raises SettingsError, OSError or RunFailedError where that fails for a reason of the user's, anything else for ours.
    """
    with session(home) as (instance, holder):
        bury(home, instance)
        import dagster as dg

        try:
            return _run(home, inputs, instance, {HOLDER_TAG: holder}, refresh)
        except dg.DagsterError as error:
            raise _cause(error) from error


def _cause(error: BaseException) -> BaseException:
    """The fault behind Dagster's own wrapping: an OSError or a refused publication, else the error as it is."""
    from warehouse.publish import PublicationRefusedError

    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError | PublicationRefusedError | settings.SettingsError):
            return seen
        seen = seen.__cause__ or getattr(seen, "user_exception", None)
    return error


def _run(
    home: Home, inputs: Sequence[Path], instance: "dg.DagsterInstance", tags: dict[str, str], refresh: bool
) -> Report:
    from pipelines.partitions import range_tags
    from pipelines.processing import stale, unprocessed
    from pipelines.publication import is_published

    report = Report()
    config = {"ops": {"landing": {"config": {"inputs": [str(path) for path in inputs]}}}}
    before = last_publication(home.warehouse)
    metadata = _metadata(_execute(instance, "land", tags, config), "landing")
    report.articles, report.known, report.rejected = metadata["articles"], metadata["known"], metadata["rejected"]
    report.rejects = metadata["rejects"]
    batches = [batch.batch for batch in landed(home.lake)]
    waiting = (stale if refresh else unprocessed)(home.lake, batches)
    if waiting:
        _execute(instance, "process", tags | range_tags(instance, waiting))
        report.processed = len(waiting)
    elif not is_published(home):
        _execute(instance, "publish", tags)
    after = last_publication(home.warehouse)
    report.published = after is not None and (before is None or before["publication_id"] != after["publication_id"])
    if not refresh:
        report.stale = len(stale(home.lake, batches))
    return report
