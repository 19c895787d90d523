"""Remembered attribute rules set what spaCy's own component sets, on every word of the samples."""

from collections.abc import Iterator

import pytest
from spacy.tokens import Doc

from benchmarks.common import samples
from transforms import language
from transforms.attributes import NAME, RememberedRules

SENTENCES = (
    "Such as it is, the Houthis' leader got what he'd wanted, and so did the two that met him.",
    "There's no doubt  that they're to have talks; so does it seem to you and me.",
    "I like it.\n",
)


@pytest.fixture(scope="module")
def parses() -> list[Doc]:
    nlp = language.load()
    texts = [line for one in samples() for line in one.text.splitlines() if line]
    return list(nlp.pipe([*SENTENCES, *texts], disable=[NAME, "lemmatizer", "ner"]))


def _told(docs: list[Doc]) -> Iterator[tuple[str, ...]]:
    for doc in docs:
        yield from ((t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_) for t in doc)


def test_every_word_of_the_samples_is_told_as_by_the_pipelines_own_rules(parses: list[Doc]) -> None:
    rules = language.load().get_pipe(NAME)
    assert isinstance(rules, RememberedRules)
    theirs, ours = [doc.copy() for doc in parses], [doc.copy() for doc in parses]
    for doc in theirs:
        rules.ruler(doc)
    for _ in range(2):  # when a word is first seen, and when it is remembered
        for doc in ours:
            rules(doc)
        assert list(_told(ours)) == list(_told(theirs))
        ours = [before.copy() for before in parses]
    assert list(_told(theirs)) != list(_told(parses))
