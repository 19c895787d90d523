"""What stands on the page around the table: period, counts, and what the scripts read. Markup does not belong here."""

from datetime import UTC, date, datetime
from typing import Any

from transforms.countries import all_countries
from transforms.vocabulary import STATUSES, EventType
from warehouse.report.charts import drawn_countries, map_chart, timeline_chart
from warehouse.report.data import Report
from warehouse.report.marking import printable
from warehouse.report.ranking import country_names
from warehouse.report.timeline import Timeline
from warehouse.report.words import STANDING_WORDS, day, days, standing, words

_HEADINGS = {EventType.MEETING: "Meetings", EventType.CEASEFIRE: "Ceasefires", EventType.SANCTIONS: "Sanctions"}


def period(report: Report) -> str:
    """The period that was asked for, else the one in which the events lie."""
    since, until = report.selection.since, report.selection.until
    if since and until:
        return f"From {day(since)} to {day(until)}"
    if since:
        return f"Since {day(since)}"
    if until:
        return f"Until {day(until)}"
    found = [each for event in report.events for each in (event.start, event.end) if each]
    return days(min(found), max(found)) if found else "No date known"


def asked(report: Report) -> list[str]:
    """What was asked for beside the period."""
    chosen = report.selection
    parts = [
        ", ".join(_HEADINGS[each].lower() for each in chosen.types),
        ", ".join(words(each) for each in chosen.statuses),
        ", ".join(country_names().get(code, code) for code in chosen.countries),
        ", ".join(f"“{name}”" for name in chosen.actors),
    ]
    return [part for part in parts if part]


def cards(report: Report) -> list[dict[str, Any]]:
    """Counts by type, standing and status, of all events that were asked for."""
    found = []
    for event_type, heading in _HEADINGS.items():
        groups = []
        for group, said in STANDING_WORDS.items():
            having = [status for status in STATUSES[event_type] if standing(event_type, status) is group]
            counts = [(words(status), report.counts[event_type, status]) for status in having]
            groups.append(
                {
                    "standing": group,
                    "words": said,
                    "count": sum(count for _, count in counts),
                    "statuses": [(status, count) for status, count in counts if count],
                }
            )
        found.append({"type": event_type, "heading": heading, "groups": groups})
    return found


def countries(report: Report) -> list[tuple[str, str]]:
    """Code and name of every country of a party or a place, by name."""
    codes = {code for event in report.events for code in event.countries}
    return sorted(((code, country_names().get(code, code)) for code in codes), key=lambda pair: pair[1])


def drawn_day(report: Report, start: date) -> date:
    """The day on which the timeline counts an event: its first, or the first of the period that it reaches into."""
    return max(start, report.selection.since or start)


def _milliseconds(when: date) -> int:
    return int(datetime(when.year, when.month, when.day, tzinfo=UTC).timestamp() * 1000)


def script_data(report: Report, line: Timeline | None) -> dict[str, Any]:
    """What the scripts read: a row for each event, in the order of the page, and the specifications of the charts."""
    places: dict[tuple[str, float, float], int] = {}
    rows = []
    for event in report.events:
        place = None
        if event.place is not None and event.latitude is not None and event.longitude is not None:
            place = places.setdefault((printable(event.place), event.latitude, event.longitude), len(places))
        rows.append(
            {
                "type": event.event_type,
                "status": event.status,
                "standing": event.standing,
                "start": event.start.isoformat() if event.start else None,
                "end": event.end.isoformat() if event.end else None,
                "bin": line.index(drawn_day(report, event.start)) if line and event.start else None,
                "countries": event.countries,
                "parties": sorted({party.country_code for party in event.parties if party.country_code}),
                "place": place,
                "confidence": event.confidence,
                "articles": event.article_count,
            }
        )
    return {
        "events": rows,
        "places": [{"name": name, "latitude": lat, "longitude": lon} for name, lat, lon in places],
        "countries": dict(countries(report)),
        "dots": _dots(report),
        "bins": [_milliseconds(start) for start in line.starts] if line else [],
        "timeline": timeline_chart(line) if line else None,
        "map": map_chart(),
    }


def _dots(report: Report) -> dict[str, list[float]]:
    """Middle points of the countries of parties that are too small to have a shape."""
    wanted = {party.country_code for event in report.events for party in event.parties} - drawn_countries()
    return {c.country_code: [c.latitude, c.longitude] for c in all_countries() if c.country_code in wanted}
