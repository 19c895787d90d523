"""Ids that were published once lead on to the events that hold their evidence now; publications are remembered."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.warehouse.builder import BRUSSELS, LIMA, QUITO, Newsroom, Story
from tests.warehouse.conftest import Rows
from warehouse.checks import failures
from warehouse.previous import DamagedWarehouseError, previous
from warehouse.publish import publish

# One meeting, told by ever earlier articles that land ever later: each takes over the id of the event.
LATE = LIMA.but(source_id="late", told=LIMA.told[:1], published=date(2021, 3, 12), url=None, source="Late Wire")
MIDDLE = LATE.but(source_id="middle", published=date(2021, 3, 11), source="Middle Wire")
EARLY = LATE.but(source_id="early", published=date(2021, 3, 10), source="Early Wire")


class History:
    """Queries of one file."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def of(self, path: Path) -> dict[object, object]:
        assert failures(path) == []
        return {row[0]: row[1] for row in self.rows(path, "SELECT event_id, successor_id FROM core.event_id_history")}

    def events(self, path: Path) -> set[object]:
        return {event_id for (event_id,) in self.rows(path, "SELECT event_id FROM core.event")}

    def event(self, path: Path) -> object:
        (event_id,) = self.events(path)
        return event_id


@pytest.fixture
def history(rows: Rows) -> History:
    return History(rows)


def _without_events(story: Story) -> Story:
    return story.but(told=())


def test_nothing_is_remembered_at_first_nor_while_ids_stay(newsroom: Newsroom, history: History) -> None:
    newsroom.land("a", LATE)
    first = newsroom.build()
    assert history.of(first) == {}
    newsroom.land("b", BRUSSELS)
    assert history.of(newsroom.build(first)) == {}


def test_an_event_whose_id_changed_leads_to_its_successor(newsroom: Newsroom, history: History) -> None:
    newsroom.land("a", LATE)
    first = newsroom.build()
    newsroom.land("b", EARLY)
    second = newsroom.build(first)
    assert history.event(first) != history.event(second)
    assert history.of(second) == {history.event(first): history.event(second)}


def test_a_later_article_leaves_the_id_as_it_was(newsroom: Newsroom, history: History) -> None:
    newsroom.land("a", EARLY)
    first = newsroom.build()
    newsroom.land("b", LATE)
    second = newsroom.build(first)
    assert history.event(first) == history.event(second)
    assert history.of(second) == {}


def test_an_id_without_heir_leads_nowhere(newsroom: Newsroom, history: History) -> None:
    newsroom.land("a", LATE)
    newsroom.land("b", BRUSSELS)
    first = newsroom.build()
    newsroom.land("b", _without_events(BRUSSELS))  # a changed rule no longer finds the sanctions
    second = newsroom.build(first)
    (gone,) = history.events(first) - history.events(second)
    assert history.of(second) == {gone: None}
    assert history.of(newsroom.build(second)) == {gone: None}


def test_a_chain_over_three_publications_leads_from_every_id_to_the_last(newsroom: Newsroom, history: History) -> None:
    newsroom.land("a", LATE)
    first = newsroom.build()
    newsroom.land("b", MIDDLE)
    second = newsroom.build(first)
    newsroom.land("c", EARLY)
    third = newsroom.build(second)
    one, two, three = (history.event(path) for path in (first, second, third))
    assert len({one, two, three}) == 3
    assert history.of(third) == {one: three, two: three}


def test_a_chain_whose_last_event_is_gone_leads_nowhere(newsroom: Newsroom, history: History) -> None:
    newsroom.land("a", LATE)
    first = newsroom.build()
    newsroom.land("b", EARLY)
    second = newsroom.build(first)
    newsroom.land("a", _without_events(LATE))
    newsroom.land("b", _without_events(EARLY))
    third = newsroom.build(second)
    assert history.of(third) == {history.event(first): None, history.event(second): None}


def test_an_id_that_comes_back_is_no_longer_history(newsroom: Newsroom, history: History) -> None:
    newsroom.land("a", LATE)
    first = newsroom.build()
    newsroom.land("b", EARLY)
    second = newsroom.build(first)
    newsroom.land("b", _without_events(EARLY))
    third = newsroom.build(second)
    assert history.event(third) == history.event(first)
    assert history.of(third) == {history.event(second): history.event(first)}


def test_an_event_that_falls_apart_leads_to_the_greater_part(newsroom: Newsroom, history: History, rows: Rows) -> None:
    newsroom.land("a", EARLY, LATE, MIDDLE)
    first = newsroom.build()
    whole = history.event(first)
    # The earliest article is no longer said to tell of it; the two others are said to mean different days.
    other_day = (date(2021, 3, 2), date(2021, 3, 2))
    told = replace(LATE.told[0], days=other_day, mentions=LATE.told[0].mentions[:1])
    newsroom.land("a", _without_events(EARLY), LATE.but(told=(told,)), MIDDLE)
    second = newsroom.build(first)
    (middle,) = rows(second, f"SELECT event_id FROM marts.article_events WHERE article_id = '{MIDDLE.article_id}'")
    assert len(history.events(second)) == 2
    assert history.of(second) == {whole: middle[0]}  # two mentions against one


def test_publications_are_remembered_with_their_counts(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.land("a", LIMA)
    first = newsroom.build()
    newsroom.land("b", QUITO)
    second = newsroom.build(first)
    told = rows(second, "SELECT publication_id, batch_count, article_count FROM core.publication ORDER BY published_at")
    assert told == [("publication-1", 1, 1), ("publication-2", 2, 2)]


def test_going_back_to_what_was_published_before_is_a_publication_of_its_own(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.land("a", LIMA)
    first = newsroom.build(publication="rules of before")
    second = newsroom.build(first, publication="rules of now")
    third = newsroom.build(second, publication="rules of before")
    assert failures(third) == []
    assert rows(third, "SELECT count(*) FROM core.publication") == [(3,)]


def test_the_build_leaves_the_publication_before_as_it_was(newsroom: Newsroom) -> None:
    newsroom.land("a", LIMA)
    first = newsroom.build()
    content = first.read_bytes()
    newsroom.build(first)
    assert first.read_bytes() == content


def _published(newsroom: Newsroom, path: Path) -> Path:
    """Publishes what is built after the publication at `path` or its copies; returns the folder of the copies."""
    copies = newsroom.root / "parquet"
    publish(newsroom.build(previous(path, copies)), path, copies)
    return copies


def test_histories_are_inherited_from_the_copies_where_the_file_is_lost(
    newsroom: Newsroom, history: History, rows: Rows
) -> None:
    path = newsroom.root / "warehouse.duckdb"
    newsroom.land("a", LATE)
    _published(newsroom, path)
    one = history.event(path)
    newsroom.land("b", MIDDLE)
    _published(newsroom, path)
    two = history.event(path)
    path.unlink()
    newsroom.land("c", EARLY)
    _published(newsroom, path)
    assert history.of(path) == {one: history.event(path), two: history.event(path)}
    counts = rows(path, "SELECT publication_id, article_count FROM core.publication ORDER BY published_at")
    assert counts == [("publication-1", 1), ("publication-2", 2), ("publication-3", 3)]


def test_where_neither_file_nor_copies_are_left_history_begins_again(newsroom: Newsroom, rows: Rows) -> None:
    path = newsroom.root / "warehouse.duckdb"
    newsroom.land("a", LATE)
    copies = _published(newsroom, path)
    path.unlink()
    shutil.rmtree(copies.resolve())
    _published(newsroom, path)
    assert rows(path, "SELECT publication_id FROM core.publication") == [("publication-2",)]


def test_what_was_forgotten_does_not_come_back_from_the_copies(newsroom: Newsroom, history: History) -> None:
    path = newsroom.root / "warehouse.duckdb"
    newsroom.land("a", LATE)
    newsroom.land("b", BRUSSELS)
    _published(newsroom, path)
    before = history.events(path)
    path.unlink()
    newsroom.land("b")  # the batch keeps its key
    copies = _published(newsroom, path)
    (gone,) = before - history.events(path)
    assert history.of(path) == {gone: None}  # a hash, as it is inherited from the file
    held = [*copies.resolve().iterdir(), path]
    assert not any(b"European Union" in file.read_bytes() for file in held)


def test_a_block_of_the_file_that_is_damaged_is_told_with_the_way_out(newsroom: Newsroom) -> None:
    path = newsroom.root / "warehouse.duckdb"
    newsroom.land("a", LATE)
    _published(newsroom, path)
    content = bytearray(path.read_bytes())
    content[12288:] = bytes(len(content) - 12288)  # the headers stand, so that it opens
    path.write_bytes(content)
    with pytest.raises(DamagedWarehouseError, match="leave `parquet` where it is"):
        newsroom.build(path)


@pytest.mark.parametrize("name", ["core.publication.parquet", "core.event_mention.parquet"])
def test_copies_that_are_damaged_are_told_with_the_way_out(newsroom: Newsroom, name: str) -> None:
    path = newsroom.root / "warehouse.duckdb"
    newsroom.land("a", LATE)
    copies = _published(newsroom, path)
    (copies / name).write_bytes(b"PAR1 half")
    with pytest.raises(DamagedWarehouseError, match="copies in parquet cannot be read"):
        newsroom.build(copies, name="one")
    (copies / name).unlink()
    with pytest.raises(DamagedWarehouseError, match="move that folder away"):
        newsroom.build(copies, name="two")
