"""How well and how fast copies are found: `python -m benchmarks.copies [ARTICLES]` (100,000 without it).

A lake of stories (`stories.py`), three in ten of which are copies edited in a known way, in batches of 1,000; beside
them what is easily taken for a copy: one event told by two writers, and a template filled anew. Signing and clustering
run as in the pipeline, on texts that are clean already. The copies that real newspapers print are not measured.
"""

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.common import machine, table
from benchmarks.stories import edited, story
from pipelines.clustering import cluster_articles
from pipelines.land import RAW
from pipelines.stages import CLEAN, DATES, SIGNATURES
from transforms.identity import cluster_id, digest, text_id
from transforms.records import ArticleCluster, ArticleDates, CleanText, Line, RawArticle
from transforms.vocabulary import LineKind, PublishedBasis
from warehouse.build import CLUSTERED_STAGE, MERGED_BATCH
from warehouse.lake import Lake
from warehouse.staging import LandedBatch

BATCH = 1_000
SENTENCES = 12  # about 200 words
START = datetime(2021, 3, 1)

Edit = Callable[[str, random.Random], str]


def _cut(text: str, pick: random.Random) -> str:
    lines = text.split("\n")
    return "\n".join(lines[: round(len(lines) * pick.uniform(0.6, 0.9))])


def _padded(text: str, pick: random.Random) -> str:
    return "\n".join((text, story(pick.randrange(10**9, 2 * 10**9), pick.randint(1, SENTENCES // 2))))


def _headed(text: str, pick: random.Random) -> str:
    return "\n".join((story(pick.randrange(10**9, 2 * 10**9), 1), text))


COPIES: dict[str, Edit] = {
    "as it was": lambda text, _: text,
    "1 to 3% of the words": lambda text, pick: edited(text, pick.uniform(0.01, 0.03), pick.randrange(10**6)),
    "3 to 6% of the words": lambda text, pick: edited(text, pick.uniform(0.03, 0.06), pick.randrange(10**6)),
    "cut by a tenth to two fifths": _cut,
    "another headline": _headed,
    "paragraphs added": _padded,
}


def _retold(text: str, pick: random.Random) -> str:
    """Each sentence's halves the other way round, in other connecting words, and in another order."""
    told = []
    for sentence in text.rstrip(".").split(".\n"):
        first, second = sentence.split(", while ")
        name, verb, *rest = first.split()
        told.append(f"It was {name} who {verb} {' '.join(reversed(rest))}; of {second} little is known yet.")
    pick.shuffle(told)
    return "\n".join(told)


def _filled(text: str, pick: random.Random) -> str:
    """The same story with another figure in every place that has one."""
    return " ".join(str(pick.randint(2, 9_000)) if word.isdecimal() else word for word in text.split(" "))


OTHERS: dict[str, Edit] = {"told by another writer": _retold, "the same template filled anew": _filled}


def articles(count: int) -> Iterator[tuple[str, str, str]]:
    """What each article is (a key of COPIES or OTHERS, or `original`), the story it is a copy of, and its text."""
    pick = random.Random(count)
    originals: list[int] = []
    for number in range(count):
        if originals and pick.random() < 0.3:
            kind, of = pick.choice(list(COPIES)), pick.choice(originals)
            yield kind, str(of), COPIES[kind](story(of, SENTENCES), pick)
        elif number % 20 == 19:
            kind, of = pick.choice(list(OTHERS)), originals[-1]
            yield kind, str(number), OTHERS[kind](story(of, SENTENCES), pick)
        else:
            originals.append(number)
            yield "original", str(number), story(number, SENTENCES)


def _written(lake: Lake, count: int) -> tuple[list[LandedBatch], dict[str, tuple[str, str]]]:
    """The batches of the lake, and what each article is."""
    batches = []
    told: dict[str, tuple[str, str]] = {}
    rows: list[RawArticle] = []
    for number, (kind, of, text) in enumerate(articles(count)):
        key = digest("article", number)
        told[key] = kind, of
        rows.append(
            RawArticle(
                article_id=key,
                text_id=text_id(text),
                cluster_id=cluster_id(text),
                source=f"paper {number % 50}",
                source_id=str(number),
                text=text,
                published_at=START + timedelta(minutes=number),
                origin="benchmark",
            )
        )
        if len(rows) == BATCH or number == count - 1:
            batch = LandedBatch(f"{len(batches):06}", START, len(rows), len(batches))
            lake.write(RAW, batch.batch, RawArticle, rows, fingerprint="benchmark")
            lake.write(CLEAN.name, batch.batch, CleanText, _cleaned(rows), fingerprint="benchmark")
            lake.write(DATES.name, batch.batch, ArticleDates, _dated(rows), fingerprint="benchmark")
            batches.append(batch)
            rows = []
    return batches, told


def _cleaned(rows: list[RawArticle]) -> list[CleanText]:
    texts = {row.text_id: row.text for row in rows}
    return [
        CleanText(
            text_id=key,
            text=text,
            language="en",
            segments=[],
            lines=[Line(start=0, end=len(text), kind=LineKind.CONTENT)],
            sentences=[],
        )
        for key, text in texts.items()
    ]


def _dated(rows: list[RawArticle]) -> list[ArticleDates]:
    return [
        ArticleDates(article_id=row.article_id, published_basis=PublishedBasis.GIVEN, evidence=[], expressions=[])
        for row in rows
    ]


def measure(count: int) -> tuple[dict[str, float], Mapping[str, tuple[int, int]]]:
    """CPU seconds of each step, pair by pair figures, and for each kind how many there are and how many were put to the
    story that they are made of."""
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake(Path(folder))
        batches, told = _written(lake, count)
        start = time.process_time()
        for batch in batches:
            rows = SIGNATURES.compute(lake, batch.batch, None)
            lake.write(SIGNATURES.name, batch.batch, SIGNATURES.record, rows, fingerprint="benchmark")
        signed = time.process_time()
        cluster_articles(lake, batches, "benchmark", {})
        clustered = time.process_time()
        cluster_articles(lake, batches, "benchmark", {})
        again = time.process_time()
        rows_ = lake.read(CLUSTERED_STAGE, MERGED_BATCH, ArticleCluster)
    first = {row.article_id: told[row.cluster_first_article_id][1] for row in rows_}
    met: Counter[str] = Counter()
    joined = right = 0
    for row in rows_:
        kind, of = told[row.article_id]
        # Of a copy it counts whether it met its story, of all others whether they met any.
        met[kind] += first[row.article_id] == of if kind in COPIES else row.cluster_first_article_id != row.article_id
        if row.cluster_first_article_id != row.article_id:
            joined += 1
            right += kind in COPIES and first[row.article_id] == of
    kinds = Counter(kind for kind, _ in told.values())
    copies = sum(kinds[kind] for kind in COPIES)
    figures = {
        "articles": count,
        "signing, articles a CPU second": count / (signed - start),
        "clustering, CPU seconds": clustered - signed,
        "clustering again, CPU seconds": again - clustered,
        "precision": right / joined if joined else 1.0,
        "recall": sum(met[kind] for kind in COPIES) / copies if copies else 1.0,
    }
    return figures, {kind: (kinds[kind], met[kind]) for kind in ("original", *COPIES, *OTHERS)}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    figures, kinds = measure(count)
    print(machine())
    print(
        table(["figure", "value"], [[name, f"{value:,.3f}".rstrip("0").rstrip(".")] for name, value in figures.items()])
    )
    shares = [[kind, f"{all_:,}", f"{met / all_:.3f}" if all_ else "-"] for kind, (all_, met) in kinds.items()]
    print(table(["kind", "articles", "put to a story before it"], shares))


if __name__ == "__main__":
    main()
