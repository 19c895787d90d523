"""Ceasefires: who calls for, offers, agrees, keeps or breaks one.

What became of it is read in `status`; when and where it is, in `dating` and `location`.
"""

from spacy.tokens import Token

from transforms.events.arguments import Filled, Scene, distinct
from transforms.events.status import Reading, Step
from transforms.events.syntax import is_noun, is_verb, noun_agents, path, prepositional, subjects
from transforms.events.triggers import Found
from transforms.vocabulary import Role, Status

AGENTS = {"p": Role.PARTY, "o": Role.PROPOSER, "d": Role.MEDIATOR, "v": Role.VIOLATOR}
BETWEEN = frozenset({"between", "with", "among", "by"})
PARTY_STATUS = frozenset({Status.AGREED, Status.IN_EFFECT, Status.EXTENDED, Status.ENDED})


def fill(found: Found, reading: Reading, scene: Scene) -> list[Filled]:
    """The parties of a ceasefire in the roles that its status gives them, the outermost speaker first."""
    noun = found.root
    filled: list[Filled] = []
    for step in reversed(reading.steps):
        if step.agent in AGENTS:
            filled += [Filled(p, _role(step, reading)) for p in scene.parties(_agents(step))]
            filled += [Filled(p, Role.PARTY) for p in scene.parties(_beside(step))]
    filled += [Filled(p, Role.MEDIATOR) for p in scene.mediators(noun)]
    filled += [Filled(p, Role.PARTY) for p in scene.parties(_direct(noun, scene))]
    if is_verb(noun):
        filled += [Filled(p, Role.PARTY) for p in scene.parties(subjects(noun))]
    for link in path(noun)[:2]:
        # "the ceasefire agreement between Israel and Hezbollah", "a truce deal with Hamas"
        if is_noun(link.governor) and link.relation in {"compound", "prep:for", "prep:on", "prep:of", "prep:to"}:
            filled += [Filled(p, Role.PARTY) for p in scene.parties(_direct(link.governor, scene))]
    return distinct(filled)


def _role(step: Step, reading: Reading) -> Role:
    role = AGENTS[step.agent]
    if role is Role.PARTY and reading.status in {Status.PROPOSED, Status.CALLED_FOR, Status.REJECTED}:
        return Role.PROPOSER if reading.status is not Status.REJECTED else Role.PARTY
    if role is Role.PROPOSER and reading.status is Status.REJECTED:
        return Role.PARTY
    return role


def _agents(step: Step) -> list[Token]:
    """Who does what a step says: the verb's subject, or whose call, offer or breach a noun names."""
    if is_verb(step.word):
        return subjects(step.word)
    owners = noun_agents(step.word)
    lefts = [t for c in step.word.lefts if c.dep_ in {"amod", "compound", "nmod"} for t in c.subtree]
    return [*owners, *lefts]


def _beside(step: Step) -> list[Token]:
    return prepositional(step.word, {"with", "between"}) if is_verb(step.word) and step.agent == "p" else []


def _direct(noun: Token, scene: Scene) -> list[Token]:
    """Tokens of parties that hang on the noun: "between … and …", "the Israel-Hezbollah truce", "its truce with …"."""
    tokens: list[Token] = []
    for child in noun.lefts:
        if child.dep_ in {"poss", "compound", "amod", "nmod"}:
            near = (child, *child.conjuncts, *child.lefts)
            tokens += [t for t in near if (m := scene.mention(t)) is not None and not m.location]
    return tokens + prepositional(noun, BETWEEN)
