"""Links the stages of one thing: a meeting scheduled and the same one held, a truce agreed and the same one violated.

Which accounts mean one event does not belong here (`merge.py`).
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from transforms.events.parties import compatible_parties
from transforms.records import Event
from transforms.vocabulary import EventType, Status

STAGE_WINDOW = timedelta(days=92)  # stages of a truce or of sanctions follow each other within a quarter

# What may follow what, in order; stages of one rank are alternatives.
RANKS: dict[EventType, tuple[tuple[Status, ...], ...]] = {
    EventType.MEETING: (
        (Status.PROPOSED,),
        (Status.SCHEDULED,),
        (Status.HELD, Status.ONGOING, Status.CANCELLED, Status.POSTPONED, Status.REJECTED),
    ),
    EventType.CEASEFIRE: (
        (Status.CALLED_FOR,),
        (Status.PROPOSED,),
        (Status.AGREED, Status.REJECTED),
        (Status.IN_EFFECT,),
        (Status.EXTENDED, Status.VIOLATED),
        (Status.ENDED,),
    ),
    EventType.SANCTIONS: (
        (Status.PROPOSED,),
        (Status.THREATENED,),
        (Status.IMPOSED, Status.REJECTED),
        (Status.EXTENDED,),
        (Status.EASED,),
        (Status.LIFTED,),
    ),
}


def _rank(event: Event) -> int:
    return next(rank for rank, statuses in enumerate(RANKS[event.event_type]) if event.status in statuses)


def _later(event: Event, other: Event) -> bool:
    """Whether `other` is a later stage of the same thing: later in order, close in time, between the same parties."""
    if _rank(event) >= _rank(other) or event.start_date is None or other.start_date is None:
        return False
    if event.event_type is EventType.MEETING:  # its date is the day of the meeting, whatever the stage
        last, other_last = event.end_date or event.start_date, other.end_date or other.start_date
        close = event.start_date <= other_last and other.start_date <= last
    else:
        close = timedelta(0) <= other.start_date - event.start_date <= STAGE_WINDOW
    return close and compatible_parties(event.event_type, event.participants, other.participants)


def linked(events: Sequence[Event]) -> list[Event]:
    """The events, each with the ids of the next stages of the same thing."""
    by_party: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        for party in event.participants:
            by_party[event.event_type, party.country_code or party.actor_id].append(event)
    found = []
    for event in events:
        near = {
            other.event_id: other
            for party in event.participants
            for other in by_party[event.event_type, party.country_code or party.actor_id]
        }
        later = [other for other in near.values() if _later(event, other)]
        following = min((_rank(other) for other in later), default=None)
        ids = sorted(other.event_id for other in later if _rank(other) == following)
        found.append(event.model_copy(update={"later_stages": ids}))
    return found
