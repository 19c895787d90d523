"""What one article tells, written for another of the same text, is what extraction would make of that one."""

from datetime import date

import pytest

from pipelines.settings import sample_articles
from tests.transforms.events.conftest import Read
from transforms.events import rekeyed
from transforms.events.rows import _mention_id
from transforms.records import ArticleMentions

TALKS = """\
Peru and Ecuador called for a ceasefire in the border war and the United States backed the truce on Monday.
Foreign Minister Ana Ruiz met José Mena in Quito on Tuesday; their talks lasted an hour and will go on in May.
Chad, Sudan and Libya each agreed to separate ceasefires, and the European Union imposed sanctions on Chad.
"""
SAMPLES = sorted(file for file in sample_articles().iterdir() if file.suffix in (".txt", ".md"))


@pytest.mark.parametrize("text", [TALKS, "The rains came early.", *(file.read_text("utf-8") for file in SAMPLES[:3])])
def test_rekeyed_is_what_extraction_makes(read: Read, text: str) -> None:
    published = date(2021, 3, 10)
    for other in ("b", "c", "d"):
        assert rekeyed(read(text, published), other) == read(text, published, other)


def test_mentions_on_one_trigger_keep_their_numbers(read: Read) -> None:
    told = read(TALKS)
    first = told.mentions[0]
    event = next(e for e in told.events if e.article_event_id == first.article_event_id)
    of = (event.event_type, event.status, first.trigger_start, first.trigger_end)
    again = first.model_copy(update={"mention_id": _mention_id("a", *of, 1)})
    twice = told.model_copy(update={"mentions": [again, *told.mentions]})
    found = rekeyed(ArticleMentions.model_validate(twice.model_dump()), "b")
    assert {_mention_id("b", *of, 0), _mention_id("b", *of, 1)} <= {m.mention_id for m in found.mentions}
