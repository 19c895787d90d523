"""Which articles are versions of one another, and which is the newest.

Which are copies (`transforms/duplicates`) does not belong here.

A later article with the same address, or of the same source with the same source_id, is a later version. Later is what
was published later; a dated one is later than an undated one, and at one time the one that landed later.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import datetime

from transforms.known import known_at
from transforms.records import ArticleCluster, LandedArticle


def versioned(
    clusters: Iterable[ArticleCluster],
    articles: Iterable[tuple[int, LandedArticle]],
    known: Mapping[str, datetime | None],
) -> Iterator[ArticleCluster]:
    """The clusters of articles, each with the newest version of the article and the one before it, in their order.

    `articles` are all of them, each with its place in the order of landing; `known` is when each was out. Raises
    KeyError for an article of `clusters` that is not among them.
    """
    rows = list(clusters)
    addresses = {row.article_id: row.url_key for row in rows}
    ordered = sorted(articles, key=lambda one: one[1].article_id)
    ordered.sort(key=lambda one: (_published(one[1]), one[0]), reverse=True)  # stable: ties go by id
    youngest_first = [article for _, article in ordered]
    marks = {a.article_id: _marks(a, addresses.get(a.article_id)) for a in youngest_first}

    newest: dict[Hashable, int] = {}  # mark → place of the youngest version that has it
    leads_to: list[int] = []  # place → that of the newest version
    out: dict[Hashable, datetime] = {}  # mark → when the first of the younger versions that have it was out
    superseded: dict[str, datetime | None] = {}
    for place, article in enumerate(youngest_first):
        own = marks[article.article_id]
        nearest = min((newest.setdefault(mark, place) for mark in own), default=place)
        # A version that has its address with one article in common and its id with another leads on to the other.
        leads_to.append(leads_to[nearest] if nearest < place else place)
        superseded[article.article_id] = min((out[mark] for mark in own if mark in out), default=None)
        if (when := known[article.article_id]) is not None:
            out.update({mark: min(when, out.get(mark, when)) for mark in own})

    latest: dict[Hashable, int] = {}  # mark → place of the version before, seen from the oldest on
    before: dict[str, int | None] = {}
    for place in range(len(youngest_first) - 1, -1, -1):
        own = marks[youngest_first[place].article_id]
        before[youngest_first[place].article_id] = min((latest[mark] for mark in own if mark in latest), default=None)
        latest.update(dict.fromkeys(own, place))

    places = {article.article_id: place for place, article in enumerate(youngest_first)}
    for row in rows:
        place = places[row.article_id]
        previous = before[row.article_id]
        yield row.model_copy(
            update={
                "superseded_by": None if leads_to[place] == place else youngest_first[leads_to[place]].article_id,
                "previous_version_id": None if previous is None else youngest_first[previous].article_id,
                "known_at": known[row.article_id],
                "superseded_at": superseded[row.article_id],
            }
        )


def _published(article: LandedArticle) -> datetime:
    return known_at(article.published_at, article.published_precision) or datetime.min


def _marks(article: LandedArticle, address: str | None) -> tuple[Hashable, ...]:
    """What versions of an article share."""
    own = ("id", article.source, article.source_id)
    return (own,) if address is None else (own, ("address", address))
