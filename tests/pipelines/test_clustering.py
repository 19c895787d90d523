"""Clusters over the batches of a lake: any division gives the same, and no pair is compared twice."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.stories import edited, story
from pipelines import land, processing, publication, settings
from pipelines.clustering import JUDGED_STAGE, cluster_articles
from pipelines.stages import CLEAN, DATES, LINES, SIGNATURES
from transforms.duplicates import shingles
from transforms.records import ArticleCluster, CleanText, JudgedPair
from transforms.vocabulary import LineKind
from warehouse.build import CLUSTERED_STAGE, MERGED_BATCH
from warehouse.lake import Lake

WIRE = story(1)


def record(source: str, text: str, day: int) -> dict[str, str]:
    return {"id": f"{source}-1", "source": source, "text": text, "published_at": f"2021-03-{day:02}T12:00:00Z"}


RECORDS = (
    record("wire", WIRE, 1),
    record("ledger", edited(WIRE, 0.04), 2),
    record("herald", WIRE, 3),
    record("echo", story(2), 1),
)


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were read to be compared."""
    texts: list[str] = []
    fingerprint = shingles.fingerprint
    monkeypatch.setattr(shingles, "fingerprint", lambda text: texts.append(text) or fingerprint(text))
    return texts


def land_all(root: Path, records: Sequence[dict[str, str]], size: int) -> Lake:
    """A lake in which the records have landed, been signed, cleaned and dated, in batches of that size."""
    place = settings.home(root)
    place.prepare()
    file = root / "records.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    land.land(place, [file], settings.sources(), batch_size=size)
    for stage in (SIGNATURES, LINES, CLEAN, DATES):
        processing.run_stage(stage, place.lake, place.lake.batches(land.RAW))
    return place.lake


def clusters(lake: Lake) -> list[ArticleCluster]:
    cluster_articles(lake, land.landed(lake), "by hand", {})
    return lake.read(CLUSTERED_STAGE, MERGED_BATCH, ArticleCluster)


def test_batches_and_their_order_do_not_matter(tmp_path: Path) -> None:
    found = [
        clusters(land_all(tmp_path / f"{size}-{step}", RECORDS[::step], size)) for size in (1, 3) for step in (1, -1)
    ]
    assert all(one == found[0] for one in found)
    assert len({row.cluster_id for row in found[0]}) == 2


def test_no_pair_is_compared_twice(tmp_path: Path, compared: list[str]) -> None:
    lake = land_all(tmp_path, RECORDS[:2], 1)
    first = clusters(lake)
    assert len(compared) == 2
    assert clusters(lake) == first
    assert len(compared) == 2
    land_all(tmp_path, [record("post", edited(WIRE, 0.03, 5), 4)], 1)
    assert len({row.cluster_id for row in clusters(lake)}) == 1
    assert len(compared) == 4, "the new text, and the first publication"
    assert len(lake.read(JUDGED_STAGE, MERGED_BATCH, JudgedPair)) == 2


def test_a_text_that_is_cleaned_otherwise_is_compared_anew(tmp_path: Path) -> None:
    lake = land_all(tmp_path, RECORDS[:2], 1)
    clusters(lake)
    (pair,) = lake.read(JUDGED_STAGE, MERGED_BATCH, JudgedPair)
    stamp = lake.stamp(CLEAN.name, pair.batch)
    assert stamp
    (text,) = lake.read(CLEAN.name, pair.batch, CleanText)
    lines = [line.model_copy(update={"kind": LineKind.BOILERPLATE}) for line in text.lines[:8]] + text.lines[8:]
    changed = text.model_copy(update={"lines": lines})
    lake.write(CLEAN.name, pair.batch, CleanText, [changed], fingerprint=stamp.fingerprint, facts=stamp.facts)
    clusters(lake)
    (again,) = lake.read(JUDGED_STAGE, MERGED_BATCH, JudgedPair)
    assert again.similarity < pair.similarity


def test_what_is_merged_and_built_is_what_was_clustered(tmp_path: Path) -> None:
    lake = land_all(tmp_path, RECORDS, 4)
    with pytest.raises(publication.NotMergedError, match="materialise it first"):
        publication.clustered_plan(lake)
    publication.write_clusters(lake, publication.plan(lake))
    assert publication.clustered_plan(lake) == publication.plan(lake)
    cluster_articles(lake, [], "others", {"batches": [], "rejects": []})
    with pytest.raises(publication.NotMergedError, match="has changed"):
        publication.clustered_plan(lake)
