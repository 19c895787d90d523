"""What was known at a moment: the macros against a warehouse that was built from only the articles of then."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pipelines.support import CHECKOUT
from tests.warehouse.builder import (
    CHAD,
    ECUADOR,
    MENA,
    PERU,
    RUIZ,
    TUESDAY,
    Newsroom,
    Story,
    Told,
)
from transforms.vocabulary import EventType, Form, Status
from warehouse.macros import MACROS
from warehouse.publish import open_published

LIMA, QUITO = ("Lima", "PER", -12.05, -77.04), ("Quito", "ECU", -0.22, -78.51)
VIEWS = ("events", "event_participants", "event_evidence")

# Two articles that change a story.
PLANNED = "Peru and Ecuador will hold talks in Quito this week, the two governments said."
MOVED = "The talks between Peru, Ecuador and Chad, first planned for Quito, will open in Lima on Tuesday."
PLAN = Story(
    "plan-1",
    (PLANNED,),
    (
        Told(
            EventType.MEETING,
            Status.SCHEDULED,
            (PERU, ECUADOR),
            ((PLANNED, "talks"),),
            (date(2021, 3, 8), date(2021, 3, 14)),
            Form.TALKS,
            QUITO,
        ),
    ),
    date(2021, 3, 6),
    hour=time(9, 30),
)
MOVE = Story(
    "move-1",
    (MOVED,),
    (
        Told(
            EventType.MEETING,
            Status.SCHEDULED,
            (PERU, ECUADOR, CHAD),
            ((MOVED, "talks"),),
            (TUESDAY, TUESDAY),
            Form.MULTILATERAL,
            LIMA,
        ),
    ),
    date(2021, 3, 7),
    source="Other Wire",
    hour=None,
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The two articles, opened as `parley sql` opens a publication."""
    newsroom = Newsroom(tmp_path_factory.mktemp("told"))
    newsroom.land("a", PLAN, MOVE)
    with closing(open_published(newsroom.build())) as db:
        yield db


def test_a_story_that_changes_is_told_as_it_was_known(told: duckdb.DuckDBPyConnection) -> None:
    def at(ts: str) -> list[Any]:
        return told.execute(
            "SELECT summary, form, article_count FROM marts.events_as_of(?)", [datetime.fromisoformat(ts)]
        ).fetchall()

    planned = ("meeting scheduled: Ecuador, Peru @ Quito (2021-03-08 to 2021-03-14)", "talks", 1)
    assert at("2021-03-06T09:29:59") == []
    assert at("2021-03-06T09:30:00") == [planned]
    # The second article gives its day only: it is surely out at the end of that day.
    assert at("2021-03-07T23:59:59") == [planned]
    moved = ("meeting scheduled: Chad, Ecuador, Peru @ Lima (2021-03-09)", "multilateral", 2)
    assert at("2021-03-08T00:00:00") == [moved]
    assert told.execute("SELECT summary, form, article_count FROM marts.events").fetchall() == [moved]


def test_parties_and_evidence_are_those_of_then(told: duckdb.DuckDBPyConnection) -> None:
    for ts, parties, sentences in (("2021-03-07", 2, [PLANNED]), ("2021-03-09", 3, [PLANNED, MOVED])):
        assert told.execute(f"SELECT count(*) FROM marts.event_participants_as_of('{ts}')").fetchall() == [(parties,)]
        evidence = told.execute(f"SELECT sentence FROM marts.event_evidence_as_of('{ts}') ORDER BY 1").fetchall()
        assert [sentence for (sentence,) in evidence] == sentences


def test_a_moment_is_a_timestamp_or_a_day(told: duckdb.DuckDBPyConnection) -> None:
    for moment in ("'2021-03-07 10:00'", "TIMESTAMP '2021-03-07 10:00'", "DATE '2021-03-07'"):
        assert told.execute(f"SELECT place FROM marts.events_as_of({moment})").fetchall() == [("Quito",)]
    assert (
        told.execute("SELECT event_id FROM marts.events_as_of('2021-03-07')").fetchall()
        == told.execute(
            "SELECT event_id FROM marts.events"  # so that it joins with everything
        ).fetchall()
    )


PAGE = (CHECKOUT / "docs" / "time.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("query", QUERIES)
def test_documented_queries_run(told: duckdb.DuckDBPyConnection, query: str) -> None:
    assert told.execute(query).description


def test_the_worked_example_is_what_the_samples_give(sample_home: Path) -> None:
    rows = re.findall(r"^\| (\d{4}-[-: \d]+) \| (.*?) \| (\d*) \| (\d*) \|$", PAGE.replace("|  |", "| |"), re.MULTILINE)
    assert len(rows) == 2
    for ts, summary, articles, mentions in rows:
        shown = _shown(sample_home / "warehouse.duckdb", QUERIES[0].replace("2025-07-30 12:00", ts))
        assert shown == [(summary, int(articles), int(mentions))]
    assert _shown(sample_home / "warehouse.duckdb", QUERIES[0].replace("2025-07-30 12:00", "2025-07-28 12:00")) == []


# --- macros -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("macro", [it for it in MACROS.values() if it.like], ids=lambda it: it.name)
def test_each_column_of_a_macro_is_described(told: duckdb.DuckDBPyConnection, macro: Any) -> None:
    moments = ", ".join("'2021-03-07'" for _ in macro.parameters)
    names = [name for name, *_ in told.execute(f"DESCRIBE FROM marts.{macro.name}({moments})").fetchall()]
    assert all(macro.column(name) for name in names)
    if macro.name.endswith("_as_of"):
        view = told.execute(f"DESCRIBE FROM marts.{macro.like}").fetchall()
        assert names == [name for name, *_ in view]


@pytest.mark.parametrize("macro", MACROS.values(), ids=lambda it: it.name)
def test_the_example_of_a_macro_runs_and_its_comment_is_published(told: duckdb.DuckDBPyConnection, macro: Any) -> None:
    assert told.execute(macro.example).description
    published = told.execute(
        "SELECT comment, parameters FROM duckdb_functions() WHERE schema_name = 'marts' AND function_name = ?",
        [macro.name],
    ).fetchall()
    assert published == [(macro.comment, [name for name, *_ in macro.parameters])]


@pytest.mark.parametrize(
    ("first", "last", "overlaps"),
    [
        ("2021-03-01", "2021-03-07", False),
        ("2021-03-01", "2021-03-08", True),
        ("2021-03-10", "2021-03-11", True),
        ("2021-03-14", "2021-03-31", True),
        ("2021-03-15", "2021-03-31", False),
    ],
)
def test_an_interval_and_a_window_overlap_where_they_share_a_day(
    told: duckdb.DuckDBPyConnection, first: str, last: str, overlaps: bool
) -> None:
    query = f"SELECT marts.overlaps(start_date, end_date, '{first}', '{last}') FROM marts.article_events"
    assert told.execute(f"{query} WHERE place = 'Quito'").fetchall() == [(overlaps,)]
    assert told.execute(f"SELECT marts.overlaps(NULL, NULL, '{first}', '{last}')").fetchall() == [(None,)]


def test_an_event_is_counted_once_over_the_days_on_which_it_may_lie(newsroom: Newsroom) -> None:
    year = (date(2021, 1, 1), date(2021, 12, 31))
    newsroom.land(
        "a",
        PLAN,
        PLAN.but(source_id="undated", told=(replace(PLAN.told[0], days=None, parties=(CHAD, MENA)),)),
        PLAN.but(source_id="year", told=(replace(PLAN.told[0], days=year, parties=(CHAD, RUIZ)),)),
    )
    with closing(open_published(newsroom.build())) as db:
        days = db.execute(
            "SELECT start_date, min(day), max(day), count(*), sum(share) FROM "
            "marts.event_days('2021-03-01', '2021-03-31') GROUP BY start_date ORDER BY start_date"
        ).fetchall()
        assert days == [
            (date(2021, 1, 1), date(2021, 3, 1), date(2021, 3, 31), 31, pytest.approx(31 / 365)),
            (date(2021, 3, 8), date(2021, 3, 8), date(2021, 3, 14), 7, pytest.approx(1)),
        ]
        assert db.execute("SELECT count(*) FROM marts.event_days('2022-01-01', '2022-01-31')").fetchall() == [(0,)]


def test_what_undated_versions_lead_on_from_is_superseded_in_every_view(newsroom: Newsroom) -> None:
    """The address leads from the first version to the third, the id from that to the last; only the last is dated."""
    for n, (source_id, page, published) in enumerate(
        [("x", "u", None), ("y", "w", None), ("y", "u", None), ("y", "v", TUESDAY)]
    ):
        met = f"Peru met Ecuador, take {n}."
        told = Told(EventType.MEETING, Status.HELD, (PERU, ECUADOR), ((met, "met"),))
        newsroom.land(f"batch-{n}", Story(source_id, (met,), (told,), published, url=f"https://wire.test/{page}"))
    with closing(open_published(newsroom.build())) as db:
        ((newest,),) = db.execute("SELECT article_id FROM core.article WHERE superseded_by IS NULL").fetchall()
        told_by = "SELECT article_id FROM marts.event_evidence SEMI JOIN {} AS it USING (event_id)"
        for view in ("marts.events", "marts.event_calendar", "marts.events_as_of('2021-12-31')"):
            assert db.execute(told_by.format(view)).fetchall() == [(newest,)], view


# --- against a warehouse of then --------------------------------------------------------------------------------------

PARTIES = (RUIZ, MENA, PERU, ECUADOR)
START = date(2021, 3, 8)


@st.composite
def stories(draw: st.DrawFn) -> list[list[Story]]:
    """Batches of articles on one meeting: all name the same two, so that which accounts are one event never depends on
    which articles are there. Some are copies of one another, some later versions, some known to the day or undated."""
    articles = []
    for n in range(draw(st.integers(1, 5))):
        own = draw(st.integers(0, 3))  # articles of one id are versions of one
        width = draw(st.sampled_from([0, 2, 6]))
        days = (TUESDAY - timedelta(days=width // 2), TUESDAY + timedelta(days=width - width // 2))
        sentence = f"Envoy number {draw(st.integers(0, 3))} of Peru met one of Ecuador for talks."
        told = Told(
            EventType.MEETING,
            Status.HELD,
            (PERU, ECUADOR, *draw(st.lists(st.sampled_from((RUIZ, MENA, CHAD)), max_size=2, unique=True))),
            ((sentence, "talks"),),
            days,
            draw(st.sampled_from([None, Form.TALKS, Form.PHONE_CALL])),
            draw(st.sampled_from([None, LIMA, QUITO])),
        )
        published = draw(st.none() | st.integers(0, 4))
        inferred = None if published is not None else draw(st.none() | st.integers(0, 4))
        articles.append(
            Story(
                f"story-{own}",
                (sentence, *(f"Paragraph {n} is article {n}'s own." for _ in range(draw(st.integers(0, 1))))),
                (told,),
                None if published is None else START + timedelta(days=published),
                hour=draw(st.sampled_from([None, time(0), time(9), time(18)])),
                inferred=None if inferred is None else (START, START + timedelta(days=inferred)),
                source=draw(st.sampled_from(["Wire", "Paper"])),
            )
        )
    unique = list({story.article_id: story for story in articles}.values())
    cut = draw(st.integers(1, len(unique)))
    return [batch for batch in (unique[:cut], unique[cut:]) if batch]


def _shown(path: Path, query: str) -> list[Any]:
    with closing(open_published(path)) as db:
        return db.execute(query).fetchall()


def _compare(batches: list[list[Story]], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        now = Newsroom(Path(folder) / "now")
        for n, batch in enumerate(batches):
            now.land(f"batch-{n}", *batch)
        built = now.build()
        landed = {batch.batch: batch.landed_at for batch in now.batches}
        out = {s.article_id: s.known_at or landed[name] for name, told in now.stories.items() for s in told}
        ts = data.draw(st.sampled_from(sorted(out.values())))
        then = Newsroom(Path(folder) / "then")
        for name, told in now.stories.items():
            then.land(name, *(story for story in told if out[story.article_id] <= ts))
        of_then = then.build()
        for view in VIEWS:
            columns = "* EXCLUDE (event_id)"  # the ids are those of today
            known = _shown(built, f"SELECT {columns} FROM marts.{view}_as_of('{ts}') ORDER BY ALL")
            assert known == _shown(of_then, f"SELECT {columns} FROM marts.{view} ORDER BY ALL")
            latest = _shown(built, f"SELECT * FROM marts.{view}_as_of('infinity') ORDER BY ALL")
            assert latest == _shown(built, f"SELECT * FROM marts.{view} ORDER BY ALL")


@settings(max_examples=4, deadline=None)
@given(stories(), st.data())
def test_what_was_known_is_what_a_warehouse_of_then_shows(batches: list[list[Story]], data: st.DataObject) -> None:
    _compare(batches, data)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(stories(), st.data())
def test_whatever_was_known_is_what_a_warehouse_of_then_shows(batches: list[list[Story]], data: st.DataObject) -> None:
    _compare(batches, data)
