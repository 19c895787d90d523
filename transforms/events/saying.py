"""Who says what stands in a sentence: the words of saying above and beside a token, and the name of the speaker.

The words stand in saying.csv. When what is said is a claim, and quotations over several sentences, do not belong here
(`claims`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from transforms.events.arguments import FIRST_PERSON, LEFT, Party, Scene
from transforms.events.syntax import (
    MAX_DEPTH,
    SUBJECTS,
    VOICING,
    clause,
    coordinated,
    is_passive,
    is_verb,
    lemma,
    objects,
    prepositional,
    step,
    subjects,
)
from transforms.events.words import words
from transforms.reference import split, table
from transforms.vocabulary import ActorKind

SPEAKING = frozenset({"trade", "exchange", "level", "repeat", "publish", "post"})  # verbs whose subject owns a claim
PREPOSITIONS = frozenset({"of", "for", "about"})
PRONOUNS = frozenset({"he", "she", "it", "they", "who", "which", "that"})
INDEFINITE = frozenset({"a", "an", "one", "some", "another", "any", "several", "many", "two", "three"})
ARTICLES = frozenset({"the", "a", "an"})
LONGEST = 8  # words of a speaker's description


@dataclass(frozen=True)
class Said:
    """A word of saying with those who say it; `content` heads what is said."""

    word: Token
    speakers: tuple[Token, ...]
    content: Token


@cache
def saying(relation: str) -> frozenset[str]:
    """The words of saying.csv that stand in a relation to what is said."""
    return frozenset(word for row in table("saying") if row["relation"] == relation for word in split(row["words"]))


def above(token: Token, *, direct: bool = True) -> Said | None:
    """The word of saying that governs a token, if its governor is one.

    `direct` is False where the token is only governed with what the event hangs on: "claims victory in the talks".
    """
    head, dep = token.head, token.dep_
    if head.i == token.i:
        return None
    word = lemma(head)
    if is_verb(head):
        tells = word in saying("content") or (word in saying("belief") and not _infinitive(head))
        told = tells and dep in {"ccomp", "parataxis"} and not _left_open(token, head)
        aimed = dep in {"xcomp", "ccomp"} and word in saying("aim") and _infinitive(token)
        aimed = aimed or (dep == "nsubjpass" and word in saying("aim") and any(map(_infinitive, _inner(head))))
        named = dep in {"dobj", "nsubjpass"} and direct and word in saying("obj")
        if told or aimed or named or (dep in {"attr", "oprd"} and word in saying("call")):
            return Said(head, tuple(_cited(head) or speakers(head)), token)
    elif dep in {"acl", "ccomp", "relcl"} and word in saying("noun") and any(c.dep_ == "mark" for c in token.children):
        return Said(head, tuple(_owners(head)), token)
    elif dep in {"acl", "ccomp", "relcl"} and word in saying("text"):  # "said in a statement that the two had met"
        sayer, that = clause(head), any(c.lower_ == "that" and c.dep_ not in SUBJECTS for c in token.children)
        if that and is_verb(sayer) and lemma(sayer) in saying("content"):
            return Said(sayer, tuple(speakers(sayer)), token)
    if dep in {"pobj", "pcomp"} and head.head.i != head.i:
        governor, word = head.head, lemma(head.head)
        if is_verb(governor):
            of = head.lower_ in PREPOSITIONS and word in saying("of")
            if of or (head.lower_ == "as" and word in saying("as")):
                return Said(governor, tuple(speakers(governor)), token)
        elif head.lower_ == "of" and word in saying("of"):
            return Said(governor, tuple(_owners(governor)), token)
    return None


def beside(token: Token) -> Iterator[Said]:
    """The words of saying that hang on a token: "officials said" between commas, "according to", "reportedly"."""
    for child in token.children:
        word = lemma(child)
        if child.lower_ in saying("source") and child.dep_ in {"prep", "advmod"}:
            ends = prepositional(token, {"according", "per"}) or prepositional(child, {"to"})
            yield Said(child, tuple(ends), token)
        if child.lower_ in saying("before") and child.dep_ in {"advmod", "amod"}:
            yield Said(child, (), token)
        if not is_verb(child):
            continue
        if word in saying("cite") and child.dep_ == "advcl" and (cited := _sources(child)):
            yield Said(child, tuple(cited), token)
        if (word in saying("content") or word in saying("belief")) and _set_in(child):
            yield Said(child, tuple(_cited(child) or speakers(child)), token)
        if word in saying("obj") and child.dep_ == "acl" and child.tag_ == "VBN":
            yield Said(child, tuple(subjects(child)), token)


def _left_open(token: Token, verb: Token) -> bool:
    """Whether a verb of saying does not tell what its clause asks: "declined to say when they met", "said whether"."""
    whether = any(c.dep_ == "mark" and c.lower_ in {"whether", "if"} for c in token.children)
    return whether or (verb.dep_ == "xcomp" and lemma(verb.head) in saying("silent"))


def _infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _inner(verb: Token) -> list[Token]:
    """The infinitives under a verb: "the talks are said to be going well"."""
    return [c for c in verb.children if c.dep_ == "xcomp"]


def _set_in(verb: Token) -> bool:
    """Whether a verb of saying is set into what is said: "the truce, officials said, was broken", "as Kyiv said"."""
    objects_of = {c.dep_ for c in verb.children} & {"ccomp", "dobj", "xcomp"}
    if objects_of and not (objects_of == {"dobj"} and lemma(verb) in words("telling")):
        return False
    as_said = verb.dep_ == "advcl" and any(c.lower_ == "as" for c in verb.children)
    return (as_said or verb.dep_ in {"parataxis", "ccomp"}) and any(c.dep_ == "nsubj" for c in verb.children)


def _cited(verb: Token) -> list[Token]:
    """Whom one who says something gives as the source: "Reuters reported, citing officials"."""
    return [t for c in verb.children if c.dep_ == "advcl" and lemma(c) in saying("cite") for t in _sources(c)]


def _sources(verb: Token) -> list[Token]:
    """The objects of "citing" that can speak."""
    return [t for t in objects(verb) if lemma(t) in speaking() or t.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"}]


def speakers(verb: Token) -> list[Token]:
    """Who does the saying; nobody where a passive does not tell."""
    head = verb.head
    if verb.dep_ == "pcomp" and head.lower_ == "as" and lemma(head.head) in saying("cite"):
        return objects(head.head)  # "was quoted as saying"
    if is_passive(verb):
        return subjects(verb)
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and (sayer := _saying_above(verb)) is not None:
        verb = sayer  # "he said prisoners would go home, adding that": hung on the going home
    found = subjects(verb)
    if verb.dep_ == "relcl" and any(c.lower_ == "who" for c in verb.children):  # "at Clinton's house, who told"
        people = [c for t in found for c in t.children if c.dep_ == "poss" and c.ent_type_ == "PERSON"]
        found = people or found
    own = [t for t in found if t.dep_ == "nsubj" and t.head.i == verb.i]
    if len(own) > 1:  # "its news agency KCNA said", "CORRESPONDENT: Moon said": the one next to the verb
        found = coordinated(own[-1])
    if verb.dep_ == "acl" and lemma(verb.head) in saying("text"):  # "a statement saying that"
        return _owners(verb.head) or subjects(clause(verb.head)) or found
    return found


def _saying_above(verb: Token) -> Token | None:
    """The verb of saying in whose that-clause a participle of saying stands."""
    here = verb
    while here.head.i != here.i:
        if here.dep_ == "ccomp" and lemma(here.head) in saying("content"):
            return here.head
        here = here.head
    return None


def _owners(noun: Token) -> list[Token]:
    """Whose claim or statement a noun names: its owner, its "by" or "from" phrase, the one who makes it."""
    owners = [t for c in noun.children if c.dep_ == "poss" for t in coordinated(c)]
    owners += prepositional(noun, {"by", "from"})
    owners += [t for c in noun.children if c.dep_ == "acl" and is_passive(c) for t in subjects(c)]  # "issued by"
    if owners:
        return owners
    link = step(noun)
    if link is not None and link.relation == "obj" and lemma(link.governor) in VOICING | SPEAKING:
        return subjects(link.governor)
    if link is not None and link.relation == "prep:in" and is_verb(link.governor):  # "said so in a statement that"
        return subjects(link.governor)
    return []


def parties(token: Token, scene: Scene) -> list[Party]:
    """The actors for whom a speaker speaks; none for one who is only described: "a U.S. official", "local media"."""
    noun = lemma(token)
    if noun in saying("text"):
        owners = _owners(token)
        return [p for t in owners for p in parties(t, scene)] or _in_front(token, scene)
    mention = scene.mention(token)
    voice = noun in saying("voice")
    hidden = (_indefinite(token) and not voice) or (
        noun in saying("unnamed") and mention is not None and mention.nominal
    )
    if mention is not None and not hidden:
        if mention.location or mention.nominal:
            return scene.parties([token])
        return [Party(a, n) for a, n in zip(mention.actors, mention.names, strict=True)]
    if token.lower_ in FIRST_PERSON or token.lower_ in PRONOUNS:
        return scene.parties([token])
    people = scene.parties([t for c in token.children if c.dep_ == "appos" for t in coordinated(c)])
    if people and all(p.actor.kind is ActorKind.PERSON for p in people):
        return people  # "the Palestinian observer, Riyad Mansour"
    if voice:
        owners = [t for c in token.children if c.dep_ == "poss" for t in coordinated(c)]
        owners += prepositional(token, {"of", "for"})
        return scene.parties(owners) or _in_front(token, scene)
    named = _apposed_to(token)
    return parties(named, scene) if named is not None and scene.mention(named) is not None else []


def _apposed_to(token: Token) -> Token | None:
    """The noun that a token only explains: Rhodes of "Rhodes, architect of the deal and a man who said"."""
    for _ in range(MAX_DEPTH):
        if token.dep_ == "appos":
            return token.head
        if token.dep_ != "conj":
            return None
        token = token.head
    return None


def _in_front(noun: Token, scene: Scene) -> list[Party]:
    """The actors named before a noun: "a Ukrainian statement", "a Kremlin spokesman"."""
    return scene.parties([c for c in noun.lefts if c.dep_ in LEFT and scene.mention(c) is not None])


def _indefinite(noun: Token) -> bool:
    return any(c.lower_ in INDEFINITE or c.dep_ == "nummod" for c in noun.lefts)


def names(token: Token, scene: Scene) -> Iterator[str]:
    """How a speaker is called: as the actor is, else by the words of the text; nothing for a pronoun without one."""
    found = parties(token, scene)
    owners = _owners(token) if lemma(token) in saying("text") else []
    if found:
        yield from (p.name for p in found)
    elif owners:
        yield from (name for t in owners for name in names(t, scene))
    elif token.pos_ != "PRON":
        yield description(token)


def description(noun: Token) -> str:
    """The words that describe a speaker, without clauses and appositions: "a senior European diplomat"."""
    kept = _phrase(noun, deep=True)
    if len(kept) > LONGEST:
        kept = _phrase(noun, deep=False)
    while kept and kept[0].is_punct:
        kept = kept[1:]
    if kept[0].lower_ == "the" and noun.pos_ == kept[1].pos_ == "PROPN":
        kept = kept[1:]
    text = "".join(t.text_with_ws for t in kept).strip()
    plain = kept[0].pos_ != "PROPN" and kept[0].ent_type_ in {"", "CARDINAL"} and not kept[0].text.isupper()
    return text[:1].lower() + text[1:] if plain or kept[0].lower_ in ARTICLES else text


def _phrase(noun: Token, *, deep: bool) -> list[Token]:
    """The tokens of a noun phrase in a row: what stands before the noun and, if `deep`, its "of" phrases."""
    first = noun.i
    for child in noun.lefts:
        if child.dep_ in LEFT | {"det", "advmod", "quantmod", "predet"}:
            first = min(first, child.left_edge.i)
    last = noun.i
    if deep:
        for child in noun.rights:
            if child.dep_ == "prep" and child.lower_ in {"of", "for", "from", "in", "at"}:
                named = any(c.pos_ == "PROPN" for c in child.children)
                if not named and child.lower_ in {"in", "at"}:
                    break
                if child.i > last + 1 or any(t.dep_ in {"relcl", "acl", "appos"} or t.is_punct for t in child.subtree):
                    break
                last = child.right_edge.i
    return list(noun.doc[first : last + 1])


def own_subjects(verb: Token) -> list[Token]:
    """The subjects of a clause, whether it is active or passive."""
    return [t for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"} for t in coordinated(c)]


def one_side(one: Party, other: Party) -> bool:
    """Whether two parties are on one side: the same actor, or two who act for one state."""
    if one.id == other.id:
        return True
    same = one.actor.country_code is not None and one.actor.country_code == other.actor.country_code
    return same and bool(
        {one.actor.kind, other.actor.kind} & {ActorKind.STATE, ActorKind.PERSON, ActorKind.ORGANISATION}
    )


@cache
def speaking() -> frozenset[str]:
    """Nouns for those who speak."""
    return saying("unnamed") | saying("voice") | saying("text")
