"""What tense, modality and negation of a verb add to the status: "will meet", "may meet", "did not meet".

The words of the tables do not belong here (`hanging`).
"""

from collections.abc import Iterator

from spacy.tokens import Token

from transforms.events.reading import Step
from transforms.events.syntax import Tense, auxiliaries, headline_subject, in_past, is_verb, lemma, negated, tense

MODAL = {Tense.FUTURE: "FUTURE", Tense.POSSIBLE: "POSSIBLE", Tense.NEEDED: "NEEDED"}
BILLS = frozenset({"bill", "legislation", "draft", "resolution", "amendment", "measure"})  # that would do something
UNPASSED = frozenset({"bill", "legislation"})
CONDITION = frozenset({"if", "unless", "should", "whether", "provided", "once"})


def modality(verb: Token) -> Iterator[Step]:
    """Tense, modal and negation of a verb as steps."""
    mood = tense(verb)
    if mood in {Tense.PRESENT, Tense.PAST} and verb.tag_ != "VB" and conditional(verb):
        yield Step("IF", verb, "tense")  # "faces sanctions if it fails to comply"
    if mood in MODAL:
        reported = (
            mood is Tense.POSSIBLE and any(a.lower_ in {"would", "'d"} for a in auxiliaries(verb)) and _reported(verb)
        )
        drafted = mood is Tense.POSSIBLE and any(c.dep_ == "nsubj" and lemma(c) in BILLS for c in verb.children)
        yield Step("PROPOSE" if drafted else "FUTURE" if reported else MODAL[mood], verb, "tense")
    elif mood is Tense.PRESENT and any(c.dep_ == "nsubj" and lemma(c) in UNPASSED for c in verb.children):
        yield Step("PROPOSE", verb, "tense")  # "the bill imposes sanctions": once it is law
    elif mood is Tense.PROGRESSIVE and not in_past(verb):
        yield Step("ONGOING", verb, "tense")
    elif mood is Tense.INFINITIVE and headline_subject(verb) is not None:
        yield Step("FUTURE", verb, "tense")
    if negated(verb):
        yield Step("NEGATE", verb, "tense")


def _reported(verb: Token) -> bool:
    """Whether "would" is the future of a past report ("said they would meet") rather than a condition."""
    return verb.dep_ == "ccomp" and in_past(verb.head) and not conditional(verb)


def conditional(verb: Token) -> bool:
    """Whether a clause says on what condition it is so: "if it fails to comply"."""
    return any(c.dep_ == "advcl" and any(m.lower_ in CONDITION for m in c.children) for c in verb.children)


def mere_aim(verb: Token) -> bool:
    """Whether a verb is an infinitive that nothing past governs: what it names need not have come about."""
    past = is_verb(verb.head) and in_past(verb.head)
    return tense(verb) is Tense.INFINITIVE and headline_subject(verb) is None and not past


def not_since(verb: Token) -> bool:
    """Whether a verb says "not … since": "have not met since May" tells of a meeting in May."""
    if not negated(verb) or tense(verb) not in {Tense.PERFECT, Tense.PRESENT, Tense.PAST}:
        return False
    return any(c.lower_ == "since" and c.dep_ in {"prep", "mark"} for c in verb.subtree)
