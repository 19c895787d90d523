"""What counts as a copy, and what does not although many words are the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.stories import edited, story
from transforms.cleaning import clean
from transforms.duplicates.shingles import SAME, SHORTEST, content, fingerprint, jaccard, likeness, shingles
from transforms.folding import folded_words

WIRE = """\
VALLETTA — Four states that share the eastern fisheries agreed on Thursday to count the tuna together, ending a quarrel
that had kept their patrol boats apart since the spring. Under the accord each sends two observers to the others' ports.
Boats that refuse them lose their licence for a year. The ministers did not say who will pay the 11 million euros that
the counting costs. "We have bought ourselves three seasons," said Lena Sato, who led the talks. Fishermen in Zadar were
less sure: the quota that the count is to serve has not been set, and the last one was broken in 2016, 2018 and 2019.
"""
RETOLD = """\
An old dispute over tuna is to be settled by arithmetic. Ministers meeting in Malta's capital decided that observers
will travel to one another's harbours, two from every government, and that a skipper who turns them away must stay in
port for twelve months. Nobody has found the money yet; 11 million euros are wanted. Lena Sato, in the chair, spoke of
three seasons gained. On the quay at Zadar men recalled 2016, 2018 and 2019, when catches ran far over what had been
allowed, and wondered aloud what counting fish is good for as long as no limit stands on paper.
"""
MARKET = """\
Shares on the Bergen exchange closed higher on {day}. The main index rose {a} points, or {b} percent, to {c}. Of the
companies listed {d} gained and {e} lost, while {f} stood still. Shipping led the gains for the second session running,
followed by fish farms and banks. The krone was worth {g} against the euro. Oil for delivery next month cost {h}
dollars a barrel in the afternoon. Dealers spoke of thin trade before the holidays and said that the mood was calm.
"""


def alike(a: str, b: str) -> float:
    return likeness(fingerprint(a), fingerprint(b))


def test_a_copy_with_another_headline_and_a_line_more_is_one() -> None:
    copy = f"Tuna accord ends long quarrel\n\n{WIRE}\nThe Evening Post could not reach the ministry in Zadar on Friday."
    assert alike(WIRE, copy) > 0.8


def test_a_copy_that_was_cut_keeps_its_figures() -> None:
    cut = " ".join(WIRE.split()[: len(WIRE.split()) * 2 // 3])
    assert alike(WIRE, cut) >= SAME


def test_the_same_event_told_by_another_writer_is_none() -> None:
    assert alike(WIRE, RETOLD) < 0.05


def test_another_day_of_the_same_market_report_is_none() -> None:
    monday = MARKET.format(day="Monday", a=12, b=0.8, c=1512, d=61, e=22, f=9, g=11.3, h=71)
    tuesday = MARKET.format(day="Tuesday", a=3, b=0.2, c=1515, d=48, e=40, f=4, g=11.4, h=73)
    assert jaccard(fingerprint(monday).shingles, fingerprint(tuesday).shingles) > 0.35
    assert alike(monday, tuesday) == 0
    assert alike(monday, monday.replace("thin trade", "sluggish trade")) > 0.8


def test_short_texts_are_like_none() -> None:
    stub = "Follow our live coverage of the summit in Lima here. " * 3
    assert len(folded_words(stub)) < SHORTEST
    assert alike(stub, stub.replace("Lima", "Quito")) == 0


def test_boilerplate_is_set_aside() -> None:
    page = "Envoys met in Lima on Monday.\n\nSign up for our newsletter\n\nThey will meet again in May."
    assert "newsletter" not in content(clean("t", page))
    assert "meet again" in content(clean("t", page))


@pytest.mark.parametrize(("a", "b", "index"), [("", "", 1), ("a b", "", 0), ("A b c d e f", "a B: c-d e g", 1 / 3)])
def test_jaccard_by_hand(a: str, b: str, index: float) -> None:
    assert jaccard(shingles(folded_words(a)), shingles(folded_words(b))) == pytest.approx(index)


@given(st.integers(0, 50), st.floats(0, 1))
def test_likeness_is_a_share_and_takes_no_side(seed: int, share: float) -> None:
    text = story(seed, 6)
    other = edited(text, share)
    assert alike(text, other) == alike(other, text)
    assert 0 <= alike(text, other) <= 1
    assert alike(text, text) == 1
