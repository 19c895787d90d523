"""The tables of status cues and operators: which word does what to a status, and how operators combine.

Where the words stand in a sentence is `status`'s business; no grammar belongs here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from transforms.reference import split, table
from transforms.vocabulary import STATUSES, EventType, Status

TYPES = {"m": EventType.MEETING, "c": EventType.CEASEFIRE, "s": EventType.SANCTIONS}
DROP = "drop"
MODALS = frozenset({"FUTURE", "POSSIBLE", "NEEDED", "THREATEN", "PROPOSE", "MOOT"})
UNDOING = frozenset({Status.EASED, Status.LIFTED})
SAME = "="


@dataclass(frozen=True)
class Cue:
    """What a word does: its operator, and what the one who does it is to the event (status_cues.csv)."""

    word: str
    operator: str
    agent: str


@cache
def _cues() -> dict[tuple[EventType, str, str], Cue]:
    found: dict[tuple[EventType, str, str], Cue] = {}
    for row in table("status_cues"):
        for letter in row["types"]:
            for relation in split(row["relation"]):
                for word in split(row["cue"]):
                    found.setdefault((TYPES[letter], relation, word), Cue(word, row["operator"], row["agent"]))
    return found


def cue(event_type: EventType, relation: str, words: Iterable[str]) -> Cue | None:
    """The cue for the first of some words that is one in this relation; phrases come before single words."""
    known = _cues()
    return next((known[key] for word in words if (key := (event_type, relation, word)) in known), None)


@cache
def _operators() -> dict[tuple[EventType, str, str], str]:
    found: dict[tuple[EventType, str, str], str] = {}
    for row in table("status_operators"):
        event_type = EventType(row["type"])
        for inner in split(row["inner"]):
            for one in [*STATUSES[event_type], "none"] if inner == "*" else [inner]:
                found.setdefault((event_type, row["operator"], one), row["status"])
    return found


def fold(event_type: EventType, operators: Iterable[str]) -> Status | str | None:
    """The status that operators make, the innermost first; None where none tells one, DROP for no event.

    Operators that the table does not know for a type leave the status as it is.
    """
    operators = tuple(operators)
    if operators == ("RELIEF",):
        return Status.IMPOSED  # "the hope is sanctions relief": there is none yet
    status: Status | None = None
    before: Status | None = None  # what stood before the last modal verb
    for operator in operators:
        if operator == "NEGATE" and before in UNDOING:
            status = before  # "will not lift the sanctions": undone is what would be done
        before = status if operator in MODALS else before if operator == "ONGOING" else None
        result = _operators().get((event_type, operator, status or "none"), SAME)
        if result == DROP:
            return DROP
        if result != SAME:
            status = Status(result)
    return status
