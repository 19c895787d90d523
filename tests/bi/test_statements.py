"""Which statements DuckDB is given, and which connections; without Superset."""

import re
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from sqlalchemy import NullPool, create_engine
from sqlalchemy.engine import Engine, make_url

from bi.superset.connection import Connections, hardened, place
from bi.superset.statements import ACTING, require_questions

QUESTIONS = (
    "SELECT 'checkpoint()' AS query, 1 AS checkpoint -- enable_logging()",
    "WITH numbers AS (FROM range(3)) SELECT count(*) FROM numbers",
    "/* é */ SELECT 'é' ; VALUES (1)",
    "EXPLAIN SELECT 1",
    "explain  analyze FROM range(3)",
    "SELECT 'query(' AS \"write_log\", 1 IN (1) AS query",
    "DESCRIBE SELECT 1",
    "SHOW TABLES",
    "PRAGMA version",
)
ACTS = (
    "COPY (SELECT 1) TO 'file.csv'",
    "ATTACH 'file.duckdb'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET threads = 1",
    "SET VARIABLE x = 1",
    "RESET threads",
    "USE memory",
    "PRAGMA enable_profiling",
    "CALL enable_logging(storage = 'file')",
    "CREATE TEMP TABLE x AS SELECT 1",
    "CHECKPOINT",
    "BEGIN",
    "PREPARE p AS SELECT 1",
    "SELECT 1; SET threads = 1",
    "FROM enable_logging()",
    "SELECT * FROM system.main.\"Enable_Logging\" /* ( */ (storage = 'file') -- (",
    "SELECT 'é', write_log('x')",
    "EXPLAIN ANALYZE FROM enable_profiling()",
    "EXPLAIN ANALYZE SET VARIABLE x = 1",
    "EXPLAIN ANALYZE PRAGMA enable_profiling",
    "EXPLAIN ANALYZE CHECKPOINT",
    "/* */ EXPLAIN ANALYZE CREATE TEMP TABLE x AS SELECT 1",
    # Spaces to DuckDB, parts of a name to others.
    "FROM enable_logging\ufeff(storage = 'file')",
    "FROM\u00a0query('FROM enable_logging()')",
    "SELECT 1 + \u200bwrite_log\u2060('x')",
    "SELECT [write_log(x) FOR x IN ['x']]",
    "SELECT 1 ORDER BY (SELECT \"write_log\"('x'))",
    "FROM query('FROM enable_logging()')",
    "FROM json_execute_serialized_sql(json_serialize_sql('FROM enable_logging()'))",
)
# The other functions that stand after FROM: they read the file, the catalogue or nothing, or a file that is locked.
HARMLESS = re.compile(
    "arrow_scan|arrow_scan_dumb|duckdb_.*|generate_series|glob|icu_calendar_names|json_each|json_tree|pandas_scan|parquet_.*"
    "|pg_timezone_names|pragma_.*|python_map_function|query_table|range|read_.*|repeat|repeat_row|seq_scan|sniff_csv"
    "|summary|test_.*|unnest|which_secret"
)


def engine(connections: Connections, address: str, **given: object) -> Engine:
    """As Superset makes one."""
    url, parameters = connections.mutate(make_url(address), {"poolclass": NullPool, **given}, None, None, None)
    return create_engine(url, **parameters)


def ask(made: Engine, sql: str) -> object:
    """The first value of the first row, on a cursor, as SQL Lab asks."""
    with closing(made.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute(sql)
        return cursor.fetchall()[0][0]


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A DuckDB file with one table."""
    file = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(file)) as db:
        db.execute("CREATE TABLE number AS SELECT 7 AS one")
    return file


@pytest.mark.parametrize("sql", QUESTIONS)
def test_questions_are_let_through(sql: str) -> None:
    with duckdb.connect() as db:
        require_questions(db, sql)


@pytest.mark.parametrize("sql", ACTS)
def test_whatever_acts_is_refused(sql: str) -> None:
    with duckdb.connect() as db, pytest.raises(duckdb.PermissionException, match="Only questions"):
        require_questions(db, sql)


def test_each_table_function_of_this_duckdb_has_been_judged() -> None:
    with duckdb.connect() as db:
        found = db.execute("SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type = 'table'")
        assert {name for (name,) in found.fetchall() if not HARMLESS.fullmatch(name)} <= ACTING


def test_the_warehouse_is_opened_wherever_it_lies_and_takes_questions_only(warehouse: Path) -> None:
    made = engine(Connections(warehouse), f"duckdb:///{place()}")
    assert ask(made, "SELECT one FROM number") == 7
    for sql in ("SET threads = 1", "CREATE TABLE x AS SELECT 1"):
        with pytest.raises(duckdb.PermissionException):
            ask(made, sql)


def test_nothing_that_is_given_for_another_file_loosens_it(warehouse: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    loose = {
        "read_only": False,
        "url_config": {"enable_external_access": "true"},
        "preload_extensions": ["httpfs"],
        "config": {"enable_external_access": "true", "allowed_paths": [str(secret)], "lock_configuration": "false"},
    }
    address = f"duckdb:///{warehouse}?enable_external_access=true"
    made = engine(Connections(tmp_path / "another.duckdb"), address, connect_args=loose)
    assert ask(made, "SELECT one FROM number") == 7
    for name, value in hardened()["config"].items():
        if name.startswith(("enable", "auto", "allow", "lock")):
            assert str(ask(made, f"SELECT current_setting('{name}')")).lower() == value
    with pytest.raises(duckdb.PermissionException):
        ask(made, f"SELECT content FROM read_text('{secret}')")


@pytest.mark.parametrize("address", ["duckdb:///:memory:", "duckdb://", "duckdb:///md:cloud", "duckdb:///new.duckdb"])
def test_what_is_no_file_is_refused(warehouse: Path, address: str) -> None:
    with pytest.raises(duckdb.IOException, match="is no file"):
        ask(engine(Connections(warehouse), address), "SELECT 1")


def test_other_databases_are_left_as_they_are(warehouse: Path) -> None:
    url = make_url("postgresql://somewhere/else?sslmode=require")
    given = {"connect_args": {"connect_timeout": 3}}
    assert Connections(warehouse).mutate(url, given, None, None, None) == (url, given)
