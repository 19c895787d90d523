"""Dates in sentences as brackets: what is past was before publication, what is to come is after it."""

from datetime import date

import pytest

from tests.transforms.dates.publication.conftest import Find, Solve
from transforms.vocabulary import EvidenceKind


def test_what_is_past_lies_before_and_what_is_to_come_after(solved: Solve) -> None:
    solution = solved(
        "The border commission met on August 20, 2019, and was sent home. It will meet again on September 2, 2019."
    )
    assert solution and date(2019, 8, 20) <= solution.earliest <= solution.latest <= date(2019, 9, 2)


def test_a_weekday_with_its_date_picks_the_year(find: Find, solved: Solve) -> None:
    text = "The accord of March 2014 has failed. The envoys met on Thursday, June 6, and will not meet again."
    assert find(text, EvidenceKind.WEEKDAY_DATE)
    solution = solved(text)
    assert solution and solution.likely.year == 2019


def test_what_was_said_on_one_day_of_the_next_was_written_on_either(solved: Solve) -> None:
    text = (
        "The minister is set to meet her Omani counterpart on August 27. She had said on August 26 that the truce of "
        "June 3, 2019, was dead. The Omani spoke of it on August 26, too."
    )
    solution = solved(text)
    assert solution and solution.likely in (date(2019, 8, 26), date(2019, 8, 27)) and solution.share > 0.1


@pytest.mark.parametrize("text", ["The envoys met on Thursday.", "They met in May.", "Nothing is dated here.", ""])
def test_what_leaves_the_year_open_gives_no_interval(text: str, solved: Solve) -> None:
    assert solved(text) is None


def test_bare_weekdays_tell_the_day_of_the_week(solved: Solve) -> None:
    text = (
        "ANKARA, June 5, 2019 (Wire) - The envoys met on Wednesday. They had fallen out on Tuesday. "
        "They meet on Friday."
    )
    solution = solved(text)
    assert solution and solution.likely == date(2019, 6, 5)


def test_boilerplate_is_no_evidence(find: Find) -> None:
    text = "The envoys met in Oslo.\nSign up for our newsletter by June 6, 2031 and get it free."
    assert find(text, EvidenceKind.COMING_DATE) == find(text, EvidenceKind.PAST_DATE) == []


def test_a_feast_is_near(solved: Solve) -> None:
    solution = solved("The truce of May 2016 took effect again on Monday, the first day of Eid al-Adha.")
    assert solution and date(2016, 7, 1) <= solution.likely <= date(2016, 11, 30)


def test_an_embedded_post_is_news_of_its_day(solved: Solve) -> None:
    text = "The ministry is not amused.\nWe will not talk. — The Ministry (@ministry) May 3, 2022"
    solution = solved(text)
    assert solution and solution.earliest >= date(2022, 5, 2) and solution.latest <= date(2022, 5, 31)


def test_what_is_said_again_is_no_further_evidence(solved: Solve) -> None:
    once = "President Barack Obama spoke. They will meet by 31 December 2015, on a Thursday, June 6, or never."
    assert solved(once) == solved(f"{once} {once} {once}")


def test_a_vaguer_date_of_the_same_day_adds_nothing(solved: Solve) -> None:
    day = solved("They met on 1 January 2024.")
    vague = solved("They met on 1 January 2024. They met in January 2024. They met in 2024.")
    assert day and vague and vague.likely == day.likely == date(2024, 1, 1)
