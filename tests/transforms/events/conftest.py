"""Runs articles through all of the pure stages, as the pipeline does."""

from collections.abc import Callable
from datetime import date

import pytest
from spacy.language import Language

from transforms.cleaning import clean
from transforms.dates import Published, annotate
from transforms.events import extract
from transforms.events.admitting import parse
from transforms.identity import text_id
from transforms.language import vocabulary
from transforms.records import ArticleDates, ArticleMentions
from transforms.vocabulary import PublishedBasis

Read = Callable[..., ArticleMentions]


@pytest.fixture(scope="session")
def read(nlp: Language) -> Read:
    """The mentions and events of an article, given its text and, where known, its day of publication."""
    assert nlp.pipe_names  # loaded once, before the first article

    def run(text: str, published: date | None = None, article_id: str = "a") -> ArticleMentions:
        article = clean(text_id(text), text)
        known = Published(published, published) if published else None
        dates = ArticleDates(
            article_id=article_id,
            published_date=published,
            published_earliest=published,
            published_latest=published,
            published_basis=PublishedBasis.GIVEN if published else PublishedBasis.NONE,
            evidence=[],
            expressions=annotate(article.text, known),
        )
        [parsed] = parse(None, [article])
        return extract(article_id, article, parsed, dates, vocabulary())

    return run
