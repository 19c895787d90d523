"""Killed at any moment: nothing is lost, nothing is wedged, and the next run gives the rows of an undisturbed one."""

import signal
import threading
import time
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tests.pipelines.support import Tables, copied_project, parley, parley_apart, start, tables, write_stories

STARTED_WITHIN = 10.0  # seconds until a run after a kill is at work
BATCHES = {"PARLEY_BATCH_SIZE": "2"}  # several batches, so that a kill falls between two of them
PROCESSES = {**BATCHES, "PARLEY_ENGINE": "processes", "PARLEY_WORKERS": "2"}
# What shows that a stage has begun: a file of the stage before it is complete, or one of its own stands there.
MOMENTS = {
    "landing": "lake/raw_articles/*.parquet",
    "cleaning": "lake/clean_articles/*.parquet",
    "dates": "lake/time_expressions/*.parquet",
    "parsing": "lake/parsed_articles/*.parquet",
    "mentions": "lake/event_mentions/*.parquet",
    "clustering": "lake/article_clusters/*.parquet",
    "merging": "lake/events/*.parquet",
    "building": "build/warehouse.duckdb*",
    "publishing": "warehouse.duckdb",
}


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_stories(tmp_path_factory.mktemp("input") / "stories.jsonl", range(12))


@pytest.fixture(scope="module")
def undisturbed(stories: Path, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    home = tmp_path_factory.mktemp("undisturbed") / "home"
    done = parley("run", str(stories), "--home", str(home), **BATCHES)
    assert done.returncode == 0, done.stderr
    return tables(home / "warehouse.duckdb")


def kill_when(home: Path, pattern: str, stories: Path, extra: dict[str, str] = BATCHES) -> bool:
    """Starts a run and kills it as soon as a file of that pattern is there; whether that was before its end."""
    process = start("run", str(stories), "--home", str(home), **extra)
    try:
        while process.poll() is None and not any(home.glob(pattern)):
            time.sleep(0.002)
        alive = process.poll() is None
        process.send_signal(signal.SIGKILL)
        return alive
    finally:
        process.communicate()


def check_recovery(home: Path, stories: Path, undisturbed: Tables, extra: dict[str, str] = BATCHES) -> None:
    began = time.monotonic()
    process = start("run", str(stories), "--home", str(home), **extra)
    while process.poll() is None and not list((home / "locks").glob("run-*")):
        time.sleep(0.01)
    assert time.monotonic() - began < STARTED_WITHIN
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, out + err
    assert tables(home / "warehouse.duckdb") == undisturbed
    assert not list((home / "lake").rglob(".tmp-*"))
    assert not list((home / "locks").glob("run-*"))


def test_killed_while_parsing(tmp_path: Path, stories: Path, undisturbed: Tables) -> None:
    home = tmp_path / "home"
    assert kill_when(home, MOMENTS["parsing"], stories)
    check_recovery(home, stories, undisturbed)


@pytest.mark.slow
@pytest.mark.parametrize("moment", [m for m in MOMENTS if m != "parsing"])
def test_killed_at_every_stage(moment: str, tmp_path: Path, stories: Path, undisturbed: Tables) -> None:
    home = tmp_path / "home"
    assert kill_when(home, MOMENTS[moment], stories), "the run ended before it could be killed"
    check_recovery(home, stories, undisturbed)


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["landing", "dates", "parsing"])
def test_killed_with_workers_at_work(moment: str, tmp_path: Path, stories: Path, undisturbed: Tables) -> None:
    home = tmp_path / "home"
    assert kill_when(home, MOMENTS[moment], stories, PROCESSES), "the run ended before it could be killed"
    check_recovery(home, stories, undisturbed, PROCESSES)


@pytest.mark.slow
def test_killed_while_refreshing(tmp_path: Path) -> None:
    project, home = copied_project(tmp_path / "project"), tmp_path / "home"
    stories = write_stories(tmp_path / "stories.jsonl", range(8))
    extra = {**BATCHES, "PYTHONPATH": str(project)}
    assert parley_apart("run", str(stories), "--home", str(home), cwd=project, **extra).returncode == 0
    # A change after which clean texts have other offsets than the parses and mentions made of the old ones.
    normalise = project / "transforms" / "cleaning" / "__init__.py"
    source = normalise.read_text(encoding="utf-8")
    normalise.write_text(source.replace("normalise(raw)", 'normalise("A line before all others.\\n" + raw)'), "utf-8")
    written = {p: p.stat().st_mtime_ns for p in (home / "lake" / "clean_articles").glob("*.parquet")}
    process = start("run", str(stories), "--home", str(home), "--refresh", cwd=project, **extra)
    while process.poll() is None and all(p.stat().st_mtime_ns == t for p, t in written.items()):
        time.sleep(0.002)
    assert process.poll() is None, process.communicate()
    process.kill()
    process.communicate()
    more = write_stories(tmp_path / "more.jsonl", range(20, 22))
    done = parley_apart("run", str(more), "--home", str(home), cwd=project, **extra)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(tables(home / "warehouse.duckdb")["article"]) == 10


@pytest.mark.slow
def test_the_dead_run_is_buried(tmp_path: Path, stories: Path) -> None:
    import dagster as dg

    home = tmp_path / "home"
    kill_when(home, MOMENTS["dates"], stories)
    assert parley("run", str(stories), "--home", str(home), **BATCHES).returncode == 0
    with dg.DagsterInstance.from_config(str(home / "dagster")) as instance:
        statuses = [run.status for run in instance.get_runs()]
    assert dg.DagsterRunStatus.FAILURE in statuses
    assert not {dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING} & set(statuses)


@pytest.mark.slow
def test_the_published_file_opens_at_every_moment(tmp_path: Path) -> None:
    home = tmp_path / "home"
    path = home / "warehouse.duckdb"
    first = write_stories(tmp_path / "first.jsonl", range(2))
    assert parley("run", str(first), "--home", str(home)).returncode == 0
    errors, counts, stop = [], set(), threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                with closing(duckdb.connect(str(path), read_only=True)) as db:
                    counts.add(db.execute("SELECT count(*) FROM marts.articles").fetchone())
            except duckdb.Error as error:
                errors.append(str(error))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(2):
            more = write_stories(tmp_path / f"{number}.jsonl", range(10 * number + 10, 10 * number + 12))
            assert kill_when(home, MOMENTS["building"], more)
            assert parley_apart("run", str(more), "--home", str(home)).returncode == 0
    finally:
        stop.set()
        reader.join()
    assert errors == []
    assert counts == {(2,), (4,), (6,)}


@pytest.mark.slow
def test_runs_at_once_publish_the_union(tmp_path: Path) -> None:
    home = tmp_path / "home"
    inputs = [write_stories(tmp_path / f"{n}.jsonl", range(4 * n, 4 * n + 4)) for n in range(3)]
    at_once = [start("run", str(path), "--home", str(home)) for path in inputs]
    for process in at_once:
        out, err = process.communicate(timeout=240)
        assert process.returncode == 0, out + err
    together = tables(home / "warehouse.duckdb")
    assert len(together["article"]) == 12
    alone = tmp_path / "alone"
    assert parley("run", *map(str, inputs), "--home", str(alone)).returncode == 0
    expected = tables(alone / "warehouse.duckdb")
    for name in ("event", "article_event", "event_mention", "event_participant", "actor", "rejected_record"):
        assert together[name] == expected[name], name
