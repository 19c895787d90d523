"""Runs the benchmarks of speed and memory at one size, and fails where a figure has grown worse than it was.

    python -m benchmarks.suite small|full [--only NAME …] [--docs FILE] [--record]

`small` takes minutes and is part of `make test-full`; `full` takes an hour and more on a quiet machine. PARLEY_CORPUS
names a file of articles (JSON Lines) to measure on; without it they are made of the samples. Each figure is held
against `expected.csv`: what it was (`small`, `full`), how much worse it may be (`tolerance`, a share of that), and what
is wanted of it at the full size. `--record` writes there what was measured, `--docs` puts the table between the marks
`<!-- suite -->` and `<!-- /suite -->` of a file. Exit code 1: some figure is worse than it may be, or is not expected.
How a figure is measured does not belong here (the modules in MODULES).
"""

import argparse
import csv
import re
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from benchmarks.common import machine, table
from benchmarks.figures import Figure, Size

MODULES = ("parsing", "stages", "scale", "growth", "warehouse")
EXPECTED = Path(__file__).parent / "expected.csv"
MARKED = re.compile(r"(?<=<!-- suite -->\n).*(?=<!-- /suite -->)", re.DOTALL)


@dataclass(frozen=True)
class Expected:
    """A row of `expected.csv`. `better` is `lower` or `higher`; `wanted` is a bound at the full size, None for none."""

    name: str
    what: str
    better: str
    tolerance: float
    wanted: float | None
    small: float | None
    full: float | None

    def at(self, size: Size) -> float | None:
        """What was measured last at that size; None where it was not."""
        return self.small if size is Size.SMALL else self.full

    def bound(self, size: Size) -> float | None:
        """The worst value that is no regression; None where nothing was measured yet."""
        before = self.at(size)
        if before is None:
            return None
        return before * (1 + self.tolerance if self.better == "lower" else 1 - self.tolerance)

    def meets(self, value: float, bound: float | None) -> bool:
        """Whether a value is as good as a bound, or there is none."""
        return bound is None or (value <= bound if self.better == "lower" else value >= bound)


def expected(path: Path = EXPECTED) -> dict[str, Expected]:
    """What is expected of each figure, by its name. Raises ValueError where a row is not as described above."""
    with path.open(encoding="utf-8", newline="") as source:
        rows = [_row(row) for row in csv.DictReader(source)]
    return {row.name: row for row in rows}


def _row(row: dict[str, str]) -> Expected:
    if row["better"] not in ("lower", "higher"):
        raise ValueError(f"{row['name']}: better is `lower` or `higher`, not {row['better']!r}")
    wanted, small, full = (float(row[name]) if row[name] else None for name in ("wanted", "small", "full"))
    return Expected(row["name"], row["what"], row["better"], float(row["tolerance"]), wanted, small, full)


def record(known: dict[str, Expected], figures: Iterable[Figure], size: Size, path: Path = EXPECTED) -> None:
    """Writes down what was measured as what is expected from now on; figures that are not in the file are left out."""
    for figure in figures:
        if row := known.get(figure.name):
            known[row.name] = replace(row, **{size.value: figure.value})
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(Expected.__dataclass_fields__)
        for row in known.values():
            numbers = (row.tolerance, row.wanted, row.small, row.full)
            cells = ["" if number is None else f"{number:.4g}" for number in numbers]
            writer.writerow([row.name, row.what, row.better, *cells])


def faults(known: dict[str, Expected], figures: Sequence[Figure], size: Size, modules: Iterable[str]) -> list[str]:
    """What is wrong, a sentence each: a figure that is worse than it may be, is not expected, or was not measured."""
    found = []
    for figure in figures:
        row = known.get(figure.name)
        if row is None:
            found.append(f"{figure.name} is not in {EXPECTED.name}: add a row that says what is expected of it")
        elif not row.meets(figure.value, bound := row.bound(size)):
            found.append(f"{figure.name} is {figure.value:.4g}, worse than {bound:.4g}: {row.what}")
    measured = {figure.name for figure in figures}
    found += [
        f"{row.name} was not measured"
        for row in known.values()
        if row.name.partition(".")[0] in modules and row.at(size) is not None and row.name not in measured
    ]
    return found


def tabled(known: dict[str, Expected], figures: Iterable[Figure], size: Size) -> str:
    """The Markdown table: what was measured, the figure, what it was before, what is wanted, what it was made of."""
    rows = []
    for figure in figures:
        row = known.get(figure.name)
        before = row.at(size) if row else None
        wanted = _wanted(row, figure.value) if row and size is Size.FULL else ""
        told = "; ".join(f"{what} {value}" for what, value in figure.told.items())
        what = row.what if row else figure.name
        rows.append((what, f"{figure.value:.3g}", "" if before is None else f"{before:.3g}", wanted, told))
    return table(("", "figure", "expected", "wanted", "made of"), rows)


def _wanted(row: Expected, value: float) -> str:
    if row.wanted is None:
        return ""
    bound = f"{'≤' if row.better == 'lower' else '≥'} {row.wanted:.3g}"
    return bound if row.meets(value, row.wanted) else f"**{bound}, missed**"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the suite; returns the exit code."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("size", type=Size, choices=list(Size))
    words.add_argument("--only", nargs="+", choices=MODULES, default=MODULES, metavar="NAME")
    words.add_argument("--docs", type=Path, metavar="FILE")
    words.add_argument("--record", action="store_true")
    asked = words.parse_args(arguments)
    known = expected()
    figures: list[Figure] = []
    for name in asked.only:
        start = time.perf_counter()
        measured: list[Figure] = import_module(f"benchmarks.{name}").measure(asked.size)
        print(f"{name}: {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
        print(tabled(known, measured, asked.size), file=sys.stderr, flush=True)
        figures += measured
    found = faults(known, figures, asked.size, asked.only)
    told = f"{machine()}; size: {asked.size}\n\n{tabled(known, figures, asked.size)}\n"
    print(told)
    if asked.record:
        record(known, figures, asked.size)
    if asked.docs:
        text = asked.docs.read_text(encoding="utf-8")
        if len(MARKED.findall(text)) != 1:
            raise SystemExit(f"{asked.docs} has no one place between <!-- suite --> and <!-- /suite -->")
        asked.docs.write_text(MARKED.sub(lambda _: f"\n{told}\n", text), encoding="utf-8")
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
