"""What all commands share: the app, the options that several take, how a failure is told. No command belongs here."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

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


def err_console() -> Console:
    """Standard error, without colours of its own choice."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def failed(message: str, code: int = FAILED) -> typer.Exit:
    """Tells the message on standard error; returns what the command then raises."""
    err_console().print(f"[bold red]parley:[/] {escape(message)}")
    return typer.Exit(code)
