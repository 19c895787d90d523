"""Confidence: every event and mention gets a share, and what tells more about an event never lowers it."""

from itertools import product

import pytest

from tests.transforms.events.conftest import Read
from transforms.events.confidence import BASE, share
from transforms.records import ArticleMentions
from transforms.reference import table

TRAITS = {
    "event": {"sanctions", "still_to_come", "dated", "no_party", "several_parties", "parties_from_elsewhere", "length"},
    "mention": {"later", "no_own_party"},
}
# The traits that speak for an event or a mention, and those that speak against it.
FOR = (("event", "dated"), ("event", "several_parties"))
AGAINST = (
    ("event", "no_party"),
    ("event", "parties_from_elsewhere"),
    ("event", "length"),
    ("mention", "later"),
    ("mention", "no_own_party"),
)
MET = "Hungarian Foreign Minister Peter Szijjarto met Turkish President Recep Tayyip Erdogan in Ankara"


def _weight(of: str, trait: str) -> float:
    [row] = [row for row in table("confidence") if (row["of"], row["trait"]) == (of, trait)]
    return float(row["weight"])


@pytest.mark.parametrize("of", TRAITS)
def test_the_table_has_a_weight_for_each_trait_and_no_other(of: str) -> None:
    assert next(row["trait"] for row in table("confidence") if row["of"] == of) == BASE
    assert {row["trait"] for row in table("confidence") if row["of"] == of} == {BASE, *TRAITS[of]}


def test_the_table_says_on_how_many_cases_it_rests() -> None:
    assert all(int(row["n"]) >= 20 and 0 <= float(row["right"]) <= 1 for row in table("confidence"))


def test_every_combination_of_traits_has_a_share() -> None:
    for values in product((0, 1), repeat=6):
        traits = dict(zip(sorted(TRAITS["event"] - {"length"}), values, strict=True))
        assert all(0 < share("event", traits | {"length": tens}) < 1 for tens in (0.3, 3.0, 6.0))
    assert all(0 < share("mention", {"later": a, "no_own_party": b}) < 1 for a, b in product((0, 1), repeat=2))


@pytest.mark.parametrize(("of", "trait"), FOR)
def test_what_tells_more_makes_surer(of: str, trait: str) -> None:
    assert _weight(of, trait) > 0


@pytest.mark.parametrize(("of", "trait"), AGAINST)
def test_what_tells_less_makes_less_sure(of: str, trait: str) -> None:
    assert _weight(of, trait) < 0


def _confidence(told: ArticleMentions) -> float:
    [event] = told.events
    return event.confidence


def test_a_date_makes_surer_and_a_sentence_without_parties_less_sure(read: Read) -> None:
    plain, dated = _confidence(read(MET + ".")), _confidence(read(MET + " on 3 May 2023."))
    assert _confidence(read("The two sides agreed a truce in May 2023.")) < plain < dated


def test_a_mention_is_no_surer_than_its_event_and_the_first_one_the_surest(read: Read) -> None:
    told = read(MET + " on 3 May 2023. The meeting lasted two hours.")
    [event] = told.events
    first, second = (mention.confidence for mention in told.mentions)
    assert event.confidence >= first > second > 0
