"""Copies and versions over all planned batches: reads what the stages wrote, compares, writes it down.

What makes a text a copy (`transforms/duplicates`) or an article a version (`transforms/versions.py`), and which batches
are planned (`publication.py`), do not belong here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from pipelines.land import RAW
from pipelines.recipe import recipe
from pipelines.stages import CLEAN, DATES, SIGNATURES
from transforms.duplicates import shingles
from transforms.duplicates.clusters import Bands, clustered, comparable
from transforms.duplicates.shingles import Fingerprint, content, likeness
from transforms.known import known_at
from transforms.records import ArticleCluster, JudgedPair, LabelledText, LandedArticle, WatchedSource
from transforms.versions import versioned
from warehouse.build import CLUSTERED_STAGE, MERGED_BATCH, WATCHED_BATCH, WATCHED_STAGE
from warehouse.lake import Lake, Stamp
from warehouse.staging import LandedBatch

JUDGED_STAGE = "judged_pairs"


@cache
def cluster_recipe() -> str:
    """Fingerprint of the code and tables that make the clusters."""
    return recipe(("transforms.duplicates.clusters", "transforms.versions", "transforms.records"))


@cache
def _judging_recipe() -> str:
    return recipe(("transforms.duplicates.shingles",))


@dataclass
class _Judge:
    """Tells how alike two texts are; reads a text when it is first asked for, and none for a known pair."""

    lake: Lake
    home: dict[str, str]  # text → the first batch in which it landed
    wanted: frozenset[str]  # texts that may be asked for
    known: dict[tuple[str, str], float]
    asked: dict[tuple[str, str], float] = field(default_factory=dict)
    _prints: dict[str, Fingerprint] = field(default_factory=dict)

    def likeness(self, first: str, text: str) -> float:
        pair = (first, text)
        similarity = self.known.get(pair)
        if similarity is None:
            similarity = likeness(self._print(first), self._print(text))
        self.asked[pair] = similarity
        return similarity

    def judged(self) -> list[JudgedPair]:
        """The pairs that were asked for, sorted."""
        return [
            JudgedPair(
                first_text_id=first,
                text_id=text,
                first_batch=self.home[first],
                batch=self.home[text],
                similarity=similarity,
            )
            for (first, text), similarity in sorted(self.asked.items())
        ]

    def _print(self, text_id: str) -> Fingerprint:
        if text_id not in self._prints:
            batch = self.home[text_id]
            for row in self.lake.stream(CLEAN.name, batch, LabelledText):
                if row.text_id in self.wanted and self.home[row.text_id] == batch:
                    self._prints[row.text_id] = shingles.fingerprint(content(row))
        return self._prints[text_id]


def cluster_articles(lake: Lake, batches: Sequence[LandedBatch], fingerprint: str, facts: dict[str, Any]) -> Stamp:
    """Writes the clusters of all articles of the batches, under that fingerprint and with those facts; before it, how
    alike the pairs were that it compared, so that the next time only new pairs are compared."""
    articles: dict[str, tuple[int, LandedArticle]] = {}
    home: dict[str, str] = {}
    bands: dict[str, Bands] = {}
    known: dict[str, datetime | None] = {}
    zones = _zones(lake)
    for batch in batches:
        dated = (lake.column(DATES.name, name, [batch.batch]) for name in ("article_id", "published_latest"))
        latest = dict(zip(*dated, strict=True))
        for article in lake.stream(RAW, batch.batch, LandedArticle):
            if article.article_id not in articles:
                articles[article.article_id] = (len(articles), article)
                known[article.article_id] = known_at(
                    article.published_at,
                    article.published_precision,
                    latest[article.article_id],
                    zones.get(article.source, UTC),
                )
            home.setdefault(article.text_id, batch.batch)
        bands |= _bands(lake, batch.batch)
    judge = _Judge(lake, home, frozenset(comparable(list(home), bands)), _judged(lake, home))
    clusters = clustered([article for _, article in articles.values()], bands, judge.likeness)
    rows = list(versioned(clusters, articles.values(), known))
    lake.write(
        JUDGED_STAGE,
        MERGED_BATCH,
        JudgedPair,
        judge.judged(),
        fingerprint=_judging_recipe(),
        facts={"texts": {batch.batch: _content(lake, batch.batch) for batch in batches}},
    )
    return lake.write(CLUSTERED_STAGE, MERGED_BATCH, ArticleCluster, rows, fingerprint=fingerprint, facts=facts)


def _zones(lake: Lake) -> dict[str, tzinfo]:
    """The time zone of each source for which the sources file gives one."""
    if not lake.path(WATCHED_STAGE, WATCHED_BATCH).exists():
        return {}
    watched = lake.read(WATCHED_STAGE, WATCHED_BATCH, WatchedSource)
    watched.sort(key=lambda row: row.watched, reverse=True)  # the first by name has the last word
    return {row.source: ZoneInfo(row.timezone) for row in watched if row.timezone}


def _bands(lake: Lake, batch: str) -> dict[str, Bands]:
    table = lake.table(SIGNATURES.name, batch, ("text_id", "bands"))
    texts = table["text_id"].to_pylist()
    lists = table["bands"].combine_chunks()
    flat = np.asarray(lists.flatten())
    ends = np.cumsum(np.asarray(lists.value_lengths()))
    return dict(zip(texts, np.split(flat, ends[:-1]), strict=True)) if texts else {}


def _content(lake: Lake, batch: str) -> str | None:
    stamp = lake.stamp(CLEAN.name, batch)
    return stamp.content if stamp else None


def _judged(lake: Lake, home: dict[str, str]) -> dict[tuple[str, str], float]:
    """The pairs judged before by the rules of now, both of whose texts are still what they were."""
    stamp = lake.stamp(JUDGED_STAGE, MERGED_BATCH)
    if stamp is None or stamp.fingerprint != _judging_recipe():
        return {}
    same = {batch for batch, was in stamp.facts["texts"].items() if _content(lake, batch) == was}
    return {
        (pair.first_text_id, pair.text_id): pair.similarity
        for pair in lake.stream(JUDGED_STAGE, MERGED_BATCH, JudgedPair)
        if (home.get(pair.first_text_id), home.get(pair.text_id)) == (pair.first_batch, pair.batch)
        and {pair.first_batch, pair.batch} <= same
    }
