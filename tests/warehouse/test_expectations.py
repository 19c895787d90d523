"""What is expected of each table, and by how much it may fall: with reasons, and changed by a home's own file."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.builder import BRUSSELS, ECUADOR, LIMA, PERU, QUIET, QUITO, Newsroom, Story, Told
from tests.warehouse.test_checks import planted
from transforms.vocabulary import EventType, Role, Status
from warehouse.checks.collapse import collapsed
from warehouse.checks.expectations import Expectations, ExpectationsError, load, unmet
from warehouse.tables import CORE


@pytest.fixture
def spoilt(small: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with closing(duckdb.connect(str(shutil.copy(small, tmp_path / "spoilt.duckdb")), config={"threads": 1})) as db:
        yield db


def changed(tmp_path: Path, text: str) -> Expectations:
    """Our expectations with a home's changes."""
    own = tmp_path / "expectations.yaml"
    own.write_text(text)
    return load(own)


def test_each_table_has_expectations_or_says_why_none() -> None:
    ours = load()
    assert set(ours.tables) == set(CORE)
    assert all(expected.rows or expected.shares or expected.note for expected in ours.tables.values())


def test_one_article_and_none_meet_what_is_expected(newsroom: Newsroom) -> None:
    for _ in range(2):
        with closing(duckdb.connect(str(newsroom.build()))) as db:
            assert unmet(db, load()) == []
        newsroom.land("a", QUIET)


@pytest.mark.parametrize("table", [name for name, expected in load().tables.items() if expected.rows])
def test_every_expected_count_can_fail(spoilt: duckdb.DuckDBPyConnection, tmp_path: Path, table: str) -> None:
    asked = load().tables[table].rows
    assert asked
    per = f"per: {asked.per}, " if asked.per else ""
    rows = f"{{at_least: {asked.at_least}, {per}reason: asked of few rows}}"
    expected = changed(tmp_path, f"tables: {{{table}: {{rows: {rows}}}}}")
    assert unmet(spoilt, expected) == []
    with planted(spoilt, f"DELETE FROM core.{table}"):
        assert f"{table} rows" in {failure.name for failure in unmet(spoilt, expected)}


@pytest.mark.parametrize(
    ("table", "share"), [(name, share) for name, expected in load().tables.items() for share in expected.shares]
)
def test_every_expected_share_can_fail(spoilt: duckdb.DuckDBPyConnection, table: str, share: str) -> None:
    asked = load().tables[table].shares[share].model_copy(update={"from_rows": 1})
    alone = load().tables[table].model_copy(update={"shares": {share: asked}, "rows": None})
    expected = load().model_copy(update={"tables": {table: alone}})
    assert unmet(spoilt, expected) == []
    fault = f'"{share}" = NULL' if asked.holds is None else "start_date = DATE '1648-10-24'"
    with planted(spoilt, f"UPDATE core.{table} SET {fault}"):
        (failure,) = unmet(spoilt, expected)
        assert failure.count == len(spoilt.execute(failure.sql).fetchall()) > 0
    assert failure.name == f"{table} share {share}"
    assert "0.0% of" in failure.what and asked.reason in failure.what
    assert "expectations.yaml in the home" in failure.message


def test_a_share_is_asked_from_its_floor_of_rows_only(spoilt: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    asked = "tables: {{article: {{shares: {{title: {{at_least: 0.5, from_rows: {}, reason: stories have none}}}}}}}}"
    assert [f.name for f in unmet(spoilt, changed(tmp_path, asked.format(4)))] == ["article share title"]
    assert unmet(spoilt, changed(tmp_path, asked.format(5))) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tables: {articel: {}}", "there is no table core.articel"),
        ("tables: {article: {rows: {at_least: many, reason: there are many}}}", "tables.article.rows.at_least"),
        ("tables: {article: {rows: {at_least: 1, per: hour, reason: none an hour}}}", "no table core.hour"),
        ("tables: {article: {shares: {titel: {at_least: 1, from_rows: 1, reason: titles}}}}", "reason"),
        ("tables: {article: {shares: {titel: {at_least: 1, from_rows: 1, reason: all have one}}}}", "no column titel"),
        ("tables: {article: {lines: 3}}", "tables.article.lines"),
        ("fall: {rows: 2, shares: 1, from_rows: 1, reason: too many of them}", "fall.rows"),
        ("tables: [", "is no YAML"),
        ("just words", "expectations.yaml"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_with_the_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ExpectationsError, match=r"expectations\.yaml") as raised:
        changed(tmp_path, text)
    assert told in str(raised.value)


def test_a_condition_that_is_no_sql_is_told(spoilt: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for holds in ("no such", "no_such_column = 1", "("):
        share = f"{{holds: {holds!r}, at_least: 1, from_rows: 1, reason: none of it}}"
        text = f"tables: {{article: {{shares: {{x: {share}}}}}}}"
        with pytest.raises(ExpectationsError, match="expectations of article"):
            unmet(spoilt, changed(tmp_path, text))


FEW = "fall: {rows: 0.2, shares: 0.2, from_rows: 1, reason: these articles are few}"


@pytest.fixture
def few(tmp_path: Path) -> Expectations:
    """Our expectations, with falls of few rows asked for."""
    return changed(tmp_path, FEW)


@pytest.fixture
def spoilt_build(small: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(small, tmp_path / "built.duckdb"))


def fallen(path: Path, small: Path, expected: Expectations, *faults: str, forgetting: bool = False) -> set[str]:
    """The names of what has fallen in a build after faults were planted, against the small warehouse."""
    with closing(duckdb.connect(str(path))) as db:
        for sql in faults:
            db.execute(sql)
    return {failure.name for failure in collapsed(path, small, expected, forgetting=forgetting)}


def test_the_same_again_is_no_collapse(spoilt_build: Path, small: Path, few: Expectations) -> None:
    assert fallen(spoilt_build, small, few) == set()


@pytest.mark.parametrize("table", [name for name in CORE if name not in ("publication", "event_id_history")])
def test_every_table_that_has_rows_can_collapse(spoilt_build: Path, small: Path, few: Expectations, table: str) -> None:
    with closing(duckdb.connect(str(small), read_only=True)) as db:
        ((rows,),) = db.execute(f"SELECT count(*) FROM core.{table}").fetchall()
    names = fallen(spoilt_build, small, few, f"DELETE FROM core.{table}")
    assert (f"{table} rows collapse" in names) == (rows > 0)


def test_a_share_that_falls_is_told_with_the_rows(spoilt_build: Path, small: Path, few: Expectations) -> None:
    names = fallen(spoilt_build, small, few, "UPDATE core.place SET latitude = NULL")
    assert names == {"place share latitude collapse"}
    (failure,) = collapsed(spoilt_build, small, few)
    assert "0.0% of 1 rows, 100.0% in the publication before: 100% of it is gone, at most 20% may go" in failure.what
    assert list(failure.rows[0]) == ["place_id"]


def test_new_articles_hide_no_loss(newsroom: Newsroom, few: Expectations) -> None:
    newsroom.land("a", LIMA)
    first = newsroom.build()
    newsroom.land("a", LIMA.but(told=()))  # a changed rule finds nothing in it any more
    newsroom.land("b", QUITO, BRUSSELS, QUITO.but(source_id="quito-2", source="Third Wire"))
    names = {failure.name for failure in collapsed(newsroom.build(first), first, few)}
    assert {"event_mention rows collapse", "article_event rows collapse", "event rows collapse"} <= names


def test_new_articles_without_dates_are_no_collapse(newsroom: Newsroom, few: Expectations) -> None:
    newsroom.land("a", LIMA)
    first = newsroom.build()
    newsroom.land(
        "b", *(QUIET.but(source_id=f"quiet-{n}", published=None, sentences=(f"Rain {n}.",)) for n in range(9))
    )
    assert collapsed(newsroom.build(first), first, few) == []


def truce(status: Status, day: int) -> Story:
    """An article on a truce of Peru and Ecuador, whose event lies on that day of March."""
    sentence = f"A truce of Peru and Ecuador, said paper {day}."
    parties = tuple(actor.model_copy(update={"role": Role.PARTY}) for actor in (PERU, ECUADOR))
    on = date(2021, 3, day)
    return Story(
        f"t{day}", (sentence,), (Told(EventType.CEASEFIRE, status, parties, ((sentence, "truce"),), (on, on)),)
    )


def test_a_stage_that_comes_in_between_is_no_collapse(newsroom: Newsroom, few: Expectations) -> None:
    calls = [truce(Status.CALLED_FOR, day) for day in range(1, 6)]
    newsroom.land("a", *calls, *(truce(Status.IN_EFFECT, day) for day in range(20, 24)))
    first = newsroom.build()
    newsroom.land("b", truce(Status.AGREED, 10))
    second = newsroom.build(first)
    for path, links in ((first, 20), (second, 9)):
        with closing(duckdb.connect(str(path), read_only=True)) as db:
            assert db.execute("SELECT count(*) FROM core.event_link").fetchall() == [(links,)]
    assert collapsed(second, first, few) == []


def test_a_version_that_comes_in_between_is_no_collapse(newsroom: Newsroom, few: Expectations) -> None:
    old, new = ([f"{word} news {n} of the day." for n in range(6)] for word in ("First", "Last"))
    story = QUIET.but(sentences=tuple(old), published=date(2021, 3, 1))
    newsroom.land("a", story, story.but(sentences=tuple(new), published=date(2021, 3, 3)))
    first = newsroom.build()
    newsroom.land("b", story.but(sentences=(*new[1:], old[0]), published=date(2021, 3, 2)))
    assert collapsed(newsroom.build(first), first, few) == []


def test_what_was_forgotten_is_no_collapse(newsroom: Newsroom, few: Expectations) -> None:
    newsroom.land("a", LIMA, BRUSSELS, QUITO)
    first = newsroom.build()
    newsroom.land("a", QUITO)
    second = newsroom.build(first)
    assert collapsed(second, first, few, forgetting=True) == []
    assert "article rows collapse" in {failure.name for failure in collapsed(second, first, few)}


def test_a_loss_beside_a_forgetting_is_found(newsroom: Newsroom, few: Expectations) -> None:
    newsroom.land("a", LIMA, BRUSSELS)
    first = newsroom.build()
    newsroom.land("a", LIMA.but(told=()))
    names = {failure.name for failure in collapsed(newsroom.build(first), first, few, forgetting=True)}
    assert "event_mention rows collapse" in names


def test_an_older_publication_without_a_column_or_a_table_is_compared_in_the_rest(
    spoilt_build: Path, small: Path, few: Expectations, tmp_path: Path
) -> None:
    older = Path(shutil.copy(small, tmp_path / "older.duckdb"))
    with closing(duckdb.connect(str(older))) as db:
        db.execute("ALTER TABLE core.place DROP COLUMN latitude")
        db.execute("DROP TABLE core.line CASCADE")
    assert fallen(spoilt_build, older, few) == set()
    assert fallen(spoilt_build, older, few, "DELETE FROM core.place") == {"place rows collapse"}
