"""The lake that benchmarks are run on is one that the pipeline might have written."""

from pathlib import Path

import pytest

from benchmarks.lake import fill
from pipelines.processing import processed, stale
from pipelines.publication import build_warehouse, merge_events, merged_plan, unsound, write_clusters
from pipelines.settings import Home
from warehouse.build import CLUSTERED_STAGE, MERGED_BATCH, MERGED_STAGE


@pytest.mark.slow
def test_a_lake_made_for_measuring_is_what_the_pipeline_would_have_written(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    filled = fill(home, 20_000)
    assert filled.mentions == pytest.approx(20_000, rel=0.05)
    planned = merged_plan(home.lake)
    batches = [batch.batch for batch in planned.batches]
    assert set(batches) == processed(home.lake)
    assert stale(home.lake, batches) == []
    assert build_warehouse(home, planned, "measured")["event_mention"] == filled.mentions
    assert unsound(home) == []
    for stage, write in ((CLUSTERED_STAGE, write_clusters), (MERGED_STAGE, merge_events)):
        made = home.lake.stamp(stage, MERGED_BATCH)
        assert made is not None
        assert made.facts == planned.facts
        written = write(home.lake, planned)  # whose facts tell besides how much was read for it
        assert (made.content, made.fingerprint) == (written.content, written.fingerprint)
