"""Measures what readers see while others publish: four processes, each of another kind, reopen and ask in a loop.

`python -m benchmarks.readers WAREHOUSE [--publications 100]` publishes that many different files, made of a published
one, and prints what each reader saw. The readers run in the environments of `make readers`.
"""

import argparse
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import duckdb

from warehouse.publish import publish

ROOT = Path(__file__).parents[1]
# Kind of reader, and the DuckDB that it has; the package index has the command line in 1.5 only.
READERS = (("duckdb", "2.0"), ("sqlalchemy", "1.5"), ("polars", "2.0"), ("command-line", "1.5"))
SWAPPED = (("duckdb", "1.5"), ("sqlalchemy", "2.0"), ("polars", "1.5"), ("command-line", "1.5"))


@dataclass(frozen=True)
class Seen:
    """What one reader saw: reads, of which torn, its errors, and how many different publications."""

    kind: str
    version: str
    reads: int
    torn: int
    errors: list[str]
    seen: int


def numbered(warehouse: Path, target: Path, number: int) -> Path:
    """A copy of the warehouse in which sources and the newest publication all tell of `number` articles."""
    shutil.copy(warehouse, target)
    with duckdb.connect(str(target)) as db:
        (latest,) = db.execute("SELECT max(published_at) FROM core.publication").fetchone() or (None,)
        db.execute("UPDATE core.source SET article_count = ?", [number])
        db.execute(
            "UPDATE core.publication SET article_count = ?, published_at = ? WHERE published_at = ?",
            [number, latest + timedelta(minutes=number), latest],
        )
    return target


def watched(warehouse: Path, home: Path, publications: int, readers: Sequence[tuple[str, str]] = READERS) -> list[Seen]:
    """Publishes in `home` while the readers read, and returns what each saw. Raises RuntimeError where one crashed."""

    def publish_number(number: int) -> None:
        publish(numbered(warehouse, home / "built.duckdb", number), home / "warehouse.duckdb", home / "parquet")

    (home / "stop").unlink(missing_ok=True)
    publish_number(0)
    script = str(ROOT / "benchmarks" / "reader_loop.py")
    processes = [
        subprocess.Popen(
            [str(ROOT / ".tools" / f"readers-{version}" / "bin" / "python"), "-P", script, kind, str(home)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for kind, version in readers
    ]
    try:
        for process in processes:
            assert process.stdout is not None
            process.stdout.readline()
        for number in range(1, publications + 1):
            publish_number(number)
    finally:
        (home / "stop").touch()
        outputs = [process.communicate(timeout=120)[0] for process in processes]
    if any(process.returncode for process in processes):
        raise RuntimeError(f"a reader crashed: {[process.returncode for process in processes]}")
    return [Seen(*reader, **json.loads(output)) for reader, output in zip(readers, outputs, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("warehouse", type=Path, help="a published warehouse.duckdb")
    parser.add_argument("--publications", type=int, default=100)
    parser.add_argument("--swapped", action="store_true", help="the readers with the other version of DuckDB")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        begun = time.perf_counter()
        readers = SWAPPED if options.swapped else READERS
        seen = watched(options.warehouse, Path(home), options.publications, readers)
        print(f"{options.publications} publications in {time.perf_counter() - begun:.0f} s\n")
    print("| reader | DuckDB | reads | errors | torn | publications seen |\n| --- | --- | --- | --- | --- | --- |")
    for row in seen:
        print(f"| {row.kind} | {row.version} | {row.reads} | {len(row.errors)} | {row.torn} | {row.seen} |")
        for error in sorted(set(row.errors)):
            print(f"  {error}")


if __name__ == "__main__":
    main()
