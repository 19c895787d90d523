"""Builds a fresh DuckDB file from the lake. When to build, and whether it may be published, does not belong here.

The lake is seen by the SQL as schema `stage`, the publication before as schema `previous`; both are views in memory,
so that nothing of them is written into the file.
"""

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb

from transforms import records
from transforms.countries import all_countries
from warehouse.lake import Lake
from warehouse.literals import quoted
from warehouse.macros import AS_OF, CORE_MACROS, MACROS, Macro
from warehouse.marts import MARTS
from warehouse.memory import bounded
from warehouse.present import PART, parts, stage_present
from warehouse.previous import attached
from warehouse.staging import AT_ONCE, LandedBatch, groups, stage_files, stage_records, stage_values, statement, typed
from warehouse.tables import CORE, EVENT_STATUSES, Table
from warehouse.threads import threads

# BI drivers still carry DuckDB 1.x, which cannot open what 2.0 writes by default.
STORAGE_VERSION = "v1.2.0"

# Made of each batch by itself; all others are made of these, and of what is merged.
_OF_BATCHES = (
    "article",
    "sentence",
    "line",
    "time_expression",
    "published_evidence",
    "article_event",
    "article_event_participant",
    "event_mention",
)
# What is made of all batches together stands in the lake in one file: the merged events, the clusters of articles.
MERGED_STAGE, CLUSTERED_STAGE, MERGED_BATCH = "events", "article_clusters", "all"
# Where the sources that are watched are described; none are until the first of them is read.
WATCHED_STAGE, WATCHED_BATCH = "watched_sources", "all"
_REJECTED = "rejected_records"

_MACROS = (
    "CREATE MACRO memory.main.digest(kind, what) AS left(sha256(kind || ':' || what), 20)",
    # Nulls are left out.
    "CREATE MACRO memory.main.sorted_set(xs) AS coalesce(list_sort(list_distinct(xs)), [])",
)


def ddl(table: Table) -> str:
    """CREATE TABLE of a core table; keys are checked before publication, not declared."""
    return f"CREATE TABLE core.{table.name} ({typed(table.columns)})"


def view_columns() -> dict[str, list[tuple[str, str]]]:
    """The columns of each view with their types, as its SQL makes them; found out on an empty warehouse in memory."""
    with closing(duckdb.connect(":memory:")) as db:
        _create_tables(db)
        _create_views(db)
        return _view_columns(db)


def _view_columns(db: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in MARTS}
    columns_of = "FROM duckdb_columns() WHERE schema_name = 'marts' ORDER BY table_name, column_index"
    for view, column, sql_type in db.execute(f"SELECT table_name, column_name, data_type {columns_of}").fetchall():
        found[view].append((column, sql_type))
    return found


def _create_tables(db: duckdb.DuckDBPyConnection) -> None:
    """The schemas, the core tables, empty, and the macros over them, which the making of some tables uses."""
    db.execute("CREATE SCHEMA core")
    db.execute("CREATE SCHEMA marts")
    for table in CORE.values():
        db.execute(ddl(table))
    for it in CORE_MACROS.values():
        db.execute(macro_ddl(it))


def _create_views(db: duckdb.DuckDBPyConnection) -> None:
    for view in MARTS.values():
        db.execute(f"CREATE VIEW marts.{view.name} AS {statement('marts', view.name)}")


def macro_ddl(it: Macro) -> str:
    """CREATE MACRO of what stands in `sql/macros/NAME.sql`, or in that of the view that it tells as of a moment."""
    body = statement("marts", it.like) if it.as_of else statement("macros", it.name)
    if it.as_of:
        for now, then in AS_OF.items():
            body = body.replace(now, then)
    names = ", ".join(f'"{name}"' for name, *_ in it.parameters)
    return f"CREATE MACRO {it.schema}.{it.name}({names}) AS {'TABLE ' if it.kind == 'table' else ''}{body}"


def _previous(db: duckdb.DuckDBPyConnection, published: Path | None) -> None:
    """Schema `previous`: what the new publication inherits from the one before."""
    if published is not None:
        with attached(db, published):
            db.execute("CREATE TABLE memory.previous.event AS SELECT event_id FROM before.core.event")
            db.execute(
                "CREATE TABLE memory.previous.mention AS SELECT mention_id, account.event_id "
                "FROM before.core.event_mention JOIN before.core.article_event AS account USING (article_event_id)"
            )
            for name in ("event_id_history", "publication"):
                db.execute(f"CREATE TABLE memory.previous.{name} AS SELECT * FROM before.core.{name}")
        return
    db.execute("CREATE TABLE memory.previous.event (event_id VARCHAR)")
    db.execute("CREATE TABLE memory.previous.mention (mention_id VARCHAR, event_id VARCHAR)")
    for name in ("event_id_history", "publication"):
        db.execute(f"CREATE TABLE memory.previous.{name} ({typed(CORE[name].columns)})")


def _comment(db: duckdb.DuckDBPyConnection) -> None:
    """Comments on everything, in one script: each statement by itself would be a transaction."""
    columns_of = _view_columns(db)
    script = ["BEGIN"]
    for table in CORE.values():
        script.append(f"COMMENT ON TABLE core.{table.name} IS {quoted(table.description)}")
        script += [
            f'COMMENT ON COLUMN core.{table.name}."{c.name}" IS {quoted(table.comment(c.name))}' for c in table.columns
        ]
    for view in MARTS.values():
        script.append(f"COMMENT ON VIEW marts.{view.name} IS {quoted(view.text)}")
        script += [
            f'COMMENT ON COLUMN marts.{view.name}."{name}" IS {quoted(view.comment(name))}'
            for name, _ in columns_of[view.name]
        ]
    for it in (*CORE_MACROS.values(), *MACROS.values()):
        kind = "MACRO TABLE" if it.kind == "table" else "MACRO"
        script.append(f"COMMENT ON {kind} {it.schema}.{it.name} IS {quoted(it.comment)}")
    db.execute("; ".join([*script, "COMMIT"]))


def build(
    target: Path,
    lake: Lake,
    batches: Sequence[LandedBatch],
    rejects: Sequence[str],
    publication: Mapping[str, Any],
    codes: Sequence[records.EventCode],
    published: Path | None = None,
    part: int = PART,
    at_once: int = AT_ONCE,
) -> dict[str, int]:
    """Builds the warehouse at `target` (which must not exist); returns the number of rows of each core table.

    `rejects` are the keys of the files of rejected records; `publication` has the columns of core.publication but for
    the counts; `codes` are those of every type, status and form; `published` is the publication before, from which
    histories are inherited: its DuckDB file, or the folder of its Parquet copies;
    `part` is how many events are worked out at a time, `at_once` how many articles are taken: neither changes a row.
    Raises DamagedWarehouseError where the publication before cannot be read, duckdb.Error where the lake does not fit
    the tables (our own fault).
    """
    with bounded(target) as db:
        for schema in ("stage", "previous"):
            db.execute(f"CREATE SCHEMA memory.{schema}")
        for macro in _MACROS:
            db.execute(macro)
        _previous(db, published)
        stage_files(db, _REJECTED, records.RejectedRecord, [lake.path(_REJECTED, key) for key in rejects])
        watched = lake.path(WATCHED_STAGE, WATCHED_BATCH)
        stage_files(db, WATCHED_STAGE, records.WatchedSource, [watched] if watched.exists() else [])
        stage_files(db, MERGED_STAGE, records.Event, [lake.path(MERGED_STAGE, MERGED_BATCH)])
        stage_files(db, CLUSTERED_STAGE, records.ArticleCluster, [lake.path(CLUSTERED_STAGE, MERGED_BATCH)])
        db.execute(f"CREATE VIEW memory.stage.event AS SELECT * EXCLUDE (batch) FROM memory.stage.{MERGED_STAGE}")
        stage_values(
            db,
            "batch",
            "batch VARCHAR, landed_at TIMESTAMP, article_count BIGINT, ordinal BIGINT",
            [(b.batch, b.landed_at, b.article_count, b.ordinal) for b in batches],
        )
        stage_records(db, "event_code", records.EventCode, codes)
        stage_records(db, "country", records.Country, all_countries())
        stage_values(db, "event_status", typed(CORE["event_status"].columns), EVENT_STATUSES)
        db.execute(
            "CREATE VIEW memory.stage.event_link AS "
            "SELECT event_id, unnest(later_stages) AS linked_event_id FROM memory.stage.event"
        )
        db.execute(f"ATTACH {quoted(str(target))} AS warehouse (STORAGE_VERSION {quoted(STORAGE_VERSION)})")
        db.execute("SET search_path = 'warehouse.main,memory.main,memory.stage,memory.previous'")
        _create_tables(db)
        counts: dict[str, int] = dict.fromkeys(CORE, 0)
        for _ in groups(db, lake, batches, at_once):
            for name in _OF_BATCHES:
                counts[name] += _inserted(db, name)
        for table in CORE.values():
            if table.name in _OF_BATCHES:
                continue
            if table.name == "publication":
                _stage_publication(db, publication, counts)
            if table.name == "event_participant":
                stage_present(db)
            if table.name == "event":
                _stage_threads(db)
            for _ in parts(db, part) if table.name == "event" else (None,):
                counts[table.name] += _inserted(db, table.name)
        _create_views(db)
        for it in MACROS.values():
            db.execute(macro_ddl(it))
        _comment(db)
        db.execute("CHECKPOINT warehouse")
        return counts


def _inserted(db: duckdb.DuckDBPyConnection, table: str) -> int:
    """Inserts the rows of a core table that its SQL gives now; returns how many."""
    (count,) = db.execute(f"INSERT INTO core.{table} BY NAME {statement('core', table)}").fetchone() or (0,)
    return int(count)


def _stage_threads(db: duckdb.DuckDBPyConnection) -> None:
    """The threads of the events that are linked."""
    found = threads(db.execute("SELECT event_id, linked_event_id FROM stage.event_link").fetchall())
    stage_values(db, "event_thread", typed(CORE["event_thread"].columns), list(found.items()))


def _stage_publication(
    db: duckdb.DuckDBPyConnection, publication: Mapping[str, Any], counts: Mapping[str, int]
) -> None:
    row = dict(publication)
    row |= {f"{what}_count": counts[of] for what, of in _COUNTED.items()}
    expected = [c.name for c in CORE["publication"].columns]
    if sorted(row) != sorted(expected):
        raise ValueError(f"core.publication has the columns {expected}, not {sorted(row)}")
    stage_values(db, "publication", typed(CORE["publication"].columns), [[row[name] for name in expected]])


_COUNTED = {
    "batch": "batch",
    "article": "article",
    "mention": "event_mention",
    "event": "event",
    "rejected": "rejected_record",
}
