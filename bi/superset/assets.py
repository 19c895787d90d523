"""The dashboards as code, in Superset's own export format: a YAML file for each thing. `prepare` brings them in."""

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "assets"
METADATA = "metadata.yaml"
KINDS = ("databases", "datasets", "charts", "dashboards")


def files() -> dict[str, str]:
    """The text of each file by its path in the folder, as Superset's import takes them."""
    found = sorted(path for kind in KINDS for path in (FOLDER / kind).rglob("*.yaml"))
    return {
        path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8") for path in [FOLDER / METADATA, *found]
    }


def things(kind: str) -> dict[str, dict[str, Any]]:
    """What the files of one of KINDS hold, by path."""
    return {path: yaml.safe_load(text) for path, text in files().items() if path.startswith(f"{kind}/")}


def uuids(kind: str) -> set[str]:
    """The uuid of each thing of a kind."""
    return {thing["uuid"] for thing in things(kind).values()}
