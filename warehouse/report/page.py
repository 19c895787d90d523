"""The report as one HTML page: texts escaped, scripts named by hash in a policy that lets nothing else run or load.

What it shows (`data.py`) and how charts are made (`charts.py`) do not belong here.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from transforms.vocabulary import EventType, Role, Status
from warehouse.atomic import replacing
from warehouse.report.charts import library
from warehouse.report.contents import asked, cards, countries, drawn_day, period, script_data
from warehouse.report.data import MOST_EVIDENCE, Party, Report, ShownEvent
from warehouse.report.marking import printable
from warehouse.report.ranking import country_names, rankings
from warehouse.report.timeline import timeline
from warehouse.report.words import STANDING_WORDS, day, days, words

TITLE = "Diplomatic events"
# The columns of the table, and by what filters.js sorts them.
_COLUMNS = (
    ("When", "date"),
    ("What", "what"),
    ("Who", ""),
    ("Where", ""),
    ("Confidence", "confidence"),
    ("Told by", "articles"),
)
_ORDERS = (
    ("-date", "newest first"),
    ("date", "oldest first"),
    ("what", "type and status"),
    ("-confidence", "surest first"),
    ("-articles", "most told first"),
)
_SCRIPTS = ("filters.js", "charts.js")
# Roles that are told beside the name, where the order of the names does not tell them.
_TOLD_ROLES = frozenset({Role.HOST, Role.MEDIATOR, Role.PROPOSER, Role.VIOLATOR})


@dataclass(frozen=True, slots=True)
class _Group:
    """A table of events; without a heading the first one."""

    heading: str
    events: list[ShownEvent]


def write(report: Report, target: Path, title: str = TITLE) -> int:
    """Writes the page, whole or not at all; returns its size in bytes. Raises OSError where it cannot be written.

    The same report and title give the same bytes.
    """
    content = render(report, title).encode("utf-8")
    with replacing(target) as temporary:
        temporary.write_bytes(content)
    return len(content)


def render(report: Report, title: str = TITLE) -> str:
    """The page. Its only addresses are links to articles; scripts and style are in it."""
    line = timeline([drawn_day(report, event.start) for event in report.events if event.start])
    style = _resource("page.css")
    scripts = [library(), *(_resource(name) for name in _SCRIPTS)] if report.events else []
    return (
        _environment()
        .get_template("page.html")
        .render(
            title=title,
            report=report,
            publication=report.publication,
            period=period(report),
            filters=asked(report),
            cards=cards(report),
            line=line,
            last_day=line.starts[-1] - timedelta(days=1) if line else None,
            placed=sum(event.place is not None for event in report.events),
            rankings=rankings(report.events),
            groups=[
                _Group("", [event for event in report.events if event.start]),
                _Group("No date known", [event for event in report.events if not event.start]),
            ],
            indexes={event.event_id: n for n, event in enumerate(report.events)},
            headings=_COLUMNS,
            orders=_ORDERS,
            standings=list(STANDING_WORDS.items()),
            standing_words=STANDING_WORDS,
            statuses=[status for status in Status if any(event.status is status for event in report.events)],
            countries=countries(report),
            most_evidence=MOST_EVIDENCE,
            data=_json(script_data(report, line)),
            style=_inline(style),
            scripts=[_inline(script) for script in scripts],
            policy=_policy(style, scripts),
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("warehouse.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )
    environment.globals |= {"day": day, "days": days, "words": words, "number": _number, "who": _who}
    environment.globals["country"] = lambda code: country_names().get(code, code)
    return environment


def _resource(name: str) -> str:
    return (files("warehouse.report") / "templates" / name).read_text(encoding="utf-8")


def _inline(content: str) -> Markup:
    """A script or style of ours as it stands; it must not hold what would end its element."""
    if re.search(r"</(script|style)|<!--", content, re.IGNORECASE):
        raise ValueError("a script or style of the page would end its own element")
    return Markup(content)


def _policy(style: str, scripts: Iterable[str]) -> str:
    """The Content-Security-Policy: only these scripts run, only this style counts, nothing is loaded or sent."""
    allowed = " ".join(_hash(script) for script in scripts) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data:; connect-src 'none'; "
        "form-action 'none'; base-uri 'none'"
    )


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _json(value: Any) -> Markup:
    """JSON that can stand in a script element: nothing in it can end the element or begin a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _who(event: ShownEvent) -> Markup:
    """The parties by name, each kept apart from the text around it; sanctions from whom to whom."""

    def names(parties: Iterable[Party]) -> Markup:
        told: dict[str, list[str]] = {}
        for party in parties:
            told.setdefault(printable(party.actor), []).extend([party.role] if party.role in _TOLD_ROLES else [])
        return Markup(", ").join(
            Markup("<bdi>{}</bdi>{}").format(name, f" ({', '.join(roles)})" if roles else "")
            for name, roles in told.items()
        )

    if event.event_type is EventType.SANCTIONS:
        senders = names(party for party in event.parties if party.role is not Role.TARGET)
        targets = names(party for party in event.parties if party.role is Role.TARGET)
        return senders + Markup(" → ") + targets if targets else senders
    return names(event.parties) or escape("unnamed")
