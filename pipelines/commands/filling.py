"""The commands that fill the warehouse or empty it: `run`, `timex`, `forget`. They compute nothing themselves.

Modules that take long to import are imported by the command that needs them.
"""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipelines import settings
from pipelines.commands.common import FAILED, INTERRUPTED, MISUSED, HomeOption, SourcesOption, app, err_console, failed

MOST_SHOWN = 20  # rejects printed one by one
MOST_NOTES = 50  # printed, those that say the same of several files as one


class TimexFormat(StrEnum):
    JSONL = "jsonl"
    TIMEML = "timeml"


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
    accept_collapse: Annotated[
        bool,
        typer.Option(
            "--accept-collapse", help="Publish although tables fall far against the publication before, this once."
        ),
    ] = False,
) -> None:
    """Land the inputs, process what waits, publish the warehouse, and print what was found.

    With a file of sources (or PARLEY_SOURCES, where no input is given) the feeds, pages and folders in it are read too.
    """
    from pipelines import runs
    from pipelines.printing import folded, print_report
    from pipelines.sources.web.urls import is_url
    from warehouse.publish import PublicationRefusedError

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
        report = runs.run(place, wanted, sources=file, refresh=refresh, accept_collapse=accept_collapse)
    except runs.TOLD as error:
        raise failed(str(error)) from error
    except (PublicationRefusedError, runs.MachineError) as error:
        raise failed(f"{error}. The publication of before stays. Mend it and run again") from error
    except KeyboardInterrupt as error:
        err_console().print("parley: interrupted; the next run takes up the work where it stopped", markup=False)
        raise typer.Exit(INTERRUPTED) from error
    err = err_console()
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
        raise failed(f"{error.filename or source}: {error.strerror}") from error
    except SeveralDocumentsError as error:
        raise failed(str(error)) from error
    except UnfitOutputError as error:
        raise failed(str(error), MISUSED) from error
    except NothingReadError as error:
        _print_rejected(error.rejected)
        raise failed(str(error)) from error
    _print_rejected(found.rejected)
    err = err_console()
    for message in found.notes:
        err.print(f"note {message}", markup=False)
    err.print(f"{found.documents} documents, {found.expressions} expressions, {len(found.rejected)} rejected")
    if strict and found.rejected:
        raise typer.Exit(FAILED)


def _print_rejected(messages: list[str]) -> None:
    for message in messages:
        err_console().print(f"rejected {message}", markup=False)


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
    from warehouse.publish import PublicationRefusedError

    if not articles and not sources:
        raise typer.BadParameter("say what to forget: --article ID or --source NAME")
    place, named = settings.home(home), (articles or [], sources or [])
    try:
        found = forgetting.find(place.lake, *named) if dry_run else runs.forget(place, *named)
    except forgetting.NothingToForgetError as error:
        raise failed(str(error.args[0])) from error
    except runs.TOLD as error:
        raise failed(str(error)) from error
    except (PublicationRefusedError, runs.MachineError) as error:
        raise failed(f"{error}. The publication of before stays: mend it and run `parley run` again") from error
    print_forgotten(found, done=not dry_run)
