"""How Superset opens DuckDB files: read-only, and locked in. When a file may be opened is settled in
`publication`, what it may be asked in `statements`.
"""

from functools import cache, partial
from pathlib import Path
from typing import Any

import duckdb
import yaml
from duckdb_engine import ConnectionWrapper

from bi.superset.publication import Readers
from bi.superset.statements import Questions

DATABASE = Path(__file__).parent / "assets/databases/parley.yaml"


@cache
def _database() -> dict[str, Any]:
    """What the database's YAML holds, read once and not for each query."""
    found: dict[str, Any] = yaml.safe_load(DATABASE.read_text(encoding="utf-8"))
    return found


def hardened() -> dict[str, Any]:
    """`connect_args` of every DuckDB connection, as the database's YAML has them: read_only and DuckDB's `config`."""
    return dict(_database()["extra"]["engine_params"]["connect_args"])


def place() -> str:
    """The path that stands for the warehouse in the database's address, wherever its file lies."""
    address: str = _database()["sqlalchemy_uri"]
    return address.removeprefix("duckdb:///")


class Connections:
    """Superset's `DB_CONNECTION_MUTATOR` and what opens the connections: each process has one.

    `warehouse` is the published file. Other DuckDB files that an administrator adds are opened just as safely: nothing
    that the administrator gives but the path reaches DuckDB, since `allowed_paths`, `url_config` or
    `preload_extensions` would open what is locked.
    """

    def __init__(self, warehouse: Path) -> None:
        self._warehouse = warehouse
        self._readers: dict[Path, Readers] = {}

    def mutate(
        self, url: Any, parameters: dict[str, Any], _user: Any, _security: Any, _source: Any
    ) -> tuple[Any, dict[str, Any]]:
        """The address and parameters of an engine that Superset is about to make, as they are to be."""
        if url.get_backend_name() != "duckdb":
            return url, parameters
        if url.database == place():
            url = url.set(database=str(self._warehouse))
        # Not SQLAlchemy's event do_connect: duckdb-engine switches the events of its dialect off.
        connect = partial(self._connect, Path(url.database or ":memory:").absolute())
        others = {name: value for name, value in parameters.items() if name != "connect_args"}
        return url.set(query={}), {**others, "creator": connect}

    def _connect(self, path: Path) -> Any:
        """A connection to the file. Raises duckdb.IOException where there is none."""
        if not path.is_file():
            raise duckdb.IOException(f"{path.name} is no file: only DuckDB files that exist are opened, to read them")
        readers = self._readers.setdefault(path, Readers())
        return readers.connect(path, lambda: Questions(ConnectionWrapper(duckdb.connect(path, **hardened()))))
