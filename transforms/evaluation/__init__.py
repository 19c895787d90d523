"""Scores extracted events against gold annotations: pure functions, from records to a report.

Reading gold, articles and a warehouse belongs to `pipelines/evaluation.py`, printing to the command line.
"""

from transforms.evaluation.gold import Alternatives, GoldEvent, GoldFile, SystemEvent, problems
from transforms.evaluation.judge import Judgement, judge
from transforms.evaluation.outcome import Outcome, OutcomeKind
from transforms.evaluation.report import Report, score
from transforms.evaluation.tally import Tally

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
