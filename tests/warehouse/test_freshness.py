"""The views on the warehouse itself: how fresh it is, and how its publications changed."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.builder import BRUSSELS, LIMA, QUIET, QUITO, Newsroom
from tests.warehouse.conftest import Rows
from warehouse.checks import failures
from warehouse.publish import LOCKED_DOWN, open_published


def test_a_publication_is_told_with_what_changed_since_the_one_before(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.land("a", LIMA)
    first = newsroom.build()
    newsroom.land("b", QUITO, BRUSSELS)
    second = newsroom.build(first)
    newsroom.land("b", QUIET)
    third = newsroom.build(second)
    told = rows(
        third,
        "SELECT publication_id, previous_publication_id, hours_since_previous, batches_added, articles_added, "
        "mentions_added, events_added, rejected_added, model_changed, rules_changed FROM marts.publications",
    )
    assert told == [
        ("publication-1", None, None, None, None, None, None, None, None, None),
        ("publication-2", "publication-1", 1.0, 1, 2, 2, 1, 0, False, False),
        ("publication-3", "publication-2", 1.0, 0, -1, -2, -1, 0, False, False),
    ]


def test_another_model_or_other_rules_are_told(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.land("a", LIMA)
    first = newsroom.build()
    with closing(duckdb.connect(str(first))) as db:
        db.execute("UPDATE core.publication SET model = 'an older one'")
    told = rows(newsroom.build(first), "SELECT model_changed, rules_changed FROM marts.publications")
    assert told == [(None, None), (True, False)]


def test_freshness_is_one_row_of_the_newest_publication(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.land("a", LIMA, QUITO)
    first = newsroom.build()
    newsroom.land("b", QUIET)
    (told,) = rows(
        newsroom.build(first),
        "SELECT publication_id, run_id, version, published_at, newest_article_published_at, newest_batch_landed_at, "
        "batch_count, article_count, mention_count, event_count, rejected_count FROM marts.freshness",
    )
    published = datetime(2021, 5, 1, 2)
    times = (published, datetime(2021, 3, 12, 12), datetime(2021, 4, 2))
    assert told == ("publication-2", "run-2", "0", *times, 2, 3, 4, 2, 0)


def test_a_clock_that_was_set_back_hides_no_publication(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.land("a", LIMA)
    first = newsroom.build()
    with closing(duckdb.connect(str(first))) as db:
        db.execute("UPDATE core.publication SET published_at = TIMESTAMP '2031-01-01 00:00:00'")
    newsroom.land("b", QUITO)
    second = newsroom.build(first)
    assert failures(second) == []
    freshest = "SELECT publication_id, published_at > TIMESTAMP '2031-01-01' FROM marts.freshness"
    assert rows(second, freshest) == [("publication-2", True)]


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kathmandu"])
def test_age_is_counted_in_utc_in_whatever_zone_the_reader_is(small: Path, zone: str) -> None:
    rest = {name: value for name, value in LOCKED_DOWN.items() if name != "lock_configuration"}
    with closing(duckdb.connect(str(small), read_only=True, config=rest)) as db:
        db.execute(f"SET TimeZone = '{zone}'")
        query = "SELECT hours_since_published, published_at, typeof(published_at) FROM marts.freshness"
        ((hours, published_at, kind),) = db.execute(query).fetchall()
    assert kind == "TIMESTAMP"
    age = datetime.now(UTC).replace(tzinfo=None) - published_at
    assert abs(age / timedelta(hours=1) - hours) < 0.1


def test_an_empty_warehouse_has_a_freshness_too(newsroom: Newsroom) -> None:
    with closing(open_published(newsroom.build())) as db:
        query = "SELECT article_count, newest_article_published_at, hours_since_newest_batch FROM marts.freshness"
        assert db.execute(query).fetchall() == [(0, None, None)]
