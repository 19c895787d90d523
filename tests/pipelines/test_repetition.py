"""A source's furniture is found over the batches as they landed, whatever files a killed run has left."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipelines import land, processing, repetition, settings
from pipelines.land import RAW, landed
from pipelines.stages import CLEAN, LINES
from transforms.cleaning.repeated import LEAST_TEXTS, line_key
from transforms.records import CleanText, RawArticle, SeenLines
from warehouse.lake import Lake

FURNITURE = "World Desk Online"
PLACES = ("Oslo", "Doha", "Lima", "Rome", "Bern", "Cairo")


def _story(place: str, source: str) -> dict[str, str]:
    """An article whose prose no other one has, with a line that others have too."""
    told = f"The envoys met in {place} on Monday; it was the first time that {place} had seen a meeting of the kind."
    return {
        "id": f"{source}-{place}",
        "source": source,
        "text": f"Envoys meet in {place}\n{told}\n{FURNITURE}\nThey left.",
    }


def _labelled(lake: Lake, batch: str) -> list[str]:
    """The lines that cleaning says are repeated."""
    texts = lake.read(CLEAN.name, batch, CleanText)
    return [text.text[line.start : line.end] for text in texts for line in text.lines if line.reason == "repeated"]


@pytest.fixture
def place(home: Path, tmp_path: Path) -> settings.Home:
    """A home where one source has landed as many stories as have to be, one a batch, and one more."""
    found = settings.home(home)
    found.prepare()
    stories = [_story(name, "Example") for name in PLACES[: LEAST_TEXTS + 1]]
    _land(found, tmp_path / "stories.jsonl", stories, 1)
    return found


def _land(home: settings.Home, path: Path, stories: Sequence[dict[str, str]], batch_size: int) -> None:
    path.write_text("".join(json.dumps(story) + "\n" for story in stories), encoding="utf-8")
    land.land(home, [path], settings.sources(), batch_size)


def _batches(lake: Lake) -> list[str]:
    return [batch.batch for batch in landed(lake)]


def test_a_line_is_furniture_from_the_batch_on_with_which_enough_texts_hold_it(place: settings.Home) -> None:
    batches = _batches(place.lake)
    for stage in (LINES, CLEAN):
        processing.run_stage(stage, place.lake, batches)
    found = [_labelled(place.lake, batch) for batch in batches]
    assert found == [[]] * (LEAST_TEXTS - 1) + [[FURNITURE]] * 2


def test_another_source_does_not_count_nor_does_a_copy(place: settings.Home, tmp_path: Path) -> None:
    other = [_story(name, "Other") for name in PLACES[: LEAST_TEXTS - 1]]
    copies = [{**other[0], "id": f"copy-{n}", "url": f"https://other.test/{n}"} for n in range(LEAST_TEXTS)]
    _land(place, tmp_path / "more.jsonl", [*other, *copies], 100)
    last = _batches(place.lake)[-1]
    processing.run_stage(LINES, place.lake, [last])
    rows = place.lake.read(LINES.name, last, SeenLines)
    assert len(rows) == place.lake.stamp(RAW, last).rows  # type: ignore[union-attr]
    assert {row.source: row.repeated for row in rows} == {"Other": []}


def test_a_text_of_two_sources_has_the_furniture_of_both(place: settings.Home, tmp_path: Path) -> None:
    story = _story(PLACES[-1], "Example")
    _land(place, tmp_path / "more.jsonl", [story, {**story, "id": "again", "source": "Other"}], 100)
    last = _batches(place.lake)[-1]
    for stage in (LINES, CLEAN):
        processing.run_stage(stage, place.lake, [last])
    assert _labelled(place.lake, last) == [FURNITURE]


def test_the_result_does_not_depend_on_which_files_are_there(place: settings.Home) -> None:
    lake, batches = place.lake, _batches(place.lake)
    processing.run_stage(LINES, lake, batches)
    whole = [lake.stamp(LINES.name, batch) for batch in batches]
    for gone in (batches, batches[1:], batches[::2]):
        for order in (batches, batches[::-1]):
            for batch in gone:
                lake.path(LINES.name, batch).unlink()
            repetition.memory_of.cache_clear()  # as in a process of its own
            processing.run_stage(LINES, lake, order)
            assert [lake.stamp(LINES.name, batch) for batch in batches] == whole
    # A file that older code has made is not believed.
    rows = [row.model_copy(update={"lines": []}) for row in lake.read(LINES.name, batches[0], SeenLines)]
    lake.write(LINES.name, batches[0], SeenLines, rows, fingerprint="older")
    lake.path(LINES.name, batches[LEAST_TEXTS - 1]).unlink()
    repetition.memory_of.cache_clear()
    processing.run_stage(LINES, lake, batches[LEAST_TEXTS - 1 : LEAST_TEXTS])
    assert lake.stamp(LINES.name, batches[LEAST_TEXTS - 1]) == whole[LEAST_TEXTS - 1]


def test_a_run_over_many_batches_reads_each_text_once(place: settings.Home, monkeypatch: pytest.MonkeyPatch) -> None:
    lake, batches = place.lake, _batches(place.lake)
    processing.run_stage(LINES, lake, batches[:2])
    repetition.memory_of.cache_clear()
    read: list[tuple[str, str]] = []
    stream, table = Lake.stream, Lake.table
    monkeypatch.setattr(Lake, "stream", lambda lake, *of: read.append(of[:2]) or stream(lake, *of))
    monkeypatch.setattr(Lake, "table", lambda lake, *of: read.append(of[:2]) or table(lake, *of))
    processing.run_stage(LINES, lake, batches)
    assert sorted(read) == sorted(
        [(LINES.name, batch) for batch in batches[:2]] + [(RAW, batch) for batch in batches[2:]]
    )


def test_what_was_forgotten_meanwhile_is_no_longer_counted(place: settings.Home) -> None:
    lake, batches = place.lake, _batches(place.lake)
    processing.run_stage(LINES, lake, batches[: LEAST_TEXTS - 1])
    lake.write(RAW, batches[0], RawArticle, [], fingerprint="", facts=lake.stamp(RAW, batches[0]).facts)  # type: ignore[union-attr]
    processing.run_stage(LINES, lake, batches)
    repeated = [row.repeated for batch in batches for row in lake.read(LINES.name, batch, SeenLines)]
    assert repeated == [[]] * (LEAST_TEXTS - 1) + [[line_key(FURNITURE)]]


def test_columns_are_read_by_name_and_rows_by_value(place: settings.Home) -> None:
    lake, batch = place.lake, _batches(place.lake)[0]
    assert lake.table(RAW, batch, ("source_id", "source")).to_pylist() == [
        {"source_id": "Example-Oslo", "source": "Example"}
    ]
    for sources, rows in ((["Example", "Other"], 1), (["Other"], 0), ([], 0)):
        assert lake.table(RAW, batch, ("source_id",), ("source", sources)).num_rows == rows
