"""Reads exported files back by what their datapackage.json says, and by nothing else."""

import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet

Row = tuple[Any, ...]

_FROM_TEXT: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
    "datetime": lambda text: datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None),
    "array": json.loads,
}


def _from_json(kind: str, value: Any) -> Any:
    return _FROM_TEXT[kind](value) if kind in ("date", "datetime") and value is not None else value


def _csv_rows(path: Path, resource: dict[str, Any]) -> Iterator[Row]:
    dialect, schema = resource["dialect"], resource["schema"]
    with path.open(newline="", encoding=resource["encoding"]) as file:
        lines = csv.reader(
            file,
            delimiter=dialect["delimiter"],
            quotechar=dialect["quoteChar"],
            doublequote=dialect["doubleQuote"],
            skipinitialspace=dialect["skipInitialSpace"],
            strict=True,
        )
        assert dialect["header"]
        assert next(lines) == [field["name"] for field in schema["fields"]]
        for line in lines:
            yield tuple(
                None if cell in field.get("missingValues", schema["missingValues"]) else _FROM_TEXT[field["type"]](cell)
                for field, cell in zip(schema["fields"], line, strict=True)
            )


def _json_rows(path: Path, resource: dict[str, Any]) -> Iterator[Row]:
    fields = resource["schema"]["fields"]
    with path.open(newline="\n", encoding=resource["encoding"]) as file:
        for line in file:
            record = json.loads(line)
            assert list(record) == [field["name"] for field in fields]
            yield tuple(_from_json(field["type"], record[field["name"]]) for field in fields)


def _parquet_rows(path: Path, resource: dict[str, Any]) -> Iterator[Row]:
    table = pyarrow.parquet.read_table(path)
    assert table.column_names == [field["name"] for field in resource["schema"]["fields"]]
    for record in table.to_pylist():
        yield tuple(record.values())


_READERS = {"csv": _csv_rows, "jsonl": _json_rows, "parquet": _parquet_rows}


def described(folder: Path) -> dict[str, dict[str, Any]]:
    """The resources of the package by name."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


def rows_of(folder: Path, resource: dict[str, Any]) -> list[Row]:
    """The rows of a resource, in the order of the file."""
    return list(_READERS[resource["format"]](folder / resource["path"], resource))


def is_whole(folder: Path) -> bool:
    """Whether each file that the package describes is there to the byte; false where there is no package."""
    if not (folder / "datapackage.json").exists():
        return False
    for resource in described(folder).values():
        content = (folder / resource["path"]).read_bytes()
        if (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}") != (resource["bytes"], resource["hash"]):
            return False
    return True
