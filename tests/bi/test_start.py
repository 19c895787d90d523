"""What `make superset` refuses before it begins, and what it leaves behind; without Superset."""

import fcntl
import json
import re
import shutil
import socket
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from bi.superset import __main__ as start
from tests.pipelines.support import CHECKOUT, environment

# Reads Superset's settings in each of the environments, and prints what is wrong.
SETTINGS = """
import json, os, runpy, sys
os.environ.pop("SUPERSET_SECRET_KEY", None)
for given in json.loads(sys.argv[1]):
    os.environ.update(given)
    try:
        runpy.run_path("bi/superset/superset_config.py")
    except RuntimeError as error:
        print(error)
"""


@pytest.fixture
def home(beside: Path, tmp_path: Path) -> Path:
    """A home with a warehouse, and nothing of Superset."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(beside / "data" / "warehouse.duckdb", home)
    return home


def ended(monkeypatch: pytest.MonkeyPatch, home: Path, *given: str) -> str:
    """What it says when it ends before it has begun."""
    monkeypatch.setattr(sys, "argv", ["superset", "--home", str(home), *given])
    with pytest.raises(SystemExit) as end:
        start.main()
    assert isinstance(end.value.code, str)
    return end.value.code


def test_without_a_warehouse_it_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert "`make run` publishes one" in ended(monkeypatch, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_warehouse_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "warehouse.duckdb"
    file.write_text("something else, and long enough to be looked at" * 100)
    assert re.search(r"warehouse\.duckdb cannot be opened", ended(monkeypatch, tmp_path))
    file.unlink()
    with duckdb.connect(str(file)) as db:
        db.execute("CREATE SCHEMA marts")
    assert re.search(r"does not fit datasets/\w+\.yaml", ended(monkeypatch, tmp_path))


def test_a_port_that_is_taken_and_a_second_start_are_refused(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"Port {port}" in ended(monkeypatch, home, "--port", str(port))
    with (home / "superset" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "runs on" in ended(monkeypatch, home)
    assert stat.S_IMODE((home / "superset").stat().st_mode) == 0o700


def test_the_secret_key_is_made_once_and_for_its_owner(tmp_path: Path) -> None:
    file = tmp_path / "secret_key"
    key = start._secret_key(file)
    assert len(key) >= 42
    assert start._secret_key(file) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_first_start_that_was_broken_off_begins_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PARLEY_SUPERSET_METADATA", raising=False)
    database = tmp_path / "superset.db"
    unfinished = start._begin(database)
    assert unfinished.exists()
    for name in ("superset.db", "superset.db-journal", "superset.log"):
        (tmp_path / name).touch()
    assert start._begin(database) == unfinished
    assert {path.name for path in tmp_path.iterdir()} == {"superset.log", unfinished.name}


def test_the_database_of_a_start_that_was_finished_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    database = tmp_path / "superset.db"
    database.touch()
    assert not start._begin(database).exists()
    assert database.exists()
    monkeypatch.setenv("PARLEY_SUPERSET_METADATA", "postgresql://somewhere/else")
    database.unlink()
    assert not start._begin(database).exists()


@pytest.mark.slow
def test_settings_that_are_missing_are_named() -> None:
    complete = {"PARLEY_HOME": "data", "SUPERSET_SECRET_KEY": "x"}
    given = [{}, {"PARLEY_HOME": "data"}, complete | {"PARLEY_SUPERSET_HTTPS": "true"}]
    done = subprocess.run(
        [CHECKOUT / ".tools/superset/bin/python", "-c", SETTINGS, json.dumps(given)],
        cwd=CHECKOUT,
        env=environment() | {"PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    home, key, https = done.stdout.splitlines()
    assert home.startswith("PARLEY_HOME is not set")
    assert key.startswith("SUPERSET_SECRET_KEY is not set")
    assert https == "PARLEY_SUPERSET_HTTPS is 1 or 0, not true"
