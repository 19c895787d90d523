"""Where everything of one home stands, and what the environment sets. Nothing is computed or run here."""

import importlib.metadata
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.sources import SourceSettings
from warehouse.atomic import replacing
from warehouse.lake import Lake

if TYPE_CHECKING:
    from pipelines.sources.watching import WatchList

HOME_VARIABLE = "PARLEY_HOME"
SOURCES_VARIABLE = "PARLEY_SOURCES"
DEFAULT_HOME = "data"
DEFAULT_BATCH_SIZE = 500  # articles: small enough for flat memory, large enough that Dagster's cost per batch is lost
DEFAULT_BATCH_CHARACTERS = 10_000_000  # of text: what a worker holds of a batch grows with it, long articles or short
SERIAL, PROCESSES = "serial", "processes"  # what PARLEY_ENGINE may be
WORTH_PROCESSES = 200  # articles; for fewer, starting processes costs what they gain


class SettingsError(ValueError):
    """A setting or the home cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Home:
    """The folder that holds everything written."""

    root: Path

    @property
    def lake(self) -> Lake:
        return Lake(self.root / "lake")

    @property
    def warehouse(self) -> Path:
        """The published DuckDB file."""
        return self.root / "warehouse.duckdb"

    @property
    def built(self) -> Path:
        """The file that is built and checked before it is published."""
        return self.root / "build" / "warehouse.duckdb"

    @property
    def rejected(self) -> Path:
        """The last built file that failed a check, kept to be looked into."""
        return self.root / "build" / "rejected.duckdb"

    @property
    def verdict(self) -> Path:
        """Why it failed, as it is told."""
        return self.root / "build" / "rejected.txt"

    @property
    def parquet(self) -> Path:
        """The Parquet copies of the published tables."""
        return self.root / "parquet"

    @property
    def expectations(self) -> Path:
        """What this home expects of its publications otherwise than ours; written by its owner."""
        return self.root / "expectations.yaml"

    @property
    def dagster(self) -> Path:
        return self.root / "dagster"

    @property
    def watching(self) -> Path:
        """What is remembered of the sources of the web between runs."""
        return self.root / "watching.sqlite"

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    def owns(self, path: Path) -> bool:
        """Whether what is written at the path would come among what the home keeps; the inbox and other folders that
        its owner made in it are none of that."""
        there, root = path.resolve(), self.root.resolve()
        if there == root:
            return self.warehouse.exists()
        kept = (self.lake.root, self.built.parent, self.lock("").parent, self.parquet, self.dagster)
        return there.is_relative_to(root) and (
            (first := there.relative_to(root).parts[0]) in {folder.name for folder in kept} or first.startswith(".")
        )

    def lock(self, name: str) -> Path:
        return self.root / "locks" / name

    def prepare(self) -> None:
        """Makes the home with Dagster's settings in it. Raises SettingsError where it cannot be written."""
        try:
            for folder in (self.root / "lake", self.built.parent, self.dagster, self.inbox, self.root / "locks"):
                folder.mkdir(parents=True, exist_ok=True)
            probe = self.root / "locks" / f"probe-{os.getpid()}"
            probe.write_text("")
            probe.unlink()
            with replacing(self.dagster / "dagster.yaml") as temporary:
                shutil.copyfile(instance_settings(), temporary)
        except OSError as error:
            raise SettingsError(
                f"the home {self.root} cannot be written ({error.strerror}): name another one with --home"
            ) from error


def home(path: Path | str | None = None) -> Home:
    """The home named, else that of PARLEY_HOME, else ./data."""
    return Home(Path(path or os.environ.get(HOME_VARIABLE) or DEFAULT_HOME).absolute())


def instance_settings() -> Path:
    """`dagster.yaml`: that of the checkout, or the copy that the wheel brought along."""
    checkout = Path(__file__).resolve().parent.parent / "dagster.yaml"
    if checkout.exists():
        return checkout
    for file in importlib.metadata.files("parley") or []:
        if file.name == "dagster.yaml":
            return Path(str(file.locate())).resolve()
    raise SettingsError("dagster.yaml was not installed with parley: install the wheel again")


def require_dagster_home() -> None:
    """Stops `dg` and `dagster` where they would litter the checkout. Raises SettingsError with what to export."""
    folder = os.environ.get("DAGSTER_HOME")
    if not folder or not (Path(folder) / "dagster.yaml").exists():
        raise SettingsError(
            "DAGSTER_HOME names no home of Parley's: run `parley dev` or `parley run` once, then "
            "export PARLEY_HOME=$PWD/data DAGSTER_HOME=$PWD/data/dagster"
        )


def sample_articles() -> Path:
    """The folder of sample articles that comes with the project."""
    return Path(str(files("seeds") / "articles"))


def batch_size() -> int:
    """Articles in a batch at the most. Raises SettingsError where PARLEY_BATCH_SIZE is no number above 0."""
    return _count("PARLEY_BATCH_SIZE", DEFAULT_BATCH_SIZE)


def batch_characters() -> int:
    """Characters of text from which on a batch takes no further article. Raises SettingsError where
    PARLEY_BATCH_CHARACTERS is no number above 0."""
    return _count("PARLEY_BATCH_CHARACTERS", DEFAULT_BATCH_CHARACTERS)


def engine() -> str | None:
    """How batches are mapped over workers; None where the amount of work decides. Raises SettingsError where
    PARLEY_ENGINE names none."""
    named = os.environ.get("PARLEY_ENGINE") or None
    if named not in (None, SERIAL, PROCESSES):
        raise SettingsError(f"PARLEY_ENGINE is {named!r}: it must be {SERIAL} or {PROCESSES}")
    return named


def workers() -> int:
    """Processes that work at once: PARLEY_WORKERS, else one for each core that this process may use. Raises
    SettingsError where it is no number above 0."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return _count("PARLEY_WORKERS", usable)


def _count(variable: str, default: int) -> int:
    text = os.environ.get(variable) or str(default)
    if not text.isdecimal() or int(text) < 1:
        raise SettingsError(f"{variable} is {text!r}: it must be a whole number above 0")
    return int(text)


def watched() -> list[Path]:
    """Folders that the schedule and the folder sensor land: PARLEY_INBOX (several separated by :), else HOME/inbox."""
    named = os.environ.get("PARLEY_INBOX")
    return [Path(part) for part in named.split(os.pathsep) if part] if named else [home().inbox]


def sources() -> SourceSettings:
    """How sources are read. Raises SettingsError where PARLEY_TIMEZONE is no time zone."""
    try:
        return SourceSettings(timezone=os.environ.get("PARLEY_TIMEZONE") or "UTC")
    except ValueError as error:
        raise SettingsError(f"PARLEY_TIMEZONE: {error}") from error


def sources_file(place: Home, named: Path | str | None = None) -> Path | None:
    """The sources file named, else that of PARLEY_SOURCES, else sources.yaml in the home; None where there is none."""
    if chosen := named or os.environ.get(SOURCES_VARIABLE):
        return Path(chosen).absolute()
    return place.root / "sources.yaml" if (place.root / "sources.yaml").exists() else None


def watch_list(file: Path | None, addresses: Sequence[str] = ()) -> "WatchList":
    """The sources of a file, and addresses given as inputs.

    Raises SettingsError where the file, PARLEY_ALLOW_PRIVATE or an address cannot be used.
    """
    from pipelines.sources import watching

    permitted = [entry for entry in os.environ.get("PARLEY_ALLOW_PRIVATE", "").split(",") if entry.strip()]
    try:
        listed = watching.load(file) if file else watching.WatchList()
        return listed.joined(watching.of_addresses(addresses, permitted))
    except watching.SourcesFileError as error:
        raise SettingsError(str(error)) from None


def agent() -> str:
    """How requests say who asks. Raises SettingsError where PARLEY_CONTACT cannot stand in a header."""
    contact = os.environ.get("PARLEY_CONTACT", "").strip()
    if not (contact.isascii() and contact.isprintable()) or set(contact) & set("()"):
        raise SettingsError("PARLEY_CONTACT must be one line of ASCII without brackets: a mail address or a web page")
    return f"Parley/{importlib.metadata.version('parley')}" + (f" (+{contact})" if contact else "")


def model() -> str | None:
    """Name of the spaCy pipeline to use instead of the default one."""
    return os.environ.get("PARLEY_MODEL") or None
