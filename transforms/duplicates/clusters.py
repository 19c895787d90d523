"""Puts every article to the first publication of its text, or of the text that it is a copy of.

Anchored, not chained: in the order of publication each text is compared with the first publications before it, and
becomes a copy of the one most like it, or a first publication itself. So every copy is like the first one, a row of
small updates cannot lead from one story to another, and neither the order of arrival nor the division into batches
matters.
How alike two texts are (`shingles`) and how the articles are read do not belong here.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from transforms.duplicates.shingles import SAME
from transforms.known import known_at
from transforms.records import ArticleCluster, LandedArticle
from transforms.urls import url_key

# Of the texts that share a band, and of those worth comparing, only so many are looked at: those of a template that is
# filled every day share all bands, are no copies, and would cost the square of their number.
MOST = 20

Bands = NDArray[np.int64]
Likeness = Callable[[str, str], float]


@dataclass(frozen=True)
class _Story:
    """Articles whose texts are equal, white space aside: `text_id` is that of the first."""

    exact_cluster_id: str
    text_id: str
    article_id: str


def first_published(article: LandedArticle) -> tuple[datetime, str]:
    """Sorts articles by publication: known to the day only means known at its end; undated ones come last."""
    return known_at(article.published_at, article.published_precision) or datetime.max, article.article_id


def clustered(
    articles: Collection[LandedArticle], bands: Mapping[str, Bands], likeness: Likeness
) -> Iterator[ArticleCluster]:
    """The cluster of each article, sorted by article_id.

    `bands` are those of each text (`signature`), `likeness` tells how alike two texts are, 0 to 1; it is asked only of
    texts that share a band, at most MOST times for a text. The result depends on the set of articles alone.
    """
    ordered = sorted(articles, key=first_published)
    stories: dict[str, _Story] = {}
    for article in ordered:
        exact = article.cluster_id
        stories.setdefault(exact, _Story(exact, article.text_id, article.article_id))
    anchors = _anchored(list(stories.values()), bands, likeness)
    for article in sorted(ordered, key=lambda a: a.article_id):
        first, similarity = anchors[article.cluster_id]
        yield ArticleCluster(
            article_id=article.article_id,
            cluster_id=first.exact_cluster_id,
            cluster_first_article_id=first.article_id,
            similarity=round(similarity, 4),
            url_key=url_key(article.url) if article.url else None,
        )


def comparable(text_ids: Sequence[str], bands: Mapping[str, Bands]) -> dict[str, list[int]]:
    """The texts that share a band with another one, and numbers for the bands that they share."""
    owned = [bands[text_id] for text_id in text_ids]
    if not owned:
        return {}
    _, numbers, counts = np.unique(np.concatenate(owned), return_inverse=True, return_counts=True)
    shared = counts[numbers] > 1
    found = {}
    start = 0
    for text_id, own in zip(text_ids, owned, strict=True):
        end = start + len(own)
        if shared[start:end].any():
            found[text_id] = numbers[start:end][shared[start:end]].tolist()
        start = end
    return found


def _anchored(
    stories: Sequence[_Story], bands: Mapping[str, Bands], likeness: Likeness
) -> dict[str, tuple[_Story, float]]:
    """Exact cluster → the first publication that it is a copy of, and how alike they are; stories in order."""
    shared = comparable([story.text_id for story in stories], bands)
    found: dict[str, tuple[_Story, float]] = {}
    firsts: dict[int, list[int]] = {}  # band → places of the latest first publications that have it
    for place, story in enumerate(stories):
        own = shared.get(story.text_id, [])
        met = Counter(other for band in own for other in firsts.get(band, ()))
        nearest = sorted(met, key=lambda other: (-met[other], -other))[:MOST]
        scored = [(likeness(stories[other].text_id, story.text_id), -other) for other in nearest]
        similarity, other = max(scored, default=(0.0, 0))
        if similarity >= SAME:
            found[story.exact_cluster_id] = stories[-other], similarity
            continue
        found[story.exact_cluster_id] = story, 1.0
        for band in own:
            latest = firsts.setdefault(band, [])
            latest.append(place)
            del latest[:-MOST]
    return found
