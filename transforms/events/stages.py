"""Links the stages of one thing: a meeting scheduled and the same one held, a truce agreed and the same one violated.

Which accounts mean one event does not belong here (`merge.py`).
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from transforms.events.blocking import keys, shifted
from transforms.events.parties import compatible_parties
from transforms.records import Event
from transforms.vocabulary import STATUSES, EventType

STAGE_WINDOW = timedelta(days=92)  # stages of a truce or of sanctions follow each other within a quarter

_RANK = {
    (event_type, status): stage.rank for event_type, stages in STATUSES.items() for status, stage in stages.items()
}


def _rank(event: Event) -> int:
    return _RANK[event.event_type, event.status]


def _interval(event: Event) -> tuple[date, date] | None:
    """The days on which a stage may coincide with another: those of a meeting, or the day of any other act."""
    if event.start_date is None:
        return None
    meeting = event.event_type is EventType.MEETING  # its date is the day of the meeting, whatever the stage
    return event.start_date, (event.end_date or event.start_date) if meeting else event.start_date


def _reach(event: Event) -> tuple[date, date] | None:
    """The days on which a later stage may lie."""
    interval = _interval(event)
    if interval is None or event.event_type is EventType.MEETING:
        return interval
    return interval[0], shifted(interval[1], STAGE_WINDOW)


def _later(event: Event, other: Event) -> bool:
    """Whether `other` is a later stage of the same thing: later in order, close in time, between the same parties."""
    reach, interval = _reach(event), _interval(other)
    if _rank(event) >= _rank(other) or reach is None or interval is None:
        return False
    close = reach[0] <= interval[1] and interval[0] <= reach[1]
    return close and compatible_parties(event.event_type, event.participants, other.participants)


def linked(events: Sequence[Event]) -> list[Event]:
    """The events, each with the ids of the next stages of the same thing."""
    by_key: dict[tuple[EventType, tuple[str, int]], list[Event]] = defaultdict(list)
    for event in events:
        if (interval := _interval(event)) is not None:
            for key in keys(event.participants, *interval):
                by_key[event.event_type, key].append(event)
    found = []
    for event in events:
        reach = _reach(event)
        near_keys = keys(event.participants, *reach) if reach is not None else ()
        near = {other.event_id: other for key in near_keys for other in by_key.get((event.event_type, key), ())}
        later = [other for other in near.values() if _later(event, other)]
        following = min((_rank(other) for other in later), default=None)
        ids = sorted(other.event_id for other in later if _rank(other) == following)
        found.append(event.model_copy(update={"later_stages": ids}))
    return found
