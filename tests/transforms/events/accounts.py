"""Accounts of events by hand, as short as a test can read them."""

from datetime import date, datetime, time, timedelta
from typing import Any

from transforms.events.merge import Account
from transforms.identity import digest
from transforms.records import ArticleEvent, Participant
from transforms.vocabulary import ActorKind, EventType, Form, Precision, Role, Status

MONDAY = date(2021, 3, 8)


def actor(
    name: str, kind: ActorKind = ActorKind.STATE, country: str | None = None, role: Role = Role.PARTICIPANT
) -> Participant:
    """An actor; name and kind make its id, as in the real thing."""
    return Participant(
        actor_id=digest("actor", kind, name), name=name, canonical=name, kind=kind, country_code=country, role=role
    )


def person(name: str, country: str | None = None, role: Role = Role.PARTICIPANT) -> Participant:
    return actor(name, ActorKind.PERSON, country, role)


def state(name: str, country: str | None = None, role: Role = Role.PARTICIPANT) -> Participant:
    return actor(name, ActorKind.STATE, country, role)


def days(first: int, last: int | None = None) -> dict[str, Any]:
    """The dates of an event, in days from a certain Monday."""
    last = first if last is None else last
    precision = Precision.DAY if first == last else Precision.INTERVAL
    start, end = (MONDAY + timedelta(days=n) for n in (first, last))
    return {"start_date": start, "end_date": end, "date_precision": precision}


def account(
    article: str,
    *participants: Participant,
    when: dict[str, Any] | None = None,
    published: int | None = 1,
    event_type: EventType = EventType.MEETING,
    status: Status = Status.HELD,
    ordinal: int = 0,
    superseded: bool = False,
    **more: Any,
) -> Account:
    """What an article says of an event; without `when` it gives no date, `published` counts days from the Monday."""
    event = ArticleEvent(
        article_event_id=digest("article_event", article, event_type, status, ordinal),
        event_type=event_type,
        status=status,
        form=more.pop("form", Form.TALKS if event_type is EventType.MEETING else None),
        participants=list(participants),
        confidence=more.pop("confidence", 0.5),
        **(when or {}),
        **more,
    )
    day = None if published is None else MONDAY + timedelta(days=published)
    known = None if day is None else datetime.combine(day, time(12))
    return Account(event, article, day, known, superseded)
