"""Prints an article with its events and dates highlighted, so that a person can judge an extraction at a glance.

Everything comes from the published warehouse; nothing is extracted here.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

import duckdb
from rich.text import Text

from pipelines.printing import out, table
from pipelines.settings import Home
from transforms.vocabulary import Anchor, PublishedBasis
from warehouse.publish import open_published

STYLES = {
    "meeting": "bold black on bright_cyan",
    "ceasefire": "bold black on bright_green",
    "sanctions": "bold black on bright_magenta",
}
DATE_STYLE = "yellow underline"
UNDATED_STYLE = "red underline"  # what it counts from is not known


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


@dataclass(frozen=True, slots=True)
class _Date:
    """A row of show_dates.sql: a time expression, the number of the one that it counts from."""

    start: int
    end: int
    text: str
    type: str
    value: str
    mod: str | None
    first: date | None
    last: date | None
    precision: str | None
    anchor: str
    anchor_number: int | None
    offset: str | None
    direction: int | None
    rule: str

    @property
    def unresolved(self) -> bool:
        return self.anchor == Anchor.UNKNOWN and self.first is None

    @property
    def mark(self) -> str:
        """What stands behind it in the text: its days, else its value as far as it goes."""
        if self.anchor == Anchor.EVENT:
            return f"[{self.counted_from}]"
        return f"[{_days(self.first, self.last) or self.value}{' ?' if self.unresolved else ''}]"

    @property
    def counted_from(self) -> str:
        if self.anchor == Anchor.EVENT:
            return f"{self.offset or self.value} {'before' if self.direction == -1 else 'after'} an event"
        if self.anchor == Anchor.EXPRESSION and self.anchor_number is not None:
            return f"expression {self.anchor_number}"
        return "" if self.anchor == Anchor.NONE else self.anchor

    def row(self, number: int) -> tuple[object, ...]:
        value = self.value if self.mod is None else f"{self.value} ({self.mod})"
        days = _days(self.first, self.last)
        return (
            number,
            " ".join(self.text.split()),
            self.type,
            value,
            days,
            self.precision,
            self.counted_from,
            self.rule,
        )


def _days(first: Any, last: Any) -> str:
    if first is None:
        return ""
    return str(first) if first == last else f"{first} to {last}"


def _published(
    day: Any, earliest: Any, latest: Any, basis: str, likely: Any, share: float | None, method: str | None
) -> str:
    """When it was published, as far as is known; where the record does not say so, by what the text does."""
    known = str(day) if day else _days(earliest, latest)
    if not known:
        return "undated"
    if basis == PublishedBasis.GIVEN:
        return known
    hint = f", likeliest {likely} ({share:.0%})" if likely and share and not day else ""
    return f"{known} ({basis} by {method}{hint})"


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
    """Prints one article: triggers with the number of their event, dates with their days, boilerplate dimmed; then
    the events and, one by one, what each time expression was resolved to, against what and by which rule; where the
    record does not tell when it was published, or the text contradicts it, the evidence of that.

    `wanted` is an article_id or source_id, or the beginning of one. Raises LookupError where no article or more than
    one is meant, FileNotFoundError where nothing was published.
    """
    with closing(open_published(home.warehouse)) as db:
        article_id, source_id, title, text, *published = _find(db, wanted)
        triggers, aside, events = (_rows(db, name, article_id) for name in ("triggers", "boilerplate", "events"))
        dates = [_Date(*row) for row in _rows(db, "dates", article_id)]
        evidence = _rows(db, "evidence", article_id)
    body = Text(text)
    for start, end in aside:
        body.stylize("dim", start, end)
    marks = []
    for each in dates:
        style = UNDATED_STYLE if each.unresolved else DATE_STYLE
        body.stylize(style, each.start, each.end)
        marks.append((each.end, each.mark, f"dim {style.split()[0]}"))
    for start, end, event_type, number in triggers:
        body.stylize(STYLES[event_type], start, end)
        marks.append((end, f"[{number}]", "bold"))
    screen = out()
    *when, conflict = published
    screen.print(Text(f"{source_id}  {_published(*when)}  {title or ''}", style="bold"))
    if conflict:
        screen.print(Text(f"contradicted: {conflict}", style="red"))
    screen.print(_with_marks(body, marks))
    screen.print()
    rows = [
        (number, kind, f"{status} ({form})" if form else status, ", ".join(who), place, _days(first, last))
        for number, (kind, status, form, who, place, first, last) in enumerate(events, 1)
    ]
    screen.print(table(("", "type", "status", "participants", "place", "when"), rows, "events"))
    screen.print()
    names = ("", "expression", "type", "value", "days", "precision", "counted from", "rule")
    screen.print(table(names, [each.row(number) for number, each in enumerate(dates, 1)], "time expressions"))
    if evidence:
        screen.print()
        told = [(kind, " ".join(words.split()), claim) for kind, words, claim in evidence]
        screen.print(table(("evidence", "text", "says"), told, "when it was published"))
