"""The checks that no column can say, each with its reason. Those that follow from the columns: `generated.py`."""

from transforms.vocabulary import STATUSES, EventType
from warehouse.checks.generated import orphan_check, row_check
from warehouse.checks.model import Check, Kind
from warehouse.literals import quoted
from warehouse.tables import CORE


def _status_check(table: str) -> Check:
    fits = " OR ".join(
        f"(event_type = {quoted(t)} AND status IN ({', '.join(quoted(s) for s in statuses)}))"
        for t, statuses in STATUSES.items()
    )
    columns, why = ("event_type", "status"), "each type has statuses of its own"
    return row_check(Kind.VALUES, f"{table} status fits type", CORE[table], columns, f"NOT ({fits})", why)


def _order_check(table: str, first: str, last: str) -> Check:
    condition = f'"{first}" > "{last}" OR ("{first}" IS NULL) <> ("{last}" IS NULL)'
    why = "an interval has both ends, in order"
    return row_check(Kind.INTERVALS, f"{table} {first} to {last}", CORE[table], (first, last), condition, why)


def _within_check(table: str, day: str, first: str, last: str) -> Check:
    why = f"{day} lies between {first} and {last}"
    condition = f'"{day}" NOT BETWEEN "{first}" AND "{last}" OR ("{day}" IS NOT NULL AND "{first}" IS NULL)'
    return row_check(Kind.INTERVALS, f"{table} {day} within", CORE[table], (day, first, last), condition, why)


def _dated_check(table: str) -> Check:
    columns = ("start_date", "date_precision", "date_basis")
    condition = " OR ".join(f"(start_date IS NULL) <> ({c} IS NULL)" for c in columns[1:])
    why = "a date comes with its precision and its basis"
    return row_check(Kind.INTERVALS, f"{table} date has a precision", CORE[table], columns, condition, why)


def _effective_checks(table: str) -> tuple[Check, Check]:
    columns = ("event_type", "effective_start", "effective_end")
    return (
        row_check(
            Kind.INTERVALS,
            f"{table} effective_start to effective_end",
            CORE[table],
            columns,
            "effective_start > effective_end",
            "what is in force ends no earlier than it begins; either end may be unknown",
        ),
        row_check(
            Kind.VALUES,
            f"{table} effective fits type",
            CORE[table],
            columns,
            f"event_type = {quoted(EventType.MEETING)} AND coalesce(effective_start, effective_end) IS NOT NULL",
            "only truces and sanctions are in force for a time",
        ),
    )


def _offset_check(table: str, text: str, start: str, end: str, *, in_text: str = "") -> Check:
    """`in_text`: condition on rows that stand in the text at all, where not all do."""
    condition = f"{in_text} AND " if in_text else ""
    there = f'substring(article.text, it."{start}" + 1, it."{end}" - it."{start}")'
    source = (
        f"FROM core.{table} AS it INNER JOIN core.article AS article ON it.article_id = article.article_id "
        f'WHERE {condition}{there} IS DISTINCT FROM it."{text}"'
    )
    named = dict.fromkeys((*CORE[table].key, "article_id", start, end, text))
    columns = (*(f'it."{c}"' for c in named), f"{there} AS there")
    why = "the contract promises exact offsets"
    return Check(Kind.OFFSETS, f"{table} {text} offsets", table, columns, source, why)


def _sequence_check(table: str, start: str, end: str) -> Check:
    # The text stays out of the sort, which would carry it along with every row.
    source = (
        f"FROM (SELECT *, lag({end}, 1, 0) OVER (PARTITION BY article_id ORDER BY ordinal) AS before "
        f"FROM core.{table}) AS it INNER JOIN (SELECT article_id, length(text) AS length FROM core.article) AS article "
        f"ON it.article_id = article.article_id WHERE it.{end} > article.length OR it.{start} < it.before"
    )
    columns = ("it.article_id", "it.ordinal", f"it.{start}", f"it.{end}", "it.before AS end_before", "article.length")
    why = f"{table}s follow one another in the text"
    return Check(Kind.OFFSETS, f"{table} in text and in order", table, columns, source, why)


def _told_check(table: str, on: str, by: str, why: str, name: str = "has evidence") -> Check:
    return orphan_check(Kind.COMPLETENESS, f"{table} {name}", CORE[table], (on,), f"core.{by}", why)


def _agreement_check(table: str, key: str, other: str, column: str) -> Check:
    source = f"FROM core.{table} AS it INNER JOIN core.{other} AS other ON it.{key} = other.{key} "
    source += f"WHERE it.{column} <> other.{column}"
    columns = tuple(f"it.{c}" for c in (*CORE[table].key, key, column))
    why = f"it is of the {column} of its {other}"
    return Check(Kind.KEYS, f"{table} {column} is that of its {other}", table, columns, source, why)


_DATED = ("event", "article_event", "event_mention")
# Of the newest row only: the others tell of warehouses that are no more.
_COUNTS = " OR ".join(
    f"{name}_count <> (SELECT count(*) FROM core.{table})"
    for name, table in {
        "batch": "batch",
        "article": "article",
        "mention": "event_mention",
        "event": "event",
        "rejected": "rejected_record",
    }.items()
)

OWN: tuple[Check, ...] = (
    *(_status_check(table) for table in _DATED),
    *(_order_check(table, "start_date", "end_date") for table in (*_DATED, "time_expression")),
    *(_dated_check(table) for table in _DATED),
    *(check for table in _DATED for check in _effective_checks(table)),
    _order_check("article", "published_earliest", "published_latest"),
    _within_check("article", "published_date", "published_earliest", "published_latest"),
    _order_check("source", "first_published_date", "last_published_date"),
    _order_check("sentence", "sentence_start", "sentence_end"),
    _order_check("line", "line_start", "line_end"),
    _order_check("event_mention", "raw_start", "raw_end"),
    _offset_check("event_mention", "sentence", "sentence_start", "sentence_end"),
    _offset_check("event_mention", "trigger", "trigger_start", "trigger_end"),
    _offset_check("time_expression", "text", "start", "end"),
    _offset_check("published_evidence", "text", "start", "end", in_text='it."start" IS NOT NULL'),
    _sequence_check("line", "line_start", "line_end"),
    _sequence_check("sentence", "sentence_start", "sentence_end"),
    _told_check("event", "event_id", "article_event", "what no article tells of is made up"),
    _told_check("article_event", "article_event_id", "event_mention", "what no sentence tells of is made up"),
    _told_check("actor", "actor_id", "article_event_participant", "an actor takes part in something", "takes part"),
    _told_check("actor", "actor_id", "actor_alias", "an actor has a name in some article", "has a name"),
    _told_check("place", "place_id", "event", "a place is that of an event", "has an event"),
    _told_check("source", "source", "article", "a source has articles", "has articles"),
    orphan_check(
        Kind.KEYS, "article source is there", CORE["article"], ("source",), "core.source", "each source has a row"
    ),
    orphan_check(
        Kind.COMPLETENESS,
        "event_participant has evidence",
        CORE["event_participant"],
        ("event_id", "actor_id", "role"),
        "(SELECT event_id, actor_id, role FROM core.article_event_participant "
        "INNER JOIN core.article_event USING (article_event_id))",
        "who takes part does so in one of its articles",
    ),
    orphan_check(
        Kind.OFFSETS,
        "event_mention sentence is one",
        CORE["event_mention"],
        ("article_id", "sentence_start", "sentence_end"),
        "core.sentence",
        "evidence is a sentence of the article",
    ),
    row_check(
        Kind.OFFSETS,
        "event_mention trigger in sentence",
        CORE["event_mention"],
        ("sentence_start", "sentence_end", "trigger_start", "trigger_end"),
        "trigger_start < sentence_start OR trigger_end > sentence_end",
        "a trigger stands in the sentence that tells of the event",
    ),
    _agreement_check("event_mention", "article_event_id", "article_event", "article_id"),
    _agreement_check("event_mention", "article_event_id", "article_event", "event_type"),
    _agreement_check("event_mention", "article_event_id", "article_event", "event_id"),
    _agreement_check("article_event", "event_id", "event", "event_type"),
    Check(
        Kind.KEYS,
        "article superseded once",
        "article",
        ("article.article_id", "article.superseded_by"),
        "FROM core.article AS article SEMI JOIN (SELECT article_id FROM core.article WHERE superseded_by IS NOT NULL) "
        "AS other ON article.superseded_by = other.article_id",
        "superseded_by leads to the newest version at once",
    ),
    row_check(
        Kind.INTERVALS,
        "article superseded at a time",
        CORE["article"],
        ("superseded_at", "superseded_by"),
        "superseded_at IS NOT NULL AND superseded_by IS NULL",
        "only what a later version supersedes was superseded at some moment",
    ),
    Check(
        Kind.KEYS,
        "article one first in a cluster",
        "article",
        ("cluster_id", "count(DISTINCT cluster_first_article_id) AS firsts"),
        "FROM core.article GROUP BY cluster_id HAVING count(DISTINCT cluster_first_article_id) > 1",
        "a cluster has one first publication",
    ),
    Check(
        Kind.KEYS,
        "event_id_history event_id is no more",
        "event_id_history",
        ("it.event_id", "it.successor_id"),
        "FROM core.event_id_history AS it SEMI JOIN core.event AS event ON it.event_id = event.event_id",
        "an id that is there is no history",
    ),
    row_check(
        Kind.KEYS,
        "event_link leads elsewhere",
        CORE["event_link"],
        ("event_id", "linked_event_id"),
        "event_id = linked_event_id",
        "an event is no stage of itself",
    ),
    Check(
        Kind.COMPLETENESS,
        "batch is whole",
        "batch",
        ("batch.batch", "batch.article_count", "count(article.article_id) AS found"),
        "FROM core.batch AS batch LEFT JOIN core.article AS article ON batch.batch = article.batch "
        "GROUP BY ALL HAVING batch.article_count <> count(article.article_id)",
        "no article of a batch is lost on the way",
    ),
    Check(
        Kind.COMPLETENESS,
        "publication counts what is there",
        "publication",
        ("publication_id", "published_at"),
        f"FROM (FROM core.publication QUALIFY row_number() OVER (ORDER BY published_at DESC) = 1) WHERE {_COUNTS}",
        "the newest row counts the rows of the tables",
    ),
)
