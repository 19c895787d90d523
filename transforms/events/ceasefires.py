"""Ceasefires: who calls for, offers, agrees, keeps or breaks one.

What became of it is read in `status`; when and where it is, in `dating` and `location`.
"""

from spacy.tokens import Token

from transforms.actors.gazetteer import state
from transforms.events.arguments import MEDIATED, Filled, Party, Scene, distinct
from transforms.events.reading import Reading, Step
from transforms.events.syntax import is_noun, is_verb, lemma, noun_agents, path, prepositional, subjects
from transforms.events.triggers import Found
from transforms.events.words import words
from transforms.vocabulary import ActorKind, Role, Status

AGENTS = {"p": Role.PARTY, "o": Role.PROPOSER, "d": Role.MEDIATOR, "v": Role.VIOLATOR}
REPORTING = frozenset({"report", "allege", "record", "register"})
TELLING = words("telling") | {"say", "report", "accuse", "condemn", "denounce", "be"}  # not what breaks a truce
BETWEEN = frozenset({"between", "with", "among", "by"})
SPEAKING = frozenset({Status.CALLED_FOR, Status.PROPOSED, Status.REJECTED})


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
    if reading.status is Status.VIOLATED and not any(f.role is Role.VIOLATOR for f in filled):
        filled += [Filled(p, Role.VIOLATOR) for p in scene.parties(_breaking(noun, scene))]
    return distinct(_as_states(filled, reading))


def _breaking(noun: Token, scene: Scene) -> list[Token]:
    """Who does what is done in breach of a truce: "Jets struck the port in violation of the ceasefire"."""
    for link in path(noun):
        if is_verb(link.governor):
            both = scene.parties(subjects(link.governor)) if lemma(link.governor) in REPORTING else []
            if link.relation == "obj" and len(both) >= 2:
                return subjects(link.governor)  # "Kyiv and the rebels reported breaches": each by the other
            circumstance = link.relation in {"prep:in", "prep:despite"} and lemma(link.governor) not in TELLING
            return subjects(link.governor) if circumstance else []
    return []


def _as_states(filled: list[Filled], reading: Reading) -> list[Filled]:
    """Parties to a truce are states and groups: whoever agrees or breaks it for a state stands for that state."""
    if reading.status in SPEAKING:
        return filled
    return [
        Filled(Party(state(code), state(code).name), f.role)
        if f.role in {Role.PARTY, Role.VIOLATOR}
        and f.party.actor.kind is ActorKind.PERSON
        and (code := f.party.actor.country_code) is not None
        else f
        for f in filled
    ]


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
        if child.dep_ in {"poss", "compound", "amod", "nmod"} and child.lower_ not in MEDIATED:
            near = (child, *child.conjuncts, *child.lefts)
            tokens += [t for t in near if (m := scene.mention(t)) is not None and not m.location]
    return tokens + prepositional(noun, BETWEEN)
