"""What DuckDB is asked: questions, and nothing that acts. Which file is asked, and for how long, is settled elsewhere.

A file that is opened read-only and locked in still lets a session set variables, log and profile: a log that is told to
go to a file makes DuckDB 1.5 abort the process. So whatever is no question is refused before DuckDB sees it.
"""

from itertools import pairwise
from typing import Any

import duckdb

_QUESTIONS = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}  # DESCRIBE, SHOW and the like are SELECT
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
        if statement.type not in _QUESTIONS:
            raise _refusal(f"this is {statement.type.name}")
    # DuckDB's own words: comments are gone, names in quotation marks are still in them.
    starts = [offset for offset, _ in duckdb.tokenize(sql)]
    encoded = sql.encode()  # the offsets count bytes
    words = [encoded[here:there].decode() for here, there in pairwise([*starts, len(encoded)])]
    for word, following in pairwise(words):
        name = word.split("/*")[0].split("--")[0].strip().strip('"').lower()
        if name in ACTING and following.startswith("("):
            raise _refusal(f"the function {name} acts")


def _refusal(reason: str) -> duckdb.PermissionException:
    return duckdb.PermissionException(f"Only questions (SELECT) are answered here: {reason}")
