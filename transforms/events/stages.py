"""Links the stages of one thing: a meeting scheduled and the same one held, a truce agreed and the same one violated.

Which accounts mean one event does not belong here (`merge.py`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from transforms.events.blocking import keys, months, shifted
from transforms.events.parties import Compared, PartySet
from transforms.vocabulary import STATUSES, EventType, Status

STAGE_WINDOW = timedelta(days=92)  # stages of a truce or of sanctions follow each other within a quarter

_RANK = {
    (event_type, status): stage.rank for event_type, stages in STATUSES.items() for status, stage in stages.items()
}


@dataclass(frozen=True, slots=True)
class Stage:
    """What linking needs to know of an event: the days and parties are those that the warehouse shows of it."""

    event_id: str
    event_type: EventType
    status: Status
    days: tuple[date, date] | None
    participants: PartySet


def rank(event: Stage) -> int:
    """Its place in the order of stages, from 1."""
    return _RANK[event.event_type, event.status]


def interval(event: Stage) -> tuple[date, date] | None:
    """The days on which a stage may coincide with another: those of a meeting, or the day of any other act."""
    if event.days is None or event.event_type is EventType.MEETING:
        return event.days  # a meeting's date is the day of the meeting, whatever the stage
    return event.days[0], event.days[0]


def reach(event: Stage) -> tuple[date, date] | None:
    """The days on which a later stage may lie."""
    own = interval(event)
    if own is None or event.event_type is EventType.MEETING:
        return own
    return own[0], shifted(own[1], STAGE_WINDOW)


class Linking:
    """Finds later stages; of parties that it has compared it knows the answer."""

    def __init__(self) -> None:
        self._compared = {event_type: Compared(event_type) for event_type in EventType}

    def leads(self, event: Stage, other: Stage) -> bool:
        """Whether `other` is a later stage of the same thing: later in order, close in time, between the same
        parties."""
        ahead, own = reach(event), interval(other)
        if event.event_type is not other.event_type or rank(event) >= rank(other) or ahead is None or own is None:
            return False
        compared = self._compared[event.event_type]
        numbers = compared.number(event.participants), compared.number(other.participants)
        return ahead[0] <= own[1] and own[0] <= ahead[1] and compared.compare(*numbers)[0]

    def later(self, events: Iterable[Stage], among: Iterable[Stage]) -> Iterator[tuple[Stage, list[Stage]]]:
        """Each event with all those of `among` that are a later stage of it."""
        by_key: dict[int, list[Stage]] = defaultdict(list)
        for event in among:
            if (own := interval(event)) is not None:
                for key in keys(event.event_type, event.participants, months(*own)):
                    by_key[key].append(event)
        for event in events:
            ahead = reach(event)
            near_keys = keys(event.event_type, event.participants, months(*ahead)) if ahead is not None else ()
            near = {id(other): other for key in near_keys for other in by_key.get(key, ())}
            yield event, [other for other in near.values() if self.leads(event, other)]

    def next_stages(self, events: Iterable[Stage], among: Iterable[Stage]) -> dict[str, list[str]]:
        """For each event the ids of the next stages of the same thing, sorted; all that there are stand in `among`."""
        found = {}
        for event, later in self.later(events, among):
            following = min(map(rank, later), default=None)
            found[event.event_id] = sorted(other.event_id for other in later if rank(other) == following)
        return found


def later_stages(events: Sequence[Stage]) -> dict[str, list[str]]:
    """For each event the ids of the next stages of the same thing, sorted."""
    return Linking().next_stages(events, events)
