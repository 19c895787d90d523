"""Links the stages of one thing: a meeting scheduled and the same one held, a truce agreed and the same one violated.

Which accounts mean one event does not belong here (`merge.py`).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from transforms.events.blocking import keys, shifted
from transforms.events.parties import compatible_parties
from transforms.records import Participant
from transforms.vocabulary import STATUSES, EventType, Status

STAGE_WINDOW = timedelta(days=92)  # stages of a truce or of sanctions follow each other within a quarter

_RANK = {
    (event_type, status): stage.rank for event_type, stages in STATUSES.items() for status, stage in stages.items()
}


@dataclass(frozen=True)
class Stage:
    """What linking needs to know of an event: the days and parties are those that the warehouse shows of it."""

    event_id: str
    event_type: EventType
    status: Status
    days: tuple[date, date] | None
    participants: Sequence[Participant]


def _rank(event: Stage) -> int:
    return _RANK[event.event_type, event.status]


def _interval(event: Stage) -> tuple[date, date] | None:
    """The days on which a stage may coincide with another: those of a meeting, or the day of any other act."""
    if event.days is None or event.event_type is EventType.MEETING:
        return event.days  # a meeting's date is the day of the meeting, whatever the stage
    return event.days[0], event.days[0]


def _reach(event: Stage) -> tuple[date, date] | None:
    """The days on which a later stage may lie."""
    interval = _interval(event)
    if interval is None or event.event_type is EventType.MEETING:
        return interval
    return interval[0], shifted(interval[1], STAGE_WINDOW)


def _later(event: Stage, other: Stage) -> bool:
    """Whether `other` is a later stage of the same thing: later in order, close in time, between the same parties."""
    reach, interval = _reach(event), _interval(other)
    if _rank(event) >= _rank(other) or reach is None or interval is None:
        return False
    close = reach[0] <= interval[1] and interval[0] <= reach[1]
    return close and compatible_parties(event.event_type, event.participants, other.participants)


def later_stages(events: Sequence[Stage]) -> dict[str, list[str]]:
    """For each event the ids of the next stages of the same thing, sorted."""
    by_key: dict[tuple[EventType, tuple[str, int]], list[Stage]] = defaultdict(list)
    for event in events:
        if (interval := _interval(event)) is not None:
            for key in keys(event.participants, *interval):
                by_key[event.event_type, key].append(event)
    found = {}
    for event in events:
        reach = _reach(event)
        near_keys = keys(event.participants, *reach) if reach is not None else ()
        near = {other.event_id: other for key in near_keys for other in by_key.get((event.event_type, key), ())}
        later = [other for other in near.values() if _later(event, other)]
        following = min((_rank(other) for other in later), default=None)
        found[event.event_id] = sorted(other.event_id for other in later if _rank(other) == following)
    return found
