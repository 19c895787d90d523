"""A small warehouse, and one whose articles are full of markup and script, each with the report made of it."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.builder import CHAD, ECUADOR, LIMA, PERU, Newsroom, Story, Told, party
from transforms.vocabulary import EventType, Form, Role, Status
from warehouse.report.data import Report, Selection, read
from warehouse.report.page import render

EVIL = "<script>window.hacked = 1</script>"
IMAGE = "<img src=x onerror=\"window.hacked = 2; alert('x')\">"
CLOSING = "</script></style></title><svg onload=alert(1)>"
# Two signs of two UTF-16 units before the trigger, and separators that end a line of JavaScript.
HOSTILE = f"🕊🕊 {EVIL} and {IMAGE} of {CLOSING} met “Mallory” & co. on Tuesday\u2028at {{{{ 7 * 7 }}}} \u2029 sharp."
TRIGGER = "met"
GOOD_URL = "https://wire.test/a?b=1&c=2"
BAD_URLS = (
    "javascript:window.hacked=3//",
    "data:text/html,<script>window.hacked=4</script>",
    "//scheme-relative.test/x",
    "https://user:password@bank.test/",
    'https://quote.test/"onmouseover="alert(1)',
    "https://[broken",
)
TUESDAY = date(2021, 2, 2)


def _hostile_story(number: int, url: str) -> Story:
    sentence = HOSTILE if number == 0 else f"{number} envoys {IMAGE} called for a truce on Tuesday."
    told = Told(
        EventType.MEETING if number == 0 else EventType.CEASEFIRE,
        Status.HELD if number == 0 else Status.CALLED_FOR,
        (party(f"{EVIL} {number}", country="PER"), party(f"{IMAGE}\u202e {number}", Role.PARTY, country="ECU")),
        ((sentence, TRIGGER if number == 0 else "truce"),),
        (TUESDAY, TUESDAY),
        Form.TALKS if number == 0 else None,
        (f"{CLOSING} Lima", "PER", -12.05, -77.04) if number == 0 else None,
    )
    return Story(
        f"{EVIL}-{number}",
        (sentence,),
        (told,),
        date(2021, 2, 3),
        source=f"{IMAGE} Wire",
        url=url,
        days={"Tuesday": TUESDAY},
    )


def with_titles(built: Path, title: str) -> Path:
    """The warehouse with that title on every article; built by hand, stories have none."""
    db = duckdb.connect(str(built))
    db.execute("UPDATE core.article SET title = $title", {"title": title})
    db.close()
    return built


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of articles that mean harm, beside one that does not."""
    newsroom = Newsroom(tmp_path_factory.mktemp("hostile"))
    stories = [_hostile_story(n, url) for n, url in enumerate((GOOD_URL, *BAD_URLS))]
    newsroom.land("batch-a", *stories, LIMA)
    return with_titles(newsroom.build(), f"{EVIL}{IMAGE}{CLOSING}")


@pytest.fixture(scope="session")
def hostile_page(hostile: Path) -> str:
    return render(read(hostile, Selection()), title=f"{CLOSING}{EVIL}")


def _talks(n: int, status: Status, day: date | None, *, sentences: int = 1) -> Story:
    texts = tuple(f"In round {n}, talk {k}, Peru and Ecuador spoke of the river." for k in range(sentences))
    told = Told(
        EventType.MEETING,
        status,
        (PERU, ECUADOR),
        tuple((text, "spoke") for text in texts),
        (day, day) if day else None,
        Form.TALKS,
    )
    return Story(f"round-{n}", texts, (told,), date(2021, 3, 1))


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six meetings, two of them undated, and one truce of a month; one meeting is told in seven sentences."""
    newsroom = Newsroom(tmp_path_factory.mktemp("plain"))
    called = "Chad and Ecuador are to stop shooting in March."
    truce = Told(
        EventType.CEASEFIRE,
        Status.PROPOSED,
        (CHAD, ECUADOR),
        ((called, "shooting"),),
        (date(2021, 3, 1), date(2021, 3, 31)),
    )
    newsroom.land(
        "batch-a",
        _talks(1, Status.HELD, date(2021, 1, 4), sentences=7),
        _talks(2, Status.HELD, date(2021, 2, 4)),
        _talks(3, Status.CANCELLED, date(2021, 3, 4)),
        _talks(4, Status.SCHEDULED, date(2021, 6, 4)),
        _talks(5, Status.HELD, None),
        _talks(6, Status.PROPOSED, None),
        Story("truce", (called,), (truce,), date(2021, 3, 1)),
    )
    return newsroom.build()


@pytest.fixture(scope="session")
def plain_report(plain: Path) -> Report:
    return read(plain, Selection())


@pytest.fixture(scope="session")
def plain_page(plain_report: Report) -> str:
    return render(plain_report)
