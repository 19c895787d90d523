"""What DuckDB is asked: questions, and nothing that acts. Which file is asked, and for how long, is settled elsewhere.

A file that is opened read-only and locked in still lets a session set variables, log and profile: a log that is told to
go to a file makes DuckDB 1.5 abort the process. So whatever is no question is refused before DuckDB sees it.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import duckdb

_EXPLAIN = re.compile(r"\s*EXPLAIN\s+(?:ANALYZE\s+)?", re.IGNORECASE)
# Functions of DuckDB that act when a SELECT calls them, and those that run a text as a statement.
ACTING = frozenset(
    {
        "checkpoint",
        "disable_logging",
        "disable_profiling",
        "enable_logging",
        "enable_profiling",
        "force_checkpoint",
        "json_execute_serialized_sql",
        "query",
        "truncate_duckdb_logs",
        "write_log",
    }
)


class Questions:
    """A connection of duckdb-engine whose cursors take questions only."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def cursor(self) -> "_Cursor":
        """A cursor that raises duckdb.PermissionException where it is to execute anything but questions."""
        return _Cursor(self._connection.cursor())


class _Cursor:
    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def execute(self, statement: str, *given: Any) -> None:
        require_questions(self._cursor, statement)
        self._cursor.execute(statement, *given)

    def executemany(self, statement: str, *_given: Any) -> None:
        raise _refusal(f"no statement is executed many times: {statement}")


def require_questions(connection: Any, sql: str) -> None:
    """Raises duckdb.PermissionException where one of the statements is no question, and what DuckDB's parser raises."""
    for statement in connection.extract_statements(sql):
        # DuckDB makes DESCRIBE, SHOW and the like SELECT, and a PRAGMA that only asks as well.
        if statement.type == duckdb.StatementType.SELECT:
            if acting := ACTING.intersection(_called(connection, statement.query)):
                raise _refusal(f"the function {min(acting)} acts")
        elif statement.type == duckdb.StatementType.EXPLAIN:
            # With ANALYZE it runs what it explains, whatever that is.
            if not (explain := _EXPLAIN.match(statement.query)):
                raise _refusal("EXPLAIN and the question go together, with no comment between them")
            require_questions(connection, statement.query[explain.end() :])
        else:
            raise _refusal(f"this is {statement.type.name}")


def _called(connection: Any, question: str) -> set[str]:
    """The functions that a SELECT calls, in lower case, as DuckDB reads it: it knows more spaces than Python does."""
    connection.execute("SELECT json_serialize_sql($1)", [question])
    (text,) = connection.fetchone()
    tree = json.loads(text)
    if tree["error"]:
        raise _refusal(tree["error_message"])
    return set(_function_names(tree))


def _function_names(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        if isinstance(name := tree.get("function_name"), str):
            yield name.lower()
        tree = list(tree.values())
    if isinstance(tree, list):
        for part in tree:
            yield from _function_names(part)


def _refusal(reason: str) -> duckdb.PermissionException:
    return duckdb.PermissionException(f"Only questions (SELECT) are answered here: {reason}")
