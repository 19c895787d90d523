"""Each status of each type in sentences of our own, through all stages: type, status and parties; and near misses."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.transforms.events.conftest import Read
from transforms.vocabulary import STATUSES

FEW = 8  # sentences that each status has at the least, and near misses each type
LINES = (Path(__file__).parent / "sentences.csv").read_text(encoding="utf-8").splitlines()
ROWS = list(csv.DictReader(line for line in LINES if not line.startswith("#")))
TOLD = [row for row in ROWS if row["type"]]
NEAR = [row for row in ROWS if not row["type"]]
WEDNESDAY = date(2024, 5, 15)


@pytest.mark.parametrize("row", TOLD, ids=lambda row: row["sentence"][:60])
def test_the_one_event_of_a_sentence(read: Read, row: dict[str, str]) -> None:
    [event] = read(row["sentence"], WEDNESDAY).events
    parties = "|".join(sorted(p.name for p in event.participants))
    assert (event.event_type, event.status, parties) == (row["type"], row["status"], row["parties"])


@pytest.mark.parametrize("row", NEAR, ids=lambda row: row["sentence"][:60])
def test_near_misses_tell_nothing(read: Read, row: dict[str, str]) -> None:
    assert read(row["sentence"], WEDNESDAY).events == []


def test_every_status_has_its_sentences() -> None:
    counts = Counter((row["type"], row["status"]) for row in TOLD)
    assert [(t, s) for t, statuses in STATUSES.items() for s in statuses if counts[t, s] < FEW] == []
    near = Counter(row["status"] for row in NEAR)
    assert [t for t in STATUSES if near[f"near {t}"] < FEW] == []
