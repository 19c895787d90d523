"""Looks that spare work: where they say that there is nothing to find, the rules themselves find nothing."""

import re

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.common import samples
from transforms.events.mending import may_be_mended, mended
from transforms.events.surroundings import explained, may_be_explained
from transforms.events.triggers import lexicon, matches
from transforms.parses import columns_of
from transforms.reference import table


@pytest.fixture(scope="module")
def docs(nlp: Language) -> list[Doc]:
    """The sentences of the tables' examples, and lines of the sample articles."""
    texts = [row[column] for row in table("triggers") for column in ("example", "near_miss") if row[column]]
    texts += [line for article in samples()[:6] for line in article.text.splitlines() if line.strip()]
    texts += ["Japan on Thursday imposed sanctions on two banks.", "Washington tightened sanctions on Caracas."]
    texts += ["They met in Paris, Texas.", "They met in the Lebanese city of Tripoli.", "They met in Syria's Idlib."]
    return list(nlp.pipe(texts))


def test_what_is_not_suspected_is_not_mended(docs: list[Doc]) -> None:
    suspected = [may_be_mended(columns_of(doc)) for doc in docs]
    assert any(suspected)
    for doc, suspect in zip(docs, suspected, strict=True):
        before = columns_of(doc)
        if not suspect:
            assert columns_of(mended(doc)) == before


def test_what_has_nothing_beside_it_is_not_explained(docs: list[Doc]) -> None:
    told = 0
    for doc in docs:
        columns = columns_of(doc)
        for start, end, _ in columns.entities():
            place = explained(doc, start, end, {})
            told += place is not None
            assert place is None or may_be_explained(columns, start, end)
    assert told


@pytest.mark.parametrize("echoes", [None, True, False])
def test_trigger_words_are_those_of_the_whole_lexicon(echoes: bool | None) -> None:
    rows = [row for row in lexicon() if echoes in {None, row.echo}]
    whole = re.compile(rf"(?<!\w)(?:{'|'.join(f'({row.pattern})' for row in rows)})(?!\w)", re.IGNORECASE)
    for text in [*(row["example"] for row in table("triggers")), *(article.text for article in samples())]:
        expected = [(m.start(), m.end(), rows[(m.lastindex or 1) - 1].name) for m in whole.finditer(text)]
        assert [(start, end, row.name) for start, end, row in matches(text, echoes=echoes)] == expected
