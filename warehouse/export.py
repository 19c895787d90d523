"""Writes the published tables and views as files for other programs, in a folder of which they are the package.

How a file is written (`files.py`) and described (`datapackage.py`), and publishing itself, do not belong here.
"""

import json
import shutil
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb

from warehouse.atomic import replacing, sweep, sync, temporary_name
from warehouse.datapackage import FILE_NAME, package
from warehouse.files import FORMATS, Written, all_tables, write_table
from warehouse.literals import quoted
from warehouse.marts import MARTS
from warehouse.previous import DamagedWarehouseError, telling
from warehouse.publish import LOCKED_DOWN

# Texts belong to their publishers: they leave the warehouse only when asked for. A sentence is a quotation.
TEXTS = {
    ("core", "article"): "text",
    ("marts", "articles"): "text",
    ("core", "article_change"): "sentence",
    ("core", "rejected_record"): "sample",
}


class UnknownTableError(ValueError):
    """What was asked for is no table, view or schema."""


def chosen(only: Iterable[str]) -> list[tuple[str, str]]:
    """The tables and views so named: `marts.events`, or `marts` for all of the schema; all where none is named.

    Raises UnknownTableError, with what there is, for a name of none.
    """
    wanted = set(only)
    tables = all_tables()
    known = {schema for schema, _ in tables} | {f"{schema}.{name}" for schema, name in tables}
    if live := sorted(wanted & {f"marts.{name}" for name, view in MARTS.items() if view.live}):
        raise UnknownTableError(f"{', '.join(live)} tells of the moment in which it is asked: no copy is made of it")
    if unknown := sorted(wanted - known):
        raise UnknownTableError(f"there is no {', '.join(unknown)}: give some of {', '.join(sorted(known))}")
    return [(s, n) for s, n in tables if not wanted or s in wanted or f"{s}.{n}" in wanted]


def export_tables(
    published: Path, folder: Path, form: str, *, with_text: bool = False, only: Iterable[str] = ()
) -> list[Path]:
    """Writes one file `SCHEMA.NAME.FORM` for each core table and mart view, or for those in `only`, and their
    `datapackage.json`; returns them, the description last.

    Files of an earlier export are replaced when all new ones are written, the description last of all: where the
    process dies between, there is none. `form` is one of FORMATS (KeyError otherwise). Raises FileNotFoundError where
    nothing was published yet, DamagedWarehouseError where the published file is damaged or lacks what is to be
    exported, UnknownTableError as `chosen` does, OSError where the folder cannot be written.
    """
    if form not in FORMATS:
        raise KeyError(form)
    tables = chosen(only)
    if not published.exists():
        raise FileNotFoundError(2, "nothing is published yet: run `parley run` first", str(published))
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder, below=False)
    work = temporary_name(folder / "export")
    work.mkdir()
    try:
        with closing(_open(published, work)) as db, telling(published):
            files = [_write(db, *table, work, form, with_text) for table in tables]
            described = package(*_facts(db), files, form)
        return _put(files, described, folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _open(published: Path, work: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can read the published file, write below `work`, and nothing else, whatever a view says."""
    # One thread keeps the order of rows without holding them; what a sort holds goes into the folder beyond the limit.
    # 320,000 articles of 3 KB: at most 1.2 GB of memory in any form, and no slower than with two threads.
    db = duckdb.connect(
        ":memory:", config={"temp_directory": str(work / "spilled"), "memory_limit": "1GB", "threads": 1}
    )
    try:
        db.execute(f"ATTACH {quoted(str(published))} AS published (READ_ONLY)")
        db.execute("USE published")
        db.execute(f"SET allowed_directories = [{quoted(str(work))}]")
        for name, value in LOCKED_DOWN.items():
            db.execute(f"SET {name} = {value}")
    except duckdb.Error as error:
        db.close()
        raise DamagedWarehouseError(f"{published.name} cannot be opened: {str(error).splitlines()[0]}") from error
    return db


def _write(db: duckdb.DuckDBPyConnection, schema: str, name: str, work: Path, form: str, with_text: bool) -> Written:
    left_out = TEXTS.get((schema, name))
    without = [left_out] if left_out and not with_text else []
    target = work / f"{schema}.{name}.{form}"
    try:
        written = write_table(db, schema, name, target, form, without=without, ordered=True)
    except duckdb.IOException as error:
        raise OSError(None, str(error), str(target)) from error
    sync(target)
    return written


def _facts(db: duckdb.DuckDBPyConnection) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The newest publication, and the sources."""

    def rows(query: str) -> list[dict[str, Any]]:
        cursor = db.execute(query)
        names = [d[0] for d in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    (publication,) = rows("SELECT * FROM core.publication ORDER BY published_at DESC LIMIT 1")
    return publication, rows("SELECT source, address, licence FROM core.source ORDER BY source")


def _put(files: list[Written], described: dict[str, Any], folder: Path) -> list[Path]:
    """Moves the files to their place; from the first that moves to the last, no description stands there."""
    description = folder / FILE_NAME
    description.unlink(missing_ok=True)
    sync(folder)
    placed = [file.path.replace(folder / file.path.name) for file in files]
    with replacing(description) as temporary:
        temporary.write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return [*placed, description]
