"""What the printing of a run makes of what it found."""

from datetime import datetime

import pytest

from pipelines.freshness import Health
from pipelines.printing import folded, print_sources
from pipelines.sources.web.memory import Checked


def test_notes_that_say_the_same_are_told_once() -> None:
    notes = [f"{name}.csv: read `body` as text" for name in "abc"]
    notes[1:1] = ["a.csv: read `date` as published_at", "b.csv: read `a: b` as title"]
    assert folded(notes) == [
        "3 files (a.csv, b.csv, …): read `body` as text",
        "a.csv: read `date` as published_at",
        "b.csv: read `a: b` as title",
    ]
    assert folded(["a/b.csv: seen", "c.csv: seen"]) == ["2 files (a/b.csv, c.csv): seen"]
    assert folded(["https://a.example/feed: 3 pages wait", "https://b.example/feed: 3 pages wait"]) == [
        "2 sources (https://a.example/feed, https://b.example/feed): 3 pages wait"
    ]
    assert folded(["single.csv: seen"]) == ["single.csv: seen"]
    assert folded([]) == []


def test_no_note_is_lost() -> None:
    notes = [f"{number}.csv: message {number % 7}" for number in range(60)]
    assert sum(int(note.split()[0]) for note in folded(notes)) == len(notes)


def test_why_a_source_failed_is_told_whole_and_once(capsys: pytest.CaptureFixture[str]) -> None:
    now = datetime(2026, 5, 3, 12)
    reason = "answers 404 (Not Found): check the address, and what it asks for"
    look = Checked("A", "https://a.example/feed", "feed", now, reason, None)
    late = "its newest article is 90 hours old, expected: none older than 26 hours"
    print_sources([Health("A", "https://a.example/feed", look, 3, now, False, None, (reason, late))])
    shown = capsys.readouterr().out
    cells = [line.split("│")[-2].strip() for line in shown.splitlines() if line.startswith("│")]
    assert " ".join(filter(None, cells)) == reason
    assert shown.splitlines()[-1] == f"A: {late}"
