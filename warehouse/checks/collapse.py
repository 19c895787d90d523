"""Compares a built warehouse with the publication before: no table may lose many of its rows, or of its values.

What articles tell of is compared over the articles that both hold: what is new hides no loss, and what was forgotten is
none. How far a table may fall stands in `expectations.yaml`.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from warehouse.checks.expectations import Expectations, ExpectationsError, lacking, measured
from warehouse.checks.model import Failure, Kind, sampled
from warehouse.literals import quoted
from warehouse.memory import bounded
from warehouse.previous import BEFORE, attached
from warehouse.tables import CORE

REMEDY = (
    "where it is meant (changed rules, another model), `parley run --accept-collapse` publishes it this once; else "
    "mend what it comes from and run again"
)
_BUILT = "built"
_HELD = "temp.held"  # the articles that both hold
_GROWING = {"publication", "event_id_history"}  # inherited, and checked by their keys


def collapsed(built: Path, before: Path, expectations: Expectations, *, forgetting: bool = False) -> list[Failure]:
    """The tables of a built file that have fallen too far against the publication before: a file, or a folder of its
    copies.

    With `forgetting` something was forgotten since, and only tables of which each row tells of one article are
    compared. Raises DamagedWarehouseError where the publication before cannot be read.
    """
    with bounded(built) as db:
        db.execute(f"ATTACH {quoted(str(built))} AS {_BUILT} (READ_ONLY)")
        with attached(db, before):
            db.execute(
                f"CREATE TEMP TABLE held AS SELECT it.article_id FROM {BEFORE}.core.article AS it "
                f"SEMI JOIN {_BUILT}.core.article AS now ON it.article_id = now.article_id"
            )
            tables = [table for table in CORE if table not in _GROWING and _there(db, table)]
            try:
                return [f for table in tables for f in _compared(db, table, expectations, forgetting)]
            finally:
                db.execute("USE memory")  # what is attached cannot go while it is in use


def _there(db: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether the publication before has the table: an older version may not have made it."""
    sql = "SELECT 1 FROM duckdb_columns() WHERE database_name = ? AND schema_name = 'core' AND table_name = ?"
    return bool(db.execute(sql, [BEFORE, table]).fetchall())


def _compared(
    db: duckdb.DuckDBPyConnection, table: str, expectations: Expectations, forgetting: bool
) -> Iterator[Failure]:
    among = _of_held(table)
    if forgetting and not _of_one_article(table):
        return
    expected, fall = expectations.tables.get(table), expectations.fall_of(table)
    shares = expected.shares if expected else {}
    db.execute(f"USE {BEFORE}")
    try:
        rows_then, shares_then = measured(db, table, shares, among or "true")
    except ExpectationsError:  # an older version had not all columns
        shares = {}
        rows_then, shares_then = measured(db, table, shares, among or "true")
    db.execute(f"USE {_BUILT}")
    rows, shares_now = measured(db, table, shares, among or "true")
    over = " (over the articles that both hold)" if among else ""
    if rows_then >= fall.from_rows and rows < rows_then * (1 - fall.rows):
        what = f"{rows:,} rows, {rows_then:,} in the publication before{over}: {_gone(rows / rows_then, fall.rows)}"
        yield _failure(db, table, f"{table} rows collapse", what, _lost(table))
    for name, share in shares.items():
        (asked_then, held_then), (asked, held) = shares_then[name], shares_now[name]
        if min(asked_then, asked) < fall.from_rows or held * asked_then >= held_then * asked * (1 - fall.shares):
            continue
        then, now = held_then / asked_then, held / asked
        what = f"{now:.1%} of {asked:,} rows, {then:.1%} in the publication before{over}: "
        what += _gone(now / then, fall.shares)
        yield _failure(db, table, f"{table} share {name} collapse", what, lacking(table, name, share))


def _gone(left: float, most: float) -> str:
    return f"{1 - left:.0%} of it is gone, at most {most:.0%} may go"


def _of_one_article(table: str) -> bool:
    """Whether each row tells of one article; a merged event loses what a forgotten article alone told of it."""
    return table != "article" and any(c.name in ("article_id", "article_event_id") for c in CORE[table].columns)


def _of_held(table: str) -> str | None:
    """The condition on the rows of a table that tell of the articles that both hold; None where rows tell of none."""
    columns = {c.name for c in CORE[table].columns}
    held = f"article_id IN (SELECT article_id FROM {_HELD})"
    if table == "article":
        return None
    if "article_id" in columns:
        return held
    for key in ("article_event_id", "event_id"):
        if key in columns:
            return f"{key} IN (SELECT {key} FROM core.article_event WHERE {held})"
    return None


def _lost(table: str) -> str:
    """The query that shows the rows of before whose keys are no more, but for those of articles that are no more."""
    columns = {c.name for c in CORE[table].columns}
    key = CORE[table].key
    listed = ", ".join(f'"{k}"' for k in key)
    sql = f"SELECT {listed} FROM {BEFORE}.core.{table} ANTI JOIN core.{table} USING ({listed})"
    here = " WHERE article_id IN (SELECT article_id FROM core.article)"
    return sql + (here if "article_id" in columns and table != "article" else "")


def _failure(db: duckdb.DuckDBPyConnection, table: str, name: str, what: str, sql: str) -> Failure:
    (found,) = db.execute(f"SELECT count(*) FROM ({sql})").fetchall()
    return Failure(Kind.COLLAPSE, name, table, what, sql, REMEDY, int(found[0]), sampled(db, sql))
