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
        {"id": "inferred", "text": "OSLO, March 3, 2021 (Wire) - The envoys met on Wednesday.\n"},
        {"id": "wrong", "published_at": "2011-03-03", "text": "Published March 3, 2021\nThe envoys met.\n"},
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

    inferred = parley("show", "inferred", "--home", str(home)).stdout
    assert "2021-03-03" in inferred.splitlines()[0] and "inferred by dateline" in inferred.splitlines()[0]
    assert "when it was published" in inferred and "dateline March 3, 2021" in inferred
    wrong = parley("show", "wrong", "--home", str(home)).stdout
    assert "contradicted: March 3, 2021 (stated date March 3, 2021)" in wrong
