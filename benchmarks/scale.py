"""Speed-up of processes over one, and memory and time as the articles grow in number, over whole `parley run`s.

    python -m benchmarks.scale [--articles N …] [--corpus FILE] [--out FOLDER]

The articles are a corpus repeated (`benchmarks/corpus.py`; PARLEY_CORPUS names one, without it the samples). At the
first number they are run in one process and then in as many as there are cores, each in a home of its own; at each
further number only in the latter. While a run goes on, the memory of the run's process and of each worker is read off
/proc (Linux), and afterwards from the files of the lake when each batch was done. FOLDER gets both as CSV, and as a
picture.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import altair as alt

from benchmarks import common, corpus
from benchmarks.figures import Figure, Size
from benchmarks.throughput import step_seconds
from pipelines.settings import DEFAULT_BATCH_SIZE, PROCESSES, SERIAL, Home
from pipelines.stages import STAGES

SMALL, FULL = (400,), (10_000, 100_000)
SMALL_BATCH = 50  # articles, so that even the small size has several batches a worker
EVERY = 0.5  # seconds between two looks at memory
MAIN, WORKER = "run", "worker"


@dataclass(frozen=True)
class Look:
    """Megabytes of a process at a moment: resident, its share of what it shares, and the most resident so far."""

    second: float
    process: str
    resident: float
    proportional: float
    peak: float


@dataclass(frozen=True)
class Done:
    """When a batch, the so-many-th of its stage, was done."""

    stage: str
    number: int
    second: float


@dataclass(frozen=True)
class Run:
    """A run: its seconds, whole and by step, its looks at memory, its batches."""

    articles: int
    engine: str
    wall: float
    steps: Mapping[str, float]
    looks: Sequence[Look]
    done: Sequence[Done]

    @property
    def stages(self) -> float:
        """Seconds of the stages that batches go through; the rest is start, landing and publication."""
        return sum(self.steps.get(stage.name, 0.0) for stage in STAGES)

    def peak(self, kind: str) -> float:
        """The most megabytes that a process of a kind had."""
        return max((look.peak for look in self.looks if look.process.startswith(kind)), default=float("nan"))

    @property
    def last_against_first(self) -> float:
        """Time of the second half of the batches as a share of that of the first half, over all stages but the first
        batch of each."""
        first = last = 0.0
        for stage in {done.stage for done in self.done}:
            times = sorted(done.second for done in self.done if done.stage == stage)
            middle = (len(times) - 1) // 2
            first += times[middle] - times[0]
            last += times[2 * middle] - times[middle]
        return last / first if first else float("nan")


def run(file: Path, articles: int, engine: str, home: Path, batch_size: int) -> Run:
    """Runs `parley` over a file of so many articles, and watches it. Raises CalledProcessError where it fails."""
    words = [sys.executable, "-m", "pipelines.cli", "run", str(file), "--home", str(home)]
    extra = {"PARLEY_ENGINE": engine, "PARLEY_BATCH_SIZE": str(batch_size)}
    looks: list[Look] = []
    began, start = time.time(), time.perf_counter()
    with subprocess.Popen(words, env={**os.environ, **extra}, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            looks += _look(process.pid, time.perf_counter() - start)
            time.sleep(EVERY)
    wall = time.perf_counter() - start
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words)
    return Run(articles, engine, wall, step_seconds(home), looks, list(_done(Home(home), began)))


def _look(pid: int, second: float) -> Iterator[Look]:
    """The run's process and its children; nothing where there is no /proc."""
    for number, one in enumerate([pid, *_children(pid)]):
        try:
            status = dict(line.split(":", 1) for line in Path(f"/proc/{one}/status").read_text().splitlines())
            shared = dict(line.split(":", 1) for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()[1:])
            values = [int(cell.split()[0]) * 1024 / 1e6 for cell in (status["VmRSS"], shared["Pss"], status["VmHWM"])]
        except (OSError, KeyError):  # it has ended meanwhile, or the machine has no /proc
            continue
        yield Look(second, f"{WORKER} {number}" if number else MAIN, *values)


def _children(pid: int) -> list[int]:
    """The workers of a run; it starts other processes, too, for a moment."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = sorted({int(child) for task in tasks for child in (task / "children").read_text().split()})
        return [child for child in children if b"pipelines.worker" in Path(f"/proc/{child}/cmdline").read_bytes()]
    except OSError:
        return []


def _done(home: Home, began: float) -> Iterator[Done]:
    for stage in STAGES:
        times = sorted(home.lake.path(stage.name, b).stat().st_mtime - began for b in home.lake.batches(stage.name))
        yield from (Done(stage.name, number, second) for number, second in enumerate(times, 1))


def runs(articles: Sequence[int], file: Path | None, batch_size: int) -> list[Run]:
    """At the first number of articles one process and several, at the others several."""
    originals, found = corpus.load(file), []
    with tempfile.TemporaryDirectory() as folder:
        for place, wanted in enumerate(articles):
            source = corpus.write(Path(folder) / f"{wanted}.jsonl", corpus.repeated(originals, wanted))
            for engine in (SERIAL, PROCESSES) if not place else (PROCESSES,):
                found.append(run(source, wanted, engine, Path(folder) / f"{engine}-{wanted}", batch_size))
    return found


def figures(found: Sequence[Run]) -> list[Figure]:
    """Speed-up of the first number's runs; memory and evenness of the last; time per article of last against first."""
    serial, several, last = found[0], found[1], found[-1]
    of_both = {
        "articles": f"{serial.articles:,}",
        "one process": f"{serial.wall:.1f} s, stages {serial.stages:.1f} s",
        "processes": f"{several.wall:.1f} s, stages {several.stages:.1f} s",
    }
    alone = (SERIAL, PROCESSES)
    of_last = {"articles": f"{last.articles:,}", "wall": f"{last.wall:.1f} s", "stages": f"{last.stages:.1f} s"}
    made = [
        Figure("scale.stages_speedup", serial.stages / several.stages, of_both),
        Figure("scale.run_speedup", serial.wall / several.wall, of_both),
        Figure("scale.worker_megabytes", last.peak(WORKER), of_last),
        Figure("scale.run_megabytes", last.peak(MAIN), of_last),
        Figure("scale.last_against_first", last.last_against_first, of_last),
    ]
    if len(found) > len(alone):
        told = {f"{one.articles:,} articles": f"{one.wall / one.articles * 1000:.2f} ms each" for one in found[1:]}
        ratio = (last.wall / last.articles) / (several.wall / several.articles)
        stages = (last.stages / last.articles) / (several.stages / several.articles)
        made += [Figure("scale.time_per_article", ratio, told), Figure("scale.stage_time_per_article", stages, told)]
    return made


def measure(size: Size) -> list[Figure]:
    """What the suite holds against what is expected."""
    if size is Size.SMALL:
        return figures(runs(SMALL, corpus.corpus(), SMALL_BATCH))
    return figures(runs(FULL, corpus.corpus(), DEFAULT_BATCH_SIZE))


def write_curves(found: Sequence[Run], folder: Path) -> None:
    """Memory and batches over time as `memory.csv` and `batches.csv`, and both as `scaling.svg`."""
    folder.mkdir(parents=True, exist_ok=True)
    memory = [
        (one.articles, one.engine, f"{look.second:.1f}", look.process, round(look.resident), round(look.proportional))
        for one in found
        for look in one.looks
    ]
    batches = [(one.articles, one.engine, d.stage, d.number, f"{d.second:.2f}") for one in found for d in one.done]
    headers = {
        "memory": ("articles", "engine", "second", "process", "resident_mb", "proportional_mb"),
        "batches": ("articles", "engine", "stage", "batch", "second"),
    }
    for name, rows in (("memory", memory), ("batches", batches)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target, lineterminator="\n")
            writer.writerows(chain([headers[name]], rows))
    picture(found[-1]).save(folder / "scaling.svg")


def picture(last: Run) -> alt.VConcatChart:
    """Memory of each process, and batches done in each stage, over the time of a run."""
    step = max(1, len(last.looks) // 2_000)
    looks = [{"minute": x.second / 60, "process": x.process, "MB": x.resident} for x in last.looks[::step]]
    done = [{"minute": x.second / 60, "stage": x.stage, "batches done": x.number} for x in last.done]
    minute = alt.X("minute:Q", title="minutes since the start")
    memory = alt.Chart(alt.InlineData(values=looks)).mark_line().encode(minute, y="MB:Q", color="process:N")
    batches = (
        alt.Chart(alt.InlineData(values=done))
        .mark_line()
        .encode(minute, y="batches done:Q", color=alt.Color("stage:N", sort=[stage.name for stage in STAGES]))
    )
    parts = [
        memory.properties(width=640, height=180, title=f"Memory of each process, {last.articles:,} articles"),
        batches.properties(width=640, height=180, title="Batches done, by stage"),
    ]
    whole: alt.VConcatChart = alt.vconcat(*parts, padding={"left": 5, "top": 5, "bottom": 5, "right": 60})
    return whole.resolve_scale(color="independent", x="shared")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=SMALL)
    parser.add_argument("--corpus", type=Path, default=corpus.corpus())
    parser.add_argument("--batch-size", type=int, default=SMALL_BATCH)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    found = runs(given.articles, given.corpus, given.batch_size)
    rows = [
        (
            f"{one.articles:,}",
            one.engine,
            f"{one.wall:.1f}",
            f"{one.stages:.1f}",
            f"{one.peak(MAIN):,.0f}",
            f"{one.peak(WORKER):,.0f}",
            f"{one.last_against_first:.2f}",
        )
        for one in found
    ]
    print(f"{common.machine()}\n")
    header = ("articles", "engine", "wall s", "stages s", "peak MB of the run", "of a worker", "second half / first")
    print(common.table(header, rows))
    steps = [(step, *(f"{one.steps.get(step, 0.0):.1f}" for one in found)) for step in found[0].steps]
    print("\n" + common.table(("step", *(f"{one.engine} {one.articles:,}" for one in found)), steps))
    print("\n" + common.table(("figure", "value"), [(one.name, f"{one.value:.2f}") for one in figures(found)]))
    if given.out:
        write_curves(found, given.out)


if __name__ == "__main__":
    main()
