"""What the printing of a run makes of what it found."""

from pipelines.printing import folded


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
