"""The publication day of an article, and its expressions resolved against it."""

from datetime import date

import pytest

from tests.transforms.dates.publication.conftest import article
from transforms.dates import Published, article_dates
from transforms.vocabulary import EvidenceKind, PublishedBasis

TEXT = "The ministers met on Monday."


def test_a_given_day_anchors_the_text() -> None:
    dates = article_dates(*article(TEXT, published=date(2022, 10, 12)))
    assert (dates.published_date, dates.published_basis) == (date(2022, 10, 12), PublishedBasis.GIVEN)
    assert (dates.published_earliest, dates.published_latest) == (date(2022, 10, 12), date(2022, 10, 12))
    assert [e.start_date for e in dates.expressions] == [date(2022, 10, 10)]


def test_without_a_day_nothing_is_made_up() -> None:
    dates = article_dates(*article(TEXT))
    assert (dates.published_date, dates.published_earliest, dates.published_basis) == (None, None, PublishedBasis.NONE)
    assert [e.value for e in dates.expressions] == ["XXXX-WXX-1"]
    assert dates.published_likely is None and dates.published_method is None


def test_the_text_dates_itself_where_the_record_does_not() -> None:
    text = "ANKARA, October 13, 2022 (Wire) - The ministers met on Monday. They will meet again on Friday."
    dates = article_dates(*article(text))
    assert dates.published_basis is PublishedBasis.INFERRED
    assert dates.published_earliest and dates.published_latest
    assert dates.published_earliest <= date(2022, 10, 13) <= dates.published_latest
    assert dates.published_likely == date(2022, 10, 13)
    assert dates.published_method and "dateline" in dates.published_method
    assert EvidenceKind.DATELINE in [one.kind for one in dates.evidence]
    assert all(one.start is None or text[one.start : one.end] == one.text for one in dates.evidence)


def test_the_record_wins_and_what_contradicts_it_is_flagged() -> None:
    text = (
        "Published 13 October 2022\nThe ministers met on Monday. Russia's invasion of Ukraine is in its first year, "
        "said President Joe Biden."
    )
    agreed = article_dates(*article(text, published=date(2022, 10, 13)))
    assert (agreed.published_conflict, agreed.evidence) == (None, [])
    wrong = article_dates(*article(text, published=date(2012, 10, 13)))
    assert (wrong.published_date, wrong.published_basis) == (date(2012, 10, 13), PublishedBasis.GIVEN)
    assert wrong.published_conflict and "13 October 2022" in wrong.published_conflict
    assert EvidenceKind.STATED in [one.kind for one in wrong.evidence]


def test_dates_of_an_article_that_is_known_to_a_few_days_are_known_to_as_many() -> None:
    text = "Published October 2022\nThe ministers met on Monday. They had met on October 4, 2022."
    dates = article_dates(*article(text))
    assert dates.published_earliest and dates.published_latest and dates.published_earliest < dates.published_latest
    monday = next(e for e in dates.expressions if e.text == "Monday")
    assert monday.value == "XXXX-WXX-1"
    assert monday.start_date and monday.end_date and monday.start_date < monday.end_date
    assert monday.start_date <= dates.published_earliest and monday.end_date <= dates.published_latest


def test_published_from_and_to_are_in_order() -> None:
    with pytest.raises(ValueError, match="after the last"):
        Published(date(2022, 2, 1), date(2022, 1, 1))


def test_things_to_come_are_no_contradiction_however_often_they_are_named() -> None:
    text = "The Games open in Rome in June 2024. The Games of June 2024 are the biggest. All wait for June 2024."
    assert article_dates(*article(text, published=date(2024, 3, 1))).published_conflict is None
