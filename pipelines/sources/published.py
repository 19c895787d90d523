"""Reads a time of publication as a record gives it: ISO 8601 or RFC 2822. Inferring one from the text does not belong
here (`transforms/dates`), nor do loose newspaper forms: a wrong date is worse than none.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

# The first newspaper appeared in 1605. Years such as 1 and 9999 are the fill values of databases.
_FIRST_YEAR, _LAST_YEAR = 1600, 2199

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


@dataclass(frozen=True, slots=True)
class Published:
    """A time of publication: `at` in UTC (naive, as it is stored), `day` in the zone of the source."""

    at: datetime
    day: date
    precision: str  # `day` or `second`


def parse_published(value: str, zone: tzinfo) -> Published:
    """The time that `value` gives. `zone` is that of the source.

    A time without an offset is in `zone`. An offset says what the calendar shows where the article was published;
    only zero does not, since many feeds give all times in UTC: that day is the day in `zone`.
    Raises ValueError, with a reason, where it is no date in ISO 8601 or RFC 2822.
    """
    text = value.strip()
    try:
        moment = _moment(text)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"there is no such time as {value!r:.80}") from error
    if moment is None:
        raise ValueError(f"{value!r:.80} is no date in ISO 8601 or RFC 2822")
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError(f"{value!r:.80} lies outside of the years {_FIRST_YEAR} to {_LAST_YEAR}")
    if not isinstance(moment, datetime):
        return Published(datetime(moment.year, moment.month, moment.day), moment, "day")
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    elif moment.utcoffset() == timedelta(0):
        moment = moment.astimezone(zone)
    return Published(moment.astimezone(UTC).replace(tzinfo=None), moment.date(), "second")


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
