"""When an article was published, as far as its record says, and its time expressions resolved against that.

How a single expression is found or resolved does not belong here.
"""

from transforms.dates.annotate import annotate
from transforms.dates.published import Published
from transforms.records import ArticleDates, CleanText, RawArticle
from transforms.vocabulary import PublishedBasis


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
