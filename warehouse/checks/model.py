"""What a check is, and what is told of one that failed. No check, and nothing that runs all, belongs here."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import duckdb

SAMPLE = 5  # rows named of each failure
_WIDEST = 60  # characters of a value that is named

REFRESH = (
    "a fault of Parley's, or a file that an older version made: `parley run --refresh` makes those anew; where it "
    "stays, report this message"
)


class Kind(StrEnum):
    """What a check is about; Dagster shows one blocking check for each."""

    KEYS = "keys_and_references"
    VALUES = "accepted_values"
    INTERVALS = "intervals"
    OFFSETS = "offsets"
    COMPLETENESS = "completeness"
    EXPECTATIONS = "expectations"
    COLLAPSE = "collapse"


@dataclass(frozen=True)
class Check:
    """`columns` of the rows that break it are shown; there must be none.

    `source` is what follows SELECT and the columns. `condition` stands where the check looks at one row of its table
    at a time: such checks are counted together, in one pass over the table.
    """

    kind: Kind
    name: str
    table: str
    columns: tuple[str, ...]
    source: str
    why: str
    condition: str | None = None
    remedy: str = REFRESH

    @property
    def sql(self) -> str:
        """The query that shows every row that breaks it."""
        return f"SELECT {', '.join(self.columns)} {self.source}"


# Columns that hold hashes of ours.
_HASHES = {"article_id", "event_id", "article_event_id", "mention_id", "actor_id", "place_id", "time_expression_id"}
_HASHES |= {"rejected_id", "publication_id", "cluster_id", "batch"}


def sampled(db: duckdb.DuckDBPyConnection, sql: str, most: int = SAMPLE) -> list[dict[str, Any]]:
    """The first rows of a query, by the names of the columns."""
    cursor = db.execute(f"{sql} LIMIT {most}")
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Failure:
    """A check that did not hold: what is wrong, some of the rows, the query that shows all, and what to do about it."""

    kind: Kind
    name: str
    table: str
    what: str
    sql: str
    remedy: str
    count: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def message(self) -> str:
        """All of it, in lines for a terminal."""
        lines = [f"{self.name}: {self.what}"]
        lines += [f"    {_row(row)}" for row in self.rows]
        if len(self.rows) < self.count:
            lines.append(f"    … and {self.count - len(self.rows):,} more")
        lines.append(f"  to see them: {self.sql}")
        lines.append(f"  what to do:  {self.remedy}")
        return "\n".join(lines)

    @property
    def summary(self) -> str:
        """The same without values, which may quote an article: for logs that nothing can be taken out of again.

        Ids are hashes, and stay.
        """
        ids = [str(value) for row in self.rows for name, value in row.items() if name in _HASHES]
        named = f" ({', '.join(ids)})" if ids else ""
        return f"{self.name}: {self.what}{named}. To see them: {self.sql}. What to do: {self.remedy}"


def _row(row: dict[str, Any]) -> str:
    return ", ".join(f"{name} {_shown(value)}" for name, value in row.items())


def _shown(value: Any) -> str:
    text = "null" if value is None else " ".join(str(value).split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
