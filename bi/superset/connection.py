"""How Superset opens DuckDB files: read-only, and locked in. When a file may be opened is settled in `publication`."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bi.superset.publication import Readers

DATABASE = Path(__file__).parent / "assets/databases/parley.yaml"


@cache
def hardened() -> dict[str, Any]:
    """`connect_args` of every DuckDB connection, as the database's YAML has them: read_only and DuckDB's `config`."""
    parameters: dict[str, Any] = yaml.safe_load(DATABASE.read_text(encoding="utf-8"))["extra"]["engine_params"]
    return dict(parameters["connect_args"])


def place() -> str:
    """The path that stands for the warehouse in the database's address, wherever its file lies."""
    address: str = yaml.safe_load(DATABASE.read_text(encoding="utf-8"))["sqlalchemy_uri"]
    return address.removeprefix("duckdb:///")


class Connections:
    """Superset's `DB_CONNECTION_MUTATOR` and what opens the connections: each process has one.

    `warehouse` is the published file. Other DuckDB files that an administrator adds are opened just as safely.
    """

    def __init__(self, warehouse: Path) -> None:
        self._warehouse = warehouse
        self._readers: dict[Path, Readers] = {}
        event.listen(Engine, "do_connect", self._connect)

    def mutate(
        self, url: Any, parameters: dict[str, Any], _user: Any, _security: Any, _source: Any
    ) -> tuple[Any, dict[str, Any]]:
        """The address and parameters of an engine that Superset is about to make, as they are to be."""
        if url.get_backend_name() != "duckdb":
            return url, parameters
        if url.database == place():
            url = url.set(database=str(self._warehouse))
        given = parameters.get("connect_args", {})
        safe = hardened()
        config = {**given.get("config", {}), **safe["config"]}
        return url.set(query={}), {**parameters, "connect_args": {**given, **safe, "config": config}}

    def _connect(self, dialect: Any, _record: Any, arguments: Any, parameters: dict[str, Any]) -> Any:
        if dialect.name != "duckdb":
            return None
        path = Path(parameters.get("database") or arguments[0])
        readers = self._readers.setdefault(path, Readers())
        return readers.connect(path, lambda: dialect.connect(*arguments, **parameters))
