"""The figures of the measure over some outcomes: precision, recall, F1 and how often each field is right.

Laying them out for a reader is for `report.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from transforms.evaluation.judge import Judgement
from transforms.evaluation.outcome import Outcome, OutcomeKind


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _share(values: Iterable[float | None]) -> float | None:
    """Mean of the values that there are; None where there is none."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


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

    def fields(self) -> dict[str, float | None]:
        """How often each field of the events found is right; None where the gold has nothing to compare with."""
        every = self.judgements
        return {
            "status": _share(j.status for j in every),
            "form": _share(j.form for j in every),
            "participants_f1": _share(j.participants_f1 for j in every),
            "date_exact": _share(j.date_exact for j in every),
            "date_overlap": _share(j.date_overlap for j in every),
            "place": _share(j.place for j in every),
            "null_date_kept": _share(j.null_date_kept for j in every),
        }

    def figures(self) -> dict[str, float]:
        """All figures by name, shares between 0 and 1 (0 where there is nothing); `gold` and `system` are counts."""
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "core_f1": self.core_f1,
            "strict_f1": self.strict_f1,
            **{name: share or 0.0 for name, share in self.fields().items()},
            "gold": self.gold,
            "system": self.system,
        }
