"""Documents per second and accuracy of the dates, ours and HeidelTime's in one run, and how time grows with the text.

    python -m benchmarks.dates GOLD.jsonl [--heideltime DIR]

GOLD: a line {"doc_id", "dct", "text", "timexes": [{"start", "end", "type", "value"}]} for each document. HeidelTime is
installed in an environment of its own in DIR and kept there; without DIR, in a temporary folder. Where it cannot run
(it needs Java, Perl and, the first time, the package index), the table says so and has ours alone.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import common, heideltime
from benchmarks.timex_score import MEASURES, f1
from transforms.dates import Published, annotate
from transforms.dates.timex import timex_document

PASSES = 5
TIMES = (1, 2, 4, 8)
Documents = Sequence[dict[str, Any]]


def one_pass(documents: Documents) -> tuple[float, list[list[dict[str, Any]]]]:
    """Seconds to annotate all documents, and what was found."""
    started = time.perf_counter()
    found = [timex_document(document)["timexes"] for document in documents]
    return time.perf_counter() - started, found


def linearity(documents: Documents) -> list[tuple[int, int, float]]:
    """For one text made of all documents, once and several times over: factor, characters, seconds."""
    text = "\n".join(document["text"] for document in documents)
    day = Published(date(2000, 1, 1), date(2000, 1, 1))
    rows = []
    for factor in TIMES:
        longer = "\n".join([text] * factor)
        seconds = []
        for _ in range(3):
            started = time.perf_counter()
            annotate(longer, day)
            seconds.append(time.perf_counter() - started)
        rows.append((factor, len(longer), min(seconds)))
    return rows


def command_seconds(gold: Path) -> float:
    """Seconds of `parley timex` as a command, its start included."""
    with tempfile.TemporaryDirectory() as folder:
        return common.parley("timex", str(gold), "-o", str(Path(folder) / "dates.jsonl")).wall


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--heideltime", type=Path, metavar="DIR")
    given = parser.parse_args()
    with given.gold.open(encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines if line.strip()]
    texts = [document["text"] for document in documents]
    wanted = [document["timexes"] for document in documents]

    first, ours = one_pass(documents)
    seconds = statistics.median(one_pass(documents)[0] for _ in range(PASSES))
    rows: list[tuple[object, ...]] = []

    def row(name: str, spent: float, found: list[list[dict[str, Any]]]) -> None:
        scores = f1(texts, wanted, found)
        speed = len(documents) / spent
        rows.append((name, f"{speed:,.1f}", f"{spent / seconds:,.0f}", *(f"{scores[m]:.2f}" for m in MEASURES)))

    row("Parley", seconds, ours)
    notes = [
        f"Parley: the median of {PASSES} passes; the first one, with nothing compiled or cached, {first:.2f} s; "
        f"`parley timex` as a command {command_seconds(given.gold):.2f} s."
    ]
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.heideltime or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            theirs = heideltime.annotate(documents, folder)
        except (heideltime.UnavailableError, ValueError) as error:
            notes.append(f"HeidelTime was not measured: {error}.")
        else:
            row("HeidelTime", theirs.seconds, theirs.timexes)
            notes.append(
                f"HeidelTime ({heideltime.PACKAGE}, with TreeTagger): one pass in one JVM, {theirs.seconds:.0f} s of "
                f"annotating; starting the JVM and loading the rules, {theirs.process_seconds - theirs.seconds:.0f} s, "
                "is left out."
            )
    growth = linearity(documents)
    print(f"{common.machine()}\n")
    print(f"{given.gold.name}: {len(documents)} documents, {sum(map(len, texts)):,} characters\n")
    print(common.table(("", "documents/s", "times our time", *(f"{m} F1" for m in MEASURES)), rows))
    print("\n" + "\n".join(notes) + "\n")
    print(
        common.table(
            ("text", "characters", "seconds", "times the first"),
            [(f"x {n}", f"{size:,}", f"{spent:.2f}", f"{spent / growth[0][2]:.1f}") for n, size, spent in growth],
        )
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
