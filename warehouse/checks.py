"""What must hold before a built warehouse may be published; each check is a query that returns the offending rows.

The checks of columns and keys are made from `tables.py`; the others say why they are here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import duckdb

from transforms.vocabulary import STATUSES, EventType
from warehouse.build import quoted
from warehouse.columns import Column
from warehouse.publish import LOCKED_DOWN
from warehouse.tables import CORE, Table


class Kind(StrEnum):
    """What a check is about; Dagster shows one blocking check for each."""

    KEYS = "keys_and_references"
    VALUES = "accepted_values"
    INTERVALS = "intervals"
    OFFSETS = "offsets"
    COMPLETENESS = "completeness"


@dataclass(frozen=True)
class Check:
    """`sql` returns the rows that break it; there must be none."""

    kind: Kind
    name: str
    table: str
    sql: str
    why: str


@dataclass(frozen=True)
class Failure:
    """A check that found rows: how many, and some of them."""

    check: Check
    count: int
    sample: list[str]

    @property
    def message(self) -> str:
        """What is wrong, where, and the query that shows all of it."""
        return f"{self.check.name}: {self.count} rows; {self.check.why}. To see them: {self.check.sql}"


def _column_checks(table: str, c: Column) -> Iterator[Check]:
    rows = f"SELECT * FROM core.{table} WHERE"
    name = f"{table}.{c.name}"
    if not c.nullable:
        yield Check(Kind.VALUES, f"{name} not null", table, f'{rows} "{c.name}" IS NULL', "it must be given")
    if c.values:
        listed = ", ".join(quoted(v) for v in c.values)
        yield Check(
            Kind.VALUES,
            f"{name} accepted",
            table,
            f'{rows} "{c.name}" NOT IN ({listed})',
            f"only {listed} may stand there",
        )
    if c.minimum is not None:
        yield Check(
            Kind.VALUES, f"{name} minimum", table, f'{rows} "{c.name}" < {c.minimum}', f"it is at least {c.minimum}"
        )
    if c.maximum is not None:
        yield Check(
            Kind.VALUES, f"{name} maximum", table, f'{rows} "{c.name}" > {c.maximum}', f"it is at most {c.maximum}"
        )
    if c.references:
        other, column = c.references.split(".")
        known = f'SELECT "{column}" FROM core.{other}'
        sql = f'{rows} "{c.name}" IS NOT NULL AND "{c.name}" NOT IN ({known})'
        yield Check(Kind.KEYS, f"{name} refers", table, sql, f"it leads to core.{other}")


def _table_checks(table: Table) -> Iterator[Check]:
    for c in table.columns:
        yield from _column_checks(table.name, c)
    if table.key:
        key = ", ".join(f'"{k}"' for k in table.key)
        sql = f"SELECT {key}, count(*) FROM core.{table.name} GROUP BY ALL HAVING count(*) > 1"
        yield Check(Kind.KEYS, f"{table.name} key", table.name, sql, f"({key}) names one row")


def _status_check(table: str) -> Check:
    pairs = ", ".join(f"({quoted(t)}, {quoted(s)})" for t, statuses in STATUSES.items() for s in statuses)
    sql = f"SELECT * FROM core.{table} WHERE (event_type, status) NOT IN ({pairs})"
    return Check(Kind.VALUES, f"{table} status fits type", table, sql, "each type has statuses of its own")


def _order_check(table: str, first: str, last: str) -> Check:
    sql = f'SELECT * FROM core.{table} WHERE "{first}" > "{last}" OR ("{first}" IS NULL) <> ("{last}" IS NULL)'
    return Check(Kind.INTERVALS, f"{table} {first} to {last}", table, sql, "an interval has both ends, in order")


def _effective_checks(table: str) -> Iterator[Check]:
    rows = f"SELECT * FROM core.{table} WHERE"
    yield Check(
        Kind.INTERVALS,
        f"{table} effective_start to effective_end",
        table,
        f"{rows} effective_start > effective_end",
        "what is in force ends no earlier than it begins; either end may be unknown",
    )
    yield Check(
        Kind.VALUES,
        f"{table} effective fits type",
        table,
        f"{rows} event_type = {quoted(EventType.MEETING)} AND coalesce(effective_start, effective_end) IS NOT NULL",
        "only truces and sanctions are in force for a time",
    )


def _offset_check(table: str, text: str, start: str, end: str, *, in_text: str = "") -> Check:
    """`in_text`: condition on rows that stand in the text at all, where not all do."""
    condition = f"{in_text} AND " if in_text else ""
    sql = (
        f"SELECT it.* FROM core.{table} AS it JOIN core.article AS article USING (article_id) WHERE {condition}"
        f'substring(article.text, it."{start}" + 1, it."{end}" - it."{start}") IS DISTINCT FROM it."{text}"'
    )
    return Check(Kind.OFFSETS, f"{table} {text} offsets", table, sql, "the contract promises exact offsets")


def _evidence_check(table: str, key: str, evidence: str) -> Check:
    sql = f"SELECT * FROM core.{table} WHERE {key} NOT IN (SELECT {key} FROM core.{evidence})"
    return Check(Kind.COMPLETENESS, f"{table} has evidence", table, sql, f"what no {evidence} tells of is made up")


_DATED = ("event", "article_event", "event_mention")
_OWN = (
    *(_status_check(table) for table in _DATED),
    *(_order_check(table, "start_date", "end_date") for table in (*_DATED, "time_expression")),
    *(check for table in _DATED for check in _effective_checks(table)),
    _order_check("article", "published_earliest", "published_latest"),
    _order_check("sentence", "sentence_start", "sentence_end"),
    _order_check("line", "line_start", "line_end"),
    _order_check("event_mention", "raw_start", "raw_end"),
    _offset_check("event_mention", "sentence", "sentence_start", "sentence_end"),
    _offset_check("event_mention", "trigger", "trigger_start", "trigger_end"),
    _offset_check("time_expression", "text", "start", "end"),
    _offset_check("published_evidence", "text", "start", "end", in_text='it."start" IS NOT NULL'),
    _evidence_check("event", "event_id", "article_event"),
    _evidence_check("article_event", "article_event_id", "event_mention"),
    Check(
        Kind.OFFSETS,
        "event_mention sentence is one",
        "event_mention",
        "SELECT * FROM core.event_mention WHERE (article_id, sentence_start, sentence_end) NOT IN "
        "(SELECT (article_id, sentence_start, sentence_end) FROM core.sentence)",
        "evidence is a sentence of the article",
    ),
    Check(
        Kind.OFFSETS,
        "line in text and in order",
        "line",
        "SELECT line.* FROM core.line AS line INNER JOIN core.article AS article USING (article_id) "
        "QUALIFY line_end > length(article.text) OR line_start < "
        "lag(line_end, 1, 0) OVER (PARTITION BY article_id ORDER BY line.ordinal)",
        "lines follow one another in the text",
    ),
    Check(
        Kind.OFFSETS,
        "event_mention trigger in sentence",
        "event_mention",
        "SELECT * FROM core.event_mention WHERE trigger_start < sentence_start OR trigger_end > sentence_end",
        "a trigger stands in the sentence that tells of the event",
    ),
    Check(
        Kind.KEYS,
        "article superseded once",
        "article",
        "SELECT * FROM core.article WHERE superseded_by IN "
        "(SELECT article_id FROM core.article WHERE superseded_by IS NOT NULL)",
        "superseded_by leads to the newest version at once",
    ),
    Check(
        Kind.INTERVALS,
        "article superseded at a time",
        "article",
        "SELECT * FROM core.article WHERE superseded_at IS NOT NULL AND superseded_by IS NULL",
        "only what a later version supersedes was superseded at some moment",
    ),
    Check(
        Kind.KEYS,
        "article one first in a cluster",
        "article",
        "SELECT cluster_id FROM core.article GROUP BY cluster_id HAVING count(DISTINCT cluster_first_article_id) > 1",
        "a cluster has one first publication",
    ),
    Check(
        Kind.COMPLETENESS,
        "batch is whole",
        "batch",
        "SELECT batch.* FROM core.batch AS batch WHERE article_count <> "
        "(SELECT count(*) FROM core.article AS article WHERE article.batch = batch.batch)",
        "no article of a batch is lost on the way",
    ),
)

CHECKS: tuple[Check, ...] = (*(c for table in CORE.values() for c in _table_checks(table)), *_OWN)


def failures(path: Path, table: str | None = None) -> list[Failure]:
    """Runs the checks (of one table) on a built file; returns those that found rows."""
    db = duckdb.connect(str(path), read_only=True, config=dict(LOCKED_DOWN))
    try:
        found = []
        for check in CHECKS:
            if table is None or check.table == table:
                count = int((db.execute(f"SELECT count(*) FROM ({check.sql})").fetchone() or (0,))[0])
                if count:
                    sample = [str(row) for row in db.execute(f"{check.sql} LIMIT 5").fetchall()]
                    found.append(Failure(check, count, sample))
        return found
    finally:
        db.close()
