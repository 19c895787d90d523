"""The views of schema marts: those of the contract, and after them the others.

The SELECT of a view stands in `sql/marts/NAME.sql`; a view may show those before it. That of a macro stands in
`sql/macros/NAME.sql`. Tables (`tables.py`) do not belong here.
"""

from warehouse.count_views import COUNT_VIEWS
from warehouse.event_views import EVENT_VIEWS
from warehouse.history_views import HISTORY_VIEWS
from warehouse.views import View, declared, own

MARTS: dict[str, View] = declared(
    (
        View(
            "events",
            "An event: what, when, where, how sure, on how much evidence",
            ("event",),
            key=("event_id",),
            about="One event is one row, however many articles tell of it. Not every event happened: filter on "
            "`status`, or join event_statuses and ask for `realised`.",
        ),
        View(
            "event_participants",
            "An actor in an event, in one role",
            ("event_participant", "actor"),
            key=("event_id", "actor_id", "role"),
            about="An actor with two roles in one event has two rows.",
        ),
        View(
            "event_evidence",
            "A place in an article where an event is told, with exact offsets into marts.articles.text",
            ("event_mention", "article_event", "article"),
            key=("article_event_id", "trigger_start", "trigger_end", "rule"),
            about="Superseded versions are included as evidence: join marts.articles and ask for `superseded_by IS "
            "NULL` to leave them out.",
        ),
        View(
            "article_events",
            "What one article says of one event, before merging across articles",
            ("article_event", "article"),
            {"sentences": own("The sentences of the article that tell of it, in the order of the text")},
            key=("article_event_id",),
            about="Superseded versions are included.",
        ),
        View(
            "articles",
            "An article in one version, with its clean text",
            ("article",),
            {
                "sentences_added": own(
                    "Sentences that the version before it lacks, boilerplate left out; null where there is none",
                    nullable=True,
                    unit="sentences",
                ),
                "sentences_removed": own(
                    "Sentences of the version before it that it lacks, boilerplate left out; null where there is none",
                    nullable=True,
                    unit="sentences",
                ),
            },
            key=("article_id",),
            about="`WHERE superseded_by IS NULL` leaves the newest version of each.",
        ),
        *EVENT_VIEWS,
        *COUNT_VIEWS,
        *HISTORY_VIEWS,
    )
)
# What can be copied to files: the views that show the same whenever they are asked.
LASTING = tuple(name for name, view in MARTS.items() if not view.live)
