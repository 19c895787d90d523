"""How an event hangs on a word, as status_cues.csv names it: "turned down", obj; "on the table", mod; "due to", xcomp.

What follows for the status is folded elsewhere (`cues`), and where to climb is `status`' business.
"""

from dataclasses import replace

from spacy.tokens import Token

from transforms.events.cues import Cue, cue
from transforms.events.mood import modality
from transforms.events.reading import Step
from transforms.events.syntax import Link, Tense, in_past, is_passive, is_verb, lemma, path, tense
from transforms.vocabulary import EventType

# A finite that-clause of these tells what is planned by its own tense already.
TENSED = frozenset({"PLAN", "AGREE", "HAPPEN", "THREATEN", "MOOT"})


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


def relation_of(link: Link) -> str:
    """The relation as the table names it: passives by their logic, that-clauses with infinitives."""
    relation = link.relation
    if relation in {"subj", "subjpass"} and is_verb(link.governor):
        return "obj" if is_passive(link.governor) else "subj"
    if relation in {"ccomp", "advcl:", "xcomp", "advcl:to"}:
        return "xcomp"
    if relation in {"pcomp"}:
        return "xcomp"
    return relation


def lookup(event_type: EventType, link: Link) -> Cue | None:
    relation, words = relation_of(link), _phrases(link.governor)
    if (
        relation == "subj"
        and link.governor.lemma_ == "be"
        and (said := cue(event_type, "mod", _predicates(link.governor)))
    ):
        return said
    if relation.startswith("prep:") and link.governor.lemma_ == "be":  # "is due in Oslo for talks"
        predicates = [c.lower_ for c in link.governor.children if c.dep_ == "acomp"]
        if said := cue(event_type, "mod", predicates):
            return replace(said, agent="p")
    if relation.startswith("prep:") and link.governor.lemma_ in {"remain", "stay", "seem", "appear"}:
        predicates = [c.lower_ for c in link.governor.children if c.dep_ == "acomp"]
        if said := cue(event_type, relation, predicates):
            return said  # "remains open for talks"
    if relation == "xcomp" and words[-1] == "be" and any(c.dep_ == "attr" for c in link.governor.children):
        return None  # "was the first to meet her", not "was to meet her"
    found = cue(event_type, relation, words)
    if found is None and relation.startswith("prep:") and is_verb(link.dependent):
        found = cue(event_type, "xcomp", words)  # "accused them of breaking", "insists on meeting"
    if found is not None and found.operator == "ONGOING" and relation == "xcomp" and in_past(link.governor):
        return replace(found, operator="SAME")  # "continued to meet"
    finite = link.relation == "ccomp" and any(c.dep_ in {"nsubj", "nsubjpass"} for c in link.dependent.children)
    if found is not None and finite and found.operator in TENSED and tense(link.dependent) is not Tense.INFINITIVE:
        return None
    return found


def raised(event_type: EventType, noun: Token, governor: Token) -> list[Step]:
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
        said = lookup(event_type, Link(noun, "subj", verb))
        if said is not None:
            words = [lemma(verb.head)] if verb.head.i != governor.i else _phrases(governor)
            above = cue(event_type, "xcomp", words)
            steps = [Step(said.operator, verb, "subj", said.agent)]
            if above is not None:
                steps.append(Step(above.operator, governor, "xcomp", "x"))
            return [*steps, *modality(governor)]
    return []


def lookup_above(event_type: EventType, verb: Token) -> Cue | None:
    link = next(iter(path(verb)), None)
    return lookup(event_type, link) if link is not None else None
