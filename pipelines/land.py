"""Takes new articles into the lake, in batches whose key is derived from their content.

Reading the sources (`sources/`) and processing what has landed (`stages.py`) do not belong here.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from pipelines.progress import meter
from pipelines.settings import DEFAULT_BATCH_CHARACTERS, Home
from pipelines.sources import Noted, SourceSettings, read
from pipelines.sources.watched import Watch
from pipelines.tombstones import TOMBSTONES, marks, record_mark, reject_marks
from transforms.identity import ID_LENGTH, digest
from transforms.records import RawArticle, RejectedRecord, WatchedSource
from warehouse.atomic import sweep
from warehouse.build import WATCHED_BATCH, WATCHED_STAGE
from warehouse.lake import Lake
from warehouse.lock import FileLock
from warehouse.staging import LandedBatch

RAW, REJECTED = "raw_articles", "rejected_records"
# Landing computes nothing that could be stale: the batch's key is the hash of its articles.
_UNCOMPUTED = "landed"
MOST_NOTES = 1_000  # of a landing; of many files of one kind, most say the same


@dataclass
class Landing:
    """What a landing found."""

    batches: list[str] = field(default_factory=list)
    articles: int = 0
    known: int = 0  # articles that had landed before
    forgotten: int = 0  # articles that were left out because of a tombstone
    rejected: list[RejectedRecord] = field(default_factory=list)  # now, whether or not they were rejected before
    newly_rejected: int = 0
    notes: list[str] = field(default_factory=list)  # the first of them, each once

    def note(self, noted: Noted) -> None:
        """Takes a note, with the file that it is about."""
        note = f"{noted.origin}: {noted.message}"
        if note not in self.notes and len(self.notes) < MOST_NOTES:
            self.notes.append(note)


class _Known:
    """The articles of the lake: ten bytes each, where a set of strings would take a hundred."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = np.sort(np.fromiter(map(bytes.fromhex, ids), dtype=f"S{ID_LENGTH // 2}"))

    def __contains__(self, article_id: str) -> bool:
        wanted = bytes.fromhex(article_id).rstrip(b"\0")  # as NumPy gives them back
        place = int(np.searchsorted(self._ids, wanted))
        return place < len(self._ids) and bool(self._ids[place] == wanted)


def _write_batch(lake: Lake, articles: Sequence[RawArticle], sequence: int) -> str:
    key = digest("batch", *sorted(a.article_id for a in articles))
    facts = {"landed_at": datetime.now(UTC).replace(tzinfo=None).isoformat(), "sequence": sequence}
    lake.write(RAW, key, RawArticle, articles, fingerprint=_UNCOMPUTED, facts=facts)
    return key


def _write_rejects(lake: Lake, rejected: Iterable[RejectedRecord]) -> int:
    known = set(lake.column(REJECTED, "rejected_id"))
    fresh = {r.rejected_id: r for r in rejected if r.rejected_id not in known}
    if fresh:
        rows = [fresh[key] for key in sorted(fresh)]
        lake.write(REJECTED, digest("rejects", *sorted(fresh)), RejectedRecord, rows, fingerprint=_UNCOMPUTED)
    return len(fresh)


def _describe(lake: Lake, watch: Watch) -> None:
    """Writes what the sources file says of its sources, where that has changed."""
    there = lake.path(WATCHED_STAGE, WATCHED_BATCH).exists()
    before = lake.read(WATCHED_STAGE, WATCHED_BATCH, WatchedSource) if there else []
    described = watch.described(before)
    if described != before:
        lake.write(WATCHED_STAGE, WATCHED_BATCH, WatchedSource, described, fingerprint=_UNCOMPUTED)


def land(
    home: Home,
    inputs: Sequence[Path],
    sources: SourceSettings,
    batch_size: int,
    watching: Callable[[], AbstractContextManager[Watch]] | None = None,
    batch_characters: int = DEFAULT_BATCH_CHARACTERS,
) -> Landing:
    """Reads the inputs and the watched sources and writes what is new of them, in batches of so many articles, or fewer
    where their texts have so many characters together.

    A landing that was killed is taken up where it stopped. Articles that have landed before are left out, so that
    nothing new makes no batch. Raises OSError where the lake cannot be written.
    """
    lake, found = home.lake, Landing()
    with ExitStack() as stack:
        stack.enter_context(FileLock(home.lock("land")))
        watch = stack.enter_context(watching()) if watching else None
        advance = stack.enter_context(meter("landing", None, "records"))
        sweep(lake.root)
        sweep(home.root, below=False)
        known = _Known(lake.column(RAW, "article_id"))
        banned = set(lake.column(TOMBSTONES, "tombstone_id"))
        left_out: set[str] = set()  # records of forgotten articles, of which nothing rejected is kept either
        chunk: list[RawArticle] = []
        characters = 0
        for item in read(inputs, sources, watch.items() if watch else ()):
            if isinstance(item, Noted):
                found.note(item)
                continue
            advance(1)
            if isinstance(item, RejectedRecord):
                if banned and any(mark in banned or mark in left_out for mark in reject_marks(item)):
                    found.forgotten += 1
                else:
                    found.rejected.append(item)
            elif item.article_id in known:
                found.known += 1
            elif banned and banned & marks(item):
                left_out.add(record_mark(item))
                found.forgotten += 1
            else:  # `read` gives an article once
                chunk.append(item)
                characters += len(item.text)
            if len(chunk) >= batch_size or characters >= batch_characters:
                found.articles += len(chunk)
                found.batches.append(_write_batch(lake, chunk, len(found.batches)))
                chunk, characters = [], 0
        if chunk:
            found.articles += len(chunk)
            found.batches.append(_write_batch(lake, chunk, len(found.batches)))
        found.newly_rejected = _write_rejects(lake, found.rejected)
        if watch:
            _describe(lake, watch)
            watch.landed()
    return found


def landed(lake: Lake) -> list[LandedBatch]:
    """All batches of the lake, in the order in which they landed."""
    stamps = [(key, stamp) for key in lake.batches(RAW) if (stamp := lake.stamp(RAW, key)) is not None]
    stamps.sort(key=lambda pair: (pair[1].facts["landed_at"], pair[1].facts["sequence"], pair[0]))
    return [
        LandedBatch(key, datetime.fromisoformat(stamp.facts["landed_at"]), stamp.rows, ordinal)
        for ordinal, (key, stamp) in enumerate(stamps)
    ]
