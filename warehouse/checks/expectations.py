"""How much a sound warehouse holds: counts and shares that are expected of each table, each with its reason.

The numbers stand in `expectations.yaml` beside this and, for one home, in a file of its own. What must hold of every
row is in `generated.py` and `own.py`; the comparison with the publication before in `collapse.py`.
"""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import duckdb
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from warehouse.checks.model import Failure, Kind, sampled
from warehouse.tables import CORE

REMEDY = (
    "look at the newest articles and at `parley sources --check`; where your articles are like that, write the bound "
    "that fits them into expectations.yaml in the home (docs/checks.md)"
)
_Share = Annotated[float, Field(ge=0, le=1)]
_Reason = Annotated[str, Field(min_length=10)]


class ExpectationsError(ValueError):
    """The file of expectations cannot be used; the message says what to mend in it."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Rows(_Entry):
    """At least so many rows: for each row of table `per` (for which `where` holds), asked from `from_rows` of those."""

    at_least: Annotated[float, Field(ge=0)]
    per: str | None = None
    where: str = "true"
    from_rows: Annotated[int, Field(ge=1)] = 1
    reason: _Reason


class Share(_Entry):
    """The least share of the rows (for which `where` holds) for which `holds` does: by default, that have a value in
    the column of the entry's name."""

    at_least: _Share
    where: str = "true"
    holds: str | None = None
    from_rows: Annotated[int, Field(ge=1)]
    reason: _Reason


class Fall(_Entry):
    """The largest part of the rows and of each share that may go from one publication to the next."""

    rows: _Share
    shares: _Share
    from_rows: Annotated[int, Field(ge=1)]
    reason: _Reason


class Expected(_Entry):
    """What is expected of a table; `note` says why nothing is."""

    rows: Rows | None = None
    shares: dict[str, Share] = {}
    fall: Fall | None = None
    note: str | None = None


class Changes(_Entry):
    """What the file of one home says: entries that take the place of ours."""

    fall: Fall | None = None
    tables: dict[str, Expected] = {}

    @model_validator(mode="after")
    def _names(self) -> "Changes":
        for name, expected in self.tables.items():
            if name not in CORE:
                raise ValueError(f"there is no table core.{name}: {', '.join(CORE)}")
            if expected.rows and expected.rows.per and expected.rows.per not in CORE:
                raise ValueError(f"tables.{name}.rows.per: there is no table core.{expected.rows.per}")
            columns = {c.name for c in CORE[name].columns}
            for share, entry in expected.shares.items():
                if entry.holds is None and share not in columns:
                    raise ValueError(
                        f"tables.{name}.shares: core.{name} has no column {share}, and `holds` is not given"
                    )
        return self


class Expectations(Changes):
    """What is expected of all tables."""

    fall: Fall

    def changed(self, changes: Changes) -> "Expectations":
        """These, but for what the changes say."""
        tables = dict(self.tables)
        for name, new in changes.tables.items():
            old = tables.get(name, Expected())
            tables[name] = Expected(
                rows=new.rows or old.rows, shares=old.shares | new.shares, fall=new.fall or old.fall, note=new.note
            )
        return Expectations(fall=changes.fall or self.fall, tables=tables)

    def fall_of(self, table: str) -> Fall:
        """By how much a table may fall."""
        return (self.tables[table].fall if table in self.tables else None) or self.fall


def load(own: Path | None = None) -> Expectations:
    """Our expectations, with the changes of a home's own file where there is one.

    Raises ExpectationsError where that cannot be used.
    """
    text = (files("warehouse") / "checks" / "expectations.yaml").read_text(encoding="utf-8")
    ours = Expectations.model_validate(yaml.safe_load(text))
    if own is None or not own.exists():
        return ours
    try:
        return ours.changed(Changes.model_validate(yaml.safe_load(own.read_text(encoding="utf-8")) or {}))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ExpectationsError(f"{own.name}: {where + ': ' if where else ''}{first['msg']}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ExpectationsError(f"{own.name} is no YAML: {' '.join(str(error).split())}") from error


def holds(name: str, share: Share) -> str:
    """The condition of a share."""
    return share.holds or f'"{name}" IS NOT NULL'


def measured(
    db: duckdb.DuckDBPyConnection, table: str, shares: dict[str, Share], among: str = "true"
) -> tuple[int, dict[str, tuple[int, int]]]:
    """Rows of a table, and for each share of how many rows it is asked and for how many it holds; one pass.

    `among`: a condition on the rows that count. Raises ExpectationsError for a condition that is no SQL.
    """
    counts = ["count(*)"]
    for name, share in shares.items():
        counts += [
            f"count(*) FILTER (WHERE {share.where})",
            f"count(*) FILTER (WHERE ({share.where}) AND ({holds(name, share)}))",
        ]
    row = _ask(db, f"SELECT {', '.join(counts)} FROM core.{table} WHERE {among}", table)
    pairs = zip(row[1::2], row[2::2], strict=True)
    return row[0], dict(zip(shares, pairs, strict=True))


def _ask(db: duckdb.DuckDBPyConnection, sql: str, table: str) -> tuple[int, ...]:
    try:
        (row,) = db.execute(sql).fetchall()
    except (duckdb.ParserException, duckdb.BinderException, duckdb.ConversionException) as error:
        raise ExpectationsError(f"expectations of {table}: {str(error).splitlines()[0]}") from error
    return tuple(row)


def unmet(db: duckdb.DuckDBPyConnection, expectations: Expectations) -> list[Failure]:
    """What the warehouse of a connection does not hold of what is expected. Raises ExpectationsError as `measured`."""
    found: list[Failure] = []
    for table, expected in expectations.tables.items():
        rows, shares = measured(db, table, expected.shares)
        if expected.rows:
            found += _too_few(db, table, rows, expected.rows)
        for name, share in expected.shares.items():
            found += _too_small(db, table, name, share, *shares[name])
    return found


def _too_few(db: duckdb.DuckDBPyConnection, table: str, rows: int, least: Rows) -> Iterator[Failure]:
    if least.per is None:
        wanted, per = least.at_least, ""
        of = f"SELECT count(*) FROM core.{table}"
    else:
        (base,) = _ask(db, f"SELECT count(*) FROM core.{least.per} WHERE {least.where}", table)
        condition = "" if least.where == "true" else f" with {least.where}"
        wanted, per = least.at_least * base, f" for {base:,} rows of {least.per}{condition}"
        of = f"SELECT (SELECT count(*) FROM core.{table}), (SELECT count(*) FROM core.{least.per} WHERE {least.where})"
        if base < least.from_rows:
            return
    if rows < wanted:
        what = f"{rows:,} rows{per}, expected: {wanted:,.0f} or more. {least.reason}"
        yield Failure(Kind.EXPECTATIONS, f"{table} rows", table, what, of, REMEDY)


def _too_small(
    db: duckdb.DuckDBPyConnection, table: str, name: str, share: Share, asked: int, held: int
) -> Iterator[Failure]:
    if asked < share.from_rows or held >= share.at_least * asked:
        return
    what = f"{held / asked:.1%} of {asked:,} rows, expected: {share.at_least:.0%} or more. {share.reason}"
    sql = lacking(table, name, share)
    yield Failure(Kind.EXPECTATIONS, f"{table} share {name}", table, what, sql, REMEDY, asked - held, sampled(db, sql))


def lacking(table: str, name: str, share: Share) -> str:
    """The query that shows the rows for which a share does not hold."""
    key = ", ".join(f'"{k}"' for k in CORE[table].key)
    return f"SELECT {key} FROM core.{table} WHERE ({share.where}) AND ({holds(name, share)}) IS NOT TRUE"
