"""Days that no expression of the sentence alone gives: news in the lead, "a day after they met", moved weekdays."""

from datetime import date

import pytest

from tests.transforms.events.conftest import Read
from transforms.vocabulary import DateBasis

WEDNESDAY = date(2024, 5, 15)
LATER = "Officials gave no details. The border has been quiet. Farmers went on strike. "


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Vladimir Putin met Xi Jinping in Beijing, the Kremlin said.", ("2024-05-14", "2024-05-15")),
        ("Vladimir Putin last met Xi Jinping in Beijing, the Kremlin said.", None),
        (f"{LATER}Vladimir Putin met Xi Jinping in Beijing, the Kremlin said.", None),
        (f"{LATER}Vladimir Putin has just met Xi Jinping in Beijing.", ("2024-05-14", "2024-05-15")),
        ("The accord came a day after Vladimir Putin and Xi Jinping met in Beijing on May 3.", ("2024-05-03",) * 2),
        ("Thursday's accord came a day after Vladimir Putin and Kim Jong Un held talks.", ("2024-05-08",) * 2),
        (
            "The visit comes three days after US President Joe Biden met Japanese Prime Minister Fumio Kishida.",
            ("2024-05-12",) * 2,
        ),
        ("NATO foreign ministers are meeting in Brussels on Thursday.", ("2024-05-16",) * 2),
        ("Relations thawed after Narendra Modi sat down with Xi Jinping in October.", ("2023-10-01", "2023-10-31")),
        ("Germany's Olaf Scholz will travel to Ankara on Friday to meet Recep Tayyip Erdogan.", ("2024-05-17",) * 2),
    ],
)
def test_the_days_of_a_meeting(read: Read, text: str, days: tuple[str, str] | None) -> None:
    [event] = read(text, WEDNESDAY).events
    expected = tuple(date.fromisoformat(day) for day in days) if days else (None, None)
    assert (event.start_date, event.end_date) == expected


def test_what_the_tense_tells_has_no_words_of_its_own(read: Read) -> None:
    [event] = read("Vladimir Putin met Xi Jinping in Beijing, the Kremlin said.", WEDNESDAY).events
    assert (event.date_basis, event.date_text) == (DateBasis.TENSE, None)


def test_an_article_without_a_day_of_publication_dates_no_news(read: Read) -> None:
    [event] = read("Vladimir Putin met Xi Jinping in Beijing, the Kremlin said.", None).events
    assert event.start_date is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Spain and the Netherlands signed a truce in 1609.", ("1609-01-01", "1609-12-31")),
        ("The two kingdoms signed a truce two thousand years ago.", None),  # before anything that a year names
        ("Peru and Chile held talks on 9999-12-31.", None),  # a fill value for no date
    ],
)
def test_a_day_that_no_event_can_have_dates_none(read: Read, text: str, days: tuple[str, str] | None) -> None:
    told = read(text, WEDNESDAY)
    expected = tuple(date.fromisoformat(day) for day in days) if days else (None, None)
    assert told.events
    for row in (*told.mentions, *told.events):
        assert (row.start_date, row.end_date) == expected
        assert (row.date_precision is None, row.date_basis is None, row.date_text is None) == (days is None,) * 3
