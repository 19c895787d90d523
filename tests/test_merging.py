"""Merging on articles of ours that tell the same events differently, labelled by hand (benchmarks/sets/merging)."""

import pytest
from spacy.language import Language

from benchmarks.merging import OURS, b_cubed, measure


@pytest.fixture(scope="module")
def figures(nlp: Language) -> dict[str, float]:
    assert nlp.pipe_names
    return measure(OURS)


def test_accounts_of_one_event_become_one_event(figures: dict[str, float]) -> None:
    assert figures["found"] >= 0.7
    assert figures["b3_f1"] >= 0.85
    assert figures["b3_f1"] > figures["never_merging_f1"]


def test_what_differs_is_never_merged(figures: dict[str, float]) -> None:
    """Parties on another day, one sender's other targets, undated sanctions, another stage."""
    assert figures["different → different"] >= 25
    assert "different → same" not in figures
    assert "stage → same" not in figures


def test_b_cubed_of_a_hand_made_case() -> None:
    """Two of three accounts of one event put together, another alone: recall is (2/3 + 2/3 + 1/3 + 1) / 4."""
    precision, recall, _ = b_cubed({"a": "x", "b": "x", "c": "y", "d": "z"}, {"a": "1", "b": "1", "c": "1", "d": "2"})
    assert (precision, round(recall, 4)) == (1.0, 0.6667)
