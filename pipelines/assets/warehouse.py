"""The warehouse layer: what is made of all batches, the built file, its publication. One run at a time writes here."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import islice

import dagster as dg

from pipelines.assets.annotations import event_mentions
from pipelines.assets.articles import clean_articles, signatures
from pipelines.assets.common import OWNERS, PREVIEW_ROWS, preview
from pipelines.clustering import cluster_recipe
from pipelines.merging import merge_recipe
from pipelines.publication import (
    build_warehouse,
    clustered_plan,
    is_published,
    merge_events,
    merged_plan,
    plan,
    publish_warehouse,
    write_clusters,
)
from pipelines.recipe import folder
from pipelines.resources import EngineResource, HomeResource, WriterResource
from pipelines.settings import Home
from transforms.records import Event
from warehouse.build import CLUSTERED_STAGE, MERGED_BATCH, MERGED_STAGE
from warehouse.publish import open_published

GROUP = "warehouse"


@dg.asset(
    name=CLUSTERED_STAGE,
    description="Articles of all batches, each with the first publication that it is a copy of. Yields nothing where "
    "all that is processed is published already.",
    group_name=GROUP,
    owners=OWNERS,
    kinds={"python", "parquet"},
    code_version=cluster_recipe(),
    deps=[signatures, clean_articles, event_mentions],
    output_required=False,
)
def article_clusters(
    context: dg.AssetExecutionContext, place: HomeResource, writer: WriterResource, engine: EngineResource
) -> Iterator[dg.MaterializeResult[None]]:
    """Clusters, unless there is nothing new; the list of batches is read after taking the writer's lock."""
    engine.release()  # every stage is done
    home = place.home
    writer.take(context)
    if is_published(home):
        context.log.info("nothing new: all that is processed is published")
        return
    start = time.perf_counter()
    planned = plan(home.lake)
    stamp = write_clusters(home.lake, planned)
    seconds = round(time.perf_counter() - start, 3)
    copies = Counter(home.lake.column(CLUSTERED_STAGE, "cluster_id", [MERGED_BATCH]))
    yield dg.MaterializeResult(
        metadata={
            "batches": len(planned.batches),
            "articles": stamp.rows,
            "clusters": len(copies),
            "seconds": seconds,
            "preview": preview(
                [{"cluster_id": key, "articles": size} for key, size in copies.most_common(PREVIEW_ROWS)]
            ),
        }
    )


@dg.asset(
    name="events",
    description="Article events of all clustered batches, merged: one row for one event, however many articles tell of "
    "it.",
    group_name=GROUP,
    owners=OWNERS,
    kinds={"python", "parquet"},
    code_version=merge_recipe(),
    deps=[article_clusters, event_mentions],
)
def events(
    context: dg.AssetExecutionContext, place: HomeResource, writer: WriterResource
) -> dg.MaterializeResult[None]:
    """Merges what was clustered last, and no batch that was finished since."""
    writer.take(context)
    home = place.home
    start = time.perf_counter()
    planned = clustered_plan(home.lake)
    stamp = merge_events(home.lake, planned)
    seconds = round(time.perf_counter() - start, 3)
    rows = home.lake.stream(MERGED_STAGE, MERGED_BATCH, Event)
    shown = {"event_id", "event_type", "status"}
    head = [
        row.model_dump(mode="json", include=shown) | {"accounts": len(row.article_event_ids)}
        for row in islice(rows, PREVIEW_ROWS)
    ]
    return dg.MaterializeResult(
        metadata={
            "batches": len(planned.batches),
            "events": stamp.rows,
            "seconds": seconds,
            "preview": preview(head),
        }
    )


@dg.asset(
    name="warehouse",
    description="A fresh DuckDB file built from the lake, with every table, view and comment; not yet published.",
    group_name=GROUP,
    owners=OWNERS,
    kinds={"duckdb", "sql"},
    code_version=folder("warehouse", "sql", ".sql"),
    deps=[events],
)
def warehouse(
    context: dg.AssetExecutionContext, place: HomeResource, writer: WriterResource
) -> dg.MaterializeResult[None]:
    """Builds what was merged last, and no batch that was finished since."""
    writer.take(context)
    home = place.home
    start = time.perf_counter()
    counts = build_warehouse(home, merged_plan(home.lake), context.run.run_id)
    seconds = round(time.perf_counter() - start, 3)
    table = [{"table": name, "rows": rows} for name, rows in counts.items()]
    return dg.MaterializeResult(
        metadata={
            "megabytes": round(home.built.stat().st_size / 1e6, 2),
            "events": counts["event"],
            "articles": counts["article"],
            "rejected": counts["rejected_record"],
            "seconds": seconds,
            "preview": preview(sorted(table, key=lambda row: -row["rows"])),
        }
    )


@dg.asset(
    name="published_warehouse",
    description="The file that everybody reads: `warehouse.duckdb` in the home, with Parquet copies beside it. It is "
    "replaced whole, after the blocking checks.",
    group_name=GROUP,
    owners=OWNERS,
    kinds={"duckdb", "parquet"},
    code_version="1",
    deps=[warehouse],
)
def published_warehouse(
    context: dg.AssetExecutionContext, place: HomeResource, writer: WriterResource
) -> dg.MaterializeResult[None]:
    """Replaces the published file by the built one."""
    writer.take(context)
    start = time.perf_counter()
    row = publish_warehouse(place.home)
    seconds = round(time.perf_counter() - start, 3)
    numbers = {name: value for name, value in row.items() if name.endswith("_count")}
    return dg.MaterializeResult(
        metadata={
            "publication_id": row["publication_id"],
            **numbers,
            "seconds": seconds,
            "preview": _latest(place.home),
        }
    )


def _latest(home: Home) -> dg.MarkdownMetadataValue:
    """The events that lie latest, as a reader of the published file sees them."""
    names = ("start_date", "event_type", "status", "country_code", "article_count")
    query = f"SELECT {', '.join(names)} FROM marts.events ORDER BY start_date DESC NULLS LAST, event_id LIMIT 5"
    with closing(open_published(home.warehouse)) as db:
        return preview([dict(zip(names, row, strict=True)) for row in db.execute(query).fetchall()])
