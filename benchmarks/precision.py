"""How many events of mixed news are right, as judged by hand: `python -m benchmarks.precision [JUDGEMENTS]`.

JUDGEMENTS is a list such as `benchmarks/sets/precision/judgements.csv`: events drawn at random from a run, each with
what a reader found of its type, status and parties. It prints the share of those that are right in all three, by type
and together, with the bounds of its 95% interval (Wilson, Journal of the American Statistical Association 22, 1927).
The list tells of the rules by which it was drawn; to judge others, draw anew. `--json` prints the figures.
"""

import argparse
import csv
import json
from collections.abc import Iterable, Mapping
from math import sqrt
from pathlib import Path

from benchmarks.common import table

JUDGED = Path(__file__).parent / "sets" / "precision" / "judgements.csv"
FIELDS = ("type_right", "status_right", "parties_right")
NORMAL = 1.96  # standard deviations that hold 95% of a normal distribution


def load(path: Path) -> list[dict[str, str]]:
    """The judged events. Raises OSError where the file cannot be read."""
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return list(csv.DictReader(lines))


def figures(judged: Iterable[Mapping[str, str]]) -> dict[str, dict[str, float]]:
    """Counts and shares by type and for all events. Raises ValueError where a judgement is neither 0 nor 1."""
    groups: dict[str, list[Mapping[str, str]]] = {}
    for row in judged:
        if wrong := [field for field in FIELDS if row[field] not in {"0", "1"}]:
            raise ValueError(f"{row['source_id']} {row['sentence_start']}: {wrong[0]} is neither 0 nor 1")
        groups.setdefault(row["event_type"], []).append(row)
        groups.setdefault("all", []).append(row)
    return {name: _figures(rows) for name, rows in sorted(groups.items())}


def _figures(rows: list[Mapping[str, str]]) -> dict[str, float]:
    right = sum(all(row[field] == "1" for field in FIELDS) for row in rows)
    low, high = interval(right, len(rows))
    by_field = {field: sum(row[field] == "1" for row in rows) / len(rows) for field in FIELDS}
    return {"events": len(rows), "right": right / len(rows), "low": low, "high": high, **by_field}


def interval(right: int, cases: int) -> tuple[float, float]:
    """Bounds of the 95% interval of a share, by Wilson's score."""
    share, weight = right / cases, NORMAL**2 / cases
    middle, spread = share + weight / 2, NORMAL * sqrt(share * (1 - share) / cases + weight / (4 * cases))
    return (middle - spread) / (1 + weight), (middle + spread) / (1 + weight)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    words.add_argument("judgements", nargs="?", type=Path, default=JUDGED, metavar="JUDGEMENTS")
    words.add_argument("--json", action="store_true")
    asked = words.parse_args()
    found = figures(load(asked.judgements))
    if asked.json:
        print(json.dumps(found))
        return
    head = ["events", "n", "right", "95% from", "to", *FIELDS]
    rows = [[name, f"{one['events']}", *(f"{one[key]:.2f}" for key in list(one)[1:])] for name, one in found.items()]
    print(table(head, rows))


if __name__ == "__main__":
    main()
