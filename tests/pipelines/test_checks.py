"""A fault of any kind stops a publication end to end: the one before stays as it was, and it is said what to do."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from pipelines.assets import warehouse as assets
from pipelines.settings import Home
from tests.pipelines.support import parley, story, write_stories
from warehouse.checks import Kind

Plant = Callable[..., None]
# Small warehouses are asked, too.
ASKED = """
fall: {rows: 0.2, shares: 0.2, from_rows: 1, reason: these articles are few}
tables:
  article:
    shares:
      title: {at_least: 0, from_rows: 1, reason: the titles may not go}
"""


@dataclass(frozen=True)
class Fault:
    """What is done to the built file, the check that stops it, and what is said to do."""

    sql: str
    check: str
    remedy: str = "parley run --refresh"


FAULTS = {
    Kind.KEYS: Fault("UPDATE core.actor_alias SET actor_id = 'nobody'", "actor_alias.actor_id refers"),
    Kind.VALUES: Fault("UPDATE core.event SET confidence = 1.5", "event.confidence maximum"),
    Kind.INTERVALS: Fault(
        "UPDATE core.time_expression SET start_date = end_date + 1", "time_expression start_date to end_date"
    ),
    Kind.OFFSETS: Fault("UPDATE core.event_mention SET trigger_end = trigger_end - 1", "event_mention trigger offsets"),
    Kind.COMPLETENESS: Fault("DELETE FROM core.event_mention", "article_event has evidence"),
    Kind.EXPECTATIONS: Fault(
        "UPDATE core.article SET published_date = NULL", "article share published_date", "expectations.yaml in the home"
    ),
    Kind.COLLAPSE: Fault(
        "DELETE FROM core.published_evidence; DELETE FROM core.time_expression",
        "time_expression rows collapse",
        "parley run --accept-collapse",
    ),
}


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch) -> Iterator[Plant]:
    """Plants a fault into every file that is built from now on, between its build and its checks."""
    build = assets.build_warehouse

    def planting(sql: str | None) -> None:
        def spoilt(home: Home, *rest: object) -> dict[str, int]:
            counts = build(home, *rest)  # type: ignore[arg-type]
            if sql is not None:
                with closing(duckdb.connect(str(home.built))) as db:
                    db.execute(sql)
            return counts

        monkeypatch.setattr(assets, "build_warehouse", spoilt)

    return planting


def published(home: Path) -> tuple[bytes, Path]:
    """The file that readers open, and where the link of the copies leads."""
    return (home / "warehouse.duckdb").read_bytes(), (home / "parquet").readlink()


def test_a_fault_of_each_kind_stops_the_publication_and_the_one_before_stays(
    home: Path, tmp_path: Path, plant: Plant
) -> None:
    assert parley("run", str(write_stories(tmp_path / "a.jsonl", range(3))), "--home", str(home)).returncode == 0
    (home / "expectations.yaml").write_text(ASKED)
    before = published(home)
    more = str(write_stories(tmp_path / "b.jsonl", range(3, 4)))
    for kind, fault in FAULTS.items():
        plant(fault.sql)
        done = parley("run", more, "--home", str(home))
        assert done.returncode == 1, kind
        assert f"\n{fault.check}: " in done.stderr, done.stderr
        assert "the one before stays up" in done.stderr and "  to see them: SELECT" in done.stderr
        assert fault.remedy in done.stderr
        assert published(home) == before
        asked = parley("sql", "SELECT count(*) AS articles FROM marts.articles", "--format", "csv", "--home", str(home))
        assert asked.stdout == "articles\n3\n"
    stored = b"".join(path.read_bytes() for path in (home / "dagster").rglob("*") if path.is_file())
    assert b"event_mention trigger offsets" in stored
    assert b"Ruiz" not in stored, "of what was told of the rows no name reached Dagster's storage"
    plant(None)
    assert parley("run", more, "--home", str(home)).returncode == 0
    assert published(home) != before
    assert not (home / "build" / "rejected.duckdb").exists()


def test_the_build_that_was_stopped_is_asked_with_the_query_of_the_message(
    home: Path, tmp_path: Path, plant: Plant
) -> None:
    (home / "expectations.yaml").parent.mkdir()
    (home / "expectations.yaml").write_text(ASKED)
    stories = write_stories(tmp_path / "a.jsonl", range(2))
    none = parley("sql", "SELECT 1", "--rejected", "--home", str(home))
    assert none.returncode == 1 and "no build was stopped" in none.stderr
    assert parley("run", str(stories), "--home", str(home)).returncode == 0
    plant("DELETE FROM core.time_expression")
    done = parley("run", str(write_stories(tmp_path / "b.jsonl", range(2, 3))), "--home", str(home))
    [query] = [line.split(": ", 1)[1] for line in done.stderr.splitlines() if "to see them: " in line]
    shown = parley("sql", query, "--rejected", "--format", "csv", "--home", str(home))
    assert shown.returncode == 0, shown.stderr
    assert len(shown.stdout.splitlines()) > 2
    refused = parley("sql", "SELECT * FROM read_csv('/etc/hostname')", "--rejected", "--home", str(home))
    assert refused.returncode == 1, "it reads these two files and nothing else"


def test_a_collapse_is_published_where_it_is_accepted_and_that_once(home: Path, tmp_path: Path, plant: Plant) -> None:
    (home / "expectations.yaml").parent.mkdir()
    (home / "expectations.yaml").write_text(ASKED)
    assert parley("run", str(write_stories(tmp_path / "a.jsonl", range(2))), "--home", str(home)).returncode == 0
    more = str(write_stories(tmp_path / "b.jsonl", range(2, 3)))
    plant("DELETE FROM core.time_expression")
    assert parley("run", more, "--home", str(home)).returncode == 1
    done = parley("run", more, "--accept-collapse", "--home", str(home))
    assert done.returncode == 0, done.stderr
    with closing(duckdb.connect(str(home / "warehouse.duckdb"), read_only=True)) as db:
        assert db.execute("SELECT count(*) FROM core.time_expression").fetchall() == [(0,)]
    plant("UPDATE core.event SET confidence = 1.5")
    again = parley(
        "run", str(write_stories(tmp_path / "c.jsonl", range(4, 5))), "--accept-collapse", "--home", str(home)
    )
    assert again.returncode == 1, "it is no override of anything else"


def test_a_forgotten_source_is_no_collapse(home: Path, tmp_path: Path) -> None:
    (home / "expectations.yaml").parent.mkdir()
    (home / "expectations.yaml").write_text(ASKED)
    records = [story(n) | {"source": "Tabloid"} for n in range(3)] + [story(3)]
    stories = tmp_path / "stories.jsonl"
    stories.write_text("".join(json.dumps(record) + "\n" for record in records))
    assert parley("run", str(stories), "--home", str(home)).returncode == 0
    done = parley("forget", "--source", "Tabloid", "--home", str(home))
    assert done.returncode == 0, done.stderr


def test_a_file_of_expectations_that_cannot_be_used_is_one_message(home: Path, tmp_path: Path) -> None:
    stories = str(write_stories(tmp_path / "a.jsonl", range(1)))
    home.mkdir()
    for text, told in (
        ("tables: {articel: {}}", "there is no table core.articel"),
        ("tables: {article: {rows: {at_least: many, reason: there are many}}}", "tables.article.rows.at_least"),
        ("tables: [", "expectations.yaml is no YAML"),
        (
            "tables: {article: {shares: {x: {holds: no such, at_least: 1, from_rows: 1, reason: none of this}}}}",
            "expectations of article",
        ),
    ):
        (home / "expectations.yaml").write_text(text)
        done = parley("run", stories, "--home", str(home))
        assert done.returncode == 1
        assert told in done.stderr
    (home / "expectations.yaml").unlink()
    assert parley("run", stories, "--home", str(home)).returncode == 0
