"""Articles per second, peak memory and the share of each stage, for one `parley run` from nothing to a publication.

    python -m benchmarks.throughput [INPUT]

Without INPUT it runs over 500 articles made from the samples.
"""

import argparse
import os
import tempfile
from pathlib import Path

import duckdb

from benchmarks import common

ARTICLES = 500


def step_seconds(home: Path) -> dict[str, float]:
    """Seconds of each step over all runs of a home, as Dagster recorded them."""
    os.environ["DAGSTER_HOME"] = str(home / "dagster")
    import dagster as dg

    seconds: dict[str, float] = {}
    with dg.DagsterInstance.get() as instance:
        for run in instance.get_runs():
            for step in instance.get_run_step_stats(run.run_id):
                if step.start_time and step.end_time:
                    seconds[step.step_key] = seconds.get(step.step_key, 0.0) + step.end_time - step.start_time
    return seconds


def words(home: Path) -> tuple[int, int]:
    """Articles and words (runs of non-blanks) in the published warehouse."""
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as db:
        query = "SELECT count(*), sum(len(regexp_split_to_array(text, '\\s+'))) FROM marts.articles"
        articles, count = db.execute(query).fetchone() or (0, 0)
    return int(articles), int(count)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", nargs="?", type=Path)
    given = parser.parse_args().input
    with tempfile.TemporaryDirectory() as folder:
        source = given or common.write_repeated(Path(folder) / "articles.jsonl", ARTICLES)
        home = Path(folder) / "home"
        measured = common.parley("run", str(source), "--home", str(home))
        again = common.parley("run", str(source), "--home", str(home))
        articles, count = words(home)
        seconds = step_seconds(home)
    total = sum(seconds.values())
    longest_first = sorted(seconds.items(), key=lambda step: -step[1])
    rows = [(step, f"{spent:.1f}", f"{spent / total:.0%}") for step, spent in longest_first]
    print(f"{common.machine()}\n")
    print(f"{source.name if given else 'samples repeated'}: {articles:,} articles, {count:,} words")
    print(
        f"{measured.wall:.1f} s on the wall, {measured.cpu:.1f} CPU seconds, "
        f"{articles / measured.wall:.1f} articles/s, peak {measured.megabytes:,.0f} MB"
    )
    print(f"the same again with nothing new: {again.wall:.1f} s\n")
    print(common.table(("step", "seconds", "share"), rows))


if __name__ == "__main__":
    main()
