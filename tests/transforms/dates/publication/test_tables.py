"""The tables from which publication is inferred: every row can be read, and says what it must."""

import re
from collections import Counter
from datetime import date

import pytest

from transforms.dates.publication.model import model
from transforms.dates.publication.periods import bounds, span
from transforms.dates.publication.phrases import Phrases
from transforms.reference import split, table

KINDS = {"happened", "ongoing", "name", "scheduled"}


@pytest.mark.parametrize("name", ["terms_of_office", "world_events"])
def test_every_row_has_days_in_order_and_a_source(name: str) -> None:
    for row in table(name):
        first, last = bounds(row["first"], row["last"])
        assert first and date(1900, 1, 1) <= first, row
        assert last is None or first <= last, row
        assert row["source"], row


def test_terms_have_a_name_and_a_title() -> None:
    rows = table("terms_of_office")
    assert all(row["person"] and split(row["titles"]) and row["country"] for row in rows)
    assert all(title == title.lower() for row in rows for title in split(row["titles"]))
    doubled = Counter((row["person"], row["titles"], row["country"], row["first"]) for row in rows)
    assert [key for key, count in doubled.items() if count > 1] == []


def test_world_events_are_of_a_known_kind_and_named_once() -> None:
    rows = table("world_events")
    assert {row["kind"] for row in rows} == KINDS
    assert [name for name, count in Counter(row["name"] for row in rows).items() if count > 1] == []


def test_every_pattern_of_a_world_event_can_be_read() -> None:
    phrases = [phrase for row in table("world_events") for a in split(row["patterns"]) for phrase in a.split("+")]
    assert phrases and all(phrase.strip() for phrase in phrases)
    Phrases((phrase, phrase) for phrase in phrases)


def test_what_is_written_coarsely_is_read_widely() -> None:
    assert span("2022") == (date(2022, 1, 1), date(2022, 12, 31))
    assert span("2022-02") == (date(2022, 2, 1), date(2022, 2, 28))
    assert bounds("2022-02-24", "") == (date(2022, 2, 24), None)
    with pytest.raises(ValueError, match="is no date"):
        span("2022-02-24-01")


def test_phrases_are_found_whatever_their_accents_and_only_as_they_are_written() -> None:
    phrases = Phrases([("leader", "Erdogan"), ("act", "annex* Crimea"), ("word", "brexit")])
    words = ["Erdogan", "said", "Russia", "annexed", "Crimea", "before", "BREXIT", "but", "erdogan"]
    assert list(phrases.find(words)) == [("leader", 0, 1), ("act", 3, 5), ("word", 6, 7)]


def test_a_phrase_is_found_by_any_of_its_words_at_either_end_of_a_text() -> None:
    phrases = Phrases([(1, "the Troubles"), (2, "war in Iraq*"), (3, "nato summit*"), (4, "NATO")])
    text = "Troubles in the Troubles : the war in Iraqi Kurdistan and the Nato summits of NATO the war in"
    words = text.split()
    assert list(phrases.find(words)) == [(1, 2, 4), (2, 6, 9), (3, 12, 14), (4, 15, 16)]
    assert list(phrases.find(["war", "in", "Iraq"])) == [(2, 0, 3)]
    assert list(phrases.find([])) == []


@pytest.mark.parametrize("phrase", ["", "a*", "*"])
def test_a_phrase_that_would_match_anything_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"phrase|letters"):
        Phrases([("x", phrase)])


def test_shares_are_parts_of_one() -> None:
    for name, shares in model().shares.items():
        total = sum(share for _, _, share in shares.steps)
        assert 0.9 < total < 1.05, f"{name} sums to {total}"
        assert all(a <= b for a, b, _ in shares.steps), name
        assert all(one[1] < other[0] for one, other in zip(shares.steps, shares.steps[1:], strict=False)), name


def test_no_world_event_is_of_the_kinds_that_the_articles_are_searched_for() -> None:
    """A truce, sanctions or a meeting in the table would let an answer stand where it is to be extracted."""
    searched = re.compile(
        r"\b(meetings?|summits?|ceasefires?|cease-fires?|truces?|armistices?|sanctions?|embargo(es)?)\b", re.I
    )
    assert [row["name"] for row in table("world_events") if searched.search(row["name"])] == []
    patterns = (pattern for row in table("world_events") for pattern in split(row["patterns"]))
    assert [pattern for pattern in patterns if searched.search(pattern)] == []


def test_no_wording_stands_for_events_of_different_days() -> None:
    days: dict[frozenset[str], set[str]] = {}
    for row in table("world_events"):
        for pattern in split(row["patterns"]):
            days.setdefault(frozenset(phrase.strip() for phrase in pattern.split("+")), set()).add(row["first"])
    assert [sorted(pattern) for pattern, firsts in days.items() if len(firsts) > 1] == []
