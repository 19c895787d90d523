"""Where an event takes place: the "in …" that hangs on its trigger or on a verb that speaks of it.

What a name of a place means (coordinates, country) is looked up in `transforms.places`.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from transforms.events.arguments import Scene
from transforms.events.status import Reading
from transforms.events.syntax import OBJECTS, clause, is_verb, prepositional, step
from transforms.events.triggers import Found
from transforms.places import Place, PlaceKind, resolve_place

LABELS = frozenset({"GPE", "LOC", "FAC"})
AT = frozenset({"in", "at", "near", "outside", "inside"})
# Operators whose own place is where somebody spoke or decided, not where the event is.
ELSEWHERE = frozenset({"CALL", "PROPOSE", "REFUSE", "CANCEL", "POSTPONE", "THREATEN"})


def place_of(
    found: Found, reading: Reading, scene: Scene, countries: list[str], within: range | None = None
) -> tuple[str, Place | None] | None:
    """Name of the event's place as it stands, and the place that it means where it is known.

    `within` are the tokens in which it must stand, where one verb tells several events.
    """
    tokens = _candidates(found, reading) if within is None else (scene.doc[i] for i in within if _in(scene.doc[i]))
    for token in tokens:
        name = _name(token, scene)
        if name is None:
            continue
        place = resolve_place(name, countries)
        if place is not None or token.ent_type_ in LABELS:
            return name, place
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
        if child.dep_ in {"compound", "nmod"} and child.ent_type_ in LABELS:
            place = resolve_place(child.text)
            if place is not None and place.kind is PlaceKind.CITY:
                yield child
    for obj in (c for c in root.children if c.dep_ in OBJECTS):
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
    if is_verb(root) and root.dep_ == "relcl" and any(c.lower_ == "where" for c in root.children):
        yield root.head  # "a visit to Tokyo, where he met her"


def _below(head: Token) -> Iterator[Token]:
    """Objects of "in" and the like on a token, and of those in turn: "in the town of Zhukovsky"."""
    for obj in prepositional(head, AT):
        yield from (o for o in prepositional(obj, {"of"}) if o.ent_type_ in LABELS)
        yield obj
        yield from (c for c in obj.children if c.dep_ == "appos")
    for child in head.children:
        if child.dep_ in {"prep", "npadvmod", "agent"}:
            for obj in child.children:
                if obj.dep_ == "pobj":
                    yield from prepositional(obj, AT)


def _name(token: Token, scene: Scene) -> str | None:
    """The name that a token heads; None for a token that is no name, or a date."""
    if token.ent_type_ in {"DATE", "TIME", "CARDINAL", "PERSON"}:
        return None
    for entity in scene.doc.ents:
        if entity.start <= token.i < entity.end and entity.label_ not in {"EVENT", "ORG", "NORP"}:
            words = [t.text for t in entity if t.dep_ not in {"det", "case"}]
            return " ".join(words) if words else None
    if token.pos_ == "PROPN":
        words = [t.text for t in token.lefts if t.dep_ == "compound" and t.pos_ == "PROPN"] + [token.text]
        return " ".join(words)
    mention = scene.mention(token)
    if mention is not None and mention.location and mention.names:
        return mention.names[0]
    return None
