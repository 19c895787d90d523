"""The lake: one immutable Parquet file per stage and batch, each with the fingerprint of what made it.

When a stage runs, and what it computes, does not belong here.
"""

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from transforms.records import Record
from warehouse.atomic import replacing
from warehouse.columns import arrow_schema

_KEY = b"parley"  # of the Parquet file's own metadata


@dataclass(frozen=True)
class Stamp:
    """What a file of the lake says of itself."""

    fingerprint: str  # of the code, tables, model and inputs that made it
    content: str  # hash of its rows
    rows: int
    facts: dict[str, Any]  # what else the stage wants to be known: counts, seconds


def content_hash(table: pa.Table) -> str:
    """Hash of schema and rows; equal rows in equal order give equal hashes."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table.combine_chunks())
    return hashlib.blake2b(sink.getvalue(), digest_size=10).hexdigest()


class DamagedLakeError(RuntimeError):
    """A file of the lake cannot be read; the message names it and the way out."""


def _damaged(path: Path, error: Exception) -> DamagedLakeError:
    name = f"{path.parent.name}/{path.name}"
    return DamagedLakeError(
        f"the lake's file {name} is damaged ({str(error).splitlines()[0]}): delete it, and the next `parley run` makes "
        "it anew (a file of raw_articles: from the input that it landed from, given again)"
    )


@lru_cache(maxsize=100_000)
def _read_stamp(path: Path, _changed: int, _inode: int) -> Stamp:
    """The stamp of a file in one of its states; files of the lake are only ever replaced whole."""
    try:
        footer = pq.read_metadata(path)
    except pa.ArrowException as error:
        raise _damaged(path, error) from error
    body = json.loads((footer.metadata or {})[_KEY])
    return Stamp(body["fingerprint"], body["content"], footer.num_rows, body["facts"])


class Lake:
    """The files of one home."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, stage: str, batch: str) -> Path:
        """Where the file of a stage and batch stands, or will stand."""
        return self.root / stage / f"{batch}.parquet"

    def batches(self, stage: str) -> list[str]:
        """Batches that have a file of this stage, sorted."""
        folder = self.root / stage
        return sorted(p.stem for p in folder.glob("[!.]*.parquet")) if folder.is_dir() else []

    def state(self, stage: str) -> tuple[tuple[str, int, int], ...]:
        """What is another once a file of this stage was added, replaced or removed. Opens none of them."""
        folder = self.root / stage
        if not folder.is_dir():
            return ()
        with os.scandir(folder) as entries:
            found = [(e.name, e.stat()) for e in entries if e.name.endswith(".parquet") and not e.name.startswith(".")]
        return tuple(sorted((name, stat.st_mtime_ns, stat.st_ino) for name, stat in found))

    def write(
        self,
        stage: str,
        batch: str,
        record: type[Record],
        rows: Iterable[Record],
        *,
        fingerprint: str,
        facts: dict[str, Any] | None = None,
    ) -> Stamp:
        """Writes the file of a stage and batch, whole or not at all. Raises OSError where it cannot."""
        table = pa.Table.from_pylist([row.model_dump(mode="python") for row in rows], arrow_schema(record))
        return self.write_table(stage, batch, table, fingerprint=fingerprint, facts=facts)

    def write_table(
        self, stage: str, batch: str, table: pa.Table, *, fingerprint: str, facts: dict[str, Any] | None = None
    ) -> Stamp:
        """Writes a table that has the columns of the stage's record. Raises OSError where it cannot."""
        stamp = Stamp(fingerprint, content_hash(table), table.num_rows, facts or {})
        body = json.dumps({"fingerprint": fingerprint, "content": stamp.content, "facts": stamp.facts}, sort_keys=True)
        table = table.replace_schema_metadata({_KEY: body.encode()})
        with replacing(self.path(stage, batch)) as temporary:
            pq.write_table(table, temporary, compression="zstd")
        return stamp

    def stamp(self, stage: str, batch: str) -> Stamp | None:
        """The stamp of a file, None where there is no file. Reads the footer only."""
        path = self.path(stage, batch)
        try:
            state = path.stat()
            return _read_stamp(path, state.st_mtime_ns, state.st_ino)
        except FileNotFoundError:
            return None

    def read[R: Record](self, stage: str, batch: str, record: type[R]) -> list[R]:
        """All rows of a file, checked. Raises FileNotFoundError where there is none."""
        return list(self.stream(stage, batch, record))

    def stream[R: Record](self, stage: str, batch: str, record: type[R]) -> Iterator[R]:
        """The rows of a file one by one, checked; the columns are read by name."""
        names = list(arrow_schema(record).names)
        path = self.path(stage, batch)
        try:
            with pq.ParquetFile(path) as file:
                for part in file.iter_batches(batch_size=256, columns=names):
                    for row in part.to_pylist():
                        yield record.model_validate(row)
        except pa.ArrowException as error:
            raise _damaged(path, error) from error

    def table(
        self, stage: str, batch: str, names: Sequence[str], only: tuple[str, Collection[str]] | None = None
    ) -> pa.Table:
        """Columns of a file as they are stored, unchecked; `only` names a column and the values of which it keeps the
        rows. Raises FileNotFoundError where there is no such file."""
        path = self.path(stage, batch)
        filters = [(only[0], "in", list(only[1]))] if only and only[1] else None
        try:
            found = pq.read_table(path, columns=list(names), partitioning=None, filters=filters)
            return found.slice(0, 0) if only and not only[1] else found
        except pa.ArrowException as error:
            raise _damaged(path, error) from error

    def column(self, stage: str, name: str, batches: Sequence[str] | None = None) -> Iterator[Any]:
        """The values of one column over the files of a stage."""
        for batch in self.batches(stage) if batches is None else batches:
            yield from self.table(stage, batch, [name])[name].to_pylist()

    def select[R: Record](
        self, stage: str, batch: str, record: type[R], column: str, values: Collection[str]
    ) -> list[R]:
        """The rows of a file in whose column one of these values stands, checked."""
        rows = self.table(stage, batch, arrow_schema(record).names, (column, values)).to_pylist()
        return [record.model_validate(row) for row in rows]
