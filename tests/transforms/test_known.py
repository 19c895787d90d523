"""When an article was surely out."""

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

import pytest

from transforms.known import known_at

LIMA, TOKYO = ZoneInfo("America/Lima"), ZoneInfo("Asia/Tokyo")
DAY, NOON = datetime(2021, 3, 10), datetime(2021, 3, 10, 12)


@pytest.mark.parametrize(
    ("published_at", "precision", "latest", "zone", "out"),
    [
        (NOON, "second", date(2021, 3, 10), UTC, NOON),
        (NOON, "second", date(2021, 3, 10), LIMA, NOON),  # it is stored in UTC
        (DAY, "day", date(2021, 3, 10), UTC, datetime(2021, 3, 11)),
        (DAY, "day", date(2021, 3, 10), LIMA, datetime(2021, 3, 11, 5)),
        (DAY, "day", date(2021, 3, 10), TOKYO, datetime(2021, 3, 10, 15)),
        (None, None, date(2021, 3, 20), UTC, datetime(2021, 3, 21)),
        (None, None, date(2021, 3, 20), LIMA, datetime(2021, 3, 21, 5)),
        (None, None, None, LIMA, None),
        (None, None, date.max, TOKYO, datetime.max),
        (datetime(9999, 12, 30), "day", None, LIMA, datetime.max),
    ],
)
def test_an_article_is_out_at_its_time_or_at_the_end_of_the_latest_day_that_it_can_be_of(
    published_at: datetime | None, precision: str | None, latest: date | None, zone: tzinfo, out: datetime | None
) -> None:
    assert known_at(published_at, precision, latest, zone) == out
