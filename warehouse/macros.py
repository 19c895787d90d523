"""The macros that are published with the tables: what each takes, what it gives, and what it means.

The SQL of a macro stands in `sql/macros/NAME.sql`. Views (`marts.py`) do not belong here.
"""

from dataclasses import dataclass, field
from typing import Literal

from warehouse.marts import MARTS


@dataclass(frozen=True)
class Macro:
    """A macro that is published with the tables: a `scalar` stands for a value, a `table` for a table.

    `parameters` are name, SQL type and meaning of each. The columns of a table macro are described like those of the
    view `like`, where it has one, else in words of its own. With `as_of` it is that view's own SELECT over the core
    tables as they were at the moment `ts`, and has no file.
    """

    name: str
    kind: Literal["scalar", "table"]
    parameters: tuple[tuple[str, str, str], ...]
    description: str
    example: str = ""
    like: str = ""
    own: dict[str, str] = field(default_factory=dict)
    schema: str = "marts"
    as_of: bool = False

    @property
    def signature(self) -> str:
        """The name with its schema and parameters."""
        return f"{self.schema}.{self.name}({', '.join(name for name, *_ in self.parameters)})"

    @property
    def comment(self) -> str:
        """The description with what each parameter means, for `COMMENT ON` and the dictionary."""
        parts = [self.description, *(f"{name} ({kind}): {what}" for name, kind, what in self.parameters)]
        return ". ".join(part.rstrip(".") for part in parts)

    def column(self, name: str) -> str:
        """What a column of a table macro means. Raises KeyError where nothing says so."""
        return self.own[name] if name in self.own else MARTS[self.like].comment(name)


_TS = ("ts", "TIMESTAMP", "The moment, in UTC: articles of which known_at is no later count")
_WINDOW = (
    ("first", "DATE", "First day of the window"),
    ("last", "DATE", "Last day of the window"),
)


def _helper(name: str, description: str, *parameters: tuple[str, str, str]) -> Macro:
    return Macro(name, "table", parameters or (_TS,), description, schema="core")


def _by_name(*macros: Macro) -> dict[str, Macro]:
    return {macro.name: macro for macro in macros}


# What core.event and the macros of marts are both made by; each may use those before it.
CORE_MACROS = _by_name(
    _helper("known_articles", "Articles that were out at a moment, and whether a later version was"),
    _helper("accounts", "Article events that have a say in their event at a moment"),
    _helper("canonical_events", "One row an event, with the values that its accounts give it at a moment"),
    _helper("participants", "Whom the accounts of an event, with its type and status, name at a moment"),
    _helper("event_counts", "On how much evidence an event stands at a moment"),
    Macro(
        "names",
        "scalar",
        (("actor", "VARCHAR", "A name"), ("listed", "BOOLEAN", "Whether it is to be listed")),
        "The names of a group that are to be listed, once each, in the order of the alphabet",
        schema="core",
    ),
    Macro(
        "event_summary",
        "scalar",
        (
            ("event_type", "VARCHAR", "Its type"),
            ("status", "VARCHAR", "Its status"),
            ("who", "VARCHAR", "Who takes part"),
            ("target", "VARCHAR", "At whom it is aimed, if at anybody"),
            ("place", "VARCHAR", "Where"),
            ("start_date", "DATE", "First day of its interval"),
            ("end_date", "DATE", "Last day of its interval"),
        ),
        "An event in one line",
        schema="core",
    ),
    Macro(
        "period",
        "scalar",
        (
            ("unit", "VARCHAR", "week, month, quarter or year"),
            ("start_date", "DATE", "First day of the interval in which an event lies"),
            ("end_date", "DATE", "Last day of the interval"),
        ),
        "First day of the week, month, quarter or year in which the interval lies whole; null where it lies in none",
        schema="core",
    ),
    _helper("events_at", "What marts.events shows, at a moment, and the events of which nothing told then"),
)
# What stands for the core tables in the SELECT of a view, where it is told as of a moment.
AS_OF = {
    "core.event AS": "core.events_at(ts) AS",
    "core.event_participant AS": "core.participants(ts) AS",
}
MACROS = _by_name(
    Macro(
        "events_as_of",
        "table",
        (_TS,),
        "marts.events as the articles that were out at a moment tell of them; which accounts are one event, and its "
        "event_id, are those of today",
        "SELECT event_id, summary FROM marts.events_as_of('2025-03-01 12:00')",
        like="events",
        as_of=True,
    ),
    Macro(
        "event_participants_as_of",
        "table",
        (_TS,),
        "marts.event_participants as the articles that were out at a moment name them",
        "SELECT * FROM marts.event_participants_as_of('2025-03-01')",
        like="event_participants",
        as_of=True,
    ),
    Macro(
        "event_evidence_as_of",
        "table",
        (_TS,),
        "marts.event_evidence from the articles that were out at a moment, by their known_at",
        "SELECT event_id, sentence FROM marts.event_evidence_as_of('2025-03-01')",
        like="event_evidence",
    ),
    Macro(
        "overlaps",
        "scalar",
        (
            ("start_date", "DATE", "First day of the interval in which the event lies"),
            ("end_date", "DATE", "Last day of that interval"),
            *_WINDOW,
        ),
        "Whether an event may lie in a window: its interval and the window have a day in common; null where either of "
        "its days is",
        "SELECT summary FROM marts.events WHERE marts.overlaps(start_date, end_date, '2025-03-01', '2025-03-31')",
    ),
    Macro(
        "event_days",
        "table",
        _WINDOW,
        "The days of a window on which an event may lie, a row each; undated events have none",
        "SELECT day, sum(share) AS events FROM marts.event_days('2025-03-01', '2025-03-31') GROUP BY day ORDER BY day",
        like="events",
        own={
            "day": "A day on which the event may lie",
            "share": "One divided by the days of the event's whole interval: summed over all days it counts an event "
            "once, over a window that cuts the interval only that part of it. Unit: events",
        },
    ),
)
