"""What a report shows, read from the published warehouse: events with parties and evidence, counts of all.

The SQL stands in `sql` beside this and not where the tables are made, on which a publication's id depends. How all is
drawn and worded does not belong here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from transforms.vocabulary import ActorKind, EventType, Role, Status
from warehouse.previous import telling
from warehouse.publish import open_published
from warehouse.report.marking import Piece, host, pieces
from warehouse.report.words import Standing, standing

MOST_EVIDENCE = 5  # sentences quoted of one event
OPENING = 150  # characters of the first sentence beside a folded event
MOST_EVENTS = 2000  # with their evidence about 5 MB of page, which a phone still scrolls through


@dataclass(frozen=True, slots=True)
class Selection:
    """Which events are asked for; what is empty excludes nothing. Days are inclusive, an interval need only overlap."""

    since: date | None = None
    until: date | None = None
    types: tuple[EventType, ...] = ()
    statuses: tuple[Status, ...] = ()
    countries: tuple[str, ...] = ()  # ISO 3166-1 alpha-3, of a party or of the place
    actors: tuple[str, ...] = ()  # parts of names
    most_events: int = MOST_EVENTS
    undated: bool = False  # also where a period is given, in which they are not

    @property
    def within_period(self) -> bool:
        """Whether a period is asked for, so that only what is known to touch it counts."""
        return (self.since is not None or self.until is not None) and not self.undated


@dataclass(frozen=True, slots=True)
class Publication:
    """A row of publication.sql: what the report was made from."""

    publication_id: str
    published_at: datetime
    version: str
    article_count: int
    event_count: int
    newest_article: date | None
    source_count: int


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part in an event, in a role."""

    actor_id: str
    actor: str
    kind: ActorKind
    country_code: str | None
    role: Role


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence that tells of an event, with its triggers marked."""

    pieces: list[Piece]
    confidence: float
    claimed_by: str | None
    rule: str
    title: str
    source: str
    url: str | None
    host: str | None  # of the address, where it may be linked to
    published: tuple[date | None, date | None]
    inferred: bool  # whether the day of publication was inferred
    copies: int  # articles that have the sentence

    @property
    def opening(self) -> str:
        """Its beginning, as much as a line holds."""
        return "".join(piece.text for piece in self.pieces)[:OPENING]


@dataclass(slots=True)
class ShownEvent:
    """A row of events.sql with who takes part and what tells of it."""

    event_id: str
    event_type: EventType
    status: Status
    form: str | None
    start: date | None
    end: date | None
    precision: str | None
    date_text: str | None
    date_basis: str | None
    effective_start: date | None
    effective_end: date | None
    place: str | None
    country_code: str | None
    latitude: float | None
    longitude: float | None
    confidence: float
    disputed: bool
    article_count: int
    independent_source_count: int
    parties: list[Party] = field(default_factory=list)
    evidence: list[Quotation] = field(default_factory=list)
    sentence_count: int = 0

    @property
    def standing(self) -> Standing:
        return standing(self.event_type, self.status)

    @property
    def countries(self) -> list[str]:
        """Codes of the countries of parties and place, sorted."""
        codes = {party.country_code for party in self.parties} | {self.country_code}
        return sorted(code for code in codes if code)


@dataclass(frozen=True, slots=True)
class Report:
    """All that a page is made from."""

    publication: Publication
    selection: Selection
    events: list[ShownEvent]  # the newest of those asked for, dated before undated
    counts: Counter[tuple[EventType, Status]]  # of all that were asked for
    undated: int  # of all that were asked for
    in_no_period: int  # undated events left out because a period was asked for

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def left_out(self) -> int:
        return self.total - len(self.events)


def read(published: Path, selection: Selection) -> Report:
    """The events asked for, of one publication.

    Raises FileNotFoundError where nothing was published yet, DamagedWarehouseError where it cannot be read.
    """
    with closing(open_published(published)) as db, telling(published):
        publication = Publication(**next(_rows(db, "publication")))
        fitting = [_event(row) for row in _rows(db, "events", *_parameters(selection))]
        found = [event for event in fitting if event.start is not None or not selection.within_period]
        counts = Counter((event.event_type, event.status) for event in found)
        undated = sum(event.start is None for event in found)
        shown = found[: selection.most_events]
        shown.sort(key=lambda event: event.start is None)
        _complete(db, shown)
    return Report(publication, selection, shown, counts, undated, len(fitting) - len(found))


def _parameters(selection: Selection) -> list[Any]:
    """What events.sql asks for, in its order."""
    return [
        selection.since,
        selection.until,
        [str(value) for value in selection.types],
        [str(value) for value in selection.statuses],
        list(selection.countries),
        list(selection.actors),
    ]


def _rows(db: duckdb.DuckDBPyConnection, name: str, *parameters: Any) -> Iterator[dict[str, Any]]:
    """Rows of a query of `sql`, by the names of their columns."""
    query = (files("warehouse.report") / "sql" / f"{name}.sql").read_text(encoding="utf-8")
    cursor = db.execute(query, list(parameters))
    names = [column[0] for column in cursor.description or []]
    for row in cursor.fetchall():
        yield dict(zip(names, row, strict=True))


def _event(row: dict[str, Any]) -> ShownEvent:
    renamed = {"start_date": "start", "end_date": "end", "date_precision": "precision"}
    values = {renamed.get(name, name): value for name, value in row.items()}
    values |= {"event_type": EventType(row["event_type"]), "status": Status(row["status"])}
    return ShownEvent(**values)


def _complete(db: duckdb.DuckDBPyConnection, events: Iterable[ShownEvent]) -> None:
    """Adds parties and evidence to the events."""
    by_id = {event.event_id: event for event in events}
    for row in _rows(db, "participants", list(by_id)):
        party = Party(
            row["actor_id"], row["actor"], ActorKind(row["actor_kind"]), row["country_code"], Role(row["role"])
        )
        by_id[row["event_id"]].parties.append(party)
    told: dict[str, int] = defaultdict(int)
    for row in _rows(db, "evidence", list(by_id), MOST_EVIDENCE):
        by_id[row["event_id"]].evidence.append(_quotation(row))
        told[row["event_id"]] = row["sentence_count"]
    for event_id, count in told.items():
        by_id[event_id].sentence_count = count


def _quotation(row: dict[str, Any]) -> Quotation:
    day = row["published_date"]
    return Quotation(
        pieces=pieces(row["sentence"], [(start, end) for start, end in row["marks"]]),
        confidence=row["confidence"],
        claimed_by=row["claimed_by"],
        rule=row["rule"],
        title=row["title"] or row["source_id"],
        source=row["source"],
        url=row["url"],
        host=host(row["url"]),
        published=(day, day) if day else (row["published_earliest"], row["published_latest"]),
        inferred=row["published_basis"] == "inferred",
        copies=row["copies"],
    )
