"""Small articles and the `parley` command for the tests of the pipelines."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import duckdb
from typer.testing import CliRunner

from warehouse.tables import CORE, TIMED_TABLES

CHECKOUT = Path(__file__).parents[2]
Tables = dict[str, list[tuple[object, ...]]]

# Three sentences with an event each, so that the smallest article goes through every stage.
STORY = (
    "{city}, {day} - {one} Foreign Minister {name} met his {two} counterpart in {city} on Tuesday.\n"
    "{two} called for an immediate ceasefire with {one}.\n"
    "The European Union imposed sanctions on {one} last month.\n"
)
PLACES = [("Peru", "Ecuador", "Lima", "Ana Ruiz"), ("Chad", "Sudan", "Ndjamena", "Idris Saleh")]


def story(number: int) -> dict[str, str]:
    """A small article, different for each number."""
    one, two, city, name = PLACES[number % len(PLACES)]
    day = f"{1 + number % 28}"
    text = STORY.format(one=one, two=two, city=city, name=f"{name}-{number}", day=f"March {day}")
    return {"id": f"story-{number}", "text": text, "published_at": f"2021-03-{day:0>2}", "source": "Test Wire"}


def write_stories(path: Path, numbers: range) -> Path:
    """JSON Lines of small articles."""
    path.write_text("".join(json.dumps(story(n)) + "\n" for n in numbers), encoding="utf-8")
    return path


def environment(**extra: str) -> dict[str, str]:
    """The environment of a process of ours, without what the developer's shell may have set."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PARLEY_", "DAGSTER_", "COV_"))}
    return clean | {"COLUMNS": "160"} | extra


def start(*words: str, cwd: Path | None = None, **extra: str) -> subprocess.Popen[str]:
    """Starts `parley` in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", *words],
        cwd=cwd or CHECKOUT,
        env=environment(**extra),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def parley(*words: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Runs `parley` in this process, where Dagster and the model are loaded already; a fault of ours is raised."""
    from pipelines.cli import app

    unset = {name: None for name in os.environ if name.startswith(("PARLEY_", "DAGSTER_"))}
    done = CliRunner().invoke(app, words, env={**unset, "COLUMNS": "160", **extra}, catch_exceptions=False)
    return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)


def parley_apart(*words: str, cwd: Path | None = None, **extra: str) -> subprocess.CompletedProcess[str]:
    """Runs `parley` in a process of its own, to its end."""
    process = start(*words, cwd=cwd, **extra)
    out, err = process.communicate(timeout=240)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def copied_project(target: Path) -> Path:
    """A copy of the project's code and seeds, to change a rule in."""
    for part in ("pipelines", "transforms", "warehouse", "seeds"):
        shutil.copytree(CHECKOUT / part, target / part)
    shutil.copy(CHECKOUT / "dagster.yaml", target)
    return target


def tables(warehouse: Path) -> Tables:
    """All rows of all core tables but those that hold the times of runs, in a fixed order."""
    with closing(duckdb.connect(str(warehouse), read_only=True)) as db:
        return {
            name: sorted(db.execute(f"SELECT * FROM core.{name}").fetchall(), key=repr)
            for name in CORE
            if name not in TIMED_TABLES
        }
