"""World events that a text names: it is not older than they are, and it may say how old they are."""

from datetime import date

import pytest

from tests.transforms.dates.publication.conftest import Find, Solve
from transforms.vocabulary import EvidenceKind


def test_a_text_is_not_older_than_an_event_it_names(find: Find) -> None:
    found = find("Prices have not recovered since Russia's invasion of Ukraine.", EvidenceKind.WORLD_EVENT)
    assert date(2022, 2, 24) in [one.first for one in found]


def test_a_name_was_not_used_before_it_was_there(find: Find) -> None:
    found = find("The clinic has no bed for Covid-19 patients.", EvidenceKind.WORLD_EVENT)
    assert found and all(one.first and one.first >= date(2019, 12, 1) for one in found)


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        (
            "Russia's war in Ukraine, by now in its third year, has emptied the coffers.",
            date(2024, 2, 24),
            date(2025, 2, 24),
        ),
        ("Moscow has been shunned since its invasion of Ukraine on February 24.", date(2022, 2, 24), date(2023, 2, 24)),
        ("Moscow has been shunned since its invasion of Ukraine last year.", date(2023, 1, 1), date(2023, 12, 31)),
        (
            "Kyiv counted 1,000 days since the full-scale invasion of Ukraine began.",
            date(2024, 11, 19),
            date(2024, 11, 20),
        ),
        (
            "Wreaths were laid on the third anniversary of Russia's full-scale invasion of Ukraine.",
            date(2025, 1, 10),
            date(2025, 4, 25),
        ),
    ],
)
def test_what_is_said_of_its_age_dates_the_text(sentence: str, first: date, last: date, find: Find) -> None:
    found = find(sentence, EvidenceKind.EVENT_AGE)
    assert (first, last) in [(one.first, one.last) for one in found]


def test_the_length_of_something_else_is_no_age(find: Find) -> None:
    sentence = "A 30-day truce would not end Russia's invasion of Ukraine, said the 30-year-old envoy."
    assert find(sentence, EvidenceKind.EVENT_AGE) == []


def test_evidence_adds_up(solved: Solve) -> None:
    text = (
        "Moscow has been shunned since its invasion of Ukraine on February 24. The foreign ministers will meet on "
        "October 13, said NATO Secretary-General Jens Stoltenberg. They had fallen out in mid-August."
    )
    solution = solved(text)
    assert solution and date(2022, 2, 24) <= solution.earliest <= solution.latest <= date(2022, 12, 31)


def test_the_whole_length_of_what_is_over_is_no_age(find: Find) -> None:
    found = find(
        "Five years ago the 44-day war over Karabakh began with an offensive of Azerbaijan.", EvidenceKind.EVENT_AGE
    )
    assert "44-day" not in [one.text for one in found]


def test_rows_that_word_one_event_twice_count_once(find: Find) -> None:
    found = find(
        "MH17 was shot down over eastern Ukraine, the Malaysian airliner's last flight.", EvidenceKind.WORLD_EVENT
    )
    assert len({one.first for one in found}) == len(found)
