"""Signatures are the same everywhere, and find the texts that are worth comparing."""

from itertools import combinations

import pytest

from benchmarks.stories import edited, story
from transforms.duplicates.shingles import SHORTEST, fingerprint, jaccard
from transforms.duplicates.signature import BANDS, ROWS, signature

LIMA = (
    "Peru and Ecuador agreed in Lima on Tuesday to reopen the bridge at Aguas Verdes, closed since the floods of 2017 "
    "carried off its middle span. Ana Ruiz, the Peruvian minister, said lorries would cross by June. José Mena, who "
    "signed for Quito, would not name a day. Traders on both banks have lost 40 million dollars, by their own count, "
    "and sell by raft."
)
FROZEN = [-2916243872921567342, 4906033879817642943, 722086403278684437, 1992482189828029550]


def test_a_signature_is_what_it_always_was() -> None:
    """Kept in the lake and compared with those of years ago: frozen values."""
    assert len(signature(LIMA)) == BANDS
    assert signature(LIMA)[:4] == FROZEN


def test_case_punctuation_and_blanks_do_not_count() -> None:
    assert signature(LIMA.upper().replace(", ", " —\n\n ")) == signature(LIMA)


def test_short_texts_have_none() -> None:
    assert signature("") == []
    assert signature("word " * (SHORTEST - 1)) == []
    assert len(signature("word " * SHORTEST)) == BANDS


def expected_to_meet(a: str, b: str) -> float:
    return 1 - (1 - jaccard(fingerprint(a).shingles, fingerprint(b).shingles) ** ROWS) ** BANDS


def meet(a: str, b: str) -> bool:
    return bool(set(signature(a)) & set(signature(b)))


@pytest.mark.parametrize("share", [0.02, 0.08, 0.15])
def test_copies_meet_as_often_as_the_curve_says(share: float) -> None:
    pairs = [(text, edited(text, share, seed)) for seed in range(60) if (text := story(seed))]
    assert sum(meet(*pair) for pair in pairs) == pytest.approx(sum(expected_to_meet(*pair) for pair in pairs), abs=5)


def test_different_stories_seldom_meet() -> None:
    pairs = list(combinations([story(seed) for seed in range(30)], 2))
    expected = sum(expected_to_meet(*pair) for pair in pairs)
    assert expected < 0.05 * len(pairs)
    assert sum(meet(*pair) for pair in pairs) <= 2 * expected
