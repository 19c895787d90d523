"""Many small batches land and are processed; then a date rule changes, and `parley run --refresh` makes them anew.

    python -m benchmarks.refresh [BATCHES]

The rule is changed in a copy of the project: a holiday is added that every other article names.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import common

PROJECT = Path(__file__).resolve().parent.parent
PARTS = ("pipelines", "transforms", "warehouse", "seeds", "dagster.yaml", "pyproject.toml")
HOLIDAY = "Lantern Treaty Day"
BATCHES = 500
STAGES = ("clean_articles", "time_expressions", "parsed_articles", "event_mentions")


def articles(count: int) -> Iterator[dict[str, str]]:
    """Small articles; every other one dates its meeting by the holiday that no rule knows yet."""
    for number in range(count):
        day = HOLIDAY if number % 2 else "Tuesday"
        yield {
            "id": f"small-{number}",
            "source": "Benchmark",
            "published_at": f"2021-06-{1 + number % 28:02}",
            "text": f"LIMA - Peru's foreign minister met his Chilean counterpart on {day}, file {number} shows.\n"
            "Chad called for an immediate ceasefire with Sudan.\n",
        }


def written(home: Path) -> dict[str, dict[str, int]]:
    """When the file of each stage and batch was written last."""
    return {s: {p.stem: p.stat().st_mtime_ns for p in (home / "lake" / s).glob("*.parquet")} for s in STAGES}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else BATCHES
    with tempfile.TemporaryDirectory() as folder:
        project, home = Path(folder) / "project", Path(folder) / "home"
        project.mkdir()
        for part in PARTS:
            copy = shutil.copytree if (PROJECT / part).is_dir() else shutil.copy
            copy(PROJECT / part, project / part)
        source = Path(folder) / "small.jsonl"
        source.write_text("".join(json.dumps(a) + "\n" for a in articles(count)), encoding="utf-8")
        extra = {"PARLEY_BATCH_SIZE": "1", "PYTHONPATH": str(project)}
        os.environ.pop("PARLEY_HOME", None)
        first = common.parley("run", str(source), "--home", str(home), cwd=project, **extra)
        before = written(home)
        with (project / "seeds" / "reference" / "dates_holidays.csv").open("a", encoding="utf-8") as table:
            table.write(f"{HOLIDAY},fixed,6,15,,,1\n")
        refreshed = common.parley("run", str(source), "--home", str(home), "--refresh", cwd=project, **extra)
        after = written(home)
    print(f"{common.machine()}\n")
    rows = [(s, len(after[s]), sum(after[s][b] != before[s][b] for b in after[s])) for s in STAGES]
    print(common.table(("stage", "batches", "written anew by the refresh"), rows))
    print(
        f"\n{count} batches: first run {first.wall:.0f} s, refresh after one date rule changed {refreshed.wall:.0f} s "
        f"({refreshed.wall / first.wall:.2f} of it), peak {refreshed.megabytes:,.0f} MB"
    )


if __name__ == "__main__":
    main()
