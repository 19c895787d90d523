"""The tables in which merged accounts and the events made of them are kept.

They stand in a DuckDB file in the lake, beside the events as everybody reads them, and can be made anew at any time.

What is taken into them (`account_intake.py`) and what they are asked for (`accounts.py`) do not belong here.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import duckdb
import pyarrow as pa

from transforms.events.account import Account, Told
from transforms.events.parties import read_parties
from transforms.events.stages import Stage
from transforms.vocabulary import EventType, Status

_SCHEMA = """
CREATE TABLE made_by (recipe VARCHAR);
CREATE TABLE batch (batch VARCHAR, mentions VARCHAR, dates VARCHAR);
CREATE TABLE landing (batch VARCHAR, article_id VARCHAR);
CREATE TABLE article (article_id VARCHAR, known_at TIMESTAMP, superseded BOOLEAN);
CREATE TABLE account (number INTEGER, article_event_id VARCHAR, article_id VARCHAR, event_type VARCHAR,
    status VARCHAR, start_date DATE, end_date DATE, parties VARCHAR, published DATE, event INTEGER);
CREATE TABLE account_key (key BIGINT, account INTEGER, dated BOOLEAN);
CREATE TABLE event (number INTEGER, event_id VARCHAR, event_type VARCHAR, status VARCHAR, rank UTINYINT,
    first_day DATE, last_day DATE, start_date DATE, end_date DATE,
    parties VARCHAR, article_event_ids VARCHAR[], later_stages VARCHAR[]);
CREATE TABLE event_key (key BIGINT, event INTEGER);
"""

_ACCOUNT = (
    "account.event, account.number, account.article_event_id, account.article_id, account.event_type, account.status, "
    "account.start_date, account.end_date, account.parties, account.published, article.known_at, article.superseded"
)


class AccountTables:
    """The tables, in a database that is open."""

    def __init__(self, db: duckdb.DuckDBPyConnection) -> None:
        self._db = db
        self._numbers: dict[str, int] = {}  # of the accounts that were read

    @classmethod
    def new(cls, db: duckdb.DuckDBPyConnection, recipe: str) -> Self:
        """Makes the tables, empty."""
        db.execute(_SCHEMA)
        db.execute("INSERT INTO made_by VALUES (?)", [recipe])
        return cls(db)

    @property
    def read(self) -> int:
        """How many accounts were read to be merged or to be told from others, the last time that some were merged."""
        return len(self._numbers)

    @property
    def recipe(self) -> str:
        """Fingerprint of what merged them. Raises duckdb.Error where these are not our tables."""
        (found,) = self._db.execute("SELECT recipe FROM made_by").fetchone() or ("",)
        return str(found)

    def batches(self) -> dict[str, tuple[str, str]]:
        """The batches that are in it, with the hashes of what their mentions and dates held."""
        return {batch: (mentions, dates) for batch, mentions, dates in self._db.execute("FROM batch").fetchall()}

    def _insert(self, table: str, rows: Sequence[tuple[Any, ...]], types: Mapping[str, pa.DataType]) -> None:
        if rows:
            self._given(rows, types)
            self._db.execute(f"INSERT INTO {table} BY NAME SELECT * FROM given")
            self._db.unregister("given")

    def _given(self, rows: Sequence[tuple[Any, ...]], types: Mapping[str, pa.DataType]) -> None:
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(types)
        arrays = [pa.array(column, of) for column, of in zip(columns, types.values(), strict=True)]
        self._db.register("given", pa.table(arrays, names=list(types)))

    def _accounts(self, query: str) -> list[tuple[int, Account]]:
        """The accounts of which a query gives the numbers, with their events."""
        rows = self._db.execute(
            f"SELECT {_ACCOUNT} FROM account LEFT JOIN article USING (article_id) WHERE number IN ({query})"
        ).fetchall()
        return [self._account(row) for row in rows]

    def _register(self, **columns: tuple[Sequence[Any], pa.DataType]) -> None:
        self._db.register("probe", pa.table({name: pa.array(*column) for name, column in columns.items()}))

    def _account(self, row: tuple[Any, ...]) -> tuple[int, Account]:
        event, number, key, article, event_type, status, start, end, parties, published, known, superseded = row
        self._numbers[key] = number
        told = Told(key, EventType(event_type), Status(status), start, end, read_parties(parties))
        return event, Account(told, article, published, known, superseded)

    def _stages(self, condition: str) -> list[Stage]:
        names = "event_id, event_type, status, start_date, end_date, parties"
        rows = self._db.execute(f"SELECT {names} FROM event WHERE {condition}").fetchall()
        return [
            Stage(key, EventType(kind), Status(status), (start, end) if start else None, read_parties(parties))
            for key, kind, status, start, end, parties in rows
        ]
