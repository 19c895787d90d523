"""Scores this checkout against the shared gold, and fails where a figure lies below its floor.

    python .ci/scores.py SHARED

SHARED holds gold/, seeds/, timex/, corpus/ and tools/. The floors stand in `floors.json` beside this file, just below
what was reached; raise them with the figures.
"""

import gzip
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

HERE = Path(__file__).resolve().parent
# Plain words for what is extracted, no lexicon of ours, so that a lexicon that admits too much is found out.
TRIGGER_WORD = re.compile(
    r"\b(meet|met\b|talks\b|summit|negotiat|visit|spoke|phone|call(s|ed)\b|cease.?fire|truce|armistice|sanction|embargo)",
    re.IGNORECASE,
)
PARLEY = [sys.executable, "-m", "pipelines.cli"]


def run(*words: str) -> str:
    """Runs a command and returns what it printed. Raises CalledProcessError where it fails."""
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout


def events(shared: Path, folder: Path) -> dict[str, float]:
    """Figures of each gold set, and F1, core and strict F1 over all sets together."""
    figures: dict[str, float] = {}
    counts = {"found": 0.0, "f1": 0.0, "core_f1": 0.0, "strict_f1": 0.0}
    for name in ("seeds", "dev", "own"):
        gold = shared / "gold" / name
        articles = gold / "articles.jsonl" if name != "seeds" else shared / "seeds"
        home, out = folder / name, folder / f"{name}.json"
        run(*PARLEY, "run", str(articles), "--home", str(home))
        warehouse = str(home / "warehouse.duckdb")
        tool = str(shared / "tools" / "score_events.py")
        line = run(sys.executable, tool, warehouse, str(gold), str(articles), "--json", str(out))
        print(f"{name}: {line.strip()}")
        ours = folder / f"{name}-ours.json"
        run(*PARLEY, "evaluate", str(gold), str(articles), "--home", str(home), "--json", str(ours))
        theirs = json.loads(out.read_text())
        if (mine := json.loads(ours.read_text())) != theirs:
            raise SystemExit(f"`parley evaluate` does not agree with the shared scorer on {name}: {mine} {theirs}")
        figures |= {f"{name}_{what}": theirs[what] for what in ("f1", "core_f1", "strict_f1")}
        both = theirs["gold"] + theirs["system"]
        counts["found"] += both
        for what in ("f1", "core_f1", "strict_f1"):
            counts[what] += theirs[what] * both
    return figures | {f"all_{what}": counts[what] / counts["found"] for what in ("f1", "core_f1", "strict_f1")}


def dates(shared: Path, folder: Path) -> dict[str, float]:
    """Figures of `parley timex`, in per cent, and documents a second (start-up included)."""
    gold, out = shared / "timex" / "dev.jsonl", folder / "timex.jsonl"
    start = time.perf_counter()
    run(*PARLEY, "timex", str(gold), "-o", str(out))
    seconds = time.perf_counter() - start
    line = run(sys.executable, str(shared / "tools" / "score_timex.py"), str(gold), str(out))
    print(f"timex: {line.strip()} documents/s={len(gold.read_text().splitlines()) / seconds:.0f}")
    return {f"timex_{k}": float(v) for k, v in (pair.split("=") for pair in line.split()) if k.endswith("_f1")}


def published(shared: Path) -> dict[str, float]:
    """How many days of publication are inferred right: of undated articles, and where they are withheld."""
    gold = shared / "gold"
    sets = [f"{shared / 'seeds'}:{gold / 'seeds'}", *(str(gold / name / "articles.jsonl") for name in ("dev", "own"))]
    found = json.loads(run(sys.executable, "-m", "benchmarks.publication", "--json", *sets))
    print(f"published: {found}")
    both = [found["dev"], found["own"]]
    return {
        "seeds_published_interval": found["seeds"]["interval"],
        "seeds_published_year": found["seeds"]["likely_year"],
        "seeds_published_day": found["seeds"]["likely_day"],
        "withheld_published_interval": sum(one["interval"] for one in both),
        "withheld_published_year": sum(one["likely_year"] for one in both),
        "seeds_published_width": found["seeds"]["median_width"],
        "dev_published_width": found["dev"]["median_width"],
        "own_published_width": found["own"]["median_width"],
    }


def gate(shared: Path) -> dict[str, float]:
    """What the word gate lets through: of the gold's evidence, of its events, and of the corpus (a ceiling)."""
    gold = shared / "gold"
    sets = [f"{gold / 'seeds'}:{shared / 'seeds'}"]
    sets += [f"{gold / name}:{gold / name / 'articles.jsonl'}" for name in ("dev", "own")]
    corpus = str(shared / "corpus" / "news-2000.jsonl.gz")
    found = json.loads(run(sys.executable, "-m", "benchmarks.gate", "--json", *sets, "--corpus", corpus))
    print(f"gate: {found}")
    of_gold = [one for name, one in found.items() if name != "corpus"]
    evidence, told = (sum(one[what] for one in of_gold) for what in ("evidence", "events"))
    return {
        "gate_evidence": sum(one["telling"] * one["evidence"] for one in of_gold) / evidence,
        "gate_evidence_parsed": sum(one["parsed"] * one["evidence"] for one in of_gold) / evidence,
        "gate_events": sum(one["events_telling"] * one["events"] for one in of_gold) / told,
        "gate_corpus": found["corpus"]["telling"],
        "gate_corpus_words_parsed": found["corpus"]["words_parsed"],
    }


def quiet_articles(shared: Path, folder: Path) -> dict[str, float]:
    """Events per 50 articles of the corpus that hold no trigger word (a ceiling, not a floor)."""
    corpus = shared / "corpus" / "news-2000.jsonl.gz"
    home = folder / "corpus"
    start = time.perf_counter()
    run(*PARLEY, "run", str(corpus), "--home", str(home))
    print(f"corpus: {time.perf_counter() - start:.0f} s")
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        texts = {record["id"]: record["text"] for record in map(json.loads, lines)}
    quiet = [key for key, text in texts.items() if not TRIGGER_WORD.search(text)]
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as db:
        per_article = dict(db.execute("SELECT source_id, count(*) FROM marts.article_events GROUP BY ALL").fetchall())
    found = sum(per_article.get(key, 0) for key in quiet)
    total = sum(per_article.values())
    print(f"corpus: {total} events, {found} of them in the {len(quiet)} articles without a trigger word")
    return {"quiet_events_per_50_articles": 50 * found / len(quiet)}


def main() -> None:
    shared = Path(sys.argv[1])
    floors = json.loads((HERE / "floors.json").read_text())
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        figures = events(shared, place) | dates(shared, place) | published(shared) | gate(shared)
        figures |= quiet_articles(shared, place)
    low = []
    for name, floor in floors["at_least"].items():
        low += [f"{name} is {figures[name]:.3f}, below its floor {floor}"] if figures[name] < floor else []
    for name, ceiling in floors["at_most"].items():
        low += [f"{name} is {figures[name]:.3f}, above its ceiling {ceiling}"] if figures[name] > ceiling else []
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}))
    if low:
        raise SystemExit("\n".join(low))


if __name__ == "__main__":
    main()
