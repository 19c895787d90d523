"""What one run of watching leaves for the next, in one SQLite file of the home: validators, pages had, hosts' wishes.

It is written in one transaction and only after the articles have landed: a kill between costs requests, never articles.
Nothing secret may come in: what is handed over has been redacted. What is made of it belongs to `reading` and `client`.
"""

import errno
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from transforms.identity import digest

_SCHEMA = """
    CREATE TABLE IF NOT EXISTS source (
        name TEXT PRIMARY KEY, address TEXT NOT NULL, kind TEXT, checked_at TEXT NOT NULL,
        succeeded_at TEXT, status TEXT NOT NULL
    );
    CREATE TABLE IF NOT EXISTS validator (
        source TEXT, address TEXT, etag TEXT, last_modified TEXT, PRIMARY KEY (source, address)
    );
    CREATE TABLE IF NOT EXISTS page (source TEXT, entry TEXT, stamp TEXT NOT NULL, PRIMARY KEY (source, entry));
    CREATE TABLE IF NOT EXISTS host (host TEXT PRIMARY KEY, not_before TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS robots (origin TEXT PRIMARY KEY, fetched_at TEXT NOT NULL, body TEXT NOT NULL);
"""

_PATIENCE = 30.0  # seconds


@dataclass(frozen=True)
class Checked:
    """How the last look at a source went. Times are in UTC, naive."""

    name: str
    address: str  # redacted, or the path
    kind: str | None  # `feed`, `page` or `files`; None where nobody knows yet
    checked_at: datetime
    status: str  # `ok`, `unchanged`, or what went wrong
    succeeded_at: datetime | None = None


class Memory:
    """Reads what was left before; what is to be left is collected, and written by `commit`."""

    def __init__(self, path: Path, patience: float = _PATIENCE) -> None:
        """Opens the file, waiting so many seconds for others who write. Raises OSError where it cannot be opened."""
        self._path = path
        self._writes: list[tuple[str, tuple[str | None, ...]]] = []
        self.damaged = False
        try:
            self._db = _opened(path, patience)
        except sqlite3.OperationalError as error:  # busy, unreadable, a full disk: what it holds may be sound
            raise _fault(path, error) from error
        except sqlite3.DatabaseError:
            # All in it can be fetched again. The file is kept for whoever wants to know what befell it.
            path.replace(path.with_name(f"{path.name}.damaged"))
            self.damaged = True
            self._db = _opened(path, patience)

    def close(self) -> None:
        """What was not committed is forgotten."""
        self._db.close()

    def validators(self, source: str, address: str) -> dict[str, str]:
        """The headers that make a request conditional (RFC 9110, 13.1), none where the content is not known."""
        row = self._one("SELECT etag, last_modified FROM validator WHERE source = ? AND address = ?", source, address)
        named = zip(("If-None-Match", "If-Modified-Since"), row or (), strict=False)
        return {name: value for name, value in named if value}

    def set_validators(self, source: str, address: str, etag: str | None, last_modified: str | None) -> None:
        """Keeps what the server said of its content's version; without either, the content counts as unknown."""
        self._write("DELETE FROM validator WHERE source = ?", source)
        if etag or last_modified:
            self._write("INSERT INTO validator VALUES (?, ?, ?, ?)", source, address, etag, last_modified)

    def has_page(self, source: str, entry: str, stamp: str) -> bool:
        """Whether the page of a feed's entry was dealt with in this version."""
        key = digest("entry", entry)
        return self._one("SELECT stamp FROM page WHERE source = ? AND entry = ?", source, key) == (stamp,)

    def set_pages(self, source: str, pages: dict[str, str]) -> None:
        """Keeps the stamps of the entries dealt with, under hashes: an address that is to be forgotten does not stand
        here. Those that the feed no longer has are dropped."""
        self._write("DELETE FROM page WHERE source = ?", source)
        for entry, stamp in pages.items():
            self._write("INSERT INTO page VALUES (?, ?, ?)", source, digest("entry", entry), stamp)

    def not_before(self, host: str) -> datetime | None:
        """When a host wants to be asked again at the earliest."""
        row = self._one("SELECT not_before FROM host WHERE host = ?", host)
        return _time(row[0]) if row and row[0] else None

    def set_not_before(self, host: str, when: datetime) -> None:
        self._write("INSERT OR REPLACE INTO host VALUES (?, ?)", host, when.isoformat())

    def robots(self, origin: str, since: datetime) -> str | None:
        """A site's robots.txt, where it was fetched after `since`."""
        row = self._one("SELECT body FROM robots WHERE origin = ? AND fetched_at > ?", origin, since.isoformat())
        return row[0] if row else None

    def set_robots(self, origin: str, fetched_at: datetime, body: str) -> None:
        self._write("INSERT OR REPLACE INTO robots VALUES (?, ?, ?)", origin, fetched_at.isoformat(), body)

    def checked(self) -> dict[str, Checked]:
        """The last look at each source, by name."""
        return _looks(self._db)

    def set_checked(self, look: Checked) -> None:
        """Keeps how a look went; what it cannot tell of kind and success stays as it was before."""
        before = self.checked().get(look.name)
        if before is not None:
            succeeded = look.succeeded_at or before.succeeded_at
            look = replace(look, succeeded_at=succeeded, kind=look.kind or before.kind)
        self._write(
            "INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?, ?)",
            look.name,
            look.address,
            look.kind,
            look.checked_at.isoformat(),
            look.succeeded_at.isoformat() if look.succeeded_at else None,
            look.status,
        )

    def commit(self) -> None:
        """Writes all that was collected, whole or not at all. Raises OSError where the home cannot be written."""
        try:
            with self._db:
                self._db.execute("BEGIN")
                for statement, values in self._writes:
                    self._db.execute(statement, values)
        except sqlite3.OperationalError as error:
            raise _fault(self._path, error) from error
        self._writes.clear()

    def _one(self, query: str, *values: str) -> tuple[str | None, ...] | None:
        row: tuple[str | None, ...] | None = self._db.execute(query, values).fetchone()
        return row

    def _write(self, statement: str, *values: str | None) -> None:
        self._writes.append((statement, values))


def looks(path: Path) -> dict[str, Checked]:
    """The last look at each source of a home, for those who only read; empty where nothing was watched yet, and where
    the file is damaged, which the next run sets aside and tells of."""
    if not path.exists():
        return {}
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            return _looks(db)
    except sqlite3.OperationalError as error:
        raise _fault(path, error) from error
    except sqlite3.DatabaseError:
        return {}


def _looks(db: sqlite3.Connection) -> dict[str, Checked]:
    rows = db.execute("SELECT name, address, kind, checked_at, status, succeeded_at FROM source").fetchall()
    return {
        name: Checked(name, address, kind, _time(checked), status, _time(succeeded) if succeeded else None)
        for name, address, kind, checked, status, succeeded in rows
    }


def _fault(path: Path, error: sqlite3.OperationalError) -> OSError:
    """What SQLite cannot do with a sound file is the machine's: a full disk, missing rights, another who writes."""
    return OSError(errno.ENOSPC if "full" in str(error) else errno.EIO, str(error), path.name)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _opened(path: Path, patience: float) -> sqlite3.Connection:
    # Dagster may step a generator from another thread than the one that made it.
    db = sqlite3.connect(path, patience, isolation_level=None, check_same_thread=False)
    try:
        db.executescript(_SCHEMA)
        if db.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("quick_check")
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db
