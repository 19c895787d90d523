"""What the macros of a moment tell, worked out once as of now and in parts, for the making of core.event.

An aggregate over all events at once would not fit into the memory of a small machine; one over some of them does.
What an event shows (`sql/core/event.sql`, `sql/macros`) does not belong here.
"""

import re
from collections.abc import Iterator
from importlib.resources import files

import duckdb

from warehouse.macros import CORE_MACROS

PART = 1_000_000  # events at a time: with some gigabytes of memory no aggregate over so many runs out of it

# The tables of which an event's own rows are read, where an event is worked out.
_OF_EVENTS = ("article_event", "event_mention", "event_participant")


def stage_present(db: duckdb.DuckDBPyConnection) -> None:
    """Makes a view of each macro of a moment in schema `stage`, as of now, over the part that `parts` is at.

    They take from one another what is worked out already; core.event_participant is filled from `stage.participants`.
    """
    _look_at(db, "true")
    db.execute(
        """CREATE VIEW memory.stage.typed_participant AS SELECT participant.*, event.event_type, event.status
        FROM memory.stage.event_participant AS participant JOIN memory.stage.event AS event USING (event_id)"""
    )
    names = [it.name for it in CORE_MACROS.values() if it.kind == "table"]
    for name in names:
        body = (files("warehouse") / "sql" / "macros" / f"{name}.sql").read_text(encoding="utf-8")
        body = body.replace("ts::TIMESTAMP", "'infinity'::TIMESTAMP")
        if name == "events_at":
            body = body.replace("core.participants(ts)", "memory.stage.typed_participant")
        for other in names:
            body = body.replace(f"core.{other}(ts)", f"memory.stage.{other}")
        for table in _OF_EVENTS:
            body = body.replace(f"core.{table} AS", f"memory.stage.{table} AS")
            if re.search(rf"\bcore\.{table}\b", body):
                raise RuntimeError(f"{name}.sql reads core.{table} without a name of its own: give it one with AS")
        body = body.replace(" core.", " warehouse.core.")  # a view looks in its own database first
        # Which articles are known is asked for more than once.
        kind = "TABLE" if name == "known_articles" else "VIEW"
        db.execute(f"CREATE {kind} memory.stage.{name} AS {body}")


def parts(db: duckdb.DuckDBPyConnection, size: int) -> Iterator[None]:
    """The parts of core.event, of about `size` events each, of each of which `stage.told` and
    `stage.event_participant` have the rows while it is at it; before the first of them, what is told of every event
    now is worked out as `stage.every_told`."""
    ((events,),) = db.execute("SELECT count(*) FROM stage.event").fetchall()
    count = max(1, -(-events // size))
    conditions = [f"hash(event_id) % {count} = {part}" if count > 1 else "true" for part in range(count)]
    db.execute("CREATE TABLE memory.stage.every_told AS SELECT * FROM memory.stage.events_at LIMIT 0")
    for condition in conditions:
        _look_at(db, condition)
        db.execute("INSERT INTO memory.stage.every_told SELECT * FROM memory.stage.events_at")
    for condition in conditions:
        _look_at(db, condition)
        db.execute(
            f"CREATE OR REPLACE VIEW memory.stage.told AS SELECT * FROM memory.stage.every_told WHERE {condition}"
        )
        yield


def _look_at(db: duckdb.DuckDBPyConnection, condition: str) -> None:
    for table in _OF_EVENTS:
        db.execute(
            f"CREATE OR REPLACE VIEW memory.stage.{table} AS SELECT * FROM warehouse.core.{table} WHERE {condition}"
        )
