"""The articles layer: what lands, and what cleaning makes of it. How a source is read (`sources/`) is not told here."""

import time
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import dagster as dg
from pydantic import Field

from pipelines import settings
from pipelines.assets.common import OWNERS, PREVIEW_ROWS, preview, stage_asset
from pipelines.forgetting import finish
from pipelines.freshness import healths
from pipelines.land import RAW, Landing, land, landed
from pipelines.partitions import BATCHES, register
from pipelines.recipe import recipe
from pipelines.resources import HomeResource
from pipelines.source_checks import SOURCE_CHECKS, source_checks
from pipelines.sources.formats import Noted
from pipelines.sources.watched import watching
from pipelines.sources.watching import WatchList
from pipelines.sources.web.urls import is_url
from pipelines.stages import CLEAN, LINES, SIGNATURES
from pipelines.tombstones import forgotten_sources
from transforms.records import RawArticle

GROUP = "articles"

raw_articles = dg.AssetSpec(
    RAW,
    description="Articles as they came, one Parquet file a batch. Written by the job `land`.",
    group_name=GROUP,
    owners=OWNERS,
    kinds={"parquet"},
    partitions_def=BATCHES,
    deps=["landing"],
)


class LandConfig(dg.Config):
    """What to land; without anything, the watched folders (PARLEY_INBOX) and sources (PARLEY_SOURCES)."""

    inputs: list[str] = Field(default_factory=list, description="Files, folders and addresses (http, https) to land")
    sources: str = Field(default="", description="File of sources to read")


MOST_REJECTS = 1000  # listed with a run; all of them stand in core.rejected_record


def _summary(found: Landing) -> dict[str, Any]:
    return {
        "batches": len(found.batches),
        "articles": found.articles,
        "known": found.known,
        "forgotten": found.forgotten,
        "rejected": len(found.rejected),
        "newly_rejected": found.newly_rejected,
        # No text of an article stands in Dagster's storage, from which it could not be forgotten.
        "rejects": dg.MetadataValue.json(
            [r.model_dump(include={"origin", "line", "reason"}) for r in found.rejected[:MOST_REJECTS]]
        ),
        "notes": dg.MetadataValue.json(found.notes),
        "reasons": preview([{"origin": r.origin, "line": r.line, "reason": r.reason} for r in found.rejected]),
    }


@dg.asset(
    name="landing",
    description="Reads the sources, writes what is new as batches of raw articles, and registers each as a partition. "
    "Nothing new makes no batch; what cannot be read is kept with its reason.",
    group_name=GROUP,
    owners=OWNERS,
    kinds={"python", "parquet"},
    code_version=recipe(("transforms.identity", "transforms.records")),
    check_specs=SOURCE_CHECKS,
)
def landing(
    context: dg.AssetExecutionContext, config: LandConfig, place: HomeResource
) -> Iterator[dg.MaterializeResult[None]]:
    """Lands the configured inputs."""
    home = place.home
    finish(home)
    asked, folders = _asked_for(config, home)
    listed = asked.without(forgotten_sources(home.lake))
    sources = settings.sources()
    watch = partial(watching, listed, sources, home.watching, settings.agent()) if listed.sources else None
    start = time.perf_counter()
    found = land(home, folders, sources, settings.batch_size(), watch, settings.batch_characters())
    seconds = round(time.perf_counter() - start, 3)
    for source in asked.sources:
        if source not in listed.sources:
            found.note(Noted(source.name, "is not read: it was forgotten"))
    for reject in found.rejected[:MOST_REJECTS]:
        where = reject.origin + (f", line {reject.line}" if reject.line else "")
        context.log.warning(f"rejected {where}: {reject.reason}")
    # A landing that was killed may have left a batch unregistered: every batch of the lake counts, not only the new.
    for batch in register(context.instance, [b.batch for b in landed(home.lake)]):
        rows = islice(home.lake.stream(RAW, batch, RawArticle), PREVIEW_ROWS)
        stamp = home.lake.stamp(RAW, batch)
        head = [row.model_dump(mode="json", include={"article_id", "source", "published_date"}) for row in rows]
        context.log_event(
            dg.AssetMaterialization(
                RAW, partition=batch, metadata={"articles": stamp.rows if stamp else 0, "preview": preview(head)}
            )
        )
    checks = [*source_checks(healths(home, listed))]
    yield dg.MaterializeResult(metadata={**_summary(found), "seconds": seconds}, check_results=checks)


def _asked_for(config: LandConfig, home: settings.Home) -> tuple[WatchList, list[Path]]:
    """The sources to read, and the files and folders. Raises SettingsError where a source cannot be."""
    file = settings.sources_file(home, config.sources) if config.sources or not config.inputs else None
    paths = [Path(given) for given in config.inputs if not is_url(given)]
    if not (config.inputs or config.sources):
        paths = settings.watched()
    return settings.watch_list(file, [given for given in config.inputs if is_url(given)]), paths


signatures = stage_asset(
    SIGNATURES,
    GROUP,
    "A MinHash signature of each text, by which copies of it are found, in this batch or another.",
    [raw_articles],
)


repeated_lines = stage_asset(
    LINES,
    GROUP,
    "Lines that may be furniture of a source's pages, and those of them that the source repeats, counted "
    "over all batches up to this one; cleaning labels them.",
    [raw_articles],
)


clean_articles = stage_asset(
    CLEAN,
    GROUP,
    "Texts with their damage mended, every line labelled as content or boilerplate and split into "
    "sentences; nothing is taken away, and every character leads back to the raw text.",
    [raw_articles, repeated_lines],
)
