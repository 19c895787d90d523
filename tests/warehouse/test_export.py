"""Every format gives back the rows of the table; texts leave the warehouse only when asked for."""

from pathlib import Path

import duckdb
import pytest

from tests.warehouse.conftest import Rows
from warehouse.export import FORMATS, TEXTS, export_tables
from warehouse.marts import LASTING
from warehouse.tables import CORE

NAMES = [("marts", name) for name in LASTING] + [("core", name) for name in CORE]


def _reader(path: Path, types: dict[str, str]) -> str:
    """The table function that reads a file back, told the types that CSV and JSON do not carry."""
    listed = ", ".join(f"'{name}': '{sql_type}'" for name, sql_type in types.items())
    return {
        ".parquet": f"read_parquet('{path}')",
        ".csv": f"read_csv('{path}', header = true, columns = {{{listed}}})",
        ".jsonl": f"read_json('{path}', format = 'newline_delimited', columns = {{{listed}}})",
    }[path.suffix]


@pytest.mark.parametrize("form", FORMATS)
def test_each_file_reads_back_as_its_table(small: Path, tmp_path: Path, rows: Rows, form: str) -> None:
    written = export_tables(small, tmp_path / "out", form, with_text=True)
    assert [path.name for path in written] == [f"{schema}.{name}.{form}" for schema, name in NAMES]
    for path, (schema, name) in zip(written, NAMES, strict=True):
        types = {str(c): str(t) for c, t, *_ in rows(small, f"DESCRIBE {schema}.{name}")}
        back = rows(small, f"SELECT * FROM {_reader(path, types)} ORDER BY ALL")
        assert back == rows(small, f"SELECT * FROM {schema}.{name} ORDER BY ALL")


@pytest.mark.parametrize("form", FORMATS)
def test_texts_stay_behind_unless_asked_for(small: Path, tmp_path: Path, rows: Rows, form: str) -> None:
    export_tables(small, tmp_path / "without", form)
    for (schema, name), column in TEXTS.items():
        if form == "jsonl" and not rows(small, f"SELECT 1 FROM {schema}.{name} LIMIT 1"):
            continue  # an empty file names no columns
        described = rows(small, f"DESCRIBE SELECT * FROM '{tmp_path}/without/{schema}.{name}.{form}'")
        expected = [str(c) for c, *_ in rows(small, f"DESCRIBE {schema}.{name}") if c != column]
        assert [str(c) for c, *_ in described] == expected
    quiet = "The rains came early"  # in no event's sentence
    assert not any(quiet.encode() in path.read_bytes() for path in (tmp_path / "without").iterdir())


def test_every_table_with_whole_texts_is_among_those_that_leave_them_behind() -> None:
    with_text = {("core", name) for name, table in CORE.items() if "text" in [c.name for c in table.columns]}
    assert with_text - set(TEXTS) == {("core", "time_expression"), ("core", "published_evidence")}  # parts


def test_a_second_export_takes_the_place_of_the_first(small: Path, tmp_path: Path) -> None:
    first = export_tables(small, tmp_path, "csv")
    assert export_tables(small, tmp_path, "csv") == first
    assert sorted(tmp_path.iterdir()) == sorted(first)


def test_a_folder_with_a_quote_in_its_name(small: Path, tmp_path: Path) -> None:
    assert all(path.is_file() for path in export_tables(small, tmp_path / "o'clock", "jsonl"))


def test_what_cannot_be_exported_is_said(small: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        export_tables(small, tmp_path, "xlsx")
    with pytest.raises(FileNotFoundError, match="nothing is published yet"):
        export_tables(tmp_path / "none.duckdb", tmp_path, "csv")
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OSError, match="file"):
        export_tables(small, tmp_path / "file", "csv")


def test_the_file_that_is_exported_is_not_touched(small: Path, tmp_path: Path) -> None:
    before = small.read_bytes()
    export_tables(small, tmp_path, "parquet")
    assert small.read_bytes() == before
    with duckdb.connect() as db:
        assert db.execute(f"SELECT count(*) FROM '{tmp_path}/marts.events.parquet'").fetchall() == [(3,)]
