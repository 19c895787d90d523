"""The views that count: actors, who met whom, calendar, sources, quality. Views that show events one by one stand in
`event_views.py`."""

from warehouse.columns import Column
from warehouse.views import View, own

_PAIR = {
    "month": own(
        "First day of the month of the events; null for those that are undated or cannot be placed in one month",
        nullable=True,
    ),
    "first_date": own("First day of the earliest of them; null where all are undated", nullable=True),
    "last_date": own("Last day of the latest of them; null where all are undated", nullable=True),
    "event_ids": own("The events, sorted; `unnest(event_ids)` leads to marts.events"),
}
_COUNTRY = "country.country_code"
_TWICE = "Each pair stands twice, once from either side, so that one filter finds all partners"


def _count(what: str, unit: str = "events") -> Column:
    return own(what, unit=unit, minimum=0)


COUNT_VIEWS = (
    View(
        "actors",
        "An actor: who takes part in events, with names and counts",
        ("actor",),
        {
            "aliases": own("Names under which articles speak of it, sorted"),
            "event_count": _count("Events in which it takes part, of every status"),
            "realised_count": _count("Of these, those that came about (see event_statuses)"),
            "meeting_count": _count("Of its events, meetings"),
            "ceasefire_count": _count("Of its events, ceasefires"),
            "sanctions_count": _count("Of its events, sanctions"),
            "sanctions_sent_count": _count("Of these, those in which it is a sender"),
            "sanctions_received_count": _count("Of these, those in which it is a target"),
            "first_event_date": own("First day of the earliest of its dated events", nullable=True),
            "last_event_date": own("Last day of the latest of its dated events", nullable=True),
        },
        key=("actor_id",),
    ),
    View(
        "actor_pairs",
        "Two actors and a month: how often the two met",
        ("actor",),
        {
            "other_actor_id": own("The other actor", references="actor.actor_id"),
            "other_actor": own("Name of the other actor"),
            "other_actor_kind": own("What sort of actor the other is, as in actor_kind"),
            "other_country_code": own(
                "ISO 3166-1 alpha-3 code of the other actor's country", nullable=True, references=_COUNTRY
            ),
            "meeting_count": own("Meetings of the two that were held or are going on", unit="meetings", minimum=1),
            **_PAIR,
        },
        key=("actor_id", "other_actor_id", "month"),
        about=f"{_TWICE}; `WHERE actor_id < other_actor_id` leaves each once. A meeting that cannot be placed in one "
        "month counts in the row without a month. A person and the state of the same country are a pair only where "
        "no other country takes part: articles name now the minister, now the state.",
    ),
    View(
        "countries",
        "A country or territory: its name for the codes that the other views have",
        ("country",),
        key=("country_code",),
        about="All of ISO 3166-1 and Kosovo, with events or without: join it for the name of any country_code.",
    ),
    View(
        "country_pairs",
        "Two countries, a type of event and a month: how many events have actors of both",
        ("event_status",),
        {
            "country_code": own(
                "ISO 3166-1 alpha-3 code of a country; of sanctions, the sender's", references=_COUNTRY
            ),
            "other_country_code": own(
                "ISO 3166-1 alpha-3 code of the other country; of sanctions, the target's", references=_COUNTRY
            ),
            "event_count": own("Events, of every status; each counted once", unit="events", minimum=1),
            "realised_count": _count("Of these, those that came about (see event_statuses)"),
            **_PAIR,
        },
        key=("event_type", "country_code", "other_country_code", "month"),
        about=f"{_TWICE}; sanctions lead from sender to target and stand once. An event that cannot be placed in one "
        "month counts in the row without a month: sum over the months for a total. Actors without a country do not "
        "count.",
    ),
    View(
        "dim_date",
        "A calendar day",
        (),
        {
            "date": own("The day"),
            "year_number": own("Year"),
            "quarter_number": own("Quarter of the year, 1 to 4"),
            "month_number": own("Month of the year, 1 to 12"),
            "month_name": own("Name of the month, in English"),
            "day_of_month": own("Day of the month, 1 to 31"),
            "day_of_year": own("Day of the year, 1 to 366"),
            "iso_year": own("Year of the ISO week, which may differ from the day's in the first and last days"),
            "iso_week": own("ISO week of that year, 1 to 53"),
            "weekday": own("Day of the week, 1 for Monday to 7 for Sunday"),
            "weekday_name": own("Name of the weekday, in English"),
            "is_weekend": own("Whether it is a Saturday or Sunday"),
            "week": own("Monday of its week"),
            "month": own("First day of its month"),
            "quarter": own("First day of its quarter"),
            "year": own("First day of its year"),
            "month_end": own("Last day of its month"),
            "is_month_start": own("Whether it is the first day of a month"),
            "is_month_end": own("Whether it is the last day of a month"),
        },
        key=("date",),
        about="Whole years, from that of the earliest day that an event or article has to that of the latest; days "
        "before 1900 and after 2099 do not stretch it. `week`, `month`, `quarter` and `year` join event_calendar.",
    ),
    View(
        "source_coverage",
        "A source: what it brought in, and what it tells that no other does",
        ("source",),
        {
            "version_count": _count("Articles landed, superseded versions included", "articles"),
            "skipped_count": _count(
                "Of its articles, those that were not read, by reason of their language", "articles"
            ),
            "rejected_count": _count("Records that could not be taken in", "records"),
            "undated_count": _count("Of its articles, those whose day of publication is not known", "articles"),
            "undated_share": own("Share of its articles whose day of publication is not known", nullable=True),
            "article_with_event_count": _count("Of its articles, those that tell of an event", "articles"),
            "article_with_event_share": own("Share of its articles that tell of an event", nullable=True),
            "event_count": _count("Events of which it tells"),
            "sole_event_count": _count("Of these, those of which no other source tells, not even by a copy"),
            "sole_event_share": own(
                "Share of its events of which no other source tells; null where it has none", nullable=True
            ),
        },
        key=("source",),
    ),
    View(
        "data_quality",
        "A measure of what is missing or doubtful",
        (),
        {
            "measure": own("Name of the measure"),
            "unit": own("What is counted"),
            "value": own("How many of the total", minimum=0),
            "total": own("How many there are in all", minimum=0),
            "share": own("value / total, from 0 to 1; null where there is none", nullable=True),
            "meaning": own("What is counted, and what follows from it"),
        },
        key=("measure",),
    ),
)
