"""The lake as the SQL of the build sees it: schema `stage`, in memory, so that nothing of it is written into the file.

Which tables are made of it, and in which order, does not belong here (`build.py`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from transforms import records
from warehouse.columns import Column, columns
from warehouse.lake import Lake
from warehouse.literals import quoted

# Stages with one file per batch, and the records in them.
STAGES: dict[str, type[records.Record]] = {
    "raw_articles": records.RawArticle,
    "clean_articles": records.CleanText,
    "time_expressions": records.ArticleDates,
    "event_mentions": records.ArticleMentions,
}
# An article's rows lead to no other batch's, so that batches are taken one group after the other: hash tables and texts
# of so many articles fit into the memory of a small machine, those of an archive do not. Not fewer: what fills no row
# group of DuckDB's (122,880 rows) goes through its log and is compressed a second time.
AT_ONCE = 150_000


@dataclass(frozen=True)
class LandedBatch:
    """A batch as the build needs to know it; `ordinal` is its place in the order of landing."""

    batch: str
    landed_at: datetime
    article_count: int
    ordinal: int


def statement(schema: str, name: str) -> str:
    """The SELECT that stands in `sql/SCHEMA/NAME.sql`."""
    return (files("warehouse") / "sql" / schema / f"{name}.sql").read_text(encoding="utf-8")


def typed(of: Iterable[Column]) -> str:
    """The columns with their types, as CREATE TABLE takes them."""
    return ", ".join(f'"{c.name}" {c.sql_type}' for c in of)


def stage_files(db: duckdb.DuckDBPyConnection, name: str, record: type[records.Record], paths: Sequence[Path]) -> None:
    """Files of a stage as one view with the record's columns; what an older file lacks is null."""
    named = ", ".join(f'"{c.name}"::{c.sql_type} AS "{c.name}"' for c in columns(record))
    empty = ", ".join(f'NULL::{c.sql_type} AS "{c.name}"' for c in columns(record))
    source = f"SELECT {empty}, NULL::VARCHAR AS filename WHERE false"
    if paths:
        listed = ", ".join(quoted(str(p)) for p in paths)
        source += f" UNION ALL BY NAME FROM read_parquet([{listed}], union_by_name = true, filename = true)"
    _stage("VIEW", db, name, f"SELECT {named}, parse_filename(filename, true) AS batch FROM ({source})")


def stage_values(db: duckdb.DuckDBPyConnection, name: str, types: str, rows: Sequence[Sequence[Any]]) -> None:
    """Rows of Python's as a table."""
    db.execute(f"CREATE TABLE memory.stage.{name} ({types})")
    if rows:  # as an Arrow table: parameters would import pandas, wherever that is installed
        values = [list(column) for column in zip(*rows, strict=True)]
        db.register("given", pa.table(values, names=[str(n) for n in range(len(values))]))
        db.execute(f"INSERT INTO memory.stage.{name} FROM given")
        db.unregister("given")


def stage_records(
    db: duckdb.DuckDBPyConnection, name: str, record: type[records.Record], rows: Iterable[records.Record]
) -> None:
    """Records as a table with their columns."""
    named = columns(record)
    stage_values(db, name, typed(named), [[getattr(row, c.name) for c in named] for row in rows])


def groups(
    db: duckdb.DuckDBPyConnection, lake: Lake, batches: Sequence[LandedBatch], at_once: int = AT_ONCE
) -> Iterator[None]:
    """Makes the stages be seen one group of batches after the other, of about so many articles each; at each, `owned`
    are the articles that the group is the first to have, `account` what they tell of events and `participant` whom
    they name. Afterwards `named` has all names of actors that were told, and how often.
    """
    _see(db, lake, batches)
    _stage("TABLE", db, "version", statement("stage", "version"))
    _stage("TABLE", db, "merged", statement("stage", "merged"))
    for place, group in enumerate(_grouped(batches, at_once)):
        _see(db, lake, group)
        ordinals = ", ".join(str(batch.ordinal) for batch in group) or "NULL"
        _stage("VIEW", db, "owned", f"SELECT * FROM memory.stage.version WHERE ordinal IN ({ordinals})")
        _stage("TABLE", db, "account", statement("stage", "account"))
        _stage("VIEW", db, "participant", statement("stage", "participant"))
        if place == 0:
            _stage("TABLE", db, "named", statement("stage", "named"))
        else:
            db.execute(f"INSERT INTO memory.stage.named {statement('stage', 'named')}")
        yield
    for name in ("account", "merged", "version"):
        db.execute(f"DROP TABLE memory.stage.{name}")


def _see(db: duckdb.DuckDBPyConnection, lake: Lake, batches: Sequence[LandedBatch]) -> None:
    for name, record in STAGES.items():
        stage_files(db, name, record, [lake.path(name, batch.batch) for batch in batches])


def _grouped(batches: Sequence[LandedBatch], at_once: int) -> Iterator[list[LandedBatch]]:
    """The batches in their order, in groups; one that is empty where there is none, since tables are made of it."""
    group: list[LandedBatch] = []
    count = 0
    for batch in batches:
        if group and count + batch.article_count > at_once:
            yield group
            group, count = [], 0
        group.append(batch)
        count += batch.article_count
    yield group


def _stage(kind: str, db: duckdb.DuckDBPyConnection, name: str, query: str) -> None:
    db.execute(f"CREATE OR REPLACE {kind} memory.stage.{name} AS {query}")
