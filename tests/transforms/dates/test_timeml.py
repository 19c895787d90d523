"""`parley timex --format timeml`: read back with a real XML parser, it is the same text and the same expressions."""

import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.dates.timeml import replaced, timeml_document
from transforms.dates.timex import timex_document

# TIMEX3 attributes of TimeML 1.2.1, and the values of those that are enumerated there.
ATTRIBUTES = {"tid", "type", "value", "mod", "temporalFunction", "functionInDocument", "anchorTimeID"}
MODS = {
    "BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE",
    "START", "MID", "END", "APPROX",
}  # fmt: skip
PIECES = st.sampled_from(
    [
        "on Monday",
        "last month",
        "May 3, 2020",
        "three days later",
        "<b>",
        "&amp;",
        "]]>",
        "\r\n",
        "\r",
        "\t",
        "\x00",
        "é",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=20).map(" ".join))


def read(text: str, dct: str | None = "2022-10-12", name: str = "a") -> tuple[ET.Element, str, list[ET.Element]]:
    """The document as a parser reads it: its root, the text without tags, the expressions."""
    root = ET.fromstring(timeml_document({"text": text, "dct": dct}, name)[0].encode())
    body = root.find("TEXT")
    assert body is not None
    return root, "".join(body.itertext()), body.findall("TIMEX3")


def test_a_document() -> None:
    text = "The truce of 3 May 2022 failed; three days later envoys met.\nThey meet again on Monday & Tuesday."
    root, stripped, (first, second, third, _) = read(text, "2022-05-12")
    assert stripped == text
    assert root.tag == "TimeML"
    assert root.findtext("DOCID") == "a"
    created = root.find("DCT/TIMEX3")
    assert created is not None
    assert created.text == "2022-05-12"
    assert created.attrib == {
        "tid": "t0",
        "type": "DATE",
        "value": "2022-05-12",
        "temporalFunction": "false",
        "functionInDocument": "CREATION_TIME",
    }
    assert (first.text, first.get("value"), first.get("temporalFunction")) == ("3 May 2022", "2022-05-03", "false")
    assert first.get("anchorTimeID") is None
    assert (second.get("value"), second.get("anchorTimeID")) == ("2022-05-06", first.get("tid"))
    assert (third.get("temporalFunction"), third.get("anchorTimeID")) == ("true", "t0")


def test_a_distance_from_an_event_refers_to_no_expression() -> None:
    _, _, (two_days,) = read("He arrived two days ahead of the planned summit.")
    assert (two_days.get("value"), two_days.get("temporalFunction")) == ("P2D", "true")
    assert not {"anchorTimeID", "beginPoint", "endPoint"} & set(two_days.keys())


def test_without_a_creation_time_nothing_refers_to_one() -> None:
    root, _, (monday,) = read("They meet on Monday.", None)
    assert root.find("DCT") is None
    assert (monday.get("value"), monday.get("anchorTimeID")) == ("XXXX-WXX-1", None)


@pytest.mark.parametrize(
    ("dct", "kind", "value"),
    [
        ("20221012", "DATE", "2022-10-12"),
        ("2022-10", "DATE", "2022-10"),
        ("2022", "DATE", "2022"),
        ("2022-10-12T14:57", "TIME", "2022-10-12T14:57:00"),
    ],
)
def test_the_creation_time_as_a_value(dct: str, kind: str, value: str) -> None:
    created = read("They met.", dct)[0].find("DCT/TIMEX3")
    assert created is not None
    assert (created.get("type"), created.get("value")) == (kind, value)


def test_what_xml_cannot_hold_is_marked_and_told() -> None:
    text = "They met\x0b on Monday\ud800."
    written, _ = timeml_document({"text": text}, "a\x00")
    assert "".join(read(text)[1]) == "They met\ufffd on Monday\ufffd."
    assert re.findall(r"U\+[0-9A-F]{4} at \d+", written) == ["U+0000 at 1", "U+000B at 8", "U+D800 at 19"]
    assert replaced(text) == 2


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from([None, "2022-10-12", "2022-10", "2024-02-29T23:59:59+02:00"]), st.text(min_size=1))
def test_any_text_comes_back(text: str, dct: str | None, name: str) -> None:
    document: dict[str, Any] = {"text": text, "dct": dct}
    expected = timex_document(document)["timexes"]
    root, stripped, elements = read(text, dct, name)
    assert len(stripped) == len(text)
    assert sum(a != b for a, b in zip(text, stripped, strict=True)) == replaced(text)
    assert replaced(text) or stripped == text
    assert replaced(name) or root.findtext("DOCID") == name
    keys = ("type", "value", "mod")
    assert [[e.get(key) for key in keys] for e in elements] == [[t[key] for key in keys] for t in expected]
    assert [len(e.text or "") for e in elements] == [t["end"] - t["start"] for t in expected]
    named = [e.get("tid") for e in root.iter("TIMEX3")]
    assert len(set(named)) == len(named)
    for element in elements:
        assert set(element.keys()) <= ATTRIBUTES
        assert element.get("mod") is None or element.get("mod") in MODS
        assert element.get("anchorTimeID") is None or element.get("anchorTimeID") in named
