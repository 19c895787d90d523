"""The word lists of `seeds/reference/publication_words.yaml`. What a word tells is decided where it is looked for."""

from transforms.reference import document


def words_of(name: str) -> frozenset[str]:
    """A list of words in lower case. Raises KeyError where there is none of that name."""
    return frozenset(document("publication_words")[name])
