"""Times of publication in other forms: Unix timestamps, and the format that the sources file tells."""

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources import Noted, SourceSettings, read
from pipelines.sources.published import parse_published

TEXT = "Officials of both countries met in Riga."
ATHENS = ZoneInfo("Europe/Athens")


@pytest.mark.parametrize(
    "value", [1714772400, 1714772400.0, 1714772400000, 1714772400000.0, "1714772400", "1714772400000", " 1714772400.0 "]
)
def test_a_timestamp_is_a_time_in_utc(value):
    told = parse_published(value, ATHENS)
    assert (told.at, told.day, told.precision) == (datetime(2024, 5, 3, 21, 40), date(2024, 5, 4), "second")


@given(st.integers(100_000_000, 1_900_000_000))
def test_seconds_and_milliseconds_mean_the_same(seconds):
    told = parse_published(seconds, UTC)
    assert told.at == datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    assert told == parse_published(seconds * 1_000, UTC)
    if seconds >= 1_000_000_000:
        assert told == parse_published(str(seconds), UTC) == parse_published(f"{seconds}000", UTC)


@pytest.mark.parametrize(
    "value",
    [0, -1, 20240503, 99_999_999, 4_200_000_001, 5e10, 4.3e12, 10**400, float("nan"), float("inf"), "171477240",
     "9" * 10, "12345678901", "9999999999999", "-1714772400", "\u0661" * 10],
)  # fmt: skip
def test_other_numbers_are_no_time(value):
    with pytest.raises(ValueError, match="is no date in ISO 8601"):
        parse_published(value, UTC)


@pytest.mark.parametrize(
    ("value", "form", "at", "precision"),
    [
        ("31.05.2024", "%d.%m.%Y", datetime(2024, 5, 31), "day"),
        (" 3.5.24 ", "%d.%m.%y", datetime(2024, 5, 3), "day"),
        ("05/03/2024 18:30", "%m/%d/%Y %H:%M", datetime(2024, 5, 3, 15, 30), "second"),
        ("3 May 2024, 6 PM", "%d %B %Y, %I %p", datetime(2024, 5, 3, 15), "second"),
        ("2024-05-03", "%d.%m.%Y", datetime(2024, 5, 3), "day"),  # the standards come first
        ("03052024", "%d%m%Y", datetime(2024, 5, 3), "day"),  # as ISO 8601 it would be no day
        (20240503, "%Y%m%d", datetime(2024, 5, 3), "day"),
        ("2024050318", "%Y%m%d%H", datetime(2024, 5, 3, 15), "second"),  # what is told before what looks like seconds
    ],
)
def test_a_format_that_is_told(value, form, at, precision):
    told = parse_published(value, ATHENS, form)
    assert (told.at, told.precision) == (at, precision)


@pytest.mark.parametrize("form", ["", "%d.%m.", "%Y", "DD.MM.YYYY", "%d.%m.%Q", "%I:%M %d.%m.%Y", "%d%d%m%Y", "%"])
def test_a_format_of_no_day_is_refused(form):
    with pytest.raises(ValueError, match="is no format of strptime"):
        SourceSettings(date_format=form)


def test_a_format_is_told_for_a_file(tmp_path):
    rows = [("31.05.2024", "Titel"), ("2024-06-01T10:00:00Z", "Zwei"), ("5/31/2024", "Drei")]
    path = tmp_path / "a.csv"
    path.write_text("Datum;Titel;Inhalt\n" + "".join(f"{day};{title};{TEXT} {title}\n" for day, title in rows))
    items = list(read([path], SourceSettings(date_format="%d.%m.%Y")))
    articles = [item for item in items if hasattr(item, "text_id")]
    assert [article.published_date for article in articles] == [date(2024, 5, 31), date(2024, 6, 1), None]
    assert [item.message for item in items if isinstance(item, Noted)][-1] == (
        "`Datum` ('5/31/2024') is no date in ISO 8601, RFC 2822 or %d.%m.%Y: those articles are undated; "
        "mend date_format in the sources file"
    )


def test_a_key_of_its_own_that_cannot_be_read_says_what_to_do(jsonl, reading):
    [article], [reject] = reading(jsonl({"text": TEXT, "published_at": "03/12/2025"}))
    assert article.published_at is None and "or give date_format in the sources file" in reject.reason
    [article], rejects = reading(jsonl({"text": TEXT, "published_at": "03/12/2025"}), date_format="%d/%m/%Y")
    assert (article.published_date, article.extra, rejects) == (date(2025, 12, 3), None, [])
    [article], [reject] = reading(jsonl({"text": TEXT, "published_at": 20251203}))
    assert "nor in seconds or milliseconds since 1970" in reject.reason
    assert json.loads(article.extra or "") == {"published_at": 20251203}
