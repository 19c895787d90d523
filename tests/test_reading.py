"""The examples of docs/reading.md run as they stand, on each DuckDB; readers of each kind see whole publications."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from benchmarks.readers import READERS, SWAPPED, watched
from tests.readers.environments import ENVIRONMENTS, environment
from tests.readers.examples import EXPECTED, examples, printed

PYTHON = examples("reading.md", "python")
SHELL = examples("reading.md", "sh")


def test_the_page_has_an_example_of_each_kind() -> None:
    assert len(PYTHON) >= 7
    assert len(SHELL) == 1
    for library in ("sqlalchemy", "pandas", "polars", "READ_ONLY", "parquet"):
        assert any(library in code for code in PYTHON), library


def test_the_examples_run_as_they_stand(beside: Path) -> None:
    assert printed(beside, [sys.executable, "-c", "\n".join(PYTHON)]) == EXPECTED * len(PYTHON)


@pytest.mark.slow
@pytest.mark.parametrize("version", ENVIRONMENTS)
@pytest.mark.parametrize("code", PYTHON)
def test_each_example_runs_on_each_duckdb(beside: Path, version: str, code: str) -> None:
    python = str(environment(version) / "python")
    assert (
        printed(beside, [python, "-c", f"import duckdb\nassert duckdb.__version__ >= '{version}'\n{code}"]) == EXPECTED
    )


@pytest.mark.slow
@pytest.mark.parametrize("code", SHELL)
def test_the_command_line_example_runs(beside: Path, code: str) -> None:
    bash = shutil.which("bash")
    assert bash is not None
    path = f"{environment('1.5')}{os.pathsep}{os.environ['PATH']}"
    assert printed(beside, [bash, "-c", code], PATH=path) == EXPECTED


@pytest.mark.slow
@pytest.mark.parametrize("readers", [READERS, SWAPPED])
def test_readers_of_each_kind_see_whole_publications(
    beside: Path, tmp_path: Path, readers: tuple[tuple[str, str], ...]
) -> None:
    for seen in watched(beside / "data" / "warehouse.duckdb", tmp_path, 10, readers):
        assert (seen.errors, seen.torn) == ([], 0), seen
        assert seen.reads >= 3
        assert seen.seen >= 2, seen
