"""Prints what the commands found: rows, reports, status, scores. Nothing is computed here; articles: `show.py`."""

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
from warehouse.publish import last_publication, open_published

if TYPE_CHECKING:
    import duckdb

    from pipelines.forgetting import Forgotten
    from pipelines.freshness import Health
    from pipelines.runs import Report
    from transforms.evaluation import Report as Evaluation

LATEST = 10  # events shown after a run
MOST_NAMED = 2  # files of a note that are named
WIDE = 200  # characters of a line where there is no terminal to measure


def out() -> Console:
    """Standard output: as wide as the terminal, or wide enough for rows where there is none."""
    screen = Console(highlight=False)
    return screen if screen.is_terminal else Console(highlight=False, width=WIDE)


def table(names: Sequence[str], rows: Sequence[Sequence[Any]], title: str | None = None) -> Table:
    """A Rich table of plain values."""
    drawn = Table(*(escape(name) for name in names), title=title, title_justify="left", header_style="bold")
    for row in rows:
        drawn.add_row(*(escape("" if value is None else str(value)) for value in row))
    return drawn


def folded(notes: Sequence[str]) -> list[str]:
    """Notes (`FILE: MESSAGE`) with those of one message as one, in the order of the first of each."""
    origins: dict[str, list[str]] = {}
    for note in notes:
        origin, _, message = note.partition(": ")
        origins.setdefault(message, []).append(origin)
    return [f"{_together(where)}: {message}" for message, where in origins.items()]


def _together(origins: Sequence[str]) -> str:
    if len(origins) == 1:
        return origins[0]
    called = "sources" if any("://" in origin for origin in origins) else "files"
    named = ", ".join([*origins[:MOST_NAMED], *["…"] * (len(origins) > MOST_NAMED)])
    return f"{len(origins)} {called} ({named})"


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
        screen = out()
        screen.print(table(names, rows))
        screen.print(f"{len(rows)} rows", style="dim")


def print_report(home: Home, report: "Report") -> None:
    """Prints what a run landed and did not read, the events by type and status, and the latest of them."""
    screen = out()
    landed = f"{report.articles} new articles, {report.known} known, {report.rejected} rejected"
    if report.forgotten:
        landed += f", {report.forgotten} left out as forgotten"
    screen.print(f"[bold]landed[/]     {landed}")
    screen.print(f"[bold]processed[/]  {report.processed} batches")
    for reason, count in report.skipped.items():
        screen.print(f"[bold]skipped[/]    {count} articles: {escape(reason)}")
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
    screen.print(table(("type", "status", "events", "articles"), counts, "Events"))
    if latest:
        screen.print(f"\n[bold]The latest {len(latest)}[/]")
        for (summary,) in latest:
            screen.print(Text(f"  {summary}"))
    screen.print('\nNext: parley sql "SELECT * FROM marts.events LIMIT 5", parley show ARTICLE', style="dim")


def print_forgotten(found: "Forgotten", *, done: bool) -> None:
    """Prints the articles that were forgotten, or would be."""
    screen = out()
    rows = [(a.article_id, a.source, a.published_date, a.title, why.value) for a, why in found.articles]
    screen.print(table(("article", "source", "published", "title", "why"), rows))
    screen.print(f"{len(rows)} articles {'forgotten' if done else 'would be forgotten'}")
    if found.near_copies:
        screen.print(f"{len(found.near_copies)} near-copies stay, unless you name them: {', '.join(found.near_copies)}")
    for source in found.sources:
        landed = any(article.source == source for article, _ in found.articles)
        none = "" if landed else " (nothing of it had landed: is the name right?)"
        screen.print(f"nothing of {escape(source)} {'lands' if done else 'would land'} any more{none}")


def print_status(home: Home) -> timedelta | None:
    """Prints batches, counts and the last publication; returns its age, None where nothing was published."""
    from pipelines.land import REJECTED, landed
    from pipelines.processing import stale, unprocessed
    from pipelines.publication import is_published

    screen = out()
    lake = home.lake
    batches = [batch.batch for batch in landed(lake)]
    waiting = unprocessed(lake, batches)
    screen.print(f"[bold]home[/]         {escape(str(home.root))}")
    screen.print(f"[bold]batches[/]      {len(batches)} landed, {len(waiting)} waiting")
    outdated = len([b for b in stale(lake, batches) if b not in set(waiting)])
    if outdated:
        screen.print(f"[bold]stale[/]        {outdated} batches, made by older code or rules: `parley run --refresh`")
    screen.print(f"[bold]rejected[/]     {sum(1 for _ in lake.column(REJECTED, 'rejected_id'))} records")
    if home.verdict.exists():
        first = home.verdict.read_text(encoding="utf-8").splitlines()[0]
        screen.print(f"[bold]stopped[/]      {escape(first)} What failed: {escape(str(home.verdict))}")
    elif not waiting and not is_published(home):
        screen.print("[bold]unpublished[/]  not all that is processed is published: `parley run`")
    row = last_publication(home.warehouse)
    if row is None:
        screen.print("[bold]publication[/]  none yet")
        return None
    age: timedelta = datetime.now(UTC).replace(tzinfo=None) - row["published_at"]
    when = f"{row['published_at']:%Y-%m-%d %H:%M} UTC, {_age(age)} old"
    screen.print(f"[bold]publication[/]  {row['publication_id']}, {when}")
    with closing(open_published(home.warehouse)) as db:
        articles = db.execute("SELECT count(*) FROM core.article WHERE superseded_by IS NULL").fetchall()[0][0]
        events, mentions = db.execute("SELECT count(*), sum(mention_count)::BIGINT FROM marts.events").fetchall()[0]
        newest = _newest(db)
    screen.print(f"[bold]holds[/]        {articles} articles, {mentions or 0} mentions, {events} events")
    if newest:
        screen.print(f"[bold]newest[/]       {newest}")
    return age


def _newest(db: "duckdb.DuckDBPyConnection") -> str:
    """How old the newest article and the newest batch of a publication are; empty where it has none."""
    # A publication of an older version has no such view; the next one has.
    if not db.execute("SELECT 1 FROM duckdb_views() WHERE view_name = 'freshness'").fetchall():
        return ""
    columns = (
        "newest_article_published_at, hours_since_newest_article, newest_batch_landed_at, hours_since_newest_batch"
    )
    ((article, article_hours, batch, batch_hours),) = db.execute(f"SELECT {columns} FROM marts.freshness").fetchall()
    told = (("article published", article, article_hours), ("batch landed", batch, batch_hours))
    return ", ".join(
        f"{what} {_minute(when)} UTC ({_age(timedelta(hours=hours))} ago)" for what, when, hours in told if when
    )


def print_sources(found: Sequence["Health"]) -> None:
    """Prints a row for each watched source, and below them what is not as expected."""
    names = ("source", "kind", "last read", "articles", "newest", "fresh", "enough", "status")
    rows = [
        (
            health.name,
            health.look.kind if health.look else None,
            _minute(health.look.checked_at if health.look else None),
            health.articles,
            _minute(health.newest),
            _verdict(health.fresh),
            _verdict(health.enough),
            health.status,
        )
        for health in found
    ]
    screen = out()
    screen.print(table(names, rows))
    for health in found:
        for complaint in health.complaints:
            if complaint != health.status:  # which stands above
                screen.print(f"[bold]{escape(health.name)}[/]: {escape(complaint)}")


def _minute(when: datetime | None) -> str:
    return f"{when:%Y-%m-%d %H:%M}" if when else ""


def _verdict(good: bool | None) -> str:
    return "" if good is None else "yes" if good else "no"


def _age(age: timedelta) -> str:
    hours = age.total_seconds() / 3600
    return f"{hours / 24:.1f} days" if hours >= 48 else f"{hours:.1f} hours"


def print_evaluation(report: "Evaluation", *, errors: bool, json_out: Path | None) -> None:
    """Prints the figures, with `errors` each miss, extra and wrong event; `json_out` gets them as JSON."""
    screen = out()
    names, rows = report.table()
    screen.print(table(names, rows))
    for row in report.errors() if errors else ():
        screen.print(Text(f"{row['kind']:<6} ", style="bold"), end="")
        screen.print(Text(f"{row['article']} {row['id']} {row['type']} {row['wrong']}"))
        screen.print(Text(f"       wanted {row['wanted'] or 'nothing'}\n       got    {row['got'] or 'nothing'}"))
        screen.print(Text(f"       {row['text']}", style="dim"))
    if json_out:
        json_out.write_text(json.dumps(report.as_json(errors=errors), indent=1), encoding="utf-8")
