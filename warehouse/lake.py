"""The lake: one immutable Parquet file per stage and batch, each with the fingerprint of what made it.

When a stage runs, and what it computes, does not belong here.
"""

import hashlib
import io
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
# A row group is what a writer holds: so many bytes, where a row counts for so many at the least, and an item of a list.
_GROUP, _ROW, _ITEM = 32_000_000, 1_000, 200


@dataclass(frozen=True)
class Stamp:
    """What a file of the lake says of itself."""

    fingerprint: str  # of the code, tables, model and inputs that made it
    content: str  # hash of its rows
    rows: int
    facts: dict[str, Any]  # what else the stage wants to be known: counts, seconds


class _Hashing(io.RawIOBase):
    """A file of which only the hash is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.hash = hashlib.blake2b(digest_size=10)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.hash.update(data)
        return len(data)


def _groups(rows: Iterable[dict[str, Any]], schema: pa.Schema) -> Iterator[pa.Table]:
    """The rows in row groups; where one ends depends on its rows alone, so that equal rows give equal groups."""
    group: list[dict[str, Any]] = []
    weight = 0
    for row in rows:
        group.append(row)
        weight += _ROW + sum(_ITEM * len(v) if isinstance(v, list) else len(v) for v in row.values() if _long(v))
        if weight >= _GROUP:
            yield pa.Table.from_pylist(group, schema)
            group, weight = [], 0
    if group:
        yield pa.Table.from_pylist(group, schema)


def _long(value: object) -> bool:
    return isinstance(value, str | bytes | list)


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
        """Writes the file of a stage and batch, whole or not at all; holds a row group of it in memory. Raises OSError
        where it cannot."""
        dumped = (row.model_dump(mode="python") for row in rows)
        return self.write_dumped(stage, batch, record, dumped, fingerprint=fingerprint, facts=facts)

    def write_dumped(
        self,
        stage: str,
        batch: str,
        record: type[Record],
        rows: Iterable[dict[str, Any]],
        *,
        fingerprint: str,
        facts: dict[str, Any] | None = None,
    ) -> Stamp:
        """As `write`, of rows as they stand in a file of the lake."""
        schema = arrow_schema(record)
        return self.write_tables(stage, batch, schema, _groups(rows, schema), fingerprint=fingerprint, facts=facts)

    def write_tables(
        self,
        stage: str,
        batch: str,
        schema: pa.Schema,
        tables: Iterable[pa.Table],
        *,
        fingerprint: str,
        facts: dict[str, Any] | None = None,
    ) -> Stamp:
        """As `write`, of tables of that schema, a row group each. The content is hashed as Arrow's stream of them:
        equal rows, in equal order and divided alike, give equal hashes."""
        content, count = _Hashing(), 0
        with (
            replacing(self.path(stage, batch)) as temporary,
            pq.ParquetWriter(temporary, schema, compression="zstd") as file,
        ):
            with pa.ipc.new_stream(content, schema) as stream:
                for table in tables:
                    stream.write_table(whole := table.combine_chunks())
                    file.write_table(whole)
                    count += whole.num_rows
            stamp = Stamp(fingerprint, content.hash.hexdigest(), count, facts or {})
            body = {"fingerprint": fingerprint, "content": stamp.content, "facts": stamp.facts}
            file.add_key_value_metadata({_KEY: json.dumps(body, sort_keys=True).encode()})
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
        try:
            if only is None:
                with pq.ParquetFile(path) as file:
                    return file.read(columns=list(names)).select(names)
            filters = [(only[0], "in", list(only[1]))] if only[1] else None
            found = pq.read_table(path, columns=list(names), partitioning=None, filters=filters)
            return found if only[1] else found.slice(0, 0)
        except (pa.ArrowException, KeyError) as error:
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
