"""What it costs to build, check and publish a warehouse, and what its users' queries take:
`python -m benchmarks.warehouse [MENTIONS]`, 100,000 by default.

A lake of so many mentions (`lake.py`) is published in a process of its own that runs on two cores; beside it, in the
same process, the least that could be done with it: its event mentions copied into a DuckDB file as they are.
"""

import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.common import command, machine, table
from benchmarks.figures import Figure, Size
from benchmarks.lake import fill
from pipelines.publication import build_warehouse, merged_plan, publish_warehouse
from pipelines.settings import Home
from pipelines.stages import MENTIONS
from warehouse.checks import failures
from warehouse.checks.collapse import collapsed
from warehouse.checks.expectations import load
from warehouse.literals import quoted
from warehouse.memory import bounded
from warehouse.publish import open_published

MENTIONS_OF = {Size.SMALL: 100_000, Size.FULL: 10_000_000}
CORES = 2
_REPEATS = 3
_README = Path(__file__).resolve().parent.parent / "README.md"


def queries() -> list[str]:
    """The example queries of the README, in its order."""
    return re.findall(r"```sql\n(.*?)```", _README.read_text(encoding="utf-8"), re.DOTALL)


def published(home: Home) -> dict[str, Any]:
    """Builds, checks and publishes the home's lake in this process; seconds on the wall and CPU seconds of each step,
    megabytes of the file, milliseconds of each query. Raises RuntimeError where a check stops it."""
    steps: dict[str, tuple[float, float]] = {}

    def step(name: str, run: Callable[[], Any]) -> Any:
        wall, cpu = time.perf_counter(), time.process_time()
        result = run()
        steps[name] = time.perf_counter() - wall, time.process_time() - cpu
        return result

    home.prepare()
    planned = merged_plan(home.lake)
    step("plain copy", lambda: _copied(home))
    step("build", lambda: build_warehouse(home, planned, "benchmark"))
    found = step("checks", lambda: failures(home.built))
    step("publication", lambda: publish_warehouse(home))
    found += step("collapse", lambda: collapsed(home.warehouse, home.warehouse, load()))
    if found:
        raise RuntimeError("\n".join(failure.message for failure in found))
    with closing(open_published(home.warehouse)) as db:
        asked = [min(_milliseconds(db, sql) for _ in range(_REPEATS)) for sql in queries()]
    return {"steps": steps, "megabytes": home.warehouse.stat().st_size / 1e6, "queries": asked}


def _copied(home: Home) -> None:
    """The event mentions of the lake as a table of a DuckDB file, in the way that costs least."""
    target = home.root / "copy.duckdb"
    with bounded(target) as db:
        db.execute(f"ATTACH {quoted(str(target))} AS plain")
        source = quoted(str(home.lake.root / MENTIONS.name / "*.parquet"))
        db.execute(f"CREATE TABLE plain.copied AS SELECT * FROM read_parquet({source})")
    target.unlink()


def _milliseconds(db: duckdb.DuckDBPyConnection, sql: str) -> float:
    start = time.perf_counter()
    db.execute(sql).fetchall()
    return 1000 * (time.perf_counter() - start)


def measured(mentions: int) -> dict[str, Any]:
    """What `published` gives of a lake of so many mentions, run in a process of its own, with its peak in megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        filled = fill(home, mentions)
        run = command([sys.executable, "-m", "benchmarks.warehouse", "--published", folder])
        told: dict[str, Any] = json.loads(run.output.splitlines()[-1])
        return told | {"peak": run.megabytes, "mentions": filled.mentions, "filled": filled.seconds}


def measure(size: Size) -> list[Figure]:
    """Each step's CPU time against that of a plain copy, all in seconds on the wall, the slowest README query in
    milliseconds, the peak in megabytes."""
    told = measured(MENTIONS_OF[size])
    _, plain = told["steps"]["plain copy"]
    seconds = {name: f"{wall:.1f} s, CPU {cpu:.1f} s" for name, (wall, cpu) in told["steps"].items()}
    seconds |= {"mentions": f"{told['mentions']:,}", "file": f"{told['megabytes']:,.0f} MB"}
    asked = {f"query {place}": f"{ms:,.0f} ms" for place, ms in enumerate(told["queries"], 1)}
    steps = {name: cpu for name, (_, cpu) in told["steps"].items() if name != "plain copy"}
    return [
        *(Figure(f"warehouse.{name}", cpu / plain, seconds) for name, cpu in steps.items()),
        Figure("warehouse.seconds", sum(wall for name, (wall, _) in told["steps"].items() if name in steps), seconds),
        Figure("warehouse.query", max(told["queries"]), asked),
        Figure("warehouse.peak", told["peak"], {"peak": f"{told['peak']:,.0f} MB"}),
    ]


def main() -> None:
    if "--published" in sys.argv:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
        print(json.dumps(published(Home(Path(sys.argv[-1])))))
        return
    told = measured(int(sys.argv[1]) if len(sys.argv) > 1 else MENTIONS_OF[Size.SMALL])
    rows = [[name, f"{wall:.1f}", f"{cpu:.1f}"] for name, (wall, cpu) in told["steps"].items()]
    print(machine())
    print(table([f"{told['mentions']:,} mentions", "wall s", "CPU s"], rows))
    print(f"\n{told['megabytes']:,.0f} MB, peak {told['peak']:,.0f} MB, lake made in {told['filled']:.0f} s\n")
    print(table(["README query", "ms"], [[place, f"{ms:,.0f}"] for place, ms in enumerate(told["queries"], 1)]))


if __name__ == "__main__":
    main()
