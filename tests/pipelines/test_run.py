"""The main job from the command line: what it publishes, what it leaves alone, what it says."""

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.pipelines.support import CHECKOUT, parley, parley_apart, tables, write_stories

Query = Callable[[str], list[tuple[object, ...]]]


def test_samples_become_events_with_evidence(sample_home: Path) -> None:
    done = parley(
        "sql",
        "SELECT event_type, count(*) AS n FROM marts.events GROUP BY ALL ORDER BY ALL",
        "--home",
        str(sample_home),
        "--format",
        "json",
    )
    counts = {row["event_type"]: row["n"] for row in json.loads(done.stdout)}
    assert set(counts) == {"ceasefire", "meeting", "sanctions"}
    assert all(n >= 5 for n in counts.values()), counts


def test_second_run_on_the_same_input_changes_nothing(home: Path, tmp_path: Path) -> None:
    stories = write_stories(tmp_path / "stories.jsonl", range(3))
    first = parley("run", str(stories), "--home", str(home))
    assert "3 new articles" in first.stdout, first.stderr
    before = {p: p.stat().st_mtime_ns for p in home.rglob("*.parquet")} | {
        home / "warehouse.duckdb": (home / "warehouse.duckdb").stat().st_mtime_ns
    }
    second = parley("run", str(stories), "--home", str(home))
    assert second.returncode == 0
    assert "0 new articles, 3 known" in second.stdout
    assert "nothing new" in second.stdout
    assert before == {p: p.stat().st_mtime_ns for p in before}


def test_a_later_version_supersedes_and_is_not_counted_twice(home: Path, tmp_path: Path, query: Query) -> None:
    text = "Kenya's president met Somalia's president in Nairobi on Monday. {more}\n"
    for number, more in enumerate(("They talked for an hour.", "They talked for two hours.")):
        record = {
            "id": "a",
            "source": "Test Wire",
            "published_at": f"2022-05-0{number + 3}",
            "text": text.format(more=more),
        }
        (tmp_path / f"{number}.jsonl").write_text(json.dumps(record) + "\n")
        assert parley("run", str(tmp_path / f"{number}.jsonl"), "--home", str(home)).returncode == 0
    assert query("SELECT count(*), count(superseded_by) FROM marts.articles") == [(2, 1)]
    assert query("SELECT DISTINCT article_count FROM marts.events") == [(1,)]


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_texts_of_one_time_the_later_read_is_the_newer(
    home: Path, tmp_path: Path, query: Query, order: int
) -> None:
    texts = [f"Kenya's president met {other}'s president in Nairobi on Monday.\n" for other in ("Chad", "Somalia")]
    record = {"id": "a", "source": "Test Wire", "published_at": "2022-05-03T08:00:00Z"}
    lines = [json.dumps(record | {"text": text}) for text in texts[::order]]
    (tmp_path / "a.jsonl").write_text("\n".join(lines) + "\n")
    assert parley("run", str(tmp_path / "a.jsonl"), "--home", str(home)).returncode == 0
    newest = query("SELECT trim(text, chr(10)) FROM marts.articles WHERE superseded_by IS NULL")
    assert newest == [(texts[::order][1].strip(),)]


def test_the_days_in_force_reach_the_views(home: Path, tmp_path: Path, query: Query) -> None:
    text = "Armenia and Azerbaijan agreed on Tuesday to a ten-day ceasefire from Monday.\n"
    record = {"id": "a", "source": "Test Wire", "published_at": "2024-05-15", "text": text}
    (tmp_path / "a.jsonl").write_text(json.dumps(record) + "\n")
    assert parley("run", str(tmp_path / "a.jsonl"), "--home", str(home)).returncode == 0
    told = [(date(2024, 5, 20), date(2024, 5, 29))]
    for table in ("marts.events", "marts.article_events", "core.event_mention"):
        assert query(f"SELECT effective_start, effective_end FROM {table}") == told


def test_one_text_in_other_white_space_keeps_its_own_offsets(home: Path, tmp_path: Path, query: Query) -> None:
    for number, gap in enumerate((" ", "\n\n   ")):
        text = f"A headline that is long enough{gap}Kenya's president met Somalia's president in Nairobi on Monday."
        record = {"id": str(number), "source": "Test Wire", "published_at": f"2022-05-0{number + 3}", "text": text}
        (tmp_path / f"{number}.jsonl").write_text(json.dumps(record) + "\n")
        done = parley("run", str(tmp_path / f"{number}.jsonl"), "--home", str(home))
        assert done.returncode == 0, done.stderr
    assert query("SELECT count(DISTINCT cluster_id), count(DISTINCT text_id) FROM marts.articles") == [(1, 2)]
    assert query("SELECT count(DISTINCT article_id) FROM core.event_mention") == [(2,)]


def test_rejects_are_counted_and_strict_makes_them_an_error(home: Path, tmp_path: Path, query: Query) -> None:
    good = write_stories(tmp_path / "stories.jsonl", range(1))
    good.write_text(good.read_text() + "{not json\n")
    done = parley("run", str(good), str(tmp_path / "absent.txt"), "--home", str(home))
    assert done.returncode == 0
    assert "2 rejected" in done.stderr
    assert "stories.jsonl, line 2" in done.stderr
    assert query("SELECT count(*) FROM core.rejected_record") == [(2,)]
    assert query("SELECT count(*) FROM core.article") == [(1,)]
    assert parley("run", str(good), "--home", str(home), "--strict").returncode == 1


def test_what_is_not_read_for_its_language_is_kept_and_told(home: Path, tmp_path: Path, query: Query) -> None:
    german = "Die Außenminister trafen sich am Montag in Lima und verlängerten die Waffenruhe um einen Monat."
    source = write_stories(tmp_path / "stories.jsonl", range(1))
    with source.open("a", encoding="utf-8") as sink:
        sink.write(json.dumps({"id": "german", "text": german}) + "\n")
    done = parley("run", str(source), "--home", str(home))
    assert "skipped    1 articles: language de" in done.stdout
    kept = query("SELECT language, skipped IS NULL, text = ? FROM core.article ORDER BY 1".replace("?", f"'{german}'"))
    assert kept == [("de", False, True), ("en", True, False)]
    assert "skipped" not in parley("run", str(source), "--home", str(home)).stdout


def test_rejects_alone_are_published_too(home: Path, tmp_path: Path, query: Query) -> None:
    (tmp_path / "empty.txt").write_text("")
    done = parley("run", str(tmp_path / "empty.txt"), "--home", str(home))
    assert done.returncode == 0, done.stderr
    assert query("SELECT origin FROM core.rejected_record") == [("empty.txt",)]
    assert query("SELECT count(*) FROM marts.events") == [(0,)]


def test_a_fault_of_ours_is_raised_and_does_not_hang(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("planted")

    monkeypatch.setattr("pipelines.assets.articles.land", broken)
    with pytest.raises(KeyError, match="planted"):
        parley("run", "--home", str(home))


def test_an_interrupted_run_says_that_it_can_be_taken_up(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(60)

    monkeypatch.setattr("pipelines.assets.articles.land", interrupted)
    done = parley("run", "--home", str(home))
    assert done.returncode == 130
    assert "the next run takes up the work where it stopped" in done.stderr


def test_nonsense_in_a_variable_is_one_message(home: Path) -> None:
    nonsense = {
        "PARLEY_BATCH_SIZE": "0",
        "PARLEY_BATCH_CHARACTERS": "many",
        "PARLEY_TIMEZONE": "Mars/Olympus",
        "PARLEY_ENGINE": "steam",
        "PARLEY_WORKERS": "-1",
    }
    for name, value in nonsense.items():
        done = parley("run", "--home", str(home), **{name: value})
        assert done.returncode == 1
        assert name in done.stderr
        assert "Traceback" not in done.stderr
    done = parley_apart("run", "--home", str(home), PARLEY_MODEL="no_such_model")
    assert done.returncode == 1
    assert done.stderr.startswith("parley: PARLEY_MODEL: the spaCy pipeline 'no_such_model' is not installed")


def test_a_damaged_warehouse_is_named(home: Path, tmp_path: Path) -> None:
    stories = write_stories(tmp_path / "stories.jsonl", range(1))
    assert parley("run", str(stories), "--home", str(home)).returncode == 0
    (home / "warehouse.duckdb").write_bytes(b"no database" * 1000)
    for words in (["run", str(stories)], ["sql", "SELECT 1"], ["status"], ["show", "x"]):
        done = parley(*words, "--home", str(home))
        assert done.returncode == 1
        assert "move it away" in done.stderr, words
    (home / "warehouse.duckdb").unlink()
    assert parley("run", str(stories), "--home", str(home)).returncode == 0


def test_a_damaged_lake_file_is_named_and_made_anew_when_deleted(home: Path, tmp_path: Path, query: Query) -> None:
    stories = write_stories(tmp_path / "stories.jsonl", range(1))
    assert parley("run", str(stories), "--home", str(home)).returncode == 0
    (damaged,) = (home / "lake" / "time_expressions").glob("*.parquet")
    damaged.write_bytes(damaged.read_bytes()[:1000])
    more = write_stories(tmp_path / "more.jsonl", range(1, 2))
    done = parley("run", str(more), "--home", str(home))
    assert done.returncode == 1
    assert f"time_expressions/{damaged.name} is damaged" in done.stderr
    damaged.unlink()
    assert parley("run", str(more), "--home", str(home)).returncode == 0
    assert query("SELECT count(*) FROM core.article") == [(2,)]


def test_a_folder_that_holds_the_home_is_read_without_it(tmp_path: Path) -> None:
    write_stories(tmp_path / "stories.jsonl", range(1))
    for landed in ("1 new articles, 0 known, 0 rejected", "0 new articles, 1 known, 0 rejected"):
        done = parley("run", str(tmp_path), "--home", str(tmp_path / "data"))
        assert landed in done.stdout
    assert parley("run", "", "--home", str(tmp_path / "data")).returncode == 2


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = parley("run", "--home", str(tmp_path / "file" / "home"))
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="a small file system needs root and mount")
def test_a_full_disk_gives_one_message_and_no_half_file(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1536k", "tmpfs", str(disk)], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"no small file system can be mounted here: {mounted.stderr.strip()}")
    try:
        done = parley_apart("run", "--home", str(disk / "home"))
        assert done.returncode == 1
        assert "No space left on device" in done.stderr
        assert "Traceback" not in done.stderr
        assert not list(disk.rglob(".tmp-*"))
        assert not (disk / "home" / "warehouse.duckdb").exists()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_nothing_is_written_outside_the_home(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    stories = write_stories(tmp_path / "stories.jsonl", range(1))
    listed = sorted(CHECKOUT.iterdir())
    done = parley_apart("run", str(stories), "--home", str(tmp_path / "home"), cwd=elsewhere)
    assert done.returncode == 0, done.stderr
    assert list(elsewhere.iterdir()) == []
    assert sorted(CHECKOUT.iterdir()) == listed


def test_one_batch_or_many_give_the_same_events(tmp_path: Path) -> None:
    stories = write_stories(tmp_path / "stories.jsonl", range(6))
    whole = parley("run", str(stories), "--home", str(tmp_path / "whole"))
    parts = parley("run", str(stories), "--home", str(tmp_path / "parts"), PARLEY_BATCH_SIZE="2")
    assert whole.returncode == parts.returncode == 0, whole.stderr + parts.stderr
    first, second = (tables(tmp_path / name / "warehouse.duckdb") for name in ("whole", "parts"))
    for name in ("event", "article_event", "event_mention", "event_participant", "actor", "time_expression"):
        assert first[name] == second[name], name
