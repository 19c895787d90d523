"""What becomes of what holds an event: of the bill that would impose sanctions, of the trip on which two were to meet.

What is said of the event itself is read in `status`.
"""

from spacy.tokens import Token

from transforms.events.clauses import occasion
from transforms.events.cues import cue
from transforms.events.hanging import lookup
from transforms.events.mood import modality
from transforms.events.reading import Step
from transforms.events.syntax import is_verb, lemma, path
from transforms.vocabulary import EventType

SIGNING = frozenset({"sign", "issue", "enact", "adopt", "approve"})


def of_draft(event_type: EventType, verb: Token) -> list[Step]:
    """What is said of the draft or the bill that would do it: "a resolution that would have imposed sanctions"."""
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return _signed(verb.head)
    if verb.dep_ != "relcl" or not _which(verb) or not (said := cue(event_type, "acl", [lemma(verb.head)])):
        return []
    return [Step(said.operator, verb.head, "acl"), *done_to(event_type, verb.head)]


def _signed(noun: Token) -> list[Step]:
    """The signing of an order by which it is done: "on Monday signed an order lifting sanctions"."""
    link = next(iter(path(noun)), None)
    if link is None or link.relation != "obj" or lemma(link.governor) not in SIGNING:
        return []
    return [Step("SAME", link.governor, "obj", "p")]


def _which(verb: Token) -> bool:
    """Whether a relative clause has the noun on which it hangs for its subject."""
    return is_verb(verb) and any(c.dep_ == "nsubj" and c.tag_ in {"WDT", "WP"} for c in verb.children)


def done_to(event_type: EventType, noun: Token) -> list[Step]:
    """What was done to a bill or an offer: "vetoed a resolution that would have imposed sanctions"."""
    link = next(iter(path(noun)), None)
    if link is None or link.relation not in {"obj", "subjpass"} or not is_verb(link.governor):
        return []
    said = lookup(event_type, link)
    if said is None or said.operator != "REFUSE":
        return []
    return [Step(said.operator, link.governor, "obj", said.agent), *modality(link.governor)]


def fate_of(event_type: EventType, told: list[Token]) -> Step | None:
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
    said = lookup(event_type, link)
    return Step(said.operator, link.governor, "obj", "x") if said and said.operator in {"CANCEL", "POSTPONE"} else None


def _occasion_of(verb: Token) -> bool:
    """Whether a relative clause, or its infinitive, tells what is done on an occasion: "during which he was to"."""
    return any(occasion(t) for t in (verb, *verb.children) if is_verb(t))
