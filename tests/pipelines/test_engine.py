"""Engines: results and errors are those of the work itself, and no process outlives what it works for."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipelines.engine import Engine, ProcessEngine, SerialEngine, WorkerDiedError
from tests.pipelines import work
from tests.pipelines.support import environment
from warehouse.lake import DamagedLakeError


@pytest.fixture(scope="module")
def processes() -> Iterator[ProcessEngine]:
    with ProcessEngine(2) as engine:
        yield engine


def test_both_engines_give_the_same_and_tell_how_far_they_are(processes: ProcessEngine) -> None:
    engines: list[Engine] = [SerialEngine(), processes]
    for engine in engines:
        told: list[int] = []
        results = [result for result, _ in engine.run(work.square, range(5), told.append)]
        assert sorted(results) == [0, 1, 4, 9, 16]
        assert sorted(told) == [0, 1, 2, 3, 4]


def test_processes_live_from_one_run_to_the_next(processes: ProcessEngine) -> None:
    pids = [{pid for _, pid in processes.run(work.square, range(8), work.ignored)} for _ in range(2)]
    assert os.getpid() not in pids[0]
    assert pids[1] <= pids[0]


def test_a_worker_that_died_while_it_waited_is_replaced() -> None:
    with ProcessEngine(1) as engine:
        ((_, pid),) = engine.run(work.square, [2], work.ignored)
        os.kill(pid, signal.SIGKILL)
        time.sleep(0.2)
        ((result, other),) = engine.run(work.square, [3], work.ignored)
    assert (result, other != pid) == (9, True)


def test_the_environment_of_the_run_reaches_the_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_TIMEZONE", "Asia/Tokyo")
    with ProcessEngine(1) as engine:
        assert list(engine.run(work.variable, ["PARLEY_TIMEZONE"], work.ignored)) == ["Asia/Tokyo"]


@pytest.mark.parametrize("error", [DamagedLakeError("damaged"), OSError(28, "No space left on device", "a.parquet")])
def test_an_error_comes_as_it_is_with_the_traceback_of_the_worker(processes: ProcessEngine, error: Exception) -> None:
    with pytest.raises(type(error)) as raised:
        list(processes.run(work.fail, [error], work.ignored))
    assert str(raised.value) == str(error)
    assert "in fail\n    raise error" in str(raised.value.__cause__)
    assert [result for result, _ in processes.run(work.square, [3], work.ignored)] == [9], "the engine can be used on"


def test_an_error_that_cannot_be_sent_is_told(processes: ProcessEngine) -> None:
    with pytest.raises(RuntimeError, match="UnwieldyError: one and two"):
        list(processes.run(work.raise_unwieldy, [0], work.ignored))


def test_a_killed_worker_is_told_and_hangs_nothing(processes: ProcessEngine) -> None:
    with pytest.raises(WorkerDiedError, match="killed by signal 9 while at 7"):
        list(processes.run(work.kill_oneself, [7], work.ignored))
    assert [result for result, _ in processes.run(work.square, [3], work.ignored)] == [9]


def test_what_works_for_nobody_is_ended(processes: ProcessEngine, tmp_path: Path) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(processes.run(work.say_and_sleep, [tmp_path / "pid"], interrupted))
    _gone(int((tmp_path / "pid").read_text()))


def test_a_worker_ends_with_a_killed_run(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    program = (
        "from pathlib import Path\nfrom pipelines.engine import ProcessEngine\nfrom tests.pipelines import work\n"
        f"list(ProcessEngine(1).run(work.say_and_sleep, [Path({str(file)!r})], work.ignored))"
    )
    run = subprocess.Popen([sys.executable, "-c", program], env=environment(), cwd=Path(__file__).parents[2])
    try:
        _until(lambda: file.exists() and file.read_text() != "")
    finally:
        run.kill()
        run.wait()
    _gone(int(file.read_text()))


def _gone(pid: int) -> None:
    _until(lambda: not Path(f"/proc/{pid}").exists() or " Z " in Path(f"/proc/{pid}/stat").read_text())


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)
