"""Files are published while many look: each query sees a publication that was there when it began, or a later one."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tests.bi import planted
from tests.bi.client import Client
from tests.bi.server import SUPERSET, Served

pytestmark = SUPERSET

PUBLICATIONS = 12
READERS = 6


def shortened(warehouse: Path, made: Path, by: int) -> Path:
    """A copy of the file that lacks so many events."""
    shutil.copy(warehouse, made)
    with closing(duckdb.connect(str(made))) as db:
        db.execute(f"DELETE FROM core.event WHERE event_id IN (FROM (SELECT event_id FROM core.event LIMIT {by}))")
        db.execute("CHECKPOINT")
    return made


@pytest.fixture
def restored(served: Served, tmp_path: Path) -> Iterator[Served]:
    """Superset whose warehouse is afterwards what it was before."""
    kept = shutil.copy(served.warehouse, tmp_path / "kept.duckdb")
    yield served
    shutil.copy(kept, served.home / "kept.duckdb").replace(served.warehouse)


def test_a_query_sees_the_newest_publication_and_none_fails(restored: Served, admin: Client) -> None:
    dataset = planted.dataset(admin, "events")
    query = {"metrics": ["events"], "columns": []}
    asked = {"datasource": {"id": dataset, "type": "table"}, "queries": [query], "result_format": "json"}
    counts = [restored.count()]
    files = [shortened(restored.warehouse, restored.home / f"next-{n}.duckdb", n) for n in range(1, PUBLICATIONS + 1)]
    published = [0]  # how many of them
    faults: list[object] = []
    answers: list[int] = []
    done = threading.Event()

    def read(client: Client) -> None:
        while not done.is_set():
            least = published[0]
            answer = client.post("/api/v1/chart/data", asked)
            most = published[0] + 1  # one may have been replaced already and not yet been counted
            if answer.status != 200:
                faults.append(answer.text)
                continue
            seen = counts[0] - answer.data["result"][0]["data"][0]["events"]
            answers.append(seen)
            if not least <= seen <= most:
                faults.append((least, seen, most))

    clients = [restored.client("viewer", token=True) for _ in range(READERS)]
    threads = [threading.Thread(target=read, args=(client,), daemon=True) for client in clients]
    for thread in threads:
        thread.start()
    for file in files:
        time.sleep(0.5)
        file.replace(restored.warehouse)
        published[0] += 1
    time.sleep(1)
    done.set()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert len(answers) >= PUBLICATIONS
    assert len(set(answers)) >= PUBLICATIONS / 2  # they were looked at while they came
    assert answers[-1] == PUBLICATIONS
