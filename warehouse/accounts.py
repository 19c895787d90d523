"""Puts events in the place of others, and tells which of the accounts and events that are kept are near to given ones.

How they are kept (`account_tables.py`), how accounts come in (`account_intake.py`), which of them merge
(`transforms/events`) and when the file is current (`pipelines/merging.py`) do not belong here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from transforms.events.account import NEAR, Account
from transforms.events.blocking import keys, months, shifted
from transforms.events.merge import staged
from transforms.events.parties import written_parties
from transforms.events.remerge import Numbered, Remade
from transforms.events.stages import STAGE_WINDOW, Stage, interval, rank, reach
from transforms.records import Event
from warehouse.account_intake import AccountIntake
from warehouse.columns import arrow_schema

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


class Accounts(AccountIntake):
    """The accounts that are kept, and the events made of them."""

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
