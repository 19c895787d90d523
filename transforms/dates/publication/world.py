"""Dated world events that a text names: it is not older than the newest of them, and seldom much younger.

The events, with the patterns that name them, stand in `seeds/reference/world_events.csv`. What a sentence says of an
event's age ("in its third year", "last year", "on Feb. 24") is read in ages.py.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from transforms.dates.direction import lean
from transforms.dates.publication.ages import DatedEvent, claims
from transforms.dates.publication.curves import Age, Bounds
from transforms.dates.publication.evidence import Evidence
from transforms.dates.publication.model import model
from transforms.dates.publication.periods import bounds, span
from transforms.dates.publication.phrases import Phrases
from transforms.dates.publication.text import Reading
from transforms.reference import split, table
from transforms.vocabulary import EvidenceKind, LineKind


class Hit(NamedTuple):
    """An event that a sentence names, and the tokens that do so first."""

    event: DatedEvent
    sentence: int
    first: int
    last: int


class _Patterns:
    """The patterns of all events: for each, the numbers of the phrases that must stand in one sentence, and by one
    phrase of each, which they are."""

    def __init__(self) -> None:
        numbers: dict[str, int] = {}
        self.alternatives: list[tuple[DatedEvent, frozenset[int]]] = []
        self.by_phrase: dict[int, list[int]] = defaultdict(list)
        for row in table("world_events"):
            first, begun = span(row["first"])
            event = DatedEvent(row["name"], row["kind"], first, bounds("", row["last"])[1], begun)
            for alternative in split(row["patterns"]):
                phrases = [phrase.strip() for phrase in alternative.split("+")]
                needed = frozenset(numbers.setdefault(phrase, len(numbers)) for phrase in phrases)
                # Looked up by one of its phrases, as all must be there: the longest one is the rarest.
                self.by_phrase[numbers[max(phrases, key=len)]].append(len(self.alternatives))
                self.alternatives.append((event, needed))
        self.phrases = Phrases((number, phrase) for phrase, number in numbers.items())


@cache
def _patterns() -> _Patterns:
    return _Patterns()


def named(reading: Reading) -> list[Hit]:
    """The events that the sentences name, in the order of the text; each once a sentence."""
    patterns = _patterns()
    places: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)  # sentence → phrase → its tokens
    for number, first, last in patterns.phrases.find(reading.words):
        places[reading.sentence_of(first)].setdefault(number, (first, last))
    hits = []
    for sentence, found in sorted(places.items()):
        if sentence >= 0 and reading.sentences[sentence].kind is LineKind.BOILERPLATE:
            continue
        seen: set[DatedEvent] = set()
        for index in sorted(index for number in found for index in patterns.by_phrase.get(number, ())):
            event, needed = patterns.alternatives[index]
            if needed <= found.keys() and event not in seen:
                seen.add(event)
                hits.append(Hit(event, sentence, *min(found[number] for number in needed)))
    return hits


def events(reading: Reading) -> Iterator[Evidence]:
    """Evidence of the world events that the text names."""
    hits = named(reading)
    seen: set[tuple[object, ...]] = set()  # several rows may word one event
    for hit in hits:
        if hit.event.kind != "name":
            for claim in claims(reading, hit.event, hit.sentence, reading.mentions_in(hit.sentence)):
                key: tuple[object, ...] = claim.start, claim.first, claim.last
                if key not in seen:
                    seen.add(key)
                    yield claim
        if (hit.event.first, hit.event.kind == "scheduled") not in seen:
            seen.add((hit.event.first, hit.event.kind == "scheduled"))
            yield from _bracket(reading, hit)


def _bracket(reading: Reading, hit: Hit) -> Iterator[Evidence]:
    first = hit.event.first
    curve: Age | Bounds
    if hit.event.kind != "scheduled":
        curve = Bounds(first, None, model().doubt[f"event_{hit.event.kind}"])
        newest = "newest_name" if hit.event.kind == "name" else "newest_event"
        claim = f"not before {first} ({hit.event.name})"
        yield _evidence(reading, hit, claim, curve, first, newest)
    else:
        ahead = lean(reading.tokens, hit.first, hit.last) > 0
        curve = Age(first, hit.event.last or first, model().shares["scheduled_ahead" if ahead else "scheduled"])
        yield _evidence(reading, hit, f"{'before' if ahead else 'near'} {first} ({hit.event.name})", curve)


def _evidence(
    reading: Reading, hit: Hit, claim: str, curve: Age | Bounds, first: date | None = None, newest: str | None = None
) -> Evidence:
    start, end = reading.offset(hit.first), reading.offset_after(hit.last)
    anchors = ((hit.event.first, hit.event.begun),) if newest else ()
    text, kind = reading.text[start:end], EvidenceKind.WORLD_EVENT
    return Evidence(kind, start, end, text, claim, curve, first, None, newest, anchors)
