"""The queries in README and docs give what is shown of them; `--update-snapshot` writes it anew."""

import re
from pathlib import Path

import pytest

from pipelines.printing import print_rows
from warehouse.publish import open_published

ROOT = Path(__file__).parents[1]
QUESTIONS = ROOT / "docs" / "questions.md"
# A query, and the Markdown table that follows it.
EXAMPLE = re.compile(r"(?P<query>```sql\n(?P<sql>[^`]*)```\n\n)(?P<table>(?:\|[^\n]*\n)+)")


def pages() -> list[Path]:
    """The pages that show a query with what it gives."""
    every = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return [page for page in every if EXAMPLE.search(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_every_query_gives_the_rows_that_are_shown(
    page: Path, sample_home: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    def answered(example: re.Match[str]) -> str:
        cursor = db.execute(example["sql"])
        names = [column[0] for column in cursor.description]
        rows = cursor.fetchall()
        assert rows, f"no rows: {example['sql']}"
        print_rows(names, rows, "markdown")
        return example["query"] + capsys.readouterr().out

    text = page.read_text(encoding="utf-8")
    db = open_published(sample_home / "warehouse.duckdb")
    try:
        shown = EXAMPLE.sub(answered, text)
    finally:
        db.close()
    if request.config.getoption("--update-snapshot"):
        page.write_text(shown, encoding="utf-8")
    assert shown == page.read_text(encoding="utf-8"), "if this is meant: pytest --update-snapshot, and read the diff"


def test_there_are_twenty_questions_each_with_its_query_and_rows() -> None:
    text = QUESTIONS.read_text(encoding="utf-8")
    headings = re.findall(r"^## (\d+)\. .+\?$", text, re.MULTILINE)
    assert headings == [str(number) for number in range(1, 21)]
    parts = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert [part for part in parts if not EXAMPLE.search(part)] == []
