"""Every export gives back the rows of the tables by its own description; texts leave only when asked for."""

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

import duckdb
import frictionless
import polars
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.conftest import Rows
from tests.warehouse.packages import described, is_whole, rows_of
from warehouse.build import ddl
from warehouse.datapackage import package
from warehouse.export import TEXTS, UnknownTableError, chosen, export_tables
from warehouse.files import FORMATS, all_tables, column_comment, write_table
from warehouse.publish import DamagedWarehouseError
from warehouse.tables import CORE

HOSTILE = [
    "",
    "\\N",
    "\\NN",
    "NULL",
    "two\nlines\r\nand\rmore",
    'she said "no"; he, "yes"',
    '=HYPERLINK("https://wire.test","x")',
    "+1-@x",
    "line\u2028and paragraph\u2029",
    " 🕊️ spaces and\ttabs ",
    '["a"]',
    "{'a': 1}",
]


@pytest.fixture(scope="module")
def hostile(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small warehouse with values that are hard to write down."""
    path = Path(shutil.copy(small, tmp_path_factory.mktemp("hostile") / "warehouse.duckdb"))
    with closing(duckdb.connect(str(path))) as db:
        for n, text in enumerate(HOSTILE):
            db.execute(
                "INSERT INTO core.rejected_record (rejected_id, origin, reason, sample) VALUES (?, ?, ?, ?)",
                [str(n), text, text, text],
            )
        db.execute("INSERT INTO core.rejected_record (rejected_id, origin, reason) VALUES ('none', 'x', 'y')")
        db.execute("UPDATE core.article SET title = '' WHERE source = 'Other Wire'")
        db.execute("UPDATE core.article_event SET participants = ?", [HOSTILE])
        db.execute("UPDATE core.article_event SET participants = [] WHERE status = 'imposed'")
        db.execute("UPDATE core.article_event SET participants = [NULL] WHERE status = 'called_for'")
    return path


@pytest.mark.parametrize("form", FORMATS)
def test_each_file_reads_back_as_its_table(hostile: Path, tmp_path: Path, rows: Rows, form: str) -> None:
    written = export_tables(hostile, tmp_path, form, with_text=True)
    names = [f"{schema}.{name}" for schema, name in all_tables()]
    assert [path.name for path in written] == [*(f"{name}.{form}" for name in names), "datapackage.json"]
    assert is_whole(tmp_path)
    resources = described(tmp_path)
    assert list(resources) == names
    for name, resource in resources.items():
        back = rows_of(tmp_path, resource)
        assert len(back) == resource["rows"]
        assert sorted(map(repr, back)) == sorted(map(repr, rows(hostile, f"SELECT * FROM {name}")))


text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(text, st.none() | text | st.sampled_from(HOSTILE), st.none() | st.lists(text, max_size=3))))
def test_any_text_comes_back_from_any_file(
    tmp_path_factory: pytest.TempPathFactory, values: Sequence[tuple[str, str | None, list[str] | None]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    publication = {"version": "0", "publication_id": "x", "published_at": datetime(2021, 1, 1)}
    with closing(duckdb.connect()) as db:
        db.execute("CREATE SCHEMA core")
        db.execute(ddl(CORE["article_event"]))
        db.executemany(
            "INSERT INTO core.article_event (article_event_id, place, participants) VALUES (?, ?, ?)",
            [*values, ("last", "row", ["of all"])],
        )
        expected = db.execute("SELECT * FROM core.article_event").fetchall()
        for form in FORMATS:
            written = write_table(db, "core", "article_event", folder / form, form)
            (resource,) = package(publication, [], [written], form)["resources"]
            assert rows_of(folder, resource) == expected


def test_a_frictionless_reader_accepts_rows_keys_and_references(hostile: Path, tmp_path: Path) -> None:
    export_tables(hostile, tmp_path, "csv", with_text=True)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    assert len(report.tasks) == len(all_tables())


def test_a_frictionless_reader_accepts_json_lines(hostile: Path, tmp_path: Path) -> None:
    names = ["rejected_record", "article_event", "article", "event", "place", "batch", "event_link"]
    export_tables(hostile, tmp_path, "jsonl", with_text=True, only=[f"core.{name}" for name in names])
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    # That library takes no JSON Lines without a line.
    empty = {name for name, resource in described(tmp_path).items() if resource["rows"] == 0}
    assert {task.name for task in report.tasks if not task.valid} == empty == {"core.event_link"}


def test_what_is_not_as_described_is_found_by_a_frictionless_reader(small: Path, tmp_path: Path) -> None:
    spoilt = Path(shutil.copy(small, tmp_path / "spoilt.duckdb"))
    with closing(duckdb.connect(str(spoilt))) as db:
        db.execute("INSERT INTO core.batch SELECT * FROM core.batch")
        db.execute("UPDATE core.event SET status = 'perhaps' WHERE event_type = 'meeting'")
        db.execute("UPDATE core.event SET latitude = 91 WHERE event_type = 'sanctions'")
        db.execute("UPDATE core.event SET event_type = NULL WHERE event_type = 'ceasefire'")
        db.execute("DELETE FROM core.actor WHERE actor = 'Peru'")
    names = ["batch", "event", "place", "actor", "actor_alias"]
    export_tables(spoilt, tmp_path / "out", "csv", only=[f"core.{name}" for name in names])
    report = frictionless.validate(str(tmp_path / "out" / "datapackage.json"))
    found = {task.name: {error.type for error in task.errors} for task in report.tasks if not task.valid}
    assert found == {
        "core.batch": {"primary-key", "unique-error"},
        "core.event": {"constraint-error"},
        "core.actor_alias": {"foreign-key"},
    }
    notes = " ".join(error.note for task in report.tasks for error in task.errors)
    assert all(constraint in notes for constraint in ('"enum"', '"maximum"', '"required"'))


# The first event of a thread and its neighbours there are events of the same table.
_INTO_EVENT = [
    {"fields": [name], "reference": {"fields": ["event_id"]}}
    for name in ("thread_id", "previous_event_id", "next_event_id")
]


@pytest.mark.parametrize("form", FORMATS)
def test_the_description_is_a_valid_one(small: Path, tmp_path: Path, form: str) -> None:
    export_tables(small, tmp_path, form)
    descriptor = json.loads((tmp_path / "datapackage.json").read_text())
    assert frictionless.Package.validate_descriptor(descriptor).valid
    assert descriptor["created"] == "2021-05-01T01:00:00Z"
    assert descriptor["version"].endswith(f"+{descriptor['publication_id']}")
    assert [source["title"] for source in descriptor["sources"]] == ["Other Wire", "Test Wire"]
    assert "belong to their publishers" in descriptor["description"]
    event = next(r for r in descriptor["resources"] if r["name"] == "core.event")
    assert event["schema"]["primaryKey"] == ["event_id"]
    assert event["schema"]["foreignKeys"] == [
        {"fields": ["country_code"], "reference": {"resource": "core.country", "fields": ["country_code"]}},
        {"fields": ["place_id"], "reference": {"resource": "core.place", "fields": ["place_id"]}},
        *_INTO_EVENT,
    ]
    fields = {field["name"]: field for field in event["schema"]["fields"]}
    assert fields["event_id"]["constraints"] == {"required": True, "unique": True}
    assert fields["latitude"]["constraints"] == {"minimum": -90, "maximum": 90}
    assert fields["event_type"]["constraints"]["enum"] == ["meeting", "ceasefire", "sanctions"]
    assert fields["disputed"]["type"] == "boolean"


@pytest.mark.parametrize(
    ("form", "only"), [("parquet", ["core.article", "marts.events"]), ("csv", ["marts.events"]), ("jsonl", ["marts"])]
)
def test_the_same_publication_gives_the_same_bytes(small: Path, tmp_path: Path, form: str, only: list[str]) -> None:
    first = export_tables(small, tmp_path / "first", form, only=only)
    second = export_tables(small, tmp_path / "second", form, only=only)
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]


def test_parquet_tells_what_its_columns_mean(small: Path, tmp_path: Path) -> None:
    export_tables(small, tmp_path, "parquet")
    for schema, name in all_tables():
        fields = pyarrow.parquet.read_schema(tmp_path / f"{schema}.{name}.parquet")
        for field in fields:
            assert field.metadata[b"description"].decode() == column_comment(schema, name, field.name)
        assert polars.read_parquet_schema(tmp_path / f"{schema}.{name}.parquet").names() == fields.names


@pytest.mark.parametrize("form", FORMATS)
def test_texts_stay_behind_unless_asked_for(small: Path, tmp_path: Path, rows: Rows, form: str) -> None:
    export_tables(small, tmp_path, form)
    for (schema, name), column in TEXTS.items():
        expected = [str(c) for c, *_ in rows(small, f"DESCRIBE {schema}.{name}") if c != column]
        fields = described(tmp_path)[f"{schema}.{name}"]["schema"]["fields"]
        assert [field["name"] for field in fields] == expected
        rows_of(tmp_path, described(tmp_path)[f"{schema}.{name}"])  # asserts that the file has the same
    quiet = "The rains came early"  # in no event's sentence
    assert not any(quiet.encode() in path.read_bytes() for path in tmp_path.iterdir())


def test_every_table_with_whole_texts_is_among_those_that_leave_them_behind() -> None:
    with_text = {("core", name) for name, table in CORE.items() if "text" in [c.name for c in table.columns]}
    assert with_text - set(TEXTS) == {("core", "time_expression"), ("core", "published_evidence")}  # parts


def test_only_what_is_named_is_written_and_referred_to(small: Path, tmp_path: Path) -> None:
    written = export_tables(small, tmp_path, "csv", only=["core.event", "core.article", "marts.events"])
    assert [p.stem for p in written] == ["marts.events", "core.article", "core.event", "datapackage"]
    resources = described(tmp_path)
    assert resources["core.event"]["schema"]["foreignKeys"] == _INTO_EVENT  # core.place stays behind
    assert {"fields": ["superseded_by"], "reference": {"fields": ["article_id"]}} in resources["core.article"][
        "schema"
    ]["foreignKeys"]
    assert frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_a_schema_can_be_named_for_all_in_it() -> None:
    assert chosen(["marts"]) == [t for t in all_tables() if t[0] == "marts"]
    assert chosen([]) == all_tables()
    with pytest.raises(UnknownTableError, match=r"there is no events: give some of core, core\.actor"):
        chosen(["events", "core"])


def test_a_second_export_takes_the_place_of_the_first(small: Path, hostile: Path, tmp_path: Path) -> None:
    only = ["marts.events", "core.rejected_record"]
    export_tables(hostile, tmp_path, "csv", only=only)
    assert sorted(export_tables(small, tmp_path, "csv", only=only)) == sorted(tmp_path.iterdir())
    assert is_whole(tmp_path)
    assert described(tmp_path)["core.rejected_record"]["rows"] == 1


def test_an_export_that_fails_leaves_the_earlier_one_whole(small: Path, tmp_path: Path) -> None:
    only = ["core.batch", "core.publication"]
    export_tables(small, tmp_path / "out", "csv", only=only)
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    older = Path(shutil.copy(small, tmp_path / "older.duckdb"))
    with closing(duckdb.connect(str(older))) as db:
        db.execute("DROP TABLE core.publication")
    with pytest.raises(DamagedWarehouseError, match=r"another version of Parley .*publication"):
        export_tables(older, tmp_path / "out", "csv", only=only)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_where_not_all_files_could_be_placed_nothing_describes_them(small: Path, tmp_path: Path) -> None:
    only = ["marts.events", "core.event"]
    export_tables(small, tmp_path, "csv", only=only)
    (tmp_path / "core.event.csv").unlink()
    (tmp_path / "core.event.csv" / "in the way").mkdir(parents=True)
    with pytest.raises(OSError, match=r"core\.event\.csv"):
        export_tables(small, tmp_path, "csv", only=only)
    assert not (tmp_path / "datapackage.json").exists()
    assert not list(tmp_path.glob(".tmp-*"))


@pytest.mark.slow
def test_a_kill_at_any_time_leaves_no_description_of_other_files(small: Path, hostile: Path, tmp_path: Path) -> None:
    """Two publications are exported into one folder by turns, and the process is killed again and again."""
    loop = (
        "import sys; from itertools import cycle; from pathlib import Path\n"
        "from warehouse.export import export_tables\n"
        "for path in cycle(sys.argv[2:]): export_tables(Path(path), Path(sys.argv[1]), 'csv'); print(flush=True)"
    )
    whole = 0
    for n in range(12):
        command = [sys.executable, "-c", loop, str(tmp_path / "out"), str(small), str(hostile)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.04 * n)
            process.send_signal(signal.SIGKILL)
        described_now = (tmp_path / "out" / "datapackage.json").exists()
        assert is_whole(tmp_path / "out") == described_now
        whole += described_now
    assert whole > 0
    export_tables(small, tmp_path / "out", "csv")
    assert is_whole(tmp_path / "out")
    assert not list((tmp_path / "out").glob(".tmp-*"))


def test_a_view_reads_no_other_file(small: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("event_id\nhidden\n")
    tampered = Path(shutil.copy(small, tmp_path / "tampered.duckdb"))
    with closing(duckdb.connect(str(tampered))) as db:
        db.execute(f"CREATE OR REPLACE VIEW marts.events AS FROM read_csv('{tmp_path}/secret.csv')")
        assert db.execute("FROM marts.events").fetchall() == [("hidden",)]
    with pytest.raises(duckdb.Error, match="disabled"):
        export_tables(tampered, tmp_path / "out", "csv", only=["marts.events"])
    assert not list((tmp_path / "out").iterdir())


def test_a_folder_with_a_quote_in_its_name(small: Path, tmp_path: Path) -> None:
    assert all(path.is_file() for path in export_tables(small, tmp_path / "o'clock", "jsonl"))


def test_what_cannot_be_exported_is_said(small: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        export_tables(small, tmp_path, "xlsx")
    with pytest.raises(FileNotFoundError, match="nothing is published yet"):
        export_tables(tmp_path / "none.duckdb", tmp_path, "csv")
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OSError, match="file"):
        export_tables(small, tmp_path / "file", "csv")
    with pytest.raises(DamagedWarehouseError, match="file cannot be opened"):
        export_tables(tmp_path / "file", tmp_path / "out", "csv")


def test_the_file_that_is_exported_is_not_touched(small: Path, tmp_path: Path) -> None:
    before = small.read_bytes()
    export_tables(small, tmp_path, "parquet")
    assert small.read_bytes() == before
    with duckdb.connect() as db:
        assert db.execute(f"SELECT count(*) FROM '{tmp_path}/marts.events.parquet'").fetchall() == [(3,)]
