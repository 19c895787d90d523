"""Which system event stands for which gold event: by type, overlapping evidence and agreement, one to one.

Whether a matched pair is right is for `judge.py`.
"""

import itertools
from collections.abc import Iterable, Sequence

from transforms.evaluation.gold import GoldEvent, SystemEvent
from transforms.evaluation.names import names_f1, squeeze

Span = tuple[int, int]  # half-open, in the squeezed text
_TINY = 1e-9

# What makes one partner better than another; an overlap of evidence alone is worth 1.
PARTICIPANTS, STATUS, START, REQUIRED = 0.6, 0.5, 0.4, 0.05


def occurrences(squeezed: str, quotes: Iterable[str]) -> list[Span]:
    """Every place in a squeezed text where a quote stands; white space and marks do not matter."""
    spans = []
    for key in filter(None, map(squeeze, quotes)):
        at = squeezed.find(key)
        while at >= 0:
            spans.append((at, at + len(key)))
            at = squeezed.find(key, at + 1)
    return spans


def overlapping(a: Iterable[Span], b: Sequence[Span]) -> bool:
    """Whether a span of one list overlaps one of the other."""
    return any(start < other_end and other_start < end for start, end in a for other_start, other_end in b)


def affinity(gold: GoldEvent, system: SystemEvent) -> float:
    """How well two events of one type on the same sentences agree: 1 to 2.55."""
    value = 1 + PARTICIPANTS * names_f1(gold.participants, system.participants)
    value += STATUS * (system.status in gold.statuses())
    value += START * (gold.start is not None and system.start_date == gold.start)
    return value + REQUIRED * gold.required


def match(gold: Sequence[GoldEvent], system: Sequence[SystemEvent], text: str) -> dict[int, int]:
    """Index of the system event for the index of each gold event that has one.

    A pair is possible where the types agree and a sentence overlaps a piece of evidence, both found in the text by
    their letters and digits.
    """
    squeezed = squeeze(text)
    evidence = [occurrences(squeezed, event.evidence) for event in gold]
    sentences = [occurrences(squeezed, event.sentences) for event in system]
    scores = [
        [
            affinity(g, s) if g.type == s.event_type and overlapping(evidence[i], sentences[j]) else 0.0
            for j, s in enumerate(system)
        ]
        for i, g in enumerate(gold)
    ]
    return assign(scores)


def assign(scores: Sequence[Sequence[float]]) -> dict[int, int]:
    """A one-to-one assignment of rows to columns with a high sum; a score of 0 forbids the pair.

    Best pairs first (of equal ones the later row, then the later column), then improved until nothing helps: two rows
    swap their columns, or a row without a column takes over one whose holder has a free one to go to. Enough for the
    few dozen events of an article; the shared measure defines it so, and figures must agree in ties, too.
    """
    assigned: dict[int, int] = {}
    pairs = [(value, i, j) for i, row in enumerate(scores) for j, value in enumerate(row) if value > 0]
    taken: set[int] = set()
    for _, i, j in sorted(pairs, reverse=True):
        if i not in assigned and j not in taken:
            assigned[i] = j
            taken.add(j)
    while _swap(scores, assigned) | _take_over(scores, assigned):
        pass
    return assigned


def _swap(scores: Sequence[Sequence[float]], assigned: dict[int, int]) -> bool:
    """Lets rows exchange columns wherever both gain together; says whether any did."""
    changed = False
    for a, b in itertools.combinations(list(assigned), 2):
        crossed = scores[a][assigned[b]], scores[b][assigned[a]]
        straight = scores[a][assigned[a]], scores[b][assigned[b]]
        if min(crossed) > 0 and sum(crossed) > sum(straight) + _TINY:
            assigned[a], assigned[b] = assigned[b], assigned[a]
            changed = True
    return changed


def _take_over(scores: Sequence[Sequence[float]], assigned: dict[int, int]) -> bool:
    """Gives rows without a column that of a row which can move to a free one; says whether any was given."""
    columns = range(len(scores[0]) if scores else 0)
    free = [j for j in columns if j not in assigned.values()]
    changed = False
    for row in range(len(scores)):
        if row in assigned:
            continue
        move = next(
            (
                (holder, j)
                for holder in assigned
                for j in free
                if scores[row][assigned[holder]] > 0
                and scores[holder][j] > 0
                and scores[row][assigned[holder]] + scores[holder][j] > scores[holder][assigned[holder]]
            ),
            None,
        )
        if move:
            holder, j = move
            assigned[row], assigned[holder] = assigned[holder], j
            free.remove(j)
            changed = True
    return changed
