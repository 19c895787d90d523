"""What each stage without the parser costs, against parsing the same articles whole: CPU time of one process.

    python -m benchmarks.stages [ARTICLES] [--every N]

Stages and parser take turns over the same articles; of each the least time counts, and what a process does once is done
before. Without ARTICLES: the samples. Reading and writing of files, and the parse stage itself, do not belong here.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.common import machine, samples, table
from benchmarks.figures import Figure, Size
from pipelines.sources import read
from transforms import language
from transforms.cleaning import clean
from transforms.cleaning.repeated import candidates, sketch
from transforms.dates.publication import article_dates
from transforms.duplicates.signature import signed
from transforms.events import extract
from transforms.events.admitting import parse
from transforms.records import RawArticle

PARSER = "parsing all"
TURNS = {Size.SMALL: 3, Size.FULL: 10}


def measure(size: Size) -> list[Figure]:
    """Each stage's time over the samples as a share of the time that parsing all of their text takes."""
    return figures(samples(), TURNS[size])


def figures(articles: Sequence[RawArticle], turns: int) -> list[Figure]:
    """The same over articles. Raises ValueError where there are none."""
    if not articles:
        raise ValueError("there are no articles to measure on")
    work = _work(articles)
    least = dict.fromkeys(work, float("inf"))
    for _ in range(turns + 1):  # the first time is slower: tables are read
        for name, run in work.items():
            start = time.process_time()
            run()
            least[name] = min(least[name], time.process_time() - start)
    parser = least.pop(PARSER)
    each = {name: f"{1000 * seconds / len(articles):.2f} ms" for name, seconds in least.items()}
    return [
        Figure(f"stages.{name}", seconds / parser, {"an article": each[name], "articles": f"{len(articles):,}"})
        for name, seconds in least.items()
    ]


def _work(articles: Sequence[RawArticle]) -> dict[str, Callable[[], object]]:
    """What is timed, by name: each stage over all the articles, and the parser over their text."""
    texts = [clean(raw.text_id, raw.text) for raw in articles]
    parses = list(parse(None, texts))
    dates = [article_dates(raw, text) for raw, text in zip(articles, texts, strict=True)]
    known = list(zip(articles, texts, parses, dates, strict=True))
    nlp, vocab = language.load(), language.vocabulary()
    lines = [line for text in texts for line in text.text.splitlines() if line]
    return {
        "signatures": lambda: [signed(raw.text_id, raw.text) for raw in articles],
        "repeated_lines": lambda: [(sketch(raw.text), candidates(raw.text)) for raw in articles],
        "clean_articles": lambda: [clean(raw.text_id, raw.text) for raw in articles],
        "time_expressions": lambda: [article_dates(raw, text) for raw, text, _, _ in known],
        "event_mentions": lambda: [extract(raw.article_id, text, own, day, vocab) for raw, text, own, day in known],
        PARSER: lambda: sum(len(doc) for doc in nlp.pipe(lines)),
    }


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    words.add_argument("articles", nargs="?", type=Path, metavar="ARTICLES")
    words.add_argument("--every", type=int, default=1, help="take every Nth article")
    asked = words.parse_args()
    if asked.articles is None:
        found = measure(Size.FULL)
    else:
        read_ones = (item for item in read([asked.articles]) if isinstance(item, RawArticle))
        found = figures(list({raw.text_id: raw for raw in islice(read_ones, 0, None, asked.every)}.values()), turns=2)
    print(machine())
    rows = [(one.name, f"{one.value:.4f}", *one.told.values()) for one in found]
    print(table(("figure", "ratio", *found[0].told), rows))


if __name__ == "__main__":
    main()
