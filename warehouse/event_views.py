"""The views that show events one by one: by type, in the calendar, as stages of one thing.

What an event is does not belong here (`docs/events.md`), nor do views that count (`count_views.py`).
"""

from transforms.vocabulary import STATUSES, EventType
from warehouse.columns import Column
from warehouse.views import View, own

_PLACED = "; null where it is undated or its days do not all lie in one"
_DAYS_IN_FORCE = own(
    "Days from effective_start to effective_end, both counted, so as planned at that stage and not as it turned out; "
    "null where either is",
    nullable=True,
    unit="days",
)
_SHOWN = ("marts.events", "marts.event_stages", "marts.event_actors")


def _status(event_type: EventType) -> Column:
    """The statuses of one type, where a view shows no other."""
    stages = STATUSES[event_type]
    return own("What became of it", values=tuple(stages), meanings=tuple(stage.meaning for stage in stages.values()))


EVENT_VIEWS = (
    View(
        "event_statuses",
        "What each status says of an event of each type",
        ("event_status",),
        key=("event_type", "status"),
        about="Join it by event_type and status, or read it once: most questions filter on `realised`.",
    ),
    View(
        "event_calendar",
        "In which day, week, month, quarter and year an event lies, as far as its days tell",
        ("event_status", "event"),
        {
            "days": own(
                "Days in its interval, 1 where the day is known; null where it is undated", nullable=True, unit="days"
            ),
            "day": own("The day" + _PLACED.replace("days do not all lie in one", "day is not known"), nullable=True),
            "week": own("Monday of the week" + _PLACED, nullable=True),
            "month": own("First day of the month" + _PLACED, nullable=True),
            "quarter": own("First day of the quarter" + _PLACED, nullable=True),
            "year": own("First day of the year" + _PLACED, nullable=True),
        },
        key=("event_id",),
        about="For charts over time. An event is never spread or put at the beginning of a longer interval: one known "
        "to lie in 2021 has a year and no month. Who wants it spread over its days asks the macro event_days.",
    ),
    View(
        "event_stages",
        "An event as a stage of one thing: what came before it and what followed",
        ("event", "marts.event_calendar"),
        key=("event_id",),
        about="Meetings are linked by the same days and parties, truces and sanctions by the same parties within 92 "
        "days.",
    ),
    View(
        "event_links",
        "Two stages of one thing, readable",
        ("event_link", "marts.events"),
        {
            "linked_status": own("Status of the later stage"),
            "linked_start_date": own("First day of the interval in which the later stage lies"),
            "linked_end_date": own("Last day of that interval"),
            "linked_summary": own("The later stage in one line"),
            "days_between": own(
                "Days from the first day of the earlier stage to the first day of the later one; negative where the "
                "earlier one's interval begins later",
                unit="days",
            ),
        },
        key=("event_id", "linked_event_id"),
    ),
    View(
        "event_timeline",
        "An event at its place in its thread: all stages of one thing in order",
        ("event", "marts.event_calendar"),
        key=("event_id",),
        about="`WHERE thread_size > 1 ORDER BY thread_id, position` reads one story after the other. Stages "
        "without a day are not linked, nor are those of truces and sanctions more than 92 days apart: look for them by "
        "their parties.",
    ),
    View(
        "event_actors",
        "An event with those who take part, in lists by role and kind",
        ("event",),
        key=("event_id",),
        about="Lists are empty where no article tells. `list_contains(participants, 'Peru')` finds a name, "
        "`unnest(target_countries)` gives a row per country.",
    ),
    View(
        "meetings",
        "A meeting",
        _SHOWN,
        {"status": _status(EventType.MEETING), "is_bilateral": own("Whether just two sides meet")},
        key=("event_id",),
        about="Of every status: `WHERE realised` leaves those that were held or are going on.",
    ),
    View(
        "ceasefires",
        "A stage of a ceasefire",
        _SHOWN,
        {"status": _status(EventType.CEASEFIRE), "days_in_force": _DAYS_IN_FORCE},
        key=("event_id",),
        about="One truce called for, agreed and broken is three rows, of one thread_id where they are linked.",
    ),
    View(
        "sanctions",
        "A stage of sanctions",
        _SHOWN,
        {"status": _status(EventType.SANCTIONS), "days_in_force": _DAYS_IN_FORCE},
        key=("event_id",),
        about="Sanctions have no place. `unnest(target_countries)` gives a row per country, for maps.",
    ),
)
