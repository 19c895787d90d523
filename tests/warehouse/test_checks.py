"""Each kind of fault is found by the check that is meant for it, and by no other."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.builder import IMPOSED, LIMA, QUIET, Newsroom
from transforms.records import CleanText
from warehouse.checks import CHECKS, failing, failures
from warehouse.checks.generated import table_checks
from warehouse.checks.own import OWN
from warehouse.columns import Column
from warehouse.tables import CORE, Table

# What is done to the built file, and the checks that must find it.
FAULTS: dict[str, tuple[str, set[str]]] = {
    "duplicate key": ("INSERT INTO core.place SELECT * FROM core.place", {"place key"}),
    "duplicate key of two columns": (
        "INSERT INTO core.actor_alias SELECT * FROM core.actor_alias LIMIT 1",
        {"actor_alias key"},
    ),
    "dangling reference": (
        "UPDATE core.event_participant SET actor_id = 'nobody' WHERE role = 'target'",
        {"event_participant.actor_id refers", "event_participant has evidence"},
    ),
    "dangling reference to a place": (
        "UPDATE core.event SET place_id = 'nowhere' WHERE place_id IS NOT NULL",
        {"event.place_id refers", "place has an event"},
    ),
    "an actor and a place of a country that is not there": (
        "DELETE FROM core.country WHERE country_code = 'PER'",
        {f"{table}.country_code refers" for table in ("actor", "article_event", "event_mention", "event", "place")},
    ),
    "value not accepted": (
        "UPDATE core.article_event_participant SET role = 'bystander' WHERE role = 'target'",
        {"article_event_participant.role accepted", "event_participant has evidence"},
    ),
    "below the minimum": ("UPDATE core.place SET latitude = -90.5", {"place.latitude minimum"}),
    "above the maximum": ("UPDATE core.event_mention SET confidence = 1.01", {"event_mention.confidence maximum"}),
    "trigger one to the right": (
        "UPDATE core.event_mention SET trigger_start = trigger_start + 1, trigger_end = trigger_end + 1",
        {"event_mention trigger offsets"},
    ),
    "sentence one to the left": (
        "UPDATE core.event_mention SET sentence_start = sentence_start - 1, sentence_end = sentence_end - 1 "
        "WHERE trigger = 'talks' AND sentence_start > 0",
        {"event_mention sentence offsets", "event_mention sentence is one"},
    ),
    "sentence offsets counted in bytes": (
        "UPDATE core.event_mention SET sentence_start = sentence_start + 3, sentence_end = sentence_end + 3 "
        "WHERE sentence LIKE 'Ecuador called%'",
        {"event_mention sentence offsets", "event_mention sentence is one"},
    ),
    "date expression one to the right": (
        'UPDATE core.time_expression SET "start" = "start" + 1, "end" = "end" + 1',
        {"time_expression text offsets"},
    ),
    "trigger outside its sentence": (
        "UPDATE core.event_mention AS m SET trigger = 'met', trigger_start = instr(a.text, 'met') - 1, "
        "trigger_end = instr(a.text, 'met') + 2 FROM core.article AS a "
        "WHERE m.article_id = a.article_id AND m.sentence LIKE 'Ecuador called%'",
        {"event_mention trigger in sentence"},
    ),
    "lines that overlap": (
        "UPDATE core.line SET line_start = line_start - 5 WHERE ordinal = 1",
        {"line in text and in order"},
    ),
    "a line beyond the text": (
        "UPDATE core.line SET line_end = line_end + 1000 WHERE ordinal = 0 AND article_id IN "
        "(SELECT article_id FROM core.line GROUP BY 1 HAVING count(*) = 1)",
        {"line in text and in order"},
    ),
    "end before start": (
        "UPDATE core.event SET end_date = start_date - INTERVAL 1 DAY WHERE event_type = 'meeting'",
        {"event start_date to end_date"},
    ),
    "only one end of an interval": (
        "UPDATE core.event_mention SET end_date = NULL WHERE trigger = 'met'",
        {"event_mention start_date to end_date"},
    ),
    "sentence that ends before it starts": (
        "UPDATE core.sentence SET sentence_end = sentence_start - 1 WHERE sentence_start > 0",
        {"sentence sentence_start to sentence_end", "event_mention sentence is one"},
    ),
    "raw span that ends before it starts": (
        "UPDATE core.event_mention SET raw_end = 0 WHERE raw_start > 0",
        {"event_mention raw_start to raw_end"},
    ),
    "event without evidence": (
        "INSERT INTO core.event SELECT * REPLACE ('made-up' AS event_id) FROM core.event LIMIT 1",
        {"event has evidence", "publication counts what is there"},
    ),
    "article event without evidence": (
        "INSERT INTO core.article_event SELECT * REPLACE ('x' AS article_event_id) FROM core.article_event LIMIT 1",
        {"article_event has evidence"},
    ),
    "mention of an article event that was not merged": (
        "UPDATE core.event_mention SET article_event_id = 'unmerged' WHERE sentence LIKE 'Their talks%'",
        {"event_mention.article_event_id refers"},
    ),
    "null in a not-null column": (
        "UPDATE core.article SET language = NULL WHERE source_id = 'quiet-1'",
        {"article.language not null"},
    ),
    "a lost article": (
        "DELETE FROM core.sentence AS s USING core.article AS a WHERE s.article_id = a.article_id "
        "AND a.source_id = 'quiet-1'; DELETE FROM core.line AS l USING core.article AS a "
        "WHERE l.article_id = a.article_id AND a.source_id = 'quiet-1'; "
        "DELETE FROM core.article WHERE source_id = 'quiet-1'",
        {"batch is whole", "publication counts what is there"},
    ),
    "an article of no batch": (
        "UPDATE core.article SET batch = 'lost' WHERE source_id = 'quiet-1'",
        {"article.batch refers", "batch is whole"},
    ),
    "successor that is not there": (
        "INSERT INTO core.event_id_history VALUES ('old', 'gone')",
        {"event_id_history.successor_id refers"},
    ),
    "link of an unknown kind": (
        "INSERT INTO core.event_link SELECT min(event_id), max(event_id), 'rhyme' FROM core.event",
        {"event_link.kind accepted"},
    ),
    "a date without a basis": (
        "UPDATE core.event SET date_basis = NULL WHERE event_type = 'meeting'",
        {"event date has a precision"},
    ),
    "a precision of no date": (
        "UPDATE core.article_event SET date_precision = 'day' WHERE event_type = 'sanctions'",
        {"article_event date has a precision"},
    ),
    "a date of no precision": (
        "UPDATE core.event_mention SET date_precision = NULL WHERE trigger = 'met'",
        {"event_mention date has a precision"},
    ),
    "an article event that begins after it ends": (
        "UPDATE core.article_event SET start_date = end_date + 1 WHERE event_type = 'ceasefire'",
        {"article_event start_date to end_date"},
    ),
    "an expression with one end": (
        "UPDATE core.time_expression SET start_date = NULL",
        {"time_expression start_date to end_date"},
    ),
    "a day outside of its interval": (
        "UPDATE core.article SET published_date = DATE '2021-02-01' WHERE source_id = 'quiet-1'",
        {"article published_date within"},
    ),
    "an interval of publication the wrong way round": (
        "UPDATE core.article SET published_earliest = DATE '2021-03-20' WHERE source_id = 'quiet-1'",
        {"article published_earliest to published_latest", "article published_date within"},
    ),
    "a source whose articles end before they begin": (
        "UPDATE core.source SET last_published_date = DATE '2000-01-01'",
        {"source first_published_date to last_published_date"},
    ),
    "a line that ends before it starts": (
        "UPDATE core.line SET line_start = line_end + 1 WHERE ordinal = 2",
        {"line line_start to line_end"},
    ),
    "sentences that overlap": (
        "UPDATE core.sentence SET sentence_start = 0 WHERE ordinal = 1 AND article_id IN "
        "(SELECT article_id FROM core.article WHERE source_id = 'quito-1')",
        {"sentence in text and in order"},
    ),
    "evidence that is not in the text": (
        "INSERT INTO core.published_evidence SELECT article_id, 0, 'dateline', 0, 3, 'far', 'a day', NULL, NULL "
        "FROM core.article WHERE source_id = 'quiet-1'",
        {"published_evidence text offsets"},
    ),
    "an actor of nothing": (
        "INSERT INTO core.actor SELECT * REPLACE ('x' AS actor_id) FROM core.actor LIMIT 1",
        {"actor takes part", "actor has a name"},
    ),
    "an actor without a name": ("DELETE FROM core.actor_alias WHERE alias = 'Chad'", {"actor has a name"}),
    "a place of no event": (
        "INSERT INTO core.place SELECT * REPLACE ('x' AS place_id) FROM core.place",
        {"place has an event"},
    ),
    "a source of no article": (
        "INSERT INTO core.source SELECT * REPLACE ('x' AS source) FROM core.source LIMIT 1",
        {"source has articles"},
    ),
    "an article of no source": (
        "DELETE FROM core.source WHERE source = 'Other Wire'",
        {"article source is there"},
    ),
    "a role that no article tells": (
        "UPDATE core.event_participant SET role = 'mediator' WHERE role = 'target'",
        {"event_participant has evidence"},
    ),
    "a mention of another article's event": (
        "UPDATE core.article_event SET article_id = (SELECT article_id FROM core.article WHERE source_id = 'quiet-1') "
        "WHERE event_type = 'sanctions'",
        {"event_mention article_id is that of its article_event"},
    ),
    "a mention of another type": (
        "UPDATE core.event_mention SET event_type = 'ceasefire', status = 'called_for' WHERE trigger = 'met'",
        {"event_mention event_type is that of its article_event"},
    ),
    "a mention of another event": (
        "UPDATE core.event_mention SET event_id = (SELECT max(event_id) FROM core.event)",
        {"event_mention event_id is that of its article_event"},
    ),
    "an article event of another type": (
        "UPDATE core.event SET event_type = 'meeting', status = 'held' WHERE event_type = 'ceasefire'",
        {"article_event event_type is that of its event"},
    ),
    "a version that another superseded": (
        "UPDATE core.article SET superseded_by = article_id WHERE source_id = 'quiet-1'",
        {"article superseded once"},
    ),
    "an article superseded at a time by none": (
        "UPDATE core.article SET superseded_at = known_at WHERE source_id = 'quiet-1'",
        {"article superseded at a time"},
    ),
    "a cluster with two beginnings": (
        "UPDATE core.article SET cluster_id = 'one'",
        {"article one first in a cluster"},
    ),
    "history of what is there": (
        "INSERT INTO core.event_id_history SELECT event_id, event_id FROM core.event LIMIT 1",
        {"event_id_history event_id is no more"},
    ),
    "an event that is a stage of itself": (
        "INSERT INTO core.event_link SELECT event_id, event_id, 'stage' FROM core.event LIMIT 1",
        {"event_link leads elsewhere"},
    ),
    "a publication that miscounts": (
        "UPDATE core.publication SET event_count = 99",
        {"publication counts what is there"},
    ),
}

for _table in ("event", "article_event", "event_mention"):
    FAULTS |= {
        f"status of another type in {_table}": (
            f"UPDATE core.{_table} SET status = 'agreed' WHERE event_type = 'meeting'",
            {f"{_table} status fits type"},
        ),
        f"sanctions that lapse before they begin in {_table}": (
            f"UPDATE core.{_table} SET effective_start = DATE '2021-03-02', effective_end = DATE '2021-03-01' "
            "WHERE event_type = 'sanctions'",
            {f"{_table} effective_start to effective_end"},
        ),
        f"a meeting that is in force in {_table}": (
            f"UPDATE core.{_table} SET effective_end = DATE '2021-03-01' WHERE event_type = 'meeting'",
            {f"{_table} effective fits type"},
        ),
    }


@pytest.fixture(scope="module")
def spoilt(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the small warehouse that may be written to, once for all tests: `planted` takes back what it does."""
    copy = shutil.copy(small, tmp_path_factory.mktemp("spoilt") / "warehouse.duckdb")
    with closing(duckdb.connect(str(copy), config={"threads": 1})) as db:
        yield db


@contextmanager
def planted(db: duckdb.DuckDBPyConnection, *faults: str) -> Iterator[None]:
    """Within the block the faults are there."""
    db.begin()
    try:
        for sql in faults:
            ((changed,),) = db.execute(sql).fetchall()
            assert changed, "the fault was not planted"
        yield
    finally:
        db.rollback()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_by_its_check_alone(spoilt: duckdb.DuckDBPyConnection, fault: str) -> None:
    sql, expected = FAULTS[fault]
    with planted(spoilt, sql):
        assert {failure.name for failure in failing(spoilt)} == expected


def test_every_check_of_our_own_has_a_fault_that_it_finds() -> None:
    found = {name for _, names in FAULTS.values() for name in names}
    assert {check.name for check in OWN} - found == set()


def _value(c: Column) -> str:
    """Some value that may stand in the column."""
    if c.references:
        other, column = c.references.split(".")
        return f'(SELECT min("{column}") FROM core.{other})'
    if c.values:
        return f"'{c.values[0]}'"
    if c.minimum is not None:
        return f"'{c.minimum}'"
    return {"VARCHAR": "'x'", "BIGINT": "0", "DOUBLE": "0", "DATE": "'2021-03-01'", "BOOLEAN": "false"}.get(
        c.sql_type, "NULL" if c.nullable else "'2021-03-01'" if c.sql_type == "TIMESTAMP" else "[]"
    )


def _row(table: Table) -> str:
    """Puts a row of plausible values into a table."""
    return f"INSERT INTO core.{table.name} VALUES ({', '.join(_value(c) for c in table.columns)})"


def _faults() -> Iterator[tuple[str, tuple[str, str]]]:
    """For each check that follows from the columns its name, a row, and what makes that a fault that it must find."""
    for table in CORE.values():
        yield f"{table.name} key", (_row(table), _row(table))
        last = f"rowid IN (SELECT max(rowid) FROM core.{table.name})"
        for c in table.columns:
            bad: dict[str, str] = {} if c.nullable else {"not null": "NULL"}
            bad |= {"accepted": "'planted'"} if c.values else {}
            bad |= {"refers": "'planted'"} if c.references else {}
            step = "INTERVAL 1 DAY" if c.sql_type == "DATE" else "1"
            for side, bound, sign in (("minimum", c.minimum, "-"), ("maximum", c.maximum, "+")):
                bad |= {side: f"'{bound}'::{c.sql_type} {sign} {step}"} if bound is not None else {}
            for what, value in bad.items():
                plant = f'UPDATE core.{table.name} SET "{c.name}" = {value} WHERE {last}'
                yield f"{table.name}.{c.name} {what}", (_row(table), plant)


def test_every_check_that_follows_from_a_column_finds_a_fault_planted_in_it(spoilt: duckdb.DuckDBPyConnection) -> None:
    generated = {check.name: check for table in CORE.values() for check in table_checks(table)}
    faults = dict(_faults())
    assert set(faults) == set(generated)
    for name, (row, plant) in faults.items():
        check = generated[name]
        with planted(spoilt, row):
            before = spoilt.execute(check.sql).fetchall()  # the row may stand in the table already
            spoilt.execute(plant)
            assert spoilt.execute(check.sql).fetchall() != before, name
            assert name in {failure.name for failure in failing(spoilt, check.table)}, name


def test_the_message_names_the_rows_the_query_and_what_to_do(spoilt: duckdb.DuckDBPyConnection) -> None:
    with planted(spoilt, "UPDATE core.article SET language = NULL"):
        (failure,) = failing(spoilt)
        assert failure.count == len(spoilt.execute(failure.sql).fetchall()) == 4
    lines = failure.message.splitlines()
    assert lines[0] == "article.language not null: 4 rows; it must be given"
    assert len([line for line in lines if line.startswith("    article_id ") and line.endswith("language null")]) == 4
    assert lines[-2].startswith("  to see them: SELECT ")
    assert lines[-1].startswith("  what to do:  ") and "parley run --refresh" in lines[-1]


def test_what_a_log_keeps_for_ever_quotes_no_article(spoilt: duckdb.DuckDBPyConnection) -> None:
    right = "UPDATE core.event_mention SET trigger_start = trigger_start + 1, trigger_end = trigger_end + 1"
    with planted(spoilt, right):
        (failure,) = failing(spoilt)
    assert "trigger talks" in failure.message
    assert "talks" not in failure.summary
    assert str(failure.rows[0]["mention_id"]) in failure.summary


def test_a_sample_is_short_however_many_rows_there_are(spoilt: duckdb.DuckDBPyConnection) -> None:
    with planted(spoilt, "INSERT INTO core.actor_alias SELECT 'x', 'y' || range FROM range(100)"):
        (failure,) = failing(spoilt)
    assert (failure.name, failure.count, len(failure.rows)) == ("actor_alias.actor_id refers", 100, 5)
    assert "… and 95 more" in failure.message


def test_long_values_are_cut_and_stay_on_one_line(spoilt: duckdb.DuckDBPyConnection) -> None:
    longer = "UPDATE core.event_mention SET sentence = sentence || chr(10) || repeat('so on ', 100)"
    with planted(spoilt, longer):
        (failure,) = failing(spoilt)
    assert all(len(line) < 500 for line in failure.message.splitlines()[:-2])
    assert all(line.startswith("    mention_id") for line in failure.message.splitlines()[1:-2])


def test_checks_of_one_table_leave_the_others_alone(spoilt: duckdb.DuckDBPyConnection) -> None:
    with planted(spoilt, "UPDATE core.article SET language = NULL"):
        assert failing(spoilt, "event") == []
        assert len(failing(spoilt, "article")) == 1


def test_a_text_that_was_never_cleaned_is_a_lost_article(newsroom: Newsroom) -> None:
    newsroom.land("a", QUIET, LIMA)
    newsroom.write("clean_articles", "a", CleanText, [LIMA.clean_text()])
    assert [failure.name for failure in failures(newsroom.build())] == ["batch is whole"]


def test_a_segment_map_with_a_hole_is_found(newsroom: Newsroom) -> None:
    newsroom.land("a", LIMA)
    clean = LIMA.clean_text()
    half = clean.segments[0].model_copy(update={"end": 10, "raw_end": 10})
    newsroom.write("clean_articles", "a", CleanText, [clean.model_copy(update={"segments": [half]})])
    found = {failure.name for failure in failures(newsroom.build())}
    assert found == {
        "event_mention.raw_start not null",
        "event_mention.raw_end not null",
        "event_mention raw_start to raw_end",
    }


def test_every_core_table_is_checked_and_every_check_has_a_name_of_its_own() -> None:
    assert {check.table for check in CHECKS} == set(CORE)
    assert len({check.name for check in CHECKS}) == len(CHECKS)
    assert all(check.why for check in CHECKS)


def test_the_sentence_of_the_samples_is_what_sql_shows(db: duckdb.DuckDBPyConnection) -> None:
    assert db.execute("SELECT sentence FROM marts.event_evidence WHERE trigger = 'sanctions'").fetchall() == [
        (IMPOSED,)
    ]
