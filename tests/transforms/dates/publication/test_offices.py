"""Office-holders named with their office date a text by their terms."""

from datetime import date

import pytest

from tests.transforms.dates.publication.conftest import Find, Solve
from transforms.vocabulary import EvidenceKind


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("Defense Secretary Robert M. Gates left for Kabul.", date(2006, 12, 18), date(2011, 7, 1)),
        ("The talks were led by Robert Gates, the U.S. defense secretary.", date(2006, 12, 18), date(2011, 7, 1)),
        ("German Chancellor Angela Merkel was not there.", date(2005, 11, 22), date(2021, 12, 8)),
        ("Prime Minister Theresa May was not there.", date(2016, 7, 13), date(2019, 7, 24)),
    ],
)
def test_a_holder_is_in_office(sentence: str, first: date, last: date, find: Find) -> None:
    (evidence,) = find(sentence, EvidenceKind.OFFICE)
    assert (evidence.first, evidence.last) == (first, last)


def test_accents_do_not_matter(find: Find) -> None:
    (plain,) = find("President Recep Tayyip Erdogan spoke.", EvidenceKind.OFFICE)
    (accented,) = find("President Recep Tayyip Erdoğan spoke.", EvidenceKind.OFFICE)
    assert plain.first == accented.first == date(2014, 8, 28)


def test_a_former_holder_dates_it_after_the_term(find: Find) -> None:
    assert find("Former President Barack Obama spoke.", EvidenceKind.OFFICE) == []
    (evidence,) = find("Former President Barack Obama spoke.", EvidenceKind.FORMER_OFFICE)
    assert (evidence.first, evidence.last) == (date(2017, 1, 20), None)


@pytest.mark.parametrize(
    "sentence",
    [
        "Deputy Secretary of State John Kerry spoke.",
        "The president may resign.",
        "Mrs. Merkel, a physicist, spoke.",
        "Merkel Chancellor",
    ],
)
def test_another_office_or_none_dates_nothing(sentence: str, find: Find) -> None:
    assert find(sentence, EvidenceKind.OFFICE) == []


def test_of_two_holders_of_one_office_the_later_is_the_present_one(solved: Solve) -> None:
    text = (
        "President Barack Obama had signed it and President Donald Trump tore it up, said Defense Secretary Mark "
        "Esper. The pact dates from 2015."
    )
    solution = solved(text)
    assert solution and date(2019, 6, 1) <= solution.likely <= date(2020, 12, 31)
    assert solution.earliest >= date(2017, 1, 10)  # not under Obama


def test_a_second_term_is_possible_and_the_years_between_are_not(find: Find) -> None:
    (evidence,) = find("President Donald Trump spoke.", EvidenceKind.OFFICE)
    assert evidence.first == date(2017, 1, 20)
    assert "2025-01-20" in evidence.claim


def test_a_stranger_of_the_same_surname_is_not_the_holder(find: Find) -> None:
    assert find("Chancellor Fritz Merkel opened the fair.", EvidenceKind.OFFICE) == []


def test_who_took_office_in_a_month_did_so_within_the_year(find: Find) -> None:
    text = "President Barack Obama flew to Cairo. Obama took office in January and has not rested since."
    assert (date(2009, 1, 20), date(2010, 2, 20)) in [(e.first, e.last) for e in find(text, EvidenceKind.EVENT_AGE)]


def test_holders_named_without_their_office_count_by_numbers(solved: Solve) -> None:
    solution = solved(
        "Emmanuel Macron, Rishi Sunak and Antony Blinken were there. Olaf Scholz was not. Giorgia Meloni spoke first; "
        "the war began in 2022."
    )
    assert solution and date(2022, 10, 22) <= solution.likely <= date(2024, 7, 5)


def test_one_name_alone_dates_nothing(solved: Solve) -> None:
    assert solved("Emmanuel Macron likes cheese.") is None
