"""The commands that read the published warehouse: `sql`, `export`, `show`. They compute nothing themselves.

Modules that take long to import are imported by the command that needs them.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipelines import settings
from pipelines.commands.common import HomeOption, app, err_console, failed


class SqlFormat(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"


class ExportFormat(StrEnum):
    PARQUET = "parquet"
    CSV = "csv"
    JSONL = "jsonl"


@app.command(epilog='Example: `parley sql "SELECT status, count(*) FROM marts.events GROUP BY ALL" --format markdown`')
def sql(
    query: Annotated[str, typer.Argument(help="One SQL query; it can read this warehouse and nothing else.")],
    home: HomeOption = None,
    form: Annotated[SqlFormat, typer.Option("--format", help="How the rows are printed.")] = SqlFormat.TABLE,
    rejected: Annotated[
        bool, typer.Option("--rejected", help="Query the build that the checks stopped instead.")
    ] = False,
) -> None:
    """Query the published warehouse.

    With `--rejected` the publication that stayed up is seen as `before.core.…`.
    """
    import duckdb

    from pipelines.printing import print_rows
    from warehouse.publish import DamagedWarehouseError, open_published, open_rejected

    if not query.strip(" \n\t;"):
        raise typer.BadParameter("the query is empty")
    place = settings.home(home)
    try:
        db = open_rejected(place.rejected, place.warehouse) if rejected else open_published(place.warehouse)
    except (FileNotFoundError, DamagedWarehouseError) as error:
        raise failed(str(error)) from error
    try:
        cursor = db.execute(query)
        names = [column[0] for column in cursor.description or []]
        print_rows(names, cursor.fetchall(), form.value)
    except duckdb.Error as error:
        raise failed(str(error)) from error
    finally:
        db.close()


@app.command(epilog="Example: `parley export --format csv --only marts out/`")
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder for the files, one a table.")],
    form: Annotated[ExportFormat, typer.Option("--format", help="Kind of file.")] = ExportFormat.PARQUET,
    home: HomeOption = None,
    with_text: Annotated[bool, typer.Option("--with-text", help="Article texts too.")] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only this view or table (`marts.events`) or schema (`marts`); repeatable."),
    ] = None,
) -> None:
    """Write the published views and tables as files, without article texts unless asked.

    Beside them stands `datapackage.json`, which describes each file and column (Frictionless Data Package).
    """
    from warehouse.export import UnknownTableError, export_tables
    from warehouse.publish import DamagedWarehouseError

    place = settings.home(home)
    if place.owns(folder):
        raise typer.BadParameter(
            f"{folder} is where the home keeps its own files: name another folder", param_hint="DIR"
        )
    try:
        written = export_tables(place.warehouse, folder, form.value, with_text=with_text, only=only or ())
    except UnknownTableError as error:
        raise typer.BadParameter(str(error), param_hint="--only") from error
    except DamagedWarehouseError as error:
        raise failed(str(error)) from error
    except OSError as error:
        raise failed(f"{error.strerror or error}" + (f" ({error.filename})" if error.filename else "")) from error
    err_console().print(f"{len(written) - 1} files and their {written[-1].name} in {folder}", markup=False)


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
        raise failed(str(error.args[0])) from error
    except (FileNotFoundError, DamagedWarehouseError) as error:
        raise failed(str(error)) from error
