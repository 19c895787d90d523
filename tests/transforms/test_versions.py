"""Which article supersedes which, told by what is said in docs/articles.md rather than by how it is found."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from transforms.records import ArticleCluster, LandedArticle
from transforms.versions import versioned

Articles = list[tuple[int, LandedArticle]]
ARTICLES = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 2), st.none() | st.integers(0, 3)), max_size=9
)


def articles(told: list[tuple[int, int, int, int | None]]) -> Articles:
    """Articles of a batch, an id, an address (0: none) and a day each."""
    return [
        (
            batch,
            LandedArticle(
                article_id=f"{n:03}",
                text_id="t",
                cluster_id="c",
                source="s",
                source_id=str(own),
                url=f"http://s.test/{address}" if address else None,
                published_at=None if day is None else datetime(2021, 3, 1) + timedelta(days=day),
            ),
        )
        for n, (batch, own, address, day) in enumerate(told)
    ]


def out(given_: Articles) -> dict[str, datetime | None]:
    """When each was out; known to the second throughout."""
    return {a.article_id: a.published_at for _, a in given_}


def versions(given_: Articles) -> Iterator[ArticleCluster]:
    """The articles as versions of one another."""
    rows = [
        ArticleCluster(
            article_id=a.article_id, cluster_id="c", cluster_first_article_id="f", similarity=1, url_key=a.url
        )
        for _, a in given_
    ]
    return versioned(rows, given_, out(given_))


def found(given_: Articles) -> dict[str, tuple[str | None, str | None]]:
    """The newest version of each article, and the one before it."""
    return {row.article_id: (row.superseded_by, row.previous_version_id) for row in versions(given_)}


def chained(given_: Articles) -> dict[str, tuple[str | None, str | None]]:
    """The same, step by step: from version to a later one that shares address or id with it."""
    order = sorted(given_, key=lambda one: one[1].article_id, reverse=True)
    order.sort(key=lambda one: (one[1].published_at or datetime.min, one[0]))
    oldest_first = [a for _, a in order]

    def same(a: LandedArticle, b: LandedArticle) -> bool:
        return a.source_id == b.source_id or (a.url is not None and a.url == b.url)

    told = {}
    for place, article in enumerate(oldest_first):
        before = [other for other in oldest_first[:place] if same(article, other)]
        last = article
        while later := [other for other in oldest_first[oldest_first.index(last) + 1 :] if same(last, other)]:
            last = later[-1]
        told[article.article_id] = (
            None if last is article else last.article_id,
            before[-1].article_id if before else None,
        )
    return told


@given(ARTICLES, st.randoms())
def test_versions_lead_to_the_newest_and_to_the_one_before(told: list[tuple[int, int, int, int | None]], mix) -> None:  # type: ignore[no-untyped-def]
    given_ = articles(told)
    wanted = chained(given_)
    assert found(given_) == wanted
    mix.shuffle(given_)
    assert found(given_) == wanted
    newest = {last for last, _ in wanted.values() if last}
    assert all(wanted[last][0] is None for last in newest)


def test_a_dated_version_is_later_than_an_undated_one_and_at_one_time_the_one_landed_later() -> None:
    assert found(articles([(1, 1, 0, None), (0, 1, 0, 2)])) == {"000": ("001", None), "001": (None, "000")}
    assert found(articles([(1, 1, 0, 2), (0, 1, 0, 2)])) == {"000": (None, "001"), "001": ("000", None)}


@given(ARTICLES, st.integers(-1, 3))
def test_an_article_is_superseded_once_a_later_version_is_out(
    told: list[tuple[int, int, int, int | None]], day: int
) -> None:
    """As it would be if nothing had been published since."""
    given_ = [one for one in articles(told) if one[1].published_at]
    now = datetime(2021, 3, 1) + timedelta(days=day)
    by_then = found([(batch, a) for batch, a in given_ if a.published_at and a.published_at <= now])
    superseded = {
        row.article_id: row.superseded_at is not None and row.superseded_at <= now
        for row in versions(given_)
        if row.article_id in by_then
    }
    assert superseded == {key: newest is not None for key, (newest, _) in by_then.items()}
