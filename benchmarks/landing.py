"""Articles landed per second and peak memory, as the file grows; and what landing the same file again adds.

    python -m benchmarks.landing [--articles N]

Each landing runs in a process of its own, without Dagster, over JSON Lines made from the samples. Memory is flat where
the largest file takes no more than the smallest and a little.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks import common

ARTICLES = 100_000
STEPS = (0.01, 0.1, 1.0)  # of the articles


def land_once(file: Path, home: Path) -> str:
    """Lands the file in the home; returns "articles known batches"."""
    from pipelines.land import land
    from pipelines.settings import DEFAULT_BATCH_SIZE, Home
    from pipelines.sources import SourceSettings

    place = Home(home)
    place.prepare()
    found = land(place, [file], SourceSettings(), DEFAULT_BATCH_SIZE)
    return f"{found.articles} {found.known} {len(found.batches)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--one", nargs=2, type=Path, metavar=("FILE", "HOME"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        sys.stdout.write(land_once(*given.one))
        return
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for step in STEPS:
            count = max(1, int(given.articles * step))
            file = common.write_repeated(Path(folder) / f"{count}.jsonl", count)
            home = Path(folder) / f"home-{count}"
            for again in ("first", "again"):
                words = [sys.executable, "-m", "benchmarks.landing", "--one", str(file), str(home)]
                done = common.command(words)
                articles, known, batches = map(int, done.output.split())
                rate = f"{count / done.wall:,.0f}"
                size = f"{file.stat().st_size / 1e6:,.0f}"
                rows.append((f"{count:,}", size, again, articles, known, batches, rate, f"{done.megabytes:,.0f}"))
    header = ("articles", "MB", "landing", "new", "known", "batches", "articles/s", "peak MB")
    print(common.machine())
    print(common.table(header, rows))


if __name__ == "__main__":
    main()
