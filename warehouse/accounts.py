"""The accounts that were merged and the events made of them, as tables that can be asked for what is near to others.

One DuckDB file in the lake, beside the events as everybody reads them; it can be made anew from the lake at any time.
Which accounts merge (`transforms/events`) and when the file is current (`pipelines/merging.py`) do not belong here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import batched
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from transforms.events.account import NEAR, Account, Told
from transforms.events.blocking import keys, months, shifted
from transforms.events.merge import staged
from transforms.events.parties import read_parties, written_parties
from transforms.events.remerge import Numbered, Remade
from transforms.events.stages import STAGE_WINDOW, Stage, interval, rank, reach
from transforms.records import Event
from transforms.vocabulary import EventType, Status
from warehouse.columns import arrow_schema
from warehouse.literals import quoted

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

# The parties as `transforms.events.parties.written_parties` writes them.
_WRITTEN = (
    "array_to_string(list_sort(list_distinct(list_transform(event.participants, lambda p: "
    "concat(p.role, ' ', p.kind, ' ', p.country_code, ' ', p.actor_id)))), ';')"
)
_ACCOUNT = (
    "account.event, account.number, account.article_event_id, account.article_id, account.event_type, account.status, "
    "account.start_date, account.end_date, account.parties, account.published, article.known_at, article.superseded"
)
# What stands under the keys that are looked for. In steps, since the planner knows nothing of how many there are.
_MET = """(
    WITH hit AS MATERIALIZED (FROM account_key SEMI JOIN probe USING (key)),
    found AS MATERIALIZED (
        SELECT key, dated, number, start_date, end_date, published, event FROM hit JOIN account ON number = hit.account
    )
    SELECT * FROM found JOIN probe USING (key)
)"""
_LINKED = """(
    WITH hit AS MATERIALIZED (FROM event_key SEMI JOIN probe USING (key)),
    found AS MATERIALIZED (SELECT key, number, rank, first_day, last_day FROM hit JOIN event ON number = hit.event)
    SELECT * FROM found JOIN probe USING (key)
)"""
_BATCH = "parse_filename(filename, true) AS batch"
_PRESENT = f"""
INSERT INTO present
SELECT
    event.article_event_id, article_id, event.event_type, event.status, event.start_date, event.end_date, {_WRITTEN},
    published_date
FROM
    (SELECT {_BATCH}, article_id, unnest(events) AS event FROM read_parquet({{mentions}}, filename = true)) AS told
    SEMI JOIN owner USING (batch, article_id)
    LEFT JOIN (SELECT {_BATCH}, article_id, published_date FROM read_parquet({{dates}}, filename = true)) AS dated
    USING (batch, article_id)
"""
_SAME = "article_event_id, article_id, event_type, status, start_date, end_date, parties, published"
_EVENT = {
    "number": pa.int32(),
    "event_id": pa.string(),
    "event_type": pa.string(),
    "status": pa.string(),
    "rank": pa.uint8(),
    "first_day": pa.date32(),
    "last_day": pa.date32(),
    "start_date": pa.date32(),
    "end_date": pa.date32(),
    "parties": pa.string(),
    "article_event_ids": pa.list_(pa.string()),
    "later_stages": pa.list_(pa.string()),
}
_NO_DAYS = (None, None)
_AT_ONCE = 50  # files read in one query, so that memory does not grow with the lake


@dataclass(frozen=True)
class Files:
    """What is read of a batch, and the hashes of what the files hold."""

    mentions: Path
    dates: Path
    mentions_content: str
    dates_content: str


class Accounts:
    """The tables, in a database that is open."""

    def __init__(self, db: duckdb.DuckDBPyConnection) -> None:
        self._db = db
        self._numbers: dict[str, int] = {}  # of the accounts that were read

    @classmethod
    def new(cls, db: duckdb.DuckDBPyConnection, recipe: str) -> "Accounts":
        """Makes the tables, empty."""
        db.execute(_SCHEMA)
        db.execute("INSERT INTO made_by VALUES (?)", [recipe])
        return cls(db)

    @property
    def read(self) -> int:
        """How many accounts were read to be merged or to be told from others, the last time that some were merged."""
        return len(self._numbers)

    # --- what is taken in ------------------------------------------------------------------------------------------

    @property
    def recipe(self) -> str:
        """Fingerprint of what merged them. Raises duckdb.Error where these are not our tables."""
        (found,) = self._db.execute("SELECT recipe FROM made_by").fetchone() or ("",)
        return str(found)

    def batches(self) -> dict[str, tuple[str, str]]:
        """The batches that are in it, with the hashes of what their mentions and dates held."""
        return {batch: (mentions, dates) for batch, mentions, dates in self._db.execute("FROM batch").fetchall()}

    def sharing(self, batches: Collection[str], mentions: Sequence[Path]) -> set[str]:
        """Other batches that have an article in common with these, or with those files of mentions."""
        self._register(batch=(list(batches), pa.string()))
        given = f"UNION SELECT article_id FROM read_parquet({_listed(mentions)})" if mentions else ""
        rows = self._db.execute(
            f"""SELECT DISTINCT batch FROM landing SEMI JOIN
            (SELECT article_id FROM landing WHERE batch IN (SELECT batch FROM probe) {given}) USING (article_id)
            WHERE batch NOT IN (SELECT batch FROM probe)"""
        ).fetchall()
        self._db.unregister("probe")
        return {batch for (batch,) in rows}

    def take(self, batches: Mapping[str, "Files | None"], order: Sequence[str]) -> list[str]:
        """Reads batches anew, or drops them (None). `order` is that of landing, of all batches: of an article that
        several have, the accounts of the first one count, so that all of them must be read together (`sharing`).

        New accounts are in no event yet. Returns the ids of those that are no more; they stay until they are dropped.
        """
        db, files = self._db, {batch: one for batch, one in batches.items() if one is not None}
        self._given([(batch,) for batch in batches], {"batch": pa.string()})
        db.execute("CREATE TEMP TABLE former AS SELECT article_id FROM landing WHERE batch IN (FROM given)")
        db.execute("DELETE FROM landing WHERE batch IN (FROM given)")
        db.execute("DELETE FROM batch WHERE batch IN (FROM given)")
        db.unregister("given")
        made_of = [(batch, one.mentions_content, one.dates_content) for batch, one in files.items()]
        self._insert("batch", made_of, dict.fromkeys(("batch", "mentions", "dates"), pa.string()))
        parts = [list(part) for part in batched(files.values(), _AT_ONCE)]
        for part in parts:
            mentions = _listed([one.mentions for one in part])
            db.execute(
                f"INSERT INTO landing SELECT {_BATCH}, article_id FROM read_parquet({mentions}, filename = true)"
            )
        self._given(list(enumerate(order)), {"place": pa.int32(), "batch": pa.string()})
        db.execute(
            """CREATE TEMP TABLE owner AS SELECT article_id, arg_min(batch, place) AS batch
            FROM landing JOIN given USING (batch) GROUP BY article_id"""
        )
        db.unregister("given")
        db.execute(f"CREATE TEMP TABLE present AS SELECT {_SAME} FROM account WHERE false")
        for part in parts:
            mentions, dates = _listed([one.mentions for one in part]), _listed([one.dates for one in part])
            db.execute(_PRESENT.format(mentions=mentions, dates=dates))
        known = f"SELECT {_SAME} FROM account SEMI JOIN former USING (article_id)"
        vanished = db.execute(
            f"""SELECT number, article_event_id FROM account SEMI JOIN former USING (article_id)
            WHERE article_event_id IN (SELECT article_event_id FROM ({known} EXCEPT FROM present))"""
        ).fetchall()
        db.execute(
            f"""INSERT INTO account SELECT
            coalesce((SELECT max(number) FROM account), 0) + row_number() OVER (), *, NULL
            FROM (FROM present EXCEPT {known})"""
        )
        db.execute("DROP TABLE former; DROP TABLE owner; DROP TABLE present")
        self._numbers |= {key: number for number, key in vanished}
        return [key for _, key in vanished]

    def learn(self, clusters: Path) -> list[str]:
        """Takes over from the file of clusters which articles are superseded, and when each was known; returns the
        ids of the merged accounts for which that is another than before. Raises LookupError for an article that is
        in no cluster."""
        db = self._db
        db.execute(
            f"""CREATE TEMP TABLE learnt AS SELECT article_id, known_at, superseded_by IS NOT NULL AS superseded
            FROM read_parquet({quoted(str(clusters))}) EXCEPT FROM article"""
        )
        known = "SELECT article_id FROM article UNION ALL SELECT article_id FROM learnt"
        missing = f"SELECT article_id FROM account EXCEPT ({known})"
        (lost,) = db.execute(f"SELECT count(*) FROM ({missing})").fetchone() or (0,)
        if lost:
            raise LookupError(f"{lost} articles that tell of events are in no cluster")
        db.execute("DELETE FROM article WHERE article_id IN (SELECT article_id FROM learnt)")
        db.execute("INSERT INTO article FROM learnt")
        wanted = "SELECT number FROM account SEMI JOIN learnt USING (article_id) WHERE event IS NOT NULL"
        found = [account.key for _, account in self._accounts(wanted)]
        db.execute("DROP TABLE learnt")
        return found

    def drop(self, accounts: Collection[str]) -> None:
        """Removes accounts that are no more."""
        self._register(number=([self._numbers.pop(key) for key in accounts], pa.int32()))
        self._db.execute("DELETE FROM account WHERE number IN (FROM probe)")
        self._db.execute("DELETE FROM account_key WHERE account IN (FROM probe)")
        self._db.unregister("probe")

    # --- what is merged --------------------------------------------------------------------------------------------

    def unmerged(self, most: int) -> Iterator[list[Account]]:
        """The accounts that are in no event yet, at most so many at once, those of one time together."""
        self._db.execute(
            """CREATE OR REPLACE TEMP TABLE waiting AS SELECT number,
            row_number() OVER (ORDER BY coalesce(start_date, published), number) AS place
            FROM account WHERE event IS NULL"""
        )
        (count,) = self._db.execute("SELECT count(*) FROM waiting").fetchone() or (0,)
        for first in range(1, count + 1, most):
            self._numbers.clear()
            wanted = f"SELECT number FROM waiting WHERE place BETWEEN {first} AND {first + most - 1}"
            yield [account for _, account in self._accounts(wanted)]
        self._db.execute("DROP TABLE waiting")

    def replace(self, remade: Remade) -> tuple[list[Stage], list[Stage]]:
        """Puts the new events in the place of those that are no more; returns these and those. An event that is the
        same to others as before keeps its links, any other one has none yet."""
        self._register(number=(sorted(remade.gone), pa.int32()))
        gone = "number IN (SELECT number FROM probe)"
        before = self._stages(gone)
        links = dict(self._db.execute(f"SELECT event_id, later_stages FROM event WHERE {gone}").fetchall())
        self._db.execute(f"DELETE FROM event WHERE {gone}")
        self._db.execute("DELETE FROM event_key WHERE event IN (SELECT number FROM probe)")
        self._db.unregister("probe")
        after = [staged(accounts) for accounts in remade.made]
        same = set(before).intersection(after)
        rows, members, found = [], [], []
        for stage, accounts in zip(after, remade.made, strict=True):
            numbers = [self._numbers[account.key] for account in accounts]
            number = min(numbers)
            members += [(one, number) for one in numbers]
            own = interval(stage)
            if own is not None:
                found += [(key, number) for key in keys(stage.event_type, stage.participants, months(*own))]
            told = sorted(account.key for account in accounts)
            later = links[stage.event_id] if stage in same else []
            head = (number, stage.event_id, stage.event_type, stage.status, rank(stage))
            rows.append((*head, *(own or _NO_DAYS), *(stage.days or _NO_DAYS), stage.participants, told, later))
        self._insert("event", [(*row[:9], written_parties(row[9]), *row[10:]) for row in rows], _EVENT)
        self._insert("event_key", found, {"key": pa.int64(), "event": pa.int32()})
        self._given(members, {"number": pa.int32(), "event": pa.int32()})
        self._db.execute("UPDATE account SET event = given.event FROM given WHERE account.number = given.number")
        self._db.unregister("given")
        return before, after

    def keep_keys(self, accounts: Iterable[Account]) -> None:
        """Writes down by which keys these accounts are found."""
        found = []
        for account in accounts:
            when = set(months(account.published, account.published)) if account.published else set[int]()
            when.update(months(*account.days) if account.dated else ())
            if account.dated or account.joinable:
                number = self._numbers[account.key]
                found += [(key, number, account.dated) for key in keys(account.told_as, account.parties, when)]
        self._insert("account_key", found, {"key": pa.int64(), "account": pa.int32(), "dated": pa.bool_()})

    def link(self, later: Mapping[str, Sequence[str]]) -> None:
        """Writes the ids of the next stages of these events."""
        self._given(list(later.items()), {"event_id": pa.string(), "later_stages": pa.list_(pa.string())})
        self._db.execute(
            "UPDATE event SET later_stages = given.later_stages FROM given WHERE event.event_id = given.event_id"
        )
        self._db.unregister("given")

    def stages(self, most: int) -> Iterator[list[Stage]]:
        """All events that lie on some day, as `relinked` needs them, at most so many at once, those of one time
        together."""
        self._db.execute(
            """CREATE OR REPLACE TEMP TABLE waiting AS SELECT number,
            row_number() OVER (ORDER BY first_day, number) AS place FROM event WHERE first_day IS NOT NULL"""
        )
        (count,) = self._db.execute("SELECT count(*) FROM waiting").fetchone() or (0,)
        for first in range(1, count + 1, most):
            last = first + most - 1
            yield self._stages(f"number IN (SELECT number FROM waiting WHERE place BETWEEN {first} AND {last})")
        self._db.execute("DROP TABLE waiting")

    def events(self) -> pa.Table:
        """The events as everybody reads them, sorted by id."""
        names = ", ".join(arrow_schema(Event).names)
        return self._db.execute(f"SELECT {names} FROM event ORDER BY event_id").to_arrow_table()

    def _insert(self, table: str, rows: Sequence[tuple[Any, ...]], types: Mapping[str, pa.DataType]) -> None:
        if rows:
            self._given(rows, types)
            self._db.execute(f"INSERT INTO {table} BY NAME SELECT * FROM given")
            self._db.unregister("given")

    def _given(self, rows: Sequence[tuple[Any, ...]], types: Mapping[str, pa.DataType]) -> None:
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(types)
        arrays = [pa.array(column, of) for column, of in zip(columns, types.values(), strict=True)]
        self._db.register("given", pa.table(arrays, names=list(types)))

    # --- asked for by `remerged` -----------------------------------------------------------------------------------

    def told_by(self, accounts: Collection[str]) -> Numbered:
        """See `Merged`."""
        numbers = [self._numbers[key] for key in accounts if key in self._numbers]
        return self._events("SELECT event FROM account SEMI JOIN probe USING (number)", number=(numbers, pa.int32()))

    def sharing_days(self, accounts: Sequence[Account]) -> Numbered:
        """See `Merged`."""
        probe = {(key, *a.days) for a in accounts for key in keys(a.told_as, a.parties, months(*a.days))}
        return self._events(
            f"SELECT event FROM {_MET} WHERE dated AND start_date <= last AND end_date >= first",
            **_probe(probe),
        )

    def published_near(self, accounts: Sequence[Account]) -> Numbered:
        """See `Merged`."""
        return self._events(
            f"SELECT event FROM {_MET} WHERE dated AND published BETWEEN first AND last",
            **_probe(_published(accounts)),
        )

    def undated_near(self, accounts: Sequence[Account]) -> list[Account]:
        """See `Merged`."""
        found = self._read(
            f"SELECT number FROM {_MET} WHERE NOT dated AND event IS NOT NULL AND published BETWEEN first AND last",
            **_probe(_published(accounts)),
        )
        return [account for _, account in found]

    def undated_of(self, articles: Collection[str]) -> list[Account]:
        """See `Merged`."""
        found = self._read(
            """SELECT number FROM account SEMI JOIN probe USING (article_id)
            WHERE start_date IS NULL AND published IS NOT NULL AND event IS NOT NULL""",
            article_id=(list(articles), pa.string()),
        )
        return [account for _, account in found]

    def _events(self, query: str, **probe: tuple[Sequence[Any], pa.DataType]) -> Numbered:
        """The events of which a query over what is looked for gives the numbers, with all their accounts."""
        found: Numbered = {}
        wanted = f"SELECT number FROM account WHERE event IN (SELECT DISTINCT * FROM ({query}))"
        for event, account in self._read(wanted, **probe):
            found.setdefault(event, []).append(account)
        return found

    def _read(self, query: str, **probe: tuple[Sequence[Any], pa.DataType]) -> Iterator[tuple[int, Account]]:
        """The accounts of which a query over what is looked for (`probe`) gives the numbers, with their events."""
        if not next(iter(probe.values()))[0]:
            return
        self._register(**probe)
        found = self._accounts(query)
        self._db.unregister("probe")
        yield from found

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

    # --- asked for by `relinked` -----------------------------------------------------------------------------------

    def followed(self, stages: Sequence[Stage]) -> list[Stage]:
        """See `Linked`."""
        return self._linked(((s, reach(s)) for s in stages), "rank > least AND first_day <= last AND last_day >= first")

    def preceding(self, stages: Sequence[Stage]) -> list[Stage]:
        """See `Linked`."""
        return self._linked(
            ((s, _before(interval(s))) for s in stages), "rank < least AND first_day <= last AND last_day >= first"
        )

    def _linked(self, stages: Iterable[tuple[Stage, tuple[date, date] | None]], condition: str) -> list[Stage]:
        probe = {
            (key, *days, rank(stage))
            for stage, days in stages
            if days is not None
            for key in keys(stage.event_type, stage.participants, months(*days))
        }
        if not probe:
            return []
        columns = list(zip(*probe, strict=True))
        self._register(**_probe(probe), least=(columns[3], pa.uint8()))
        found = self._stages(f"number IN (SELECT DISTINCT number FROM {_LINKED} WHERE {condition})")
        self._db.unregister("probe")
        return found

    def _stages(self, condition: str) -> list[Stage]:
        names = "event_id, event_type, status, start_date, end_date, parties"
        rows = self._db.execute(f"SELECT {names} FROM event WHERE {condition}").fetchall()
        return [
            Stage(key, EventType(kind), Status(status), (start, end) if start else None, read_parties(parties))
            for key, kind, status, start, end, parties in rows
        ]


def _listed(paths: Iterable[Path]) -> str:
    return "[" + ", ".join(quoted(str(path)) for path in paths) + "]"


def _published(accounts: Iterable[Account]) -> set[tuple[int, date, date]]:
    found: set[tuple[int, date, date]] = set()
    for account in accounts:
        if account.published is not None:
            near = shifted(account.published, -NEAR), shifted(account.published, NEAR)
            found.update((key, *near) for key in keys(account.told_as, account.parties, months(*near)))
    return found


def _before(days: tuple[date, date] | None) -> tuple[date, date] | None:
    """The days on which a stage may lie that leads to one on these days."""
    return None if days is None else (shifted(days[0], -STAGE_WINDOW), days[1])


def _probe(rows: Collection[tuple[Any, ...]]) -> dict[str, tuple[Sequence[Any], pa.DataType]]:
    """Keys with the days in which something is looked for, as columns."""
    key, first, last, *_ = zip(*rows, strict=True) if rows else ((), (), ())
    return {"key": (key, pa.int64()), "first": (first, pa.date32()), "last": (last, pa.date32())}
