"""When an article was out for everybody to read, as far as anything tells. Which is the newest does not belong here."""

from datetime import UTC, date, datetime, timedelta, tzinfo

_DAY = timedelta(days=1)


def known_at(
    published_at: datetime | None, precision: str | None, latest: date | None = None, zone: tzinfo = UTC
) -> datetime | None:
    """The moment, in UTC and naive as it is stored, from which an article was surely out; None where nothing tells.

    A time of publication is that moment. Where only the day is known (`precision` is `day`), or only the `latest` day
    on which it can have been published, it is the end of that day in the `zone` of the source: somebody who asked
    earlier may not have seen it. Not later than datetime.max.
    """
    if published_at is not None and precision != "day":
        return published_at
    day = latest if published_at is None else published_at.date()
    if day is None:
        return None
    if day >= date.max - _DAY:
        return datetime.max
    end = datetime.combine(day + _DAY, datetime.min.time(), zone)
    return end.astimezone(UTC).replace(tzinfo=None)
