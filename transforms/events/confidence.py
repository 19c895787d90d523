"""How sure an event and each of its mentions are: the share of their like that proved right on annotated articles.

A few traits that everybody can check, each with a weight in `seeds/reference/confidence.csv`, add up to a share
(logistic regression). What the traits are is said here, what they weigh is measured by `benchmarks/confidence.py`. What
orders the drafts of an article (`Draft.weight`) does not belong here.
"""

from collections.abc import Mapping
from functools import cache
from math import exp
from typing import Literal

from transforms.events.article import Cluster
from transforms.events.draft import Draft
from transforms.reference import table
from transforms.vocabulary import EventType, Role, Status

Of = Literal["event", "mention"]
Traits = Mapping[str, float]

BASE = "base"  # the row of what has none of the traits
STILL_TO_COME = frozenset({Status.SCHEDULED, Status.THREATENED})
SEVERAL = 3  # parties
LONGEST = 60  # tokens: a sentence that is longer tells no less surely


def of_event(one: Cluster) -> float:
    """The share of events like this one of which type, parties and status are right."""
    return round(share("event", event_traits(one)), 2)


def of_mentions(one: Cluster) -> list[float]:
    """The shares of mentions like each of the event's that tell a right event: none is right unless its event is."""
    event = share("event", event_traits(one))
    return [round(event * share("mention", mention_traits(draft, one)), 2) for draft in one.drafts]


def event_traits(one: Cluster) -> Traits:
    """What tells right events from wrong ones."""
    taking_part = [f for f in one.filled if f.role is not Role.MEDIATOR]
    first = one.drafts[0]
    return {
        "sanctions": one.type is EventType.SANCTIONS,
        "still_to_come": one.status in STILL_TO_COME,
        "dated": one.dated is not None,
        "no_party": not taking_part,
        "several_parties": len(taking_part) >= SEVERAL,
        "parties_from_elsewhere": all(d.borrowed or not d.filled for d in one.drafts),
        "length": min(len(first.found.root.doc), LONGEST) / 10,
    }


def mention_traits(draft: Draft, one: Cluster) -> Traits:
    """What tells mentions that are about their event from those that were put with it wrongly."""
    return {"later": draft is not one.drafts[0], "no_own_party": draft.borrowed or not draft.filled}


def share(of: Of, traits: Traits) -> float:
    """The share of right ones among what has these traits. Raises KeyError where the table lacks one."""
    weights = _weights(of)
    return 1 / (1 + exp(-(weights[BASE] + sum(weights[name] * value for name, value in traits.items()))))


@cache
def _weights(of: Of) -> Mapping[str, float]:
    return {row["trait"]: float(row["weight"]) for row in table("confidence") if row["of"] == of}
