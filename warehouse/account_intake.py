"""Takes the accounts of batches into the tables, and out of them, and what the clusters tell of their articles.

Which batches have changed (`pipelines/merging.py`) and what becomes of their accounts (`accounts.py`) do not belong
here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from pathlib import Path

import pyarrow as pa

from transforms.events.account import Account
from warehouse.account_tables import AccountTables
from warehouse.literals import quoted

# The parties as `transforms.events.parties.written_parties` writes them.
_WRITTEN = (
    "array_to_string(list_sort(list_distinct(list_transform(event.participants, lambda p: "
    "concat(p.role, ' ', p.kind, ' ', p.country_code, ' ', p.actor_id)))), ';')"
)
_BATCH = "parse_filename(filename, true) AS batch"
_PRESENT = f"""
INSERT INTO present
SELECT
    event.article_event_id, article_id, event.event_type, event.status, event.start_date, event.end_date, {_WRITTEN},
    published_date
FROM
    (SELECT {_BATCH}, article_id, unnest(events) AS event FROM read_parquet({{mentions}}, filename = true)) AS told
    SEMI JOIN owner USING (batch, article_id)
    LEFT JOIN (SELECT {_BATCH}, article_id, published_date FROM read_parquet({{dates}}, filename = true)) AS dated
    USING (batch, article_id)
"""
_SAME = "article_event_id, article_id, event_type, status, start_date, end_date, parties, published"
_AT_ONCE = 50  # files read in one query, so that memory does not grow with the lake


@dataclass(frozen=True)
class Files:
    """What is read of a batch, and the hashes of what the files hold."""

    mentions: Path
    dates: Path
    mentions_content: str
    dates_content: str


class AccountIntake(AccountTables):
    """What is taken in, and what waits to be merged."""

    def sharing(self, batches: Collection[str], mentions: Sequence[Path]) -> set[str]:
        """Other batches that have an article in common with these, or with those files of mentions."""
        self._register(batch=(list(batches), pa.string()))
        given = f"UNION SELECT article_id FROM read_parquet({_listed(mentions)})" if mentions else ""
        rows = self._db.execute(
            f"""SELECT DISTINCT batch FROM landing SEMI JOIN
            (SELECT article_id FROM landing WHERE batch IN (SELECT batch FROM probe) {given}) USING (article_id)
            WHERE batch NOT IN (SELECT batch FROM probe)"""
        ).fetchall()
        self._db.unregister("probe")
        return {batch for (batch,) in rows}

    def take(self, batches: Mapping[str, "Files | None"], order: Sequence[str]) -> list[str]:
        """Reads batches anew, or drops them (None). `order` is that of landing, of all batches: of an article that
        several have, the accounts of the first one count, so that all of them must be read together (`sharing`).

        New accounts are in no event yet. Returns the ids of those that are no more; they stay until they are dropped.
        """
        db, files = self._db, {batch: one for batch, one in batches.items() if one is not None}
        self._given([(batch,) for batch in batches], {"batch": pa.string()})
        db.execute("CREATE TEMP TABLE former AS SELECT article_id FROM landing WHERE batch IN (FROM given)")
        db.execute("DELETE FROM landing WHERE batch IN (FROM given)")
        db.execute("DELETE FROM batch WHERE batch IN (FROM given)")
        db.unregister("given")
        made_of = [(batch, one.mentions_content, one.dates_content) for batch, one in files.items()]
        self._insert("batch", made_of, dict.fromkeys(("batch", "mentions", "dates"), pa.string()))
        parts = [list(part) for part in batched(files.values(), _AT_ONCE)]
        for part in parts:
            mentions = _listed([one.mentions for one in part])
            db.execute(
                f"INSERT INTO landing SELECT {_BATCH}, article_id FROM read_parquet({mentions}, filename = true)"
            )
        self._given(list(enumerate(order)), {"place": pa.int32(), "batch": pa.string()})
        db.execute(
            """CREATE TEMP TABLE owner AS SELECT article_id, arg_min(batch, place) AS batch
            FROM landing JOIN given USING (batch) GROUP BY article_id"""
        )
        db.unregister("given")
        db.execute(f"CREATE TEMP TABLE present AS SELECT {_SAME} FROM account WHERE false")
        for part in parts:
            mentions, dates = _listed([one.mentions for one in part]), _listed([one.dates for one in part])
            db.execute(_PRESENT.format(mentions=mentions, dates=dates))
        known = f"SELECT {_SAME} FROM account SEMI JOIN former USING (article_id)"
        vanished = db.execute(
            f"""SELECT number, article_event_id FROM account SEMI JOIN former USING (article_id)
            WHERE article_event_id IN (SELECT article_event_id FROM ({known} EXCEPT FROM present))"""
        ).fetchall()
        db.execute(
            f"""INSERT INTO account SELECT
            coalesce((SELECT max(number) FROM account), 0) + row_number() OVER (), *, NULL
            FROM (FROM present EXCEPT {known})"""
        )
        db.execute("DROP TABLE former; DROP TABLE owner; DROP TABLE present")
        self._numbers |= {key: number for number, key in vanished}
        return [key for _, key in vanished]

    def learn(self, clusters: Path) -> list[str]:
        """Takes over from the file of clusters which articles are superseded, and when each was known; returns the
        ids of the merged accounts for which that is another than before. Raises LookupError for an article that is
        in no cluster."""
        db = self._db
        db.execute(
            f"""CREATE TEMP TABLE learnt AS SELECT article_id, known_at, superseded_by IS NOT NULL AS superseded
            FROM read_parquet({quoted(str(clusters))}) EXCEPT FROM article"""
        )
        known = "SELECT article_id FROM article UNION ALL SELECT article_id FROM learnt"
        missing = f"SELECT article_id FROM account EXCEPT ({known})"
        (lost,) = db.execute(f"SELECT count(*) FROM ({missing})").fetchone() or (0,)
        if lost:
            raise LookupError(f"{lost} articles that tell of events are in no cluster")
        db.execute("DELETE FROM article WHERE article_id IN (SELECT article_id FROM learnt)")
        db.execute("INSERT INTO article FROM learnt")
        wanted = "SELECT number FROM account SEMI JOIN learnt USING (article_id) WHERE event IS NOT NULL"
        found = [account.key for _, account in self._accounts(wanted)]
        db.execute("DROP TABLE learnt")
        return found

    def drop(self, accounts: Collection[str]) -> None:
        """Removes accounts that are no more."""
        self._register(number=([self._numbers.pop(key) for key in accounts], pa.int32()))
        self._db.execute("DELETE FROM account WHERE number IN (FROM probe)")
        self._db.execute("DELETE FROM account_key WHERE account IN (FROM probe)")
        self._db.unregister("probe")

    def unmerged(self, most: int) -> Iterator[list[Account]]:
        """The accounts that are in no event yet, at most so many at once, those of one time together."""
        self._db.execute(
            """CREATE OR REPLACE TEMP TABLE waiting AS SELECT number,
            row_number() OVER (ORDER BY coalesce(start_date, published), number) AS place
            FROM account WHERE event IS NULL"""
        )
        (count,) = self._db.execute("SELECT count(*) FROM waiting").fetchone() or (0,)
        for first in range(1, count + 1, most):
            self._numbers.clear()
            wanted = f"SELECT number FROM waiting WHERE place BETWEEN {first} AND {first + most - 1}"
            yield [account for _, account in self._accounts(wanted)]
        self._db.execute("DROP TABLE waiting")


def _listed(paths: Iterable[Path]) -> str:
    return "[" + ", ".join(quoted(str(path)) for path in paths) + "]"
