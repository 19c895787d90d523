"""The `datapackage.json` of exported files: what each holds, column by column, and how its cells are to be read.

It follows the Data Package standard, version 2 (https://datapackage.org/standard/data-package/), and is made from the
tables (`tables.py`) and views (`marts.py`). Writing the files does not belong here.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from warehouse.files import Written, column_comment, description, is_nested
from warehouse.marts import MARTS
from warehouse.tables import CORE, Table
from warehouse.views import View

FILE_NAME = "datapackage.json"
PACKAGE_NAME = "parley-warehouse"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_LICENCE = (
    "Headlines, sentences and texts of articles belong to their publishers, and are here to show where an event is "
    "told; what a source notes on the licence of its articles stands with the source."
)
_MEDIA_TYPES = {"parquet": "application/vnd.apache.parquet", "csv": "text/csv", "jsonl": "application/jsonl"}
# What a reader must know of a file to take it apart; Parquet says it itself.
_DIALECTS: dict[str, dict[str, Any]] = {
    "parquet": {},
    "csv": {
        "header": True,
        "delimiter": ",",
        "lineTerminator": "\n",
        "quoteChar": '"',
        "doubleQuote": True,
        "skipInitialSpace": False,
    },
    "jsonl": {"itemType": "object"},
}
# Table Schema's types by DuckDB's: https://datapackage.org/standard/table-schema/#field-types
_TYPES = {
    "VARCHAR": "string",
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UBIGINT", "UINTEGER"), "integer"),
    "DOUBLE": "number",
    "FLOAT": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
}


def iso(moment: datetime) -> str:
    """A time in UTC as the standard writes it."""
    return f"{moment.isoformat()}Z"


def package(
    publication: Mapping[str, Any], sources: Sequence[Mapping[str, str | None]], files: Sequence[Written], form: str
) -> dict[str, Any]:
    """The whole description; nothing in it depends on when or where it was made.

    `publication` is the row of core.publication, `sources` have `source`, `address` and `licence`. Raises KeyError for
    a column that nothing describes, or whose type Table Schema lacks.
    """
    exported = {(f.schema, f.name): f for f in files}
    described = {
        "$schema": _PROFILE,
        "name": PACKAGE_NAME,
        "title": "Diplomatic events from news articles",
        "description": f"Events that Parley found in news articles, with the evidence for each. {_LICENCE}",
        # As semantic versioning has it: the program's version, and the build.
        "version": f"{publication['version']}+{publication['publication_id']}",
        "created": iso(publication["published_at"]),
        "publication_id": publication["publication_id"],
    }
    if sources:
        described["sources"] = [_source(row) for row in sources]
    return described | {"resources": [_resource(f, form, exported) for f in files]}


def _source(row: Mapping[str, str | None]) -> dict[str, str]:
    source = {"title": str(row["source"])}
    if (address := row["address"]) and address.startswith(("http://", "https://")):
        source["path"] = address
    if row["licence"]:
        source["licence"] = row["licence"]
    return source


def _resource(written: Written, form: str, exported: Mapping[tuple[str, str], Written]) -> dict[str, Any]:
    with written.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    resource: dict[str, Any] = {
        "name": f"{written.schema}.{written.name}",
        "type": "table",
        "path": written.path.name,
        "title": description(written.schema, written.name),
        "format": form,
        "mediatype": _MEDIA_TYPES[form],
        "encoding": "utf-8",
        "bytes": written.path.stat().st_size,
        "hash": f"sha256:{digest}",
        "rows": written.rows,
    }
    if _DIALECTS[form]:
        resource["dialect"] = _DIALECTS[form]
    return resource | {"schema": _schema(written, form, exported)}


def _schema(written: Written, form: str, exported: Mapping[tuple[str, str], Written]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(written, column, sql_type) for column, sql_type in written.types.items()],
        "missingValues": [""] if form == "csv" else [],
    }
    key = _table(written).key
    if key and set(key) <= set(written.types):
        schema["primaryKey"] = list(key)
    if written.schema == "core" and (references := list(_references(written, exported))):
        schema["foreignKeys"] = references
    return schema


def _field(written: Written, column: str, sql_type: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column}
    if is_nested(sql_type):
        field |= {"type": "array", "arrayItem": {"type": _TYPES[sql_type.removesuffix("[]")]}}
    else:
        field["type"] = _TYPES[sql_type]
    field["description"] = column_comment(written.schema, written.name, column)
    if column in written.null_marks:
        field["missingValues"] = [written.null_marks[column]]
    if constraints := _constraints(written, column):
        field["constraints"] = constraints
    return field


def _constraints(written: Written, name: str) -> dict[str, Any]:
    """What holds of each value of the column."""
    table = _table(written)
    column = table.column(name)
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if table.key == (name,):
        constraints["unique"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    for bound in ("minimum", "maximum"):
        if (value := getattr(column, bound)) is not None:
            constraints[bound] = value.isoformat() if isinstance(value, date) else value
    return constraints


def _table(written: Written) -> Table | View:
    return CORE[written.name] if written.schema == "core" else MARTS[written.name]


def _references(written: Written, exported: Mapping[tuple[str, str], Written]) -> Iterator[dict[str, Any]]:
    """The references to tables that are exported, too; one into the table itself names none, as the standard has it."""
    for column in CORE[written.name].columns:
        if column.references is None or column.name not in written.types:
            continue
        table, target = column.references.split(".")
        to = exported.get(("core", table))
        if to is not None and target in to.types:
            reference: dict[str, Any] = {"fields": [target]}
            if table != written.name:
                reference = {"resource": f"core.{table}", **reference}
            yield {"fields": [column.name], "reference": reference}
