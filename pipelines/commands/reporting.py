"""The command that draws the published warehouse: `report`. It computes nothing itself.

Modules that take long to import are imported by the command.
"""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pipelines import settings
from pipelines.commands.common import HomeOption, app, err_console, failed
from transforms.vocabulary import EventType, Status


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise typer.BadParameter(f"{given} is no date: write it as 2024-03-31") from error


def _is_folder(path: Path) -> bool:
    """Whether a folder has that name; of a name that cannot be looked at it is told when it is written to."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _text(given: str) -> str:
    if not given.strip():
        raise typer.BadParameter("it is empty")
    try:
        given.encode("utf-8")
    except UnicodeEncodeError as error:
        raise typer.BadParameter(f"{given!a} is not UTF-8") from error
    return given


def _known(codes: list[str]) -> tuple[str, ...]:
    """The codes in capitals. Raises BadParameter where a country has none such."""
    from transforms.countries import all_countries

    found = tuple(code.upper() for code in codes)
    if unknown := set(found) - {each.country_code for each in all_countries()}:
        raise typer.BadParameter(
            f"no country has the code {', '.join(sorted(unknown))}: give three letters of ISO 3166-1, such as KEN",
            param_hint="--country",
        )
    return found


@app.command(epilog="Example: `parley report --since 2024-01-01 --type ceasefire -o report.html`")
def report(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The page.")] = Path("report.html"),
    since: Annotated[
        date | None, typer.Option(parser=_day, metavar="DAY", help="Events of that day or later.", show_default=False)
    ] = None,
    until: Annotated[
        date | None, typer.Option(parser=_day, metavar="DAY", help="Events of that day or earlier.", show_default=False)
    ] = None,
    types: Annotated[list[EventType] | None, typer.Option("--type", help="Only this type; may be given again.")] = None,
    statuses: Annotated[
        list[Status] | None, typer.Option("--status", help="Only this status; may be given again.")
    ] = None,
    countries: Annotated[
        list[str] | None,
        typer.Option("--country", metavar="CODE", help="Only with a party or place of it; may be given again."),
    ] = None,
    actors: Annotated[
        list[str] | None,
        typer.Option(
            "--actor",
            parser=_text,
            metavar="NAME",
            help="Only with somebody whose name holds this; may be given again.",
        ),
    ] = None,
    title: Annotated[
        str | None, typer.Option(parser=_text, metavar="TEXT", help="Heading of the page.", show_default=False)
    ] = None,
    most_events: Annotated[
        int | None, typer.Option("--max-events", min=1, help="So many events, the newest; else 2,000.")
    ] = None,
    undated: Annotated[
        bool, typer.Option("--undated", help="With a period: also events without a known date, listed apart.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Write a page with timeline, map, table and evidence of the published events: one HTML file, no network needed.

    An event belongs to a period where the interval in which it lies overlaps it; one without a known date is in no
    period. The same publication and options give the same bytes.
    """
    from warehouse.publish import DamagedWarehouseError
    from warehouse.report.data import MOST_EVENTS, Selection, read
    from warehouse.report.page import TITLE, write

    if since and until and since > until:
        raise typer.BadParameter(f"the period ends on {until}, before it begins on {since}", param_hint="--until")
    if _is_folder(output):
        raise typer.BadParameter(f"{output} is a folder: name a file in it", param_hint="--output")
    chosen = Selection(
        since,
        until,
        tuple(types or ()),
        tuple(statuses or ()),
        _known(countries or []),
        tuple(actors or ()),
        most_events or MOST_EVENTS,
        undated,
    )
    try:
        found = read(settings.home(home).warehouse, chosen)
    except (FileNotFoundError, DamagedWarehouseError) as error:
        raise failed(str(error)) from error
    try:
        size = write(found, output, title or TITLE)
    except OSError as error:
        raise failed(f"{output} cannot be written: {error.strerror or error} ({error.filename})") from error
    shown = f"the newest {len(found.events)} of {found.total}" if found.left_out else str(found.total)
    apart = f", {found.undated} of them without a known date" if found.undated else ""
    if found.in_no_period:
        apart += f" ({found.in_no_period} without a known date left out)"
    err_console().print(f"{output}: {shown} events{apart}, {size / 1e6:.1f} MB", markup=False)
