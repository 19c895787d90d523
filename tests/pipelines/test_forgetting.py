"""Forgetting: what goes, what stays, what may not come back, and that no file of the home still holds the text."""

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from benchmarks.stories import edited
from benchmarks.stories import story as prose
from pipelines import forgetting
from pipelines.land import RAW
from pipelines.processing import stale, unprocessed
from pipelines.settings import Home
from pipelines.tombstones import TOMBSTONES
from tests.pipelines.support import parley, story, tables, write_stories
from transforms.records import RawArticle, Tombstone

Query = Callable[[str], list[tuple[object, ...]]]

SECRET = "Brannigan-Oyelaran"  # a name that stands in one article only


def write(path: Path, *records: dict[str, str]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def named(number: int, **changed: str) -> dict[str, str]:
    """A small article that names a person found nowhere else, as its author, too."""
    record = story(number)
    return (
        record
        | {"text": f"By {SECRET} Junior\n\n{record['text']}Envoy {SECRET} met President Ana Ruiz in Lima on Monday.\n"}
        | changed
    )


def landed(home: Path, path: Path) -> str:
    done = parley("run", str(path), "--home", str(home))
    assert done.returncode == 0, done.stderr
    return done.stdout


def files_that_hold(home: Path, text: str) -> list[str]:
    """Files of the home in which the text stands, Parquet and DuckDB unpacked."""
    found = []
    for path in sorted(p for p in home.rglob("*") if p.is_file()):
        content = path.read_bytes()
        if path.suffix == ".parquet":
            content += json.dumps(pq.read_table(path).to_pylist(), default=repr).encode()
        elif path.suffix == ".duckdb":
            with closing(duckdb.connect(str(path), read_only=True)) as db:
                names = db.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
                for schema, name in names:
                    content += repr(db.execute(f"FROM {schema}.{name}").fetchall()).encode()
        if text.encode() in content:
            found.append(str(path.relative_to(home)))
    return found


def test_a_forgotten_article_leaves_no_trace_and_does_not_come_back(home: Path, tmp_path: Path, query: Query) -> None:
    stories = write(tmp_path / "stories.jsonl", story(0), named(1), story(2))
    landed(home, stories)
    assert files_that_hold(home, SECRET)
    with subprocess.Popen([sys.executable, "-c", ""]) as killed:
        killed.wait()
    left = home / "lake" / f".tmp-{killed.pid}-parts" / "batch" / "0.parquet"  # of a run that divided a batch
    left.parent.mkdir(parents=True)
    left.write_text(SECRET)
    [(identifier,)] = query("SELECT article_id FROM marts.articles WHERE source_id = 'story-1'")
    done = parley("forget", "--article", str(identifier), "--home", str(home))
    assert done.returncode == 0, done.stderr
    assert "1 articles forgotten" in done.stdout
    assert files_that_hold(home, SECRET) == []
    assert query("SELECT source_id FROM marts.articles ORDER BY ALL") == [("story-0",), ("story-2",)]
    assert "0 new articles, 2 known, 0 rejected, 1 left out as forgotten" in landed(home, stories)
    assert files_that_hold(home, SECRET) == []


def test_what_is_left_is_what_would_have_been_made_without_it(home: Path, tmp_path: Path) -> None:
    landed(home, write(tmp_path / "all.jsonl", story(0), named(1), story(2)))
    place = Home(home)
    gone = next(a for a in place.lake.read(RAW, place.lake.batches(RAW)[0], RawArticle) if a.source_id == "story-1")
    parley("forget", "--article", gone.article_id, "--home", str(home))
    other = tmp_path / "other"
    landed(other, write(tmp_path / "all.jsonl", story(0), story(2)))
    here, there = tables(home / "warehouse.duckdb"), tables(other / "warehouse.duckdb")
    # A batch keeps its key, and the lines of the file have moved; ids that were published lead on.
    moved = {"article", "batch", "event_id_history", "source"}
    assert {name: rows for name, rows in here.items() if name not in moved} == {
        name: rows for name, rows in there.items() if name not in moved
    }
    batches = place.lake.batches(RAW)
    assert unprocessed(place.lake, batches) == [] == stale(place.lake, batches)


def test_versions_and_exact_copies_go_with_the_article(home: Path, tmp_path: Path, query: Query) -> None:
    first = named(1, url="https://wire.example/a")
    landed(
        home,
        write(
            tmp_path / "stories.jsonl",
            first,
            first | {"id": "story-1b", "published_at": "2021-03-05", "text": first["text"] + "He left on Tuesday.\n"},
            first | {"id": "77", "url": "https://paper.example/b", "source": "Paper"},
            story(2),
        ),
    )
    [(identifier,)] = query("SELECT article_id FROM marts.articles WHERE source_id = 'story-1'")
    shown = parley("forget", "--article", str(identifier), "--home", str(home), "--dry-run")
    assert "3 articles would be forgotten" in shown.stdout
    assert all(why in shown.stdout for why in ("named", "other version", "same text"))
    assert query("SELECT count(*) FROM marts.articles") == [(4,)]
    parley("forget", "--article", str(identifier), "--home", str(home))
    assert query("SELECT source_id FROM marts.articles") == [("story-2",)]
    assert files_that_hold(home, SECRET) == []


def test_a_forgotten_source_goes_whole_and_never_lands_again(home: Path, tmp_path: Path, query: Query) -> None:
    tabloid = [named(n, source="Tabloid", id=f"t-{n}") for n in (1, 3)]
    # The second text under one id is rejected, and its beginning kept.
    clash = [{"id": "t-9", "source": "Tabloid", "text": f"{SECRET} {word} on Monday."} for word in ("spoke", "left")]
    stories = write(tmp_path / "stories.jsonl", story(0), *tabloid, *clash)
    landed(home, stories)
    assert query("SELECT source, sample FROM core.rejected_record") == [("Tabloid", f"{SECRET} left on Monday.")]
    done = parley("forget", "--source", "Tabloid", "--home", str(home))
    assert done.returncode == 0, done.stderr
    assert "nothing of Tabloid lands any more" in done.stdout
    assert query("SELECT source FROM core.source") == [("Test Wire",)]
    assert query("SELECT count(*) FROM core.rejected_record") == [(0,)]
    assert "4 left out as forgotten" in landed(home, stories)  # the rejected one among them
    fresh = write(tmp_path / "more.jsonl", named(5, source="Tabloid", id="t-5"))
    assert "0 new articles" in landed(home, fresh)
    assert files_that_hold(home, SECRET) == []


def test_the_text_of_another_version_does_not_come_back_elsewhere(home: Path, tmp_path: Path, query: Query) -> None:
    first = named(1, url="https://wire.example/a")
    second = first | {"published_at": "2021-03-05", "text": "Nobody is named any more."}
    landed(home, write(tmp_path / "a.jsonl", first, second))
    [(newest,)] = query("SELECT article_id FROM marts.articles WHERE superseded_by IS NULL")
    parley("forget", "--article", str(newest), "--home", str(home))
    elsewhere = first | {"id": "77", "url": "https://paper.example/b", "source": "Paper"}
    assert "1 left out as forgotten" in landed(home, write(tmp_path / "b.jsonl", elsewhere))


def test_near_copies_stay_and_are_told(home: Path, tmp_path: Path, query: Query) -> None:
    wire = {"id": "w", "source": "Wire", "published_at": "2021-03-01", "text": prose(1)}
    paper = {"id": "p", "source": "Paper", "published_at": "2021-03-02", "text": edited(wire["text"], 0.04)}
    landed(home, write(tmp_path / "a.jsonl", wire, paper))
    ids = dict(query("SELECT source, article_id FROM marts.articles"))
    done = parley("forget", "--article", str(ids["Wire"]), "--home", str(home))
    assert f"1 near-copies stay, unless you name them: {ids['Paper']}" in done.stdout
    assert query("SELECT source FROM marts.articles") == [("Paper",)]


def test_a_source_may_be_forgotten_before_it_lands(home: Path, tmp_path: Path) -> None:
    done = parley("forget", "--source", "Tabloid", "--home", str(home))
    assert done.returncode == 0
    assert "nothing of it had landed: is the name right?" in done.stdout
    assert "0 new articles" in landed(home, write(tmp_path / "a.jsonl", named(1, source="Tabloid")))


def test_an_unknown_article_changes_nothing(home: Path, tmp_path: Path) -> None:
    landed(home, write_stories(tmp_path / "stories.jsonl", range(1)))
    done = parley("forget", "--article", "0123", "--home", str(home))
    assert done.returncode == 1
    assert "no article 0123 has landed" in done.stderr
    assert Home(home).lake.batches(TOMBSTONES) == []


def test_nothing_named_is_wrong_usage(home: Path) -> None:
    assert parley("forget", "--home", str(home)).returncode == 2


class KilledError(BaseException):
    """Stands for a kill: nothing catches it."""


@pytest.mark.parametrize("calls", [1, 2, 4])
def test_a_killed_forgetting_is_finished_by_the_next_run(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    stories = write(tmp_path / "stories.jsonl", story(0), named(1))
    landed(home, stories)
    place = Home(home)
    gone = next(a for a in place.lake.read(RAW, place.lake.batches(RAW)[0], RawArticle) if a.source_id == "story-1")
    write_file, done = type(place.lake).write, 0

    def dying(*args: object, **kwargs: object) -> object:
        nonlocal done
        done += 1
        if done > calls:
            raise KilledError
        return write_file(*args, **kwargs)  # type: ignore[arg-type]

    with monkeypatch.context() as patched, pytest.raises(KilledError):
        patched.setattr(type(place.lake), "write", dying)
        forgetting.forget(place, [gone.article_id], [])
    assert place.lake.batches(TOMBSTONES), "it died before it had begun"
    assert "1 left out as forgotten" in landed(home, stories)
    assert files_that_hold(home, SECRET) == []


@pytest.mark.parametrize("where", ["pipelines.runs._catch_up", "pipelines.forgetting.drop_older"])
def test_a_forgetting_that_is_killed_while_it_publishes_leaves_no_copy(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    stories = write(tmp_path / "stories.jsonl", story(0), named(1, source="Tabloid"))
    landed(home, stories)

    def dying(*_: object, **__: object) -> None:
        raise KilledError

    with monkeypatch.context() as patched, pytest.raises(KilledError):
        patched.setattr(where, dying)
        parley("forget", "--source", "Tabloid", "--home", str(home))
    assert files_that_hold(home, SECRET), "it died after all was done"
    landed(home, stories)
    assert files_that_hold(home, SECRET) == []


def test_what_was_only_rejected_of_a_source_goes_from_the_publication(home: Path, tmp_path: Path, query: Query) -> None:
    endless = {"id": "t-1", "source": "Tabloid", "text": f"{SECRET} spoke. " * 200_000}
    landed(home, write(tmp_path / "stories.jsonl", story(0), endless))
    assert files_that_hold(home, SECRET)
    parley("forget", "--source", "Tabloid", "--home", str(home))
    assert query("SELECT count(*) FROM core.rejected_record") == [(0,)]
    assert files_that_hold(home, SECRET) == []


def test_what_was_rejected_of_another_version_goes_with_the_article(home: Path, tmp_path: Path, query: Query) -> None:
    first = story(1) | {"url": "https://wire.example/a"}
    # Its field that cannot be read is rejected, with the beginning of its text.
    version = first | {"id": "story-1b", "text": f"{SECRET} left Lima on Tuesday.", "published_at": "tomorrow"}
    stories = write(tmp_path / "stories.jsonl", story(0), first, version)
    landed(home, stories)
    [(identifier,)] = query("SELECT article_id FROM core.article WHERE source_id = 'story-1'")
    assert query("SELECT source_id FROM core.rejected_record") == [("story-1b",)]
    parley("forget", "--article", str(identifier), "--home", str(home))
    assert files_that_hold(home, SECRET) == []
    assert "3 left out as forgotten" in landed(home, stories)  # the rejected field among them
    assert files_that_hold(home, SECRET) == []


def test_a_tombstone_holds_no_text_and_no_address(home: Path, tmp_path: Path) -> None:
    landed(home, write(tmp_path / "a.jsonl", named(1, url="https://wire.example/private-matter")))
    lake = Home(home).lake
    [batch] = lake.batches(RAW)
    [article] = lake.read(RAW, batch, RawArticle)
    parley("forget", "--article", article.article_id, "--home", str(home))
    [key] = lake.batches(TOMBSTONES)
    stones = lake.read(TOMBSTONES, key, Tombstone)
    assert {stone.article_id for stone in stones} == {article.article_id}
    assert {stone.source for stone in stones} == {None}
    assert files_that_hold(home, "private-matter") == []
