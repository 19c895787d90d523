"""The README's queries and its first run give what it shows of them; `--update-snapshot` writes it anew."""

import re
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from benchmarks.pages import pages
from pipelines.sources import read
from tests.pipelines.sources import making
from tests.pipelines.support import parley
from transforms.records import RawArticle, RejectedRecord

README = Path(__file__).parents[1] / "README.md"
# A query, and the Markdown table that follows it.
EXAMPLE = re.compile(r"```sql\n(?P<query>.*?)```\n\n(?P<table>(?:\|[^\n]*\n)+)", re.DOTALL)
# A command in the section on one's own articles, with its inputs.
COMMAND = re.compile(r"^    parley run (?P<inputs>[^-\n][^\n]*)$", re.MULTILINE)


def own_articles() -> list[list[str]]:
    """The inputs of each command that the README gives for one's own articles."""
    text = README.read_text(encoding="utf-8")
    section = text[text.index("## Your own articles") : text.index("## Schedule it")]
    return [found["inputs"].split() for found in COMMAND.finditer(section)]


def make(folder: Path) -> None:
    """Makes the files that the README's commands name."""
    made = pages(6)
    files = {
        "page.html": making.html(made),
        **{f"pages/{number}.html": making.html([page]) for number, page in enumerate(made)},
        "articles.csv": making.table(made),
        "articles.parquet": making.parquet(made),
        "crawl.warc.gz": making.gz_members(making.warc(made), ""),
        "feed.xml": making.rss(made),
        "dump.jsonl.zst": making.zst(making.jsonl(made), ""),
        "batch.zip": making.zipped(making.html(made[1:]), "page.html"),
        "reports/a.txt": making.text(made),
        "reports/b.md": making.markdown(made),
        "wire.jsonl.gz": making.gz(making.jsonl(made), ""),
    }
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)


def test_every_command_for_own_articles_names_what_can_be_read(tmp_path: Path) -> None:
    make(tmp_path)
    commands = own_articles()
    assert len(commands) >= 9
    for inputs in commands:
        items = list(read([tmp_path / name for name in inputs]))
        assert any(isinstance(item, RawArticle) for item in items), inputs
        assert not [item for item in items if isinstance(item, RejectedRecord)], inputs


@pytest.mark.slow
@pytest.mark.parametrize("inputs", own_articles(), ids=" ".join)
def test_every_command_for_own_articles_runs(
    inputs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path)
    monkeypatch.chdir(tmp_path)
    done = parley("run", *inputs, "--strict", "--home", str(tmp_path / "home"))
    assert done.returncode == 0, done.stderr
    with closing(duckdb.connect(str(tmp_path / "home" / "warehouse.duckdb"), read_only=True)) as db:
        assert db.execute("SELECT count(*) > 0 FROM marts.articles").fetchone() == (True,)


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
