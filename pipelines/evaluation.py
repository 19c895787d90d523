"""Reads gold, articles and a published warehouse, and has them scored: what `parley evaluate` calls.

The measure itself is `transforms/evaluation`; printing belongs to the command line.
"""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import duckdb
import pydantic

from pipelines.sources import read
from transforms.evaluation import GoldFile, Report, SystemEvent, score
from transforms.records import RawArticle
from transforms.vocabulary import EventType, Form, Status

# No ORDER BY: of equal candidates the measure takes the later row, so the view's own order counts.
_EVENTS = """
    SELECT article_event_id, source_id, event_type, status, form, start_date, end_date, place, participants, sentences
    FROM marts.article_events
"""


class EvaluationError(ValueError):
    """Something that the caller gave cannot be scored; the message says what, and what to do."""


def load_gold(folder: Path) -> list[GoldFile]:
    """The gold files (`*.json`) of a folder, in the order of their names.

    Raises EvaluationError where there is none, or where one is not in the format of `docs/events.md`.
    """
    if not folder.is_dir():
        raise EvaluationError(f"{folder} is not a folder: give the folder that holds the gold, one .json per article")
    gold = []
    for path in sorted(folder.glob("*.json")):
        try:
            gold.append(GoldFile.model_validate_json(path.read_bytes()))
        except pydantic.ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"])) or "the file"
            raise EvaluationError(f"{path}: {where}: {first['msg']}") from error
    if not gold:
        raise EvaluationError(f"{folder} holds no gold (*.json)")
    return gold


def load_texts(path: Path) -> dict[str, str]:
    """The raw text of each article by its source_id, as the pipeline reads it.

    `path` is a folder of articles or one file in any format that `parley run` takes. Raises EvaluationError where
    there is nothing.
    """
    if not path.exists():
        raise EvaluationError(f"{path} does not exist: give the articles that the gold was made for")
    texts = {record.source_id: record.text for record in read([path]) if isinstance(record, RawArticle)}
    if not texts:
        raise EvaluationError(f"{path} holds no article that can be read")
    return texts


def load_system(warehouse: Path, articles: Iterable[str]) -> dict[str, list[SystemEvent]]:
    """The events of some articles in the view `marts.article_events`, by the gold's name of the article.

    A source_id stands for an article where its last part is the article's name, with or without the suffix. Raises
    EvaluationError where the file is no warehouse of ours.
    """
    if not warehouse.is_file():
        raise EvaluationError(f"{warehouse} does not exist: `parley run` makes it")
    try:
        with closing(duckdb.connect(str(warehouse), read_only=True)) as connection:
            rows = connection.execute(_EVENTS).fetchall()
    except duckdb.Error as error:
        raise EvaluationError(f"{warehouse} cannot be read as a warehouse of Parley: {error}") from error
    wanted: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        for name in {article, Path(article).stem}:
            wanted[name].append(article)
    found: dict[str, list[SystemEvent]] = defaultdict(list)
    for event_id, source_id, event_type, status, form, start, end, place, participants, sentences in rows:
        for article in wanted.get(Path(str(source_id)).name, ()):
            event = SystemEvent(
                article_event_id=event_id,
                event_type=EventType(event_type),
                status=Status(status),
                form=Form(form) if form else None,
                start_date=_day(start),
                end_date=_day(end),
                place=place,
                participants=tuple(participants or ()),
                sentences=tuple(sentences or ()),
            )
            found[article].append(event)
    return dict(found)


def _day(value: date | datetime | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def evaluate(warehouse: Path, gold_folder: Path, articles: Path) -> Report:
    """Scores a warehouse against a folder of gold; `articles` holds the texts that the gold was made for.

    Raises EvaluationError, with one sentence for the user, where something given cannot be read or does not fit.
    """
    gold = load_gold(gold_folder)
    texts = _texts_by_article(gold, load_texts(articles), articles)
    return score(load_system(warehouse, texts), gold, texts)


def _texts_by_article(gold: Iterable[GoldFile], texts: dict[str, str], path: Path) -> dict[str, str]:
    """The texts of the articles that have gold."""
    missing = [file.article for file in gold if file.article not in texts]
    if missing:
        known = ", ".join(sorted(texts)[:3])
        raise EvaluationError(f"{path} lacks the article {missing[0]} that has gold; it holds {known} …")
    return {file.article: texts[file.article] for file in gold}
