"""Who fills a place in a sentence: from tokens to actors, through delegates, appositions and speakers.

Finding and naming actors is `transforms.actors`' work; which tokens fill which role is told by each type's own module.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from transforms.actors import Actor, ActorMention
from transforms.actors.gazetteer import state
from transforms.actors.mentions import Reference
from transforms.actors.words import word_set
from transforms.events.syntax import coordinated, is_noun, is_verb, prepositional, subjects
from transforms.events.words import words
from transforms.vocabulary import ActorKind, Role

FIRST_PERSON = frozenset({"i", "we", "us", "me"})
THIRD_PERSON = frozenset({"he", "she", "him", "her", "his"})
OWN_STATE = frozenset({"country", "government", "nation", "administration"})
VAGUE = frozenset({"world", "foreign", "other", "global", "international", "many", "various", "some"})
ARMIES = frozenset({"army", "military", "junta"})
LEFT = frozenset({"amod", "compound", "poss", "nmod", "nummod"})
# "the Egyptian-brokered truce": who stands before the hyphen mediates.
MEDIATED = words("mediated")


@dataclass(frozen=True)
class Party:
    """An actor with the fullest name that the article gives. `army`: how the text calls the state's army, where the
    army stands for it: in a war with its own rebels it is a party of its own ("Sudan's army and the RSF")."""

    actor: Actor
    name: str
    army: str = ""

    @property
    def id(self) -> str:
        return self.actor.actor_id


@dataclass(frozen=True)
class Filled:
    """A party in its role."""

    party: Party
    role: Role


class Scene:
    """A parsed sentence with the actors in it."""

    def __init__(self, doc: Doc, mentions: Sequence[ActorMention]) -> None:
        self.doc = doc
        self.mentions = mentions
        # "the Easter truce": no party, whatever the model takes it for
        named = [m for m in mentions if not all(t.lower_ in word_set("calendar") for t in doc[m.start : m.end])]
        self.at: Mapping[int, ActorMention] = {i: m for m in named for i in range(m.start, m.end)}

    def mention(self, token: Token) -> ActorMention | None:
        return self.at.get(token.i)

    def parties(self, tokens: Iterable[Token]) -> list[Party]:
        """The actors that some tokens name, each once, in order."""
        found: dict[str, Party] = {}
        for token in tokens:
            for one in (token, *self._stray(token)):
                for party in self._of(one):
                    found.setdefault(party.id, party)
        return list(found.values())

    def _stray(self, token: Token) -> list[Token]:
        """Conjuncts that the parser hung on a word inside a name: "the Office for … Affairs and the Ministry"."""
        mention = self.mention(token)
        if mention is None:
            return []
        inside = [t for t in self.doc[mention.start : mention.end] if t.i != token.i]
        found = [
            n for t in inside for c in t.children if c.dep_ == "conj" and c.i >= mention.end for n in coordinated(c)
        ]
        # "Ethiopia and Tigrayan rebels": the first of them hangs on the noun of the second
        found += [
            c
            for c in token.lefts
            if c.i < mention.start and c.dep_ in LEFT and c.conjuncts and self.mention(c) is not None
        ]
        if all(a.kind is ActorKind.PERSON for a in mention.actors):
            # "Foreign Minister X, his Azerbaijani counterpart, Y, and Z": parsers take a list for appositions
            found += [t for t in token.subtree if t.i >= mention.end and _listed(t, token)]
        return found

    def _of(self, token: Token, depth: int = 0) -> list[Party]:
        mention = self.mention(token)
        if mention is not None and mention.reference is Reference.NOMINAL and (named := self._apposed(token)):
            return named  # "Their negotiators, Vera Grabe and Pablo Beltran"
        if mention is not None:
            if mention.location:
                return []
            army = self._army(mention)
            return [Party(a, n, army) for a, n in zip(mention.actors, mention.names, strict=True)]
        whose = next((c for c in token.children if c.tag_ == "WP$"), None)
        if whose is not None and token.lemma_.lower() in OWN_STATE and (holder := _holder(token)) is not None:
            codes = {p.actor.country_code for p in self._of(holder, depth + 1)} - {None}
            return [Party(state(code), state(code).name) for code in codes if code and len(codes) == 1]
        if token.lower_ in {"both", "each", "all"}:
            return self.parties(prepositional(token, {"of"}))
        if token.lower_ in FIRST_PERSON:
            return self._speaker(token)
        if token.lower_ in THIRD_PERSON:
            return self._subject_above(token)
        if depth > 3:
            return []
        found = [p for c in token.children if c.dep_ == "appos" for t in coordinated(c) for p in self._of(t, depth + 1)]
        if found:
            return found
        lemma = token.lemma_.lower()
        for child in token.lefts:
            if child.dep_ in LEFT and child.lower_ not in MEDIATED:
                joined = [child, *child.conjuncts]  # "Israeli and Hamas negotiators": an adjective and a noun
                found += [p for t in joined if self.mention(t) for p in self._of(t, depth + 1)]
        if lemma in words("delegate"):
            found += self.parties(prepositional(token, {"of", "from"}))
            leading = [c for c in token.children if c.dep_ == "acl" and c.lemma_ in {"lead", "head"}]
            found += [p for c in leading for p in self.parties(subjects(c))]  # "a delegation led by Fuad Hussein"
        modifiers = [t.text for t in token.lefts if t.dep_ in {"amod", "compound"}]
        delegates = lemma in words("delegate") and token.tag_ == "NNS" and bool(modifiers)
        delegates = delegates and not {m.lower() for m in modifiers} <= VAGUE  # "world leaders": nobody in particular
        if not found and (lemma in words("group") or delegates):
            name = " ".join([*modifiers, token.text])
            found = [Party(Actor(ActorKind.OTHER, name.strip().lower(), name.strip(), None, None), name.strip())]
        return found

    def _army(self, mention: ActorMention) -> str:
        """The words of a mention that names a state's army, without their article."""
        words = self.doc[mention.start : mention.end]
        single = len(mention.actors) == 1 and mention.actors[0].kind is ActorKind.STATE
        if not single or not {t.lower_ for t in words} & ARMIES:
            return ""
        return words.text.removeprefix("the ").removeprefix("The ")

    def _apposed(self, token: Token) -> list[Party]:
        """The persons of an apposition with which a title is explained."""
        people = [t for c in token.children if c.dep_ == "appos" for t in coordinated(c)]
        mentions = [m for t in people if (m := self.mention(t)) is not None and not m.location]
        named = [Party(a, n) for m in mentions for a, n in zip(m.actors, m.names, strict=True)]
        return [p for p in named if p.actor.kind is ActorKind.PERSON]

    def _speaker(self, token: Token) -> list[Party]:
        """Whom "we" and "I" mean in direct speech: the subject of the clause around it."""
        here = token
        while here.head.i != here.i:
            link_to = here.dep_
            here = here.head
            if link_to in {"ccomp", "parataxis"} and is_verb(here):
                return [p for t in subjects(here) if t.lower_ not in FIRST_PERSON for p in self._of(t, 3)]
        return []

    def _subject_above(self, token: Token) -> list[Party]:
        """Whom a pronoun without an antecedent means: the subject of the next clause above its own.

        "Niinisto said he would meet Biden", "Zelenskiy urged Putin to meet with him".
        """
        here, verbs = token, 0
        while here.head.i != here.i:
            here = here.head
            if not is_verb(here):
                continue
            verbs += 1
            if verbs > 1:
                found = [p for t in subjects(here) if t.i != token.i and self.mention(t) for p in self._of(t, 3)]
                if found:
                    return [p for p in found if p.actor.kind is ActorKind.PERSON]
        return []

    def mediators(self, noun: Token) -> list[Party]:
        """Who stands before "-brokered" or "-led" in front of a noun."""
        found = []
        for child in noun.lefts:
            if child.lower_ in MEDIATED:
                found += [t for t in child.subtree if self.mention(t)]
        return self.parties(found)


def _holder(token: Token) -> Token | None:
    """The noun that "whose" means: "May, whose country imposed sanctions"."""
    here = token
    while here.head.i != here.i:
        if here.dep_ == "relcl":
            return here.head
        here = here.head
    return None


def _listed(token: Token, first: Token) -> bool:
    """Whether only appositions and coordination lie between a token and the first of a list."""
    here = token
    while here.i != first.i:
        if here.dep_ not in {"appos", "conj"}:
            return False
        here = here.head
    return is_noun(token)


def distinct(filled: Iterable[Filled]) -> list[Filled]:
    """Each party once, in its first role."""
    found: dict[str, Filled] = {}
    for one in filled:
        found.setdefault(one.party.id, one)
    return list(found.values())
