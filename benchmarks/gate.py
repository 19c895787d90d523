"""What the word gate lets through: `python -m benchmarks.gate [GOLD:ARTICLES …] [--corpus ARTICLES] [--every N]`.

GOLD is a folder of annotations (docs/events.md) for ARTICLES; without one, the sample articles. Of the sentences that
hold evidence of a required event it counts those that the gate takes for telling, by a trigger word or by a word that
goes on about the one before, and those that are parsed, be it as context; and the events of which at least one sentence
is telling. Of a corpus of mixed news (of every Nth article) it counts how little the gate lets through. `--json` prints
the figures by set, `--verbose` the evidence that is not telling.
"""

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import batched, islice
from pathlib import Path

from benchmarks.common import machine, table
from pipelines.evaluation import load_gold
from pipelines.settings import batch_size, sample_articles
from pipelines.sources import read
from transforms.cleaning import clean
from transforms.evaluation.matching import occurrences, overlapping
from transforms.evaluation.names import squeeze
from transforms.events.admitting import parse
from transforms.events.gate import telling
from transforms.records import CleanText, RawArticle

OURS = (sample_articles().parent / "gold", sample_articles())


@dataclass
class OfGold:
    """Counts over the required events of a set, and the evidence that no trigger word stands in."""

    evidence: int = 0
    telling: int = 0
    parsed: int = 0
    events: int = 0
    events_telling: int = 0
    silent: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Shares of the evidence's sentences that are telling and that are parsed, and of the events that are told."""
        return {
            "evidence": self.evidence,
            "telling": self.telling / self.evidence,
            "parsed": self.parsed / self.evidence,
            "events": self.events,
            "events_telling": self.events_telling / self.events,
        }


@dataclass
class OfCorpus:
    """Counts over the articles of a corpus."""

    articles: int = 0
    sentences: int = 0
    telling: int = 0
    parsed: int = 0
    words: int = 0
    words_parsed: int = 0

    def figures(self) -> dict[str, float]:
        """Shares of the sentences that are telling, and of the sentences and words that are parsed."""
        return {
            "articles": self.articles,
            "telling": self.telling / self.sentences,
            "parsed": self.parsed / self.sentences,
            "words_parsed": self.words_parsed / self.words,
        }


def of_gold(gold: Path, articles: Path) -> OfGold:
    """What the gate makes of annotated evidence. Raises ValueError where an article or a piece of evidence lacks."""
    texts = {Path(raw.source_id).stem: clean(raw.text_id, raw.text) for raw in _articles(articles)}
    admitted = {parsed.text_id: set(parsed.sentences) for parsed in parse(None, list(texts.values()))}
    found = OfGold()
    for annotated in load_gold(gold):
        text = texts.get(Path(annotated.article).stem)
        if text is None:
            raise ValueError(f"{articles} has no article {annotated.article}")
        heard, parsed = telling(text), admitted[text.text_id]
        for event in annotated.events:
            if not event.required:
                continue
            told = False
            for quote in event.evidence:
                sentences = _sentences(text, quote)
                if not sentences:
                    raise ValueError(f"{annotated.article} {event.id}: the evidence is not in the text: {quote!r}")
                found.evidence += 1
                found.parsed += not sentences.isdisjoint(parsed)
                if sentences.isdisjoint(heard):
                    found.silent.append(f"{annotated.article} {event.id} {event.type}/{event.status}: {quote}")
                else:
                    found.telling += 1
                    told = True
            found.events += 1
            found.events_telling += told
    return found


def of_corpus(articles: Path, every: int = 1) -> OfCorpus:
    """What the gate makes of every Nth article of a corpus."""
    found = OfCorpus()
    for raws in batched(islice(_articles(articles), 0, None, every), batch_size()):
        texts = [clean(raw.text_id, raw.text) for raw in raws]
        for text, parsed in zip(texts, parse(None, texts), strict=True):
            admitted = set(parsed.sentences)
            found.articles += 1
            found.sentences += len(text.sentences)
            found.telling += len(telling(text))
            found.parsed += len(admitted)
            for i, sentence in enumerate(text.sentences):
                words = len(text.text[sentence.start : sentence.end].split())
                found.words += words
                found.words_parsed += words * (i in admitted)
    return found


def _articles(path: Path) -> Iterable[RawArticle]:
    return (item for item in read([path]) if isinstance(item, RawArticle))


def _sentences(text: CleanText, quote: str) -> set[int]:
    """The sentences in which a quote stands, wherever it does; white space and marks do not matter."""
    pieces = [squeeze(text.text[sentence.start : sentence.end]) for sentence in text.sentences]
    spans, at = [], 0
    for piece in pieces:
        spans.append((at, at + len(piece)))
        at += len(piece)
    quoted = occurrences("".join(pieces), [quote])
    return {i for i, span in enumerate(spans) if overlapping([span], quoted)}


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    words.add_argument("sets", nargs="*", metavar="GOLD:ARTICLES")
    words.add_argument("--corpus", type=Path)
    words.add_argument("--every", type=int, default=1)
    words.add_argument("--json", action="store_true")
    words.add_argument("--verbose", action="store_true")
    asked = words.parse_args()
    pairs = [(Path(gold), Path(articles)) for gold, _, articles in (one.partition(":") for one in asked.sets)]
    sets = {gold.name: of_gold(gold, articles) for gold, articles in pairs or [OURS]}
    figures = {name: one.figures() for name, one in sets.items()}
    if asked.corpus:
        figures["corpus"] = of_corpus(asked.corpus, asked.every).figures()
    if asked.json:
        print(json.dumps(figures))
        return
    print(machine())
    for name, one in figures.items():
        print(table(["figure", name], [[what, f"{value:.4g}"] for what, value in one.items()]))
    if asked.verbose:
        print(*(line for one in sets.values() for line in one.silent), sep="\n")


if __name__ == "__main__":
    main()
