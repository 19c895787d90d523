"""Prints what the commands found: rows, reports, an article with its events highlighted. Nothing is computed here."""

import csv
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from pipelines.settings import Home
from warehouse.publish import open_published

if TYPE_CHECKING:
    from pipelines.runs import Report
    from transforms.evaluation import Report as Evaluation

STYLES = {
    "meeting": "bold black on bright_cyan",
    "ceasefire": "bold black on bright_green",
    "sanctions": "bold black on bright_magenta",
}
DATE_STYLE = "yellow underline"
LATEST = 10  # events shown after a run
WIDE = 200  # characters of a line where there is no terminal to measure


def _out() -> Console:
    screen = Console(highlight=False)
    return screen if screen.is_terminal else Console(highlight=False, width=WIDE)


def _table(names: Sequence[str], rows: Sequence[Sequence[Any]], title: str | None = None) -> Table:
    table = Table(*(escape(name) for name in names), title=title, title_justify="left", header_style="bold")
    for row in rows:
        table.add_row(*(escape("" if value is None else str(value)) for value in row))
    return table


def _plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def print_rows(names: Sequence[str], rows: Sequence[Sequence[Any]], form: str) -> None:
    """Prints rows as `table`, `csv`, `json` (a list of objects) or `markdown`."""
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
    elif form == "json":
        objects = [dict(zip(names, map(_plain, row), strict=True)) for row in rows]
        sys.stdout.write(json.dumps(objects, ensure_ascii=False, indent=1) + "\n")
    elif form == "markdown":
        lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
        for row in rows:
            cells = ("" if v is None else " ".join(str(v).split()).replace("|", "\\|") for v in row)
            lines.append("| " + " | ".join(cells) + " |")
        sys.stdout.write("\n".join(lines) + "\n")
    else:
        screen = _out()
        screen.print(_table(names, rows))
        screen.print(f"{len(rows)} rows", style="dim")


def print_report(home: Home, report: "Report") -> None:
    """Prints what a run landed, the events by type and status, and the latest of them."""
    screen = _out()
    landed = f"{report.articles} new articles, {report.known} known, {report.rejected} rejected"
    screen.print(f"[bold]landed[/]     {landed}")
    screen.print(f"[bold]processed[/]  {report.processed} batches")
    if not report.published:
        screen.print("[bold]published[/]  nothing: there is nothing new")
        return
    with closing(open_published(home.warehouse)) as db:
        counts = db.execute(
            "SELECT event_type, status, count(*) AS events, sum(article_count)::BIGINT AS articles "
            "FROM marts.events GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        latest = db.execute(
            "SELECT summary FROM marts.events WHERE start_date IS NOT NULL ORDER BY start_date DESC, event_id LIMIT ?",
            [LATEST],
        ).fetchall()
        total = sum(row[2] for row in counts)
    screen.print(f"[bold]published[/]  {total} events in {escape(str(home.warehouse))}\n")
    screen.print(_table(("type", "status", "events", "articles"), counts, "Events"))
    if latest:
        screen.print(f"\n[bold]The latest {len(latest)}[/]")
        for (summary,) in latest:
            screen.print(Text(f"  {summary}"))
    screen.print('\nNext: parley sql "SELECT * FROM marts.events LIMIT 5", parley show ARTICLE', style="dim")


def print_status(home: Home) -> timedelta | None:
    """Prints batches, counts and the last publication; returns its age, None where nothing was published."""
    from pipelines.land import REJECTED, landed
    from pipelines.processing import stale, unprocessed

    screen = _out()
    lake = home.lake
    batches = [batch.batch for batch in landed(lake)]
    waiting = unprocessed(lake, batches)
    screen.print(f"[bold]home[/]         {escape(str(home.root))}")
    screen.print(f"[bold]batches[/]      {len(batches)} landed, {len(waiting)} waiting")
    outdated = len([b for b in stale(lake, batches) if b not in set(waiting)])
    if outdated:
        screen.print(f"[bold]stale[/]        {outdated} batches, made by older code or rules: `parley run --refresh`")
    screen.print(f"[bold]rejected[/]     {sum(1 for _ in lake.column(REJECTED, 'rejected_id'))} records")
    if not home.warehouse.exists():
        screen.print("[bold]publication[/]  none yet")
        return None
    with closing(open_published(home.warehouse)) as db:
        cursor = db.execute("SELECT * FROM core.publication ORDER BY published_at DESC LIMIT 1")
        row = dict(zip([c[0] for c in cursor.description], cursor.fetchone() or (), strict=True))
    age = datetime.now(UTC).replace(tzinfo=None) - row["published_at"]
    screen.print(
        f"[bold]publication[/]  {row['publication_id']}, {row['published_at']:%Y-%m-%d %H:%M} UTC, {_age(age)} old"
    )
    numbers = ", ".join(f"{row[f'{name}_count']} {name}s" for name in ("article", "mention", "event"))
    screen.print(f"[bold]holds[/]        {numbers}")
    return age


def _age(age: timedelta) -> str:
    hours = age.total_seconds() / 3600
    return f"{hours / 24:.1f} days" if hours >= 48 else f"{hours:.1f} hours"


def print_article(home: Home, wanted: str) -> None:
    """Prints one article, its triggers and dates highlighted, boilerplate dimmed, then its events.

    Raises LookupError where no article or more than one is meant, FileNotFoundError where nothing was published.
    """
    with closing(open_published(home.warehouse)) as db:
        article = _find(db, wanted)
        article_id, source_id, title, published, text = article
        dates = db.execute(
            'SELECT "start", "end", value, start_date, end_date FROM core.time_expression WHERE article_id = ? ORDER BY 1',
            [article_id],
        ).fetchall()
        triggers = db.execute(
            "SELECT trigger_start, trigger_end, event_type, dense_rank() OVER (ORDER BY first) AS number FROM ("
            "  SELECT *, min(trigger_start) OVER (PARTITION BY article_event_id) AS first FROM core.event_mention"
            "  WHERE article_id = ?) ORDER BY 1",
            [article_id],
        ).fetchall()
        aside = db.execute(
            "SELECT sentence_start, sentence_end FROM core.sentence WHERE article_id = ? AND kind = 'boilerplate'",
            [article_id],
        ).fetchall()
        events = db.execute(
            "SELECT event_type, status, form, participants, place, start_date, end_date FROM ("
            "  SELECT *, (SELECT min(trigger_start) FROM core.event_mention AS m"
            "             WHERE m.article_event_id = e.article_event_id) AS first"
            "  FROM core.article_event AS e WHERE article_id = ?) ORDER BY first",
            [article_id],
        ).fetchall()
    body = Text(text)
    for start, end in aside:
        body.stylize("dim", start, end)
    for start, end, *_ in dates:
        body.stylize(DATE_STYLE, start, end)
    for start, end, event_type, _ in triggers:
        body.stylize(STYLES[event_type], start, end)
    marks = [
        (end, f"[{value}]" if not first else f"[{_days(first, last)}]", DATE_STYLE)
        for _, end, value, first, last in dates
    ]
    marks += [(end, f"[{number}]", "bold") for _, end, _, number in triggers]
    screen = _out()
    screen.print(Text(f"{source_id}  {published or 'undated'}  {title or ''}", style="bold"))
    screen.print(_with_marks(body, marks), soft_wrap=not screen.is_terminal)
    screen.print()
    rows = [
        (
            number,
            kind,
            status + (f" ({form})" if form else ""),
            ", ".join(who),
            place,
            _days(first, last) if first else None,
        )
        for number, (kind, status, form, who, place, first, last) in enumerate(events, 1)
    ]
    screen.print(_table(("", "type", "status", "participants", "place", "when"), rows))


def _find(db: Any, wanted: str) -> tuple[str, str, str | None, Any, str]:
    columns = "article_id, source_id, title, published_date, text"
    found = (
        db.execute(
            f"SELECT {columns} FROM marts.articles WHERE wanted IN (article_id, source_id) AND superseded_by IS NULL".replace(
                "wanted", "?"
            ),
            [wanted],
        ).fetchall()
        or db.execute(
            f"SELECT {columns} FROM marts.articles WHERE starts_with(article_id, ?) OR starts_with(source_id, ?) LIMIT 6",
            [wanted, wanted],
        ).fetchall()
    )
    if not found:
        raise LookupError(f"no article has the article_id or source_id {wanted}")
    if len(found) > 1:
        raise LookupError(f"{wanted} may mean " + ", ".join(f"{row[1]} ({row[0]})" for row in found[:5]))
    return found[0]  # type: ignore[no-any-return]


def _days(first: Any, last: Any) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _with_marks(body: Text, marks: Sequence[tuple[int, str, str]]) -> Text:
    """The text with small marks set in after the given offsets."""
    whole, position = Text(), 0
    for offset, mark, style in sorted(marks):
        whole.append_text(body[position:offset])
        whole.append(mark, style=style if style == "bold" else "yellow dim")
        position = offset
    whole.append_text(body[position:])
    return whole


def print_evaluation(report: "Evaluation", *, errors: bool, json_out: Path | None) -> None:
    """Prints the figures, with `errors` each miss, extra and wrong event; `json_out` gets them as JSON."""
    screen = _out()
    names, rows = report.table()
    screen.print(_table(names, rows))
    if errors:
        for row in report.errors():
            screen.print(
                Text(f"{row['kind']:<6}", style="bold"),
                Text(f"{row['article']} {row['id']} {row['type']} {row['wrong']}"),
            )
            screen.print(Text(f"       wanted {row['wanted'] or 'nothing'}\n       got    {row['got'] or 'nothing'}"))
            screen.print(Text(f"       {row['text']}", style="dim"))
    if json_out:
        json_out.write_text(json.dumps(report.as_json(errors=errors), indent=1), encoding="utf-8")
