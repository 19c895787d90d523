"""The views and macros of schema marts: what each shows or takes, and what its columns mean.

The SELECT of a view stands in `sql/marts/NAME.sql`; a view may show those before it. That of a macro stands in
`sql/macros/NAME.sql`. Tables (`tables.py`) do not belong here.
"""

from dataclasses import dataclass, field
from typing import Literal

from warehouse.tables import CORE


@dataclass(frozen=True)
class View:
    """A view of schema marts; each column is described as the core column it shows, or in words of its own."""

    name: str
    description: str
    shows: tuple[str, ...]  # core tables in which the columns' descriptions are looked up, in order
    own: dict[str, str] = field(default_factory=dict)

    def comment(self, column: str) -> str:
        """What the column means. Raises KeyError where neither the view nor its tables say so."""
        if column in self.own:
            return self.own[column]
        for name in self.shows:
            for c in CORE[name].columns:
                if c.name == column:
                    return c.comment
        raise KeyError(f"marts.{self.name}.{column} has no description")


MARTS: dict[str, View] = {
    view.name: view
    for view in (
        View(
            "events",
            "Events, one row each: what, when, where, how sure, on how much evidence",
            ("event",),
            {
                "summary": "The event in one line",
                "article_count": "Articles that tell of it, superseded ones left out. Unit: articles",
                "mention_count": "Mentions in those articles. Unit: mentions",
                "first_published_at": "When the first dated article that tells of it was published, in UTC",
                "last_published_at": "When the last dated article that tells of it was published, in UTC",
                "independent_source_count": "Sources that tell of it, a copy counted to the source that published it "
                "first, superseded articles left out. Unit: sources",
            },
        ),
        View(
            "event_participants",
            "Who takes part in which event, in what role",
            ("event_participant", "actor"),
        ),
        View(
            "event_evidence",
            "The sentences that tell of an event, with exact offsets into marts.articles.text",
            ("event_mention", "article_event", "article"),
        ),
        View(
            "article_events",
            "What one article says of one event, before merging across articles",
            ("article_event", "article"),
            {"sentences": "The sentences of the article that tell of it, in the order of the text"},
        ),
        View(
            "articles",
            "Articles with their clean text",
            ("article",),
            {
                "sentences_added": "Sentences that the version before it lacks, boilerplate left out; null where there "
                "is none. Unit: sentences",
                "sentences_removed": "Sentences of the version before it that it lacks, boilerplate left out; null "
                "where there is none. Unit: sentences",
            },
        ),
    )
}


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


_TS = ("ts", "TIMESTAMP", "The moment, in UTC; articles that were out then count, later ones do not")
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
    _helper("participants", "Whom the accounts of an event name at a moment"),
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
)
# What stands for the core tables in the SELECT of a view, where it is told as of a moment.
AS_OF = {
    "core.event AS": "core.canonical_events(ts) AS",
    "core.event_participant AS": "core.participants(ts) AS",
    "'infinity'": "ts",
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
        "marts.event_evidence from the articles that were out at a moment",
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
        "Whether an event may lie in a window: its interval and the window have a day in common; null where it has no "
        "date",
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
            "once. Unit: events",
        },
    ),
)
