"""Homes for the tests of the pipelines."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, which is also that of the environment."""
    place = tmp_path / "home"
    monkeypatch.setenv("PARLEY_HOME", str(place))
    monkeypatch.setenv("DAGSTER_HOME", str(place / "dagster"))
    monkeypatch.delenv("PARLEY_INBOX", raising=False)
    return place


@pytest.fixture
def query(home: Path) -> Callable[[str], list[tuple[object, ...]]]:
    """Queries the published warehouse of the home."""

    def ask(sql: str) -> list[tuple[object, ...]]:
        with closing(duckdb.connect(str(home / "warehouse.duckdb"), read_only=True)) as db:
            return db.execute(sql).fetchall()

    return ask
