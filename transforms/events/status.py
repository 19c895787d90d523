"""What has become of an event: climbs from the trigger through its governors and collects what they say of it.

"Zelenskiy rejected a proposal to hold talks": hold (HAPPEN), proposal (PROPOSE), rejected (REFUSE) fold into
`rejected`. The words and what they do stand in tables (`cues`); who takes part is read in `arguments`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from transforms.events import cues
from transforms.events.syntax import (
    Link,
    Tense,
    auxiliaries,
    clause,
    headline_subject,
    in_past,
    is_noun,
    is_passive,
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
MODAL = {Tense.FUTURE: "FUTURE", Tense.POSSIBLE: "POSSIBLE", Tense.NEEDED: "NEEDED"}
# Nouns that only measure the event out.
TRANSPARENT = words("transparent")
TRAVELLING = words("travelling")
BILLS = frozenset({"bill", "legislation", "draft", "resolution", "amendment", "measure"})  # that would do something
SETTING_OUT = frozenset({"leave", "depart"})
OPENING = frozenset({"start", "begin", "last", "commence"})
FIRST = frozenset({"first", "second", "third", "last", "latest", "only"})  # whoever was such, did it
CONTRARY = frozenset({"rather", "than", "instead"})
CONDITION = frozenset({"if", "unless", "should", "whether", "provided", "once"})
# A finite that-clause of these tells what is planned by its own tense already.
# What is said to go on goes on, whatever the tense: "sanctions will be maintained".
AHEAD = frozenset({Status.SCHEDULED, Status.PROPOSED})
UNDONE = frozenset({Status.CANCELLED, Status.POSTPONED})
UNTENSED = frozenset({"KEEP", "SAME"})
TENSED = frozenset({"PLAN", "AGREE", "HAPPEN", "THREATEN"})


@dataclass(frozen=True)
class Step:
    """An operator with the word that does it, and how the event hangs on that word."""

    operator: str
    word: Token
    relation: str
    agent: str = "x"


@dataclass(frozen=True)
class Reading:
    """One stage that a trigger word tells: its steps from the innermost outwards.

    `told` is False where nothing but the trigger itself speaks: such a mention says that there is an event, not what
    became of it. `since` marks "have not met since": the event lies at the date that follows.
    """

    status: Status | None
    steps: tuple[Step, ...]
    told: bool
    since: bool = False
    temporal: str = ""  # the preposition of "after the talks", "ahead of the summit"

    @property
    def verbs(self) -> list[Token]:
        return [s.word for s in self.steps if is_verb(s.word)]


def readings(found: Found) -> list[Reading]:
    """The stages that a trigger tells; empty where what is said of it makes it no event ("they did not meet")."""
    event_type, root = found.trigger.type, found.root
    since = False
    own: list[Step] = []
    if is_verb(root):
        since = _not_since(root)
        own = [Step(found.trigger.tells or NAMED[event_type], root, "self", "p"), *_modality(root)]
        said = cues.cue(event_type, "acl", [lemma(root.head)])
        if event_type is EventType.CEASEFIRE and not (said is not None and said.operator == "AGREE"):
            if tense(root) is Tense.INFINITIVE and _lookup_above(event_type, root) is None:
                return []  # "the push to halt hostilities": an aim, not an act
            aim = root.dep_ in {"acl", "relcl", "advcl"} and tense(root) is Tense.INFINITIVE
            if aim and found.span[-1].lower_ == "fighting":
                return []  # "the third attempt to stop the fighting"
        if since:
            own = [step for step in own if step.operator != "NEGATE"]
    else:
        own = [Step(found.trigger.tells, root, "self")] if found.trigger.tells else []
        own += _modifiers(event_type, root)
        since = any(_not_since(link.governor) for link in path(root)[:1] if is_verb(link.governor))
    climbed, temporal, conditional = _climb(found, since)
    if is_verb(root) and not climbed and not temporal and _mere_aim(root):
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
    if is_verb(root) and root.dep_ == "relcl" and (said := cues.cue(event_type, "acl", [lemma(root.head)])):
        climbed.append(Step(said.operator, root.head, "acl", said.agent))  # "a bill that would sanction the bank"
        if negated(root.head):
            climbed.append(Step("NEGATE", root.head, "tense"))  # "no reason to meet"
        climbed += _done_to(event_type, root.head)
    elif not is_verb(root) and climbed:
        climbed += _of_draft(event_type, climbed[-1].word)
    if _asked(root.doc) and not temporal:
        own.append(Step("POSSIBLE", root, "tense"))
    main = _reading(event_type, own, climbed, conditional, since, temporal)
    side = (
        []
        if is_verb(root)
        else [_reading(event_type, own, steps, False, False, "") for steps in _clauses(event_type, root)]
    )
    if main is not None and main.status in AHEAD and (fate := _fate(event_type, [root, *main.verbs])) is not None:
        undone = Status.CANCELLED if fate.operator == "CANCEL" else Status.POSTPONED
        main = replace(main, status=undone, steps=(*main.steps, fate))
    if isinstance(main, Reading) and main.told:
        stages = [main, *side]
    else:
        stages = [*side] if any(isinstance(s, Reading) and s.told for s in side) else [main]
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


def _asked(doc: Doc) -> bool:
    """Whether a sentence asks whether something is so: "More sanctions for Russia?", but not "Why did they meet?"."""
    return doc[-1].text == "?" and not any(t.tag_ in {"WP", "WRB", "WDT"} for t in doc)


def _of_draft(event_type: EventType, verb: Token) -> list[Step]:
    """What is said of the draft or the bill that would do it: "a resolution that would have imposed sanctions"."""
    if verb.dep_ != "relcl" or not _which(verb) or not (said := cues.cue(event_type, "acl", [lemma(verb.head)])):
        return []
    return [Step(said.operator, verb.head, "acl"), *_done_to(event_type, verb.head)]


def _which(verb: Token) -> bool:
    """Whether a relative clause has the noun on which it hangs for its subject."""
    return is_verb(verb) and any(c.dep_ == "nsubj" and c.tag_ in {"WDT", "WP"} for c in verb.children)


def _done_to(event_type: EventType, noun: Token) -> list[Step]:
    """What was done to a bill or an offer: "vetoed a resolution that would have imposed sanctions"."""
    link = next(iter(path(noun)), None)
    if link is None or link.relation not in {"obj", "subjpass"} or not is_verb(link.governor):
        return []
    said = _lookup(event_type, link)
    if said is None or said.operator != "REFUSE":
        return []
    return [Step(said.operator, link.governor, "obj", said.agent), *_modality(link.governor)]


def _fate(event_type: EventType, told: list[Token]) -> Step | None:
    """What became of the trip or the summit at which a meeting was to be: "put off a trip on which he was to meet her".

    `told`: the words that tell of the meeting.
    """
    if event_type is not EventType.MEETING:
        return None
    above = (t for word in told for t in (word, word.head, word.head.head, word.head.head.head))
    here = next((t for t in above if t.dep_ == "relcl"), None)
    if here is None or not (any(c.tag_ == "WRB" for c in here.children) or _occasion_of(here)):
        return None
    link = next(iter(path(here.head)), None)
    if link is None or not is_verb(link.governor):
        return None
    said = _lookup(event_type, link)
    return Step(said.operator, link.governor, "obj", "x") if said and said.operator in {"CANCEL", "POSTPONE"} else None


def _occasion_of(verb: Token) -> bool:
    """Whether a relative clause, or its infinitive, tells what is done on an occasion: "during which he was to"."""
    return any(_occasion(t) for t in (verb, *verb.children) if is_verb(t))


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
    folded = cues.fold(event_type, operators)
    if folded == cues.DROP:
        return None
    status = folded if isinstance(folded, Status) else None
    return Reading(
        status,
        tuple(steps),
        told=bool(climbed) or any(s.relation == "self" for s in own),
        since=since,
        temporal=temporal,
    )


def _modality(verb: Token) -> Iterator[Step]:
    """Tense, modal and negation of a verb as steps."""
    mood = tense(verb)
    if mood in {Tense.PRESENT, Tense.PAST} and verb.tag_ != "VB" and _conditional(verb):
        yield Step("IF", verb, "tense")  # "faces sanctions if it fails to comply"
    if mood in MODAL:
        reported = (
            mood is Tense.POSSIBLE and any(a.lower_ in {"would", "'d"} for a in auxiliaries(verb)) and _reported(verb)
        )
        drafted = mood is Tense.POSSIBLE and any(c.dep_ == "nsubj" and lemma(c) in BILLS for c in verb.children)
        yield Step("PROPOSE" if drafted else "FUTURE" if reported else MODAL[mood], verb, "tense")
    elif mood is Tense.PROGRESSIVE and not in_past(verb):
        yield Step("ONGOING", verb, "tense")
    elif mood is Tense.INFINITIVE and headline_subject(verb) is not None:
        yield Step("FUTURE", verb, "tense")
    if negated(verb):
        yield Step("NEGATE", verb, "tense")


def _reported(verb: Token) -> bool:
    """Whether "would" is the future of a past report ("said they would meet") rather than a condition."""
    return verb.dep_ == "ccomp" and in_past(verb.head) and not _conditional(verb)


def _conditional(verb: Token) -> bool:
    """Whether a clause says on what condition it is so: "if it fails to comply"."""
    return any(c.dep_ == "advcl" and any(m.lower_ in CONDITION for m in c.children) for c in verb.children)


def _mere_aim(verb: Token) -> bool:
    """Whether a verb is an infinitive that nothing past governs: what it names need not have come about."""
    past = is_verb(verb.head) and in_past(verb.head)
    return tense(verb) is Tense.INFINITIVE and headline_subject(verb) is None and not past


def _not_since(verb: Token) -> bool:
    """Whether a verb says "not … since": "have not met since May" tells of a meeting in May."""
    if not negated(verb) or tense(verb) not in {Tense.PERFECT, Tense.PRESENT, Tense.PAST}:
        return False
    return any(c.lower_ == "since" and c.dep_ in {"prep", "mark"} for c in verb.subtree)


def _modifiers(event_type: EventType, noun: Token) -> Iterator[Step]:
    """What the adjectives before a noun say: "the proposed truce", "no talks"."""
    for child in noun.lefts:
        if child.dep_ in {"amod", "compound", "advmod", "nmod"}:
            words = [child.lower_, lemma(child)]
            words += [t.lower_ for t in child.children if t.dep_ in {"amod", "advmod", "npadvmod"}]
            if found := cues.cue(event_type, "mod", words):
                yield Step(found.operator, child, "mod", found.agent)
    for child in noun.rights:  # "talks due to resume on Monday"
        told = child.pos_ == "ADJ" and child.dep_ in {"amod", "acl", "relcl"}
        if told and (found := cues.cue(event_type, "mod", [child.lower_])):
            yield Step(found.operator, child, "mod", found.agent)
    if negated(noun):
        ahead = noun.head.lemma_ == "be" and tense(noun.head) in {Tense.FUTURE, Tense.POSSIBLE}
        hopeless = noun.head.lemma_ == "be" and any(c.lower_ == "possible" for c in noun.head.children)
        # "there will be no talks", "no ceasefire is possible"
        yield Step("REFUSE" if ahead or hopeless else "NEGATE", noun, "tense")


def _phrases(word: Token) -> list[str]:
    """The forms under which a governor stands in the table: with its particle or set phrase first, then alone."""
    base = lemma(word)
    particles = [c.lower_ for c in word.children if c.dep_ == "prt"]
    if particles:
        return [f"{base} {particles[0]}"]
    found = []
    for child in word.children:
        if child.dep_ in {"dobj", "advmod", "acomp"} and child.i > word.i:
            found.append(f"{base} {child.lower_}")
        if child.dep_ == "prep":
            found.append(f"{base} {child.lower_}")
            found += [f"{base} {child.lower_} {o.lower_}" for o in child.children if o.dep_ == "pobj"]
    return [*found, base]


def _predicates(word: Token) -> list[str]:
    """What "be" says of its subject: "the talks are possible", "the truce is in tatters"."""
    found = []
    for child in word.children:
        if child.dep_ in {"acomp", "attr", "advmod", "oprd"} and child.i > word.i:
            found += [child.lower_, lemma(child)]
        if child.dep_ == "prep":
            preps = [child, *(p for p in child.children if p.dep_ == "prep")]  # "out of the question"
            ends = [o for p in preps for o in p.children if o.dep_ == "pobj"]
            found += [word.doc[child.i : o.i + 1].text.lower() for o in ends]  # "off the table"
            found += [f"{child.lower_} {o.lower_}" for o in ends]
    return found


def _relation(link: Link) -> str:
    """The relation as the table names it: passives by their logic, that-clauses with infinitives."""
    relation = link.relation
    if relation in {"subj", "subjpass"} and is_verb(link.governor):
        return "obj" if is_passive(link.governor) else "subj"
    if relation in {"ccomp", "advcl:", "xcomp", "advcl:to"}:
        return "xcomp"
    if relation in {"pcomp"}:
        return "xcomp"
    return relation


def _lookup(event_type: EventType, link: Link) -> cues.Cue | None:
    relation, words = _relation(link), _phrases(link.governor)
    if (
        relation == "subj"
        and link.governor.lemma_ == "be"
        and (said := cues.cue(event_type, "mod", _predicates(link.governor)))
    ):
        return said
    if relation.startswith("prep:") and link.governor.lemma_ == "be":  # "is due in Oslo for talks"
        predicates = [c.lower_ for c in link.governor.children if c.dep_ == "acomp"]
        if said := cues.cue(event_type, "mod", predicates):
            return replace(said, agent="p")
    if relation.startswith("prep:") and link.governor.lemma_ in {"remain", "stay", "seem", "appear"}:
        predicates = [c.lower_ for c in link.governor.children if c.dep_ == "acomp"]
        if said := cues.cue(event_type, relation, predicates):
            return said  # "remains open for talks"
    if relation == "xcomp" and words[-1] == "be" and any(c.dep_ == "attr" for c in link.governor.children):
        return None  # "was the first to meet her", not "was to meet her"
    found = cues.cue(event_type, relation, words)
    if found is None and relation.startswith("prep:") and is_verb(link.dependent):
        found = cues.cue(event_type, "xcomp", words)  # "accused them of breaking", "insists on meeting"
    if found is not None and found.operator == "ONGOING" and relation == "xcomp" and in_past(link.governor):
        return replace(found, operator="SAME")  # "continued to meet"
    finite = link.relation == "ccomp" and any(c.dep_ in {"nsubj", "nsubjpass"} for c in link.dependent.children)
    if found is not None and finite and found.operator in TENSED and tense(link.dependent) is not Tense.INFINITIVE:
        return None
    return found


def _raised(event_type: EventType, noun: Token, governor: Token) -> list[Step]:
    """What a raising verb's infinitive says of its subject: "the truce is set to expire", "talks are due to resume"."""
    inner = [c for c in governor.children if c.dep_ == "xcomp" and is_verb(c)]
    inner += [
        v
        for c in governor.children
        if c.dep_ in {"acomp", "attr"}
        for v in c.children
        if v.dep_ == "xcomp" and is_verb(v)
    ]
    for verb in inner:
        said = _lookup(event_type, Link(noun, "subj", verb))
        if said is not None:
            words = [lemma(verb.head)] if verb.head.i != governor.i else _phrases(governor)
            above = cues.cue(event_type, "xcomp", words)
            steps = [Step(said.operator, verb, "subj", said.agent)]
            if above is not None:
                steps.append(Step(above.operator, governor, "xcomp", "x"))
            return [*steps, *_modality(governor)]
    return []


def _lookup_above(event_type: EventType, verb: Token) -> cues.Cue | None:
    link = next(iter(path(verb)), None)
    return _lookup(event_type, link) if link is not None else None


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
            if said := cues.cue(event_type, "prep", [mark]):
                if said.operator == "PLAN" and tense(link.dependent) in {Tense.PAST, Tense.PERFECT}:
                    break  # "before they met": told as past
                if is_noun(root) or said.operator == "PLAN":
                    steps.append(Step(said.operator, link.dependent, f"prep:{mark}", "x"))
                temporal = mark
            break
        if (
            relation in {"subj", "subjpass"}
            and is_verb(governor)
            and (raised := _raised(event_type, link.dependent, governor))
        ):
            steps.extend(raised)
            break
        said = _lookup(event_type, link)
        if said is not None and said.operator == "DENY" and negated(governor):
            continue  # "did not deny that he has held talks"
        if said is not None:
            steps.append(Step(said.operator, governor, _relation(link), said.agent))
            if said.operator == "MOOT" and event_type is EventType.SANCTIONS:
                break  # "are expected to discuss the sanctions", "a plan to evade them": nothing becomes of them
        elif relation.startswith("prep:"):
            word = relation.removeprefix("prep:")
            nominal = is_noun(link.dependent) or link.dependent.tag_ == "VBG"
            if nominal and (near := cues.cue(event_type, "prep", [word])):
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
            above = _lookup_above(event_type, governor)
            if above is not None and above.operator == "PLAN":
                steps.append(Step("PLAN", governor, "tense"))  # "is expected to dominate the summit"
            break
        elif relation in {"subj", "subjpass"} and event_type is EventType.MEETING and is_verb(governor):
            told = list(_modality(governor))
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
            modality = list(_modality(governor))
            if since:
                modality = [step for step in modality if step.operator != "NEGATE"]
            steps.extend(modality)
        elif governor.dep_ == "acomp" and is_verb(governor.head):
            steps.extend(_modality(governor.head))  # "is not ready to meet"
        elif negated(governor):
            steps.append(Step("NEGATE", governor, "tense"))
    return steps, temporal, conditional


def _clauses(event_type: EventType, noun: Token) -> Iterator[list[Step]]:
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
        if event_type is EventType.MEETING and _occasion(child):
            yield [Step("HAPPEN", child, "subj"), *_modality(child)]
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
    for prep in verb.children:
        if prep.dep_ == "prep" and any(o.tag_ == "WDT" for o in prep.children):
            said = _lookup(event_type, Link(noun, f"prep:{prep.lower_}", verb))
            if said is not None:
                yield [Step(said.operator, verb, f"prep:{prep.lower_}", said.agent), *_modality(verb)]


def _occasion(verb: Token) -> bool:
    """Whether a relative clause tells what was done at the event: "a call in which he asked her to help"."""
    return any(c.dep_ == "prep" and any(o.tag_ == "WDT" for o in c.children) for c in verb.children)


def _wh_object(verb: Token) -> bool:
    """Whether a relative clause has a subject of its own: "the truce that Qatar brokered"."""
    return any(c.dep_ in {"nsubj", "nsubjpass"} and c.tag_ not in {"WDT", "WP"} for c in verb.children)


def _clause(event_type: EventType, noun: Token, verb: Token, *, as_subject: bool) -> Iterator[list[Step]]:
    relation = "subj" if as_subject and not is_passive(verb) else "obj"
    said = _lookup(event_type, Link(noun, "subj" if as_subject else "obj", verb))
    if said is not None:
        yield [Step(said.operator, verb, relation, said.agent), *_modality(verb)]
