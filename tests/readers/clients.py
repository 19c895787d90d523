"""Takes one client through a list of steps, and tells what it saw; run by itself, in an environment that has no Parley.

`python clients.py` reads from its input a JSON object: the `client`, the `path` of the file, the `settings` to open it
with, and the `steps`. It prints a JSON list of what each `ask` gave: its rows, or its error as a string.
"""

import json
import shutil
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

Opened = tuple[Any, type[Exception]]  # a connection as of PEP 249, and the base of its errors


def by_duckdb(path: str, settings: dict[str, str]) -> Opened:
    """Through DuckDB's own Python client."""
    import duckdb

    return duckdb.connect(path, config=dict(settings)), duckdb.Error


def by_sqlalchemy(path: str, settings: dict[str, str]) -> Opened:
    """Through SQLAlchemy, without a pool."""
    import duckdb
    from sqlalchemy import NullPool, create_engine

    engine = create_engine(f"duckdb:///{path}", poolclass=NullPool, connect_args={"config": settings})
    return engine.raw_connection(), duckdb.Error


def by_adbc(path: str, settings: dict[str, str]) -> Opened:
    """Through ADBC's driver manager, of which DuckDB's library is the driver."""
    import adbc_driver_duckdb
    from adbc_driver_manager import dbapi

    options = {"path": path, **settings}
    driver = adbc_driver_duckdb.driver_path()
    return dbapi.connect(driver=driver, entrypoint="duckdb_adbc_init", db_kwargs=options), dbapi.Error


CLIENTS = {"duckdb": by_duckdb, "sqlalchemy": by_sqlalchemy, "adbc": by_adbc}


def ask(opened: Opened, query: str) -> Any:
    """The rows, or the error as a string."""
    connection, error = opened
    with closing(connection.cursor()) as cursor:
        try:
            cursor.execute(query)
            return [list(row) for row in cursor.fetchall()]
        except error as refused:
            return str(refused)


def main() -> None:
    """Steps: `open NAME`, `ask NAME QUERY`, `close NAME`, and `replace FILE`, as a publication does."""
    asked = json.load(sys.stdin)
    path, connections, given = asked["path"], {}, []
    for step, what, *query in asked["steps"]:
        if step == "open":
            connections[what] = CLIENTS[asked["client"]](path, asked["settings"])
        elif step == "ask":
            given.append(ask(connections[what], *query))
        elif step == "close":
            connections.pop(what)[0].close()
        elif step == "replace":
            Path(shutil.copy(what, f"{path}.new")).replace(path)
    for connection, _ in connections.values():
        connection.close()
    json.dump(given, sys.stdout, default=str)


if __name__ == "__main__":
    main()
