"""What the merge takes from the clusters: of whose voice an account is, and whether it is superseded."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.publication import Plan, merge_events
from tests.warehouse.builder import LIMA, MEETING, Newsroom
from transforms.identity import digest
from transforms.records import Event
from warehouse.build import MERGED_BATCH, MERGED_STAGE

IN_LIMA, ELSEWHERE = MEETING.place, ("Quito", "ECU", -0.22, -78.51)


@pytest.mark.parametrize("order", [1, -1])
def test_a_corrected_article_is_not_outvoted_by_its_earlier_versions(tmp_path: Path, order: int) -> None:
    newsroom = Newsroom(tmp_path)
    body = (*LIMA.sentences, *(f"The envoys wrote letter {n} of {n * 7} before they left." for n in range(9)))
    versions = [
        LIMA.but(
            sentences=(*body, f"Version {day}."),
            published=date(2021, 3, day),
            told=(replace(MEETING, place=place),),
        )
        for day, place in ((10, IN_LIMA), (11, IN_LIMA), (12, ELSEWHERE))
    ]
    for name, story in list(zip("abc", versions, strict=True))[::order]:
        newsroom.land(name, story)
    newsroom.cluster()
    merge_events(newsroom.lake, Plan(newsroom.batches, "", "", "", []))
    [event] = newsroom.lake.read(MERGED_STAGE, MERGED_BATCH, Event)
    assert len(event.article_event_ids) == 3
    first = versions[0].article_mentions().events[0].article_event_id
    assert event.event_id == digest("event", first)  # of the account that was known first, superseded or not
    with closing(duckdb.connect(str(newsroom.build_only()), read_only=True)) as db:
        shown = db.execute("SELECT place, disputed, article_count FROM marts.events").fetchall()
    assert shown == [("Quito", False, 1)]
