"""Divides the work on one batch among several workers, by its texts, and puts their rows together again.

A run of a few hundred articles is one batch, which one worker alone would do. What comes out holds the same rows in the
same order as if nothing had been divided. When a batch is divided (`processing.py`) does not belong here.
"""

from collections.abc import Iterator
from itertools import batched
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.land import RAW
from transforms.records import Record
from warehouse.columns import arrow_schema
from warehouse.lake import Lake

_AT_ONCE = 64  # rows put together; a row holds an article's text at the most


def _owner(record: type[Record]) -> str:
    """The column that says to which text, else to which article a row belongs."""
    return "text_id" if "text_id" in record.model_fields else "article_id"


class PartOfLake(Lake):
    """A lake in which one batch holds only the rows of every n-th of its texts; nothing is written to it."""

    def __init__(self, root: Path, batch: str, number: int, parts: int) -> None:
        super().__init__(root)
        self._batch = batch
        known = self.table(RAW, batch, ("article_id", "text_id")).to_pylist()
        texts = set(list(dict.fromkeys(row["text_id"] for row in known))[number::parts])
        self._held = {
            "text_id": texts,
            "article_id": {row["article_id"] for row in known if row["text_id"] in texts},
        }

    def stream[R: Record](self, stage: str, batch: str, record: type[R]) -> Iterator[R]:
        if batch != self._batch:
            return super().stream(stage, batch, record)
        owner = _owner(record)
        return iter(self.select(stage, batch, record, owner, self._held[owner]))


def joined(lake: Lake, parts: Lake, stage: str, batch: str, record: type[Record]) -> Iterator[dict[str, Any]]:
    """The rows of a batch that the files of `parts` hold, in the order in which its articles landed."""
    names, owner = arrow_schema(record).names, _owner(record)
    rows = pa.concat_tables([parts.table(stage, part, names) for part in parts.batches(stage)]).combine_chunks()
    places = {key: place for place, key in enumerate(rows[owner].to_pylist())}
    order = [places[key] for key in dict.fromkeys(lake.column(RAW, owner, [batch]))]
    for some in batched(order, _AT_ONCE):
        yield from rows.take(pa.array(some)).to_pylist()
