"""The sample articles and their gold: complete, readable, exactly annotated, and as varied as they are meant to be."""

from collections import Counter
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.evaluation import load_gold, load_texts
from pipelines.sources import read
from transforms.evaluation import GoldFile, SystemEvent, problems, score
from transforms.records import RawArticle
from transforms.vocabulary import EventType

SEEDS = Path(__file__).parents[1] / "seeds"
ARTICLES = sorted((SEEDS / "articles").glob("*.md"))
GOLD = {file.article: file for file in load_gold(SEEDS / "gold")}
KEYS = {"id", "url", "title", "published_at", "source"}


def front_matter(path: Path) -> dict[str, Any]:
    _, head, _ = path.read_text(encoding="utf-8").split("---\n", 2)
    values = yaml.safe_load(head)
    assert isinstance(values, dict)
    return values


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return load_texts(SEEDS / "articles")


def test_the_pipeline_reads_every_sample_and_rejects_nothing() -> None:
    records = list(read([SEEDS / "articles"]))
    assert all(isinstance(record, RawArticle) for record in records)
    assert sorted(record.source_id for record in records if record.source_id) == [path.stem for path in ARTICLES]


def test_every_sample_has_gold_and_every_gold_a_sample() -> None:
    assert list(GOLD) == [path.stem for path in ARTICLES]
    assert [path.stem for path in sorted((SEEDS / "gold").iterdir())] == [path.stem for path in ARTICLES]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_front_matter_is_that_of_the_contract(path: Path) -> None:
    values = front_matter(path)
    assert set(values) <= KEYS
    assert set(values) >= KEYS - {"published_at"}
    assert values["id"] == path.stem
    assert ".example.org/" in values["url"]


@pytest.mark.parametrize("article", GOLD)
def test_gold_is_exact(article: str, texts: dict[str, str]) -> None:
    assert problems(GOLD[article], texts[article]) == []


@pytest.mark.parametrize("article", GOLD)
def test_no_event_is_evidenced_by_boilerplate_alone(article: str, texts: dict[str, str]) -> None:
    gold, text = GOLD[article], texts[article]
    spans = [*gold.boilerplate_spans, *([text[text.index(gold.boilerplate_from) :]] if gold.boilerplate_from else [])]
    for event in gold.events:
        assert not all(any(quote in span for span in spans) for quote in event.evidence), event.id


@pytest.mark.parametrize("article", GOLD)
def test_gold_scores_itself_in_full(article: str, texts: dict[str, str]) -> None:
    gold = GOLD[article]
    answers = [
        SystemEvent(
            event_type=event.type,
            status=event.status,
            form=event.form,
            participants=event.participants,
            place=event.place[0] if event.place else None,
            start_date=event.start,
            end_date=event.end,
            sentences=event.evidence,
        )
        for event in gold.events
    ]
    report = score({article: answers}, [gold], texts)
    assert report.errors() == []
    assert report.total.strict_f1 == 1


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_gold_and_front_matter_agree_on_the_day(path: Path) -> None:
    given = front_matter(path).get("published_at")
    if given:
        assert GOLD[path.stem].published == (given if type(given) is date else given.date())


def test_the_samples_are_as_varied_as_they_are_meant_to_be(texts: dict[str, str]) -> None:
    files = GOLD.values()
    events = [event for event in chain.from_iterable(file.events for file in files) if event.required]
    assert len(GOLD) >= 14
    assert sum("published_at" not in front_matter(path) for path in ARTICLES) >= 3
    assert sum(bool(file.boilerplate_spans or file.boilerplate_from) for file in files) >= 5
    years = {file.published.year for file in files if file.published}
    assert min(years) == 1995 and max(years) == 2026
    statuses = Counter((event.type, event.status) for event in events)
    assert len(statuses) >= 20
    assert {event_type for event_type, _ in statuses} == set(EventType)
    for trap in ("sanctioned", "hearing", "met"):
        assert sum(trap in text for text in texts.values()) >= 3


def test_two_samples_tell_the_same_event_differently() -> None:
    one, other = GOLD["border-truce-putrajaya"], GOLD["border-truce-kuala-lumpur"]
    first, second = (_agreed(file) for file in (one, other))
    assert (first.start, set(first.participants)) == (second.start, set(second.participants))
    assert first.place and second.place and first.place[0] != second.place[0]


def _agreed(file: GoldFile) -> Any:
    return next(event for event in file.events if event.status == "agreed")
