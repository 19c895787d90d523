"""What is right and wrong in a system event that stands for a gold event, field by field.

Counting is for `tally.py`.
"""

from dataclasses import dataclass
from datetime import date

from transforms.evaluation.gold import GoldEvent, SystemEvent
from transforms.evaluation.names import names_f1, same_actor
from transforms.vocabulary import EventType

PARTIES_RIGHT = 0.66  # F1 of the names from which on the parties count as right: two of three


@dataclass(frozen=True, slots=True)
class Judgement:
    """One matched pair. None where the gold has nothing to compare with."""

    status: bool
    form: bool | None  # meetings with a form
    participants_f1: float | None  # events with participants
    date_exact: bool | None  # dated events: the same first and last day
    date_overlap: bool | None  # dated events: a day in common
    null_date_kept: bool | None  # undated events: no date was made up
    date_accepted: bool  # overlapping, or an accepted alternative, or nothing to compare with
    place: bool | None  # events with a place

    @property
    def core(self) -> bool:
        """The right parties, on top of the right kind of event on the right sentences."""
        return self.participants_f1 is None or self.participants_f1 >= PARTIES_RIGHT

    @property
    def strict(self) -> bool:
        """And the right status and date."""
        return self.core and self.status and self.date_accepted


def judge(gold: GoldEvent, system: SystemEvent) -> Judgement:
    """Compares the fields of a matched pair."""
    has_form = gold.type is EventType.MEETING and gold.form is not None
    dated = gold.start is not None or gold.end is not None
    overlap = dated and _days_in_common(gold, system)
    return Judgement(
        status=system.status in gold.statuses(),
        form=system.form in gold.forms() if has_form else None,
        participants_f1=(
            max(names_f1(names, system.participants) for names in gold.participant_lists())
            if gold.participants
            else None
        ),
        date_exact=_same_days(gold, system) if dated else None,
        date_overlap=overlap if dated else None,
        null_date_kept=None if dated else system.start_date is None,
        date_accepted=overlap or not dated or system.start_date in gold.starts(),
        place=any(_same_place(system.place, name) for name in gold.places()) if gold.place else None,
    )


def _same_days(gold: GoldEvent, system: SystemEvent) -> bool:
    last = system.end_date or system.start_date
    return system.start_date == gold.start and last == gold.end


def _days_in_common(gold: GoldEvent, system: SystemEvent) -> bool:
    """Whether the two intervals share a day; a side that the gold leaves open has no end."""
    first, last = system.start_date or date.min, system.end_date or system.start_date
    return last is not None and first <= (gold.end or date.max) and (gold.start or date.min) <= last


def _same_place(found: str | None, wanted: str | None) -> bool:
    return same_actor(found, wanted) if found and wanted else not found and not wanted
