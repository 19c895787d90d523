"""SQL Lab answers an administrator's questions about the warehouse, and does nothing else: no file, no setting."""

import json
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from bi.superset.publication import DEADLINE
from tests.bi.client import Client
from tests.bi.laboratory import Endless, ask, ours
from tests.bi.server import SUPERSET, Served

pytestmark = [*SUPERSET, pytest.mark.usefixtures("endless")]

SOUND = (
    "SELECT count(*) FROM marts.events",
    "FROM marts.freshness",
    "DESCRIBE marts.events",
    "SUMMARIZE marts.events",
    "EXPLAIN SELECT count(*) FROM marts.events",
    "SELECT * FROM marts.events_as_of(TIMESTAMP '2021-01-01') LIMIT 1",
)
# {secret} is a text file, {other} a DuckDB file, {metadata} Superset's own database, {new} a path where nothing is.
ATTEMPTS = (
    "SELECT * FROM read_text('{secret}')",
    "SELECT * FROM read_blob('{secret}')",
    "SELECT * FROM read_csv('{secret}')",
    "SELECT * FROM read_csv_auto('{secret}')",
    "SELECT * FROM sniff_csv('{secret}')",
    "SELECT * FROM read_json('{secret}')",
    "SELECT * FROM read_json_objects('{secret}')",
    "SELECT * FROM read_parquet('{secret}')",
    "SELECT * FROM parquet_metadata('{secret}')",
    "SELECT * FROM parquet_schema('{secret}')",
    "SELECT * FROM glob('{secret}')",
    "SELECT * FROM '{secret}'",
    "SELECT * FROM '{secret}.csv'",
    'SELECT * FROM "{secret}.csv"',
    "SELECT * FROM query_table('{secret}.csv')",
    "SELECT * FROM query('SELECT * FROM read_text(''{secret}'')')",
    "SELECT 1; SELECT * FROM read_text('{secret}')",
    "SELECT (SELECT content FROM read_text('{secret}'))",
    "SELECT * FROM read_duckdb('{other}', table_name = 'x')",
    "SELECT * FROM '{other}'",
    "SELECT * FROM read_text('{metadata}')",
    "SELECT * FROM sqlite_scan('{metadata}', 'ab_user')",
    "ATTACH '{metadata}' (TYPE sqlite)",
    "ATTACH '{other}'",
    "ATTACH '{new}'",
    "ATTACH ':memory:' AS memory",
    "DETACH warehouse",
    "COPY (SELECT 1) TO '{new}'",
    "COPY marts.events TO '{new}'",
    "COPY core.article FROM '{secret}'",
    "EXPORT DATABASE '{new}'",
    "IMPORT DATABASE '{new}'",
    "CREATE TABLE x AS SELECT 1",
    "CREATE TEMP TABLE x AS SELECT 1",
    "CREATE VIEW x AS SELECT 1",
    "CREATE MACRO x() AS 1",
    "INSERT INTO core.article SELECT * FROM core.article",
    "UPDATE core.article SET title = 'x'",
    "DELETE FROM core.article",
    "TRUNCATE core.article",
    "DROP VIEW marts.events",
    "ALTER TABLE core.article ADD COLUMN x INTEGER",
    "COMMENT ON TABLE core.article IS 'x'",
    "INSTALL httpfs",
    "FORCE INSTALL httpfs",
    "LOAD httpfs",
    "UPDATE EXTENSIONS",
    "SET enable_external_access = true",
    "SET memory_limit = '100GB'",
    "SET SESSION search_path = 'core'",
    "SET VARIABLE x = 1",
    "RESET memory_limit",
    "RESET ALL",
    "PRAGMA enable_profiling",
    "PRAGMA profiling_output = '{new}'",
    "PRAGMA memory_limit = '100GB'",
    "CREATE SECRET x (TYPE s3, KEY_ID 'x', SECRET 'y')",
    "CREATE PERSISTENT SECRET x (TYPE s3, KEY_ID 'x', SECRET 'y')",
    "SELECT * FROM duckdb_secrets()",
    "CALL enable_logging()",
    "EXPLAIN ANALYZE SET VARIABLE x = 1",
    "FROM enable_logging\ufeff(storage = 'file', storage_config = {{'path': '{new}'}})",
    "CALL enable_logging(storage = 'file', storage_config = {{'path': '{new}'}})",
    "SELECT * FROM enable_logging(storage = 'file', storage_config = {{'path': '{new}'}})",
    "CALL enable_profiling(format = 'json', save_location = '{new}')",
    "SELECT * FROM enable_profiling(format = 'json', save_location = '{new}')",
    "SELECT * FROM force_checkpoint()",
    "SELECT write_log('x')",
    "SELECT getenv('HOME')",
    "CHECKPOINT",
    "VACUUM",
    "BEGIN",
    "USE memory",
    "PREPARE x AS SELECT 1",
    "EXECUTE x",
)
# What LOOSE would let through.
LOOSENED = (
    "SELECT * FROM read_text('{secret}')",
    "ATTACH '{other}'",
    "COPY (SELECT 1) TO '{new}'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET memory_limit = '100GB'",
    "DELETE FROM core.article",
)
LOOSE = {
    "read_only": False,
    "url_config": {"enable_external_access": "true"},
    "preload_extensions": ["httpfs"],
    "config": {"enable_external_access": "true", "allowed_directories": ["/"], "lock_configuration": "false"},
}


@pytest.fixture(scope="module")
def places(served: Served, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What the attempts are after."""
    folder = tmp_path_factory.mktemp("places")
    secret, other = folder / "secret.txt", folder / "other.duckdb"
    secret.write_text("do not tell")
    secret.with_name("secret.txt.csv").write_text("secret\ndo not tell\n")
    with closing(duckdb.connect(str(other))) as db:
        db.execute("CREATE TABLE x AS SELECT 'do not tell' AS x")
    metadata = served.home / "superset" / "superset.db"
    assert metadata.exists()
    return {"secret": secret, "other": other, "metadata": metadata, "new": folder / "new"}


def let_through(
    admin: Client, database: int, places: dict[str, Path], attempts: tuple[str, ...] = ATTEMPTS
) -> dict[str, str]:
    """Attempts that were not refused, or told what they must not."""
    found = {}
    for attempt in attempts:
        answer = ask(admin, database, attempt.format(**places))
        if answer.status < 400 or "do not tell" in answer.text:
            found[attempt] = answer.text[:200]
    return found


def files(served: Served, places: dict[str, Path]) -> dict[Path, tuple[int, int]]:
    """What lies beside the warehouse and where the attempts would write, but for Superset's own folder."""
    own = served.home / "superset"
    found = [*served.home.rglob("*"), *places["secret"].parent.rglob("*"), *Path.home().glob(".duckdb/**/*")]
    states = {path: path.lstat() for path in found if path != own and own not in path.parents}
    return {path: (state.st_ino, state.st_mtime_ns) for path, state in states.items()}


def test_questions_are_answered_and_nothing_else(served: Served, admin: Client, places: dict[str, Path]) -> None:
    database = ours(admin)
    before = files(served, places)
    assert {sql: ask(admin, database, sql).status for sql in SOUND} == dict.fromkeys(SOUND, 200)
    assert let_through(admin, database, places) == {}
    assert files(served, places) == before
    assert ask(admin, database, "SELECT count(*) FROM marts.events").data["data"] == [{"count_star()": served.count()}]


@pytest.mark.parametrize(
    "address",
    [
        "duckdb:///:memory:",
        "duckdb://",
        "duckdb:///md:cloud?motherduck_token=x",
        "duckdb:///{new}",
        "duckdb:///{secret}",
        "duckdb:///{metadata}",
        "sqlite:///{metadata}",
        "sqlite+pysqlite:///{metadata}",
        "sqlite://",
        "shillelagh://",
        "superset://",
    ],
)
def test_no_connection_leads_to_what_is_no_duckdb_file(admin: Client, places: dict[str, Path], address: str) -> None:
    asked = {
        "database_name": "loose",
        "sqlalchemy_uri": address.format(**places),
        "extra": json.dumps({"engine_params": {"connect_args": LOOSE}}),
    }
    for path in ("/api/v1/database/test_connection/", "/api/v1/database/"):
        answer = admin.post(path, asked)
        assert 400 <= answer.status < 500, (path, answer.text)
        assert any(word in answer.text for word in ("is no file", "not a valid DuckDB", "disabled", "security reasons"))
    assert not places["new"].exists()


def test_another_duckdb_file_is_opened_as_safely_whatever_is_given(
    served: Served, admin: Client, places: dict[str, Path]
) -> None:
    before = files(served, places)
    asked = {
        "database_name": "another file",
        "sqlalchemy_uri": f"duckdb:///{served.warehouse}?enable_external_access=true",
        "expose_in_sqllab": True,
        "allow_dml": True,
        "extra": json.dumps({"engine_params": {"connect_args": LOOSE}}),
    }
    made = admin.post("/api/v1/database/", asked)
    assert made.status == 201, made.text
    try:
        assert ask(admin, made.data["id"], "SELECT 1").status == 200
        assert let_through(admin, made.data["id"], places, LOOSENED) == {}
        assert files(served, places) == before
    finally:
        assert admin.ask("DELETE", f"/api/v1/database/{made.data['id']}").status == 200


def test_an_endless_query_is_interrupted(endless: Endless) -> None:
    """The last one here: it has run while the others were answered."""
    seconds, answer = endless.ended()
    assert answer.status >= 400
    assert "Interrupt" in answer.text
    assert DEADLINE - 1 < seconds < DEADLINE + 15
