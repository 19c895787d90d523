"""Connections see the newest file and end in time, although DuckDB shares a file within a process."""

import gc
import os
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path, PosixPath
from typing import Any

import duckdb
import pytest

from bi.superset.connection import hardened
from bi.superset.publication import Readers, StillReadingError

ENDLESS = "SELECT count(*) FROM range(10_000_000_000) AS one, range(10_000_000_000) AS other"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A published file whose number is 1."""
    return publish(tmp_path / "warehouse.duckdb", 1)


def publish(file: Path, number: int) -> Path:
    """Replaces the file by one with that number."""
    new = file.with_name(f"new-{number}.duckdb")
    with duckdb.connect(str(new)) as db:
        db.execute("CREATE TABLE number AS SELECT $number AS one", {"number": number})
    return new.replace(file)


def opened(readers: Readers, file: Path) -> Any:
    return readers.connect(file, lambda: duckdb.connect(str(file), **hardened()))


def number(connection: Any) -> int:
    return int(connection.execute("SELECT one FROM number").fetchone()[0])


def started(action: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=action, daemon=True)
    thread.start()
    return thread


def test_duckdb_alone_shows_the_file_before(file: Path) -> None:
    """What all of this is for."""
    with duckdb.connect(str(file), **hardened()), closing(duckdb.connect(str(publish(file, 2)), **hardened())) as later:
        assert number(later) == 1


def test_who_opens_after_a_publication_waits_for_those_before_and_sees_it(file: Path) -> None:
    readers = Readers()
    first, second = opened(readers, file), opened(readers, file)
    publish(file, 2)
    seen: list[int] = []

    def read() -> None:
        with closing(opened(readers, file)) as connection:
            seen.append(number(connection))

    waiting = [started(read) for _ in range(3)]
    assert (number(first), number(second)) == (1, 1)
    first.close()
    time.sleep(0.1)
    assert seen == []
    second.close()
    for thread in waiting:
        thread.join(5)
    assert seen == [2, 2, 2]


def test_readers_of_one_file_do_not_wait_for_each_other(file: Path) -> None:
    readers = Readers(deadline=0.2)
    with closing(opened(readers, file)), closing(opened(readers, file)) as second:
        assert number(second) == 1


def test_who_waits_in_vain_is_told_so(file: Path) -> None:
    readers = Readers(deadline=0.2)
    held = opened(readers, file)
    publish(file, 2)
    with pytest.raises(StillReadingError, match=r"warehouse.duckdb was published anew, but 1 quer"):
        opened(readers, file)
    held.close()
    with closing(opened(readers, file)) as connection:
        assert number(connection) == 2


class Late(PosixPath):
    """A path whose file is replaced right after the first look at it."""

    looks = 0

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        found = super().stat(follow_symlinks=follow_symlinks)
        self.looks += 1
        if self.looks == 1:
            publish(Path(self), 2)
        return found


def test_a_publication_while_one_is_opened_is_not_missed(file: Path) -> None:
    readers = Readers(deadline=0.2)
    with closing(opened(readers, file)), closing(opened(readers, Late(file))) as joined:
        assert number(joined) == 1
        with pytest.raises(StillReadingError):
            opened(readers, file)
    with closing(opened(readers, file)) as connection:
        assert number(connection) == 2


def test_a_connection_that_is_dropped_or_cannot_be_made_holds_nobody_up(file: Path) -> None:
    readers = Readers(deadline=5)
    beneath: list[duckdb.DuckDBPyConnection] = []

    def dropped() -> duckdb.DuckDBPyConnection:
        beneath.append(duckdb.connect(str(file), **hardened()))
        return beneath[0]

    readers.connect(file, dropped)
    gc.collect()
    with pytest.raises(duckdb.ConnectionException, match="closed"):
        beneath[0].execute("SELECT 1")

    def fails() -> None:
        raise OSError("not this time")

    with pytest.raises(OSError, match="not this time"):
        readers.connect(file, fails)
    publish(file, 2)
    with closing(opened(readers, file)) as connection:
        assert number(connection) == 2
    connection.close()  # once more does no harm
    with closing(opened(readers, publish(file, 3))) as connection:
        assert number(connection) == 3


def test_an_endless_query_is_interrupted_and_so_is_the_next_on_the_same_connection(file: Path) -> None:
    with closing(opened(Readers(deadline=0.3), file)) as connection:
        for _ in range(2):
            with pytest.raises(duckdb.InterruptException):
                connection.execute(ENDLESS)


def test_the_deadline_of_a_closed_connection_interrupts_nobody(file: Path) -> None:
    readers = Readers(deadline=0.2)
    opened(readers, file).close()
    with closing(opened(Readers(), file)) as connection:
        until = time.monotonic() + 0.5
        while time.monotonic() < until:
            assert number(connection) == 1


def test_many_readers_and_publications(file: Path) -> None:
    readers = Readers()
    newest = 1
    faults: list[object] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            least = newest
            try:
                with closing(opened(readers, file)) as connection:
                    if (found := number(connection)) < least:
                        faults.append((least, found))
            except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
                faults.append(error)

    threads = [started(read) for _ in range(4)]
    for published in range(2, 15):
        publish(file, published)
        newest = published
    done.set()
    for thread in threads:
        thread.join(10)
    assert faults == []
