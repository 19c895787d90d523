"""Dates of reference tables, which may be known only to the month or the year, as the widest days that they allow."""

from datetime import date

from transforms.dates import calendar


def bounds(first: str, last: str) -> tuple[date | None, date | None]:
    """First day of `first` and last day of `last` (YYYY, YYYY-MM or YYYY-MM-DD; None where empty).

    Raises ValueError where one is no date."""
    return (span(first)[0] if first else None), (span(last)[1] if last else None)


def span(value: str) -> tuple[date, date]:
    """The days of a date as it is written in a table. Raises ValueError where it is none."""
    parts = [int(part) for part in value.split("-")]
    found = calendar.year(parts[0]) if len(parts) == 1 else None
    if len(parts) == 2:
        found = calendar.month(parts[0], parts[1])
    if len(parts) == 3:
        found = calendar.day(date(*parts))
    if found is None or found.first is None or found.last is None:
        raise ValueError(f"{value!r} is no date: write 2024, 2024-05 or 2024-05-31")
    return found.first, found.last
