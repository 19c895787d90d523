"""What in a record tells when it was published: one observation, where it stands, and the days that it speaks for."""

from dataclasses import dataclass
from datetime import date

from transforms.dates.publication.curves import Curve
from transforms.vocabulary import EvidenceKind


@dataclass(frozen=True)
class Evidence:
    """One observation. `start` and `end`: offsets into the clean text, None where it stands in the URL or the id.

    `first` and `last`: the days of publication that it speaks for, where it names an interval (inclusive). `newest`:
    name of the shares by which publication follows it where nothing newer is named (recency.py), None where it does not
    tell. `anchors`: the stretches of days from the last of which they count; several where it has several, such as two
    terms of office."""

    kind: EvidenceKind
    start: int | None
    end: int | None
    text: str
    claim: str
    curve: Curve
    first: date | None = None
    last: date | None = None
    newest: str | None = None
    anchors: tuple[tuple[date, date], ...] = ()
