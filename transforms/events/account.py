"""What merging knows of an account: what one article says of one event, and of the article.

How accounts are merged does not belong here (`merge.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple, Protocol

from transforms.events.parties import Named, PartySet, party_set
from transforms.vocabulary import EventType, Status

WIDEST = timedelta(days=31)  # an interval that is wider is no evidence that two accounts mean the same day
NEAR = timedelta(days=30)  # how far apart an undated account may be published


class Telling(Protocol):
    """What is asked of an event as an article tells it; an `ArticleEvent` has it, and a `Told`."""

    @property
    def article_event_id(self) -> str: ...
    @property
    def event_type(self) -> EventType: ...
    @property
    def status(self) -> Status: ...
    @property
    def start_date(self) -> date | None: ...
    @property
    def end_date(self) -> date | None: ...
    @property
    def participants(self) -> Sequence[Named]: ...


class Told(NamedTuple):
    """What merging needs to know of an article event: of millions of them only this is read."""

    article_event_id: str
    event_type: EventType
    status: Status
    start_date: date | None
    end_date: date | None
    participants: PartySet


@dataclass(frozen=True)
class Account:
    """What one article says of one event, with what merging needs to know of the article."""

    event: Telling
    article_id: str
    published: date | None
    known: datetime | None = None  # when the article was surely out
    superseded: bool = False  # by a later version of the article

    @property
    def key(self) -> str:
        """The id of the article event."""
        return self.event.article_event_id

    @property
    def kind(self) -> tuple[EventType, Status]:
        """Only accounts of one kind merge."""
        return self.event.event_type, self.event.status

    @property
    def told_as(self) -> str:
        """The kind as one word, by which accounts are looked up."""
        return f"{self.event.event_type} {self.event.status}"

    @cached_property
    def parties(self) -> PartySet:
        """Whom it names."""
        return party_set(self.event.participants)

    @property
    def dated(self) -> bool:
        """Whether its date is narrow enough to be evidence."""
        start, end = self.event.start_date, self.event.end_date
        return start is not None and end is not None and end - start <= WIDEST

    @property
    def joinable(self) -> bool:
        """Whether it may join a dated event: it gives no date, and when it was published is known."""
        return self.event.start_date is None and self.published is not None

    @property
    def days(self) -> tuple[date, date]:
        """The days on which its event may lie. It must be dated."""
        start, end = self.event.start_date, self.event.end_date
        assert start is not None
        assert end is not None
        return start, end
