"""`parley timex`, its pure part: documents in, TIMEX3 annotations out."""

import json
from typing import Any

import pytest

from transforms.dates.timex import timex_document


def test_a_document() -> None:
    doc = {"doc_id": "a", "text": "The envoys met on Monday.", "dct": "2022-10-12T09:00:00"}
    result = timex_document(doc)
    assert json.loads(json.dumps(result)) == {
        "doc_id": "a",
        "timexes": [
            {
                "start": 18,
                "end": 24,
                "text": "Monday",
                "type": "DATE",
                "value": "2022-10-10",
                "mod": None,
                "start_date": "2022-10-10",
                "end_date": "2022-10-10",
                "precision": "day",
                "anchor": "publication",
                "anchor_start": None,
                "offset": None,
                "direction": None,
                "rule": "weekday",
            }
        ],
    }


def test_what_an_expression_counts_from() -> None:
    text = "The truce of 3 May 2022 failed; three days later they met. He left two days ahead of the summit."
    first, later, before = timex_document({"text": text, "dct": "2022-05-12"})["timexes"]
    assert (first["anchor"], first["anchor_start"]) == ("none", None)
    assert (later["anchor"], later["anchor_start"]) == ("expression", first["start"])
    assert (before["anchor"], before["offset"], before["direction"]) == ("event", "P2D", -1)


@pytest.mark.parametrize("dct", [None, ""])
def test_without_a_creation_time(dct: str | None) -> None:
    (timex,) = timex_document({"doc_id": "a", "text": "They met on Monday.", "dct": dct})["timexes"]
    assert timex["value"] == "XXXX-WXX-1"
    assert timex_document({"doc_id": "a", "text": "They met on Monday."})["timexes"] == [timex]


@pytest.mark.parametrize(("dct", "value"), [("2022-10", "2022-05"), ("2022", "XXXX-05"), ("20221012", "2022-05")])
def test_a_coarse_creation_time(dct: str, value: str) -> None:
    (timex,) = timex_document({"doc_id": "a", "text": "They met in May.", "dct": dct})["timexes"]
    assert timex["value"] == value


@pytest.mark.parametrize("dct", ["yesterday", "2022-13-01", "2022-13", "0000", "12/10/2022", 20221012, ["2022"]])
def test_a_creation_time_that_is_none(dct: Any) -> None:
    with pytest.raises(ValueError, match="is no date"):
        timex_document({"doc_id": "a", "text": "They met.", "dct": dct})


def test_a_document_without_text() -> None:
    with pytest.raises(ValueError, match='"text"'):
        timex_document({"doc_id": "a", "text": None})
