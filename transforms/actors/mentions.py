"""What the actors stage hands on: `Actor`, `ActorMention`. How they are found does not belong here."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from transforms.identity import digest
from transforms.vocabulary import ActorKind


@dataclass(frozen=True, slots=True)
class Actor:
    """A party that may take part in an event, the same object for all its spellings.

    `key` identifies it within its kind: the alpha-3 code of a state, else the folded canonical name. `name` is the
    canonical name; what an article calls the actor stands in `ActorMention.names`.
    """

    kind: ActorKind
    key: str
    name: str
    country_code: str | None = None  # ISO 3166-1 alpha-3: of a person, the state that the person acts for
    cameo_code: str | None = None  # CAMEO actor code

    def __hash__(self) -> int:
        return hash(self.key)  # actors are looked up all the time, and hardly any two kinds share a key

    @property
    def actor_id(self) -> str:
        """Hash of kind and key."""
        return _id(self.kind, self.key)


@lru_cache(maxsize=10_000)
def _id(kind: ActorKind, key: str) -> str:
    return digest("actor", kind, key)


class Reference(StrEnum):
    """How a mention refers to its actors."""

    NAME = "name"  # Sergei Lavrov, Russia, Moscow, Turkish officials
    NOMINAL = "nominal"  # the Turkish president, both sides, his Russian counterpart
    PRONOUN = "pronoun"  # he, their


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A stretch of a sentence that refers to one or more actors, or names a place.

    `start`, `end` and `head` are token offsets in the sentence's Doc, `end` exclusive, `head` the token on which the
    rest of the stretch hangs. `actors` and `names` run in parallel: `names` has the fullest form that the article gives
    for each. `location` is true where the words tell where something is rather than who acts ("in Moscow"): `place` is
    then the name of the place, and `actors` the state for which the word could also stand, or empty.
    """

    sentence: int
    start: int
    end: int
    head: int
    actors: tuple[Actor, ...]
    names: tuple[str, ...]
    reference: Reference = Reference.NAME
    location: bool = False
    place: str | None = None

    @property
    def nominal(self) -> bool:
        return self.reference is Reference.NOMINAL

    @property
    def pronoun(self) -> bool:
        return self.reference is Reference.PRONOUN
