"""The measured shares by which evidence counts, read from `seeds/reference/publication_model.yaml`."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from math import log
from typing import Any

from transforms.dates.publication.curves import Shares
from transforms.reference import document


@dataclass(frozen=True)
class Model:
    """The sections of the table.

    `shares` and `weekdays`: by what is measured and how its clause leans. `doubt`: log likelihoods of what ought not to
    be. `wrong`: shares of what is said of an age that mean something else. `weights`: how far evidence that repeats
    itself is taken at its word. `limits`: of what is reported. `prior`: log weight of each day of a stretch before any
    evidence."""

    shares: dict[str, Shares]
    weekdays: dict[str, tuple[float, ...]]
    doubt: dict[str, float]
    wrong: dict[str, float]
    weights: dict[str, float]
    limits: dict[str, float]
    prior: tuple[tuple[date, date, float], ...]


@cache
def model() -> Model:
    """The model. Raises KeyError or ValueError where the table is not as its notes say."""
    raw: dict[str, Any] = document("publication_model")
    return Model(
        shares={name: Shares(tuple((a, b, share) for a, b, share in steps)) for name, steps in raw["shares"].items()},
        weekdays={name: tuple(log(share) for share in seven) for name, seven in raw["weekdays"].items()},
        doubt={name: log(share) for name, share in raw["doubt"].items()},
        wrong=raw["wrong"],
        weights=raw["weights"],
        limits=raw["limits"],
        prior=tuple((first, last, log(weight)) for first, last, weight in raw["prior"]),
    )
