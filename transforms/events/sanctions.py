"""Sanctions: who penalises whom.

What became of them is read in `status`; when it is, in `dating`.
"""

from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Token

from transforms.actors import Actor
from transforms.events.arguments import Filled, Party, Scene, distinct
from transforms.events.cues import cue
from transforms.events.reading import Reading
from transforms.events.syntax import (
    clause,
    coordinated,
    is_noun,
    is_passive,
    is_verb,
    lemma,
    noun_agents,
    objects,
    path,
    prepositional,
    subjects,
)
from transforms.events.triggers import Found
from transforms.events.words import words
from transforms.vocabulary import ActorKind, EventType, Role, Status

ON = frozenset({"on", "against", "upon", "targeting", "over", "for"})
REASONS = frozenset({"over", "for"})  # mostly tell why: "sanctions over its purchase of missiles"
TARGETING = words("targeting")
SIGNING = frozenset({"sign", "issue", "enact"})
CALLING = frozenset({"call", "prevail"})  # on whom somebody calls is to act
WARNING = frozenset({"warn", "threaten", "vow", "promise"})
OWNED = words("listed")
ACTING = frozenset({ActorKind.STATE, ActorKind.BLOC})
# Their name before "sanctions" tells who imposes them; another country's name, on whom they are.
SENDING = frozenset({"USA", "GBR"})
# Their adjective does, too: "Canadian sanctions"; "Russian sanctions" are mostly those on Russia.
SENDING_ADJECTIVES = SENDING | {"CAN", "AUS", "JPN", "CHE", "DEU", "FRA", "NZL", "CHN"}
TOPIC, TOPIC_LEAD = 4, 1.5  # mentions of the state that an article is about, and times as many as of the next one


def topic(counts: Counter[Actor]) -> Actor | None:
    """The state that a whole article is about, if it is about one that is no great sender itself; `counts` are its
    mentions of each actor."""
    states = ((a, n) for a, n in counts.most_common() if a.kind is ActorKind.STATE)
    ranked = [(a, n) for a, n in states if a.country_code not in SENDING_ADJECTIVES]
    if not ranked or ranked[0][1] < TOPIC or (len(ranked) > 1 and ranked[0][1] < TOPIC_LEAD * ranked[1][1]):
        return None
    return ranked[0][0]


def fill(found: Found, reading: Reading, scene: Scene) -> list[Filled]:
    """Senders and targets, as far as the sentence tells."""
    senders: list[Party] = []
    targets: list[Party] = []
    if is_verb(found.root):
        senders += scene.parties(subjects(found.root))
        struck = objects(found.root)
        owned = [t for o in struck if o.lemma_.lower() in OWNED for t in prepositional(o, {"of", "belonging to"})]
        targets += scene.parties(owned or struck)  # "froze the assets of two generals"
    elif found.root.dep_ == "amod":
        targets += scene.parties([found.root.head])  # "the sanctioned bank"
    else:
        _of_noun(found.root, senders, targets, scene)
    # "They talked about easing sanctions": who talks is not who would ease them
    relief = any(step.operator in {"EASE", "RELIEF", "LIFT"} for step in reading.steps)
    talked_of = {s.word.i for s in reading.steps if s.word.tag_ == "VBG"} if _talk(reading) else set()
    for step in reading.steps:
        if is_verb(step.word):
            if step.agent == "p":
                doing = [] if step.word.i in talked_of else scene.parties(subjects(step.word))
                wanted = relief and step.operator in {"PROPOSE", "THREATEN"}
                senders += [p for p in doing if not wanted or sends(p) or p.actor.kind is ActorKind.PERSON]
            elif step.agent == "t":
                targets += scene.parties(subjects(step.word))
            beside = scene.parties(prepositional(step.word, {"on", "against", "upon"}))
            if step.operator == "PROPOSE" and lemma(step.word) in CALLING:
                senders += beside  # "called on the United States to lift sanctions"
            else:
                targets += beside
            if step.operator in {"IMPOSE", "LIFT", "THREATEN"} and step.relation.startswith("prep:"):
                targets += scene.parties(objects(step.word))  # "hit the bank with sanctions", "put it on the list"
        elif step.agent == "p":
            senders += scene.parties(noun_agents(step.word))
    if not senders and not any(step.agent == "t" for step in reading.steps):
        above = _acting_above(found.root, scene)
        # "Iran's hope is sanctions relief": who wants relief is under the sanctions
        senders += [p for p in above if not relief or sends(p)]
        targets += [] if targets or not relief else [p for p in above if not sends(p)]
    if not senders and reading.status is Status.THREATENED:
        senders += _warning(found.root, scene)
    if not targets:
        named = any(prepositional(word, ON) for word in (found.root, *(s.word for s in reading.steps)))
        targets += _concerned(scene, senders, () if named else clause(found.root).subtree)
    taken = {p.id for p in targets}
    filled = [Filled(p, Role.SENDER) for p in senders if p.id not in taken or (len(targets) > 1 and p in senders[:1])]
    return distinct([*filled, *(Filled(p, Role.TARGET) for p in targets)])


def _talk(reading: Reading) -> bool:
    return any(step.operator == "MOOT" for step in reading.steps)


def _of_noun(noun: Token, senders: list[Party], targets: list[Party], scene: Scene) -> None:
    struck = prepositional(noun, ON - REASONS)
    targets += scene.parties(struck) or scene.parties(c for t in struck for c in t.children if c.dep_ == "poss")
    if noun.lemma_ in OWNED:  # "the assets of two generals were frozen"
        targets += scene.parties(
            [*prepositional(noun, {"of"}), *(c for c in noun.children if c.dep_ == "poss" and c.tag_ != "PRP$")]
        )
    targets += scene.parties(t for t in prepositional(noun, REASONS) if scene.mention(t))
    senders += scene.parties(prepositional(noun, {"by", "from"}))
    for child in noun.lefts:
        if child.dep_ not in {"amod", "compound", "poss", "nmod"} or noun.lemma_ in OWNED:
            continue
        if any(c.lower_ == "related" for c in (child, *child.children, child.head)) and child.dep_ != "poss":
            continue  # "Ukraine-related sanctions" are not on Ukraine
        for token in (t for t in (child, *child.conjuncts, *child.lefts) if scene.mention(t)):
            parties = scene.parties([token])
            adjective = token.pos_ == "ADJ" and (
                bool(targets) or any(p.actor.country_code in SENDING_ADJECTIVES for p in parties)
            )
            if token.dep_ == "poss" or adjective or any(sends(p) for p in parties):
                senders += parties
            else:
                targets += parties
    for child in noun.children:
        if child.dep_ in {"acl", "relcl"} and is_verb(child):
            if is_passive(child):
                senders += scene.parties(subjects(child))
            elif child.lemma_ in TARGETING:
                targets += scene.parties(objects(child))
            elif child.dep_ == "relcl":
                if any(c.dep_ == "nsubj" and c.tag_ in {"WDT", "WP"} for c in child.children):
                    targets += scene.parties(objects(child))  # "the embargo which has kept Cuba in a box"
                elif cue(EventType.SANCTIONS, "obj", [lemma(child)]) is not None:  # not "that Mandela said helped"
                    senders += scene.parties(subjects(child))
            targets += scene.parties(prepositional(child, ON - REASONS))
    for link in path(noun)[:2]:
        governor = link.governor
        if is_noun(governor) and link.relation in {"prep:of", "prep:in", "compound"}:
            # "a package of sanctions on Russia", "the EU's new round of sanctions"
            targets += scene.parties(prepositional(governor, {"on", "against", "for"}))
            if cue(EventType.SANCTIONS, "prep:of", [lemma(governor)]) is not None:  # not "its evasion of sanctions"
                senders += scene.parties(t for c in governor.children if c.dep_ == "poss" for t in coordinated(c))
        if is_verb(governor) and link.relation == "subj" and governor.lemma_ in TARGETING:
            targets += scene.parties(objects(governor))


def _warning(root: Token, scene: Scene) -> list[Party]:
    """Who warns of them: "Trump warned that Russia would face sanctions"; nobody who could not impose any."""
    for link in path(root):
        if link.relation == "ccomp" and lemma(link.governor) in WARNING:
            return [p for p in scene.parties(subjects(link.governor)) if sends(p) or p.actor.kind is ActorKind.PERSON]
    return []


def _acting_above(root: Token, scene: Scene) -> list[Party]:
    """Who does the nearest act above that names its doer: "Washington issued a licence that eases sanctions"."""
    for link in path(root)[:4]:
        signed = link.relation == "obj" and lemma(link.governor) in SIGNING
        if signed and (found := scene.parties(subjects(link.governor))):
            return found  # "Trump signed an order lifting sanctions"
        acts = is_verb(link.governor) and link.relation not in {"subj", "subjpass", "relcl"}
        if acts and (found := scene.parties(subjects(link.governor))):
            return [p for p in found if p.actor.kind in ACTING]
    return []


def _concerned(scene: Scene, senders: list[Party], around: Iterable[Token]) -> list[Party]:
    """The one state or group of the sentence that can be the target where none is told: "Iran has gained from a slight
    easing of sanctions"; nobody where there are several. Among the tokens
    `around` the sanctions a state may also be named as a place."""
    sending = {p.id for p in senders}
    named = {
        actor.actor_id: Party(actor, name)
        for mention in scene.mentions
        if not mention.location
        for actor, name in zip(mention.actors, mention.names, strict=True)
        if actor.kind in {ActorKind.STATE, ActorKind.ARMED_GROUP} and actor.country_code not in SENDING_ADJECTIVES
    }
    left = [party for key, party in named.items() if key not in sending]
    if not named:  # "the lifting of sanctions in return for reforms in Myanmar"
        left = [p for p in _places(scene, around) if p.id not in sending]
    return left if len(left) == 1 else []


def _places(scene: Scene, around: Iterable[Token]) -> list[Party]:
    """The states that some tokens name as places, each once."""
    mentions = {m.start: m for t in around if (m := scene.mention(t)) is not None and m.location}
    found = {
        actor.actor_id: Party(actor, name)
        for mention in mentions.values()
        for actor, name in zip(mention.actors, mention.names, strict=True)
        if actor.kind is ActorKind.STATE and actor.country_code not in SENDING_ADJECTIVES
    }
    return list(found.values())


def sends(party: Party) -> bool:
    """Whether a name before "sanctions" is that of the sender: organisations, blocs and the great senders."""
    return party.actor.kind in {ActorKind.ORGANISATION, ActorKind.BLOC} or party.actor.country_code in SENDING
