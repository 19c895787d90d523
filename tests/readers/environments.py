"""Finds the environments that `make readers` installs."""

from pathlib import Path

# Of the command line, the package index has only the older version.
ENVIRONMENTS = ("1.5", "2.0")
_TOOLS = Path(__file__).parents[2] / ".tools"


def environment(version: str) -> Path:
    """Folder of the programs of that environment. Raises FileNotFoundError where it is not installed."""
    folder = _TOOLS / f"readers-{version}" / "bin"
    if not folder.exists():
        raise FileNotFoundError(f"DuckDB {version} for readers is not installed: run `make readers` first")
    return folder
