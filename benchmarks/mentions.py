"""The mention stage against the parse stage: `python -m benchmarks.mentions [ARTICLES] [--every N]`.

A changed rule makes the mentions anew from the stored parses; here is what that costs beside parsing. CPU time of this
process, in one run over the same articles, by default the sample articles; as in the pipeline, one stage follows the
other batch by batch. The parse stage is the word gate, spaCy's pipeline, the packing of its parses
and the choice of what is parsed as context; the mention stage restores them and extracts the mentions and events of
each article. Neither counts what is done once in a process (the model, the vocabulary and the tables are loaded by a
first pass over the sample articles), nor cleaning, dates, and the reading and writing of files. `--json` prints the
figures.
"""

import argparse
import gc
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import batched, islice
from pathlib import Path

from benchmarks.common import machine, samples, table
from pipelines import settings
from pipelines.sources import read
from transforms import language
from transforms.cleaning import clean
from transforms.dates.publication import article_dates
from transforms.events import extract
from transforms.events.admitting import parse
from transforms.records import ParsedText, RawArticle


@dataclass(frozen=True)
class Cost:
    """CPU seconds of the two stages over some articles, and how much they had to do."""

    articles: int
    words: int  # parsed ones
    mentions: int
    parse: float
    mention: float

    def figures(self) -> dict[str, float]:
        """All of it, with the ratio of the stages."""
        return {
            "articles": self.articles,
            "words_parsed": self.words,
            "mentions": self.mentions,
            "parse_seconds": self.parse,
            "mention_seconds": self.mention,
            "ratio": self.mention / self.parse,
        }


def cost(articles: Iterable[RawArticle]) -> Cost:
    """Runs both stages over the articles, each text parsed once. Whatever a process does once must be done before."""
    raws = list(articles)
    texts = {raw.text_id: clean(raw.text_id, raw.text) for raw in raws}
    dates = {raw.article_id: article_dates(raw, texts[raw.text_id]) for raw in raws}
    vocab = language.vocabulary()
    words = mentions = 0
    parsing = mention = 0.0
    parses: dict[str, ParsedText] = {}
    gc.collect()
    gc.freeze()  # what is made above is no part of either stage, nor is going through it for garbage
    for batch in batched(raws, settings.batch_size()):
        start = time.process_time()
        fresh = [texts[key] for key in dict.fromkeys(raw.text_id for raw in batch) if key not in parses]
        new = list(parse(None, fresh))
        parsed_at = time.process_time()
        parses |= {parsed.text_id: parsed for parsed in new}
        found = [
            extract(raw.article_id, texts[raw.text_id], parses[raw.text_id], dates[raw.article_id], vocab)
            for raw in batch
        ]
        mention += time.process_time() - parsed_at
        parsing += parsed_at - start
        words += sum(parsed.words for parsed in new)
        mentions += sum(len(one.mentions) for one in found)
    gc.unfreeze()
    return Cost(len(raws), words, mentions, parsing, mention)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    words.add_argument("articles", nargs="?", type=Path, metavar="ARTICLES")
    words.add_argument("--every", type=int, default=1, help="take every Nth article")
    words.add_argument("--json", action="store_true")
    asked = words.parse_args()
    cost(samples())
    given = read([asked.articles]) if asked.articles else iter(samples())
    raws = (item for item in given if isinstance(item, RawArticle))
    figures = cost(islice(raws, 0, None, asked.every)).figures()
    if asked.json:
        print(json.dumps(figures))
        return
    print(machine())
    print(table(["figure", "value"], [[what, f"{value:.5g}"] for what, value in figures.items()]))


if __name__ == "__main__":
    main()
