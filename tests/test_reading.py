"""The examples of docs/reading.md run as they stand, on each DuckDB; readers of each kind see whole publications."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.readers import READERS, SWAPPED, watched
from tests.readers.environments import ENVIRONMENTS, environment
from tests.warehouse.builder import BRUSSELS, LIMA, QUITO, Newsroom
from warehouse.publish import publish

ROOT = Path(__file__).parents[1]
EXAMPLES = re.findall(r"^```(python|sh)\n(.*?)^```", (ROOT / "docs" / "reading.md").read_text(), re.M | re.S)
PYTHON = [code for language, code in EXAMPLES if language == "python"]
SHELL = [code for language, code in EXAMPLES if language == "sh"]
EXPECTED = [("ceasefire", "1"), ("meeting", "1"), ("sanctions", "1")]


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a published warehouse in `data`."""
    folder = tmp_path_factory.mktemp("beside")
    newsroom = Newsroom(folder / "data")
    newsroom.land("a", LIMA, QUITO, BRUSSELS)
    publish(newsroom.build(), folder / "data" / "warehouse.duckdb", folder / "data" / "parquet")
    return folder


def run(folder: Path, command: list[str], **variables: str) -> list[tuple[str, str]]:
    """Type and count of events, as a program printed them, in whatever form."""
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, **variables}
    )
    assert done.returncode == 0, done.stderr
    return re.findall(r"(ceasefire|meeting|sanctions)\W+(\d+)", done.stdout)


def test_the_page_has_an_example_of_each_kind() -> None:
    assert len(PYTHON) >= 7
    assert len(SHELL) == 1
    for library in ("sqlalchemy", "pandas", "polars", "READ_ONLY", "parquet"):
        assert any(library in code for code in PYTHON), library


def test_the_examples_run_as_they_stand(beside: Path) -> None:
    assert run(beside, [sys.executable, "-c", "\n".join(PYTHON)]) == EXPECTED * len(PYTHON)


@pytest.mark.slow
@pytest.mark.parametrize("version", ENVIRONMENTS)
@pytest.mark.parametrize("code", PYTHON)
def test_each_example_runs_on_each_duckdb(beside: Path, version: str, code: str) -> None:
    python = str(environment(version) / "python")
    assert run(beside, [python, "-c", f"import duckdb\nassert duckdb.__version__ >= '{version}'\n{code}"]) == EXPECTED


@pytest.mark.slow
@pytest.mark.parametrize("code", SHELL)
def test_the_command_line_example_runs(beside: Path, code: str) -> None:
    bash = shutil.which("bash")
    assert bash is not None
    path = f"{environment('1.5')}{os.pathsep}{os.environ['PATH']}"
    assert run(beside, [bash, "-c", code], PATH=path) == EXPECTED


@pytest.mark.slow
@pytest.mark.parametrize("readers", [READERS, SWAPPED])
def test_readers_of_each_kind_see_whole_publications(
    beside: Path, tmp_path: Path, readers: tuple[tuple[str, str], ...]
) -> None:
    for seen in watched(beside / "data" / "warehouse.duckdb", tmp_path, 10, readers):
        assert (seen.errors, seen.torn) == ([], 0), seen
        assert seen.reads >= 3
        assert seen.seen >= 2, seen
