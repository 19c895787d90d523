"""A newsroom to fill, and one small warehouse that is built once."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.builder import BRUSSELS, LIMA, QUIET, QUITO, REJECTED, Newsroom

Rows = Callable[[Path, str], list[tuple[object, ...]]]


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """An empty lake."""
    return Newsroom(tmp_path)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of four articles in two batches and one rejected record; not to be written to."""
    newsroom = Newsroom(tmp_path_factory.mktemp("small"))
    newsroom.land("batch-a", LIMA, QUITO)
    newsroom.land("batch-b", BRUSSELS, QUIET)
    newsroom.reject(REJECTED)
    return newsroom.build()


@pytest.fixture
def db(small: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the small warehouse."""
    with closing(duckdb.connect(str(small), read_only=True)) as connection:
        yield connection


@pytest.fixture
def rows() -> Rows:
    """Rows of a query on a file, which is closed again."""

    def query(path: Path, sql: str) -> list[tuple[object, ...]]:
        with closing(duckdb.connect(str(path), read_only=True)) as connection:
            return connection.execute(sql).fetchall()

    return query
