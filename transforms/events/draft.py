"""A mention under way: what one trigger in one sentence tells, before the article's mentions are put together.

It holds no rule.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from transforms.events.arguments import Filled
from transforms.events.dating import Dated, Timed
from transforms.events.reading import Reading
from transforms.events.term import Term
from transforms.events.triggers import Found
from transforms.places import Place
from transforms.vocabulary import EventType, Form, Status


@dataclass
class Draft:
    """One stage told by one trigger; `status` is None where only the trigger speaks of the event."""

    type: EventType
    status: Status | None
    form: Form | None
    filled: list[Filled]
    found: Found
    reading: Reading
    rule: str
    weight: float  # of two tellings of one event the heavier counts; no measure of truth (`confidence`)
    anaphoric: bool = False  # "the talks", "their meeting": points back at an event told before
    new: bool = False  # "a truce", "another meeting": does not point back
    borrowed: bool = False  # has parties that another sentence names
    sequel: bool = False  # "their previous call", "another round": one of several
    sentence: int = 0  # index into CleanText.sentences
    offset: int = 0  # of the sentence in the clean text
    timed: Timed | None = None
    dated: Dated | None = None
    term: Term | None = None
    where: Callable[[], tuple[str, Place | None] | None] = lambda: None  # finds its place; most drafts are never asked
    claimed_by: str | None = None

    def borrow(self) -> None:
        """Note that it has been given parties that another sentence names."""
        self.borrowed = True
        self.weight = round(self.weight - 0.15, 2)

    @cached_property
    def _where(self) -> tuple[str, Place | None] | None:
        return self.where()

    @property
    def place(self) -> str | None:
        return self._where[0] if self._where else None

    @property
    def resolved(self) -> Place | None:
        return self._where[1] if self._where else None

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(f.party.id for f in self.filled)
