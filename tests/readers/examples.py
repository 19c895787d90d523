"""Takes the examples out of a page of the docs, and runs them where a published warehouse lies in `data`."""

import os
import re
import subprocess
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
EXPECTED = [("ceasefire", "1"), ("meeting", "1"), ("sanctions", "1")]


def examples(page: str, language: str) -> list[str]:
    """The blocks of that page that are marked as of that language."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)


def printed(folder: Path, command: list[str], **variables: str) -> list[tuple[str, str]]:
    """Type and count of events, as a program printed them, in whatever form."""
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, **variables}
    )
    assert done.returncode == 0, done.stderr
    return re.findall(r"(ceasefire|meeting|sanctions)\W+(\d+)", done.stdout)
