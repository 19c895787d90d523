"""Remembers what one reading has seen: exact duplicates, and ids used for different texts.

It keeps them in a temporary SQLite database, which goes to disk when it grows, so that memory stays flat. What had
landed before this reading belongs to `pipelines/land.py`.
"""

import sqlite3
from enum import Enum, auto

from transforms.identity import digest
from transforms.records import RawArticle

_SCHEMA = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE TABLE ids (id BLOB PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE texts (
        record BLOB, published TEXT, text BLOB, origin TEXT, PRIMARY KEY (record, published, text)
    ) WITHOUT ROWID;
"""
# With a time of publication on both, the later one is the newer version, and at one time the one that comes later: a
# correction often keeps the time. Where one has none, two records may only share an id by mistake.
_CLASH = """
    SELECT origin FROM texts
    WHERE record = :record AND text <> :text AND (published = '' OR :published = '')
    LIMIT 1
"""


class Verdict(Enum):
    NEW = auto()
    SEEN = auto()
    CLASH = auto()  # its id belongs to another text


class Seen:
    """What has been read so far. Close it when done."""

    def __init__(self) -> None:
        # The empty name makes a private database that SQLite keeps in memory at first, then in a file it deletes.
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN")

    def close(self) -> None:
        self._db.close()

    def first_time(self, identifier: str) -> bool:
        """Whether an id (20 hex digits) is met for the first time; from now on it is known."""
        return self._db.execute("INSERT OR IGNORE INTO ids VALUES (?)", (bytes.fromhex(identifier),)).rowcount == 1

    def judge(self, article: RawArticle) -> tuple[Verdict, str]:
        """What to make of an article, and where it clashes, the origin of the first with its id."""
        if self._db.execute("SELECT 1 FROM ids WHERE id = ?", (bytes.fromhex(article.article_id),)).fetchone():
            return Verdict.SEEN, ""
        row = {
            "record": bytes.fromhex(digest("record", article.source, article.source_id)),
            "published": article.published_at.isoformat() if article.published_at else "",
            "text": bytes.fromhex(article.cluster_id),
            "origin": article.origin,
        }
        clash = self._db.execute(_CLASH, row).fetchone()
        if clash:
            return Verdict.CLASH, str(clash[0])
        self._db.execute("INSERT OR IGNORE INTO texts VALUES (:record, :published, :text, :origin)", row)
        self.first_time(article.article_id)
        return Verdict.NEW, ""
