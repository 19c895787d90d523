"""Into how many parts the making of the tables is divided changes nothing of them."""

from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.builder import (
    BRUSSELS,
    CHAD,
    LIMA,
    PERU,
    QUITO,
    Newsroom,
    Story,
    Told,
)
from transforms.vocabulary import EventType, Form, Status
from warehouse.tables import CORE

_PLANNED = "Peru and Chad will meet on Friday."
_HELD = "Peru and Chad met on Friday."
_FRIDAY = (date(2021, 3, 12), date(2021, 3, 12))


def _meeting(key: str, sentence: str, trigger: str, status: Status, published: date) -> Story:
    told = Told(EventType.MEETING, status, (PERU, CHAD), ((sentence, trigger),), _FRIDAY, Form.IN_PERSON)
    return Story(key, (sentence,), (told,), published)


@pytest.fixture
def files(newsroom: Newsroom) -> tuple[Path, list[Path]]:
    """One warehouse made in one part, and such as were made of one event or two, and of one batch, at a time."""
    newsroom.land("batch-a", LIMA, QUITO, _meeting("plan", _PLANNED, "meet", Status.SCHEDULED, date(2021, 3, 10)))
    newsroom.land("batch-b", BRUSSELS, _meeting("held", _HELD, "met", Status.HELD, date(2021, 3, 13)))
    whole = newsroom.build()
    return whole, [*(newsroom.build_only(part=part) for part in (1, 2)), newsroom.build_only(at_once=1)]


def test_parts_give_the_same_rows_as_the_whole(files: tuple[Path, list[Path]]) -> None:
    whole, divided = files
    for other in divided:
        with closing(duckdb.connect(":memory:")) as db:
            for name, path in (("whole", whole), ("other", other)):
                db.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
            ((events, stages),) = db.execute("SELECT count(*), max(thread_size) FROM whole.core.event").fetchall()
            assert events > 3  # so that there are several parts
            assert stages == 2  # of a thread whose events may lie in different parts
            for table in (*CORE.keys() - {"publication", "event_id_history"},):
                one, two = f"FROM whole.core.{table}", f"FROM other.core.{table}"
                assert db.execute(f"({one} EXCEPT ALL {two}) UNION ALL ({two} EXCEPT ALL {one})").fetchall() == [], (
                    table
                )
