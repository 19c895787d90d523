"""What must hold before a built warehouse may be published: queries that return the rows that break it.

`generated.py` makes them from the columns, `own.py` says the rest, `expectations.py` how much is expected, and
`collapse.py` compares with the publication before. What happens to a build that fails does not belong here.
"""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import duckdb

from warehouse.checks.expectations import Expectations, load, unmet
from warehouse.checks.generated import table_checks
from warehouse.checks.model import Check, Failure, Kind, sampled
from warehouse.checks.own import OWN
from warehouse.memory import bounded
from warehouse.publish import LOCKED_DOWN
from warehouse.tables import CORE

__all__ = ("CHECKS", "Check", "Failure", "Kind", "failing", "failures")

CHECKS: tuple[Check, ...] = (*(c for table in CORE.values() for c in table_checks(table)), *OWN)


def failures(path: Path, expected: Expectations | None = None) -> list[Failure]:
    """Runs the checks on a built file, which it opens once; returns those that failed.

    `expected`: how much it is to hold, by default what `expectations.yaml` says. Raises ExpectationsError where a
    condition of those is no SQL.
    """
    with bounded(path, path, LOCKED_DOWN) as db:
        return [*failing(db), *unmet(db, expected or load())]


def failing(db: duckdb.DuckDBPyConnection, table: str | None = None) -> list[Failure]:
    """The checks (of one table) that find rows in the warehouse of a connection."""
    asked = sorted((c for c in CHECKS if table in (None, c.table)), key=lambda c: c.table)
    counts: dict[str, int] = {}
    for _, own in groupby(asked, lambda c: c.table):
        counts |= _counted(db, list(own))
    return [_failure(db, check, counts[check.name]) for check in CHECKS if counts.get(check.name)]


def _counted(db: duckdb.DuckDBPyConnection, checks: Sequence[Check]) -> dict[str, int]:
    """The rows that break each check of one table, by its name: one pass for all that look at one row at a time."""
    together = [check for check in checks if check.condition is not None]
    counts: dict[str, int] = {}
    if together:
        sums = ", ".join(f"count(*) FILTER (WHERE {check.condition})" for check in together)
        found = _one(db, f"SELECT {sums} FROM core.{together[0].table}")
        counts = {check.name: count for check, count in zip(together, found, strict=True)}
    alone = (check for check in checks if check.condition is None)
    return counts | {check.name: _one(db, f"SELECT count(*) FROM ({check.sql})")[0] for check in alone}


def _one(db: duckdb.DuckDBPyConnection, sql: str) -> Sequence[int]:
    (row,) = db.execute(sql).fetchall()
    return tuple(int(value) for value in row)


def _failure(db: duckdb.DuckDBPyConnection, check: Check, count: int) -> Failure:
    what = f"{count:,} row{'s' * (count != 1)}; {check.why}"
    return Failure(check.kind, check.name, check.table, what, check.sql, check.remedy, count, sampled(db, check.sql))
