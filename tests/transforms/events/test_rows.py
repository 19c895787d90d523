"""The rules for events are rows of tables, and the example in a row is its test: read by the parser and the rules."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from tests.transforms.events.conftest import Read
from transforms.events.cues import DROP, SAME, TYPES
from transforms.events.mending import mended
from transforms.events.reading import Reading
from transforms.events.status import readings
from transforms.events.triggers import ARTICLE, find, lexicon, out_of_place
from transforms.reference import split, table
from transforms.vocabulary import EventType

Parse = Callable[[str], Doc]
SENSES = [row for row in table("senses") if row["relation"] != ARTICLE]
OF_ARTICLES = [row for row in table("senses") if row["relation"] == ARTICLE]
DROPPED = {"DENY", "NEGATE"}  # operators that may leave nothing to read


@pytest.fixture(scope="module")
def parse(nlp: Language) -> Parse:
    return lambda text: mended(nlp(text))


def told(doc: Doc, types: set[EventType]) -> list[Reading]:
    return [reading for found in find(doc) if found.trigger.type in types for reading in readings(found)]


@pytest.mark.parametrize("row", table("triggers"), ids=lambda row: row["name"])
def test_a_trigger_is_found_in_its_example(parse: Parse, row: dict[str, str]) -> None:
    assert row["name"] in {found.trigger.name for found in find(parse(row["example"]))}


@pytest.mark.parametrize("row", [row for row in table("triggers") if row["near_miss"]], ids=lambda row: row["name"])
def test_a_near_miss_of_a_trigger_tells_no_event(read: Read, row: dict[str, str]) -> None:
    assert read(row["near_miss"]).events == []


@pytest.mark.parametrize("row", SENSES, ids=lambda row: row["example"])
def test_a_sense_is_kept_apart_in_its_example(parse: Parse, row: dict[str, str]) -> None:
    names = set(split(row["triggers"]))
    found = {found.trigger.name for found in find(parse(row["example"]))} & names
    if row["mode"] == "only":
        assert found
        return
    assert not found
    # it is the sense that keeps it out: the word is there
    assert any(re.search(rf"\b{t.pattern}", row["example"], re.IGNORECASE) for t in lexicon() if t.name in names)


@pytest.mark.parametrize("row", OF_ARTICLES, ids=lambda row: row["example"])
def test_the_words_of_an_article_decide_in_its_example(parse: Parse, row: dict[str, str]) -> None:
    words = Counter(re.findall(r"[a-z]+", row["example"].lower()))
    found = [one for one in find(parse(row["example"])) if one.trigger.name in split(row["triggers"])]
    assert found
    assert all(out_of_place(one, words) == (row["mode"] == "not") for one in found)


@pytest.mark.parametrize("row", table("status_cues"), ids=lambda row: f"{row['operator']}: {row['example']}")
def test_a_cue_does_what_it_says_in_its_example(parse: Parse, row: dict[str, str]) -> None:
    found = told(parse(row["example"]), {TYPES[letter] for letter in row["types"]})
    operators = {step.operator for reading in found for step in reading.steps}
    assert row["operator"] in operators or (not found and row["operator"] in DROPPED)


@pytest.mark.parametrize("row", table("status_operators"), ids=lambda row: f"{row['operator']}: {row['example']}")
def test_an_operator_makes_the_status_of_its_example(parse: Parse, row: dict[str, str]) -> None:
    found = told(parse(row["example"]), {EventType(row["type"])})
    if row["status"] == DROP:
        assert found == []
    elif row["status"] != SAME:
        assert row["status"] in {reading.status for reading in found}
    else:
        assert found
