"""The place of the event, out of all those in an article, and which of the places of that name it is."""

import csv
from datetime import date
from pathlib import Path

import pytest

from tests.transforms.events.conftest import Read

LINES = (Path(__file__).parent / "places.csv").read_text(encoding="utf-8").splitlines()
ROWS = list(csv.DictReader(line for line in LINES if not line.startswith("#")))
WEDNESDAY = date(2024, 5, 15)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][-60:])
def test_the_place_of_an_event(read: Read, row: dict[str, str]) -> None:
    [event] = read(row["text"].replace("\\n", "\n"), WEDNESDAY).events
    degrees = [str(round(value)) if value is not None else "" for value in (event.latitude, event.longitude)]
    assert [event.place or "", event.country_code or "", *degrees] == [
        row["place"], row["country_code"], row["latitude"], row["longitude"]
    ]  # fmt: skip


def test_a_party_is_no_place(read: Read) -> None:
    [event] = read("Envoys of Jordan and Lebanon met Michael Jordan's lawyers and Syria's foreign minister.").events
    assert event.place is None


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("The governor of Georgia, Brian Kemp, met South Korean President Yoon Suk Yeol in Seoul.", "USA"),
        ("Georgia's president, Salome Zourabichvili, met South Korean President Yoon Suk Yeol in Seoul.", "GEO"),
        ("U.S. Rep. Jim Jordan met South Korean President Yoon Suk Yeol in Seoul.", "USA"),
        ("Jordan's foreign minister, Ayman Safadi, met South Korean President Yoon Suk Yeol in Seoul.", "JOR"),
    ],
)
def test_a_name_that_a_country_shares_does_not_make_a_party_of_it(read: Read, text: str, party: str) -> None:
    [event] = read(text, WEDNESDAY).events
    assert {p.country_code for p in event.participants} == {party, "KOR"}
