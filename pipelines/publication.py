"""From the processed batches to the published file: cluster, merge, build, check, publish, under the one writer's lock.

How the tables are made (`warehouse/`) and what is merged again (`merging.py`) do not belong here.
"""

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipelines import land
from pipelines.clustering import cluster_articles, cluster_recipe
from pipelines.merging import merge_accounts, merge_recipe
from pipelines.processing import processed
from pipelines.recipe import folder, recipe
from pipelines.settings import Home
from pipelines.stage import code_version, model_fingerprint
from pipelines.stages import STAGES
from pipelines.tombstones import forgetting_in_hand
from transforms.events.codes import all_codes
from transforms.identity import digest
from warehouse.atomic import replacing
from warehouse.build import CLUSTERED_STAGE, MERGED_BATCH, MERGED_STAGE, WATCHED_BATCH, WATCHED_STAGE, build
from warehouse.checks import Failure, failures
from warehouse.checks.collapse import collapsed
from warehouse.checks.expectations import load
from warehouse.lake import Lake, Stamp
from warehouse.previous import previous
from warehouse.publish import copies_of, last_publication, publish
from warehouse.staging import LandedBatch


@dataclass(frozen=True)
class Plan:
    """What the next publication is made of; `publication_id` tells whether that has been published already."""

    batches: list[LandedBatch]
    clusters_id: str
    merge_id: str
    publication_id: str
    rejects: list[str]  # keys of the files of rejected records

    @property
    def facts(self) -> dict[str, Any]:
        """What is written down with clusters and events, so that the next step takes the same batches."""
        return {"batches": [batch.batch for batch in self.batches], "rejects": self.rejects}


class NotMergedError(RuntimeError):
    """There is no merge to build from, or the lake has changed under it."""


@cache
def _build_recipe() -> str:
    entries = ("warehouse.build", "warehouse.columns", "transforms.events.codes")
    return digest(recipe(entries), folder("warehouse", "sql", ".sql"))


def plan(lake: Lake) -> Plan:
    """The processed batches of the lake, and hashes of what they hold."""
    done = processed(lake)
    batches = [batch for batch in land.landed(lake) if batch.batch in done]
    return _planned(lake, batches, lake.batches(land.REJECTED))


def _planned(lake: Lake, batches: list[LandedBatch], rejects: list[str]) -> Plan:
    contents: list[str] = []
    for batch in batches:
        for stage in (land.RAW, *(stage.name for stage in STAGES)):
            stamp = lake.stamp(stage, batch.batch)
            contents.append(stamp.content if stamp else "")
    described = lake.stamp(WATCHED_STAGE, WATCHED_BATCH)
    watched = [described.content] if described else []  # a source's time zone tells when its articles were out
    clusters_id = digest("clusters", cluster_recipe(), *watched, *contents)
    merge_id = digest("merge", merge_recipe(), clusters_id)
    # Their contents, too: a forgetting takes rows out of a file, which keeps its name.
    rejected = [stamp.content for name in rejects if (stamp := lake.stamp(land.REJECTED, name))]
    publication_id = digest("publication", _build_recipe(), merge_id, *rejects, *rejected)
    return Plan(batches, clusters_id, merge_id, publication_id, rejects)


def clustered_plan(lake: Lake) -> Plan:
    """The plan of the last clusters, as it was written down with them; batches finished since are not in it.

    Raises NotMergedError where there are none, or where the plan's own files are no longer what was clustered.
    """
    return _written(lake, CLUSTERED_STAGE, lambda planned: planned.clusters_id)


def merged_plan(lake: Lake) -> Plan:
    """The plan of the last merge, as it was written down with its result; batches finished since are not in it.

    Raises NotMergedError where nothing was merged, or where the plan's own files are no longer what was merged.
    """
    planned = _written(lake, MERGED_STAGE, lambda planned: planned.merge_id)
    clusters = lake.stamp(CLUSTERED_STAGE, MERGED_BATCH)
    if clusters is None or clusters.fingerprint != planned.clusters_id:
        raise NotMergedError(f"the clusters are not those of the merge: materialise `{CLUSTERED_STAGE}` and `events`")
    return planned


def _written(lake: Lake, stage: str, fingerprint: Callable[[Plan], str]) -> Plan:
    """The plan written down with the one file of a stage."""
    stamp = lake.stamp(stage, MERGED_BATCH)
    if stamp is None:
        raise NotMergedError(f"`{stage}` is not there yet: materialise it first")
    wanted = set(stamp.facts["batches"])
    batches = [batch for batch in land.landed(lake) if batch.batch in wanted]
    planned = _planned(lake, batches, stamp.facts["rejects"])
    if fingerprint(planned) != stamp.fingerprint:
        raise NotMergedError(f"the lake or the code has changed since `{stage}` was made: materialise it again")
    return planned


def is_published(home: Home) -> bool:
    """Whether the published file holds all that is processed, made by the code of now; true of an empty lake."""
    planned = plan(home.lake)
    if not planned.batches and not home.lake.batches(land.REJECTED):
        return True
    last = last_publication(home.warehouse)
    # A kill between the file and its copies leaves these behind: both count.
    return last is not None and last["publication_id"] == planned.publication_id == copies_of(home.parquet)


def write_clusters(lake: Lake, planned: Plan) -> Stamp:
    """Writes the clusters of the articles of all planned batches, and the plan with them."""
    return cluster_articles(lake, planned.batches, planned.clusters_id, planned.facts)


def merge_events(lake: Lake, planned: Plan) -> Stamp:
    """Writes the events of all planned batches, and the plan with them."""
    return merge_accounts(lake, planned.batches, planned.merge_id, planned.facts)


@cache
def _commit() -> str | None:
    """Commit of the checkout that runs; None where it is no checkout or git is not there."""
    root = Path(__file__).resolve().parent.parent
    if not (root / ".git").exists():
        return None
    try:
        done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout.strip() or None


def build_warehouse(home: Home, planned: Plan, run_id: str) -> dict[str, int]:
    """Builds the file that may be published next; returns the rows of each core table."""
    home.built.unlink(missing_ok=True)
    row: dict[str, Any] = {
        "publication_id": planned.publication_id,
        "published_at": datetime.now(UTC).replace(tzinfo=None),
        "run_id": run_id,
        "version": version("parley"),
        "commit": _commit(),
        "model": model_fingerprint(),
        "rules": digest(*(code_version(stage) for stage in STAGES), merge_recipe(), _build_recipe()),
    }
    before = previous(home.warehouse, home.parquet)
    return build(home.built, home.lake, planned.batches, planned.rejects, row, all_codes(), before)


def publish_warehouse(home: Home) -> dict[str, Any]:
    """Publishes the built file; returns its publication row. Raises PublicationRefusedError where it must not."""
    publish(home.built, home.warehouse, home.parquet)
    for stopped in (home.rejected, home.verdict):
        stopped.unlink(missing_ok=True)
    row = last_publication(home.warehouse)
    assert row is not None
    return row


def unsound(home: Home, *, accept_collapse: bool = False) -> list[Failure]:
    """What stops the built file from being published.

    Raises ExpectationsError where the home's own file of expectations cannot be used, DamagedWarehouseError where the
    publication before cannot be read.
    """
    expected = load(home.expectations)
    found = failures(home.built, expected)
    before = previous(home.warehouse, home.parquet)
    if before is not None and not accept_collapse:
        found += collapsed(home.built, before, expected, forgetting=forgetting_in_hand(home.lake))
    return found


def set_aside(home: Home, found: Sequence[Failure]) -> None:
    """Takes the built file away, so that nobody publishes it by hand, and writes beside it why; both are kept until the
    next publication."""
    with replacing(home.verdict) as temporary:
        temporary.write_text(_verdict(found), encoding="utf-8")
    home.built.replace(home.rejected)


def _verdict(found: Sequence[Failure]) -> str:
    first = f"{len(found)} check{'s' * (len(found) != 1)} stopped the publication; the one before stays up."
    kept = "The build that was stopped is kept as build/rejected.duckdb: `parley sql --rejected QUERY` asks it."
    return "\n\n".join([first, *(failure.message for failure in found), kept])
