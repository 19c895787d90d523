"""Where an event takes place: the "in …" that hangs on its trigger or on a verb that speaks of it.

What a name of a place means (coordinates, country) is looked up in `transforms.places`.
"""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from transforms.events.arguments import Scene
from transforms.events.reading import Reading
from transforms.events.surroundings import LABELS, Surroundings, explained
from transforms.events.syntax import (
    OBJECTS,
    clause,
    coordinated,
    is_noun,
    is_verb,
    lemma,
    path,
    prepositional,
    step,
    subjects,
)
from transforms.events.triggers import Found
from transforms.events.words import words
from transforms.places import Place, PlaceKind, capital_of, is_place, resolve_place
from transforms.vocabulary import ActorKind

TO = frozenset({"to", "in", "at", "into"})
ON = frozenset({"Hill", "Island"})  # "on Capitol Hill"; "talks on Syria" has a topic
REACHING = words("reaching")
CLIMB = 4  # links from a meeting up to the journey on which it is
LONGEST = 5  # words of the longest names of places
AT = frozenset({"in", "at", "near", "outside", "inside"})
# Operators whose own place is where somebody spoke or decided, not where the event is.
ELSEWHERE = frozenset({"CALL", "PROPOSE", "REFUSE", "CANCEL", "POSTPONE", "THREATEN"})


def place_of(
    found: Found, reading: Reading, scene: Scene, around: Surroundings, within: range | None = None
) -> tuple[str, Place | None] | None:
    """Name of the event's place as it stands, and the place that it means where it is known.

    `within` are the tokens in which it must stand, where one verb tells several events.
    """
    tokens = _candidates(found, reading) if within is None else (scene.doc[i] for i in within if _in(scene.doc[i]))
    for token in tokens:
        span = _span(token, scene)
        if span is None:
            if (seat := _seat(token, scene)) is not None:
                return seat.name, seat
            continue
        beside = explained(scene.doc, span.start, span.end, scene.at)
        place = around.resolve(span.text, beside)
        if place is not None or token.ent_type_ in LABELS:
            return span.text, place
    return _at_host(reading, scene)


def _seat(token: Token, scene: Scene) -> Place | None:
    """The capital that is only described: "in the Saudi capital"."""
    if token.lower_ != "capital" or any(c.dep_ == "appos" for c in token.children):
        return None
    before = [c for c in token.lefts if c.dep_ in {"amod", "poss", "compound", "nmod"}]
    mentions = [m for c in before if (m := scene.at.get(c.i)) is not None]
    states = {a for m in mentions for a in m.actors if a.kind is ActorKind.STATE}
    if len(before) != 1 or len(states) != 1:
        return None  # "Nigeria's commercial capital"
    return capital_of(states.pop().key)


def _at_host(reading: Reading, scene: Scene) -> tuple[str, Place | None] | None:
    """The state that hosts a meeting of which no nearer place is told: "Qatar is hosting talks"."""
    for verb in reading.verbs:
        if lemma(verb) == "host":
            for party in scene.parties(subjects(verb)):
                if party.actor.kind is ActorKind.STATE:
                    return party.name, resolve_place(party.actor.name)
    return None


def _in(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ in AT


def _candidates(found: Found, reading: Reading) -> Iterator[Token]:
    root = found.root
    yield from _below(root)
    for child in root.children:
        if child.dep_ in {"acl", "relcl"} and is_verb(child):
            yield from _below(child)
    for child in root.lefts:  # "the Istanbul talks"
        if child.dep_ in {"compound", "nmod"} and child.ent_type_ in {*LABELS, "EVENT", "ORG"}:
            place = resolve_place((_known(child) or child).text)
            if place is not None and place.kind is PlaceKind.CITY:
                yield child
    for obj in (o for c in root.children if c.dep_ in OBJECTS for o in _all_of(c)):
        yield from _below(obj)  # "brought the ministers together in Antalya"
    for stage in reading.steps:
        if is_verb(stage.word) and stage.operator not in ELSEWHERE:
            yield from _below(stage.word)
    link = step(root)
    if link is not None and is_verb(link.governor) and link.relation.startswith(("obj", "subj", "prep")):
        if not any(s.word.i == link.governor.i and s.operator in ELSEWHERE for s in reading.steps):
            yield from _below(link.governor)
    elif is_verb(root):
        yield from _below(clause(root))
    yield from _journey(root)


def _journey(root: Token) -> Iterator[Token]:
    """Where the journey ends on which a meeting is: "flew to Ramallah to meet him", "in Tokyo, where he met her"."""
    if lemma(root) in REACHING:  # "her visit to Ankara"; "a visit to China" tells whom she saw rather than where
        yield from (end for end in _ends(root) if not _is_country(end))
    for link in path(root)[:CLIMB]:
        verb, above = link.dependent, link.governor
        if link.relation == "relcl" and any(c.lower_ == "where" for c in verb.children):
            yield from _place_before(verb)
            return
        purpose = link.relation in {"xcomp", "advcl:", "advcl:to", "acl", "relcl", "prep:for", "prep:after"}
        if purpose and lemma(above) in REACHING:
            yield from _ends(above)
            return


def _place_before(verb: Token) -> Iterator[Token]:
    """The place that "where" takes up, over a date: "in Tokyo on Friday, where he met her"."""
    where = next(c for c in verb.children if c.lower_ == "where")
    for token in reversed(list(where.doc[max(0, where.i - CLIMB - 1) : where.i])):
        if token.ent_type_ in LABELS:
            yield token
            return
        if is_verb(token):
            return


def _is_country(token: Token) -> bool:
    place = resolve_place(token.text)
    return place is not None and place.kind is PlaceKind.COUNTRY


def _ends(journey: Token) -> Iterator[Token]:
    yield from prepositional(journey, TO)
    if is_verb(journey):
        yield from (c for c in journey.children if c.dep_ in OBJECTS and c.ent_type_ in LABELS)  # "visited Kyiv"


def _below(head: Token) -> Iterator[Token]:
    """Objects of "in" and the like on a token, and of those in turn: "in the town of Zhukovsky"."""
    yield from (o for o in prepositional(head, {"on"}) if o.text in ON)
    for obj in prepositional(head, AT):
        if obj.pos_ != "PROPN":
            yield from prepositional(obj, AT)  # "at the headquarters in Geneva"
        yield from (o for o in prepositional(obj, {"of"}) if o.ent_type_ in LABELS)
        yield obj
        yield from (c for c in obj.children if c.dep_ == "appos")
    for child in head.children:
        if child.dep_ in {"prep", "npadvmod", "agent"}:
            for obj in (o for c in child.children if c.dep_ == "pobj" for o in _all_of(c)):
                yield from prepositional(obj, AT)


def _all_of(first: Token) -> list[Token]:
    """Those who are named together, with their appositions, on any of whom a parser may hang the place."""
    together = coordinated(first)
    return [*together, *(c for t in together for c in t.children if c.dep_ == "appos" and is_noun(c))]


def _span(token: Token, scene: Scene) -> Span | None:
    """The name that a token heads or belongs to; None for a token that is no name, or a date."""
    doc = scene.doc
    known = _known(token)
    if known is not None:
        return known
    if token.ent_type_ in {"DATE", "TIME", "CARDINAL", "PERSON"}:
        return None
    for entity in doc.ents:
        if entity.start <= token.i < entity.end and entity.label_ not in {"EVENT", "ORG", "NORP"}:
            start, end = entity.start, entity.end
            while start < end and doc[start].dep_ in {"det", "case"}:
                start += 1
            while end > start and doc[end - 1].dep_ in {"det", "case"}:
                end -= 1
            return doc[start:end] if start < end else None
    if token.pos_ == "PROPN":
        start = token.i
        while start > 0 and doc[start - 1].dep_ == "compound" and doc[start - 1].pos_ == "PROPN":
            start -= 1
        return doc[start : token.i + 1]
    mention = scene.mention(token)
    if mention is not None and mention.location and mention.names:
        return doc[mention.start : mention.end]
    return None


def _known(token: Token) -> Span | None:
    """The longest name of the gazetteer of several words around a token: "Mar-a-Lago", "U.N. headquarters"."""
    doc = token.doc
    for length in range(LONGEST, 1, -1):
        for start in range(max(0, token.i - length + 1), min(token.i, len(doc) - length) + 1):
            span = doc[start : start + length]
            whole = not span[-1].is_punct and (span[0].text[:1].isupper() or span[-1].text[:1].isupper())
            if whole and span[0].text != "the" and is_place(span.text):
                return span
    return None
