"""Tables and views: all described, each column in one place, references that lead somewhere."""

from itertools import combinations

import duckdb
import pytest

from transforms import records
from transforms.records import Record
from warehouse.build import ddl
from warehouse.columns import columns
from warehouse.marts import MARTS
from warehouse.staging import STAGES, statement
from warehouse.tables import CORE, Table

# Which record each table is made from; the others are made by SQL alone.
MADE_FROM: dict[str, tuple[type[Record], ...]] = {
    "article": (records.RawArticle, records.ArticleDates, records.ArticleCluster),
    "time_expression": (records.TimeExpression,),
    "event": (records.Event,),
    "article_event": (records.ArticleEvent,),
    "event_mention": (records.EventMention,),
    "rejected_record": (records.RejectedRecord,),
}
# The record has a list there, which the warehouse keeps in a form of its own.
REMADE = {("article_event", "participants"), ("article", "text"), ("event_mention", "article_event_id")}


@pytest.mark.parametrize("table", CORE.values(), ids=lambda t: t.name)
def test_a_table_and_its_columns_are_described(table: Table) -> None:
    assert table.description
    assert all(c.description for c in table.columns)
    assert len({c.name for c in table.columns}) == len(table.columns)
    assert table.key, "every table says what names one row"


@pytest.mark.parametrize("table", CORE.values(), ids=lambda t: t.name)
def test_references_lead_to_a_column_that_is_there(table: Table) -> None:
    for c in table.columns:
        if c.references:
            other, column = c.references.split(".")
            assert CORE[other].column(column).key


@pytest.mark.parametrize("table", MADE_FROM)
def test_columns_of_a_record_keep_its_description(table: str) -> None:
    for c in CORE[table].columns:
        described = {own.comment for record in MADE_FROM[table] for own in columns(record) if own.name == c.name}
        if described and (table, c.name) not in REMADE:
            assert c.comment in described


@pytest.mark.parametrize("view", MARTS)
def test_every_column_of_a_view_has_a_description(db: duckdb.DuckDBPyConnection, view: str) -> None:
    for name, *_ in db.execute(f"DESCRIBE marts.{view}").fetchall():
        assert MARTS[view].comment(name)


@pytest.mark.parametrize("view", MARTS)
def test_a_view_describes_only_what_no_table_describes(db: duckdb.DuckDBPyConnection, view: str) -> None:
    shown = {c.name for table in MARTS[view].shows if table in CORE for c in CORE[table].columns}
    assert not set(MARTS[view].own) & shown
    assert set(MARTS[view].own) <= {name for name, *_ in db.execute(f"DESCRIBE marts.{view}").fetchall()}


def test_an_unknown_column_is_an_error() -> None:
    with pytest.raises(KeyError, match="no description"):
        MARTS["events"].comment("mood")
    with pytest.raises(KeyError, match="no column mood"):
        CORE["event"].column("mood")


def test_every_table_and_view_has_its_select_and_every_select_its_table() -> None:
    for schema, names in (("core", CORE), ("marts", MARTS)):
        for name in names:
            assert "SELECT" in statement(schema, name)


def test_tables_come_after_those_that_their_sql_reads() -> None:
    for earlier, later in combinations(CORE, 2):
        assert f"core.{later} " not in statement("core", earlier).replace("\n", " ") + " "


@pytest.mark.parametrize("table", CORE.values(), ids=lambda t: t.name)
def test_the_ddl_is_accepted(table: Table) -> None:
    with duckdb.connect() as db:
        db.execute("CREATE SCHEMA core")
        db.execute(ddl(table))
        assert [c for c, *_ in db.execute(f"DESCRIBE core.{table.name}").fetchall()] == [c.name for c in table.columns]


def test_stages_are_keyed() -> None:
    for record in STAGES.values():
        assert any(c.key for c in columns(record))
