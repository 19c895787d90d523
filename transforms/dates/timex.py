"""The pure part of `parley timex`: one document in, its TIMEX3 annotations out, as plain JSON values."""

from datetime import date, datetime
from typing import Any

from transforms.dates import calendar
from transforms.dates.annotate import annotate
from transforms.dates.published import Published
from transforms.records import TimeExpression


def timex_document(doc: dict[str, Any]) -> dict[str, Any]:
    """Annotates {"doc_id", "text", "dct"}: gives {"doc_id", "timexes": [{"start", "end", "text", "type", "value",
    "mod", "start_date", "end_date", "precision", "anchor", "anchor_start", "offset", "direction", "rule"}]}, offsets
    in code points of the text, dates ISO 8601; the keys mean what the fields of `TimeExpression` do.

    `dct`, the document creation time, may be missing or null, or be only a month or a year. The keys of articles, `id`
    and `published_at`, stand for `doc_id` and `dct` where these are missing. Raises ValueError where
    the text is missing or no string, or the dct no date."""
    _, expressions = annotated(doc)
    return {
        "doc_id": doc.get("doc_id", doc.get("id")),
        "timexes": [
            {
                "start": e.start,
                "end": e.end,
                "text": e.text,
                "type": e.type.value,
                "value": e.value,
                "mod": e.mod,
                "start_date": e.start_date.isoformat() if e.start_date else None,
                "end_date": e.end_date.isoformat() if e.end_date else None,
                "precision": e.precision.value if e.precision else None,
                "anchor": e.anchor.value,
                "anchor_start": e.anchor_start,
                "offset": e.offset,
                "direction": e.direction,
                "rule": e.rule,
            }
            for e in expressions
        ],
    }


def annotated(doc: dict[str, Any]) -> tuple[str, list[TimeExpression]]:
    """The text of {"text", "dct"} and its time expressions. Raises ValueError as `timex_document` does."""
    text = doc.get("text")
    if not isinstance(text, str):
        raise ValueError('a document needs a "text" that is a string')
    return text, annotate(text, creation_time(doc.get("dct", doc.get("published_at"))))


def creation_time(dct: object) -> Published | None:
    """The days that a document creation time (ISO 8601: day, time, month or year) leaves open; None for none.

    Raises ValueError for anything else."""
    if dct is None or dct == "":
        return None
    if isinstance(dct, str):
        parts = dct.strip().split("-")
        if all(p.isascii() and p.isdigit() for p in parts) and len(parts[0]) == 4 and int(parts[0]) >= 1:
            if len(parts) == 1:
                return Published(date(int(parts[0]), 1, 1), date(int(parts[0]), 12, 31))
            if len(parts) == 2 and len(parts[1]) == 2 and 1 <= int(parts[1]) <= 12:
                span = calendar.month(int(parts[0]), int(parts[1]))
                assert span.first and span.last
                return Published(span.first, span.last)
        try:
            day = datetime.fromisoformat(dct.strip()).date()
        except ValueError:
            day = None
        if day is not None:
            return Published(day, day)
    raise ValueError(f'the "dct" {dct!r} is no date: write 2022-10-13, 2022-10-13T14:57:00, 2022-10, 2022, or null')
