"""`parley show` on time expressions, and the table core.time_expression from which it prints them."""

import json
from contextlib import closing
from pathlib import Path

import duckdb

from tests.pipelines.support import parley
from transforms.dates import Published, annotate
from transforms.records import TimeExpression
from transforms.vocabulary import Anchor

COLUMNS = list(TimeExpression.model_fields)


def test_the_warehouse_holds_every_expression_with_all_that_is_known_of_it(sample_home: Path) -> None:
    with closing(duckdb.connect(str(sample_home / "warehouse.duckdb"), read_only=True)) as db:
        names = ", ".join(f'"{name}"' for name in COLUMNS)
        stored = db.execute(f'SELECT article_id, {names} FROM core.time_expression ORDER BY article_id, "start"')
        rows = stored.fetchall()
        articles = db.execute("SELECT article_id, text, published_earliest, published_latest FROM marts.articles")
        expected = [
            (article_id, *(getattr(expression, name) for name in COLUMNS))
            for article_id, text, first, last in sorted(articles.fetchall())
            for expression in annotate(text, Published(first, last) if first else None)
        ]
    assert rows == expected
    filled = {name: sum(row[i] is not None for row in rows) for i, name in enumerate(COLUMNS, 1)}
    assert all(filled.values()), filled  # no column is empty, so that none can be missing unnoticed
    assert {row[1 + COLUMNS.index("anchor")] for row in rows} >= {Anchor.NONE, Anchor.PUBLICATION, Anchor.EXPRESSION}


def test_show_says_how_each_expression_was_resolved(home: Path, tmp_path: Path) -> None:
    stories = [
        {"id": "dated", "published_at": "2021-03-10", "text": "On March 3 they met; two days later they left.\n"},
        {"id": "undated", "text": "Envoys met on Monday.\nHe arrived two days ahead of the planned summit.\n"},
    ]
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps(story) + "\n" for story in stories), encoding="utf-8")
    assert parley("run", str(source), "--home", str(home)).returncode == 0

    dated = parley("show", "dated", "--home", str(home)).stdout
    assert "March 3[2021-03-03]" in dated
    assert "two days later[2021-03-05]" in dated
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in dated.splitlines() if "│" in line]
    assert ["1", "March 3", "DATE", "2021-03-03", "2021-03-03", "day", "publication", "month_day"] in rows
    assert ["2", "two days later", "DATE", "2021-03-05", "2021-03-05", "day", "expression 1", "later"] in rows

    undated = parley("show", "undated", "--home", str(home)).stdout
    assert "undated" in undated.splitlines()[0]
    assert "Monday[XXXX-WXX-1 ?]" in undated
    assert "two days[P2D before an event]" in undated
    assert "unknown" in undated


def test_show_tells_on_what_evidence_an_article_was_dated(home: Path, tmp_path: Path) -> None:
    written = "TBILISI, Aug. 15, 2008 - Georgian President Mikheil Saakashvili met Angela Merkel on Friday.\n"
    stories = [
        {"id": "inferred", "text": written},
        {"id": "broad", "text": "German Chancellor Angela Merkel met President Barack Obama.\n"},
        {"id": "conflict", "published_at": "2019-03-10", "text": written.replace("Friday", "Monday")},
    ]
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps(story) + "\n" for story in stories), encoding="utf-8")
    assert parley("run", str(source), "--home", str(home)).returncode == 0

    inferred = parley("show", "inferred", "--home", str(home)).stdout
    assert "2008-08-15 to 2008-08-16 (inferred)" in inferred.splitlines()[0]
    assert inferred.splitlines()[1].startswith("inferred from dateline")
    table = inferred[inferred.index("evidence of the day of publication") :]
    assert table.index("dateline Aug. 15, 2008") < table.index("Georgian President Mikheil Saakashvili")
    broad = parley("show", "broad", "--home", str(home)).stdout.splitlines()
    assert " to " in broad[0]
    assert broad[1].startswith("inferred from ")

    conflict = parley("show", "conflict", "--home", str(home)).stdout
    assert conflict.splitlines()[1].startswith("contradicted by Aug. 15, 2008 (dateline")
    assert len(conflict.splitlines()[1]) <= 140
    assert "what contradicts the day of publication" in conflict
