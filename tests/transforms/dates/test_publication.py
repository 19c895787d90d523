"""The publication day of an article, and its expressions resolved against it."""

from datetime import date

import pytest

from transforms.dates import Published, article_dates
from transforms.records import CleanText, RawArticle
from transforms.vocabulary import PublishedBasis

TEXT = "The ministers met on Monday."


def raw(published: date | None) -> RawArticle:
    return RawArticle(
        article_id="a",
        text_id="t",
        cluster_id="c",
        source="wire",
        source_id="1",
        text=TEXT,
        published_date=published,
        origin="a.txt",
    )


CLEAN = CleanText(text_id="t", text=TEXT, language="en", segments=[], lines=[], sentences=[])


def test_a_given_day_anchors_the_text() -> None:
    dates = article_dates(raw(date(2022, 10, 12)), CLEAN)
    assert (dates.published_date, dates.published_basis) == (date(2022, 10, 12), PublishedBasis.GIVEN)
    assert (dates.published_earliest, dates.published_latest) == (date(2022, 10, 12), date(2022, 10, 12))
    assert [e.start_date for e in dates.expressions] == [date(2022, 10, 10)]


def test_without_a_day_nothing_is_made_up() -> None:
    dates = article_dates(raw(None), CLEAN)
    assert (dates.published_date, dates.published_earliest, dates.published_basis) == (None, None, PublishedBasis.NONE)
    assert [e.value for e in dates.expressions] == ["XXXX-WXX-1"]


def test_published_from_and_to_are_in_order() -> None:
    with pytest.raises(ValueError, match="after the last"):
        Published(date(2022, 2, 1), date(2022, 1, 1))
