"""The settings of docs/bi.md keep a query inside the warehouse, each client has them, and sees the next publication."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.readers.environments import ENVIRONMENTS, environment
from tests.readers.examples import DOCS, EXPECTED, examples, printed

PAGE = (DOCS / "bi.md").read_text(encoding="utf-8")
SETTINGS = dict(re.findall(r"^\| `(\w+)` \| `(\w+)` \|", PAGE, re.M))
(ADBC,) = (code for code in examples("bi.md", "python") if "adbc" in code)
CHECK, AT_THE_START, *_ = examples("bi.md", "sql")
QUERY = "SELECT event_type, count(*) FROM marts.events GROUP BY ALL ORDER BY ALL"

# A client and the environment that it runs in; None is the project's own.
READERS = [(client, version) for client in ("duckdb", "sqlalchemy", "adbc") for version in ENVIRONMENTS]
CLIENTS = [("duckdb", None), *(pytest.param(*reader, marks=pytest.mark.slow) for reader in READERS)]

# What reaches out of the warehouse; {} is a folder in which a file lies.
OUTSIDE = [
    "SELECT * FROM read_text('{}/secret.txt')",
    "SELECT * FROM glob('{}/*')",
    "COPY (SELECT 1) TO '{}/written.csv'",
    "EXPORT DATABASE '{}/exported'",
    "ATTACH '{}/other.duckdb' AS other",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "RESET enable_external_access",
    "SET allowed_directories = ['{}']",
    "CREATE TABLE core.written AS SELECT 1",
    "DELETE FROM core.event",
]
LOCKED = ["SET lock_configuration = false", "SET autoload_known_extensions = true", "SET threads = 1"]


def seen(
    client: str, version: str | None, path: Path, steps: Sequence[Sequence[str]], settings: dict[str, str] = SETTINGS
) -> list[Any]:
    """What each `ask` of the steps gave, its rows or its error, in a process of its own."""
    python = sys.executable if version is None else str(environment(version) / "python")
    script = str(Path(__file__).parent / "readers" / "clients.py")
    given = json.dumps({"client": client, "path": str(path), "settings": settings, "steps": list(steps)})
    done = subprocess.run([python, "-P", script], input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answers: list[Any] = json.loads(done.stdout)
    return answers


def asked(queries: Sequence[str]) -> list[list[str]]:
    """Steps that open the file once and ask these."""
    return [["open", "it"], *(["ask", "it", query] for query in queries)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder beside the warehouse, with a file that is none of a query's business."""
    (tmp_path / "secret.txt").write_text("a secret")
    return tmp_path


def settings_in(block: str) -> dict[str, str]:
    """The settings of DuckDB that an example sets, in whatever language."""
    known = {name for (name,) in duckdb.sql("SELECT name FROM duckdb_settings()").fetchall()}
    pairs: list[tuple[str, str]] = re.findall(r'"?(\w+)"?\s*[:=]\s*"?(\w+)', block)
    return {name: value for name, value in pairs if name in known}


def test_every_example_has_the_settings_of_the_table() -> None:
    assert len(SETTINGS) == 5
    blocks = [ADBC, *examples("bi.md", "js"), *examples("bi.md", "ini"), *examples("bi.md", "text")]
    assert len(blocks) == 5
    for block in blocks:
        assert settings_in(block) == SETTINGS, block


@pytest.mark.parametrize(("client", "version"), CLIENTS)
def test_a_query_stays_inside_the_warehouse(beside: Path, folder: Path, client: str, version: str | None) -> None:
    warehouse = beside / "data" / "warehouse.duckdb"
    queries = [query.format(folder) for query in OUTSIDE + LOCKED]
    rows, check, *refused = seen(client, version, warehouse, asked([QUERY, CHECK, *queries]))
    assert [(event_type, str(count)) for event_type, count in rows] == EXPECTED
    assert check == [["read_only", False, False, False, True]]
    assert [query for query, answer in zip(queries, refused, strict=True) if not isinstance(answer, str)] == []
    assert [path.name for path in folder.iterdir()] == ["secret.txt"]


def test_without_the_settings_a_query_reads_and_writes_files(beside: Path, folder: Path) -> None:
    queries = ["SELECT content FROM read_text('{}/secret.txt')", "COPY (SELECT 1) TO '{}/written.csv'"]
    steps = asked([query.format(folder) for query in queries])
    read, written = seen("duckdb", None, beside / "data" / "warehouse.duckdb", steps, {"access_mode": "READ_ONLY"})
    assert read == [["a secret"]]
    assert written == [[1]]
    assert (folder / "written.csv").exists()


def test_sql_at_the_start_can_be_repeated_and_keeps_a_query_inside(beside: Path, folder: Path) -> None:
    queries = [query.format(folder) for query in OUTSIDE]
    steps = [["open", "first"], ["ask", "first", AT_THE_START], ["open", "second"], ["ask", "second", AT_THE_START]]
    steps += [["ask", "second", query] for query in queries]
    first, second, *refused = seen(
        "duckdb", None, beside / "data" / "warehouse.duckdb", steps, {"access_mode": "READ_ONLY"}
    )
    assert (first, second) == ([], [])
    assert [query for query, answer in zip(queries, refused, strict=True) if not isinstance(answer, str)] == []
    assert [path.name for path in folder.iterdir()] == ["secret.txt"]


def test_sql_at_the_start_goes_with_no_locked_configuration(beside: Path) -> None:
    (refused,) = seen("duckdb", None, beside / "data" / "warehouse.duckdb", asked([AT_THE_START]))
    assert "locked" in refused


@pytest.mark.parametrize(("client", "version"), CLIENTS)
def test_the_next_connection_sees_the_next_publication(tmp_path: Path, client: str, version: str | None) -> None:
    for number in (1, 2, 3):
        with duckdb.connect(str(tmp_path / f"{number}.duckdb")) as db:
            db.execute(f"CREATE TABLE publication AS SELECT {number} AS number")
    path = Path(shutil.copy(tmp_path / "1.duckdb", tmp_path / "warehouse.duckdb"))
    query = "FROM publication"
    steps = [
        *(["open", "first"], ["ask", "first", query], ["close", "first"]),
        *(["replace", str(tmp_path / "2.duckdb")], ["open", "held"], ["ask", "held", query]),
        *(["replace", str(tmp_path / "3.duckdb")], ["open", "beside"], ["ask", "beside", query], ["close", "beside"]),
        *(["ask", "held", query], ["close", "held"], ["open", "last"], ["ask", "last", query]),
    ]
    first, second, beside, held, last = (rows[0][0] for rows in seen(client, version, path, steps))
    assert (first, second, held, last) == (1, 2, 2, 3)
    # The one of the table: ADBC opens the file anew, the others share it.
    assert beside == (3 if client == "adbc" else 2)


@pytest.mark.slow
@pytest.mark.parametrize("version", ENVIRONMENTS)
def test_the_example_for_adbc_runs_as_it_stands(beside: Path, version: str) -> None:
    assert printed(beside, [str(environment(version) / "python"), "-c", ADBC]) == EXPECTED
