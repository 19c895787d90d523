"""What it costs to declare keys and constraints in the published file: `python -m benchmarks.keys [--events 50000]`.

Made-up rows go into the core tables of a file, declared as little and as much as DuckDB can, all in one run: seconds to
insert and write, megabytes, milliseconds of queries; CPU time, so that other work on the machine does not count.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import duckdb

from benchmarks.common import machine, table
from warehouse.build import STORAGE_VERSION
from warehouse.columns import Column
from warehouse.literals import quoted
from warehouse.tables import CORE, Table

_ACTORS = 5_000
_REPEATS = 5

# Rows by table, in the order of the references; `n` is the number of events.
_ROWS = {
    "batch": """
        SELECT 'b' || i AS batch, TIMESTAMP '2024-01-01' AS landed_at, 500 AS article_count
        FROM range({n} // 500 + 1) AS made (i)""",
    "article": """
        SELECT md5('a' || i) AS article_id, md5('t' || i) AS text_id, 'Wire ' || i % 20 AS source,
            's' || i AS source_id, repeat(md5('w' || i), 60) AS text, 'b' || i // 500 AS batch, 'en' AS language,
            'given' AS published_basis,
            DATE '2020-01-01' + (i % 1500)::INTEGER AS published_date, 'a.jsonl' AS origin, md5('c' || i) AS cluster_id,
            md5('a' || i) AS cluster_first_article_id, 1.0 AS similarity, 1 AS cluster_size,
            md5('c' || i) AS exact_cluster_id
        FROM range({n}) AS made (i)""",
    "sentence": """
        SELECT md5('a' || i // 10) AS article_id, i % 10 AS ordinal, i % 10 * 190 AS sentence_start,
            i % 10 * 190 + 180 AS sentence_end, 'content' AS kind
        FROM range({n} * 10) AS made (i)""",
    "actor": """
        SELECT md5('w' || i) AS actor_id, 'Actor ' || i AS actor, 'person' AS actor_kind, 'PER' AS country_code
        FROM range({actors}) AS made (i)""",
    "event": """
        SELECT md5('e' || i) AS event_id, 'meeting' AS event_type, 'held' AS status,
            DATE '2020-01-01' + (i % 1500)::INTEGER AS start_date, start_date AS end_date, 0.8 AS confidence,
            false AS disputed, '040' AS cameo_code, 'CONSULT' AS plover_event
        FROM range({n}) AS made (i)""",
    "event_participant": """
        SELECT md5('e' || i // 3) AS event_id, md5('w' || (i * 7919) % {actors}) AS actor_id, 'participant' AS role
        FROM range({n} * 3) AS made (i)""",
    "article_event": """
        SELECT md5('n' || i) AS article_event_id, md5('e' || i // 2) AS event_id,
            md5('a' || (i * 31) % {n}) AS article_id, 'meeting' AS event_type, 'held' AS status, 0.8 AS confidence,
            ['A', 'B'] AS participants
        FROM range({n} * 2) AS made (i)""",
    "event_mention": """
        SELECT md5('m' || i) AS mention_id, md5('n' || i % ({n} * 2)) AS article_event_id,
            md5('a' || ((i % ({n} * 2)) * 31) % {n}) AS article_id, 'meeting' AS event_type, 'held' AS status,
            0 AS sentence_start, 180 AS sentence_end, 'met' AS trigger, 10 AS trigger_start, 13 AS trigger_end,
            'rule' AS rule, 0.8 AS confidence, repeat('x', 180) AS sentence, 0 AS raw_start, 180 AS raw_end
        FROM range({n} * 3) AS made (i)""",
}
_QUERIES = {
    "scan": "SELECT status, count(*), avg(confidence) FROM core.event GROUP BY ALL",
    "join": "SELECT actor.country_code, count(*) FROM core.event_participant JOIN core.actor AS actor USING (actor_id) "
    "JOIN core.event USING (event_id) GROUP BY ALL",
    "one row": "SELECT * FROM core.event WHERE event_id = md5('e17')",
    "evidence of one": "SELECT sentence FROM core.event_mention JOIN core.article_event USING (article_event_id) "
    "WHERE event_id = md5('e17')",
}


def _not_null(c: Column) -> str:
    return "" if c.nullable else " NOT NULL"


def _check(c: Column) -> str:
    """The accepted values and bounds of a column as CHECK."""
    parts = [f'"{c.name}" IN ({", ".join(quoted(v) for v in c.values)})'] if c.values else []
    for bound, sign in ((c.minimum, ">="), (c.maximum, "<=")):
        if isinstance(bound, int | float):
            parts.append(f'"{c.name}" {sign} {bound}')
    return f" CHECK ({' AND '.join(parts)})" if parts else ""


def _body(made: Table, each: Callable[[Column], str], *, keys: bool = False, references: bool = False) -> str:
    parts = [f'"{c.name}" {c.sql_type}{each(c)}' for c in made.columns]
    if keys:
        parts.append("PRIMARY KEY (" + ", ".join(f'"{name}"' for name in made.key) + ")")
    if references:
        for c in made.columns:
            # A reference into the same table cannot hold while its rows are being inserted.
            if c.references and (other := c.references.split("."))[0] not in (made.name, "place"):
                parts.append(f'FOREIGN KEY ("{c.name}") REFERENCES core.{other[0]} ("{other[1]}")')
    return ", ".join(parts)


DECLARED: dict[str, Callable[[Table], str]] = {
    "nothing": lambda made: _body(made, lambda _: ""),
    "NOT NULL": lambda made: _body(made, _not_null),
    "NOT NULL, CHECK": lambda made: _body(made, lambda c: _not_null(c) + _check(c)),
    "NOT NULL, PRIMARY KEY": lambda made: _body(made, _not_null, keys=True),
    "NOT NULL, PRIMARY and FOREIGN KEY": lambda made: _body(made, _not_null, keys=True, references=True),
}


def _filled(path: Path, body: Callable[[Table], str], events: int) -> float:
    """Makes and fills the tables; returns the CPU seconds of filling them and writing the file."""
    with closing(duckdb.connect(":memory:")) as db:
        for name, rows in _ROWS.items():
            db.execute(f"CREATE TABLE made_{name} AS {rows.format(n=events, actors=_ACTORS)}")
        db.execute(f"ATTACH {quoted(str(path))} AS warehouse (STORAGE_VERSION {quoted(STORAGE_VERSION)})")
        db.execute("SET search_path = 'warehouse.main,memory.main'")
        db.execute("CREATE SCHEMA core")
        start = time.process_time()
        for name in _ROWS:
            db.execute(f"CREATE TABLE core.{name} ({body(CORE[name])})")
            db.execute(f"INSERT INTO core.{name} BY NAME SELECT * FROM made_{name}")
        db.execute("CHECKPOINT warehouse")
        return time.process_time() - start


def _answered(path: Path) -> Iterator[float]:
    """CPU milliseconds of each query, the quickest of some; the file is opened once."""
    with closing(duckdb.connect(str(path), read_only=True)) as db:
        for sql in _QUERIES.values():
            seconds = []
            for _ in range(_REPEATS):
                start = time.process_time()
                db.execute(sql).fetchall()
                seconds.append(time.process_time() - start)
            yield 1000 * min(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=50_000)
    events = parser.parse_args().events
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        _filled(Path(folder) / "warm.duckdb", DECLARED["nothing"], events // 10)
        for number, (name, body) in enumerate(DECLARED.items()):
            path = Path(folder) / f"{number}.duckdb"
            seconds = _filled(path, body, events)
            rows.append(
                [name, f"{seconds:.1f}", f"{path.stat().st_size / 1e6:.0f}", *(f"{ms:.1f}" for ms in _answered(path))]
            )
    print(machine())
    print(table(["declared", "CPU s to fill", "MB", *(f"{name} (ms)" for name in _QUERIES)], rows))


if __name__ == "__main__":
    main()
