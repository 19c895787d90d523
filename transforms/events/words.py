"""Small sets of words that several rules for events use, from event_words.csv. It decides nothing."""

from functools import cache

from transforms.reference import split, table


@cache
def words(use: str) -> frozenset[str]:
    """The words of one use; KeyError where the table has no such use."""
    return {row["use"]: frozenset(split(row["words"])) for row in table("event_words")}[use]
