"""The publication day of an article, as its record gives it or else as its evidence tells, and its time expressions.

How the evidence is found and weighed stands in the other modules here; how an expression is resolved, in annotate.py.
"""

from collections.abc import Sequence
from datetime import date

from transforms.dates.annotate import annotate_found
from transforms.dates.publication.contradiction import contradictions
from transforms.dates.publication.evidence import Evidence
from transforms.dates.publication.infer import gather, methods
from transforms.dates.publication.model import model
from transforms.dates.publication.recency import told
from transforms.dates.publication.solver import solve
from transforms.dates.publication.text import Reading
from transforms.dates.published import Published
from transforms.records import ArticleDates, CleanText, PublishedEvidence, RawArticle
from transforms.vocabulary import PublishedBasis

SAID = 3  # contradictions that are told in a line; all stand among the evidence


def article_dates(article: RawArticle, clean: CleanText) -> ArticleDates:
    """The publication day of an article and the time expressions of its clean text.

    A day that the record gives wins over all evidence; what contradicts it is kept. Else the evidence gives an
    interval, or nothing does."""
    reading = Reading(clean)
    evidence = gather(article, reading)
    if article.published_date is not None:
        return _given(article, reading, article.published_date, evidence)
    return _inferred(article, reading, evidence)


def _given(article: RawArticle, reading: Reading, day: date, evidence: Sequence[Evidence]) -> ArticleDates:
    against = contradictions(evidence, day)
    claims = dict.fromkeys(f"{one.text} ({one.claim})" for one in against[:SAID])
    return ArticleDates(
        article_id=article.article_id,
        published_date=day,
        published_earliest=day,
        published_latest=day,
        published_basis=PublishedBasis.GIVEN,
        published_conflict="; ".join(claims) or None,
        evidence=_records(against),
        expressions=annotate_found(reading.tokens, reading.expressions, Published(day, day)),
    )


def _inferred(article: RawArticle, reading: Reading, evidence: Sequence[Evidence]) -> ArticleDates:
    solution = solve(evidence)
    if solution is None:
        return ArticleDates(
            article_id=article.article_id,
            published_basis=PublishedBasis.NONE,
            evidence=_records([one for one in evidence if one.text]),
            expressions=annotate_found(reading.tokens, reading.expressions, None),
        )
    known = Published(solution.earliest, solution.latest)
    telling = solution.share >= model().limits["telling"]
    return ArticleDates(
        article_id=article.article_id,
        published_date=solution.earliest if solution.earliest == solution.latest else None,
        published_earliest=solution.earliest,
        published_latest=solution.latest,
        published_basis=PublishedBasis.INFERRED,
        published_likely=solution.likely if telling else None,
        published_likely_share=round(solution.share, 3) if telling else None,
        published_method=", ".join(methods(evidence, solution)),
        evidence=_records(told(evidence, solution.likely)),
        expressions=annotate_found(reading.tokens, reading.expressions, known),
    )


def _records(evidence: Sequence[Evidence]) -> list[PublishedEvidence]:
    return [
        PublishedEvidence(
            kind=one.kind,
            start=one.start,
            end=one.end,
            text=one.text,
            claim=one.claim,
            first_date=one.first,
            last_date=one.last,
        )
        for one in evidence
    ]
