"""The word gate: which sentences of a text tell an event, and which ones tell what those leave out.

It reads words only. Whether a trigger word is used in its sense, and whether a sentence needs its context at all, is
decided on the parse (`admitting`).
"""

import re
from bisect import bisect_right
from collections.abc import Mapping

from transforms.actors.gazetteer import named
from transforms.events.political import may_be_abroad
from transforms.events.triggers import matches
from transforms.records import CleanText
from transforms.vocabulary import EventType, LineKind

NEVER = frozenset({LineKind.BOILERPLATE, LineKind.CAPTION})
ENGLISH = frozenset({"en", "und"})  # languages that are read: English, and texts too short to tell
BEFORE = 2  # sentences before one with a trigger: "the two leaders" are mostly named there
SHORT = 600  # characters: a text that has no more may leave out of which states its people are
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
    meetings = all(own == {EventType.MEETING} for own in types.values())
    if types and meetings and len(clean.text) > SHORT and not may_be_abroad(clean.text):
        return set()
    return types.keys() | _echoing(clean, types) if types else set()


def around(clean: CleanText, live: set[int], known: set[int]) -> set[int]:
    """Indices of the sentences that tell what those in `live` leave out: the two before each, headline and lead, and
    who the people in all of these and in `known` are."""
    usable = [i for i, sentence in enumerate(clean.sentences) if sentence.kind not in NEVER]
    rank = {index: place for place, index in enumerate(usable)}
    admitted = set(known)
    for index in live:
        admitted.update(usable[max(0, rank[index] - BEFORE) : rank[index]])
    admitted.update(i for i in usable if clean.sentences[i].kind is LineKind.HEADLINE)
    lead = next((i for i in usable if clean.sentences[i].kind is LineKind.CONTENT), None)
    if lead is not None:
        admitted.add(lead)
    return admitted | _introductions(clean, usable, admitted)


def tells_who(clean: CleanText, index: int) -> bool:
    """Whether the sentences before one name a state or a body, so that a word of it may take up who acts for them."""
    before = [s for s in clean.sentences[:index] if s.kind not in NEVER][-BEFORE:]
    return any(next(named(clean.text[s.start : s.end]), None) is not None for s in before)


def naming(clean: CleanText, code: str) -> set[int]:
    """Indices of the sentences that name a state or an armed group of its, by the code of the state."""
    usable = ((i, s) for i, s in enumerate(clean.sentences) if s.kind not in NEVER)
    return {i for i, s in usable if any(a.country_code == code for a in named(clean.text[s.start : s.end]))}


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
