"""The CAMEO and PLOVER codes that follow from an event's type, status and form, and the table of all of them.

They are derived, for users who compare with other event data: type and status are the columns of our own.
"""

from functools import cache
from typing import NamedTuple

from transforms.records import EventCode
from transforms.reference import table
from transforms.vocabulary import STATUSES, EventType, Form, Status


class EventCodes(NamedTuple):
    """Codes of CAMEO 1.1b3 and PLOVER; the mode is None where the PLOVER type has none."""

    cameo_code: str
    plover_event: str
    plover_mode: str | None


@cache
def _table() -> dict[tuple[str, str, str], EventCodes]:
    found = {
        (row["type"], row["status"], row["form"]): EventCodes(
            row["cameo"], row["plover_event"], row["plover_mode"] or None
        )
        for row in table("event_codes")
    }
    for event_type, statuses in STATUSES.items():
        for status in statuses:
            if (event_type, status, "") not in found:
                raise ValueError(f"seeds/reference/event_codes.csv has no row for {event_type} {status}")
    return found


def event_codes(event_type: EventType, status: Status, form: Form | None) -> EventCodes:
    """The codes of an event; a form without a row of its own has those of the type and status.

    Raises KeyError for a status that the type does not have.
    """
    known = _table()
    return known.get((event_type, status, form or "")) or known[(event_type, status, "")]


def all_codes() -> list[EventCode]:
    """A row for every type and status, without a form and with each form that it may have."""
    return [
        EventCode(
            event_type=event_type,
            status=status,
            form=form or "",
            **event_codes(event_type, status, form)._asdict(),
        )
        for event_type, statuses in STATUSES.items()
        for status in statuses
        for form in (None, *(Form if event_type is EventType.MEETING else ()))
    ]
