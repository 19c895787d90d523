"""Records that state their own date: in a line of its own, a dateline, the address, a copyright notice."""

from datetime import date

import pytest

from tests.transforms.dates.publication.conftest import Find, Solve
from transforms.vocabulary import EvidenceKind

BODY = "\nThe two ministers shook hands and left without a word to the reporters who had waited for them all night."


@pytest.mark.parametrize(
    "line",
    [
        "Published 3 May 2022",
        "Published: May 3, 2022",
        "Last updated on 3 May 2022 at 14:05 GMT",
        "Posted May 3, 2022 | 9:14 a.m.",
        "May 3, 2022",
        "Tuesday, 3 May 2022, 18:30",
        "By Lena Okafor | May 3, 2022",
        "By LENA OKAFOR; Published: May 3, 2022",
        "(Wire) 5/3/22",
        "May 3, 2022 14:12 GMT UPDATED May 4, 2022 09:02 GMT",
        "First published in the Meridian on 3 May 2022",
    ],
)
def test_a_line_that_states_the_date_is_taken_at_its_word(line: str, find: Find, solved: Solve) -> None:
    (evidence,) = find(f"Envoys meet\n{line}{BODY}", EvidenceKind.STATED)
    assert (evidence.first, evidence.last) == (date(2022, 5, 3), date(2022, 5, 3))
    solution = solved(f"Envoys meet\n{line}{BODY}")
    assert solution and solution.earliest <= date(2022, 5, 3) <= solution.latest
    assert solution.likely == date(2022, 5, 3) and solution.days <= 8


@pytest.mark.parametrize(
    "sentence",
    [
        "The report, published on 3 May 2022, says that the convoy was shelled from the hills above the town.",
        "A survey updated May 3, 2022 found that most of those asked had never heard of the border commission at all.",
    ],
)
def test_a_date_in_a_sentence_is_no_statement(sentence: str, find: Find) -> None:
    assert find("Envoys meet\n" + sentence, EvidenceKind.STATED) == []


@pytest.mark.parametrize(
    "line",
    [
        "ANKARA, May 3 (Wire) - The two ministers shook hands on Tuesday and left without a word.",
        "GENEVA, Switzerland, May 3 (Wire) — The two ministers shook hands on Tuesday and left.",
        "PARIS/BERLIN, May 3 - The two ministers shook hands on Tuesday and left without a word.",
        "3 May – The two ministers shook hands on Tuesday and left without a word to anyone.",
    ],
)
def test_a_dateline_tells_the_day_of_the_year(line: str, find: Find) -> None:
    (evidence,) = find("Envoys meet\n" + line, EvidenceKind.DATELINE)
    assert evidence.text == ("3 May" if line.startswith("3") else "May 3")


def test_a_dateline_with_its_year_gives_the_day(solved: Solve) -> None:
    solution = solved("Envoys meet\nANKARA, May 3, 2022 (Wire) - The two ministers shook hands on Tuesday and left.")
    assert solution and solution.likely == date(2022, 5, 3) and solution.days <= 3


@pytest.mark.parametrize(
    ("fields", "first", "last"),
    [
        ({"url": "https://paper.example.org/2022/05/03/envoys-meet"}, date(2022, 5, 3), date(2022, 5, 3)),
        ({"url": "https://paper.example.org/world/2022/may/03/envoys-meet"}, date(2022, 5, 3), date(2022, 5, 3)),
        ({"url": "https://paper.example.org/2022-05-03-envoys"}, date(2022, 5, 3), date(2022, 5, 3)),
        ({"url": "https://paper.example.org/news/20220503/envoys"}, date(2022, 5, 3), date(2022, 5, 3)),
        ({"url": "https://paper.example.org/2022/05/envoys-meet"}, date(2022, 5, 1), date(2022, 5, 31)),
        ({"source_id": "2022-05-03_envoys.txt"}, date(2022, 5, 3), date(2022, 5, 3)),
    ],
)
def test_the_address_or_the_file_name_gives_the_day(
    fields: dict[str, str], first: date, last: date, find: Find
) -> None:
    (evidence,) = find("Envoys meet" + BODY, EvidenceKind.URL, **fields)
    assert (evidence.start, evidence.first, evidence.last) == (None, first, last)


@pytest.mark.parametrize("source_id", ["9a2022050399ff", "20229903", "report-1453", "0420221305"])
def test_numbers_in_a_file_name_are_not_all_dates(source_id: str, find: Find) -> None:
    assert find("Envoys meet" + BODY, EvidenceKind.URL, source_id=source_id) == []


def test_a_copyright_notice_bounds_the_year_from_above(find: Find, solved: Solve) -> None:
    text = "Envoys meet\nPresident Vladimir Putin spoke first.\n© 2013 The Meridian Press. All rights reserved."
    (evidence,) = find(text, EvidenceKind.COPYRIGHT)
    assert evidence.text == "© 2013"
    solution = solved(text)
    assert solution and solution.latest.year <= 2014


def test_what_was_published_first_counts_before_what_was_updated(solved: Solve) -> None:
    text = "Envoys meet\nUpdated: 7 May 2022 18:00 GMT\nPublished: 3 May 2022 09:15 GMT" + BODY
    solution = solved(text)
    assert solution and solution.likely == date(2022, 5, 3) and solution.latest < date(2022, 5, 7)


def test_the_weekday_of_the_lead_picks_the_year_of_a_dateline(solved: Solve) -> None:
    solution = solved(
        "Envoys meet\nANKARA, May 3 (Wire) - The two ministers shook hands on Tuesday. "
        "Russia's invasion of Ukraine goes on."
    )
    assert solution and solution.likely == date(2022, 5, 3)
