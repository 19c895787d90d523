"""The triggers in the parsed sentences of one article, in their sense there. What they tell does not belong here."""

from collections.abc import Sequence

from transforms.events.mending import may_be_mended, mended
from transforms.events.triggers import Found, find, matches
from transforms.parses import Parses
from transforms.records import CleanText


def triggers_in(clean: CleanText, sentences: Sequence[int], parses: Parses) -> list[list[Found]]:
    """The triggers of some sentences (indices into `CleanText.sentences`), whose parses are mended on the way."""
    found = []
    for at, index in enumerate(sentences):
        sentence = clean.sentences[index]
        words = list(matches(clean.text[sentence.start : sentence.end]))
        if words and may_be_mended(parses.columns[at]):
            parses.put(at, mended(parses[at]))
        found.append(find(parses[at], words) if words else [])
    return found
