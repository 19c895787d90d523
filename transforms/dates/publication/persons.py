"""Office-holders whom the text names in full but without their office ("Keir Starmer said"): weak evidence, by numbers.

Those whom it calls by their office are offices.py's business.
"""

from collections.abc import Iterator, Sequence

from transforms.dates.publication.curves import Within
from transforms.dates.publication.evidence import Evidence
from transforms.dates.publication.model import model
from transforms.dates.publication.offices import Name, stretches_of, terms_of
from transforms.dates.publication.text import Reading
from transforms.vocabulary import EvidenceKind


def persons(reading: Reading, names: Sequence[Name], titled: frozenset[str]) -> Iterator[Evidence]:
    """Evidence of each person named in full, once; `titled`: those whom the text names with an office."""
    seen = set(titled)
    for first, last, name in names:
        terms = terms_of(name)
        people = {term.person for term in terms}
        if last - first < 2 or len(people) != 1 or not people.isdisjoint(seen):
            continue
        seen |= people
        stretches = tuple(stretches_of(terms))
        curve = Within(stretches, model().doubt["person_before"], model().doubt["person_after"])
        start, end = reading.offset(first), reading.offset_after(last)
        claim = "held office " + ", ".join(f"{a} to {b}" if b else f"since {a}" for a, b in stretches)
        starts = tuple((a, a) for a, _ in stretches)
        text = reading.text[start:end]
        yield Evidence(EvidenceKind.PERSON, start, end, text, claim, curve, None, None, "newest_person", starts)
