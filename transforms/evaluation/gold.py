"""What is compared: gold annotations of an article's events, and the events that a system found in it.

The format of the gold is described in `docs/events.md`. How the two are compared does not belong here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from transforms.vocabulary import STATUSES, EventType, Form, Role, Status


class _GoldModel(BaseModel):
    # Unknown keys are kept, so that `problems` can name them: gold made elsewhere may carry notes of its own.
    model_config = ConfigDict(frozen=True, extra="allow")


class Alternatives(_GoldModel):
    """Further acceptable values, by field; an entry of `participants` or `place` may itself be a list."""

    status: tuple[Status, ...] = ()
    form: tuple[Form | None, ...] = ()
    participants: tuple[tuple[str, ...] | str, ...] = ()
    place: tuple[tuple[str | None, ...] | str | None, ...] = ()
    start: tuple[date | None, ...] = ()
    end: tuple[date | None, ...] = ()


class GoldEvent(_GoldModel):
    """One event that an article reports, as an annotator sees it."""

    id: str
    type: EventType
    status: Status
    form: Form | None = None
    participants: tuple[str, ...]
    roles: dict[Role, tuple[str, ...]] = Field(default_factory=dict)
    place: tuple[str | None, ...] | None = None
    start: date | None = None
    end: date | None = None
    required: bool
    evidence: tuple[str, ...]
    alternatives: Alternatives = Alternatives()
    note: str | None = None

    def statuses(self) -> tuple[Status, ...]:
        """Every status that is right."""
        return (self.status, *self.alternatives.status)

    def forms(self) -> tuple[Form | None, ...]:
        """Every form that is right."""
        return (self.form, *self.alternatives.form)

    def starts(self) -> tuple[date | None, ...]:
        """Every first day that is right; None means that no date is right, too."""
        return (self.start, *self.alternatives.start)

    def participant_lists(self) -> Iterator[tuple[str, ...]]:
        """Every list of participants that is right."""
        yield self.participants
        for entry in self.alternatives.participants:
            if not isinstance(entry, str):
                yield entry

    def places(self) -> set[str | None]:
        """Every name of the place that is right; None means that no place is right, too."""
        names = set(self.place or ())
        for entry in self.alternatives.place:
            names.update(entry if isinstance(entry, tuple) else (entry,))
        return names


class GoldFile(_GoldModel):
    """The gold of one article; `article` is the article's source_id, or its file name without the suffix."""

    article: str
    published: date | None = None
    published_tolerance_days: int = 0
    boilerplate: tuple[str, ...] = ()
    boilerplate_from: str | None = None
    boilerplate_spans: tuple[str, ...] = ()
    events: tuple[GoldEvent, ...]


@dataclass(frozen=True, slots=True)
class SystemEvent:
    """What a system says that one article says of one event: a row of `marts.article_events`."""

    event_type: EventType
    status: Status
    participants: tuple[str, ...]
    sentences: tuple[str, ...]
    form: Form | None = None
    start_date: date | None = None
    end_date: date | None = None
    place: str | None = None
    article_event_id: str = ""


def problems(gold: GoldFile, text: str) -> list[str]:
    """What is wrong with a gold file, read beside the article's text; one line each, none where all is well.

    Evidence and boilerplate must be exact substrings, ids unique, statuses and forms those of the type, intervals in
    order; only meetings have a form. A key that the format does not know is a problem, too: most are misspelt.
    """
    found = [f"{gold.article}: unknown key {key!r}" for key in gold.model_extra or ()]
    spans = [*gold.boilerplate, *gold.boilerplate_spans, *([gold.boilerplate_from] if gold.boilerplate_from else [])]
    found += [f"{gold.article}: boilerplate is not in the text: {span!r}" for span in spans if span not in text]
    seen: set[str] = set()
    for event in gold.events:
        if event.id in seen:
            found.append(f"{gold.article} {event.id}: the id is used twice")
        seen.add(event.id)
        found += [f"{gold.article} {event.id}: {problem}" for problem in _event_problems(event, text)]
    return found


def _event_problems(event: GoldEvent, text: str) -> Iterator[str]:
    for key in [*(event.model_extra or ()), *(event.alternatives.model_extra or ())]:
        yield f"unknown key {key!r}"
    for status in event.statuses():
        if status not in STATUSES[event.type]:
            yield f"a {event.type} cannot be {status}"
    if event.type is EventType.MEETING and event.form is None:
        yield "a meeting has a form"
    if event.type is not EventType.MEETING and any(event.forms()):
        yield "only a meeting has a form"
    if event.start and event.end and event.start > event.end:
        yield f"it ends on {event.end}, before it starts on {event.start}"
    if not event.evidence:
        yield "it has no evidence"
    for quote in event.evidence:
        if quote not in text:
            yield f"the evidence is not in the text: {quote!r}"
