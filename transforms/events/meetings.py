"""Meetings: who met, talked or is to meet whom, and in what form.

What became of the meeting is read in `status`; when and where it is, in `dating` and `location`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from transforms.events.arguments import MEDIATED, Filled, Party, Scene, distinct
from transforms.events.reading import Reading
from transforms.events.syntax import (
    OBJECT_CONTROL,
    Link,
    controlled,
    coordinated,
    first_conjunct,
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
from transforms.vocabulary import ActorKind, Form, Role, Status

WITH = frozenset({"with", "alongside", "between", "among", "amongst", "involving", "including"})
OF_NOUN = WITH | {"by", "of"}
# Who does these to a meeting does not take part in it for that alone.
HOSTING = frozenset({"host"})
CALLING = frozenset({"pay_call", "play_host"})  # set phrases whose noun has the other party: paid a call on him
MEDIATING = words("mediating")
OFFERS = frozenset({"offer", "invitation", "proposal", "request", "overture"})  # whose maker would come to the talks
MEETING_VERBS = words("meeting_verb")
POINTING = words("pointing")
TELLING = words("telling")
ENGAGED = frozenset({"lock", "engage", "involve", "embroil", "represent"})
RECORDS = words("record")
SEATS = words("seat")  # "her White House meeting": where it was held
CITIES = frozenset(
    {"singapore", "luxembourg", "monaco", "djibouti", "vatican"}
)  # states, but more often where they met
REACH = 25  # tokens from the first party of "between" within which the second one is looked for
NEXT = 4  # tokens behind the "and" within which it begins
INTO = frozenset({"to", "for", "into", "in", "on"})  # what one is asked for, not "called him so ahead of the talks"
ASKING = frozenset({"CALL", "PROPOSE"})
CONVERSATIONS = frozenset({"call", "conversation", "talk", "meeting", "conference", "discussion"})
PHONE = frozenset({"phone", "telephone", "telephoned", "phoned", "call", "calls"})
VIDEO = frozenset({"video", "videoconference", "videoconferences", "virtual", "virtually", "zoom", "online"})


def form(found: Found) -> Form:
    """How the meeting is held: by the words beside the trigger first, then by the trigger itself."""
    own = [t for t in found.root.subtree if abs(t.i - found.root.i) <= 8 and not _of_other_noun(t, found)]
    near = {t.lower_ for t in own} | {t.lower_ for t in found.span}
    if near & VIDEO:
        return Form.VIDEO_CALL
    if near & PHONE and found.trigger.name not in {"talks", "negotiation", "summit", "meeting"}:
        return Form.PHONE_CALL
    if found.trigger.name in {"speak", "speak_together"}:
        return Form.PHONE_CALL
    return found.trigger.form or Form.IN_PERSON


def _of_other_noun(token: Token, found: Found) -> bool:
    """Whether a word only tells of another noun what it is: "invited her during a phone conversation"."""
    return token.dep_ == "compound" and token.head.lemma_ in CONVERSATIONS and is_verb(found.root)


def fill(found: Found, reading: Reading, scene: Scene) -> list[Filled]:
    """The parties of a meeting, hosts and mediators among them."""
    if is_verb(found.root):
        return distinct(_of_verb(found, scene))
    return distinct(_of_noun(found, reading, scene))


@dataclass(frozen=True)
class Part:
    """One of several meetings that one verb tells: with whom, and in which tokens its day and place stand."""

    counterparts: tuple[Token, ...]
    tokens: range


def parts(found: Found, scene: Scene) -> list[Part]:
    """The meetings of "met Macron in Paris on Monday and Scholz in Berlin on Tuesday"; empty where there is but one."""
    verb, takes = found.root, found.trigger.takes
    if not is_verb(verb) or is_passive(verb):
        return []
    people = objects(verb) if "object" in takes else []
    people = people or (prepositional(verb, WITH) if "with" in takes else [])
    # the parser hangs "and Scholz" on the day or the place before it
    strays = [t for t in verb.subtree if t.dep_ == "conj" and t.head.ent_type_ in {"DATE", "TIME", "GPE"}]
    people = sorted({t.i: t for t in (*people, *strays) if scene.parties([t])}.values(), key=lambda t: t.i)
    starts = [0]
    for k in range(1, len(people)):
        between = scene.doc[people[k - 1].i + 1 : people[k].left_edge.i]
        if any(t.dep_ == "prep" and t.lower_ in {"in", "at", "on"} for t in between) and any(
            t.ent_type_ for t in between
        ):
            starts.append(k)
    if len(starts) == 1:
        return []
    found_parts = []
    for k, start in enumerate(starts):
        end = starts[k + 1] if k + 1 < len(starts) else len(people)
        last = people[end].left_edge.i if end < len(people) else len(scene.doc)
        found_parts.append(Part(tuple(people[start:end]), range(people[start].left_edge.i, last)))
    return found_parts


def fill_part(found: Found, part: Part, scene: Scene) -> list[Filled]:
    """The parties of one of several meetings that a verb tells."""
    return distinct(_participants(scene.parties(subjects(found.root)) + scene.parties(part.counterparts)))


def _participants(parties: Iterable[Party], role: Role = Role.PARTICIPANT) -> list[Filled]:
    return [Filled(party, role) for party in parties]


def _of_verb(found: Found, scene: Scene) -> list[Filled]:
    verb, takes = found.root, found.trigger.takes
    filled: list[Filled] = []
    acting = scene.parties(subjects(verb))
    if not acting and is_passive(verb) and "object" not in takes:
        acting = scene.parties(objects(verb))  # "conferred by video link": no passive at all
    if "subject" in takes:
        filled += _participants(acting, Role.HOST if found.trigger.name == "host" else Role.PARTICIPANT)
    elif acting:
        filled += _participants(acting, Role.MEDIATOR)
    if "object" in takes:
        filled += _participants(scene.parties(objects(verb)))
    if len({f.party.id for f in filled}) == 1 and any(c.tag_ == "WP" and c.dep_ == "nsubj" for c in verb.children):
        # "Tshisekedi of Congo and Kagame of Rwanda, who met in March"
        filled += _participants(scene.parties(coordinated(first_conjunct(verb.head))))
    if found.trigger.name in CALLING:
        filled += _participants(scene.parties(t for o in objects(verb) for t in prepositional(o, {"on", "to"})))
        filled += _participants(scene.parties(prepositional(verb, {"on", "to"})))
    if "with" in takes:
        filled += _participants(scene.parties(prepositional(verb, WITH | {"to"})))
        # "had an hour with him", "talked for three hours with him"
        lasting = [o for c in verb.children if c.dep_ == "prep" for o in c.children if o.ent_type_ in {"TIME", "DATE"}]
        beside = [t for o in (*objects(verb), *lasting) for t in prepositional(o, {"with", "alongside"})]
        filled += _participants(scene.parties(beside))
        if len({f.party.id for f in filled}) < 2:  # "to discuss what is left of them with her": hung too low
            low = [o for t in verb.subtree if t.lower_ == "with" and t.dep_ == "prep" for o in t.children]
            filled += _participants(scene.parties(o for o in low if o.dep_ == "pobj"))
    return filled


def _of_noun(found: Found, reading: Reading, scene: Scene) -> list[Filled]:
    noun = found.root
    mediators = _participants(scene.mediators(noun), Role.MEDIATOR)
    filled = _participants(_direct(found, scene, seats=False))
    for child in noun.children:
        if child.dep_ in {"acl", "relcl"} and is_verb(child):
            filled += _of_clause(child, scene)
    above = next(iter(path(noun)), None)
    if not filled and above is not None and above.relation == "obj" and is_verb(above.governor):
        # "the deal followed a meeting in Oslo between …": hung on the verb by the parser
        filled += _participants(scene.parties(prepositional(above.governor, {"between"})))
    if not filled and (not reading.told or reading.temporal) and _points_back(noun):
        return mediators  # "after the meeting", "such talks": who met is told elsewhere
    if filled and found.trigger.name == "visit_noun" and any(c.dep_ == "poss" for c in noun.lefts):
        return [*filled, *mediators]  # "discussed the minister's visit": who discuss it do not travel
    one_sided = _one_sided(found, scene)
    for link in path(noun):
        if _other_meeting(link):
            break
        enough = len({f.party.id for f in filled if f.role is Role.PARTICIPANT}) >= 2 and not one_sided
        if enough or not _take(link, filled, mediators, reading, scene):
            break
    offers = [step.word for step in reading.steps if lemma(step.word) in OFFERS]
    if offers and len({f.party.id for f in filled}) < 2:  # "turned down an offer of talks from Washington"
        filled += _participants(scene.parties(t for word in (noun, *offers) for t in prepositional(word, {"from"})))
    owned = any(c.dep_ == "poss" for c in noun.lefts)  # "before her White House meeting"
    if not owned and len({f.party.id for f in filled}) < 2:
        filled = [*_participants(_direct(found, scene, seats=True)), *filled]
    return [*filled, *mediators]


def _one_sided(found: Found, scene: Scene) -> bool:
    """Whether a noun has but those with whom somebody met: "broke off for a meeting with Italy and Spain"."""
    noun = found.root
    if found.trigger.form is not Form.IN_PERSON or any(c.dep_ in {"poss", "compound", "nmod"} for c in noun.lefts):
        return False
    beside = [c for c in noun.children if c.dep_ == "prep"]
    return [c.lower_ for c in beside if scene.parties(prepositional(noun, {c.lower_}))] == ["with"]


def _points_back(noun: Token) -> bool:
    words = {c.lower_ for c in noun.lefts}
    return bool(words & POINTING)


def _other_meeting(link: Link) -> bool:
    """Whether the noun only tells the occasion of another meeting: "met on the sidelines of a summit"."""
    if not is_verb(link.governor) or lemma(link.governor) not in MEETING_VERBS or not link.relation.startswith("prep:"):
        return link.relation.startswith("advcl:") and link.relation not in {"advcl:", "advcl:to"}
    return link.relation not in {"prep:for", "prep:in", "prep:into"}


def _direct(found: Found, scene: Scene, *, seats: bool) -> list[Party]:
    """Parties that hang on the noun itself: "between … and …", "Putin's meeting with …", "U.S.-Iranian talks".

    `seats`: whether a seat of government before the noun is a party rather than where they met.
    """
    noun = found.root
    tokens: list[Token] = []
    for child in noun.lefts:
        venue = _venue(child, found)
        if child.dep_ != "poss" and (
            (venue and (not seats or child.lower_ in CITIES)) or (not seats and child.lower_ in SEATS)
        ):
            continue
        if child.tag_ == "WP$" and (clause_head := _relative(noun)) is not None:
            tokens += coordinated(clause_head)  # "Grossi, whose meeting with the minister was postponed"
        if child.dep_ in {"poss", "compound", "amod", "nmod"} and child.lower_ not in MEDIATED:
            tokens += [t for t in (child, *child.conjuncts, *child.lefts) if _is_party(t, scene)]
    tokens += prepositional(noun, OF_NOUN)
    tokens += _other_side(noun, scene)
    if found.trigger.name in {"visit_noun", "audience"}:
        tokens += prepositional(noun, {"to"})
    return scene.parties(tokens)


def _venue(modifier: Token, found: Found) -> bool:
    """Whether one name before "summit" tells where it was: "the Singapore summit", but not "the U.S.-China summit"."""
    alone = (
        not any(c.dep_ in {"conj", "punct", "nmod", "compound"} for c in modifier.children) and not modifier.conjuncts
    )
    joined = modifier.i > 0 and modifier.doc[modifier.i - 1].text in {"-", "–"}
    return (
        found.trigger.name in {"summit", "meeting", "conference"}
        and modifier.ent_type_ == "GPE"
        and modifier.pos_ == "PROPN"
        and alone
        and not joined
    )


def _relative(token: Token) -> Token | None:
    """The noun on which the relative clause hangs in which a token stands."""
    for link in path(token):
        if link.relation == "relcl":
            return link.governor
    return None


def _other_side(noun: Token, scene: Scene) -> list[Token]:
    """The second party of "between X, who came as an envoy, and Y", where the parser lost it: the first one named
    behind the "and" that follows X."""
    for prep in noun.children:
        if prep.dep_ != "prep" or prep.lower_ not in {"between", "of"}:
            continue
        named = prepositional(noun, {prep.lower_})
        if len(scene.parties(named)) != 1 or (prep.lower_ == "of" and prepositional(noun, WITH)):
            return []
        behind = scene.doc[named[0].i + 1 : named[0].i + REACH]
        joined = next((t.i for t in behind if t.lower_ == "and"), None)
        if joined is None:
            return []
        after = [m for m in scene.mentions if joined < m.start <= joined + NEXT and not m.location]
        return [scene.doc[after[0].start]] if after else []
    return []


def _is_party(token: Token, scene: Scene) -> bool:
    """Whether a modifier names a party and not where the talks are held ("the Istanbul talks")."""
    mention = scene.mention(token)
    return mention is not None and not mention.location


def _of_clause(verb: Token, scene: Scene) -> list[Filled]:
    """Parties told by a clause on the noun: "talks mediated by Oman", "a meeting attended by both presidents"."""
    filled = _participants(scene.parties(prepositional(verb, WITH)))
    if any(c.dep_ == "prep" and any(o.tag_ == "WDT" for o in c.children) for c in verb.children):
        told = objects(verb) if lemma(verb) in TELLING else []  # "a call in which he asked her to help"
        return filled + _participants(scene.parties([*subjects(verb), *told]))  # "a summit at which … looked for peace"
    agents = scene.parties(subjects(verb)) if is_passive(verb) or verb.dep_ == "relcl" else []
    if verb.lemma_ in HOSTING:
        return filled + _participants(agents, Role.HOST)
    if verb.lemma_ in MEDIATING:
        return filled + _participants(agents, Role.MEDIATOR)
    if verb.lemma_ in {"make", "place"} and is_passive(verb):  # "a phone call made by Trump to Zelensky"
        return filled + _participants([*agents, *scene.parties(prepositional(verb, {"to"}))])
    if verb.lemma_ in {"hold", "attend", "have", "conduct", "chair", "lead"}:
        return filled + _participants(agents)
    if verb.lemma_ in {"involve", "include"} and not is_passive(verb):
        return filled + _participants(scene.parties(objects(verb)))
    return filled


def _take(link: Link, filled: list[Filled], mediators: list[Filled], reading: Reading, scene: Scene) -> bool:
    """Add the parties that a governor of the noun gives; False where to climb no further."""
    governor = link.governor
    if link.relation == "relcl":
        return False
    if is_noun(governor):
        if link.relation in {"appos", "compound"}:
            return True
        if lemma(governor) in RECORDS:
            return False  # "released a summary of the call"
        if reading.status is Status.REJECTED:  # "turned down an American offer of talks"
            named = [*noun_agents(governor), *(c for c in governor.lefts if c.dep_ in {"amod", "compound", "nmod"})]
            filled += _participants(scene.parties(t for t in named if _is_party(t, scene)))
        elif not _asked(governor, reading):
            filled += _participants(scene.parties(t for t in noun_agents(governor) if _is_party(t, scene)))
        filled += _participants(scene.parties(prepositional(governor, {"with", "between"})))
        return True
    if not is_verb(governor):
        return True
    if link.relation == "ccomp":
        if reading.status is Status.REJECTED and len({f.party.id for f in filled}) == 1:
            filled += _participants(scene.parties(subjects(governor)))  # "India said there would be no talks with …"
        return False
    acting = subjects(governor)
    if not acting and is_passive(governor) and lemma(governor) in ENGAGED:
        acting = objects(governor)  # "were still locked in talks"
    filled += _participants(scene.parties(prepositional(governor, {"with", "between", "alongside"})))
    if link.relation in {"subj", "subjpass"}:
        return False
    if lemma(governor) in HOSTING and link.relation == "obj":
        mediators += _participants(scene.parties(acting), Role.HOST)
        return not filled
    if lemma(governor) in MEDIATING and link.relation == "obj":
        mediators += _participants(scene.parties(acting), Role.MEDIATOR)
        return False
    if link.relation in {"prep:in", "prep:during", "prep:at"}:
        # "told him in a phone call", "sought help from her during a meeting"
        told = objects(governor) if lemma(governor) in TELLING else []
        told = [*told, *prepositional(governor, {"from", "to"})]
        filled += _participants(p for p in scene.parties(told) if p.actor.kind is ActorKind.PERSON)
    if link.relation.startswith("prep:") or link.relation in {"xcomp", "obj"}:
        into = link.relation in {"xcomp", "obj"} or link.relation.removeprefix("prep:") in INTO
        if into and governor.lemma_ in OBJECT_CONTROL | {"bring"}:
            patients = scene.parties(controlled(governor))
            filled += _participants(patients)
            if len(patients) >= 2:
                return False
        if not (_asked(governor, reading) and not filled):
            filled += _participants(scene.parties(acting))
    elif link.relation.startswith("advcl"):
        filled += _participants(scene.parties(acting))
    return True


def _asked(word: Token, reading: Reading) -> bool:
    """Whether a word asks for or offers the meeting: who does so need not take part."""
    if lemma(word) == "work":
        return False  # "They are working on a meeting"
    return any(step.word.i == word.i and step.operator in ASKING for step in reading.steps)
