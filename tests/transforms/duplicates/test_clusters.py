"""Copies go to their first publication, whatever the order in which they come."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.stories import edited, story
from transforms.duplicates.clusters import MOST, clustered
from transforms.duplicates.shingles import fingerprint, likeness
from transforms.duplicates.signature import signature
from transforms.identity import cluster_id, text_id
from transforms.records import ArticleCluster, LandedArticle

NOON = datetime(2021, 3, 9, 12)


def article(name: str, text: str, hours: float | None, precision: str = "second") -> LandedArticle:
    published = None if hours is None else NOON + timedelta(hours=hours)
    return LandedArticle(
        article_id=name,
        text_id=text_id(text),
        cluster_id=cluster_id(text),
        source=name,
        source_id="1",
        url=f"http://www.{name}.test/1",
        published_at=published,
        published_precision=precision if published else None,
    )


def clusters(texts: Mapping[str, str], articles: Iterable[LandedArticle]) -> dict[str, ArticleCluster]:
    """Article → its cluster, with `texts` by text_id."""
    bands = {key: np.array(signature(text), np.int64) for key, text in texts.items()}
    prints = {key: fingerprint(text) for key, text in texts.items()}
    found = clustered(list(articles), bands, lambda a, b: likeness(prints[a], prints[b]))
    return {one.article_id: one for one in found}


def firsts(*told: tuple[str, str, float | None]) -> dict[str, str]:
    """Article → the first of its cluster, of (name, text, hours)."""
    texts = {text_id(text): text for _, text, _ in told}
    found = clusters(texts, [article(*one) for one in told])
    return {name: one.cluster_first_article_id for name, one in found.items()}


WIRE = story(1)


def test_copies_go_to_the_first_publication() -> None:
    told = ("b-paper", edited(WIRE, 0.04), 2.0), ("c-paper", WIRE, 3.0), ("wire", WIRE, 0.0), ("other", story(2), 1.0)
    assert firsts(*told) == {"b-paper": "wire", "c-paper": "wire", "wire": "wire", "other": "other"}


def test_an_undated_copy_is_never_the_first() -> None:
    assert firsts(("a", WIRE, None), ("b", WIRE, 5.0)) == {"a": "b", "b": "b"}


def test_a_bare_day_counts_as_its_end() -> None:
    midnight = article("a", WIRE, -12, "day")
    found = clusters({text_id(WIRE): WIRE}, [midnight, article("b", WIRE, 3)])
    assert found["a"].cluster_first_article_id == "b"


def test_the_id_is_the_first_texts_and_equal_but_for_white_space_is_equal() -> None:
    wrapped = WIRE.replace(" ", "\n")
    found = clusters({text_id(t): t for t in (WIRE, wrapped)}, [article("a", WIRE, 0), article("b", wrapped, 1)])
    assert found["b"].cluster_id == cluster_id(WIRE)
    assert found["b"].similarity == 1
    assert found["b"].url_key == "b.test/1"


def test_a_row_of_small_updates_does_not_swallow_another_story() -> None:
    """Each update replaces a fifth of the one before; after five nothing of the first is left."""
    sentences = story(1, 20).split("\n")
    other = story(2, 20).split("\n")
    updates = ["\n".join(other[: 4 * n] + sentences[4 * n :]) for n in range(6)]
    found = firsts(*((f"update-{n}", text, float(n)) for n, text in enumerate(updates)))
    assert found["update-1"] == "update-0"
    assert found["update-5"] not in ("update-0", "update-1")
    for n, text in enumerate(updates):
        first = int(found[f"update-{n}"].removeprefix("update-"))
        assert first == n or likeness(fingerprint(updates[first]), fingerprint(text)) >= 0.5


def test_a_template_filled_a_thousand_times_is_compared_a_bounded_number_of_times() -> None:
    forms = {f"t{n}": np.arange(40) for n in range(1000)}
    articles = [
        LandedArticle(
            article_id=f"{n:04}", text_id=f"t{n}", cluster_id=f"c{n}", source="s", source_id=f"{n}", published_at=NOON
        )
        for n in range(1000)
    ]
    asked = []
    found = list(clustered(articles, forms, lambda a, b: asked.append((a, b)) or 0.0))  # type: ignore[func-returns-value]
    assert len({one.cluster_id for one in found}) == 1000
    assert len(asked) <= MOST * 1000


STORIES = [story(n, 8) for n in range(3)]
COPIES = [*STORIES, *(edited(text, share, 7) for text in STORIES for share in (0.03, 0.06, 0.2))]


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(len(COPIES))), st.lists(st.none() | st.integers(0, 3), min_size=12, max_size=12))
def test_the_order_of_arrival_does_not_matter(order: list[int], hours: list[int | None]) -> None:
    texts = {text_id(text): text for text in COPIES}
    articles = [article(f"a{n}", text, hours[n]) for n, text in enumerate(COPIES)]
    found = clusters(texts, [articles[n] for n in order])
    assert found == clusters(dict(reversed(texts.items())), articles)
    for one in found.values():
        first = found[one.cluster_first_article_id]
        assert first.cluster_first_article_id == first.article_id
        assert first.cluster_id == one.cluster_id
        assert (one.similarity == 1) or (0.5 <= one.similarity < 1)


@pytest.mark.parametrize("texts", [{}, {text_id("short"): "short"}])
def test_few_or_short_texts(texts: dict[str, str]) -> None:
    assert len(clusters(texts, [article("a", text, 0) for text in texts.values()])) == len(texts)
