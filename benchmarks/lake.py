"""Fills the lake of a home with as many event mentions as asked for: `python -m benchmarks.lake HOME MENTIONS`.

The pipeline's own stages run once over the sample articles; what they wrote is copied under other ids, with other
actors, places and days, into batches which `parley run` takes as current and to which it adds. Stories lie scattered
over thirty-one years and over all batches, each told by one to five articles, which merge as the pipeline merges them;
of some a text is printed again elsewhere, or a later version follows. Parses are left out, and no two texts share a
band of their signatures: near-copies are none. The articles that are copied (`originals.py`), and what is measured on
the lake, do not belong here.
"""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from benchmarks.originals import FIRST_DAY, LANDED, MARK, prepare
from pipelines.land import RAW, landed
from pipelines.publication import plan
from pipelines.settings import Home
from pipelines.stage import Stage, fingerprint_of, model_fingerprint
from pipelines.stages import CLEAN, DATES, LINES, MENTIONS, PARSES, SIGNATURES, STAGES
from transforms.events.merge import Account, merge
from transforms.identity import digest
from transforms.records import ArticleCluster, ArticleMentions, Event, RawArticle, Record
from warehouse.build import CLUSTERED_STAGE, MERGED_BATCH, MERGED_STAGE
from warehouse.columns import arrow_schema, columns
from warehouse.lake import Lake, Stamp

BATCH = 500  # articles
SOURCES = 200
MOST_ACCOUNTS = 5  # articles that tell one story
COPY, VERSION = 3, 7  # of sixteen stories these: one that is printed again, one of which a later version follows
DAYS = 31 * 365
_TOGETHER = 8  # batches that are made in one step

_MACROS = (
    "CREATE MACRO hid(kind, n, part) AS left(md5(kind || ':' || n || ':' || part), 20)",
    # As a merge breaks ties by the ids of accounts, those of one story stand in the order of articles and places.
    "CREATE MACRO event_hid(k, j, part) AS left(md5('event:' || k), 12) || j || lpad(part, 7, '0')",
    "CREATE MACRO whole_months(first, last) AS day(first) = 1 AND day(last + 1) = 1",
    "CREATE MACRO months(days) AS to_months(round(days / 30.436875)::INTEGER)",
    # A month stays a whole month; all else moves by days.
    "CREATE MACRO moved_first(first, last, days) AS "
    "CASE WHEN whole_months(first, last) THEN (first + months(days))::DATE ELSE first + days END",
    "CREATE MACRO moved_last(first, last, days) AS "
    "CASE WHEN whole_months(first, last) THEN (last + 1 + months(days))::DATE - 1 ELSE last + days END",
    "CREATE MACRO moved_value(value, first, last, days) AS "
    "CASE WHEN value = first::VARCHAR THEN moved_first(first, last, days)::VARCHAR ELSE value END",
)
# What becomes of a column of the sample's row (`t`, of a list's element `x`), where it does not stay as it is; `a` is
# the article that is made.
_MOVED = {
    "start_date": "moved_first({x}.start_date, {x}.end_date, a.days)",
    "end_date": "moved_last({x}.start_date, {x}.end_date, a.days)",
    "effective_start": "{x}.effective_start + a.days",
    "effective_end": "{x}.effective_end + a.days",
}
_LISTS: dict[str, dict[str, str]] = {
    "mentions": _MOVED
    | {
        "mention_id": "hid('mention', a.n, {x}.mention_id)",
        "article_event_id": "event_hid(a.k, a.j, {x}.article_event_id)",
    },
    "events": _MOVED | {"article_event_id": "event_hid(a.k, a.j, {x}.article_event_id)"},
    "expressions": {
        "start_date": _MOVED["start_date"],
        "end_date": _MOVED["end_date"],
        "value": "moved_value({x}.value, {x}.start_date, {x}.end_date, a.days)",
    },
    "evidence": {
        "first_date": "{x}.first_date + a.days",
        "last_date": "{x}.last_date + a.days",
    },
}
_OUT = "a.days + a.lag"  # by how many days an article is published later than the sample
_ROWS: dict[str, str] = {
    "article_id": "a.article_id",
    "text_id": "a.text_id",
    "cluster_id": "hid('cluster', a.text, '')",
    "source": "'Paper ' || a.paper",
    "source_id": "'wire-' || a.n",
    "url": "a.url",
    "text": f"replace(t.text, '{MARK}', lpad(a.text::VARCHAR, {len(MARK)}, '0'))",
    "published_at": f"t.published_at + to_days({_OUT})",
    "origin": "'wire.jsonl:' || a.n",
    "bands": "list_transform(t.bands, lambda band, i: (hash(a.text, i) >> 1)::BIGINT)",
    "sketch": "(hash(a.text) >> 1)::BIGINT",
    "lines_seen": "[(hash(a.n, 0) >> 1)::BIGINT]",
    "repeated": "[]",
    **{
        name: f"t.{name} + ({_OUT})"
        for name in ("published_date", "published_earliest", "published_latest", "published_likely")
    },
}


@dataclass(frozen=True)
class Filled:
    """What was written, and the seconds that it took."""

    batches: int
    articles: int
    mentions: int
    article_events: int
    events: int
    seconds: float


def fill(home: Home, mentions: int) -> Filled:
    """Writes a lake of about so many mentions, with the clusters and the merged events of all its batches.

    Raises FileExistsError where the home has a lake already.
    """
    if home.lake.batches(RAW):
        raise FileExistsError(f"{home.root} has a lake already: name another home")
    start = time.perf_counter()
    with closing(duckdb.connect(":memory:", config={"threads": 2})) as db:
        for macro in _MACROS:
            db.execute(macro)
        originals = prepare(db, mentions)
        _planned(db, mentions, originals)
        ((articles,),) = db.execute("SELECT count(*) FROM article").fetchall()
        batches = -(-articles // BATCH)
        for first in range(0, batches, _TOGETHER):
            _write_batches(db, home.lake, first, min(first + _TOGETHER, batches))
        events = _write_merged(db, home.lake)
        ((told, accounts),) = db.execute(
            "SELECT sum(len(t.mentions)), sum(len(t.events)) FROM article AS a JOIN event_mentions AS t USING (s, o)"
        ).fetchall()
    return Filled(batches, articles, told, accounts, events, time.perf_counter() - start)


def _planned(db: duckdb.DuckDBPyConnection, mentions: int, originals: Sequence[ArticleMentions]) -> None:
    """The stories and the articles that tell them, as tables `story` and `article`.

    A story has a sample `s`, a world `o`, the days by which it lies later than the sample, and so many accounts.
    Stories of one world lie as far apart as can be, so that hardly any two of them merge or are stages of one thing.
    """
    ((worlds,),) = db.execute("SELECT max(o) + 1 FROM event_mentions").fetchall()
    mean = sum(len(row.mentions) for row in originals) / len(originals)
    stories = max(1, round(mentions / mean / ((1 + MOST_ACCOUNTS) / 2)))
    turns = max(1, -(-stories // (len(originals) * worlds)))
    db.execute(
        f"""CREATE TABLE story AS
        WITH numbered AS (
            SELECT k, k % {len(originals)} AS s, k // {len(originals)} % {worlds} AS o,
                k // {len(originals) * worlds} AS turn, 1 + k * 7 // 3 % {MOST_ACCOUNTS} AS accounts
            FROM range({stories}) AS numbers(k)
        ),
        scattered AS (
            SELECT *,
                hash(o) % {DAYS} + (turn * {len(originals)} + s) * {DAYS} / {len(originals) * turns} AS day
            FROM numbered
        )
        SELECT k, s, o, accounts, raw.published_at IS NOT NULL AS dated, raw.published_precision,
            sum(accounts) OVER (ORDER BY k) - accounts AS first_n,
            (DATE '{FIRST_DAY}' + (day::BIGINT % {DAYS})::INTEGER - dates.published_latest)::INTEGER AS days,
            CASE WHEN dated AND accounts > 1 THEN k % 16 END AS turn_of
        FROM scattered JOIN {RAW} AS raw USING (s) JOIN {DATES.name} AS dates USING (s)"""
    )
    # Batches take the articles in an order of their own, so that the accounts of a story lie in several.
    db.execute(
        f"""CREATE TABLE article AS
        WITH told AS (
            SELECT *, first_n + j AS n FROM (
                SELECT *, unnest(range(accounts)) AS j FROM story
            )
        ),
        placed AS (
            SELECT n, k, s, o, j, accounts, days, dated, published_precision,
                coalesce(turn_of = {VERSION} AND j = accounts - 1, false) AS is_version,
                coalesce(turn_of = {COPY} AND j = 1, false) AS is_copy,
                coalesce(turn_of = {VERSION} AND j = 0, false) AS has_version,
                (CASE WHEN is_version THEN j + 5 ELSE j END)::INTEGER AS lag,
                CASE WHEN is_copy THEN n - 1 ELSE n END AS text,
                CASE WHEN is_version THEN first_n ELSE n END AS address,
                row_number() OVER (ORDER BY hash(n)) - 1 AS position
            FROM told
        )
        SELECT *, position // {BATCH} AS batch,
            address * 13 % {SOURCES} AS paper,
            'https://paper-' || paper || '.example/wire/' || address AS url,
            hid('article', n, '') AS article_id, hid('text', text, '') AS text_id
        FROM placed ORDER BY position"""
    )


def _selected(record: type[Record], **changed: str) -> str:
    """The columns of a record, made of those of the sample."""
    made = _ROWS | changed
    parts = []
    for column in columns(record):
        expression = made.get(column.name)
        if column.name in _LISTS:
            fields = _LISTS[column.name]
            element = next(f for f in arrow_schema(record) if f.name == column.name).type.value_type
            packed = ", ".join(
                f'"{f.name}" := ' + fields.get(f.name, f'{{x}}."{f.name}"').format(x="x") for f in element
            )
            expression = f"list_transform(t.{column.name}, lambda x: struct_pack({packed}))"
        parts.append(f'({expression or f"t.{column.name}"})::{column.sql_type} AS "{column.name}"')
    return ", ".join(parts)


# Which columns are made otherwise in one stage, and whether its rows are those of texts.
_BY_TEXT = {SIGNATURES.name, CLEAN.name, PARSES.name}
_CHANGED: dict[str, dict[str, str]] = {
    LINES.name: {"lines": _ROWS["lines_seen"]},
    PARSES.name: {"sentences": "[]", "docs": "NULL", "words": "0"},
}


def _write_batches(db: duckdb.DuckDBPyConnection, lake: Lake, first: int, end: int) -> None:
    """Writes the files of the batches from `first` up to and without `end`, of all stages."""
    within = f"a.batch >= {first} AND a.batch < {end}"
    keys = {}
    contents: dict[tuple[str, int], str] = {}
    asked = f"SELECT batch, list(article_id ORDER BY article_id) FROM article AS a WHERE {within} GROUP BY batch"
    for number, ids in db.execute(asked).fetchall():
        keys[number] = digest("batch", *ids)

    def write(name: str, record: type[Record], stamped: Callable[[int], tuple[str, dict[str, Any]]]) -> None:
        once = " QUALIFY row_number() OVER (PARTITION BY a.batch, a.text ORDER BY a.n) = 1" if name in _BY_TEXT else ""
        join = "USING (s, o)" if name == MENTIONS.name else "USING (s)"
        rows = f"SELECT a.batch AS batch_number, {_selected(record, **_CHANGED.get(name, {}))} "
        rows += f"FROM article AS a JOIN {name} AS t {join} WHERE {within}{once} ORDER BY a.position"
        made = db.sql(rows).to_arrow_table()
        for number, table in _parts(made, record):
            fingerprint, facts = stamped(number)
            contents[name, number] = _written(lake, name, keys[number], table, fingerprint, facts).content

    def of_stage(stage: Stage) -> Callable[[int], tuple[str, dict[str, Any]]]:
        def stamped(number: int) -> tuple[str, dict[str, Any]]:
            inputs = [contents[name, number] for name in stage.inputs]
            model = {"model": model_fingerprint()} if stage.needs_model else {}
            return fingerprint_of(stage, inputs), model | {"inputs": inputs}

        return stamped

    write(
        RAW,
        RawArticle,
        lambda number: (
            "landed",
            {"landed_at": (LANDED + timedelta(minutes=number)).isoformat(), "sequence": number},
        ),
    )
    for stage in STAGES:
        write(stage.name, stage.record, of_stage(stage))


def _parts(made: pa.Table, record: type[Record]) -> Iterator[tuple[int, pa.Table]]:
    """The rows of each batch, without the column that names it; they come in the order of the batches."""
    numbers = made["batch_number"].to_numpy()
    rows = made.drop_columns(["batch_number"]).cast(arrow_schema(record))
    edges = [0, *(i for i in range(1, len(numbers)) if numbers[i] != numbers[i - 1]), len(numbers)]
    for first, end in pairwise(edges):
        yield int(numbers[first]), rows.slice(first, end - first)


def _written(lake: Lake, stage: str, batch: str, table: pa.Table, fingerprint: str, facts: dict[str, Any]) -> Stamp:
    """Writes a file of one row group, as the lake does, from columns instead of records."""
    whole = table.take(pa.array(range(table.num_rows)))  # what lies under a null is zero, as in rows of Python
    return lake.write_tables(stage, batch, table.schema, [whole], fingerprint=fingerprint, facts=facts)


def _write_merged(db: duckdb.DuckDBPyConnection, lake: Lake) -> int:
    """Writes the clusters of the articles and the merged events; returns how many events there are."""
    planned = plan(lake)
    if len(planned.batches) != len(landed(lake)):
        raise RuntimeError("the batches are not what the stages would take as processed")
    known = """CASE WHEN published_precision = 'second' THEN published_at + to_days(days + lag)
        ELSE (published_latest + (days + lag) + 1)::TIMESTAMP END"""
    db.execute(
        f"""CREATE TABLE known AS SELECT n, k, j, article_id, {known} AS known_at
        FROM (SELECT a.*, raw.published_at, dates.published_latest FROM article AS a
            JOIN {RAW} AS raw USING (s) JOIN {DATES.name} AS dates USING (s))"""
    )
    clusters = db.sql(
        """SELECT a.article_id, hid('cluster', a.text, '') AS cluster_id,
            hid('article', a.text, '') AS cluster_first_article_id, 1.0::DOUBLE AS similarity,
            substr(a.url, 9) AS url_key,
            CASE WHEN a.has_version THEN hid('article', a.n + a.accounts - 1, '') END AS superseded_by,
            CASE WHEN a.is_version THEN hid('article', a.n - a.accounts + 1, '') END AS previous_version_id,
            known.known_at, later.known_at AS superseded_at
        FROM article AS a JOIN known USING (n)
        LEFT JOIN known AS later ON CASE WHEN a.has_version THEN a.n + a.accounts - 1 END = later.n
        ORDER BY a.article_id"""
    ).to_arrow_table()
    _written(
        lake,
        CLUSTERED_STAGE,
        MERGED_BATCH,
        clusters.cast(arrow_schema(ArticleCluster)),
        planned.clusters_id,
        planned.facts,
    )
    events = _events(db)
    _written(lake, MERGED_STAGE, MERGED_BATCH, events, planned.merge_id, planned.facts)
    return int(events.num_rows)


def _patterns(told: Sequence[ArticleMentions], published: Mapping[int, date]) -> Iterator[dict[str, Any]]:
    """For each sample and number of accounts, how the accounts of a story merge: places of articles and of events in
    them, and which events are later stages of which."""
    for s, row in enumerate(told):
        for accounts in range(1, MOST_ACCOUNTS + 1):
            given = [
                Account(
                    event.model_copy(update={"article_event_id": f"{j}:{event.article_event_id.zfill(3)}"}),
                    str(j),
                    published[s],
                    datetime.combine(published[s], datetime.min.time()) + timedelta(days=j),
                )
                for j in range(accounts)
                for event in row.events
            ]
            merged = merge(given)
            places = {event.event_id: place for place, event in enumerate(merged)}
            for place, event in enumerate(merged):
                members = [member.split(":") for member in event.article_event_ids]
                yield {
                    "s": s,
                    "accounts": accounts,
                    "e": place,
                    "event_type": str(event.event_type),
                    "status": str(event.status),
                    "members": [{"j": int(j), "part": str(int(part))} for j, part in members],
                    "later": [places[key] for key in event.later_stages],
                }


def _events(db: duckdb.DuckDBPyConnection) -> pa.Table:
    """The merged events of all stories, sorted by id."""
    told: list[ArticleMentions] = []
    for (s,) in db.execute("SELECT DISTINCT s FROM event_mentions ORDER BY s").fetchall():
        names = ", ".join(f'"{name}"' for name in arrow_schema(ArticleMentions).names)
        (row,) = db.sql(f"SELECT {names} FROM event_mentions WHERE s = {s} AND o = 0").to_arrow_table().to_pylist()
        told.append(ArticleMentions.model_validate(row))
    published = dict(db.execute(f"SELECT s, published_latest FROM {DATES.name}").fetchall())
    db.register("given", pa.Table.from_pylist(list(_patterns(told, published))))
    db.execute("CREATE TABLE pattern AS SELECT * FROM given")
    db.unregister("given")
    # An event has the id of the account that was known first; an article has one account of an event at the most.
    db.execute(
        """CREATE TABLE happened AS
        SELECT k, e, event_type, status, later,
            list_sort(list_transform(members, lambda m: event_hid(k, m.j, m.part))) AS article_event_ids,
            event_hid(k, members[1].j, members[1].part) AS first
        FROM (SELECT * REPLACE (list_sort(members) AS members) FROM pattern) JOIN story USING (s, accounts)"""
    )
    firsts = db.sql("SELECT k, e, first FROM happened").to_arrow_table()
    ids = pa.array([digest("event", first) for first in firsts["first"].to_pylist()])
    db.register("given", firsts.drop_columns(["first"]).append_column("event_id", ids))
    db.execute("CREATE TABLE identified AS SELECT * FROM given")
    db.unregister("given")
    events = db.sql(
        """WITH later AS (
            SELECT link.k, link.e, list(identified.event_id ORDER BY identified.event_id) AS later_stages
            FROM (SELECT k, e, unnest(later) AS to_e FROM happened) AS link
            JOIN identified ON link.k = identified.k AND link.to_e = identified.e
            GROUP BY ALL
        )
        SELECT identified.event_id, happened.event_type, happened.status, happened.article_event_ids,
            coalesce(later.later_stages, []) AS later_stages
        FROM happened JOIN identified USING (k, e) LEFT JOIN later USING (k, e)
        ORDER BY identified.event_id"""
    ).to_arrow_table()
    return events.cast(arrow_schema(Event))


def main() -> None:
    home = Home(Path(sys.argv[1]).absolute())
    print(fill(home, int(sys.argv[2])))


if __name__ == "__main__":
    main()
