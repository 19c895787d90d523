"""Reads the reference tables in `seeds/reference`, each once.

They are read through importlib.resources, so that an installed wheel finds them from any working directory.
What the tables mean belongs to the modules that use them.
"""

import csv
import io
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

# The safe loader of libyaml, which is eight times as fast, where PyYAML was built with it.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _folder() -> Traversable:
    return files("seeds") / "reference"


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of `seeds/reference/NAME.csv`; lines that begin with # are notes (source, licence).

    Raises FileNotFoundError where there is no such table, ValueError where a row has too few or too many cells.
    """
    text = (_folder() / f"{name}.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    rows = []
    for row in csv.DictReader(io.StringIO("\n".join(lines))):
        if None in row or None in row.values():
            raise ValueError(f"seeds/reference/{name}.csv: a row has not one cell per column: {row}")
        rows.append({key: value.strip() for key, value in row.items()})
    return tuple(rows)


@cache
def document(name: str) -> Any:
    """Content of `seeds/reference/NAME.yaml`."""
    return yaml.load((_folder() / f"{name}.yaml").read_text(encoding="utf-8"), _Loader)


def split(cell: str) -> list[str]:
    """Parts of a cell that holds several values, separated by `|`."""
    return [part.strip() for part in cell.split("|") if part.strip()]
