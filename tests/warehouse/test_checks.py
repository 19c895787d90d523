"""Each kind of fault is found by the check that is meant for it, and by no other."""

import shutil
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.builder import IMPOSED, LIMA, QUIET, Newsroom
from transforms.records import CleanText
from warehouse.checks import CHECKS, failures
from warehouse.tables import CORE

# What is done to the built file, and the checks that must find it.
FAULTS: dict[str, tuple[str, set[str]]] = {
    "duplicate key": ("INSERT INTO core.place SELECT * FROM core.place", {"place key"}),
    "duplicate key of two columns": (
        "INSERT INTO core.actor_alias SELECT * FROM core.actor_alias LIMIT 1",
        {"actor_alias key"},
    ),
    "dangling reference": (
        "UPDATE core.event_participant SET actor_id = 'nobody' WHERE role = 'target'",
        {"event_participant.actor_id refers"},
    ),
    "dangling reference to a place": (
        "UPDATE core.event SET place_id = 'nowhere' WHERE place_id IS NOT NULL",
        {"event.place_id refers"},
    ),
    "value not accepted": (
        "UPDATE core.article_event_participant SET role = 'bystander' WHERE role = 'target'",
        {"article_event_participant.role accepted"},
    ),
    "status of another type": (
        "UPDATE core.event SET status = 'agreed' WHERE event_type = 'meeting'",
        {"event status fits type"},
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
    "sanctions that lapse before they begin": (
        "UPDATE core.event SET effective_start = DATE '2021-03-02', effective_end = DATE '2021-03-01' "
        "WHERE event_type = 'sanctions'",
        {"event effective_start to effective_end"},
    ),
    "a meeting that is in force": (
        "UPDATE core.article_event SET effective_end = DATE '2021-03-01' WHERE event_type = 'meeting'",
        {"article_event effective fits type"},
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
        {"event has evidence"},
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
        {"batch is whole"},
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
}


@pytest.fixture
def spoilt(small: Path, tmp_path: Path) -> Path:
    """A copy of the small warehouse that may be written to."""
    return Path(shutil.copy(small, tmp_path / "spoilt.duckdb"))


def _plant(path: Path, sql: str) -> None:
    with closing(duckdb.connect(str(path))) as db:
        ((changed,),) = db.execute(sql).fetchall()
        assert changed, "the fault was not planted"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_by_its_check_alone(spoilt: Path, fault: str) -> None:
    sql, expected = FAULTS[fault]
    _plant(spoilt, sql)
    assert {failure.check.name for failure in failures(spoilt)} == expected


def test_the_message_names_the_rows_and_the_query(spoilt: Path) -> None:
    _plant(spoilt, "UPDATE core.article SET language = NULL")
    (failure,) = failures(spoilt)
    assert failure.count == 4
    assert failure.message.startswith("article.language not null: 4 rows; it must be given. To see them: SELECT")
    assert len(failure.sample) == 4
    assert any("brussels-1" in row for row in failure.sample)
    with closing(duckdb.connect(str(spoilt), read_only=True)) as db:
        assert len(db.execute(failure.check.sql).fetchall()) == failure.count


def test_a_sample_is_short_however_many_rows_there_are(spoilt: Path) -> None:
    _plant(spoilt, "INSERT INTO core.actor_alias SELECT 'x', 'y' FROM range(100)")
    by_name = {failure.check.name: failure for failure in failures(spoilt)}
    assert by_name["actor_alias key"].count == 1
    assert by_name["actor_alias.actor_id refers"].count == 100
    assert len(by_name["actor_alias.actor_id refers"].sample) == 5


def test_checks_of_one_table_leave_the_others_alone(spoilt: Path) -> None:
    _plant(spoilt, "UPDATE core.article SET language = NULL")
    assert failures(spoilt, "event") == []
    assert len(failures(spoilt, "article")) == 1


def test_a_text_that_was_never_cleaned_is_a_lost_article(newsroom: Newsroom) -> None:
    newsroom.land("a", QUIET, LIMA)
    newsroom.write("clean_articles", "a", CleanText, [LIMA.clean_text()])
    assert [failure.check.name for failure in failures(newsroom.build())] == ["batch is whole"]


def test_a_segment_map_with_a_hole_is_found(newsroom: Newsroom) -> None:
    newsroom.land("a", LIMA)
    clean = LIMA.clean_text()
    half = clean.segments[0].model_copy(update={"end": 10, "raw_end": 10})
    newsroom.write("clean_articles", "a", CleanText, [clean.model_copy(update={"segments": [half]})])
    found = {failure.check.name for failure in failures(newsroom.build())}
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
