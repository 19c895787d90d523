"""What all assets do and say of themselves in the same way: owner, stages, previews. No asset belongs here."""

from collections.abc import Sequence
from typing import Any

import dagster as dg

from pipelines.partitions import BATCHES
from pipelines.processing import Outcome, run_stage
from pipelines.resources import EngineResource, HomeResource, WriterResource
from pipelines.stage import Stage, code_version
from transforms.records import Record
from warehouse.lake import Lake

OWNERS = ["team:parley"]
PREVIEW_ROWS = 5
PREVIEW_WIDTH = 60  # characters of a cell
# Columns of plain text that quote no article. All others stay out of Dagster's storage, from which what they quote (a
# text, a name) could not be forgotten; a new column of text does, too.
_UNQUOTING = {"language", "source", "published_method", "skipped"}
_TEXTS = (str, str | None, bytes | None)


def _cell(value: Any) -> str:
    text = f"{len(value)} items" if isinstance(value, list) else "" if value is None else str(value)
    text = " ".join(text.split()).replace("|", "\\|")
    return text if len(text) <= PREVIEW_WIDTH else text[: PREVIEW_WIDTH - 1] + "…"


def preview(rows: Sequence[dict[str, Any]]) -> dg.MarkdownMetadataValue:
    """The first rows as a Markdown table."""
    if not rows:
        return dg.MetadataValue.md("*no rows*")
    names = list(rows[0])
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    lines += ["| " + " | ".join(_cell(row[name]) for name in names) + " |" for row in rows[:PREVIEW_ROWS]]
    return dg.MetadataValue.md("\n".join(lines))


def stage_asset(
    stage: Stage, group: str, description: str, deps: Sequence[dg.AssetsDefinition | dg.AssetSpec], *kinds: str
) -> dg.AssetsDefinition:
    """The asset that runs a stage over the batches of a run; where it replaces a file, it takes the writer's right
    first."""

    @dg.asset(
        name=stage.name,
        description=description,
        group_name=group,
        owners=OWNERS,
        kinds={"python", "parquet", *kinds},
        code_version=code_version(stage),
        partitions_def=BATCHES,
        backfill_policy=dg.BackfillPolicy.single_run(),
        deps=deps,
    )
    def run(
        context: dg.AssetExecutionContext, place: HomeResource, writer: WriterResource, engine: EngineResource
    ) -> dg.MaterializeResult[None]:
        lake = place.home.lake
        outcomes = run_stage(stage, lake, context.partition_keys, lambda: writer.take(context), engine.get())
        return dg.MaterializeResult(metadata=_stage_metadata(lake, stage.name, stage.record, outcomes))

    return run


def _stage_metadata(lake: Lake, stage: str, record: type[Record], outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Counts, seconds and a preview of what a stage did."""
    shown = _shown(record)
    rows: list[dict[str, Any]] = []
    for outcome in outcomes:
        for row in lake.stream(stage, outcome.batch, record):
            rows.append(row.model_dump(mode="json", include=shown))
            if len(rows) == PREVIEW_ROWS:
                break
        if rows:
            break
    return {
        "batches": len(outcomes),
        "computed": sum(o.computed for o in outcomes),
        "rows": sum(o.rows for o in outcomes),
        "seconds": round(sum(o.seconds for o in outcomes), 3),
        "preview": preview(rows),
    }


def _shown(record: type[Record]) -> set[str]:
    """The columns of a record that say nothing of what an article says: ids, counts, days, words of a closed set."""
    return {
        name
        for name, field in record.model_fields.items()
        if field.annotation not in _TEXTS or name.endswith("_id") or name in _UNQUOTING
    }
