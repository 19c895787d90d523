"""Scores all articles, and lays the figures out as a table, as JSON and as a list of errors.

Printing belongs to the command line.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from transforms.evaluation.gold import GoldFile, SystemEvent
from transforms.evaluation.judge import judge
from transforms.evaluation.matching import match
from transforms.evaluation.outcome import Outcome, OutcomeKind
from transforms.evaluation.tally import Tally
from transforms.vocabulary import EventType


def _cell(tally: Tally, name: str) -> str:
    """A figure as a table shows it."""
    if name in ("gold", "system"):
        return str(getattr(tally, name))
    applies = tally.fields().get(name, 0.0) is not None
    return f"{tally.figures()[name]:.3f}" if applies else "-"


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
        """Header and rows: a figure a row, then a column for all types and one for each; `-` where none applies."""
        columns: dict[str, Tally] = {"all": self.total} | {str(kind): tally for kind, tally in self.by_type.items()}
        rows = [[name, *(_cell(tally, name) for tally in columns.values())] for name in self.total.figures()]
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
