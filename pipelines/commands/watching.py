"""The commands that tell how things are: `status`, `sources`, `evaluate`, `dev`. They compute nothing themselves.

Modules that take long to import are imported by the command that needs them.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from pipelines import settings
from pipelines.commands.common import FAILED, MISUSED, HomeOption, SourcesOption, app, err_console, failed


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
        raise failed(str(error)) from error
    if max_age is not None and not 0 <= max_age < float("inf"):
        raise typer.BadParameter("--max-age is a number of hours, 0 or more")
    if max_age is not None and (age is None or age > timedelta(hours=max_age)):
        raise failed(f"the last publication is older than {max_age:g} hours" if age else "nothing was published yet")


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
        raise failed(
            "no sources are watched: name a file with --sources or PARLEY_SOURCES, or write sources.yaml in the home",
            MISUSED,
        )
    try:
        found = healths(place, settings.watch_list(named))
    except (settings.SettingsError, DamagedLakeError) as error:
        raise failed(str(error)) from error
    except OSError as error:
        raise failed(f"{error.filename}: {error.strerror}") from error
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
        raise failed(str(error)) from error
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
        raise failed(str(error)) from error
    err_console().print(f"http://127.0.0.1:{port} shows the home {place.root}", markup=False)
    words = ["-m", "dagster", "dev", "-m", "pipelines.definitions", "-h", "127.0.0.1", "-p", str(port)]
    os.execv(sys.executable, [sys.executable, *words])
