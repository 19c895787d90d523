"""Copies and versions of articles: what is counted once, what supersedes what, what changed."""

import re
from datetime import date

import duckdb
import pytest

from benchmarks.stories import edited, story
from tests.pipelines.support import CHECKOUT
from tests.warehouse.builder import ECUADOR, PERU, TUESDAY, Newsroom, Story, Told
from tests.warehouse.conftest import Rows
from transforms.vocabulary import EventType, Form, Status
from warehouse.checks import failures

MET = "Envoys of Peru and Ecuador held talks on Tuesday about the bridge."
MEETING = Told(EventType.MEETING, Status.HELD, (PERU, ECUADOR), ((MET, "talks"),), (TUESDAY, TUESDAY), Form.TALKS)
BODY = tuple(story(1, 8).split("\n"))
WIRE = Story("wire-1", (MET, *BODY), (MEETING,), date(2021, 3, 10), "The Wire", "https://wire.test/talks")
OWN = Story("own-1", (MET, *story(2, 8).split("\n")), (MEETING,), date(2021, 3, 10), "The Own", "https://own.test/1")
COUNTS = "SELECT article_count, independent_source_count FROM marts.events"


def copy(paper: str, day: int = 11, changed: float = 0.05) -> Story:
    """The wire's story as a paper prints it: some words edited, a line of its own below."""
    body = tuple(edited("\n".join(BODY), changed, day).split("\n"))
    sentences = (MET, *body, f"{paper} could not reach the ministry.")
    return WIRE.but(
        source_id=f"{paper}-1",
        source=paper,
        url=f"https://{paper}.test/1",
        published=date(2021, 3, day),
        sentences=sentences,
    )


def test_copies_are_one_source(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.land("a", copy("ledger"), copy("herald", 12))
    newsroom.land("b", WIRE, OWN)
    newsroom.land("c", copy("echo", 11))
    built = newsroom.build()
    assert failures(built) == []
    assert rows(built, COUNTS) == [(5, 2)]
    clustered = rows(
        built,
        "SELECT source_id, cluster_size, cluster_first_article_id, cluster_first_published_at::DATE, similarity < 1 "
        "FROM marts.articles ORDER BY source_id",
    )
    first = (WIRE.article_id, date(2021, 3, 10))
    assert clustered == [
        ("echo-1", 4, *first, True),
        ("herald-1", 4, *first, True),
        ("ledger-1", 4, *first, True),
        ("own-1", 1, OWN.article_id, date(2021, 3, 10), False),
        ("wire-1", 4, *first, False),
    ]
    copies = rows(built, "SELECT source, article_count, copy_count FROM core.source ORDER BY source")
    assert copies == [("The Own", 1, 0), ("The Wire", 1, 0), ("echo", 1, 1), ("herald", 1, 1), ("ledger", 1, 1)]


def test_without_the_wire_its_copies_are_the_first_papers(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.land("a", copy("ledger", 11, 0.02), copy("herald", 12, 0.02))
    assert rows(newsroom.build(), COUNTS) == [(2, 1)]


def test_copies_of_an_article_that_was_corrected_still_count_to_its_source(newsroom: Newsroom, rows: Rows) -> None:
    corrected = WIRE.but(sentences=(MET, *story(3, 8).split("\n")), published=date(2021, 3, 13))
    newsroom.land("a", WIRE, corrected, copy("ledger"))
    built = newsroom.build()
    assert rows(built, COUNTS) == [(2, 1)]
    assert rows(built, "SELECT count(DISTINCT cluster_id) FROM marts.articles") == [(2,)]


def test_the_exact_cluster_is_a_column_of_its_own(newsroom: Newsroom, rows: Rows) -> None:
    same = WIRE.but(source="echo", source_id="echo-1", url=None, published=date(2021, 3, 12))
    newsroom.land("a", WIRE, same, copy("ledger"))
    found = rows(
        newsroom.build(), "SELECT count(DISTINCT exact_cluster_id), count(DISTINCT cluster_id) FROM marts.articles"
    )
    assert found == [(2, 1)]


def test_other_addresses_of_one_article(newsroom: Newsroom, rows: Rows) -> None:
    url = "http://www.wire.test/talks/amp/?utm_source=feed&fbclid=1#later"
    later = WIRE.but(url=url, source_id="wire-2", published=date(2021, 3, 11), sentences=(MET, "Corrected."))
    newsroom.land("a", WIRE)
    newsroom.land("b", later)
    found = rows(
        newsroom.build(), "SELECT url, superseded_by, previous_version_id FROM marts.articles ORDER BY published_at"
    )
    assert found == [(WIRE.url, later.article_id, None), (url, None, WIRE.article_id)]


def test_a_chain_of_versions(newsroom: Newsroom, rows: Rows) -> None:
    """The second keeps the first's address, the third the second's id: all three are one article."""
    second = WIRE.but(
        source_id="wire-2", published=date(2021, 3, 11), sentences=(MET, *BODY[:4], "A new line.", *BODY[6:])
    )
    third = second.but(url="https://wire.test/moved", published=date(2021, 3, 12), sentences=(*second.sentences, MET))
    newsroom.land("a", third, WIRE)
    newsroom.land("b", second)
    built = newsroom.build()
    assert failures(built) == []
    found = rows(
        built,
        "SELECT article_id, superseded_by, previous_version_id, sentences_added, sentences_removed "
        "FROM marts.articles ORDER BY published_at",
    )
    assert found == [
        (WIRE.article_id, third.article_id, None, None, None),
        (second.article_id, third.article_id, WIRE.article_id, 1, 2),
        (third.article_id, None, second.article_id, 1, 0),
    ]
    changes = rows(built, "SELECT article_id, kind, ordinal, sentence FROM core.article_change ORDER BY ALL")
    assert sorted(changes) == sorted(
        [
            (second.article_id, "added", 5, "A new line."),
            (second.article_id, "removed", 5, BODY[4]),
            (second.article_id, "removed", 6, BODY[5]),
            (third.article_id, "added", 8, MET),
        ]
    )


def test_a_new_time_alone_changes_nothing(newsroom: Newsroom, rows: Rows) -> None:
    newsroom.land("a", WIRE, WIRE.but(published=date(2021, 3, 11)))
    found = rows(
        newsroom.build(), "SELECT sentences_added, sentences_removed FROM marts.articles WHERE superseded_by IS NULL"
    )
    assert found == [(0, 0)]


DOCUMENTED = re.findall(r"```sql\n(.*?)```", (CHECKOUT / "docs" / "articles.md").read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("query", [query for block in DOCUMENTED for query in block.split(";") if query.strip()])
def test_documented_queries_run(db: duckdb.DuckDBPyConnection, query: str) -> None:
    assert db.execute(query).description
