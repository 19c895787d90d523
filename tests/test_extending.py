"""The worked examples of docs/extending.md, each done in a copy of the checkout: its row passes its own test."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
# "In `FILE`:", perhaps with the line above or below which the block goes; the block; the command
EXAMPLE = re.compile(
    r"[Ii]n\s`(?P<file>[^`]+)`(?:, (?P<where>above|below) `(?P<line>[^`]+)`)?:\n\n"
    r"```(?:csv|text)\n(?P<block>.*?)```\n\n```sh\n\.venv/bin/pytest (?P<command>[^\n]+)\n```",
    re.DOTALL,
)
EXAMPLES = list(EXAMPLE.finditer(GUIDE))
COPIED = ("pipelines", "transforms", "warehouse", "seeds", "tests", "benchmarks", "pyproject.toml")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the tests need."""
    place = tmp_path_factory.mktemp("checkout")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, place / name)
    return place


def extended(text: str, example: re.Match[str]) -> str:
    """The file with the example's block where the guide puts it, at the end without a word of that."""
    lines = text.splitlines(keepends=True)
    at = len(lines)
    if example["where"]:
        at = next(i for i, line in enumerate(lines) if line.startswith(example["line"])) + (example["where"] == "below")
    return "".join([*lines[:at], example["block"], *lines[at:]])


def test_every_block_of_the_guide_is_an_example() -> None:
    assert len(EXAMPLES) == len(re.findall(r"```(?:csv|text)\n", GUIDE)) >= 10


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["block"].split(",")[0].strip())
def test_the_example_passes_its_own_test(checkout: Path, example: re.Match[str]) -> None:
    file = checkout / example["file"]
    before = file.read_text(encoding="utf-8")
    file.write_text(extended(before, example), encoding="utf-8")
    try:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-cov"]
        run = subprocess.run([*command, *example["command"].split()], cwd=checkout, capture_output=True, text=True)
    finally:
        file.write_text(before, encoding="utf-8")
    assert run.returncode == 0, run.stdout
