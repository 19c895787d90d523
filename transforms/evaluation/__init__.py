"""Scores extracted events against gold annotations: pure functions, from records to a report.

Reading gold, articles and a warehouse belongs to `pipelines/evaluation.py`, printing to the command line.
"""

from transforms.evaluation.gold import Alternatives, GoldEvent, GoldFile, SystemEvent, problems
from transforms.evaluation.judge import Judgement, judge
from transforms.evaluation.report import Outcome, OutcomeKind, Report, Tally, score

__all__ = [
    "Alternatives",
    "GoldEvent",
    "GoldFile",
    "Judgement",
    "Outcome",
    "OutcomeKind",
    "Report",
    "SystemEvent",
    "Tally",
    "judge",
    "problems",
    "score",
]
