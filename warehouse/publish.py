"""Puts a built and checked file in the place from which it is read, and opens it for readers.

How it is built and checked does not belong here.
"""

import shutil
import uuid
from pathlib import Path
from typing import Any

import duckdb

from warehouse.atomic import sync, temporary_name
from warehouse.files import all_tables, write_table
from warehouse.literals import quoted
from warehouse.memory import bounded
from warehouse.previous import BEFORE, DAMAGE, damaged
from warehouse.previous import DamagedWarehouseError as DamagedWarehouseError

# With these a connection can neither read nor write any other file, nor be talked out of it.
LOCKED_DOWN = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}


class PublicationRefusedError(RuntimeError):
    """The built file must not replace the published one."""


def open_published(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can only read this file.

    Raises FileNotFoundError where nothing was published yet, DamagedWarehouseError where it cannot be opened.
    """
    if not path.exists():
        raise FileNotFoundError(f"nothing is published at {path}: run `parley run` first")
    try:
        return duckdb.connect(str(path), read_only=True, config=dict(LOCKED_DOWN))
    except DAMAGE as error:
        raise damaged(path, error) from error


def open_rejected(rejected: Path, published: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can only read a build that was stopped and, as catalogue `before`, the publication that stayed.

    Raises FileNotFoundError where no build was stopped, DamagedWarehouseError where a file cannot be opened.
    """
    if not rejected.exists():
        raise FileNotFoundError("no build was stopped since the last publication")
    db = duckdb.connect()
    try:
        for name, path in (("rejected", rejected), (BEFORE, published)):
            if path.exists():
                db.execute(f"ATTACH {quoted(str(path))} AS {name} (READ_ONLY)")
        db.execute("USE rejected")
        for setting, value in LOCKED_DOWN.items():
            db.execute(f"SET {setting} = {value}")
    except DAMAGE as error:
        db.close()
        raise damaged(path, error) from error
    return db


def last_publication(path: Path) -> dict[str, Any] | None:
    """The newest row of core.publication and the set of batches in it; None where nothing was published yet.

    Raises DamagedWarehouseError where it cannot be read.
    """
    if not path.exists():
        return None
    db = open_published(path)
    try:
        cursor = db.execute("SELECT * FROM core.publication ORDER BY published_at DESC LIMIT 1")
        names = [d[0] for d in cursor.description]
        row = dict(zip(names, cursor.fetchone() or (), strict=True))
        row["batches"] = {b for (b,) in db.execute("SELECT batch FROM core.batch").fetchall()}
        return row
    except DAMAGE as error:
        raise damaged(path, error) from error
    finally:
        db.close()


def publish(built: Path, published: Path, parquet: Path) -> None:
    """Replaces the published file by the built one, whole and at once, and its Parquet copies with it.

    `parquet` is a link to the folder of the newest copies, so that a reader never sees half of them. Raises
    PublicationRefusedError where the built file lacks a batch that is published, or is not there. All stand on one
    file system.
    """
    before, now = last_publication(published), last_publication(built)
    if now is None:
        raise PublicationRefusedError(f"there is no built warehouse at {built.name}")
    if before is not None and (missing := before["batches"] - now["batches"]):
        raise PublicationRefusedError(
            f"the lake has lost {len(missing)} published batches ({', '.join(sorted(missing)[:3])}): "
            "give their articles to `parley run` again (where those are gone for good, move "
            f"{published.name} away, and `parley run --accept-collapse` publishes what there is, with the history of "
            "before)"
        )
    sync(built)
    copies = _copies(built, parquet, now["publication_id"])
    built.replace(published)
    sync(published.parent)
    _lead(parquet, copies)


def copies_of(parquet: Path) -> str | None:
    """The publication_id of which the Parquet copies are; None where there are none."""
    return parquet.readlink().name.split("-")[1] if parquet.is_symlink() else None


def _copies(built: Path, link: Path, publication_id: str) -> Path:
    """A new folder with a Parquet file of each table and lasting view; until the link leads there, nobody reads it."""
    folder = link.with_name(f".{link.name}-{publication_id}-{uuid.uuid4().hex[:8]}")
    folder.mkdir(parents=True)
    with bounded(built, built) as db:
        for schema, name in all_tables():
            write_table(db, schema, name, folder / f"{schema}.{name}.parquet", "parquet")
    return folder


def _lead(link: Path, folder: Path) -> None:
    """Turns the link to the folder; the one before stays for those who are reading it, older ones go."""
    kept = {folder.name, link.readlink().name if link.is_symlink() else folder.name}
    step = temporary_name(link)
    step.symlink_to(folder.name)
    step.replace(link)
    _drop_others(link, kept)


def drop_older(link: Path) -> None:
    """Removes the copies of every publication but the newest, also from under those who may still read them."""
    if link.is_symlink():
        _drop_others(link, {link.readlink().name})


def _drop_others(link: Path, kept: set[str]) -> None:
    for old in link.parent.glob(f".{link.name}-*"):
        if old.name not in kept:
            shutil.rmtree(old)
