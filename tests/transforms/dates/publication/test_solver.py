"""What holds of any answer: an interval in order, the likeliest day in it or not at all, the same answer twice."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.dates.publication.conftest import article, evidence
from transforms.dates.publication import article_dates
from transforms.dates.publication.infer import gather
from transforms.dates.publication.solver import solve
from transforms.dates.publication.text import Reading
from transforms.vocabulary import PublishedBasis

PIECES = st.sampled_from(
    [
        "Published 3 May 2022",
        "© 2019 The Meridian Press",
        "President Barack Obama",
        "former President Jimmy Carter",
        "Emmanuel Macron",
        "on Thursday, June 6,",
        "on February 29",
        "in its third year",
        "since Russia's invasion of Ukraine on February 24",
        "the third anniversary of the invasion of Ukraine",
        "a weeklong offensive",
        "in 0001",
        "on 31 December 9999",
        "last year",
        "Covid-19",
        "said",
        "ANKARA, May 3 (Wire) -",
        "\u0308",
        "n\u0308 Obama",
        "the September 11 attacks 7998 years ago",
        "\n",
        ".",
        ",",
        "will",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=14).map(" ".join), st.text(max_size=80))


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.none() | st.dates())
def test_any_article(text: str, published: date | None) -> None:
    raw, clean = article(text, published=published)
    dates = article_dates(raw, clean)
    assert dates == article_dates(raw, clean)
    assert (dates.published_earliest is None) == (dates.published_latest is None)
    if dates.published_earliest and dates.published_latest:
        assert dates.published_earliest <= dates.published_latest
    assert (dates.published_basis is PublishedBasis.GIVEN) == (published is not None)
    if published is not None:
        assert dates.published_date == published
    for one in dates.evidence:
        assert one.start is None or clean.text[one.start : one.end] == one.text
        assert one.first_date is None or one.last_date is None or one.first_date <= one.last_date


def test_more_evidence_of_the_same_narrows_the_answer() -> None:
    thin = solve(evidence("President Barack Obama spoke."))
    thick = solve(evidence("President Barack Obama spoke. Secretary of State John Kerry spoke."))
    assert thin and thick and thick.days < thin.days


@pytest.mark.parametrize("day", [date(1850, 3, 1), date(2150, 3, 1)])
def test_a_day_outside_the_years_that_are_known_is_not_contradicted(day: date) -> None:
    dates = article_dates(*article("President Barack Obama spoke.", published=day))
    assert (dates.published_date, dates.published_conflict) == (day, None)


@pytest.mark.parametrize("piece", ["©", " ©", "May 3, 2012. ", "Barack Obama ", "invasion of Ukraine "])
def test_evidence_is_gathered_in_time_that_grows_with_the_text(piece: str) -> None:
    def seconds(length: int) -> float:
        raw, clean = article("copyright " + piece * (length // len(piece)))
        started = time.process_time()
        gather(raw, Reading(clean))
        return time.process_time() - started

    seconds(2_000)
    assert seconds(40_000) < 12 * max(seconds(10_000), 0.02)  # linear: four times; quadratic: sixteen times
