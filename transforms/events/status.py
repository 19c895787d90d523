"""What has become of an event: climbs from the trigger through its governors and collects what they say of it.

"Zelenskiy rejected a proposal to hold talks": hold (HAPPEN), proposal (PROPOSE), rejected (REFUSE) fold into
`rejected`. The words and what they do stand in tables (`cues`); who takes part is read in `arguments`.
"""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from transforms.events.clauses import TRANSPARENT, clauses
from transforms.events.cues import DROP, cue, fold
from transforms.events.fate import done_to, fate_of, of_draft
from transforms.events.hanging import lookup, lookup_above, raised, relation_of
from transforms.events.mood import CONDITION, MODAL, mere_aim, modality, not_since
from transforms.events.reading import Reading, Step
from transforms.events.syntax import (
    Tense,
    auxiliaries,
    clause,
    is_noun,
    is_verb,
    lemma,
    negated,
    path,
    tense,
)
from transforms.events.triggers import Found
from transforms.events.words import words
from transforms.vocabulary import EventType, Status

# The operator of a verb that names the event itself.
NAMED: dict[EventType, str] = {EventType.MEETING: "HAPPEN", EventType.CEASEFIRE: "AGREE", EventType.SANCTIONS: "IMPOSE"}
TRAVELLING = words("travelling")
SETTING_OUT = frozenset({"leave", "depart"})
FIRST = frozenset({"first", "second", "third", "last", "latest", "only"})  # whoever was such, did it
CONTRARY = frozenset({"rather", "than", "instead"})
AHEAD = frozenset({Status.SCHEDULED, Status.PROPOSED})
UNDONE = frozenset({Status.CANCELLED, Status.POSTPONED})
# What is said to go on goes on, whatever the tense: "sanctions will be maintained".
UNTENSED = frozenset({"KEEP", "SAME"})


def readings(found: Found) -> list[Reading]:
    """The stages that a trigger tells; empty where what is said of it makes it no event ("they did not meet")."""
    event_type, root = found.trigger.type, found.root
    since = False
    own: list[Step] = []
    if is_verb(root):
        since = not_since(root)
        own = [Step(found.trigger.tells or NAMED[event_type], root, "self", "p"), *modality(root)]
        said = cue(event_type, "acl", [lemma(root.head)])
        if event_type is EventType.CEASEFIRE and not (said is not None and said.operator == "AGREE"):
            if tense(root) is Tense.INFINITIVE and lookup_above(event_type, root) is None:
                return []  # "the push to halt hostilities": an aim, not an act
            aim = root.dep_ in {"acl", "relcl", "advcl"} and tense(root) is Tense.INFINITIVE
            if aim and found.span[-1].lower_ == "fighting":
                return []  # "the third attempt to stop the fighting"
        if since:
            own = [step for step in own if step.operator != "NEGATE"]
    else:
        own = [Step(found.trigger.tells, root, "self")] if found.trigger.tells else []
        own += _modifiers(event_type, root)
        since = any(not_since(link.governor) for link in path(root)[:1] if is_verb(link.governor))
    since = since and event_type is not EventType.CEASEFIRE  # "has not violated the truce since it began"
    climbed, temporal, conditional = _climb(found, since)
    if is_verb(root) and not climbed and not temporal and mere_aim(root):
        ahead = lemma(root.head) in TRAVELLING and tense(root.head) in {Tense.PRESENT, Tense.PROGRESSIVE}
        if any(c.lower_ in FIRST for c in root.head.lefts):  # "will be the first leader to meet her"
            own += [Step("FUTURE", root, "tense")] * (tense(clause(root.head)) is Tense.FUTURE)
        else:
            own.append(Step("PLAN" if ahead else "POSSIBLE", root, "tense"))  # "an invitation for him to meet her"
    elif is_verb(root) and tense(root) is Tense.INFINITIVE and root.dep_ in {"xcomp", "advcl"}:
        own += [Step("PLAN", root.head, "xcomp")] * (lemma(root.head) in SETTING_OUT)  # "left for Riyadh to meet him"
    if is_verb(root) and root.dep_ == "relcl" and root.tag_ in {"VBP", "VBZ"}:
        own += [Step("FUTURE", root, "tense")] * any(
            c.lower_ == "when" for c in root.children
        )  # "in May, when they meet"
    if is_verb(root) and root.dep_ == "relcl" and (said := cue(event_type, "acl", [lemma(root.head)])):
        climbed.append(Step(said.operator, root.head, "acl", said.agent))  # "a bill that would sanction the bank"
        if negated(root.head):
            climbed.append(Step("NEGATE", root.head, "tense"))  # "no reason to meet"
        climbed += done_to(event_type, root.head)
    elif not is_verb(root) and climbed:
        climbed += of_draft(event_type, climbed[-1].word)
    if not temporal and _asked([root, *(step.word for step in climbed)]):
        climbed.append(Step("POSSIBLE", root, "tense"))
    main = _reading(event_type, own, climbed, conditional, since, temporal)
    side = (
        []
        if is_verb(root)
        else [_reading(event_type, own, steps, False, False, "") for steps in clauses(event_type, root)]
    )
    if main is not None and main.status in AHEAD and (fate := fate_of(event_type, [root, *main.verbs])) is not None:
        undone = Status.CANCELLED if fate.operator == "CANCEL" else Status.POSTPONED
        main = replace(main, status=undone, steps=(*main.steps, fate))
    if main is not None and main.told:
        stages = [main, *side]
    else:
        stages = [*side] if any(s is not None and s.told for s in side) else [main]
    kept: list[Reading] = []
    for stage in stages:
        if stage is None:
            continue
        same = next((i for i, old in enumerate(kept) if _one_stage(event_type, old, stage)), None)
        if same is None:
            kept.append(stage)
        elif kept[same].status in AHEAD and stage.status in UNDONE:
            kept[same] = replace(stage, steps=kept[same].steps + stage.steps)  # "was fixed for May and called off"
        else:
            kept[same] = replace(kept[same], steps=kept[same].steps + stage.steps)
    return kept


def _asked(told: list[Token]) -> bool:
    """Whether a sentence asks whether something is so: "More sanctions for Russia?", but not "Why did they meet?".

    `told`: the words that tell of the event, the trigger first; "They met, but will it help?" asks another thing.
    """
    doc = told[0].doc
    if "?" not in {t.text for t in doc[-3:]} or any(t.tag_ in {"WP", "WRB", "WDT"} for t in doc):
        return False
    verbs = [t for t in doc if is_verb(t) or t.lemma_ == "be"]
    return not verbs or any(_inverted(t) for t in told if is_verb(t))


def _inverted(verb: Token) -> bool:
    """Whether an auxiliary stands before the subject: "Did they meet"."""
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    return subject is not None and any(a.i < subject.i for a in auxiliaries(verb))


def _one_stage(event_type: EventType, old: Reading, new: Reading) -> bool:
    """Whether two readings of one trigger tell one stage: of a meeting nearly always, but "they will not attend the
    talks planned for May" tells of a refusal and of talks that are planned."""
    if event_type is EventType.MEETING:
        return not (old.status is Status.REJECTED and new.status in {Status.SCHEDULED, Status.HELD})
    return old.status is new.status


def _reading(
    event_type: EventType, own: list[Step], climbed: list[Step], conditional: bool, since: bool, temporal: str
) -> Reading | None:
    steps = [*own, *climbed]
    operators = [step.operator for step in steps]
    if conditional:
        operators.append("IF")
    folded = fold(event_type, operators)
    if folded == DROP:
        return None
    status = folded if isinstance(folded, Status) else None
    return Reading(
        status,
        tuple(steps),
        told=bool(climbed) or any(s.relation == "self" for s in own),
        since=since,
        temporal=temporal,
    )


def _modifiers(event_type: EventType, noun: Token) -> Iterator[Step]:
    """What the adjectives before a noun say: "the proposed truce", "no talks"."""
    for child in noun.lefts:
        if child.dep_ in {"amod", "compound", "advmod", "nmod"}:
            if any(t.lower_ == "long" for t in child.children):
                continue  # "will begin their long-delayed talks"
            words = [child.lower_, lemma(child)]
            words += [t.lower_ for t in child.children if t.dep_ in {"amod", "advmod", "npadvmod"}]
            if found := cue(event_type, "mod", words):
                yield Step(found.operator, child, "mod", found.agent)
    for child in noun.rights:  # "talks due to resume on Monday"
        told = child.pos_ == "ADJ" and child.dep_ in {"amod", "acl", "relcl"}
        if told and (found := cue(event_type, "mod", [child.lower_])):
            yield Step(found.operator, child, "mod", found.agent)
    if negated(noun):
        ahead = noun.head.lemma_ == "be" and tense(noun.head) in {Tense.FUTURE, Tense.POSSIBLE}
        hopeless = noun.head.lemma_ == "be" and any(c.lower_ == "possible" for c in noun.head.children)
        # "there will be no talks", "no ceasefire is possible"
        yield Step("REFUSE" if ahead or hopeless else "NEGATE", noun, "tense")


def _climb(found: Found, since: bool) -> tuple[list[Step], str, bool]:
    """The steps above a trigger, the preposition that ends the climb, and whether it stands in an if-clause."""
    event_type, root = found.trigger.type, found.root
    steps: list[Step] = []
    temporal = ""
    conditional = False
    for link in path(root):
        relation, governor = link.relation, link.governor
        if any(c.dep_ == "mark" and c.lower_ in CONDITION for c in link.dependent.children):
            conditional = True  # "to see if it is implemented"
        if relation == "relcl" or relation in {"appos", "parataxis"}:
            break
        if relation == "advcl:" and link.dependent.tag_ == "VBG":
            break  # "Arriving for talks, she urged them to act"
        if relation.startswith("advcl:") and relation.removeprefix("advcl:") not in {"", "to"}:
            mark = relation.removeprefix("advcl:")
            conditional = mark in CONDITION
            if mark in CONTRARY:
                steps.append(Step("UNDONE", link.dependent, "tense"))  # "rather than meet her"
            if mark == "when" and tense(link.dependent) is Tense.PRESENT and link.dependent.tag_ in {"VBP", "VBZ"}:
                steps.append(Step("FUTURE", link.dependent, "tense"))  # "will raise it when they meet"
            if said := cue(event_type, "prep", [mark]):
                if said.operator == "PLAN" and tense(link.dependent) in {Tense.PAST, Tense.PERFECT}:
                    break  # "before they met": told as past
                if is_noun(root) or said.operator == "PLAN":
                    steps.append(Step(said.operator, link.dependent, f"prep:{mark}", "x"))
                temporal = mark
            break
        if (
            relation in {"subj", "subjpass"}
            and is_verb(governor)
            and (lifted := raised(event_type, link.dependent, governor))
        ):
            steps.extend(lifted)
            break
        said = lookup(event_type, link)
        if said is not None and said.operator == "DENY" and negated(governor):
            continue  # "did not deny that he has held talks"
        if said is not None:
            steps.append(Step(said.operator, governor, relation_of(link), said.agent))
            if said.operator == "MOOT" and event_type is EventType.SANCTIONS:
                break  # "are expected to discuss the sanctions", "a plan to evade them": nothing becomes of them
        elif relation.startswith("prep:"):
            word = relation.removeprefix("prep:")
            nominal = is_noun(link.dependent) or link.dependent.tag_ == "VBG"
            if nominal and (near := cue(event_type, "prep", [word])):
                steps.append(Step(near.operator, link.dependent, relation, near.agent))
                temporal = word
                if near.operator == "HAPPEN" and is_verb(governor) and tense(governor) in MODAL:
                    steps.append(Step("FUTURE", governor, "tense"))  # "he will decide after the talks"
                break
            if (is_noun(governor) or lemma(governor) == "last") and lemma(governor) in TRANSPARENT:
                continue
            if not (is_verb(governor) and word in {"for", "to", "in", "into"} and event_type is EventType.MEETING):
                break
        elif relation == "obj" and event_type is EventType.MEETING and tense(governor) is Tense.INFINITIVE:
            above = lookup_above(event_type, governor)
            if above is not None and above.operator == "PLAN":
                steps.append(Step("PLAN", governor, "tense"))  # "is expected to dominate the summit"
            break
        elif relation in {"subj", "subjpass"} and event_type is EventType.MEETING and is_verb(governor):
            told = list(modality(governor))
            if not told and relation == "subj" and tense(governor) is Tense.PAST and governor.tag_ == "VBD":
                told = [Step("HAPPEN", governor, "subj")]  # "an emergency meeting called for a truce"
            steps.extend(told)
            break
        elif relation in {"xcomp", "advcl:", "advcl:to", "ccomp"} and is_verb(governor):
            if relation == "ccomp":
                break
        elif relation in {"compound", "nmod"} and lemma(governor) in TRANSPARENT:
            continue
        else:
            break
        if is_verb(governor) and not (said is not None and said.operator in UNTENSED):
            moods = list(modality(governor))
            if since:
                moods = [step for step in moods if step.operator != "NEGATE"]
            steps.extend(moods)
        elif governor.dep_ == "acomp" and is_verb(governor.head):
            steps.extend(modality(governor.head))  # "is not ready to meet"
        elif negated(governor):
            steps.append(Step("NEGATE", governor, "tense"))
    return steps, temporal, conditional
