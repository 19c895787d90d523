"""From a record's fields to columns: Arrow and DuckDB types, keys, accepted values. No table is named here."""

import types
import typing
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

import pyarrow as pa
from pydantic.fields import FieldInfo

from transforms.records import Record
from transforms.vocabulary import Word

_SCALARS: dict[type, tuple[pa.DataType, str]] = {
    str: (pa.string(), "VARCHAR"),
    int: (pa.int64(), "BIGINT"),
    float: (pa.float64(), "DOUBLE"),
    bool: (pa.bool_(), "BOOLEAN"),
    bytes: (pa.binary(), "BLOB"),
    date: (pa.date32(), "DATE"),
    datetime: (pa.timestamp("us"), "TIMESTAMP"),
}


@dataclass(frozen=True)
class Column:
    """A column with all that is known of it; `references` is "table.column" of schema core.

    `meanings` says of each of `values` what it means, empty where the value speaks for itself.
    """

    name: str
    sql_type: str
    description: str
    nullable: bool = True
    key: bool = False
    references: str | None = None
    unit: str | None = None
    values: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()
    minimum: float | date | None = None
    maximum: float | date | None = None
    arrow_type: pa.DataType | None = None

    @property
    def comment(self) -> str:
        """The description with unit, accepted values and reference, for `COMMENT ON`."""
        parts = [self.description]
        if self.unit:
            parts.append(f"Unit: {self.unit}")
        if self.values:
            meanings = self.meanings or ("",) * len(self.values)
            told = (f"{v} ({m})" if m else v for v, m in zip(self.values, meanings, strict=True))
            parts.append("One of: " + ", ".join(told))
        if self.references:
            parts.append(f"Leads to core.{self.references}")
        return ". ".join(part.rstrip(".") for part in parts)

    def comment_in(self, key: tuple[str, ...]) -> str:
        """The comment in a table or view with that key: keys are not declared, so that the comment tells them."""
        if self.name not in key:
            return self.comment
        others = [name for name in key if name != self.name]
        return f"{self.comment}. Key" + (f", together with {', '.join(others)}" if others else "")

    def but(self, **changes: Any) -> "Column":
        """The same column with some things otherwise."""
        return replace(self, **changes)


def _strip_optional(annotation: Any) -> tuple[Any, bool]:
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        rest = [a for a in typing.get_args(annotation) if a is not type(None)]
        if len(rest) != 1:
            raise TypeError(f"a column has one type, not {annotation}")
        return rest[0], True
    return annotation, False


def _types(annotation: Any) -> tuple[pa.DataType, str]:
    """Arrow and DuckDB type of an annotation. Raises TypeError for one that has none."""
    annotation, _ = _strip_optional(annotation)
    if typing.get_origin(annotation) is list:
        arrow, sql = _types(typing.get_args(annotation)[0])
        return pa.list_(arrow), f"{sql}[]"
    if isinstance(annotation, type) and issubclass(annotation, Record):
        inner = columns(annotation)
        fields = ", ".join(f'"{c.name}" {c.sql_type}' for c in inner)
        return pa.struct([pa.field(c.name, c.arrow_type, c.nullable) for c in inner]), f"STRUCT({fields})"
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _SCALARS[str]
    if annotation in _SCALARS:
        return _SCALARS[annotation]
    raise TypeError(f"no column type for {annotation}")


def _column(name: str, field: FieldInfo) -> Column:
    inner, nullable = _strip_optional(field.annotation)
    arrow, sql = _types(inner)
    extra = typing.cast(dict[str, Any], field.json_schema_extra or {})
    words = list(inner) if isinstance(inner, type) and issubclass(inner, Enum) else []
    values = tuple(str(word.value) for word in words)
    meanings = tuple(word.meaning if isinstance(word, Word) else "" for word in words)
    return Column(
        name, sql, field.description or "", nullable, values=values, meanings=meanings, arrow_type=arrow, **extra
    )


@cache
def columns(record: type[Record]) -> tuple[Column, ...]:
    """The columns of a record, in order. Raises TypeError for a field that has no column type."""
    return tuple(_column(name, field) for name, field in record.model_fields.items())


@cache
def arrow_schema(record: type[Record]) -> pa.Schema:
    """The Parquet schema of a record, descriptions included."""
    return pa.schema(
        [pa.field(c.name, c.arrow_type, c.nullable, metadata={"description": c.description}) for c in columns(record)]
    )


def added(name: str, sql_type: str, description: str, **extra: object) -> Column:
    """A column that SQL adds to those of the record."""
    return Column(name, sql_type, description, **{"nullable": False, **extra})  # type: ignore[arg-type]
