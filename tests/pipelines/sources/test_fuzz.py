"""Whatever bytes a file holds: no exception, no reject without a reason, nothing that a database would not take."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipelines.sources import Noted, read
from pipelines.sources.detection import SUFFIXES
from transforms.records import RawArticle

QUICK = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

MARKS = st.sampled_from(
    [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x1f\x8b", b"---\n", b"\n---\n", b'{"text": "', b'"}\n']
)
BYTES = st.lists(
    st.one_of(st.binary(max_size=20), MARKS, st.text(max_size=10).map(lambda t: t.encode("utf-8", "replace")))
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
RECORDS = st.dictionaries(st.sampled_from(["id", "url", "title", "text", "published_at", "source"]) | st.text(), JSON)
DATES = st.one_of(
    st.text(alphabet="0123456789-:TZW+., MayGT", max_size=30),
    st.datetimes(timezones=st.none() | st.timezones()).map(str),
    st.dates().map(str),
)


def check(path: Path) -> None:
    for item in read([path]):
        if isinstance(item, Noted):
            assert item.message
            continue
        item.model_dump_json().encode("utf-8")
        if isinstance(item, RawArticle):
            assert item.text.strip()
            assert item.source
            assert item.source_id
            assert "\x00" not in item.text
            json.loads(item.extra or "{}")
            assert (item.published_at is None) == (item.published_date is None) == (item.published_precision is None)
        else:
            assert len(item.reason) > 10
            assert len(item.sample or "") <= 200


@pytest.mark.parametrize("suffix", {kind: suffix for suffix, kind in SUFFIXES.items()}.values())
@QUICK
@given(data=BYTES.map(b"".join))
@example(data=b"\xef\xbb\xbf" * 5_000 + b"\xff")
@example(data=b"---\n? [a]\n: b\n---\nText")
def test_any_bytes(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"fuzz{suffix}"
    path.write_bytes(data)
    check(path)


@QUICK
@given(data=BYTES.map(b"".join), cut=st.integers(min_value=0, max_value=60))
def test_any_bytes_compressed_and_cut(tmp_path: Path, data: bytes, cut: int) -> None:
    path = tmp_path / "fuzz.jsonl.gz"
    packed = gzip.compress(data)
    path.write_bytes(packed[: max(2, len(packed) - cut)])
    check(path)


@QUICK
@given(records=st.lists(RECORDS, max_size=5))
def test_any_records(tmp_path: Path, records: list[dict[str, object]]) -> None:
    path = tmp_path / "fuzz.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    check(path)


@QUICK
@given(value=DATES)
def test_any_date(tmp_path: Path, value: str) -> None:
    path = tmp_path / "fuzz.jsonl"
    path.write_text(json.dumps({"text": "Talks.", "published_at": value}))
    check(path)


@QUICK
@given(front=st.text(alphabet="abc: -[]{}&*!|>'\"%@`#?,\n\t~", max_size=60))
def test_any_front_matter(tmp_path: Path, front: str) -> None:
    path = tmp_path / "fuzz.md"
    path.write_text(f"---\nid: a\n{front}\n---\nText of it.", encoding="utf-8")
    check(path)
