"""What passes between the reader of a format and the rest: a file, a record found in it, a refusal.

A format is a function from a file to what it holds. It knows nothing of articles: which fields there are, what a
date is and which record has been seen before belong to `articles`, `published` and `duplicates`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.sources.settings import SourceSettings

SAMPLE_LENGTH = 200  # characters


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read; `origin` is how it is called in the warehouse, without folders of the machine."""

    path: Path
    origin: str
    folder: str  # name of the folder in which it stands

    @property
    def name(self) -> str:
        return self.origin.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Found:
    """A record as it stands in a file, not yet looked at."""

    file: SourceFile
    fields: Mapping[str, Any]
    source: str  # where the record names none
    line: int | None = None  # from 1
    decoded_as: str | None = None  # where the bytes were not sound UTF-8


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that cannot be taken in; the reason says what is wrong and what to do."""

    origin: str
    reason: str
    line: int | None = None
    source_id: str | None = None
    sample: str | None = None


type Format = Callable[[SourceFile, SourceSettings], Iterator[Found | Refused]]
