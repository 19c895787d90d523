"""Small words by which the rules of this package go (`seeds/reference/actor_words.csv`). No rule belongs here."""

from functools import cache

from transforms.reference import table


@cache
def word_set(use: str) -> frozenset[str]:
    """The words of the table with this use; ValueError where it has none, which is a misspelled use."""
    found = frozenset(row["word"] for row in table("actor_words") if row["use"] == use)
    if not found:
        raise ValueError(f"seeds/reference/actor_words.csv has no word with the use {use!r}")
    return found
