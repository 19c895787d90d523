"""The word gate: which sentences of a text are worth parsing.

Those with a trigger word, and, where there is any, the sentences that tell who the people in them are. It reads words
only: whether a trigger word is used in its sense is decided on the parse (`transforms.events.triggers`).
"""

import re
from bisect import bisect_right
from collections.abc import Mapping

from transforms.events.triggers import matches
from transforms.records import CleanText
from transforms.vocabulary import EventType, LineKind

NEVER = frozenset({LineKind.BOILERPLATE, LineKind.CAPTION})
ENGLISH = frozenset({"en", "und"})  # languages that are read: English, and texts too short to tell
BEFORE = 2  # sentences before one with a trigger: "the two leaders" are mostly named there
ECHOED = frozenset({EventType.CEASEFIRE, EventType.SANCTIONS})
ECHO = 2  # sentences after one with a trigger that may go on about it
# A name of two or more words, and the single capitalised words that it may later be shortened to.
FULL_NAME = re.compile(r"\b[A-Z][\w'’-]+(?: (?:[a-z]{1,3} |al-|bin |de |von |van )?[A-Z][\w'’.-]+)+")
NAME = re.compile(r"\b[A-Z][\w-]{2,}")


def telling(clean: CleanText) -> set[int]:
    """Indices of the sentences that hold a trigger word, or go on about what one before them tells."""
    if clean.language not in ENGLISH:
        return set()
    starts = [sentence.start for sentence in clean.sentences]
    types: dict[int, set[EventType]] = {}
    for start, _, trigger in matches(clean.text, echoes=False):
        index = bisect_right(starts, start) - 1
        if index >= 0 and start < clean.sentences[index].end and clean.sentences[index].kind not in NEVER:
            types.setdefault(index, set()).add(trigger.type)
    return types.keys() | _echoing(clean, types) if types else set()


def admit(clean: CleanText) -> list[int]:
    """Indices of the sentences to parse, in order; none where the text holds no trigger word."""
    triggered = telling(clean)
    if not triggered:
        return []
    usable = [i for i, sentence in enumerate(clean.sentences) if sentence.kind not in NEVER]
    rank = {index: place for place, index in enumerate(usable)}
    admitted = set(triggered)
    for index in triggered:
        place = rank[index]
        admitted.update(usable[max(0, place - BEFORE) : place])
    admitted.update(i for i in usable if clean.sentences[i].kind is LineKind.HEADLINE)
    lead = next((i for i in usable if clean.sentences[i].kind is LineKind.CONTENT), None)
    if lead is not None:
        admitted.add(lead)
    admitted |= _introductions(clean, usable, admitted)
    return sorted(admitted)


def _echoing(clean: CleanText, told: Mapping[int, set[EventType]]) -> set[int]:
    """The sentences soon after one with a trigger, or after another such, that go on about it: "It was extended on
    Thursday". After a truce or sanctions that is any such word, after a meeting those for meetings."""
    found: set[int] = set()
    last: dict[EventType, int] = {}
    for i, sentence in enumerate(clean.sentences):
        last |= dict.fromkeys(told.get(i, ()), i)
        if sentence.kind in NEVER or all(i - before > ECHO for before in last.values()):
            continue
        echoes = {trigger.type for _, _, trigger in matches(clean.text[sentence.start : sentence.end], echoes=True)}
        near = {of for of, before in last.items() if i - before <= ECHO}
        echoes &= set(EventType) if near & ECHOED else near
        if i not in told and echoes:
            found.add(i)
            last |= dict.fromkeys(echoes, i)
    return found


def _introductions(clean: CleanText, usable: list[int], admitted: set[int]) -> set[int]:
    """The first sentence that gives in full each name that the admitted sentences use."""

    def text(index: int) -> str:
        return clean.text[clean.sentences[index].start : clean.sentences[index].end]

    wanted = {name.group() for index in admitted for name in NAME.finditer(text(index))}
    known: set[str] = set()
    found = set()
    for index in usable:
        for full in FULL_NAME.finditer(text(index)):
            last = full.group().replace("’", "'").removesuffix("'s").split()[-1]
            if last in wanted and last not in known:
                known.add(last)
                found.add(index)
    return found
