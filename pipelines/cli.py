"""The `parley` command: reads the words of the command line, calls what does the work, prints what came of it.

Nothing is computed here. Modules that take long to import are imported by the command that needs them.
"""

import os
import sys
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from pipelines import settings

app = typer.Typer(
    name="parley",
    help="Raw news articles in, a DuckDB warehouse of meetings, ceasefires and sanctions out.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home", help="Folder that holds everything written; else PARLEY_HOME, else ./data.", show_default=False
    ),
]
SourcesOption = Annotated[
    Path | None,
    typer.Option("--sources", metavar="FILE", help="File of sources: feeds, pages and folders.", show_default=False),
]
FAILED, MISUSED, INTERRUPTED = 1, 2, 130
MOST_SHOWN = 20  # rejects printed one by one
MOST_NOTES = 50  # printed, those that say the same of several files as one


class SqlFormat(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"


class TimexFormat(StrEnum):
    JSONL = "jsonl"
    TIMEML = "timeml"


class ExportFormat(StrEnum):
    PARQUET = "parquet"
    CSV = "csv"
    JSONL = "jsonl"


def _err() -> Console:
    return Console(stderr=True, highlight=False, soft_wrap=True)


def _fail(message: str, code: int = FAILED) -> typer.Exit:
    _err().print(f"[bold red]parley:[/] {escape(message)}")
    return typer.Exit(code)


def _exists(given: str) -> bool:
    """Whether there is something of that name; what cannot be looked at is told when it is read."""
    try:
        Path(given).stat()
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return True


@app.command(epilog="Example: `parley run articles.jsonl.gz reports/ --home data`")
def run(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders, addresses of feeds or pages: text, Markdown, HTML, JSON Lines, JSON, CSV, Parquet, "
            "WARC, RSS, Atom; also packed (gz, zst, bz2, xz, zip, tar). Without one: the sample articles."
        ),
    ] = None,
    home: HomeOption = None,
    sources: SourcesOption = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="Recompute what older code or rules made.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 where a record was rejected.")] = False,
) -> None:
    """Land the inputs, process what waits, publish the warehouse, and print what was found.

    With a file of sources (or PARLEY_SOURCES, where no input is given) the feeds, pages and folders in it are read too.
    """
    from pipelines import runs
    from pipelines.printing import folded, print_report
    from pipelines.sources.web.urls import is_url
    from warehouse.lake import DamagedLakeError
    from warehouse.publish import DamagedWarehouseError, PublicationRefusedError

    place = settings.home(home)
    if any(not given.strip() for given in inputs or []):
        raise typer.BadParameter("an input is empty: name a file or a folder")
    if inputs and not any(is_url(given) or _exists(given) for given in inputs):
        raise typer.BadParameter(f"no such file or folder: {', '.join(inputs[:MOST_SHOWN])}")
    named = sources or (None if inputs else os.environ.get(settings.SOURCES_VARIABLE))
    file = settings.sources_file(place, named) if named else None
    wanted = inputs or ([] if file else [str(settings.sample_articles())])
    try:
        # Before anything is written: an address with a password in it would stay in Dagster's storage.
        settings.watch_list(file, [given for given in wanted if is_url(given)])
        report = runs.run(place, wanted, sources=file, refresh=refresh)
    except (settings.SettingsError, DamagedWarehouseError, DamagedLakeError) as error:
        raise _fail(str(error)) from error
    except (PublicationRefusedError, runs.MachineError, runs.UnsoundError) as error:
        raise _fail(f"{error}. The publication of before stays. Mend it and run again") from error
    except KeyboardInterrupt as error:
        _err().print("parley: interrupted; the next run takes up the work where it stopped", markup=False)
        raise typer.Exit(INTERRUPTED) from error
    err = _err()
    notes = folded(report.notes)
    for note in notes[:MOST_NOTES]:
        err.print(f"note {note}", markup=False)
    if len(notes) > MOST_NOTES:
        err.print(f"… and {len(notes) - MOST_NOTES} more notes", markup=False)
    for reject in report.rejects[:MOST_SHOWN]:
        line = f", line {reject['line']}" if reject["line"] else ""
        err.print(f"rejected {reject['origin']}{line}: {reject['reason']}", markup=False)
    if report.rejected > MOST_SHOWN:
        err.print(f"… and {report.rejected - MOST_SHOWN} more, all in core.rejected_record", markup=False)
    if report.rejected:
        err.print(f"{report.rejected} rejected", markup=False)
    if report.stale:
        err.print(f"{report.stale} batches were made by older code or rules: `parley run --refresh` makes them anew")
    print_report(place, report)
    if strict and report.rejected:
        raise typer.Exit(FAILED)


@app.command(epilog="Example: `parley timex articles.jsonl -o dates.jsonl`")
def timex(
    source: Annotated[Path, typer.Argument(metavar="INPUT.jsonl", help='Lines of {"doc_id", "text", "dct"}.')],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT", help="Where the dates go.")],
    form: Annotated[TimexFormat, typer.Option("--format", help="How the dates are written.")] = TimexFormat.JSONL,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 where a line was rejected.")] = False,
) -> None:
    """Annotate dates only: TIMEX3 types and values with offsets, and the days that they denote.

    INPUT has lines of `{"doc_id", "text", "dct"}`; it and OUT may be `-`, standard input and output. Blank lines are
    skipped, lines that cannot be read are rejected and told.

    `dct` is the day of publication (or its month or year). Where it is null or missing, "Thursday" keeps an open value:
    this command infers no day of publication, `parley run` does.

    **jsonl** writes a line for each document that could be read: `{"doc_id", "timexes": [{"start", "end", "text",
    "type", "value", "mod", "start_date", "end_date", "precision", "anchor", "anchor_start", "offset", "direction",
    "rule"}]}`.

    **timeml** writes TimeML 1.2.1 with inline TIMEX3, as the tools of TempEval-3 read it: a file `<doc_id>.tml` for
    each document, in the folder OUT. Where the input is one document, OUT may be a file, `x.tml` or `x.xml`, or `-`. An
    id that is no file name is percent-encoded; a document without one is named after its line. A character that XML
    1.0 cannot hold becomes U+FFFD, and a comment in the document says which it was.
    """
    from pipelines.timex import (
        NothingReadError,
        SeveralDocumentsError,
        UnfitOutputError,
        annotate_file,
        annotate_timeml,
    )

    annotate = annotate_file if form is TimexFormat.JSONL else annotate_timeml
    try:
        found = annotate(source, output)
    except BrokenPipeError:  # whoever read standard output has had enough
        raise
    except OSError as error:
        raise _fail(f"{error.filename or source}: {error.strerror}") from error
    except SeveralDocumentsError as error:
        raise _fail(str(error)) from error
    except UnfitOutputError as error:
        raise _fail(str(error), MISUSED) from error
    except NothingReadError as error:
        _print_rejected(error.rejected)
        raise _fail(str(error)) from error
    _print_rejected(found.rejected)
    err = _err()
    for message in found.notes:
        err.print(f"note {message}", markup=False)
    err.print(f"{found.documents} documents, {found.expressions} expressions, {len(found.rejected)} rejected")
    if strict and found.rejected:
        raise typer.Exit(FAILED)


def _print_rejected(messages: list[str]) -> None:
    for message in messages:
        _err().print(f"rejected {message}", markup=False)


@app.command(epilog='Example: `parley sql "SELECT status, count(*) FROM marts.events GROUP BY ALL" --format markdown`')
def sql(
    query: Annotated[str, typer.Argument(help="One SQL query; it can read this warehouse and nothing else.")],
    home: HomeOption = None,
    form: Annotated[SqlFormat, typer.Option("--format", help="How the rows are printed.")] = SqlFormat.TABLE,
) -> None:
    """Query the published warehouse."""
    import duckdb

    from pipelines.printing import print_rows
    from warehouse.publish import DamagedWarehouseError, open_published

    if not query.strip(" \n\t;"):
        raise typer.BadParameter("the query is empty")
    try:
        db = open_published(settings.home(home).warehouse)
    except (FileNotFoundError, DamagedWarehouseError) as error:
        raise _fail(str(error)) from error
    try:
        cursor = db.execute(query)
        names = [column[0] for column in cursor.description or []]
        print_rows(names, cursor.fetchall(), form.value)
    except duckdb.Error as error:
        raise _fail(str(error)) from error
    finally:
        db.close()


@app.command(epilog="Example: `parley export --format csv out/`")
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder for the files, one a table.")],
    form: Annotated[ExportFormat, typer.Option("--format", help="Kind of file.")] = ExportFormat.PARQUET,
    home: HomeOption = None,
    with_text: Annotated[bool, typer.Option("--with-text", help="Article texts too.")] = False,
) -> None:
    """Write the published views and tables as files, without article texts unless asked."""
    from warehouse.export import export_tables

    try:
        written = export_tables(settings.home(home).warehouse, folder, form.value, with_text=with_text)
    except OSError as error:
        raise _fail(f"{error.strerror or error}" + (f" ({error.filename})" if error.filename else "")) from error
    _err().print(f"{len(written)} files in {folder}", markup=False)


@app.command(epilog="Example: `parley show karabakh-2020`")
def show(
    article: Annotated[str, typer.Argument(help="article_id, source_id, or the beginning of one.")],
    home: HomeOption = None,
) -> None:
    """Print an article with its events and dates highlighted, to judge the extraction at a glance.

    Behind the text stand its events, what each date was resolved to and how, and what tells of the day of publication
    where that was inferred, or contradicts it where it was given.
    """
    from pipelines.show import print_article
    from warehouse.publish import DamagedWarehouseError

    try:
        print_article(settings.home(home), article)
    except LookupError as error:
        raise _fail(str(error.args[0])) from error
    except (FileNotFoundError, DamagedWarehouseError) as error:
        raise _fail(str(error)) from error


@app.command(epilog="Example: `parley forget --article 5f0c3b9a2e1d47c8a6b0`")
def forget(
    articles: Annotated[
        list[str] | None, typer.Option("--article", metavar="ID", help="An article_id; may be given again.")
    ] = None,
    sources: Annotated[
        list[str] | None, typer.Option("--source", metavar="NAME", help="A source; may be given again.")
    ] = None,
    home: HomeOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would go.")] = False,
) -> None:
    """Remove articles or whole sources from the lake and publish without them; they never land again.

    With an article go its other versions (the same URL, or the same source and id) and exact copies of its text. What
    stays is a tombstone of hashes, and the name of a forgotten source. The input files are yours to delete.
    """
    from pipelines import forgetting, runs
    from pipelines.printing import print_forgotten
    from warehouse.lake import DamagedLakeError
    from warehouse.publish import DamagedWarehouseError, PublicationRefusedError

    if not articles and not sources:
        raise typer.BadParameter("say what to forget: --article ID or --source NAME")
    place, named = settings.home(home), (articles or [], sources or [])
    try:
        found = forgetting.find(place.lake, *named) if dry_run else runs.forget(place, *named)
    except forgetting.NothingToForgetError as error:
        raise _fail(str(error.args[0])) from error
    except (settings.SettingsError, DamagedWarehouseError, DamagedLakeError) as error:
        raise _fail(str(error)) from error
    except (PublicationRefusedError, runs.MachineError, runs.UnsoundError) as error:
        raise _fail(f"{error}. The publication of before stays: mend it and run `parley run` again") from error
    print_forgotten(found, done=not dry_run)


@app.command(epilog="Example: `parley status --max-age 26`")
def status(
    home: HomeOption = None,
    max_age: Annotated[
        float | None, typer.Option("--max-age", metavar="HOURS", help="Exit with 1 when the last publication is older.")
    ] = None,
) -> None:
    """Show batches, counts and the last publication."""
    from pipelines.printing import print_status
    from warehouse.lake import DamagedLakeError
    from warehouse.publish import DamagedWarehouseError

    try:
        age = print_status(settings.home(home))
    except (DamagedWarehouseError, DamagedLakeError) as error:
        raise _fail(str(error)) from error
    if max_age is not None and not 0 <= max_age < float("inf"):
        raise typer.BadParameter("--max-age is a number of hours, 0 or more")
    if max_age is not None and (age is None or age > timedelta(hours=max_age)):
        raise _fail(f"the last publication is older than {max_age:g} hours" if age else "nothing was published yet")


@app.command(epilog="Example: `parley sources --check`")
def sources(
    file: SourcesOption = None,
    home: HomeOption = None,
    check: Annotated[bool, typer.Option("--check", help="Exit with 1 where a source is not as expected.")] = False,
) -> None:
    """Show the watched sources: when each was read, how that went, what it gave, and whether that is as expected.

    The sources are those of FILE, else of PARLEY_SOURCES, else of `sources.yaml` in the home. Nothing is fetched.
    """
    from pipelines.freshness import healths
    from pipelines.printing import print_sources
    from warehouse.lake import DamagedLakeError

    place = settings.home(home)
    named = settings.sources_file(place, file)
    if named is None:
        raise _fail(
            "no sources are watched: name a file with --sources or PARLEY_SOURCES, or write sources.yaml in the home",
            MISUSED,
        )
    try:
        found = healths(place, settings.watch_list(named))
    except (settings.SettingsError, DamagedLakeError) as error:
        raise _fail(str(error)) from error
    except OSError as error:
        raise _fail(f"{error.filename}: {error.strerror}") from error
    print_sources(found)
    if check and any(health.failing for health in found):
        raise typer.Exit(FAILED)


@app.command(epilog="Example: `parley evaluate seeds/gold seeds/articles --errors`")
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Folder of gold files, one JSON per article.")],
    articles: Annotated[Path, typer.Argument(help="The articles: a folder of texts, or JSON Lines with id and text.")],
    home: HomeOption = None,
    errors: Annotated[bool, typer.Option("--errors", help="List each miss, each extra and each wrong event.")] = False,
    json_out: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write the figures as JSON.")] = None,
) -> None:
    """Score the published warehouse against gold annotations: detection, core and strict F1, and where it errs."""
    from pipelines.evaluation import evaluate as score
    from pipelines.printing import print_evaluation

    try:
        report = score(settings.home(home).warehouse, gold, articles)
    except (OSError, ValueError) as error:
        raise _fail(str(error)) from error
    print_evaluation(report, errors=errors, json_out=json_out)


@app.command(epilog="Example: `parley dev --port 3000`", context_settings={"allow_extra_args": True})
def dev(
    home: HomeOption = None,
    port: Annotated[int, typer.Option(help="Port of the web page, on loopback.")] = 3000,
) -> None:
    """Open Dagster's web page on this home, with the schedule and the sensors; ends with Ctrl-C."""
    from pipelines import runs

    place = settings.home(home)
    try:
        with runs.session(place):  # makes the home and Dagster's databases, and sets the environment
            pass
    except settings.SettingsError as error:
        raise _fail(str(error)) from error
    _err().print(f"http://127.0.0.1:{port} shows the home {place.root}", markup=False)
    words = ["-m", "dagster", "dev", "-m", "pipelines.definitions", "-h", "127.0.0.1", "-p", str(port)]
    os.execv(sys.executable, [sys.executable, *words])


if __name__ == "__main__":
    app()
