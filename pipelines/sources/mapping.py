"""Which key or column of a record is which field of an article: as told, else by its own name, else by a usual one.

Whether the values are any good belongs to `articles`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from unicodedata import normalize

from pipelines.sources.settings import FIELDS
from transforms.reference import table

_MOST_SHOWN = 20  # keys of a message


@dataclass(frozen=True, slots=True)
class Mapped:
    """The key of each field that a record has, and which of these were guessed."""

    keys: Mapping[str, str]  # by field
    guessed: frozenset[str]  # fields


def shown_keys(names: Iterable[str]) -> str:
    """The first of the keys or columns, as a message names them."""
    names = [f"`{name[:40]}`" for name in names]
    return ", ".join(names[:_MOST_SHOWN] + ["…"] * (len(names) > _MOST_SHOWN)) or "none"


def find_fields(record: Mapping[str, Any], told: Mapping[str, str], *, guess: bool = True) -> Mapped:
    """The fields of a record. `told`: by field, the key that holds it; with `guess`, usual names are taken for fields.

    A guess wants a value of the right kind: a string, of an id also a number, of an author also a list.
    """
    keys: dict[str, str] = {}
    guessed = set()
    usual: dict[str, list[str]] | None = None
    for field in FIELDS:
        if field in told:
            if told[field] in record:
                keys[field] = told[field]
            continue
        if field in record and (not guess or not _blank(record[field])):
            keys[field] = field
            continue
        if guess:
            usual = _usual(record) if usual is None else usual
            taken = {*told.values(), *keys.values()}
            found = next((key for key in usual.get(field, ()) if key not in taken and _fits(field, record[key])), None)
            if found is not None:
                keys[field] = found
                guessed.add(field)
                continue
        if field in record:
            keys[field] = field
    return Mapped(keys, frozenset(guessed))


def text_column(names: Iterable[str], told: Mapping[str, str]) -> str | None:
    """The column of a table that holds the text, None where none does."""
    columns = dict.fromkeys(names, "text")
    return find_fields(columns, told).keys.get("text")


def author_of(value: object) -> str | None:
    """An author as text: a name, several, or objects that hold names; None where it is neither."""
    names = [_name(one) for one in (value if isinstance(value, list | tuple) else [value])]
    return "; ".join(name for name in names if name) if names and all(name is not None for name in names) else None


def _name(value: object) -> str | None:
    value = value.get("name") if isinstance(value, dict) else value
    return value.strip() if isinstance(value, str) else None


def _usual(record: Mapping[str, Any]) -> dict[str, list[str]]:
    """By field, the keys of the record whose names are usual for it, the most usual first."""
    ranks = _ranks()
    found: dict[str, list[tuple[int, str]]] = {}
    for key in record:
        if rank := ranks.get(_plain(key)) if isinstance(key, str) and len(key) < 50 else None:
            found.setdefault(rank[0], []).append((rank[1], key))
    return {field: [key for _, key in sorted(ranked)] for field, ranked in found.items()}


def _plain(key: str) -> str:
    return "_".join(normalize("NFC", key).strip().lower().replace("-", " ").replace("_", " ").split())


@cache
def _ranks() -> dict[str, tuple[str, int]]:
    return {row["name"]: (row["field"], rank) for rank, row in enumerate(table("field_names"))}


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


_KINDS: dict[str, Callable[[object], bool]] = {
    "id": lambda value: isinstance(value, str | int | float) and not isinstance(value, bool),
    "published_at": lambda value: isinstance(value, str | int | float) and not isinstance(value, bool),
    "author": lambda value: author_of(value) is not None,
}


def _fits(field: str, value: object) -> bool:
    if _blank(value):
        return False
    return _KINDS[field](value) if field in _KINDS else isinstance(value, str)
