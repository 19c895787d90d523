"""Publishing replaces the file whole; readers see the old or the new one, and can do nothing but read."""

import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from benchmarks.readers import numbered
from tests.warehouse.builder import BRUSSELS, LIMA, QUITO, Newsroom
from tests.warehouse.conftest import Rows
from warehouse.marts import LASTING
from warehouse.publish import PublicationRefusedError, last_publication, open_published, publish
from warehouse.tables import CORE


@pytest.fixture
def published(small: Path, tmp_path: Path) -> Path:
    """A published copy of the small warehouse."""
    path = tmp_path / "warehouse.duckdb"
    publish(Path(shutil.copy(small, tmp_path / "built.duckdb")), path, tmp_path / "parquet")
    return path


def test_the_built_file_is_moved_to_its_place(published: Path, tmp_path: Path, small: Path) -> None:
    assert published.read_bytes() == small.read_bytes()
    assert not (tmp_path / "built.duckdb").exists()


def test_the_copies_are_equal_to_the_tables(published: Path, tmp_path: Path, rows: Rows) -> None:
    for schema, names in (("core", CORE), ("marts", LASTING)):
        for name in names:
            copy = f"SELECT * FROM read_parquet('{tmp_path}/parquet/{schema}.{name}.parquet') ORDER BY ALL"
            assert rows(published, copy) == rows(published, f"SELECT * FROM {schema}.{name} ORDER BY ALL")


def test_a_new_publication_takes_the_place_of_the_old_one(newsroom: Newsroom, rows: Rows) -> None:
    path, parquet = newsroom.root / "warehouse.duckdb", newsroom.root / "parquet"
    for n, story in enumerate((LIMA, QUITO, BRUSSELS), 1):
        newsroom.land(f"batch-{n}", story)
        publish(newsroom.build(path if path.exists() else None), path, parquet)
        assert rows(path, "SELECT count(*) FROM core.article") == [(n,)]
        assert rows(path, f"SELECT count(*) FROM read_parquet('{parquet}/core.article.parquet')") == [(n,)]
    # The newest copies, and those before them for who is still reading there.
    assert len(list(newsroom.root.glob(".parquet-*"))) == 2
    assert not list(newsroom.root.glob(".tmp-*"))


def test_a_reader_of_the_old_file_reads_on(newsroom: Newsroom, rows: Rows) -> None:
    path = newsroom.root / "warehouse.duckdb"
    newsroom.land("a", LIMA)
    publish(newsroom.build(), path, newsroom.root / "parquet")
    with closing(open_published(path)) as reader:
        newsroom.land("b", BRUSSELS)
        publish(newsroom.build(), path, newsroom.root / "parquet")
        assert reader.execute("SELECT count(*) FROM core.article").fetchall() == [(1,)]
    assert rows(path, "SELECT count(*) FROM core.article") == [(2,)]


def test_a_build_that_lacks_a_published_batch_is_refused(newsroom: Newsroom, tmp_path: Path) -> None:
    path = newsroom.root / "warehouse.duckdb"
    newsroom.land("batch-1", LIMA)
    newsroom.land("batch-2", BRUSSELS)
    publish(newsroom.build(), path, newsroom.root / "parquet")
    content, copies = path.read_bytes(), sorted(newsroom.root.glob(".parquet-*"))
    fewer = Newsroom(tmp_path / "fewer")
    fewer.land("batch-1", LIMA)
    fewer.land("batch-3", QUITO)
    with pytest.raises(PublicationRefusedError, match=r"lost 1 published batches \(batch-2"):
        publish(fewer.build(), path, newsroom.root / "parquet")
    assert path.read_bytes() == content
    assert sorted(newsroom.root.glob(".parquet-*")) == copies


def test_without_a_built_file_nothing_is_published(published: Path, tmp_path: Path) -> None:
    content = published.read_bytes()
    with pytest.raises(PublicationRefusedError, match=r"no built warehouse at built\.duckdb"):
        publish(tmp_path / "built.duckdb", published, tmp_path / "parquet")
    assert published.read_bytes() == content


def test_where_the_copies_cannot_be_written_the_old_publication_stays(published: Path, tmp_path: Path) -> None:
    content = published.read_bytes()
    built = Path(shutil.copy(published, tmp_path / "built.duckdb"))
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OSError, match="file"):
        publish(built, published, tmp_path / "file" / "parquet")
    assert published.read_bytes() == content


def test_what_a_killed_publisher_left_of_the_copies_goes_with_the_next(newsroom: Newsroom) -> None:
    half = newsroom.root / ".parquet-0123456789ab"
    half.mkdir()
    (half / "core.event.parquet").write_bytes(b"PAR1 half")
    newsroom.land("a", LIMA)
    publish(newsroom.build(), newsroom.root / "warehouse.duckdb", newsroom.root / "parquet")
    assert not half.exists()


def test_the_last_publication_and_its_batches(newsroom: Newsroom) -> None:
    path = newsroom.root / "warehouse.duckdb"
    assert last_publication(path) is None
    newsroom.land("a", LIMA)
    publish(newsroom.build(), path, newsroom.root / "parquet")
    newsroom.land("b", BRUSSELS)
    publish(newsroom.build(path), path, newsroom.root / "parquet")
    last = last_publication(path)
    assert last is not None
    assert (last["publication_id"], last["batches"], last["article_count"]) == ("publication-2", {"a", "b"}, 2)


def test_nothing_published_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="run `parley run` first"):
        open_published(tmp_path / "warehouse.duckdb")


@pytest.mark.parametrize(
    "statement",
    [
        "COPY core.event TO '{folder}/stolen.csv'",
        "COPY core.event TO '{folder}/stolen.parquet' (FORMAT parquet)",
        "EXPORT DATABASE '{folder}/stolen'",
        "SELECT * FROM read_csv('{folder}/secret.csv')",
        "SELECT * FROM read_text('{folder}/secret.csv')",
        "SELECT * FROM '{folder}/secret.csv'",
        "SELECT * FROM glob('{folder}/*')",
        "ATTACH '{folder}/other.duckdb' AS other",
        "ATTACH '{folder}/other.duckdb' AS other (READ_ONLY)",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET memory_limit = '10GB'",
        "INSTALL httpfs",
        "LOAD '{folder}/secret.csv'",
        "DELETE FROM core.event",
        "CREATE TABLE core.mine (a INT)",
        "DROP VIEW marts.events",
    ],
)
def test_a_reader_can_do_nothing_but_read(published: Path, tmp_path: Path, statement: str) -> None:
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n")
    before = sorted(p.name for p in tmp_path.iterdir())
    with closing(open_published(published)) as db:
        with pytest.raises(duckdb.Error):
            db.execute(statement.format(folder=tmp_path)).fetchall()
        assert db.execute("SELECT count(*) FROM marts.events").fetchall() == [(3,)]
    assert sorted(p.name for p in tmp_path.iterdir()) == before


# Reads the published file and the copies in a loop; every number in one publication is the number of the publication.
READER = """
import sys
from contextlib import closing
from pathlib import Path
import duckdb
from warehouse.publish import open_published

home, reads, seen = Path(sys.argv[1]), 0, set()
print("reading", flush=True)
while not (home / "stop").exists():
    with closing(open_published(home / "warehouse.duckdb")) as db:
        told = {n for (n,) in db.execute("SELECT DISTINCT article_count FROM core.source").fetchall()}
        told |= {n for (n,) in db.execute("SELECT max(article_count) FROM core.publication").fetchall()}
    assert len(told) == 1, f"torn read: {told}"
    seen |= told
    with closing(duckdb.connect()) as db:
        path = home / "parquet" / "core.source.parquet"
        copied = db.execute(f"SELECT DISTINCT article_count FROM read_parquet('{path}')").fetchall()
    assert len(copied) == 1, f"torn copy: {copied}"
    reads += 1
print(reads, len(seen))
"""
PUBLICATIONS = 8


def test_readers_see_whole_publications_while_others_are_published(small: Path, tmp_path: Path) -> None:
    def publish_number(number: int) -> None:
        publish(numbered(small, tmp_path / "built.duckdb", number), tmp_path / "warehouse.duckdb", tmp_path / "parquet")

    publish_number(0)
    command = [sys.executable, "-c", READER, str(tmp_path)]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    try:
        for reader in readers:
            assert reader.stdout is not None
            assert reader.stdout.readline() == "reading\n"
        for number in range(1, PUBLICATIONS + 1):
            publish_number(number)
    finally:
        (tmp_path / "stop").touch()
        ends = [(*reader.communicate(timeout=60), reader.returncode) for reader in readers]
    for out, err, code in ends:
        assert code == 0, err
        reads, seen = map(int, out.split())
        assert reads >= 5
        assert seen >= 3
