"""Accounts of events by hand in the core tables that an event's values are chosen from, without the rest of a build."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from transforms.events.codes import all_codes
from transforms.events.merge import Account, merge
from warehouse.build import ddl, macro_ddl
from warehouse.macros import CORE_MACROS
from warehouse.tables import CORE

_LANDED = datetime(2021, 4, 1)
_TABLES = ("article", "article_event", "article_event_participant", "event_mention", "event_code", "actor")


_PARTIES = "SELECT event_id, actor_id, role FROM core.participants($1)"


@dataclass(frozen=True)
class Shown:
    """An event as core.event shows it, and its parties: canonical name and role of each, sorted."""

    values: dict[str, Any]
    parties: list[tuple[str, str]]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


def _insert(db: duckdb.DuckDBPyConnection, table: str, row: Mapping[str, Any]) -> None:
    known = {c.name: row[c.name] for c in CORE[table].columns if c.name in row}
    names, marks = ", ".join(f'"{name}"' for name in known), ", ".join("?" for _ in known)
    db.execute(f"INSERT INTO core.{table} ({names}) VALUES ({marks})", list(known.values()))


def events(*accounts: Account, copies: Mapping[str, str] | None = None, ts: str = "infinity") -> dict[str, Shown]:
    """The events of these accounts at `ts`, by id; `copies` leads from an article to the one it is a copy of."""
    with closing(duckdb.connect(":memory:")) as db:
        db.execute("CREATE SCHEMA core")
        for name in _TABLES:
            db.execute(ddl(CORE[name]))
        for it in CORE_MACROS.values():
            db.execute(macro_ddl(it))
        for code in all_codes():
            _insert(db, "event_code", code.model_dump(mode="json"))
        for key, account in {a.article_id: a for a in accounts}.items():
            out = account.known or datetime.max
            article = {"article_id": key, "cluster_id": (copies or {}).get(key, key)}
            article |= {"known_at": account.known, "known_from": account.known or _LANDED}
            article |= {"superseded_from": out if account.superseded else None}
            _insert(db, "article", article)
        merged = {i: event.event_id for event in merge(accounts) for i in event.article_event_ids}
        names = {p.actor_id: p.canonical for a in accounts for p in a.event.participants}
        for account in accounts:
            own = account.event.article_event_id
            shared = {"article_event_id": own, "event_id": merged[own], "article_id": account.article_id}
            told = account.event.model_dump(mode="json", exclude={"participants"})
            _insert(db, "article_event", told | shared)
            for p in account.event.participants:
                _insert(db, "article_event_participant", shared | {"actor_id": p.actor_id, "role": p.role.value})
        cursor = db.execute("SELECT * FROM core.canonical_events($1)", [ts])
        columns = [d[0] for d in cursor.description]
        shown = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
        parties: dict[str, list[tuple[str, str]]] = {row["event_id"]: [] for row in shown}
        for event_id, actor_id, role in db.execute(_PARTIES, [ts]).fetchall():
            parties[event_id].append((names[actor_id], role))
        return {row["event_id"]: Shown(row, sorted(parties[row["event_id"]])) for row in shown}


def event(*accounts: Account, copies: Mapping[str, str] | None = None, ts: str = "infinity") -> Shown:
    """The one event that these accounts tell of."""
    (shown,) = events(*accounts, copies=copies, ts=ts).values()
    return shown
