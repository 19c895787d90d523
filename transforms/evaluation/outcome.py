"""What became of one event of the gold or of the system, and how it is shown to a person.

Counting is for `tally.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from transforms.evaluation.gold import GoldEvent, SystemEvent
from transforms.evaluation.judge import Judgement
from transforms.vocabulary import EventType


class OutcomeKind(StrEnum):
    """What became of an event of the gold or of the system."""

    RIGHT = "right"
    WRONG = "wrong"  # found, but not strictly right
    MISS = "miss"
    EXTRA = "extra"
    OPTIONAL = "optional"  # found, but neither rewarded nor punished


@dataclass(frozen=True, slots=True)
class Outcome:
    """An event of the gold with the system's, if there is one, or one that only the system has."""

    article: str
    kind: OutcomeKind
    gold: GoldEvent | None = None
    system: SystemEvent | None = None
    judgement: Judgement | None = None

    @property
    def event_type(self) -> EventType:
        """The type, on which both sides agree."""
        event = self.gold.type if self.gold else self.system.event_type if self.system else None
        if event is None:
            raise ValueError("an outcome without an event")
        return event

    def wrong_fields(self) -> list[str]:
        """Names of the fields that keep a found event from being strictly right."""
        if not self.judgement:
            return []
        checks = {
            "participants": self.judgement.core,
            "status": self.judgement.status,
            "date": self.judgement.date_accepted,
        }
        return [name for name, right in checks.items() if not right]

    def row(self) -> dict[str, str]:
        """What was wanted and what was got, as cells of a table; empty where there is nothing."""
        wanted, got = self.gold, self.system
        quote = wanted.evidence[0] if wanted and wanted.evidence else got.sentences[0] if got and got.sentences else ""
        return {
            "kind": self.kind,
            "article": self.article,
            "id": wanted.id if wanted else "",
            "type": self.event_type,
            "wrong": ", ".join(self.wrong_fields()),
            "wanted": _sketch(wanted.status, wanted.participants, wanted.start, wanted.end) if wanted else "",
            "got": _sketch(got.status, got.participants, got.start_date, got.end_date) if got else "",
            "text": quote,
        }


def _sketch(status: str, participants: Sequence[str], start: object, end: object) -> str:
    """Status, participants and days in one line."""
    first, last = (str(day) if day else "?" for day in (start, end))
    days = "no date" if first == last == "?" else first if first == last else f"{first} to {last}"
    return " · ".join(filter(None, [status, ", ".join(participants), days]))
