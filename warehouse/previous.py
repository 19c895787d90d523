"""Reads the publication before, from the published DuckDB file or from the Parquet copies beside it.

What is made of it (`build.py`: histories; `checks/collapse.py`: counts) does not belong here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.literals import quoted
from warehouse.tables import CORE

# The tables that the next publication inherits something of; a publication has others since some version only.
INHERITED = ("event", "event_mention", "article_event", "event_id_history", "publication")
BEFORE = "before"  # name of the catalogue in which the tables of the publication before are seen

# What DuckDB raises where a file is no database (the last: no Parquet file), or blocks of it are not what was written.
DAMAGE = (duckdb.IOException, duckdb.SerializationException, duckdb.InternalException, duckdb.InvalidInputException)


class DamagedWarehouseError(RuntimeError):
    """The published file, or the copies of it, cannot be read."""


def previous(published: Path, copies: Path) -> Path | None:
    """Where the publication before can be read: the file, where that is missing the folder of its Parquet copies, None
    where neither is there."""
    if published.exists():
        return published
    return copies if copies.is_dir() else None


def damaged(path: Path, error: Exception) -> DamagedWarehouseError:
    """What to raise where a publication cannot be read, with the way out that keeps most."""
    reason = str(error).splitlines()[0]
    if path.is_dir():
        return DamagedWarehouseError(
            f"the Parquet copies in {path.name} cannot be read ({reason}): move that folder away, and the next "
            "`parley run` builds everything anew from the lake; the history of publications and ids then begins again"
        )
    return DamagedWarehouseError(
        f"{path.name} cannot be read as a DuckDB file ({reason}): move it away and leave `parquet` where it is, and "
        "the next `parley run` builds it anew from the lake, with the history that those copies hold"
    )


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Within the block the published file is read; what shows that it is damaged, or lacks what this version of ours
    has in it, is raised as DamagedWarehouseError, with the way out."""
    try:
        yield
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise DamagedWarehouseError(
            f"another version of Parley made {path.name} ({str(error).splitlines()[0]}): run `parley run` first"
        ) from error
    except DAMAGE as error:
        raise damaged(path, error) from error


@contextmanager
def attached(db: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    """Within the block the core tables of a publication (a DuckDB file, or a folder of Parquet copies) are seen as
    before.core.NAME; those that it lacks are not.

    Raises DamagedWarehouseError where it cannot be read, also while it is read.
    """
    try:
        if path.is_dir():
            db.execute(f"ATTACH ':memory:' AS {BEFORE}")
            db.execute(f"CREATE SCHEMA {BEFORE}.core")
            for name in CORE:
                file = path / f"core.{name}.parquet"
                if file.exists() or name in INHERITED:
                    db.execute(f"CREATE VIEW {BEFORE}.core.{name} AS SELECT * FROM read_parquet({quoted(str(file))})")
        else:
            db.execute(f"ATTACH {quoted(str(path))} AS {BEFORE} (READ_ONLY)")
        yield
    except DAMAGE as error:
        raise damaged(path, error) from error
    finally:
        db.execute(f"DETACH DATABASE IF EXISTS {BEFORE}")
