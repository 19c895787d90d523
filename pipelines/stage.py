"""What a stage is, and when its file of a batch is current.

A file is current while its fingerprint is that of the code, tables, model and inputs that would make it now. Which
stages there are (`stages.py`) and how they are run (`processing.py`) do not belong here.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from pipelines import settings
from pipelines.recipe import recipe
from transforms.identity import digest
from transforms.records import Record
from warehouse.lake import Lake, Stamp

Compute = Callable[[Lake, str, Stamp | None], Iterable[Record]]


@dataclass(frozen=True)
class Stage:
    """One stage. `entries` are the modules whose result it stores; `version` counts changes of `compute` itself.

    Each text of a batch gives the same rows whatever other texts are in the batch, unless the stage takes its batches
    `in_order`: one process does it, which remembers the batches before.
    """

    name: str
    record: type[Record]
    inputs: tuple[str, ...]
    entries: tuple[str, ...]
    compute: Compute
    needs_model: bool = False
    version: int = 1
    in_order: bool = False


@cache
def model_fingerprint() -> str:
    """Fingerprint of the language model in use. Raises SettingsError where PARLEY_MODEL is not installed."""
    from transforms import language

    try:
        return language.fingerprint(settings.model())
    except ValueError as error:
        raise settings.SettingsError(f"PARLEY_MODEL: {error}") from error


@cache
def code_version(stage: Stage) -> str:
    """Fingerprint of all that makes the stage's result but its inputs."""
    return digest(stage.name, stage.version, recipe(stage.entries), model_fingerprint() if stage.needs_model else None)


def fingerprint(stage: Stage, lake: Lake, batch: str) -> str | None:
    """Fingerprint of the file that would be made now; None while an input is missing."""
    inputs = contents(stage, lake, batch)
    return None if None in inputs else fingerprint_of(stage, inputs)


def fingerprint_of(stage: Stage, inputs: Sequence[str | None]) -> str:
    """Fingerprint of what the stage makes now of inputs that hold this."""
    return digest(code_version(stage), *inputs)


def is_current(stage: Stage, lake: Lake, batch: str) -> bool:
    """Whether the stage's file of the batch is there and is what would be made now."""
    stamp = lake.stamp(stage.name, batch)
    return stamp is not None and stamp.fingerprint == fingerprint(stage, lake, batch)


def contents(stage: Stage, lake: Lake, batch: str) -> list[str | None]:
    """Hashes of what the stage's inputs hold now; None for one that is missing."""
    stamps = [lake.stamp(name, batch) for name in stage.inputs]
    return [None if stamp is None else stamp.content for stamp in stamps]
