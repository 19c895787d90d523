"""The views of schema marts: what each shows, and what its columns mean.

The SELECT of a view stands in `sql/marts/NAME.sql`; a view may show those before it. Tables (`tables.py`) do not belong
here.
"""

from dataclasses import dataclass, field

from warehouse.tables import CORE


@dataclass(frozen=True)
class View:
    """A view of schema marts; each column is described as the core column it shows, or in words of its own.

    A `live` view tells of the moment in which it is asked: no copy is made of it.
    """

    name: str
    description: str
    shows: tuple[str, ...]  # core tables in which the columns' descriptions are looked up, in order
    own: dict[str, str] = field(default_factory=dict)
    live: bool = False

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
        View(
            "publications",
            "The publications of this warehouse, oldest first, each with what changed since the one before",
            ("publication",),
            {
                "previous_publication_id": "The publication before it; null for the first",
                "hours_since_previous": "Time since the one before. Unit: hours",
                "batches_added": "Batches more than in the one before. Unit: batches",
                "articles_added": "Articles more than in the one before, negative where some were forgotten. "
                "Unit: articles",
                "mentions_added": "Mentions more than in the one before, negative where there are fewer. "
                "Unit: mentions",
                "events_added": "Events more than in the one before, negative where there are fewer. Unit: events",
                "rejected_added": "Rejected records more than in the one before. Unit: records",
                "model_changed": "Whether the language model is another than in the one before",
                "rules_changed": "Whether the rules or tables are others than in the one before",
            },
        ),
        View(
            "freshness",
            "One row: which publication this is, what made it, and how old it and the newest of what is in it are now",
            ("publication",),
            {
                "hours_since_published": "Time since it was built, as of now. Unit: hours",
                "newest_article_published_at": "When the newest dated article in it was published, in UTC",
                "hours_since_newest_article": "Time since that, as of now; negative where it is dated ahead. "
                "Unit: hours",
                "newest_batch_landed_at": "When the newest batch in it landed, in UTC",
                "hours_since_newest_batch": "Time since that, as of now. Unit: hours",
            },
            live=True,
        ),
    )
}
# What can be copied to files: the views that show the same whenever they are asked.
LASTING = tuple(name for name, view in MARTS.items() if not view.live)
