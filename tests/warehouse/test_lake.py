"""What is written to the lake is read back, named by its content, whoever wrote the file."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.warehouse.builder import BRUSSELS, FINGERPRINT, LIMA, QUIET, Newsroom
from transforms.records import (
    ArticleDates,
    ArticleMentions,
    CleanText,
    Event,
    Line,
    ParsedText,
    Participant,
    PublishedEvidence,
    RawArticle,
    Record,
    RejectedRecord,
    Segment,
    Sentence,
    TimeExpression,
)
from transforms.vocabulary import ActorKind, EvidenceKind, LineKind, PublishedBasis, Role, TimexType
from warehouse.build import MERGED_BATCH, MERGED_STAGE
from warehouse.lake import DamagedLakeError, Lake

# Any text that a file can hold; Parquet's text is UTF-8, which has no lone surrogates.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
OFFSET = st.integers(0, 10**9)
DAY = st.none() | st.dates()
KIND = st.sampled_from(LineKind)
ROWS: dict[type[Record], st.SearchStrategy[Record]] = {
    RawArticle: st.builds(
        RawArticle,
        **dict.fromkeys(("article_id", "text_id", "cluster_id", "source", "source_id", "text", "origin"), TEXT),
        **{name: st.none() | TEXT for name in ("url", "title", "extra", "published_precision")},
        published_at=st.none() | st.datetimes(datetime(1700, 1, 1), datetime(2200, 1, 1)),
        published_date=DAY,
    ),
    RejectedRecord: st.builds(
        RejectedRecord,
        **dict.fromkeys(("rejected_id", "origin", "reason"), TEXT),
        line=st.none() | OFFSET,
        source_id=st.none() | TEXT,
        sample=st.none() | TEXT,
    ),
    CleanText: st.builds(
        CleanText,
        text_id=TEXT,
        text=TEXT,
        language=TEXT,
        segments=st.lists(st.builds(Segment, start=OFFSET, end=OFFSET, raw_start=OFFSET, raw_end=OFFSET), max_size=3),
        lines=st.lists(st.builds(Line, start=OFFSET, end=OFFSET, kind=KIND, reason=st.none() | TEXT), max_size=3),
        sentences=st.lists(st.builds(Sentence, start=OFFSET, end=OFFSET, kind=KIND), max_size=3),
    ),
    ArticleDates: st.builds(
        ArticleDates,
        article_id=TEXT,
        published_date=DAY,
        published_earliest=DAY,
        published_latest=DAY,
        published_basis=st.sampled_from(PublishedBasis),
        published_method=st.none() | TEXT,
        evidence=st.lists(
            st.builds(
                PublishedEvidence,
                kind=st.sampled_from(EvidenceKind),
                start=st.none() | OFFSET,
                end=st.none() | OFFSET,
                text=TEXT,
                claim=TEXT,
                first_date=DAY,
                last_date=DAY,
            ),
            max_size=2,
        ),
        expressions=st.lists(
            st.builds(
                TimeExpression,
                start=OFFSET,
                end=OFFSET,
                text=TEXT,
                type=st.sampled_from(TimexType),
                value=TEXT,
                mod=st.none() | TEXT,
                start_date=DAY,
                end_date=DAY,
                direction=st.sampled_from([None, -1, 1]),
                rule=TEXT,
            ),
            max_size=2,
        ),
    ),
    ParsedText: st.builds(
        ParsedText, text_id=TEXT, sentences=st.lists(OFFSET), docs=st.none() | st.binary(), words=OFFSET
    ),
    Participant: st.builds(
        Participant,
        **dict.fromkeys(("actor_id", "name", "canonical"), TEXT),
        kind=st.sampled_from(ActorKind),
        country_code=st.none() | TEXT,
        cameo_code=st.none() | TEXT,
        role=st.sampled_from(Role),
    ),
}
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def _write(lake: Lake, batch: str, *rows: RejectedRecord, **facts: Any) -> str:
    return lake.write("rejected", batch, RejectedRecord, rows, fingerprint="f", facts=facts).content


def _rejected(name: str, **more: Any) -> RejectedRecord:
    return RejectedRecord(rejected_id=name, origin="a.jsonl", reason="no text", **more)


@pytest.mark.parametrize("record", ROWS, ids=lambda r: r.__name__)
@QUICK
@given(data=st.data())
def test_rows_come_back_as_they_were(lake: Lake, record: type[Record], data: st.DataObject) -> None:
    rows = data.draw(st.lists(ROWS[record], max_size=4))
    stamp = lake.write("stage", "batch", record, rows, fingerprint="f")
    assert lake.read("stage", "batch", record) == rows
    assert stamp.rows == len(rows)


@QUICK
@given(data=st.data())
def test_the_content_hash_tells_equal_rows_from_others(lake: Lake, data: st.DataObject) -> None:
    one, two = (data.draw(st.lists(ROWS[RejectedRecord], max_size=3)) for _ in range(2))
    first = lake.write("stage", "one", RejectedRecord, one, fingerprint="f").content
    again = lake.write("stage", "again", RejectedRecord, list(one), fingerprint="another", facts={"n": 1}).content
    second = lake.write("stage", "two", RejectedRecord, two, fingerprint="f").content
    assert first == again
    assert (first == second) == (one == two)


def test_stories_and_their_events_come_back_as_they_were(newsroom: Newsroom) -> None:
    stories = (LIMA, BRUSSELS)
    newsroom.land("a", *stories)
    newsroom.build()
    assert newsroom.lake.read("event_mentions", "a", ArticleMentions) == [s.article_mentions() for s in stories]
    events = newsroom.lake.read(MERGED_STAGE, MERGED_BATCH, Event)
    assert {e.event_type for e in events} == {"meeting", "ceasefire", "sanctions"}
    assert all(type(e.event_type).__name__ == "EventType" for e in events)


def test_the_order_of_rows_is_content(lake: Lake) -> None:
    a, b = _rejected("a"), _rejected("b")
    assert _write(lake, "1", a, b) != _write(lake, "2", b, a)


def test_null_and_the_empty_text_differ(lake: Lake) -> None:
    assert _write(lake, "1", _rejected("a", sample="")) != _write(lake, "2", _rejected("a"))


def test_a_file_tells_what_made_it(lake: Lake) -> None:
    written = lake.write("stage", "b", RejectedRecord, [_rejected("a")], fingerprint="abc", facts={"words": 7})
    read = lake.stamp("stage", "b")
    assert read == written
    assert read is not None
    assert (read.fingerprint, read.rows, read.facts) == ("abc", 1, {"words": 7})


def test_no_file_no_stamp_no_rows(lake: Lake) -> None:
    assert lake.stamp("stage", "b") is None
    assert lake.batches("stage") == []
    with pytest.raises(FileNotFoundError):
        lake.read("stage", "b", RejectedRecord)


def test_batches_are_sorted_and_half_written_files_are_none_of_them(lake: Lake) -> None:
    for batch in ("b", "a"):
        _write(lake, batch, _rejected(batch))
    (lake.root / "rejected" / ".tmp-1-0a1b2c3d-c.parquet").write_bytes(b"PAR1 half")
    assert lake.batches("rejected") == ["a", "b"]
    assert list(lake.column("rejected", "rejected_id")) == ["a", "b"]


def test_a_column_of_chosen_batches(lake: Lake) -> None:
    for batch in ("b", "a", "c"):
        _write(lake, batch, _rejected(batch))
    assert list(lake.column("rejected", "rejected_id", ["c", "b"])) == ["c", "b"]


def test_columns_come_as_they_were_asked_for(lake: Lake) -> None:
    _write(lake, "b", _rejected("a", line=3))
    assert lake.table("rejected", "b", ["line", "rejected_id"]).to_pydict() == {"line": [3], "rejected_id": ["a"]}
    chosen = lake.table("rejected", "b", ["line", "rejected_id"], ("rejected_id", {"a"}))
    assert chosen.column_names == ["line", "rejected_id"] and chosen.num_rows == 1
    assert lake.table("rejected", "b", ["line"], ("rejected_id", ())).num_rows == 0


def test_a_file_without_a_column_that_is_asked_for_is_named(lake: Lake) -> None:
    _write(lake, "b", _rejected("a"))
    with pytest.raises(DamagedLakeError, match=r"rejected/b\.parquet.*mood"):
        lake.table("rejected", "b", ["mood"])
    with pytest.raises(FileNotFoundError):
        lake.table("rejected", "none", ["line"])


def test_a_failing_row_leaves_the_old_file(lake: Lake) -> None:
    def failing() -> Any:
        yield _rejected("new")
        raise ValueError("the transform has a fault")

    before = _write(lake, "b", _rejected("old"))
    with pytest.raises(ValueError, match="fault"):
        lake.write("rejected", "b", RejectedRecord, failing(), fingerprint="f")
    stamp = lake.stamp("rejected", "b")
    assert stamp is not None
    assert stamp.content == before
    assert [p.name for p in (lake.root / "rejected").iterdir()] == ["b.parquet"]


def test_a_column_that_the_record_does_not_know_is_left_alone(lake: Lake) -> None:
    _write(lake, "b", _rejected("a"))
    path = lake.path("rejected", "b")
    table = pq.read_table(path, partitioning=None)
    pq.write_table(table.add_column(0, "mood", pa.array(["sombre"])), path)
    assert lake.read("rejected", "b", RejectedRecord) == [_rejected("a")]


def test_a_column_that_the_file_lacks_takes_its_default_or_is_refused(lake: Lake) -> None:
    _write(lake, "b", _rejected("a", line=3))
    path = lake.path("rejected", "b")
    table = pq.read_table(path, partitioning=None)
    pq.write_table(table.drop_columns(["line"]), path)
    assert lake.read("rejected", "b", RejectedRecord) == [_rejected("a")]
    pq.write_table(table.drop_columns(["reason"]), path)
    with pytest.raises(ValidationError, match="reason"):
        lake.read("rejected", "b", RejectedRecord)


def test_a_row_with_a_value_outside_its_set_is_refused_on_reading(newsroom: Newsroom) -> None:
    newsroom.land("a", QUIET)
    path = newsroom.lake.path("time_expressions", "a")
    table = pq.read_table(path, partitioning=None)
    at = table.schema.get_field_index("published_basis")
    pq.write_table(table.set_column(at, "published_basis", pa.array(["rumoured"])), path)
    with pytest.raises(ValidationError, match="published_basis"):
        newsroom.lake.read("time_expressions", "a", ArticleDates)


def test_times_keep_their_microseconds_and_days_before_1970(lake: Lake) -> None:
    article = LIMA.raw_article().model_copy(
        update={"published_at": datetime(1953, 7, 27, 10, 0, 0, 123456), "published_date": date(1953, 7, 27)}
    )
    lake.write("raw", "b", RawArticle, [article], fingerprint=FINGERPRINT)
    assert lake.read("raw", "b", RawArticle) == [article]
