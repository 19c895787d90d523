"""Every record has Arrow and DuckDB columns; what has no column type is refused."""

import inspect
from datetime import date, datetime
from enum import StrEnum
from typing import Optional

import duckdb
import pyarrow as pa
import pytest

from transforms import records
from transforms.records import Record, col
from warehouse.columns import Column, arrow_schema, columns

RECORDS = [r for _, r in inspect.getmembers(records, inspect.isclass) if issubclass(r, Record) and r is not Record]


class Mood(StrEnum):
    CALM = "calm"
    TENSE = "tense"


class Inner(Record):
    start: int = col("Start")
    mood: Mood | None = col("Mood", default=None)


class Sample(Record):
    sample_id: str = col("Name", key=True)
    count: int = col("How many", unit="things", minimum=0, maximum=9)
    share: float | None = col("Share", default=None)
    sure: bool = col("Whether")
    blob: bytes | None = col("Bytes", default=None)
    day: date | None = col("Day", default=None)
    at: datetime | None = col("Time", default=None)
    mood: Mood = col("Mood.")
    inner: Inner = col("Nested")
    inners: list[Inner] = col("More of them")
    names: list[str] = col("Names")
    old: Optional[int] = col("As it was written once", default=None)  # noqa: UP045
    other: str | None = col("Leads elsewhere", references="other.other_id", default=None)


INNER_SQL = 'STRUCT("start" BIGINT, "mood" VARCHAR)'
INNER_ARROW = pa.struct([pa.field("start", pa.int64(), nullable=False), pa.field("mood", pa.string())])
TYPES = {
    "sample_id": ("VARCHAR", pa.string(), False),
    "count": ("BIGINT", pa.int64(), False),
    "share": ("DOUBLE", pa.float64(), True),
    "sure": ("BOOLEAN", pa.bool_(), False),
    "blob": ("BLOB", pa.binary(), True),
    "day": ("DATE", pa.date32(), True),
    "at": ("TIMESTAMP", pa.timestamp("us"), True),
    "mood": ("VARCHAR", pa.string(), False),
    "inner": (INNER_SQL, INNER_ARROW, False),
    "inners": (f"{INNER_SQL}[]", pa.list_(INNER_ARROW), False),
    "names": ("VARCHAR[]", pa.list_(pa.string()), False),
    "old": ("BIGINT", pa.int64(), True),
    "other": ("VARCHAR", pa.string(), True),
}


def _column(name: str) -> Column:
    return next(c for c in columns(Sample) if c.name == name)


@pytest.mark.parametrize("name", TYPES)
def test_types(name: str) -> None:
    c = _column(name)
    assert (c.sql_type, c.arrow_type, c.nullable) == TYPES[name]


def test_columns_come_in_the_order_of_the_fields() -> None:
    assert [c.name for c in columns(Sample)] == list(TYPES) == arrow_schema(Sample).names


def test_keys_references_units_and_bounds() -> None:
    assert [c.name for c in columns(Sample) if c.key] == ["sample_id"]
    assert _column("other").references == "other.other_id"
    assert (_column("count").minimum, _column("count").maximum) == (0, 9)


def test_an_enumeration_gives_the_accepted_values() -> None:
    assert _column("mood").values == ("calm", "tense")
    assert _column("names").values == ()


def test_comments_have_unit_and_values_and_single_stops() -> None:
    assert _column("count").comment == "How many. Unit: things"
    assert _column("mood").comment == "Mood. One of: calm, tense"


def test_descriptions_go_into_the_parquet_schema() -> None:
    assert arrow_schema(Sample).field("count").metadata == {b"description": b"How many"}


@pytest.mark.parametrize(
    "annotation", [dict[str, int], list, set[str], int | str, object, list[complex], complex | None]
)
def test_a_field_without_a_column_type_is_refused(annotation: object) -> None:
    odd = type(
        "Odd", (Record,), {"__annotations__": {"field": annotation}, "model_config": {"arbitrary_types_allowed": True}}
    )
    with pytest.raises(TypeError, match="type"):
        columns(odd)


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.__name__)
def test_every_record_has_columns_that_duckdb_takes(record: type[Record]) -> None:
    body = ", ".join(f'"{c.name}" {c.sql_type}' for c in columns(record))
    with duckdb.connect() as db:
        db.execute(f"CREATE TABLE t ({body})")
        db.register("rows", arrow_schema(record).empty_table())
        db.execute("INSERT INTO t BY NAME SELECT * FROM rows")
    assert all(c.description for c in columns(record))
    assert [f.nullable for f in arrow_schema(record)] == [c.nullable for c in columns(record)]
