"""Reads a time of publication as a record gives it: ISO 8601, RFC 2822, a format that was told, or seconds since 1970.

Inferring one from the text does not belong here (`transforms/dates`), nor do loose newspaper forms: a wrong date is
worse than none.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from transforms.bounds import FIRST_PUBLISHED_YEAR, LAST_PUBLISHED_YEAR

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# RFC 2822, 3.3 and the zones of 4.3.
_RFC_2822 = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun),\s*)?(?P<day>\d{1,2})\s+(?P<month>[a-z]{3})\s+(?P<year>\d{4})\s+"
    r"(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?\s+(?P<zone>[+-]\d{4}|[a-z]{1,3})(?:\s*\([^()]*\))?",
    re.IGNORECASE,
)
_RFC_ZONES = dict.fromkeys(("ut", "utc", "gmt", "z"), 0) | {
    "edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8
}  # fmt: skip
_ISO_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}|\d{4}-?W\d{2}-?\d", re.ASCII)
_BLANK_BEFORE_OFFSET = re.compile(r"\s+(?=[+-]\d\d(?::?\d\d)?\Z)|\s*(?:UTC|GMT)\Z")
_ISO_TIME = re.compile(r"(?:\d{4}-?\d{2}-?\d{2}|\d{4}-?W\d{2}-?\d)[T ]\d{2}.*", re.ASCII)

# A table with gaps has its whole numbers as 1714730000.0.
_TIMESTAMP = re.compile(r"(?:\d{10}|\d{13})(?:\.\d+)?", re.ASCII)
# Since 1970, up to March 2030: what is smaller may be a day such as 20240503, what is larger an hour as 2024050312.
_FIRST_SECOND, _LAST_SECOND = 1e8, 1.9e9
_HOURS = re.compile(r"%[HIXc]")


@dataclass(frozen=True, slots=True)
class Published:
    """A time of publication: `at` in UTC (naive, as it is stored), `day` in the zone of the source."""

    at: datetime
    day: date
    precision: str  # `day` or `second`


def parse_published(value: str | float, zone: tzinfo, date_format: str | None = None) -> Published:
    """The time that `value` gives. `zone` is that of the source, `date_format` one of strptime for other forms.

    A time without an offset is in `zone`. An offset says what the calendar shows where the article was published;
    only zero does not, since many feeds give all times in UTC: that day is the day in `zone`. A number, or a string
    of 10 or 13 digits, is a time in UTC, in seconds or milliseconds since 1970.
    Raises ValueError, with a reason, where it is none of these.
    """
    text = value.strip() if isinstance(value, str) else ""
    moment: date | datetime | None
    try:
        moment = _moment(text)
    except (ValueError, OverflowError) as error:
        moment = _told(str(value), date_format)
        if moment is None:
            raise ValueError(f"there is no such time as {value!r:.80}") from error
    moment = moment or _told(str(value), date_format) or _epoch(value)
    if moment is None:
        kinds = f"ISO 8601, RFC 2822 or {date_format}" if date_format else "ISO 8601 or RFC 2822"
        seconds = "" if isinstance(value, str) else ", nor in seconds or milliseconds since 1970"
        raise ValueError(f"{value!r:.80} is no date in {kinds}{seconds}")
    if not FIRST_PUBLISHED_YEAR <= moment.year <= LAST_PUBLISHED_YEAR:
        raise ValueError(f"{value!r:.80} lies outside of the years {FIRST_PUBLISHED_YEAR} to {LAST_PUBLISHED_YEAR}")
    if not isinstance(moment, datetime):
        return Published(datetime(moment.year, moment.month, moment.day), moment, "day")
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    elif moment.utcoffset() == timedelta(0):
        moment = moment.astimezone(zone)
    return Published(moment.astimezone(UTC).replace(tzinfo=None), moment.date(), "second")


def require_date_format(date_format: str) -> None:
    """Raises ValueError for what is no strptime format, or one that does not tell a day (and its hours)."""
    sample = datetime(2025, 11, 23, 22, 0, tzinfo=UTC)
    try:
        told = _told(sample.strftime(date_format), date_format)
    except (ValueError, re.error):
        told = None
    hour = told.hour if isinstance(told, datetime) else sample.hour
    if told is None or (told.year, told.month, told.day, hour) != (2025, 11, 23, 22):
        raise ValueError(
            f"{date_format!r:.80} is no format of strptime that tells day, month and year: give one such as %d.%m.%Y "
            "or %m/%d/%Y %H:%M"
        )


def _told(text: str, date_format: str | None) -> date | datetime | None:
    """The time in the format that was told, a day where that has no hours; None where it has not that form."""
    if date_format is None:
        return None
    try:
        moment = datetime.strptime(text.strip(), date_format)
    except (ValueError, re.error):  # the second for a format with one directive twice
        return None
    return moment if _HOURS.search(date_format.replace("%%", "")) else moment.date()


def _epoch(value: str | float) -> datetime | None:
    """The time of a Unix timestamp of 1973 to 2030, in seconds, or in milliseconds (in strings: since 2001)."""
    if isinstance(value, str):
        if not _TIMESTAMP.fullmatch(value.strip()):
            return None
        value = float(value)
    if _FIRST_SECOND * 1_000 <= value <= _LAST_SECOND * 1_000:
        value /= 1_000
    if not _FIRST_SECOND <= value <= _LAST_SECOND:
        return None
    return datetime.fromtimestamp(value, UTC)


def _moment(text: str) -> date | datetime | None:
    """A date, a datetime, or None where the text has neither form. Raises ValueError for a form without such a day."""
    if _ISO_DAY.fullmatch(text):
        return date.fromisoformat(text)
    if _ISO_TIME.fullmatch(text):
        return datetime.fromisoformat(_BLANK_BEFORE_OFFSET.sub(_offset, text))
    found = _RFC_2822.fullmatch(text)
    if not found or found["month"].lower() not in _MONTHS:
        return None
    zone = _rfc_zone(found["zone"].lower())
    if zone is None:
        return None
    month = _MONTHS.index(found["month"].lower()) + 1
    numbers = (int(found["year"]), month, int(found["day"]), int(found["hour"]), int(found["minute"]))
    return datetime(*numbers, int(found["second"] or 0), tzinfo=zone)


def _offset(found: re.Match[str]) -> str:
    """A blank before the offset goes; UTC by name becomes an offset. Both are common, though not ISO 8601."""
    return "Z" if found.group().strip() else ""


def _rfc_zone(name: str) -> timezone | None:
    if name[0] in "+-":
        minutes = int(name[1:3]) * 60 + int(name[3:])
        return timezone(timedelta(minutes=-minutes if name[0] == "-" else minutes))
    return timezone(timedelta(hours=_RFC_ZONES[name])) if name in _RFC_ZONES else None
