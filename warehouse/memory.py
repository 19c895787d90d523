"""How much memory DuckDB takes to build, check and copy a warehouse, and where it puts what does not fit.

What is done within these bounds does not belong here.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import duckdb

from warehouse.atomic import sweep, temporary_name
from warehouse.literals import quoted

# Of DuckDB's own; the process has some hundred megabytes beside it, and 4 GB are a small machine.
LIMIT = "2500MB"


@contextmanager
def bounded(
    beside: Path,
    database: Path | str = ":memory:",
    settings: Mapping[str, str] = MappingProxyType({}),
    *,
    writing: bool = False,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that keeps to the limit and puts what does not fit into a folder beside the path, which goes with
    it; those that killed runs left there go, too. A file is opened to be read, or for `writing`.

    Raises what duckdb.connect raises.
    """
    beside.parent.mkdir(parents=True, exist_ok=True)
    sweep(beside.parent, below=False)
    spill = temporary_name(beside)
    spill.mkdir()
    try:
        # Settings come after the opening: one that locks a connection down forbids where it may write.
        db = duckdb.connect(str(database), read_only=str(database) != ":memory:" and not writing)
        try:
            for setting, value in {"memory_limit": LIMIT, "temp_directory": str(spill), **settings}.items():
                db.execute(f"SET {setting} = {quoted(value)}")
            yield db
        finally:
            db.close()
    finally:
        shutil.rmtree(spill, ignore_errors=True)  # DuckDB may have removed it
