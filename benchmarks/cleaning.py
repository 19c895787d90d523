"""How well lines are labelled: `python -m benchmarks.cleaning [GOLD:ARTICLES …] [--corpus FILE [--draw N] …]`.

GOLD is a folder of annotations (docs/events.md) for ARTICLES; without one, the sample articles. Printed is, per set,
the share of the characters which the gold marks as boilerplate that are labelled so, the evidence that is lost to a
label, and what is labelled although the gold does not mark it. Of a corpus it counts what each rule labels, and draws
labelled lines at random (`--missed`: lines of content that look like none) with the text around them, for reading by
hand: docs/cleaning.md has the figures. What the rules are belongs to `transforms/cleaning`.
"""

import argparse
import csv
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.common import table
from pipelines.evaluation import load_gold, load_texts
from pipelines.settings import sample_articles
from pipelines.sources import read
from transforms.cleaning import clean
from transforms.evaluation import GoldFile
from transforms.records import CleanText, Line, RawArticle
from transforms.vocabulary import LineKind

OURS = ((sample_articles().parent / "gold", sample_articles()),)
LABELLED = frozenset(LineKind) - {LineKind.CONTENT, LineKind.HEADLINE}
UNREAD = frozenset({LineKind.BOILERPLATE, LineKind.CAPTION})  # evidence there is lost
_AROUND = 90  # characters shown before and after a drawn line

_ENDS = re.compile(r"[.!?…][\"'”’)\]]*\Z")
# A line of content that may be none: short without an end, addressed to the reader, with bars, links or clock times.
_SUSPECT = re.compile(
    r"\|| • |»|https?:|www\.|\.com\b|@\w|©|\b(?:you|your|newsletter|click|subscribe|sign up|share|follow|comments?)\b|"
    r"\b(?:photo|image|video|picture|credit|getty)\b",
    re.IGNORECASE,
)
_SHORT = 60


@dataclass
class Figures:
    """Of the articles of one set: characters by whether gold and label call them boilerplate, and evidence lost."""

    articles: int = 0
    evidence: int = 0
    lost: list[str] = field(default_factory=list)
    marked: int = 0
    found: int = 0
    missed: list[str] = field(default_factory=list)
    content: int = 0
    extra: Counter[str] = field(default_factory=Counter)
    extras: list[str] = field(default_factory=list)


def measure(gold: Iterable[GoldFile], texts: dict[str, str]) -> Figures:
    """Compares the labels of the articles with their gold. Raises KeyError where the text of one is not there."""
    by_stem = {Path(name).stem: text for name, text in texts.items()}
    found = Figures()
    for file in gold:
        _compare(file, clean("t", by_stem[Path(file.article).stem]), found)
    return found


def _compare(gold: GoldFile, text: CleanText, figures: Figures) -> None:
    labels = [LineKind.CONTENT] * len(text.text)
    for line in text.lines:
        labels[line.start : line.end] = [line.kind] * (line.end - line.start)
    marked = [False] * len(text.text)
    for start, end in _marked(gold, text.text):
        marked[start:end] = [True] * (end - start)
        if any(labels[i] not in LABELLED for i in range(start, end) if not text.text[i].isspace()):
            figures.missed.append(f"{gold.article}: {text.text[start:end]}")
    for i, char in enumerate(text.text):
        if not char.isspace():
            figures.marked += marked[i]
            figures.content += not marked[i]
            figures.found += marked[i] and labels[i] in LABELLED
            if not marked[i] and labels[i] in LABELLED:
                figures.extra[labels[i]] += 1
    for line in text.lines:
        if line.kind in LABELLED and not any(marked[line.start : line.end]):
            figures.extras.append(f"{gold.article}: {line.kind} {line.reason}: {text.text[line.start : line.end]}")
    figures.articles += 1
    for evidence in (words for event in gold.events for words in event.evidence):
        figures.evidence += 1
        places = list(_places(evidence, text.text))
        if not any(UNREAD.isdisjoint(labels[start:end]) for start, end in places):
            figures.lost.append(f"{gold.article}: {evidence}")


def _places(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the words stand in the text, whatever white space is between them."""
    for place in re.finditer(r"\s+".join(map(re.escape, words.split())), text):
        yield place.span()


def _marked(gold: GoldFile, text: str) -> Iterator[tuple[int, int]]:
    for words in (*gold.boilerplate, *gold.boilerplate_spans):
        yield from _places(words, text)
    if gold.boilerplate_from:
        for start, _ in _places(gold.boilerplate_from, text):
            yield start, len(text)


@dataclass(frozen=True)
class Drawn:
    """A line drawn from a corpus."""

    article: str
    line: Line
    text: str
    before: str
    after: str


def drawn(
    texts: Sequence[tuple[str, CleanText]],
    count: int,
    seed: int,
    wanted: Callable[[CleanText, Line], bool],
    *,
    distinct: bool = False,
) -> list[Drawn]:
    """As many of the wanted lines of named texts, drawn at random; all of them where there are not so many.

    `distinct`: of lines with the same words, the first alone can be drawn.
    """
    lines = [(name, text, line) for name, text in texts for line in text.lines if wanted(text, line)]
    if distinct:
        lines = list(
            {text.text[line.start : line.end]: (name, text, line) for name, text, line in lines[::-1]}.values()
        )
    chosen = random.Random(seed).sample(lines, min(count, len(lines)))
    return [
        Drawn(
            name,
            line,
            text.text[line.start : line.end],
            text.text[max(0, line.start - _AROUND) : line.start],
            text.text[line.end : line.end + _AROUND],
        )
        for name, text, line in chosen
    ]


def labelled(_: CleanText, line: Line) -> bool:
    """Whether the line is labelled as anything but content or headline."""
    return line.kind in LABELLED


def by_rule(reason: str) -> Callable[[CleanText, Line], bool]:
    """Whether that rule labels the line."""
    return lambda _, line: line.reason == reason


def suspect(text: CleanText, line: Line) -> bool:
    """Whether the line is content that looks as if it were none."""
    words = text.text[line.start : line.end]
    short = len(words) < _SHORT and not _ENDS.search(words)
    return line.kind is LineKind.CONTENT and (short or (len(words) < 5 * _SHORT and bool(_SUSPECT.search(words))))


def counts(texts: Iterable[CleanText]) -> list[tuple[str, str, int, int]]:
    """Kind, reason, lines and characters of all that is labelled, the most frequent first."""
    lines: Counter[tuple[str, str]] = Counter()
    characters: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for line in text.lines:
            what = (line.kind.value, line.reason or "")
            lines[what] += 1
            characters[what] += line.end - line.start
    return [(*what, count, characters[what]) for what, count in lines.most_common()]


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    words.add_argument("sets", nargs="*", metavar="GOLD:ARTICLES")
    words.add_argument("--verbose", action="store_true", help="show what is missed, lost or labelled besides")
    words.add_argument("--corpus", type=Path, help="articles in any format that `parley run` takes")
    words.add_argument("--draw", type=int, default=0, metavar="N", help="draw N lines of the corpus, as TSV")
    words.add_argument("--distinct", action="store_true", help="draw among lines of different words")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--reason", help="draw only lines that this rule labels")
    words.add_argument("--missed", action="store_true", help="draw lines of content that look like none")
    words.add_argument("--json", action="store_true")
    asked = words.parse_args()
    if asked.corpus:
        _corpus(asked)
        return
    sets = [tuple(map(Path, one.split(":"))) for one in asked.sets] or OURS
    measured = {f"{gold.parent.name}/{gold.name}": measure(load_gold(gold), load_texts(of)) for gold, of in sets}
    if asked.json:
        print(json.dumps({name: _row(one) for name, one in measured.items()}))
        return
    rows = [[name, *_row(one).values()] for name, one in measured.items()]
    print(table(["set", *_row(Figures())], rows))
    for one in measured.values() if asked.verbose else ():
        for name in ("lost", "missed", "extras"):
            print(f"\n{name}:", *getattr(one, name), sep="\n  ")


def _row(one: Figures) -> dict[str, object]:
    return {
        "articles": one.articles,
        "evidence": one.evidence,
        "lost": len(one.lost),
        "marked": one.marked,
        "of it labelled": f"{one.found / one.marked:.3f}" if one.marked else "",
        "other characters": one.content,
        **{f"of it {kind}": one.extra[kind] for kind in sorted(LABELLED)},
    }


def _corpus(asked: argparse.Namespace) -> None:
    articles = (item for item in read([asked.corpus]) if isinstance(item, RawArticle))
    texts = [(article.source_id, clean(article.text_id, article.text)) for article in articles]
    if not asked.draw:
        print(table(["kind", "reason", "lines", "characters"], counts(text for _, text in texts)))
        return
    wanted = suspect if asked.missed else by_rule(asked.reason) if asked.reason else labelled
    sink = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    sink.writerow(["right", "article", "kind", "reason", "before", "line", "after"])
    for one in drawn(texts, asked.draw, asked.seed, wanted, distinct=asked.distinct):
        around = (" ".join(part.split(" ")).replace("\n", " ⏎ ") for part in (one.before, one.text, one.after))
        sink.writerow(["", one.article, one.line.kind.value, one.line.reason or "", *around])


if __name__ == "__main__":
    main()
