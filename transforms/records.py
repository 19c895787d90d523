"""The records that pass between stages, and the tables they end in: each column once.

A record's field carries its type, unit, description, key and reference; the Parquet schemas, the DDL, the comments,
the blocking checks and the data dictionary are made from it (`warehouse/tables.py`). No behaviour belongs here.

Offsets are 0-based, half-open, in code points. Dates are calendar days in the zone of the source. Intervals of days
are inclusive at both ends.
"""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from transforms.bounds import FIRST_EVENT_DAY, FIRST_PUBLISHED, LAST_EVENT_DAY, LAST_PUBLISHED
from transforms.vocabulary import (
    ActorKind,
    Anchor,
    DateBasis,
    EventType,
    EvidenceKind,
    Form,
    LineKind,
    Precision,
    PublishedBasis,
    Role,
    Status,
    TimexType,
)


def col(
    description: str,
    *,
    key: bool = False,
    references: str | None = None,
    unit: str | None = None,
    minimum: float | date | None = None,
    maximum: float | date | None = None,
    default: Any = ...,
) -> Any:
    """A column: `key` makes it (part of) the primary key, `references` is "table.column" of schema core."""
    extra: dict[str, Any] = {"key": key, "references": references, "unit": unit, "minimum": minimum, "maximum": maximum}
    return Field(default, description=description, json_schema_extra={k: v for k, v in extra.items() if v is not None})


class Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


# --- landing -----------------------------------------------------------------------------------------------------


class RawArticle(Record):
    """An article as it came, one row per record landed."""

    article_id: str = col("Hash of (cluster_id, source, url or source_id, published_at)", key=True)
    text_id: str = col("Hash of the raw text, to the character")
    cluster_id: str = col("Hash of the raw text, white space aside: articles with the same text share it")
    source: str = col("Who published it: as given, else the name of the folder or file it came from")
    source_id: str = col("The record's own id, else the name of the file")
    url: str | None = col("Address of the article, without user information", default=None)
    title: str | None = col("Headline as given", default=None)
    author: str | None = col("Author as given", default=None)
    text: str = col("The raw text, as decoded")
    published_at: datetime | None = col(
        "Time of publication in UTC, where the record gives one; the beginning of the day where it gives only a day "
        "(see known_at)",
        default=None,
    )
    published_date: date | None = col("Calendar day of publication in the zone of the source", default=None)
    published_precision: str | None = col("`day` where only a day was given, else `second`", default=None)
    published_from: str | None = col(
        "Where the record gives the time of publication: its key or column, for a page `json-ld`, `meta`, `time` or "
        "`url`, for an entry of a feed `feed`; null where it gives none",
        default=None,
    )
    origin: str = col("File, and line where there is one, from which it was read; no folder")
    extra: str | None = col("The record's other keys, as a JSON object", default=None)


class RejectedRecord(Record):
    """Something that could not be taken in or processed, and why."""

    rejected_id: str = col("Hash of (origin, line, reason)", key=True)
    origin: str = col("File in which it stands; no folder")
    line: int | None = col("Line in that file", unit="lines, from 1", default=None)
    source_id: str | None = col("The record's id, where it could be read", default=None)
    reason: str = col("What is wrong, and what to do about it")
    sample: str | None = col("The beginning of the record, at most 200 characters", default=None)
    source: str | None = col("Who published it, where that could be read", default=None)


class Tombstone(Record):
    """Something that was forgotten and may not land again."""

    tombstone_id: str = col("Hash of the text, of the address, of (source, source_id), or of the source", key=True)
    article_id: str | None = col("The article that was forgotten; it is no more", default=None)
    source: str | None = col("The source that was forgotten, where it is one", default=None)
    forgotten_at: datetime = col("When it was forgotten, in UTC")


# --- signatures, keyed by text -------------------------------------------------------------------------------------


class TextSignature(Record):
    """What finds the texts that are worth comparing with a text."""

    text_id: str = col("Hash of the raw text", key=True)
    bands: list[int] = col(
        "Bands of its MinHash signature: texts that share one may be copies; none where it is too short to compare"
    )


class WatchedSource(Record):
    """A source as the sources file describes it; one row for each name that its articles carry."""

    watched: str = col("Its name in the sources file", key=True)
    source: str = col("The source that its articles name", key=True)
    address: str = col("Its address without user information and secrets, or the name of its file or folder")
    licence: str | None = col("What the sources file notes on the licence of its articles", default=None)
    language: str | None = col("ISO 639-1 code of the language that the sources file gives it", default=None)
    timezone: str | None = col("Time zone (IANA) that the sources file gives it", default=None)


# --- cleaning, keyed by text ---------------------------------------------------------------------------------------


class SeenLines(Record):
    """The lines of an article that may be furniture of its source's pages, and those that the source repeats."""

    article_id: str = col("The article", key=True)
    text_id: str = col("Its text")
    source: str = col("Its source")
    sketch: int = col("A number that copies of its text mostly share")
    lines: list[int] = col("Keys of its lines that may be furniture, sorted")
    repeated: list[int] = col("Those of them that enough texts of the source held, of all that had landed by then")


class Segment(Record):
    """A stretch in which clean and raw text run in step."""

    start: int = col("Start in the clean text")
    end: int = col("End in the clean text")
    raw_start: int = col("Start in the raw text")
    raw_end: int = col("End in the raw text")


class Line(Record):
    """A line of the clean text with what it is."""

    start: int = col("Start in the clean text")
    end: int = col("End in the clean text")
    kind: LineKind = col("What the line is")
    reason: str | None = col("The rule that labelled it, where it is not content", default=None)


class Sentence(Record):
    """A sentence of the clean text; none crosses a line end."""

    start: int = col("Start in the clean text")
    end: int = col("End in the clean text")
    kind: LineKind = col("Kind of the line in which it stands")


class CleanText(Record):
    """A text with its damage mended and its lines labelled; nothing is taken away."""

    text_id: str = col("Hash of the raw text", key=True)
    text: str = col("The clean text: encoding and white space mended, quotes and dashes as they were")
    language: str = col("ISO 639-1 code of the language, `und` where it is not known")
    byline: str | None = col("Who wrote it, as its byline says, without `By`", default=None)
    dateline: str | None = col("Place of its dateline as written, without day and agency", default=None)
    segments: list[Segment] = col("The map from clean to raw offsets")
    lines: list[Line] = col("The lines, in order")
    sentences: list[Sentence] = col("The sentences, in order")


# --- dates, keyed by article -----------------------------------------------------------------------------------------


class TimeExpression(Record):
    """A time expression (TIMEX3 of ISO-TimeML) and the days it denotes."""

    start: int = col("Start in the clean text")
    end: int = col("End in the clean text")
    text: str = col("The expression as it stands")
    type: TimexType = col("TIMEX3 type")
    value: str = col("TIMEX3 value (ISO 8601 with TimeML's extensions); partial where no year is known: XXXX-10-13")
    mod: str | None = col("TIMEX3 mod: START, MID, END, APPROX, MORE_THAN, …", default=None)
    start_date: date | None = col("First day that it denotes", default=None)
    end_date: date | None = col("Last day that it denotes", default=None)
    precision: Precision | None = col("Unit in which the days are known", default=None)
    anchor: Anchor = col("What it was resolved against", default=Anchor.NONE)
    anchor_start: int | None = col("Start of the anchoring expression, where the anchor is one", default=None)
    offset: str | None = col("ISO 8601 duration from the anchor, where the anchor is an event", default=None)
    direction: int | None = col("-1 before, 1 after the anchoring event", default=None, minimum=-1, maximum=1)
    rule: str = col("Name of the rule that found it")


class PublishedEvidence(Record):
    """Something in a record that tells when it was published."""

    kind: EvidenceKind = col("What it is")
    start: int | None = col("Start in the clean text; null where it stands in the URL or the id", default=None)
    end: int | None = col("End in the clean text", default=None)
    text: str = col("The evidence as it stands")
    claim: str = col("What it says of the day of publication")
    first_date: date | None = col("First day that it speaks for, where it names one", default=None)
    last_date: date | None = col("Last day that it speaks for, where it names one", default=None)


class ArticleDates(Record):
    """When an article was published, as far as is known, and its time expressions."""

    article_id: str = col("The article", key=True)
    published_date: date | None = col(
        "Calendar day of publication, where it is known to the day",
        default=None,
        minimum=FIRST_PUBLISHED,
        maximum=LAST_PUBLISHED,
    )
    published_earliest: date | None = col(
        "Earliest day on which it can have been published",
        default=None,
        minimum=FIRST_PUBLISHED,
        maximum=LAST_PUBLISHED,
    )
    published_latest: date | None = col(
        "Latest day on which it can have been published", default=None, minimum=FIRST_PUBLISHED, maximum=LAST_PUBLISHED
    )
    published_basis: PublishedBasis = col("Whether the record gave the day, the text told it, or nothing does")
    published_likely: date | None = col(
        "Likeliest day of publication, where it was inferred and one day stands out", default=None
    )
    published_likely_share: float | None = col(
        "Probability of that day, as the model sees it", default=None, minimum=0, maximum=1
    )
    published_method: str | None = col(
        "Kinds of evidence without which the inferred interval would be wider, the most telling first", default=None
    )
    published_conflict: str | None = col("What contradicts the day that the record gives", default=None)
    evidence: list[PublishedEvidence] = col("What tells of the day of publication, or contradicts the given one")
    expressions: list[TimeExpression] = col("The time expressions, in order")


# --- clusters of articles over all batches, keyed by article ---------------------------------------------------------


class LandedArticle(Record):
    """What clustering reads of a raw article."""

    article_id: str = col("The article", key=True)
    text_id: str = col("Its text")
    cluster_id: str = col("Hash of the raw text, white space aside")
    source: str = col("Its source")
    source_id: str = col("Its id in the source")
    url: str | None = col("Its address", default=None)
    published_at: datetime | None = col("Time of publication in UTC", default=None)
    published_precision: str | None = col("`day` where only a day was given", default=None)


class LabelledText(Record):
    """What comparing reads of a clean text."""

    text_id: str = col("The text", key=True)
    text: str = col("The clean text")
    lines: list[Line] = col("Its lines, in order")


class JudgedPair(Record):
    """How alike two texts are that were worth comparing; kept so that no pair is compared twice."""

    first_text_id: str = col("The text published first", key=True)
    text_id: str = col("The text compared with it", key=True)
    first_batch: str = col("The batch of whose clean texts the first was read")
    batch: str = col("The batch of whose clean texts the other was read")
    similarity: float = col("Jaccard index of their shingles, 0 where it tells nothing", minimum=0, maximum=1)


class ArticleCluster(Record):
    """What an article is to all others: the cluster of copies to which it belongs, and its place among its versions."""

    article_id: str = col("The article", key=True)
    cluster_id: str = col(
        "The article's cluster of copies and near-copies: the exact_cluster_id of the one that was published first"
    )
    cluster_first_article_id: str = col(
        "The article of the cluster that was published first: undated ones come last, ties go by id",
        references="article.article_id",
    )
    similarity: float = col(
        "How alike the article and the first of its cluster are: Jaccard index of runs of five words, 1 where they "
        "are equal",
        minimum=0,
        maximum=1,
    )
    url_key: str | None = col(
        "Its address without scheme, `www.`, tracking parameters and the like; versions of an article share it",
        default=None,
    )
    superseded_by: str | None = col(
        "The newest version of it, which is counted in its stead", default=None, references="article.article_id"
    )
    previous_version_id: str | None = col(
        "The version of it that was published before it", default=None, references="article.article_id"
    )
    known_at: datetime | None = col(
        "When it was surely out, in UTC: its time of publication; where only the day is known, or the latest day on "
        "which it can have been published, the end of that day; null where nothing tells",
        default=None,
    )
    superseded_at: datetime | None = col(
        "When the first later version of it was surely out, in UTC; null where there is none, or nothing tells",
        default=None,
    )


# --- parses, keyed by text -------------------------------------------------------------------------------------------


class ParsedText(Record):
    """The parses of the sentences that the word gate admits."""

    text_id: str = col("The text", key=True)
    sentences: list[int] = col("Indices into CleanText.sentences of the parsed ones, in order")
    docs: bytes | None = col("The parses, packed by transforms.parses; null where there is none", default=None)
    words: int = col("Tokens parsed", unit="tokens")


# --- mentions, keyed by article --------------------------------------------------------------------------------------


class Participant(Record):
    """An actor in an event."""

    actor_id: str = col("Hash of (kind, canonical key)")
    name: str = col("Name in the fullest form that the article gives")
    canonical: str = col("Canonical name, one for all spellings that are known to be one actor")
    kind: ActorKind = col("What sort of actor")
    country_code: str | None = col(
        "ISO 3166-1 alpha-3 code of the actor's country", default=None, references="country.country_code"
    )
    cameo_code: str | None = col("CAMEO actor code", default=None)
    role: Role = col("Role in the event")


# What a mention and an article event both say of an event.
_TYPE: Any = col("Type of the event")
_TOLD_STATUS: Any = col("What the article says has become of it")
_FORM: Any = col("How it is held; meetings only", default=None)
_START_DAY: Any = col(
    "First day of the interval in which the event lies",
    default=None,
    minimum=FIRST_EVENT_DAY,
    maximum=LAST_EVENT_DAY,
)
_END_DAY: Any = col("Last day of that interval", default=None, minimum=FIRST_EVENT_DAY, maximum=LAST_EVENT_DAY)
_PRECISION: Any = col("Unit in which the days are known", default=None)
_DATE_TEXT: Any = col("The time expression that gave the date", default=None)
_DATE_BASIS: Any = col("How the date was come by", default=None)
_PLACE: Any = col("Name of the place of the event", default=None)
_PLACE_COUNTRY: Any = col(
    "ISO 3166-1 alpha-3 code of the place's country", default=None, references="country.country_code"
)
_LATITUDE: Any = col("Latitude of the place", unit="degrees", default=None, minimum=-90, maximum=90)
_LONGITUDE: Any = col("Longitude of the place", unit="degrees", default=None, minimum=-180, maximum=180)
_EFFECTIVE_START: Any = col(
    "First day on which the truce or the sanctions are to be in force, as that stage has it",
    default=None,
    minimum=FIRST_EVENT_DAY,
    maximum=LAST_EVENT_DAY,
)
_EFFECTIVE_END: Any = col(
    "Last day on which the truce or the sanctions are to be in force, as that stage has it; null is unknown, not "
    "open: a later stage may tell that they ended",
    default=None,
    minimum=FIRST_EVENT_DAY,
    maximum=LAST_EVENT_DAY,
)


class EventMention(Record):
    """One place in one article where an event is told."""

    mention_id: str = col("Hash of (article_id, type, status, trigger offsets, ordinal)", key=True)
    article_event_id: str = col("The article event that it is a mention of")
    event_type: EventType = _TYPE
    status: Status = _TOLD_STATUS
    form: Form | None = _FORM
    start_date: date | None = _START_DAY
    end_date: date | None = _END_DAY
    date_precision: Precision | None = _PRECISION
    date_text: str | None = _DATE_TEXT
    date_basis: DateBasis | None = _DATE_BASIS
    place: str | None = _PLACE
    country_code: str | None = _PLACE_COUNTRY
    latitude: float | None = _LATITUDE
    longitude: float | None = _LONGITUDE
    participants: list[Participant] = col("Who takes part, in what role")
    sentence_start: int = col("Start of the sentence in the clean text")
    sentence_end: int = col("End of the sentence in the clean text")
    trigger: str = col("The word or words that name the event")
    trigger_start: int = col("Start of the trigger in the clean text")
    trigger_end: int = col("End of the trigger in the clean text")
    claimed_by: str | None = col(
        "Whose claim it is, where it is only reported as one: names parted by `; `, `unnamed` where the text gives "
        "none; null where the article tells it itself",
        default=None,
    )
    rule: str = col("Name of the rule that made it")
    confidence: float = col(
        "Share of mentions like it that tell an event of which type, status and parties are right, as measured on "
        "annotated articles",
        minimum=0,
        maximum=1,
    )
    effective_start: date | None = _EFFECTIVE_START
    effective_end: date | None = _EFFECTIVE_END


class ArticleEvent(Record):
    """What one article says of one event, all its mentions taken together."""

    article_event_id: str = col("Hash of its first mention", key=True)
    event_type: EventType = _TYPE
    status: Status = _TOLD_STATUS
    form: Form | None = _FORM
    start_date: date | None = _START_DAY
    end_date: date | None = _END_DAY
    date_precision: Precision | None = _PRECISION
    date_text: str | None = _DATE_TEXT
    date_basis: DateBasis | None = _DATE_BASIS
    place: str | None = _PLACE
    country_code: str | None = _PLACE_COUNTRY
    latitude: float | None = _LATITUDE
    longitude: float | None = _LONGITUDE
    participants: list[Participant] = col("Who takes part, in what role")
    confidence: float = col(
        "Share of events like it of which type, status and parties are right, as measured on annotated articles",
        minimum=0,
        maximum=1,
    )
    effective_start: date | None = _EFFECTIVE_START
    effective_end: date | None = _EFFECTIVE_END


class ArticleMentions(Record):
    """The mentions and the events of one article; every article has a row, and says why where it was skipped."""

    article_id: str = col("The article", key=True)
    skipped: str | None = col("Why nothing was extracted, where the article was not read", default=None)
    mentions: list[EventMention] = col("The mentions, in the order of the text")
    events: list[ArticleEvent] = col("The article events, in the order of their first mention")


# --- merged over all articles ----------------------------------------------------------------------------------------


class Event(Record):
    """Which article events are one event; the values that it has for them are chosen in the warehouse's SQL."""

    event_id: str = col("Hash of the article event that was known first", key=True)
    event_type: EventType = col("Type of the event")
    status: Status = col("What became of it, as far as its articles say")
    article_event_ids: list[str] = col("The article events that it was merged from, sorted")
    later_stages: list[str] = col("Events that are a later stage of the same thing, sorted")


class EventCode(Record):
    """The codes by which other event data know a type, status and form."""

    event_type: EventType = col("Type of the event", key=True)
    status: Status = col("What became of it", key=True)
    form: str = col("How it is held; empty where no form is known", key=True)
    cameo_code: str = col("CAMEO event code, derived from type, status and form")
    plover_event: str = col("PLOVER event type, derived from type, status and form")
    plover_mode: str | None = col("PLOVER mode, where the event type has one", default=None)


class Country(Record):
    """A country or territory."""

    country_code: str = col("ISO 3166-1 alpha-3 code; XKX for Kosovo", key=True)
    country: str = col("Name, as English-language newspapers write it")
    latitude: float = col("Latitude of a middle point", unit="degrees", minimum=-90, maximum=90)
    longitude: float = col("Longitude of that point", unit="degrees", minimum=-180, maximum=180)
    cameo_code: str = col("CAMEO country code, which for a few is not the ISO one (ROM, TMP)")
