"""An article as the search for publication evidence meets it: cleaned for real, with or without its record's fields."""

from collections.abc import Callable
from datetime import date

import pytest

from transforms.cleaning import clean
from transforms.dates.publication.evidence import Evidence
from transforms.dates.publication.infer import gather
from transforms.dates.publication.solver import Solution, solve
from transforms.dates.publication.text import Reading
from transforms.records import CleanText, RawArticle
from transforms.vocabulary import EvidenceKind


def article(
    text: str, *, url: str | None = None, source_id: str = "report", published: date | None = None
) -> tuple[RawArticle, CleanText]:
    raw = RawArticle(
        article_id="a",
        text_id="t",
        cluster_id="c",
        source="wire",
        source_id=source_id,
        url=url,
        text=text,
        published_date=published,
        origin="a.txt",
    )
    return raw, clean("t", text)


def evidence(text: str, *, url: str | None = None, source_id: str = "report") -> tuple[Evidence, ...]:
    """What the article tells of its day of publication."""
    raw, cleaned = article(text, url=url, source_id=source_id)
    return gather(raw, Reading(cleaned))


Find = Callable[..., list[Evidence]]
Solve = Callable[..., Solution | None]


@pytest.fixture
def find() -> Find:
    """Evidence of one kind in a text."""

    def find(text: str, kind: EvidenceKind, **fields: str) -> list[Evidence]:
        return [one for one in evidence(text, **fields) if one.kind is kind]

    return find


@pytest.fixture
def solved() -> Solve:
    """The solution for a text."""

    def solved(text: str, **fields: str) -> Solution | None:
        return solve(evidence(text, **fields))

    return solved
