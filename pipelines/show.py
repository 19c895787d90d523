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
from transforms.vocabulary import Anchor, EvidenceKind, PublishedBasis
from warehouse.publish import open_published

STYLES = {
    "meeting": "bold black on bright_cyan",
    "ceasefire": "bold black on bright_green",
    "sanctions": "bold black on bright_magenta",
}
DATE_STYLE = "yellow underline"
UNDATED_STYLE = "red underline"  # what it counts from is not known
CONFLICT_STYLE = "bold red"
CONFLICT_LENGTH = 140  # characters of what contradicts the day of publication, in the header
MOST_EVIDENCE = 12  # rows
LIKELY = 0.1  # a likeliest day that is less likely says nothing


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


@dataclass(frozen=True, slots=True)
class _Published:
    """The columns of show_article.sql that say when an article was published."""

    day: date | None
    earliest: date | None
    latest: date | None
    basis: str
    likely: date | None
    share: float | None
    method: str | None

    def __str__(self) -> str:
        """The days, as far as they are known; where the record does not say so, that the text does."""
        known = str(self.day) if self.day else _days(self.earliest, self.latest)
        if not known:
            return "undated"
        return known if self.basis == PublishedBasis.GIVEN else f"{known} ({self.basis})"

    def inference(self) -> str:
        """How an inferred day was come by, and which is the likeliest of several; else nothing."""
        if self.basis != PublishedBasis.INFERRED:
            return ""
        said = f"inferred from {(self.method or 'weak evidence').replace('_', ' ')}"
        if self.likely and self.share and self.share >= LIKELY and self.earliest != self.latest:
            said += f"; likeliest {self.likely} ({self.share:.0%})"
        return said


_SURENESS = {kind.value: rank for rank, kind in enumerate(EvidenceKind)}


def _evidence(db: duckdb.DuckDBPyConnection, article_id: str) -> list[tuple[str, str, str]]:
    """What tells of the day of publication, or contradicts the given one: kind, text, claim; the surest kind first."""
    rows = [
        (kind, " ".join(text.split()), claim)
        for kind, text, claim in sorted(_rows(db, "evidence", article_id), key=lambda row: _SURENESS[row[0]])
    ]
    return list(dict.fromkeys(rows))


def _conflict(evidence: Sequence[tuple[str, str, str]]) -> str:
    """What contradicts the given day, in a line."""
    said = "contradicted by " + "; ".join(dict.fromkeys(f"{text} ({claim})" for _, text, claim in evidence))
    return said if len(said) <= CONFLICT_LENGTH else f"{said[: CONFLICT_LENGTH - 1]}…"


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
    the events and, one by one, what each time expression was resolved to, against what and by which rule; last, what
    tells of an inferred day of publication, or contradicts a given one.

    `wanted` is an article_id or source_id, or the beginning of one. Raises LookupError where no article or more than
    one is meant, FileNotFoundError where nothing was published.
    """
    with closing(open_published(home.warehouse)) as db:
        article_id, source_id, title, text, *columns = _find(db, wanted)
        triggers, aside, events = (_rows(db, name, article_id) for name in ("triggers", "boilerplate", "events"))
        dates = [_Date(*row) for row in _rows(db, "dates", article_id)]
        evidence = _evidence(db, article_id)
    published = _Published(*columns)
    given = published.basis == PublishedBasis.GIVEN
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
    screen.print(Text(f"{source_id}  {published}  {title or ''}", style="bold"))
    if given and evidence:
        screen.print(Text(_conflict(evidence), style=CONFLICT_STYLE))
    elif inference := published.inference():
        screen.print(Text(inference, style="dim"))
    screen.print(_with_marks(body, marks))
    screen.print()
    rows = [
        (number, kind, f"{status} ({form})" if form else status, ", ".join(who), place, _days(first, last), claim)
        for number, (kind, status, form, who, place, first, last, claim) in enumerate(events, 1)
    ]
    screen.print(table(("", "type", "status", "participants", "place", "when", "claimed by"), rows, "events"))
    screen.print()
    names = ("", "expression", "type", "value", "days", "precision", "counted from", "rule")
    screen.print(table(names, [each.row(number) for number, each in enumerate(dates, 1)], "time expressions"))
    if evidence:
        screen.print()
        heading = "what contradicts the day of publication" if given else "evidence of the day of publication"
        shown = [(kind.replace("_", " "), text, claim) for kind, text, claim in evidence[:MOST_EVIDENCE]]
        screen.print(table(("kind", "text", "claim"), shown, heading))
        if len(evidence) > MOST_EVIDENCE:
            screen.print(f"… and {len(evidence) - MOST_EVIDENCE} more in core.published_evidence", style="dim")
