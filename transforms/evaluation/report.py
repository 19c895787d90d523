"""Counts right and wrong over all articles, and lays the counts out as figures, rows and a list of errors.

Printing belongs to the command line.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from transforms.evaluation.gold import GoldEvent, GoldFile, SystemEvent
from transforms.evaluation.judge import Judgement, judge
from transforms.evaluation.matching import match
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


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _share(values: Iterable[float | None]) -> float:
    """Mean of the values that there are; 0 where there is none."""
    known = [value for value in values if value is not None]
    return _ratio(sum(known), len(known))


@dataclass(frozen=True)
class Tally:
    """Figures over some outcomes. Optional events count neither for nor against."""

    outcomes: tuple[Outcome, ...]

    @cached_property
    def judgements(self) -> list[Judgement]:
        """Of the required events that were found."""
        return [o.judgement for o in self.outcomes if o.judgement and o.kind is not OutcomeKind.OPTIONAL]

    @property
    def found(self) -> int:
        """Required events that were found (true positives)."""
        return len(self.judgements)

    @cached_property
    def missed(self) -> int:
        """Required events that were not found (false negatives)."""
        return sum(o.kind is OutcomeKind.MISS for o in self.outcomes)

    @cached_property
    def extra(self) -> int:
        """Events found that are none (false positives)."""
        return sum(o.kind is OutcomeKind.EXTRA for o in self.outcomes)

    @property
    def gold(self) -> int:
        """Required events of the gold."""
        return self.found + self.missed

    @property
    def system(self) -> int:
        """Events of the system, without those that stand for an optional one."""
        return self.found + self.extra

    @property
    def precision(self) -> float:
        """Share of the system's events that are in the gold."""
        return _ratio(self.found, self.system)

    @property
    def recall(self) -> float:
        """Share of the gold's events that were found."""
        return _ratio(self.found, self.gold)

    @property
    def f1(self) -> float:
        """Detection: the right type on the right sentences."""
        return _ratio(2 * self.precision * self.recall, self.precision + self.recall)

    @property
    def core_f1(self) -> float:
        """And with the right parties."""
        return self._f1(sum(j.core for j in self.judgements))

    @property
    def strict_f1(self) -> float:
        """And with the right status and date."""
        return self._f1(sum(j.strict for j in self.judgements))

    def _f1(self, right: int) -> float:
        return _ratio(2 * right, self.gold + self.system)

    def figures(self) -> dict[str, float]:
        """All figures by name, shares between 0 and 1; `gold` and `system` are counts."""
        every = self.judgements
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "core_f1": self.core_f1,
            "strict_f1": self.strict_f1,
            "status": _share(j.status for j in every),
            "form": _share(j.form for j in every),
            "participants_f1": _share(j.participants_f1 for j in every),
            "date_exact": _share(j.date_exact for j in every),
            "date_overlap": _share(j.date_overlap for j in every),
            "place": _share(j.place for j in every),
            "null_date_kept": _share(j.null_date_kept for j in every),
            "gold": self.gold,
            "system": self.system,
        }


@dataclass(frozen=True)
class Report:
    """The outcomes of all articles in order, and what they add up to."""

    outcomes: tuple[Outcome, ...]

    @cached_property
    def total(self) -> Tally:
        """Figures over all types."""
        return Tally(self.outcomes)

    @cached_property
    def by_type(self) -> dict[EventType, Tally]:
        """Figures of each type that the gold requires or the system reports."""
        tallies = {kind: Tally(tuple(o for o in self.outcomes if o.event_type is kind)) for kind in sorted(EventType)}
        return {kind: tally for kind, tally in tallies.items() if tally.gold or tally.system}

    def figures(self) -> dict[str, float]:
        """All figures by name: those of the total, then precision (`meeting_p`) and recall (`meeting_r`) by type."""
        named = self.total.figures()
        for kind, tally in self.by_type.items():
            named |= {f"{kind}_p": tally.precision, f"{kind}_r": tally.recall}
        return named

    def table(self) -> tuple[list[str], list[list[str]]]:
        """Header and rows of a table: a figure a row, then a column for all types together and one for each."""
        columns: dict[str, Tally] = {"all": self.total} | {str(kind): tally for kind, tally in self.by_type.items()}
        figures = {name: tally.figures() for name, tally in columns.items()}
        counts = ("gold", "system")
        rows = [
            [name, *(format(values[name], ".0f" if name in counts else ".3f") for values in figures.values())]
            for name in figures["all"]
        ]
        return ["figure", *columns], rows

    def errors(self) -> list[dict[str, str]]:
        """A row for every miss, extra and wrong event, article by article; keys as in `Outcome.row`."""
        bad = {OutcomeKind.MISS, OutcomeKind.EXTRA, OutcomeKind.WRONG}
        return [outcome.row() for outcome in self.outcomes if outcome.kind in bad]

    def as_json(self, *, errors: bool = False) -> dict[str, Any]:
        """The figures of `figures`, three decimals each, and where wanted the list of errors; for `json.dumps`."""
        content: dict[str, Any] = {name: round(value, 3) for name, value in self.figures().items()}
        return content | ({"errors": self.errors()} if errors else {})


def score(system: Mapping[str, Sequence[SystemEvent]], gold: Sequence[GoldFile], texts: Mapping[str, str]) -> Report:
    """Scores the events that a system found in the articles that have gold.

    `system` and `texts` are keyed by the gold's `article`; an article without system events may be left out of
    `system`, events of articles without gold are not looked at. Raises KeyError where an article has no text.
    """
    return Report(
        tuple(
            outcome for file in gold for outcome in _outcomes(file, system.get(file.article, ()), texts[file.article])
        )
    )


def _outcomes(file: GoldFile, events: Sequence[SystemEvent], text: str) -> Iterator[Outcome]:
    partner = match(file.events, events, text)
    for i, wanted in enumerate(file.events):
        if i not in partner:
            if wanted.required:
                yield Outcome(file.article, OutcomeKind.MISS, gold=wanted)
            continue
        got = events[partner[i]]
        judgement = judge(wanted, got)
        if not wanted.required:
            kind = OutcomeKind.OPTIONAL
        else:
            kind = OutcomeKind.RIGHT if judgement.strict else OutcomeKind.WRONG
        yield Outcome(file.article, kind, wanted, got, judgement)
    matched = set(partner.values())
    for j, got in enumerate(events):
        if j not in matched:
            yield Outcome(file.article, OutcomeKind.EXTRA, system=got)
