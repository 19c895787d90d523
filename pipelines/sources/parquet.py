"""Parquet: a row is a record, its number stands for the line. It is read in small batches, however large the file.

Which column is which field belongs to `mapping`.
"""

import base64
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from pipelines.sources.formats import DamagedError, Found, Refused, SourceFile, broken_off
from pipelines.sources.mapping import text_column
from pipelines.sources.settings import SourceSettings
from pipelines.sources.tabular import no_text_column
from pipelines.sources.unpacking import Allowance, seekable, size_of

_BATCH = 4_000_000  # bytes of rows read at once, more or less
_MOST_ROWS = 512  # of a batch
_BUFFER = 262_144  # bytes of a column read at once
_MOST_COLUMNS = 2_000


def read_parquet(file: SourceFile, settings: SourceSettings) -> Iterator[Found | Refused]:
    """The rows of a Parquet file. Raises OSError or DamagedError where it cannot be opened."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    with file.open() as opened, seekable(opened) as stream:
        allowance = Allowance(size_of(stream))
        try:
            # Without pre_buffer and with a buffer, a row group is not read into memory whole.
            table = pq.ParquetFile(stream, buffer_size=_BUFFER, pre_buffer=False)
            names = table.schema_arrow.names
            if len(names) > _MOST_COLUMNS:
                yield Refused(file.origin, f"has more than {_MOST_COLUMNS:,} columns: give those of the articles")
                return
            if text_column(names, settings.mapping) is None:
                yield Refused(file.origin, no_text_column(names))
                return
            source = settings.source or file.stem
            for batch in table.iter_batches(batch_size=_rows_at_once(table.metadata), use_threads=False):
                allowance.spend(batch.nbytes)
                columns = [_values(column) for column in batch.columns]
                for row in zip(*columns, strict=True):
                    number += 1
                    yield Found(file, dict(zip(names, row, strict=True)), source, number)
        except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
            yield _broken_off(file, error, number)
            return
    if not number:
        yield Refused(file.origin, "has columns and no rows: give a table with articles")


def _broken_off(file: SourceFile, error: Exception, number: int) -> Refused:
    if isinstance(error, DamagedError):
        return broken_off(file, error, f"the {number:,} rows before were read", number + 1)
    text = " ".join(str(error).split())[:200] or type(error).__name__
    return broken_off(file, DamagedError(f"no sound Parquet: {text}"), f"{number:,} rows were read", number + 1)


def _rows_at_once(metadata: Any) -> int:
    """Rows of a batch, so that it holds about _BATCH bytes."""
    groups = [metadata.row_group(index) for index in range(metadata.num_row_groups)]
    largest = max((group.total_byte_size // max(1, group.num_rows) for group in groups), default=0)
    return max(1, min(_MOST_ROWS, _BATCH // max(1, largest)))


def _values(column: Any) -> list[Any]:
    """The values of a column as JSON has them: times in ISO 8601, bytes as text."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_timestamp(column.type):
        # Of nanoseconds, which Python's times do not have, and of years beyond 9999.
        return list(pc.cast(column, pa.string()).to_pylist())
    return [_plain(value) for value in column.to_pylist()]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | timedelta):
        return str(value)
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return base64.b64encode(value).decode("ascii")
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
