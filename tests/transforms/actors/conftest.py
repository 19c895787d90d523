"""Reads sentences with the real parser and gives the mentions in a form that is easy to compare."""

from collections.abc import Callable

import pytest
from spacy.language import Language

from transforms.actors import ActorMention, find_actors
from transforms.parses import columns_of


class Article:
    """The mentions of an article given as sentences."""

    def __init__(self, nlp: Language, sentences: tuple[str, ...]) -> None:
        self.docs = [nlp(sentence) for sentence in sentences]
        self.mentions = find_actors([columns_of(doc) for doc in self.docs])

    def text(self, mention: ActorMention) -> str:
        return self.docs[mention.sentence][mention.start : mention.end].text

    def of(self, words: str, sentence: int = -1) -> ActorMention:
        """The mention of the sentence (by default the last) that reads so."""
        found = [m for m in self.mentions[sentence] if self.text(m).lower() == words.lower()]
        assert found, f"no mention {words!r} among {[self.text(m) for m in self.mentions[sentence]]}"
        return found[0]

    def names(self, words: str, sentence: int = -1) -> list[str]:
        return list(self.of(words, sentence).names)

    def actors(self, sentence: int = -1) -> set[str]:
        """Names of all who are mentioned in the sentence as parties, not as places."""
        return {name for m in self.mentions[sentence] if not m.location for name in m.names}


@pytest.fixture(scope="session")
def read(nlp: Language) -> Callable[..., Article]:
    """read("First sentence.", "Second sentence.") → Article"""
    return lambda *sentences: Article(nlp, sentences)
