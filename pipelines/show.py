"""Prints an article with its events and dates highlighted, so that a person can judge an extraction at a glance.

Everything comes from the published warehouse; nothing is extracted here.
"""

from collections.abc import Sequence
from contextlib import closing
from importlib.resources import files
from typing import Any

import duckdb
from rich.text import Text

from pipelines.printing import out, table
from pipelines.settings import Home
from warehouse.publish import open_published

STYLES = {
    "meeting": "bold black on bright_cyan",
    "ceasefire": "bold black on bright_green",
    "sanctions": "bold black on bright_magenta",
}
DATE_STYLE = "yellow underline"


def _rows(db: duckdb.DuckDBPyConnection, name: str, *values: str) -> list[tuple[Any, ...]]:
    query = (files("pipelines") / "sql" / f"show_{name}.sql").read_text(encoding="utf-8")
    return db.execute(query, list(values)).fetchall()


def _find(db: duckdb.DuckDBPyConnection, wanted: str) -> tuple[Any, ...]:
    """The one article that is meant. Raises LookupError where that is none, or more than one."""
    found = _rows(db, "article", wanted)
    exact = [row for row in found if wanted in (row[0], row[1])]
    found = exact or found
    if not found:
        raise LookupError(f"no article has an article_id or source_id that begins with {wanted}")
    if len(found) > 1:
        raise LookupError(f"{wanted} may mean " + ", ".join(f"{row[1]} ({row[0]})" for row in found[:5]))
    return found[0]


def _days(first: Any, last: Any) -> str:
    if first is None:
        return ""
    return str(first) if first == last else f"{first} to {last}"


def _with_marks(body: Text, marks: Sequence[tuple[int, str, str]]) -> Text:
    """The text with small marks set in after the given offsets."""
    whole, position = Text(), 0
    for offset, mark, style in sorted(marks):
        whole.append_text(body[position:offset])
        whole.append(mark, style=style)
        position = offset
    whole.append_text(body[position:])
    return whole


def print_article(home: Home, wanted: str) -> None:
    """Prints one article: triggers with the number of their event, dates with their days, boilerplate dimmed.

    `wanted` is an article_id or source_id, or the beginning of one. Raises LookupError where no article or more than
    one is meant, FileNotFoundError where nothing was published.
    """
    with closing(open_published(home.warehouse)) as db:
        article_id, source_id, title, published, text = _find(db, wanted)
        dates, triggers, aside, events = (
            _rows(db, name, article_id) for name in ("dates", "triggers", "boilerplate", "events")
        )
    body = Text(text)
    for start, end in aside:
        body.stylize("dim", start, end)
    marks = []
    for start, end, value, first, last in dates:
        body.stylize(DATE_STYLE, start, end)
        marks.append((end, f"[{_days(first, last) or value}]", "dim yellow"))
    for start, end, event_type, number in triggers:
        body.stylize(STYLES[event_type], start, end)
        marks.append((end, f"[{number}]", "bold"))
    screen = out()
    screen.print(Text(f"{source_id}  {published or 'undated'}  {title or ''}", style="bold"))
    screen.print(_with_marks(body, marks))
    screen.print()
    rows = [
        (number, kind, f"{status} ({form})" if form else status, ", ".join(who), place, _days(first, last))
        for number, (kind, status, form, who, place, first, last) in enumerate(events, 1)
    ]
    screen.print(table(("", "type", "status", "participants", "place", "when"), rows))
