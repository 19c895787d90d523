"""The columns of core.event that show what other tables tell of an event, worked out once while building.

How they are made stands in `sql/core/event.sql` and `sql/macros/events_at.sql`; what an event is by itself does not
belong here (`tables.py`).
"""

from warehouse.columns import Column, added

# Of an event of which only superseded articles tell, which marts.events leaves out, the counts are 0.
SHOWN: tuple[Column, ...] = (
    added("summary", "VARCHAR", "The event in one line"),
    added("article_count", "BIGINT", "Articles that tell of it, superseded ones left out", unit="articles", minimum=0),
    added("mention_count", "BIGINT", "Mentions in those articles", unit="mentions", minimum=0),
    added(
        "first_published_at",
        "TIMESTAMP",
        "When the first dated article that tells of it was published, in UTC; null where none is dated",
        nullable=True,
    ),
    added(
        "last_published_at",
        "TIMESTAMP",
        "When the last dated article that tells of it was published, in UTC; null where none is dated",
        nullable=True,
    ),
    added(
        "independent_source_count",
        "BIGINT",
        "Sources that tell of it, a copy counted to the source that published it first, superseded articles left out",
        unit="sources",
        minimum=0,
    ),
    added("participants", "VARCHAR[]", "Names of all who take part, in whatever role, sorted"),
    added("hosts", "VARCHAR[]", "Names of those at whose place or invitation a meeting is held, sorted"),
    added("mediators", "VARCHAR[]", "Names of those who help the others to agree, sorted"),
    added("proposers", "VARCHAR[]", "Names of those who ask for a ceasefire or offer it, sorted"),
    added("parties", "VARCHAR[]", "Names of those who are to stop shooting, sorted"),
    added("violators", "VARCHAR[]", "Names of those who broke a ceasefire or are said to have, sorted"),
    added("senders", "VARCHAR[]", "Names of those who punish by sanctions, sorted"),
    added("targets", "VARCHAR[]", "Names of those who are punished by sanctions, sorted"),
    added("persons", "VARCHAR[]", "Names of the participants who are persons, sorted"),
    added("states", "VARCHAR[]", "Names of the participants that are states, sorted"),
    added("organisations", "VARCHAR[]", "Names of the participants that are organisations, sorted"),
    added("armed_groups", "VARCHAR[]", "Names of the participants that are armed groups, sorted"),
    added("countries", "VARCHAR[]", "ISO 3166-1 alpha-3 codes of the participants' countries, sorted"),
    added("sender_countries", "VARCHAR[]", "ISO 3166-1 alpha-3 codes of the senders' countries, sorted"),
    added("target_countries", "VARCHAR[]", "ISO 3166-1 alpha-3 codes of the targets' countries, sorted"),
    added("target_kinds", "VARCHAR[]", "Kinds of actor among the targets (person, state, organisation …), sorted"),
    added("participant_count", "BIGINT", "Actors that take part", unit="actors", minimum=0),
    added(
        "side_count",
        "BIGINT",
        "Sides that meet: each country, and each armed group or actor without a country; "
        "a mediator is none, and a host only where fewer than two others take part",
        unit="sides",
        minimum=0,
    ),
    added(
        "thread_id",
        "VARCHAR",
        "The thread: the least event_id in it; its own of an event without links",
        references="event.event_id",
    ),
    added("position", "BIGINT", "Place in the thread, from 1: by first day, stage and first article", minimum=1),
    added("thread_size", "BIGINT", "Events in the thread of which some article of now tells", unit="events", minimum=1),
    added(
        "previous_event_id",
        "VARCHAR",
        "The event before it in the thread; null for the first",
        nullable=True,
        references="event.event_id",
    ),
    added(
        "next_event_id",
        "VARCHAR",
        "The event after it in the thread; null for the last",
        nullable=True,
        references="event.event_id",
    ),
    added(
        "days_since_previous",
        "BIGINT",
        "Days from the first day of the event before it to its own first day; null for the first and where either is "
        "undated",
        nullable=True,
        unit="days",
    ),
    added("previous_event_ids", "VARCHAR[]", "Events that are the stage before it, sorted; empty where none is known"),
    added("next_event_ids", "VARCHAR[]", "Events that are the stage after it, sorted; empty where none is known"),
)
