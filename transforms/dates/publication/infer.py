"""Gathers what tells when an article was published, and names the kinds of evidence that settled it.

What the record gives outranks all of it (article.py).
"""

from collections.abc import Sequence

from transforms.dates.publication import mentions, offices, persons, recency, stated, tenures, world
from transforms.dates.publication.evidence import Evidence
from transforms.dates.publication.solver import Solution, solve
from transforms.dates.publication.text import Reading
from transforms.records import RawArticle
from transforms.vocabulary import EvidenceKind

TELLING = 1.1  # times as wide as it is, the interval must be without a kind of evidence for it to count as a method


def gather(article: RawArticle, reading: Reading) -> tuple[Evidence, ...]:
    """All that tells when the article was published, that of the address first, then in the order of the text."""
    names = offices.names_in(reading)
    named = list(offices.named_with_office(reading, names))
    titled = frozenset(term.person for one in named for term in one.terms)
    stating, skip = stated.statements(reading)
    told_of = (*tenures.holders(reading, names, named), *world.events(reading))
    # The day of an event or term that the tables date has been weighed with it, and has a year.
    skip |= {one.start for one in told_of if one.kind is EvidenceKind.EVENT_AGE and one.start is not None}
    found = [
        *stated.address(article),
        *stating,
        *mentions.brackets(reading, skip),
        *persons.persons(reading, names, titled),
        *told_of,
    ]
    found += recency.newest(found)
    found += [pair for one in stating if (pair := stated.weekday_of(one, reading)) is not None]
    return tuple(sorted(found, key=lambda one: (one.start is not None, one.start or 0, one.kind, one.claim)))


def methods(evidence: Sequence[Evidence], solution: Solution) -> list[str]:
    """The kinds of evidence without which the interval would be wider, the most telling first; all if none is."""
    wider: dict[str, float] = {}
    for kind in dict.fromkeys(one.kind for one in evidence):
        without = solve([one for one in evidence if one.kind is not kind])
        wider[kind.value] = without.days / solution.days if without else float("inf")
    telling = sorted((kind for kind in wider if wider[kind] >= TELLING), key=lambda kind: -wider[kind])
    return telling or list(wider)
