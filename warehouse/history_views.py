"""The views that tell of the warehouse itself: its publications, and how fresh it is. Views of what is in it stand in
`event_views.py` and `count_views.py`."""

from warehouse.columns import Column
from warehouse.views import View, own


def _more(what: str) -> Column:
    return own(f"{what.capitalize()} more than in the one before; negative: fewer", unit=what, nullable=True)


def _age(what: str) -> Column:
    return own(f"Time since {what}, as of now; negative where it lies ahead", unit="hours", nullable=True)


HISTORY_VIEWS = (
    View(
        "publications",
        "A publication of this warehouse, with what changed since the one before",
        ("publication",),
        {
            "previous_publication_id": own("The publication before it; null for the first", nullable=True),
            "hours_since_previous": own("Time since the one before", unit="hours", nullable=True),
            "batches_added": _more("batches"),
            "articles_added": _more("articles"),
            "mentions_added": _more("mentions"),
            "events_added": _more("events"),
            "rejected_added": _more("records"),
            "model_changed": own("Whether the language model is another than in the one before", nullable=True),
            "rules_changed": own("Whether the rules or tables are others than in the one before", nullable=True),
        },
        key=("publication_id", "published_at"),
        about="Oldest first. What `parley forget` takes out makes counts fall.",
    ),
    View(
        "freshness",
        "The publication that this file holds: what made it, and how old it and the newest of what is in it are now",
        ("publication",),
        {
            "hours_since_published": _age("it was built"),
            "newest_article_published_at": own("When its newest dated article was published, in UTC", nullable=True),
            "hours_since_newest_article": _age("that"),
            "newest_batch_landed_at": own("When the newest batch in it landed, in UTC", nullable=True),
            "hours_since_newest_batch": _age("that"),
        },
        key=("publication_id",),
        about="One row.",
        live=True,
    ),
)
