"""The tables of the warehouse: which record each is made from, its key, and the columns that SQL adds to the record's.

DDL, comments, checks and the data dictionary are made from here. The SELECT of a table stands in `sql/core/NAME.sql`;
a column's own description stands in `transforms/records.py`. Views (`marts.py`) do not belong here.
"""

from dataclasses import dataclass

from transforms import records
from transforms.vocabulary import STATUSES
from warehouse.columns import Column, added, columns
from warehouse.event_columns import SHOWN


@dataclass(frozen=True)
class Table:
    """A table of schema core."""

    name: str
    description: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the primary key's columns."""
        return tuple(c.name for c in self.columns if c.key)

    def comment(self, column: str) -> str:
        """What the column means, with its part in the key. Raises KeyError where there is none."""
        return self.column(column).comment_in(self.key)

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError where there is none."""
        for c in self.columns:
            if c.name == name:
                return c
        raise KeyError(f"core.{self.name} has no column {name}")


def _of(record: type[records.Record], *, without: str = "", keyless: bool = False) -> tuple[Column, ...]:
    """The record's columns, less those named in `without`."""
    return tuple(c.but(key=c.key and not keyless) for c in columns(record) if c.name not in without.split())


def _named(record: type[records.Record], names: str) -> tuple[Column, ...]:
    """Those columns of the record."""
    return tuple(c for c in columns(record) if c.name in names.split())


_ARTICLE = added("article_id", "VARCHAR", "The article", references="article.article_id")
_BATCH = added("batch", "VARCHAR", "The batch with which it landed", references="batch.batch")
_ARTICLE_EVENT = added(
    "article_event_id", "VARCHAR", "The article event told here", references="article_event.article_event_id"
)
_SENTENCE_TEXT = added("sentence", "VARCHAR", "The sentence, as it stands in the clean text")

_TABLES = (
    Table(
        "batch",
        "A batch of articles, the unit in which they land and are processed",
        (
            added("batch", "VARCHAR", "A hash of the articles in it", key=True),
            added("landed_at", "TIMESTAMP", "When it landed, in UTC"),
            added("article_count", "BIGINT", "Articles in it; 0 where all were forgotten", unit="articles", minimum=0),
        ),
    ),
    Table(
        "article",
        "An article as landed and cleaned, in one version",
        (
            *_of(records.RawArticle, without="text published_date cluster_id"),
            *(c for c in columns(records.CleanText) if c.name in ("language", "byline", "dateline")),
            added("text", "VARCHAR", "The clean text, into which all offsets lead"),
            *_of(records.ArticleDates, without="article_id evidence expressions"),
            added("skipped", "VARCHAR", "Why nothing was extracted, where it was not read", nullable=True),
            next(c for c in columns(records.ArticleCluster) if c.name == "superseded_by"),
            _BATCH,
            *_named(records.ArticleCluster, "cluster_id cluster_first_article_id similarity url_key"),
            added(
                "cluster_first_published_at",
                "TIMESTAMP",
                "When the first of its cluster was published, in UTC, where that is known",
                nullable=True,
            ),
            added(
                "cluster_size",
                "BIGINT",
                "Articles in its cluster, superseded ones included",
                unit="articles",
                minimum=1,
            ),
            next(c for c in columns(records.RawArticle) if c.name == "cluster_id").but(name="exact_cluster_id"),
            *_named(records.ArticleCluster, "previous_version_id known_at superseded_at"),
            added(
                "known_from",
                "TIMESTAMP",
                "From when it counts as known, in UTC: `known_at`; where nothing tells, when its batch landed",
            ),
            added(
                "superseded_from",
                "TIMESTAMP",
                "From when a later version counts in its stead, in UTC: `superseded_at`; where nothing dates a later "
                "version, when its batch landed",
                nullable=True,
            ),
        ),
    ),
    Table(
        "sentence",
        "A sentence of an article, read or not",
        (
            _ARTICLE.but(key=True),
            added("ordinal", "BIGINT", "Place in the article, from 0", key=True, minimum=0),
            added("sentence_start", "BIGINT", "Start in the clean text", minimum=0),
            added("sentence_end", "BIGINT", "End in the clean text"),
            columns(records.Sentence)[2],
        ),
    ),
    Table(
        "article_change",
        "A sentence that one version of an article has and the version before or after it lacks; boilerplate left out",
        (
            _ARTICLE.but(key=True, description="The later version"),
            added("previous_version_id", "VARCHAR", "The version before", references="article.article_id"),
            added("kind", "VARCHAR", "What became of the sentence", key=True, values=("added", "removed")),
            added("ordinal", "BIGINT", "Place in the version in which it stands, from 0", key=True, minimum=0),
            _SENTENCE_TEXT,
        ),
    ),
    Table(
        "line",
        "A line of an article with what it is; where a rule labels part of a line, its parts are lines",
        (
            _ARTICLE.but(key=True),
            added("ordinal", "BIGINT", "Place in the article, from 0", key=True, minimum=0),
            added("line_start", "BIGINT", "Start in the clean text", minimum=0),
            added("line_end", "BIGINT", "End in the clean text"),
            *(c for c in columns(records.Line) if c.name in ("kind", "reason")),
        ),
    ),
    Table(
        "time_expression",
        "A time expression (TIMEX3) of an article with the days that it denotes",
        (
            added("time_expression_id", "VARCHAR", "Hash of (article_id, start, end)", key=True),
            _ARTICLE,
            *_of(records.TimeExpression),
        ),
    ),
    Table(
        "published_evidence",
        "A piece of evidence of when an undated article was published, or against the day that its record gives",
        (
            _ARTICLE.but(key=True),
            added("ordinal", "BIGINT", "Place in the article's evidence, from 0", key=True, minimum=0),
            *_of(records.PublishedEvidence),
        ),
    ),
    Table("country", "A country or territory: its name, and where to put it on a map", _of(records.Country)),
    Table(
        "actor",
        "An actor: a person, state, organisation, armed group … that takes part in events",
        (
            added("actor_id", "VARCHAR", "Hash of (kind, canonical key)", key=True),
            added("actor", "VARCHAR", "Canonical name"),
            next(c for c in columns(records.Participant) if c.name == "kind").but(name="actor_kind"),
            *(c for c in columns(records.Participant) if c.name in ("country_code", "cameo_code")),
        ),
    ),
    Table(
        "actor_alias",
        "A name under which articles speak of an actor",
        (
            added("actor_id", "VARCHAR", "The actor", key=True, references="actor.actor_id"),
            added("alias", "VARCHAR", "A name in the fullest form that some article gives", key=True),
        ),
    ),
    Table(
        "article_event",
        "What one article says of one event, before merging across articles",
        (
            *_of(records.ArticleEvent, without="participants"),
            added("event_id", "VARCHAR", "The event that it was merged into", references="event.event_id"),
            _ARTICLE,
            added("participants", "VARCHAR[]", "Names of those taking part, in the fullest form the article gives"),
        ),
    ),
    Table(
        "article_event_participant",
        "An actor in an event, in one role, as one article has it",
        (
            _ARTICLE_EVENT.but(key=True),
            added("actor_id", "VARCHAR", "The actor", key=True, references="actor.actor_id"),
            next(c for c in columns(records.Participant) if c.name == "role").but(key=True),
            next(c for c in columns(records.Participant) if c.name == "name"),
        ),
    ),
    Table(
        "event_mention",
        "A place in an article where an event is told: the evidence",
        (
            *_of(records.EventMention, without="article_event_id participants"),
            _ARTICLE_EVENT,
            _ARTICLE,
            _SENTENCE_TEXT,
            added("raw_start", "BIGINT", "Start of the sentence in the raw text, which the lake keeps", minimum=0),
            added("raw_end", "BIGINT", "End of the sentence in the raw text"),
            added("event_id", "VARCHAR", "The event of that article event", references="event.event_id"),
        ),
    ),
    Table(
        "event_code",
        "A type, status and form with the codes by which other event data know them",
        _of(records.EventCode),
    ),
    Table(
        "event_participant",
        "An actor in an event, in one role",
        (
            added("event_id", "VARCHAR", "The event", key=True, references="event.event_id"),
            added("actor_id", "VARCHAR", "The actor", key=True, references="actor.actor_id"),
            next(c for c in columns(records.Participant) if c.name == "role").but(key=True),
        ),
    ),
    Table(
        "event",
        "An event, however many articles tell of it, also where only superseded versions do; its values are the most "
        "precise that its articles agree on",
        (
            *_of(records.Event, without="article_event_ids later_stages"),
            *_named(records.ArticleEvent, "form start_date end_date date_precision date_text date_basis"),
            *_named(records.ArticleEvent, "place country_code latitude longitude"),
            added(
                "confidence",
                "DOUBLE",
                "How likely type, status and parties are right: the share of events like it, in annotated articles, of "
                "which they were; that of its surest account",
                minimum=0,
                maximum=1,
            ),
            added("disputed", "BOOLEAN", "Whether its articles place it in different countries"),
            *_named(records.EventCode, "cameo_code plover_event plover_mode"),
            *_named(records.ArticleEvent, "effective_start effective_end"),
            added("place_id", "VARCHAR", "The place", nullable=True, references="place.place_id"),
            *SHOWN,
        ),
    ),
    Table(
        "place",
        "A place of events",
        (
            added("place_id", "VARCHAR", "Hash of (name, country)", key=True),
            added("place", "VARCHAR", "Name"),
            *_named(records.ArticleEvent, "country_code latitude longitude"),
        ),
    ),
    Table(
        "event_link",
        "Two stages of one thing: a meeting scheduled and the same one held, a truce agreed and the same one violated",
        (
            added("event_id", "VARCHAR", "The earlier stage", key=True, references="event.event_id"),
            added("linked_event_id", "VARCHAR", "The later stage", key=True, references="event.event_id"),
            added("kind", "VARCHAR", "How the two are linked", values=("stage",)),
        ),
    ),
    Table(
        "event_thread",
        "An event and its thread: events that links join, however many steps apart, are stages of one thing",
        (
            added("event_id", "VARCHAR", "The event", key=True, references="event.event_id"),
            added(
                "thread_id",
                "VARCHAR",
                "The thread: the least event_id in it; its own of an event without links",
                references="event.event_id",
            ),
        ),
    ),
    Table(
        "event_status",
        "A status that events of one type can have, with its place in their order and its meaning",
        (
            next(c for c in columns(records.Event) if c.name == "event_type").but(key=True),
            next(c for c in columns(records.Event) if c.name == "status").but(
                key=True, description="A status of events of that type", meanings=()
            ),
            added(
                "stage",
                "BIGINT",
                "Place in the order of stages of one thing, from 1; statuses of one place are alternatives",
                minimum=1,
            ),
            added(
                "realised",
                "BOOLEAN",
                "Whether something came about (held, agreed, imposed …), and was not only asked for, planned, "
                "threatened, refused or called off",
            ),
            added("meaning", "VARCHAR", "What the status says of an event of that type"),
        ),
    ),
    Table(
        "event_id_history",
        "An event id that was published once and is no more, with the event that it went to",
        (
            added("event_id", "VARCHAR", "An id that was published", key=True),
            added(
                "successor_id",
                "VARCHAR",
                "The event that holds its evidence now; null where that evidence is gone",
                nullable=True,
                references="event.event_id",
            ),
        ),
    ),
    Table(
        "source",
        "A source of articles",
        (
            added("source", "VARCHAR", "Name", key=True),
            added("article_count", "BIGINT", "Articles of it, superseded ones left out", unit="articles"),
            added("first_published_date", "DATE", "Day of its earliest dated article", nullable=True),
            added("last_published_date", "DATE", "Day of its latest dated article", nullable=True),
            added(
                "copy_count",
                "BIGINT",
                "Of these articles, those of a cluster that another source published first",
                unit="articles",
            ),
            *(c.but(nullable=True) for c in _of(records.WatchedSource, without="watched source")),
        ),
    ),
    Table("rejected_record", "A record that could not be taken in or processed, and why", _of(records.RejectedRecord)),
    Table(
        "publication",
        "A publication of this warehouse",
        (
            added(
                "publication_id", "VARCHAR", "Hash of what it was built from; the same again where that is", key=True
            ),
            added("published_at", "TIMESTAMP", "When it was built, in UTC; later than all before it", key=True),
            added("run_id", "VARCHAR", "The run that built it"),
            added("version", "VARCHAR", "Version of Parley"),
            added("commit", "VARCHAR", "Commit of the checkout that built it", nullable=True),
            added("model", "VARCHAR", "Fingerprint of the language model"),
            added("rules", "VARCHAR", "Fingerprint of the rules and tables of all stages"),
            added("batch_count", "BIGINT", "Batches in it", unit="batches"),
            added("article_count", "BIGINT", "Articles in it, superseded versions included", unit="articles"),
            added("mention_count", "BIGINT", "Mentions in it", unit="mentions"),
            added(
                "event_count",
                "BIGINT",
                "Events in it, also those of which only superseded versions tell and which marts.events leaves out",
                unit="events",
            ),
            added("rejected_count", "BIGINT", "Rejected records in it", unit="records"),
        ),
    ),
)
# The rows of core.event_status.
EVENT_STATUSES: tuple[tuple[str, str, int, bool, str], ...] = tuple(
    (event_type, status, stage.rank, stage.realised, stage.meaning)
    for event_type, stages in STATUSES.items()
    for status, stage in stages.items()
)
CORE: dict[str, Table] = {table.name: table for table in _TABLES}
# These hold the times of runs; all other tables are equal in any two runs over the same input.
TIMED_TABLES = ("publication", "batch")
