"""What an article itself says of its places: "Paris, Texas", "the Lebanese city of Tripoli", the countries it names.

Which place is an event's is told by `location`, what a name can mean by `transforms.places`.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc, Token

from transforms.actors import ActorMention
from transforms.events.words import words
from transforms.parses import Columns, Parses
from transforms.places import (
    Place,
    PlaceKind,
    after_comma,
    fold,
    is_around,
    is_place,
    is_state_around,
    place_within,
    region_in,
    resolve_place,
)
from transforms.vocabulary import ActorKind

LABELS = frozenset({"GPE", "LOC", "FAC"})
BESIDE = frozenset({"amod", "compound", "nmod", "poss"})  # what stands before the noun that it tells the country of
EXPLAINING = frozenset({"appos", "compound", "nmod"})
# What may follow the region or country beside a town: "in Paris, Texas, on Monday", "in Lund, Sweden on Monday".
CLOSING = frozenset({",", ".", ")", "(", ";", ":", "-", "–", "—", "--", "/"})


@dataclass
class Surroundings:
    """The countries of an article, how often it names each; the places that it names; the towns that it places."""

    actors: Counter[str] = field(default_factory=Counter)  # alpha-3 codes, of those who act
    named: dict[str, tuple[Place, int]] = field(default_factory=dict)  # folded name → place, how often
    told: dict[str, Place] = field(default_factory=dict)  # folded name → place, by its first explanation

    def resolve(self, name: str, beside: Place | None) -> Place | None:
        """The place that a name means here; `beside` is what the words around it tell (`explained`)."""
        key = fold(name)
        if beside is not None or key in self.told:
            return beside or self.told[key]
        others = [(place, count) for other, (place, count) in self.named.items() if other != key]
        countries = Counter(self.actors)
        for place, count in others:
            if place.country_code:
                countries[place.country_code] += count
        return resolve_place(name, countries, {place.within for place, _ in others if place.within})


def surroundings(parses: Parses, actors: Sequence[Sequence[ActorMention]]) -> Surroundings:
    """What the parsed sentences of an article say of its places; `actors` has the mentions of each sentence."""
    found = Surroundings()
    region_of, meant = cache(_region), cache(resolve_place)  # the names of an article come again and again
    for at, (parse, mentions) in enumerate(zip(parses.columns, actors, strict=True)):
        tails: set[int] = set()  # regions that only tell where the town before them lies
        for mention in mentions:
            if len(mention.actors) == 1 and mention.actors[0].kind is ActorKind.STATE:
                region = region_of(parse.text(mention.start, mention.end), mention.actors[0].key)
                if region is not None:
                    found.told.setdefault(fold(region.name), region)
            if not mention.location:
                for actor in mention.actors:
                    if actor.country_code:
                        found.actors[actor.country_code] += 1
        for start, end in _names(parse, mentions):
            if start in tails:
                continue
            name = fold(parse.text(start, end))
            place = None
            if may_be_explained(parse, start, end):
                beside = {i: mention for mention in mentions for i in range(mention.start, mention.end)}
                place = explained(parses[at], start, end, beside)
            if place is not None:
                found.told.setdefault(name, place)
                tails.add(end + 1)
            place = place or meant(name)
            if place is not None:
                found.named[name] = (place, found.named.get(name, (place, 0))[1] + 1)
    return found


def _region(name: str, code: str) -> Place | None:
    """The region with a country's name, where a mention stands for another state: Georgia in the United States.

    `code` is that state's.
    """
    place = resolve_place(name) if is_place(name) else None
    if place is None or place.kind is not PlaceKind.COUNTRY or place.country_code == code:
        return None
    return region_in(name, code)


def _names(parse: Columns, mentions: Sequence[ActorMention]) -> list[tuple[int, int]]:
    """The names of places in a sentence that only say where something is, in token offsets."""
    entities = [(start, end) for start, end, label in parse.entities() if label in LABELS]
    placed = {(m.start, m.end) for m in mentions if m.location} | set(entities)
    if not placed:
        return []
    acting = {i for mention in mentions if not mention.location for i in range(mention.start, mention.end)}
    return sorted(span for span in placed if acting.isdisjoint(range(*span)) and span[0] < span[1])


def may_be_explained(parse: Columns, start: int, end: int) -> bool:
    """Whether there are words beside a name that can tell its place (`explained`), by what costs little to read."""
    if end < len(parse.words) and parse.words[end] == ",":
        return True
    heads = parse.heads
    if any(parse.deps[i] in BESIDE and start <= i + heads[i] < end for i in range(start)):
        return True
    outer = [i for i in range(start, end) if not start <= i + heads[i] < end]
    return any(parse.deps[i] in EXPLAINING or parse.words[i + heads[i]].lower() == "of" for i in outer)


def explained(doc: Doc, start: int, end: int, mentions: Mapping[int, ActorMention]) -> Place | None:
    """The place that the words beside a name tell: "Paris, Texas", "the Lebanese city of Tripoli", "Syria's Idlib".

    `mentions` are those of the sentence, by token.
    """
    name = doc[start:end].text
    after = _after(doc, end)
    if after is not None:
        tail, closed, owning = after
        place = place_within(name, tail)
        if place is not None and (closed or owning or is_state_around(tail)):
            return place
        town = not any(_country(one) for one in (name, name.removeprefix("the ")))
        if place is None and town and is_place(name) and closed:
            return resolve_place(f"{name}, {tail}") if not _same(name, tail) else None
    root = doc[start:end].root
    for noun in (root, _described(root)):
        for outer in _outer(noun, mentions) if noun is not None else ():
            if (place := place_within(name, outer)) is not None:
                return place
    return None


def _country(name: str) -> bool:
    place = resolve_place(name)
    return place is not None and place.kind is PlaceKind.COUNTRY and is_place(name)


def _same(name: str, tail: str) -> bool:
    """Whether a name is followed by its own region, which tells nothing: "Luxembourg, Luxembourg"."""
    return fold(name) == fold(tail)


def _after(doc: Doc, end: int) -> tuple[str, bool, bool] | None:
    """The region or country after a comma, whether the clause goes on without it, and whether it has a genitive."""
    found = after_comma([token.text for token in doc], end) if end < len(doc) and doc[end].text == "," else None
    if found is None:
        return None
    tail, last = found
    follows = doc[last] if last < len(doc) else None
    closed = follows is None or follows.text in CLOSING or follows.pos_ == "ADP"
    return tail, closed, follows is not None and follows.lower_ in {"'s", "’s"}


def _described(root: Token) -> Token | None:
    """The noun that a name explains: "the city of Tripoli", "the port city, Tripoli"."""
    if root.dep_ == "pobj" and root.head.lower_ == "of" and root.head.head.lower_ in words("settlement"):
        return root.head.head
    if root.dep_ in EXPLAINING and root.head.lower_ in words("settlement"):
        return root.head
    return None


def _outer(noun: Token, mentions: Mapping[int, ActorMention]) -> Collection[str]:
    """Names of the countries and regions before a noun: "the Lebanese port city", "Syria's north"."""
    found = []
    for child in noun.lefts:
        if child.dep_ in BESIDE:
            mention = mentions.get(child.i)
            if mention is not None:
                found += [actor.name for actor in mention.actors if actor.country_code == actor.key]
            if child.text[:1].isupper() and is_around(child.text):
                found.append(child.text)
    return found
