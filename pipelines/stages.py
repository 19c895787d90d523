"""The stages that each batch goes through: what each reads, what it writes, and which transform makes it.

Whether a file is current (`stage.py`) and how stages are run over batches (`processing.py`) do not belong here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from pipelines import settings
from pipelines.land import RAW
from pipelines.repetition import SEEN, seen_lines
from pipelines.stage import Stage, is_current
from transforms.records import (
    ArticleDates,
    ArticleMentions,
    CleanText,
    ParsedText,
    RawArticle,
    Record,
    SeenLines,
    TextSignature,
)
from warehouse.lake import Lake, Stamp


def _texts(lake: Lake, batch: str) -> dict[str, CleanText]:
    return {text.text_id: text for text in lake.stream("clean_articles", batch, CleanText)}


def _raw_texts(lake: Lake, batch: str) -> Iterator[tuple[str, str]]:
    """Id and text of each different raw text of a batch, once."""
    seen: set[str] = set()
    for article in lake.stream(RAW, batch, RawArticle):
        if article.text_id not in seen:
            seen.add(article.text_id)
            yield article.text_id, article.text


def _signatures(lake: Lake, batch: str, _: Stamp | None) -> Iterator[Record]:
    from transforms.duplicates.signature import signed

    for text_id, text in _raw_texts(lake, batch):
        yield signed(text_id, text)


def _lines(lake: Lake, batch: str, _: Stamp | None) -> Iterator[Record]:
    return seen_lines(lake, batch, lambda before: is_current(LINES, lake, before))


def _clean(lake: Lake, batch: str, _: Stamp | None) -> Iterator[Record]:
    from transforms.cleaning import clean

    # A text that several sources of the batch have is cleaned once: what one of them repeats is furniture in it.
    repeated: defaultdict[str, set[int]] = defaultdict(set)
    for seen in lake.stream(LINES.name, batch, SeenLines):
        repeated[seen.text_id].update(seen.repeated)
    for text_id, text in _raw_texts(lake, batch):
        yield clean(text_id, text, repeated[text_id])


def _dates(lake: Lake, batch: str, _: Stamp | None) -> Iterator[Record]:
    from transforms.dates.publication import article_dates

    texts = _texts(lake, batch)
    for article in lake.stream(RAW, batch, RawArticle):
        yield article_dates(article, texts[article.text_id])


def _parses(lake: Lake, batch: str, old: Stamp | None) -> Iterable[Record]:
    from transforms import language
    from transforms.events.admitting import parse

    texts = list(_texts(lake, batch).values())
    # Parses of another model are never read; those of this one spare the work for sentences that have not changed.
    model = language.fingerprint(settings.model())
    kept = (
        lake.read("parsed_articles", batch, ParsedText) if old is not None and old.facts.get("model") == model else []
    )
    missing = {text.text_id for text in texts} - {parsed.text_id for parsed in kept}
    kept += _parsed_elsewhere(lake, batch, missing, model)
    return parse(settings.model(), texts, kept)


def _parsed_elsewhere(lake: Lake, batch: str, text_ids: set[str], model: str) -> list[ParsedText]:
    """The parses by that model which other batches hold of these texts, at most one of each."""
    places = _texts_of_several(lake.root, tuple(lake.batches(RAW)))
    by_batch: dict[str, set[str]] = {}
    for text_id in text_ids & places.keys():
        for other in places[text_id]:
            stamp = lake.stamp("parsed_articles", other) if other != batch else None
            if stamp is not None and stamp.facts.get("model") == model:
                by_batch.setdefault(other, set()).add(text_id)
                break
    return [
        parsed
        for other, wanted in sorted(by_batch.items())
        for parsed in lake.select("parsed_articles", other, ParsedText, "text_id", wanted)
    ]


@lru_cache(maxsize=1)
def _texts_of_several(root: Path, batches: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The texts that landed in several batches, with these batches; read once while no batch is added."""
    found: dict[str, tuple[str, ...]] = {}
    for batch in batches:
        for text_id in set(Lake(root).column(RAW, "text_id", [batch])):
            found[text_id] = (*found.get(text_id, ()), batch)
    return {text_id: places for text_id, places in found.items() if len(places) > 1}


def _mentions(lake: Lake, batch: str, _: Stamp | None) -> Iterator[Record]:
    from transforms import language
    from transforms.events import extract, rekeyed

    texts = _texts(lake, batch)
    parses = {parsed.text_id: parsed for parsed in lake.stream("parsed_articles", batch, ParsedText)}
    dates = {dated.article_id: dated for dated in lake.stream("time_expressions", batch, ArticleDates)}
    vocab = language.vocabulary()
    copies = {text_id for text_id, times in Counter(lake.column(RAW, "text_id", [batch])).items() if times > 1}
    told: dict[tuple[str, str], ArticleMentions] = {}  # of texts that several articles have, by text and dates
    for article in lake.stream(RAW, batch, RawArticle):
        key, dated = article.article_id, dates[article.article_id]
        same = (article.text_id, dated.model_dump_json(exclude={"article_id"})) if article.text_id in copies else None
        if same in told:
            yield rekeyed(told[same], key)
            continue
        mentions = extract(key, texts[article.text_id], parses[article.text_id], dated, vocab)
        if same:
            told[same] = mentions
        yield mentions


SIGNATURES = Stage("signatures", TextSignature, (RAW,), ("transforms.duplicates.signature",), _signatures)
LINES = Stage(SEEN, SeenLines, (RAW,), ("transforms.cleaning.repeated",), _lines, in_order=True)
CLEAN = Stage("clean_articles", CleanText, (RAW, SEEN), ("transforms.cleaning",), _clean)
DATES = Stage("time_expressions", ArticleDates, (RAW, "clean_articles"), ("transforms.dates.publication",), _dates)
PARSES = Stage(
    "parsed_articles",
    ParsedText,
    ("clean_articles",),
    ("transforms.events.admitting",),
    _parses,
    needs_model=True,
)
MENTIONS = Stage(
    "event_mentions",
    ArticleMentions,
    (RAW, "clean_articles", "time_expressions", "parsed_articles"),
    ("transforms.events",),
    _mentions,
    needs_model=True,
)
STAGES = (SIGNATURES, LINES, CLEAN, DATES, PARSES, MENTIONS)
