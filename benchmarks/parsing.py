"""The whole pipeline against spaCy over all the text: `python -m benchmarks.parsing [ARTICLES] [--every N]`.

In one run, each a command in a process of its own: `parley run` with one worker, from nothing to a publication, and a
plain script (`benchmarks/plain.py`) that loads the same spaCy pipeline and runs `nlp.pipe` over the whole texts, with
the batch size that is the faster of two on a part of them. CPU time is compared, since both use one core.

ARTICLES (or PARLEY_CORPUS) is what `parley run` takes; without it, made-up news of which one article in ten begins with
a sample article. `--gold GOLD:ARTICLES` adds a set to those that the project has: of each are listed the events that
are found when every sentence is parsed, and not when only what the gate admits is.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.common import Measured, as_scored, command, machine, parley, samples, table
from benchmarks.figures import Figure, Size
from benchmarks.gate import OURS
from benchmarks.stories import story
from pipelines.evaluation import load_gold, load_texts
from pipelines.sources import read
from transforms import language
from transforms.cleaning import clean
from transforms.dates.publication import article_dates
from transforms.evaluation import SystemEvent, score
from transforms.events import extract
from transforms.events.admitting import parse
from transforms.events.gate import ENGLISH, NEVER
from transforms.records import CleanText, ParsedText, RawArticle
from warehouse.lake import Lake

HARD = Path(__file__).parent / "sets" / "events"
SETS = (OURS, (HARD / "gold", HARD / "articles.jsonl"))
BATCHES = (32, 128)  # articles for `nlp.pipe`
PART = 20  # one article in so many, on which they are tried
ARTICLES, SENTENCES, TELLING = 100, 40, 10  # made up: how many, how long, and one in how many tells of events
CORPUS = "PARLEY_CORPUS"


def made_up(count: int) -> Iterable[dict[str, str]]:
    """News about other things; one article in ten begins with a sample article."""
    originals = samples()
    for number in range(count):
        text = story(number, SENTENCES)
        if number % TELLING == 0:
            text = f"{originals[number // TELLING % len(originals)].text}\n{text}"
        yield {"id": f"made-{number}", "source": "Benchmark", "published_at": "2021-03-04", "text": text}


def given(corpus: Path, every: int) -> Iterable[dict[str, str]]:
    """Every Nth article of a corpus, as it is."""
    raws = (item for item in read([corpus]) if isinstance(item, RawArticle))
    for raw in islice(raws, 0, None, every):
        day = str(raw.published_date) if raw.published_date else ""
        record = {"id": raw.source_id, "url": raw.url or "", "title": raw.title or "", "published_at": day}
        yield {key: value for key, value in record.items() if value} | {"text": raw.text}


def against_spacy(articles: Iterable[dict[str, str]]) -> list[Figure]:
    """The ratio of times, and the share of the tokens that are parsed."""
    with tempfile.TemporaryDirectory() as folder:
        source, home = Path(folder) / "articles.jsonl", Path(folder) / "home"
        with source.open("w", encoding="utf-8") as sink:
            count = sum(bool(sink.write(json.dumps(one, ensure_ascii=False) + "\n")) for one in articles)
        ours = parley("run", str(source), "--home", str(home), PARLEY_ENGINE="serial")
        part = Path(folder) / "part.jsonl"
        with source.open(encoding="utf-8") as lines, part.open("w", encoding="utf-8") as sink:
            sink.writelines(islice(lines, 0, None, PART))
        faster = min(BATCHES, key=lambda size: _plain(part, size).cpu)
        plain = _plain(source, faster)
        lake = Lake(home / "lake")
        words = sum(sum(lake.column("parsed_articles", "words", [b])) for b in lake.batches("parsed_articles"))
    total = int(plain.output)
    told = {
        "articles": f"{count:,}",
        "tokens": f"{total:,}",
        "parley": f"{ours.cpu:.1f} s CPU, {ours.wall:.1f} s, {ours.megabytes:,.0f} MB",
        "spaCy": f"{plain.cpu:.1f} s CPU, {plain.wall:.1f} s, {plain.megabytes:,.0f} MB",
    }
    return [
        Figure("parsing.time", ours.cpu / plain.cpu, told),
        Figure("parsing.words", words / total, {"tokens parsed": f"{words:,}"}),
    ]


def _plain(source: Path, batch: int) -> Measured:
    return command([sys.executable, str(Path(__file__).with_name("plain.py")), str(source), str(batch)])


def lost(gold: Path, articles: Path) -> list[str]:
    """The annotated events that are found when every sentence is parsed, and not among what the gate admits.

    An event is found where one of its type is told in one of its sentences (docs/events.md)."""
    texts = load_texts(articles)
    annotated = [one for one in load_gold(gold) if one.article in texts]
    wanted = {Path(one.article).stem: one.article for one in annotated}
    raws = [raw for raw in read([articles]) if isinstance(raw, RawArticle) and Path(raw.source_id).stem in wanted]
    cleaned = [clean(raw.text_id, raw.text) for raw in raws]
    everything = [_usable(text) for text in cleaned]
    found = []
    for parsed in (language.parse_new(None, cleaned, everything), parse(None, cleaned)):
        events = {
            wanted[Path(raw.source_id).stem]: _events(raw, text, own)
            for raw, text, own in zip(raws, cleaned, parsed, strict=True)
        }
        outcomes = score(events, annotated, texts).outcomes
        found.append({(o.article, o.gold.id): o.gold for o in outcomes if o.gold and o.system})
    return [f"{article} {key}" for article, key in sorted(found[0].keys() - found[1].keys())]


def _usable(text: CleanText) -> list[int]:
    usable = [i for i, sentence in enumerate(text.sentences) if sentence.kind not in NEVER]
    return usable if text.language in ENGLISH else []


def _events(raw: RawArticle, text: CleanText, parsed: ParsedText) -> list[SystemEvent]:
    """The article's events as the measure takes them."""
    found = extract(raw.article_id, text, parsed, article_dates(raw, text), language.vocabulary())
    return as_scored(text, found)


def measured(corpus: Path | None, every: int, sets: Sequence[tuple[Path, Path]]) -> list[Figure]:
    """All figures: of a corpus or of made-up news, and of the annotated sets."""
    figures = against_spacy(given(corpus, every) if corpus else made_up(ARTICLES))
    missed = {f"{gold.parent.name}/{gold.name}": lost(gold, articles) for gold, articles in sets}
    told = {name: ", ".join(events) or "none" for name, events in missed.items()}
    return [*figures, Figure("parsing.lost", sum(map(len, missed.values())), told)]


def measure(size: Size) -> list[Figure]:
    """What the suite measures: made-up news for `small`; for `full` the corpus that PARLEY_CORPUS names, if it does."""
    corpus = os.environ.get(CORPUS) if size is Size.FULL else None
    return measured(Path(corpus) if corpus else None, 1, SETS)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("articles", nargs="?", type=Path, metavar="ARTICLES", default=os.environ.get(CORPUS))
    words.add_argument("--every", type=int, default=1, help="take every Nth article")
    words.add_argument("--gold", action="append", default=[], metavar="GOLD:ARTICLES")
    asked = words.parse_args()
    more = [(Path(gold), Path(articles)) for gold, _, articles in (one.partition(":") for one in asked.gold)]
    figures = measured(asked.articles, asked.every, [*SETS, *more])
    print(f"{machine()}\n")
    told = [(one.name, f"{one.value:.4g}", "; ".join(f"{k}: {v}" for k, v in one.told.items())) for one in figures]
    print(table(("figure", "value", "made of"), told))


if __name__ == "__main__":
    main()
