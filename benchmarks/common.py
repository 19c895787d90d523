"""What the measurements share: articles to measure on, the pure stages on one of them, runs of `parley` with their time
and memory, tables.

What is measured does not belong here.
"""

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

from pipelines.settings import sample_articles
from pipelines.sources import read
from transforms import language
from transforms.cleaning import clean
from transforms.dates.publication import article_dates
from transforms.evaluation import SystemEvent
from transforms.events import clusters_of
from transforms.events.admitting import parse
from transforms.events.article import Cluster
from transforms.events.rows import records_of
from transforms.records import ArticleMentions, CleanText, RawArticle


@dataclass(frozen=True)
class Measured:
    """A run of `parley`: seconds on the wall, CPU seconds, and the largest resident set in megabytes."""

    wall: float
    cpu: float
    megabytes: float
    output: str


def parley(*words: str, cwd: Path | None = None, **extra: str) -> Measured:
    """Runs `parley` in a process of its own. Raises CalledProcessError where it fails."""
    return command([sys.executable, "-m", "pipelines.cli", *words], cwd, **extra)


def command(words: Sequence[str], cwd: Path | None = None, **extra: str) -> Measured:
    """Runs a command in a process of its own. Raises CalledProcessError where it fails."""
    # Where Python may keep no compiled modules, each process compiles every library anew; installed programs do not.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", **extra}
    start = time.perf_counter()
    with subprocess.Popen(words, cwd=cwd, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(words))
    scale = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes there, kibibytes here
    return Measured(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * scale / 1e6, output)


def samples() -> list[RawArticle]:
    """The sample articles."""
    return [item for item in read([sample_articles()]) if isinstance(item, RawArticle)]


def extracted(raw: RawArticle) -> tuple[CleanText, list[Cluster], ArticleMentions]:
    """What the pipeline's own stages find in an article in English: its clean text, its mentions by event, the records
    made of them; the events of the records are those of the clusters, one to one."""
    text = clean(raw.text_id, raw.text)
    [parsed] = parse(None, [text])
    clusters = clusters_of(text, parsed, article_dates(raw, text), language.vocabulary())
    return text, clusters, records_of(raw.article_id, text, clusters)


def as_scored(text: CleanText, found: ArticleMentions) -> list[SystemEvent]:
    """An article's events as the measure takes them, in their order."""
    sentences: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for one in found.mentions:
        sentences[one.article_event_id][text.text[one.sentence_start : one.sentence_end]] = None
    return [
        SystemEvent(
            article_event_id=one.article_event_id,
            event_type=one.event_type,
            status=one.status,
            form=one.form,
            start_date=one.start_date,
            end_date=one.end_date,
            place=one.place,
            participants=tuple(dict.fromkeys(party.name for party in one.participants)),
            sentences=tuple(sentences[one.article_event_id]),
        )
        for one in found.events
    ]


def repeated(count: int) -> Iterator[dict[str, str]]:
    """As many records as asked for, made of the sample articles: other ids, days of publication and first lines."""
    originals = samples()
    for number in range(count):
        article = originals[number % len(originals)]
        day = (article.published_date or date(2020, 1, 1)) + timedelta(days=number // len(originals))
        text = f"Wire copy number {number}.\n{article.text}"
        yield {"id": f"copy-{number}", "source": "Benchmark", "published_at": str(day), "text": text}


def write_repeated(path: Path, count: int) -> Path:
    """JSON Lines of `repeated`."""
    with path.open("w", encoding="utf-8") as sink:
        for record in repeated(count):
            sink.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def machine() -> str:
    """Machine and versions in one line."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = ", ".join(f"{name} {version(name)}" for name in ("dagster", "duckdb", "spacy"))
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    limit = "" if soft == resource.RLIM_INFINITY else f", memory limit {soft / 1e9:.1f} GB"
    return f"{cores} cores, {platform.machine()}{limit}, Python {platform.python_version()}, {versions}"
