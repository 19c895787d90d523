"""Writes one table or view as a Parquet, CSV or JSON Lines file, so that nothing is lost by it.

Which are written, where to, and the description that goes with them do not belong here.

Parquet keeps types; a description stands with each column. In CSV and JSON Lines a time is written in ISO 8601 with
its `Z` (all are in UTC), in CSV a list as a JSON array. In CSV an empty cell is null; in a column that holds empty
strings, an empty cell is one of them, and null is a mark that no other cell of the column holds (`\\N`).
"""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.literals import quoted
from warehouse.marts import LASTING, MARTS
from warehouse.tables import CORE

# COPY options by kind of file. A group of Parquet rows is held in memory whole; of articles, a default one is 400 MB.
FORMATS = {
    "parquet": "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480",
    "csv": "FORMAT csv, HEADER true",
    "jsonl": "FORMAT json",
}
NULL_MARK = "\\N"


@dataclass(frozen=True)
class Written:
    """A file as it was written: its columns with their DuckDB types; `null_marks` of those that hold empty strings."""

    schema: str
    name: str
    path: Path
    rows: int
    types: dict[str, str]
    null_marks: dict[str, str]


def all_tables() -> list[tuple[str, str]]:
    """Schema and name of all views that can be copied and all tables, the views first."""
    return [(schema, name) for schema, names in (("marts", LASTING), ("core", CORE)) for name in names]


def description(schema: str, name: str) -> str:
    """What the table or view holds. Raises KeyError for one that is not there."""
    return (CORE if schema == "core" else MARTS)[name].description


def column_comment(schema: str, name: str, column: str) -> str:
    """What the column means. Raises KeyError for one that is not there."""
    return CORE[name].column(column).comment if schema == "core" else MARTS[name].comment(column)


def write_table(
    db: duckdb.DuckDBPyConnection,
    schema: str,
    name: str,
    target: Path,
    form: str,
    *,
    without: Sequence[str] = (),
    ordered: bool = False,
) -> Written:
    """Writes the table or view to `target`, less the columns named in `without`; `form` is one of FORMATS.

    Rows are streamed, so that memory does not grow with them. The rows of a view come in any order unless `ordered`,
    by which the same rows always give the same file. Raises duckdb.Error where it cannot be written.
    """
    options = FORMATS[form]
    excluded = f" EXCLUDE ({', '.join(identifier(c) for c in without)})" if without else ""
    rows = f"SELECT *{excluded} FROM {identifier(schema)}.{identifier(name)}"
    types = {column: str(sql_type) for column, sql_type, *_ in db.execute(f"DESCRIBE {rows}").fetchall()}
    marks = dict(_null_marks(db, rows, types)) if form == "csv" else {}
    cells = ", ".join(_cell(column, sql_type, form, marks.get(column)) for column, sql_type in types.items())
    # A table is read in the order in which its rows were written.
    order = " ORDER BY ALL" if ordered and schema == "marts" else ""
    if form == "parquet":
        options += f", {_metadata(db, schema, name, types)}"
    copied = db.execute(f"COPY (SELECT {cells} FROM ({rows}{order})) TO {quoted(str(target))} ({options})").fetchone()
    assert copied is not None
    return Written(schema, name, target, int(copied[0]), types, marks)


def identifier(name: str) -> str:
    """A name as SQL takes it, whatever stands in it."""
    return '"' + name.replace('"', '""') + '"'


def is_nested(sql_type: str) -> bool:
    """Whether the type holds others."""
    return sql_type.endswith("[]") or sql_type.startswith(("STRUCT(", "MAP("))


def _cell(column: str, sql_type: str, form: str, null_mark: str | None) -> str:
    """The column as an expression that writes its values without loss."""
    value = identifier(column)
    if form != "parquet" and sql_type == "TIMESTAMP":
        return f"replace({value}::VARCHAR, ' ', 'T') || 'Z' AS {value}"
    if form == "csv" and is_nested(sql_type):
        return f"to_json({value})::VARCHAR AS {value}"
    if null_mark is not None:
        return f"coalesce({value}, {quoted(null_mark)}) AS {value}"
    return value


def _null_marks(db: duckdb.DuckDBPyConnection, rows: str, types: dict[str, str]) -> Iterator[tuple[str, str]]:
    """For each column that holds empty strings, what stands for null in it."""
    strings = [column for column, sql_type in types.items() if sql_type == "VARCHAR"]
    if not strings:
        return
    tested = ", ".join(f"coalesce(bool_or({identifier(column)} = ''), false)" for column in strings)
    found = db.execute(f"SELECT {tested} FROM ({rows})").fetchone() or ()
    for column, has_empty in zip(strings, found, strict=True):
        if has_empty:
            mark = NULL_MARK
            while db.execute(f"SELECT 1 FROM ({rows}) WHERE {identifier(column)} = ? LIMIT 1", [mark]).fetchone():
                mark += "N"
            yield column, mark


def _metadata(db: duckdb.DuckDBPyConnection, schema: str, name: str, types: dict[str, str]) -> str:
    """The COPY option by which a Parquet file carries the descriptions.

    DuckDB writes key and value for the file, but nothing for a column; Arrow's readers find what is known of the
    columns in the schema that stands under this key:
    https://arrow.apache.org/docs/cpp/parquet.html#serialization-details
    """
    # Of the types alone: a view would be made once more for its schema.
    empty = ", ".join(f"NULL::{sql_type} AS {identifier(column)}" for column, sql_type in types.items())
    arrow: Any = db.sql(f"SELECT {empty} LIMIT 0").to_arrow_reader().schema
    fields = [f.with_metadata({"description": column_comment(schema, name, f.name)}) for f in arrow]
    described = pa.schema(fields, metadata={"description": description(schema, name)})
    encoded = base64.b64encode(described.serialize().to_pybytes()).decode("ascii")
    return f'KV_METADATA {{description: {quoted(description(schema, name))}, "ARROW:schema": {quoted(encoded)}}}'
