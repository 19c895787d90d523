"""When an article was published, as far as its record says, and its time expressions resolved against that.

How a single expression is found or resolved does not belong here.
"""

from dataclasses import dataclass
from datetime import date

from transforms.dates.annotate import annotate
from transforms.records import ArticleDates, CleanText, RawArticle
from transforms.vocabulary import PublishedBasis


@dataclass(frozen=True, slots=True)
class Published:
    """The days between which (inclusive) an article was published; equal where the day is known."""

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError(f"published between {self.earliest} and {self.latest}: the first day is after the last")


def published(article: RawArticle) -> Published | None:
    """The day that the record gives, or None."""
    return None if article.published_date is None else Published(article.published_date, article.published_date)


def article_dates(article: RawArticle, clean: CleanText) -> ArticleDates:
    """The publication day of an article and the time expressions of its clean text."""
    known = published(article)
    return ArticleDates(
        article_id=article.article_id,
        published_date=known.earliest if known and known.earliest == known.latest else None,
        published_earliest=known.earliest if known else None,
        published_latest=known.latest if known else None,
        published_basis=PublishedBasis.GIVEN if known else PublishedBasis.NONE,
        expressions=annotate(clean.text, known),
    )
