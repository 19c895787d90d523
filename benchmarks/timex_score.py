"""Scores TIMEX3 annotations by the definitions of TempEval-3 (UzZaman et al. 2013, section 4.1).

Strict: the extents are equal, white space at their edges aside; relaxed: they overlap, one to one; type and value: such
a pair whose attribute is equal too. Each over the counts of both sides. Who annotated does not matter here.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

MEASURES = ("strict", "relaxed", "type", "value")
Timex = dict[str, Any]  # start, end, type, value


def f1(texts: Sequence[str], gold: Sequence[Sequence[Timex]], system: Sequence[Sequence[Timex]]) -> dict[str, float]:
    """F1 in percent for each of MEASURES, over all texts."""
    counts: Counter[str] = Counter()
    for text, wanted, found in zip(texts, gold, system, strict=True):
        wanted, found = _distinct(text, wanted), _distinct(text, found)
        counts["both"] += len(wanted) + len(found)
        for one, other in _pairs(wanted, found):
            counts["relaxed"] += 1
            counts["strict"] += (one["start"], one["end"]) == (other["start"], other["end"])
            counts["type"] += one["type"].upper() == other["type"].upper()
            counts["value"] += one["value"].strip() == other["value"].strip()
    return {measure: 200 * counts[measure] / max(counts["both"], 1) for measure in MEASURES}


def _distinct(text: str, timexes: Sequence[Timex]) -> list[Timex]:
    """Without white space at the edges; each extent once, none empty."""
    kept: dict[tuple[int, int], Timex] = {}
    for timex in timexes:
        inside = text[timex["start"] : timex["end"]]
        start = timex["start"] + len(inside) - len(inside.lstrip(" \t\r\n"))
        end = timex["end"] - len(inside) + len(inside.rstrip(" \t\r\n"))
        if start < end:
            kept.setdefault((start, end), {**timex, "start": start, "end": end})
    return list(kept.values())


def _pairs(wanted: Sequence[Timex], found: Sequence[Timex]) -> list[tuple[Timex, Timex]]:
    """Those that overlap, one to one: equal extents first, then the longest overlap, then in order."""
    ranked = []
    for i, one in enumerate(wanted):
        for j, other in enumerate(found):
            overlap = min(one["end"], other["end"]) - max(one["start"], other["start"])
            equal = (one["start"], one["end"]) == (other["start"], other["end"])
            if overlap > 0:
                ranked.append((not equal, -overlap, i, j))
    left, right, pairs = set[int](), set[int](), []
    for *_, i, j in sorted(ranked):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((wanted[i], found[j]))
    return pairs
