"""The checks that follow from the columns: null, accepted values, bounds, keys, references.

What a column may hold stands in `transforms/records.py` and `warehouse/tables.py`; checks that no column can say are in
`own.py`.
"""

from collections.abc import Iterator
from datetime import date

from warehouse.checks.model import Check, Kind
from warehouse.columns import Column
from warehouse.literals import quoted
from warehouse.tables import Table


def row_check(kind: Kind, name: str, table: Table, columns: tuple[str, ...], condition: str, why: str) -> Check:
    """A check that looks at one row at a time; the key is shown with the columns."""
    shown = tuple(f'"{c}"' for c in dict.fromkeys((*table.key, *columns)))
    return Check(kind, name, table.name, shown, f"FROM core.{table.name} WHERE {condition}", why, condition)


def orphan_check(
    kind: Kind,
    name: str,
    table: Table,
    on: tuple[str, ...],
    other: str,
    why: str,
    columns: tuple[str, ...] | None = None,
) -> Check:
    """A check that the values of columns `on`, where they are not null, stand in `columns` of the relation `other`."""
    shown = tuple(f'it."{c}"' for c in dict.fromkeys((*table.key, *on)))
    pairs = zip(on, columns or on, strict=True)
    joined = " AND ".join(f'it."{mine}" = other."{theirs}"' for mine, theirs in pairs)
    given = " AND ".join(f'it."{c}" IS NOT NULL' for c in on)
    # Not NOT IN: an anti-join, however many columns there are, and a null on the other side hides nothing.
    source = f"FROM core.{table.name} AS it ANTI JOIN {other} AS other ON {joined} WHERE {given}"
    return Check(kind, name, table.name, shown, source, why)


def table_checks(table: Table) -> Iterator[Check]:
    """The checks of a table that follow from its columns."""
    for c in table.columns:
        yield from _column_checks(table, c)
    if table.key:
        key = ", ".join(f'"{k}"' for k in table.key)
        source = f"FROM core.{table.name} GROUP BY ALL HAVING count(*) > 1"
        columns = (*(f'"{k}"' for k in table.key), "count(*) AS times")
        yield Check(Kind.KEYS, f"{table.name} key", table.name, columns, source, f"({key}) names one row")


def _column_checks(table: Table, c: Column) -> Iterator[Check]:
    name = f"{table.name}.{c.name}"
    if not c.nullable:
        yield row_check(Kind.VALUES, f"{name} not null", table, (c.name,), f'"{c.name}" IS NULL', "it must be given")
    if c.values:
        listed = ", ".join(quoted(v) for v in c.values)
        condition, why = f'"{c.name}" NOT IN ({listed})', f"only {listed} may stand there"
        yield row_check(Kind.VALUES, f"{name} accepted", table, (c.name,), condition, why)
    if c.minimum is not None:
        condition, why = f'"{c.name}" < {_literal(c.minimum)}', f"it is at least {c.minimum}"
        yield row_check(Kind.VALUES, f"{name} minimum", table, (c.name,), condition, why)
    if c.maximum is not None:
        condition, why = f'"{c.name}" > {_literal(c.maximum)}', f"it is at most {c.maximum}"
        yield row_check(Kind.VALUES, f"{name} maximum", table, (c.name,), condition, why)
    if c.references:
        other, column = c.references.split(".")
        yield orphan_check(
            Kind.KEYS, f"{name} refers", table, (c.name,), f"core.{other}", f"it leads to core.{other}", (column,)
        )


def _literal(bound: float | date) -> str:
    return f"DATE '{bound}'" if isinstance(bound, date) else str(bound)
