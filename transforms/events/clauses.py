"""What the clauses that hang on an event's noun say of it: "the truce that Qatar brokered", "a call in which he asked".

What its governors say is climbed in `status`.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from transforms.events.hanging import lookup
from transforms.events.mood import modality
from transforms.events.reading import Step
from transforms.events.syntax import Link, Tense, is_passive, is_verb, lemma, path, tense
from transforms.events.words import words
from transforms.vocabulary import EventType

# Nouns that only measure the event out.
TRANSPARENT = words("transparent")
OPENING = frozenset({"start", "begin", "last", "commence"})


def clauses(event_type: EventType, noun: Token) -> Iterator[list[Step]]:
    """The steps of the clauses that hang on a noun, and of further verbs that share its subject."""
    nouns = [noun]
    for link in path(noun)[:2]:
        if link.relation != "prep:of" or lemma(link.governor) not in TRANSPARENT:
            break
        nouns.append(link.governor)  # "the regime of the cessation of hostilities introduced in January"
    for child in (c for n in nouns for c in n.children):
        if child.dep_ not in {"relcl", "acl"} or not is_verb(child):
            continue
        if event_type is EventType.CEASEFIRE and child.dep_ == "acl" and lemma(child) in OPENING:
            continue  # "a demand for a truce starting on Monday": when it would, if it came about
        if event_type is EventType.MEETING and occasion(child):
            yield [Step("HAPPEN", child, "subj"), *modality(child)]
            continue
        yield from _pied(event_type, noun, child)
        for verb in (child, *child.conjuncts):
            if not is_verb(verb) or tense(verb) is Tense.INFINITIVE:
                continue
            yield from _clause(event_type, noun, verb, as_subject=not _wh_object(child))
    for token in noun.subtree:  # "the truce between X and Y, which came into effect on Monday": hung on Y
        if token.i > noun.i and token.dep_ in {"pobj", "conj"}:
            for child in token.children:
                which = any(c.lower_ == "which" and c.dep_ in {"nsubj", "nsubjpass"} for c in child.children)
                if child.dep_ == "relcl" and is_verb(child) and which:
                    yield from _clause(event_type, noun, child, as_subject=True)
    above = next(iter(path(noun)), None)
    if above is not None and above.relation in {"subj", "subjpass"} and is_verb(above.governor):
        for verb in above.governor.conjuncts:
            if is_verb(verb) and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children):
                yield from _clause(event_type, noun, verb, as_subject=True)


def _pied(event_type: EventType, noun: Token, verb: Token) -> Iterator[list[Step]]:
    """What "the truce to which both sides agreed" says of the truce."""
    for prep in _before_which(verb):
        said = lookup(event_type, Link(noun, f"prep:{prep.lower_}", verb))
        if said is not None:
            yield [Step(said.operator, verb, f"prep:{prep.lower_}", said.agent), *modality(verb)]


def occasion(verb: Token) -> bool:
    """Whether a relative clause tells what was done at the event: "a call in which he asked her to help"."""
    return any(True for _ in _before_which(verb))


def _before_which(verb: Token) -> Iterator[Token]:
    """The prepositions of a relative clause that have its pronoun: "to which", "during which"."""
    return (c for c in verb.children if c.dep_ == "prep" and any(o.tag_ == "WDT" for o in c.children))


def _wh_object(verb: Token) -> bool:
    """Whether a relative clause has a subject of its own: "the truce that Qatar brokered"."""
    return any(c.dep_ in {"nsubj", "nsubjpass"} and c.tag_ not in {"WDT", "WP"} for c in verb.children)


def _clause(event_type: EventType, noun: Token, verb: Token, *, as_subject: bool) -> Iterator[list[Step]]:
    relation = "subj" if as_subject and not is_passive(verb) else "obj"
    said = lookup(event_type, Link(noun, "subj" if as_subject else "obj", verb))
    if said is not None:
        yield [Step(said.operator, verb, relation, said.agent), *modality(verb)]
