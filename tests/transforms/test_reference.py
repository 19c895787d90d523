"""Reference tables are read whole, once, from wherever the package lies; a broken one is refused."""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from transforms import reference

FOLDER = files("seeds") / "reference"
TABLES = sorted(f.name.removesuffix(".csv") for f in FOLDER.iterdir() if f.name.endswith(".csv"))
DOCUMENTS = sorted(f.name.removesuffix(".yaml") for f in FOLDER.iterdir() if f.name.endswith(".yaml"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that stands in for `seeds/reference`; nothing is remembered of either in the other's place."""

    def forget() -> None:
        reference.table.cache_clear()
        reference.document.cache_clear()

    monkeypatch.setattr(reference, "_folder", lambda: tmp_path)
    forget()
    yield tmp_path
    forget()


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_rows_with_all_cells(name: str) -> None:
    rows = reference.table(name)
    assert rows
    assert all(rows[0].keys() == row.keys() for row in rows)


@pytest.mark.parametrize("name", TABLES)
def test_no_row_of_a_table_is_there_twice(name: str) -> None:
    rows = [tuple(row.values()) for row in reference.table(name)]
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_can_be_read(name: str) -> None:
    assert reference.document(name)


def test_notes_and_blank_lines_are_skipped_and_cells_stripped(folder: Path) -> None:
    (folder / "capitals.csv").write_text(
        '# Source: ours\ncapital,country\n\nLima , PER\n# a note between\nQuito,ECU\n"Saint John\'s", ATG\n',
        encoding="utf-8",
    )
    assert reference.table("capitals") == (
        {"capital": "Lima", "country": "PER"},
        {"capital": "Quito", "country": "ECU"},
        {"capital": "Saint John's", "country": "ATG"},
    )


@pytest.mark.parametrize("row", ["Lima", "Lima,PER,Peru"])
def test_a_row_with_too_few_or_too_many_cells_is_refused(folder: Path, row: str) -> None:
    (folder / "capitals.csv").write_text(f"capital,country\nQuito,ECU\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"capitals\.csv: a row has not one cell per column.*Lima"):
        reference.table("capitals")


def test_an_unknown_table_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        reference.table("no_such_table")


def test_split() -> None:
    assert reference.split("talks | summit|| ") == ["talks", "summit"]
    assert reference.split("") == []


def test_tables_are_found_from_any_folder(tmp_path: Path) -> None:
    code = f"from transforms.reference import table; print(len(table({TABLES[0]!r})))"
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(run.stdout) == len(reference.table(TABLES[0]))
