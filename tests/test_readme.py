"""The README's queries and its first run give what it shows of them; `--update-snapshot` writes it anew."""

import re
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tests.pipelines.support import parley

README = Path(__file__).parents[1] / "README.md"
# A query, and the Markdown table that follows it.
EXAMPLE = re.compile(r"```sql\n(?P<query>.*?)```\n\n(?P<table>(?:\|[^\n]*\n)+)", re.DOTALL)


def test_every_example_query_gives_the_rows_it_shows(sample_home: Path, request: pytest.FixtureRequest) -> None:
    text = README.read_text(encoding="utf-8")
    examples = list(EXAMPLE.finditer(text))
    assert len(examples) >= 3
    shown = text
    for example in examples:
        done = parley("sql", example["query"], "--home", str(sample_home), "--format", "markdown")
        assert done.returncode == 0, done.stderr
        assert done.stdout.count("\n") > 2, f"no rows: {example['query']}"
        shown = shown.replace(example["table"], done.stdout, 1) if example["table"] in shown else shown
    if request.config.getoption("--update-snapshot"):
        README.write_text(shown, encoding="utf-8")
    assert shown == README.read_text(encoding="utf-8"), "if this is meant: pytest --update-snapshot, and read the diff"


def test_the_first_run_finds_as_much_as_it_says(sample_home: Path, request: pytest.FixtureRequest) -> None:
    with closing(duckdb.connect(str(sample_home / "warehouse.duckdb"), read_only=True)) as db:
        (articles,) = db.execute("SELECT count(*) FROM marts.articles").fetchone() or (None,)
        (events,) = db.execute("SELECT count(*) FROM marts.events").fetchone() or (None,)
    text = README.read_text(encoding="utf-8")
    said = re.compile(r"(landed     )\d+( new articles, .*\n.*\n    published  )\d+( events)")
    shown, places = said.subn(rf"\g<1>{articles}\g<2>{events}\g<3>", text)
    assert places == 1
    if request.config.getoption("--update-snapshot"):
        README.write_text(shown, encoding="utf-8")
    assert shown == README.read_text(encoding="utf-8"), "if this is meant: pytest --update-snapshot, and read the diff"
