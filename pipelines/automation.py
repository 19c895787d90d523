"""What starts runs: jobs, the hourly schedule, the sensors. What a run does (`assets/`) does not belong here."""

import hashlib
import json
import os
import shlex
import subprocess
import time
import urllib.request
from pathlib import Path
from stat import S_ISREG

import dagster as dg

from pipelines import settings
from pipelines.assets import annotations, articles, warehouse
from pipelines.land import landed
from pipelines.partitions import range_tags, register
from pipelines.processing import unprocessed
from pipelines.publication import is_published, plan
from pipelines.resources import HomeResource
from pipelines.runs import bury
from transforms.identity import digest

ALERT_SECONDS = 30  # that an alert may take
WORK_TAG = "parley/work"  # what a run that a sensor asked for was to do
FIRST_PAUSE, LONGEST_PAUSE, MOST_TRIES = 60.0, 3600.0, 10  # seconds between tries of failing work

land_job = dg.define_asset_job(
    "land",
    selection=[articles.landing],
    description="Takes new articles into the lake.",
    executor_def=dg.in_process_executor,
)
process_job = dg.define_asset_job(
    "process",
    selection=dg.AssetSelection.assets(
        articles.clean_articles,
        annotations.time_expressions,
        annotations.parsed_articles,
        annotations.event_mentions,
        warehouse.events,
        warehouse.warehouse,
        warehouse.published_warehouse,
    ),
    description="Processes landed batches and publishes the warehouse.",
    executor_def=dg.in_process_executor,
)

publish_job = dg.define_asset_job(
    "publish",
    selection=[warehouse.events, warehouse.warehouse, warehouse.published_warehouse],
    description="Publishes what is processed, where no batch waits: new rejects, a changed merge or table.",
    executor_def=dg.in_process_executor,
)

land_hourly = dg.ScheduleDefinition(
    name="land_hourly",
    job=land_job,
    cron_schedule="0 * * * *",
    description="Lands what is new in the watched folders and sources every hour.",
)


def _state(folders: list[Path]) -> str:
    """Hash of names, sizes and times of all files in the folders."""
    h = hashlib.sha256()
    for folder in folders:
        for file in sorted(p for p in folder.rglob("*") if not p.name.startswith(".")):
            try:
                stat = file.stat()
            except FileNotFoundError:  # gone since it was listed
                continue
            if S_ISREG(stat.st_mode):
                h.update(f"{file}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return h.hexdigest()[:16]


@dg.sensor(
    job=land_job,
    minimum_interval_seconds=30,
    description="Lands the watched folders when a file in them is new or has changed.",
)
def inbox_sensor(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Asks for a landing when the watched folders look otherwise than at the last evaluation."""
    state = _state(settings.watched())
    empty = hashlib.sha256().hexdigest()[:16]
    if state in (context.cursor, empty):
        return dg.SkipReason("no file is new or changed")
    context.update_cursor(state)
    # The folders alone: the sources of the web are asked by the schedule, not whenever a file appears.
    folders = {"inputs": [str(folder) for folder in settings.watched()]}
    return dg.RunRequest(run_key=state, run_config={"ops": {"landing": {"config": folders}}})


def _under_way(instance: dg.DagsterInstance) -> bool:
    """Whether a run that publishes is queued or running."""
    unfinished = [
        dg.DagsterRunStatus.QUEUED,
        dg.DagsterRunStatus.NOT_STARTED,
        dg.DagsterRunStatus.STARTING,
        dg.DagsterRunStatus.STARTED,
    ]
    runs = instance.get_runs(filters=dg.RunsFilter(statuses=unfinished))
    return any(run.job_name in (process_job.name, publish_job.name) for run in runs)


def _pause(instance: dg.DagsterInstance, work: str) -> float:
    """Seconds to wait before the same work is tried again: twice as long after each failure, an hour at the most."""
    failed = dg.RunsFilter(statuses=[dg.DagsterRunStatus.FAILURE], tags={WORK_TAG: work})
    records = instance.get_run_records(filters=failed, limit=MOST_TRIES)
    if not records:
        return 0.0
    wait = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** (len(records) - 1))
    return max(0.0, (records[0].end_time or 0.0) + wait - time.time())


@dg.sensor(
    jobs=[process_job, publish_job],
    minimum_interval_seconds=30,
    description="Processes the batches that are landed and not processed, all in one run, and publishes what is new.",
)
def process_sensor(context: dg.SensorEvaluationContext, place: HomeResource) -> dg.RunRequest | dg.SkipReason:
    """Asks for one run over the range of batches that wait, or for a publication where only that is due."""
    home = place.home
    bury(home, context.instance)
    if _under_way(context.instance):
        return dg.SkipReason("a run is processing or publishing; what it leaves is asked for next")
    batches = [batch.batch for batch in landed(home.lake)]
    register(context.instance, batches)
    waiting = unprocessed(home.lake, batches)
    if not waiting and is_published(home):
        return dg.SkipReason("every landed batch is processed and published")
    work = digest("work", plan(home.lake).publication_id, *waiting)
    if pause := _pause(context.instance, work):
        return dg.SkipReason(f"this work failed; it is tried again in {pause:.0f} s")
    if waiting:
        tags = range_tags(context.instance, waiting) | {WORK_TAG: work}
        return dg.RunRequest(job_name=process_job.name, tags=tags)
    return dg.RunRequest(job_name=publish_job.name, tags={WORK_TAG: work})


def alert(payload: dict[str, str]) -> list[str]:
    """Hands a failure to PARLEY_ALERT_COMMAND (JSON on its standard input) and PARLEY_ALERT_WEBHOOK (JSON by POST).

    Returns what was called. Raises CalledProcessError or URLError where a call fails, so that the tick shows it.
    """
    body = json.dumps(payload).encode()
    called = []
    if command := os.environ.get("PARLEY_ALERT_COMMAND"):
        subprocess.run(shlex.split(command), input=body, check=True, timeout=ALERT_SECONDS)
        called.append("command")
    if url := os.environ.get("PARLEY_ALERT_WEBHOOK"):
        request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=ALERT_SECONDS):
            called.append("webhook")
    return called


@dg.run_failure_sensor(
    name="failure_alert",
    description="Calls PARLEY_ALERT_COMMAND and PARLEY_ALERT_WEBHOOK when a run fails.",
)
def failure_alert(context: dg.RunFailureSensorContext) -> dg.SkipReason | None:
    """Hands on which run failed and why."""
    run = context.dagster_run
    called = alert({"job": run.job_name, "run_id": run.run_id, "error": context.failure_event.message or ""})
    return None if called else dg.SkipReason("neither PARLEY_ALERT_COMMAND nor PARLEY_ALERT_WEBHOOK is set")


SENSORS = (inbox_sensor, process_sensor, failure_alert)
SCHEDULES = (land_hourly,)
JOBS = (land_job, process_job, publish_job)
