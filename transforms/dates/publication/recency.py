"""News is young: publication follows the newest thing that a text names, mostly soon. That is one observation a text.

What is named, and when that was, is found by the other modules; how soon, stands in `publication_model.yaml`.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from transforms.dates.publication.curves import Age, Mixture
from transforms.dates.publication.evidence import Evidence
from transforms.dates.publication.model import model
from transforms.vocabulary import EvidenceKind

MEMORY = timedelta(3000)  # what was before that does not tell how closely a text follows the news
MANY = 4  # things named within that memory
APART = timedelta(30)  # the second newest thing counts as another one from so many days before


def newest(evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    """The newest thing named, as evidence; the second newest stands by, should the newest be none."""
    ranked = sorted(
        (one for one in evidence if one.newest is not None and one.counted is not None),
        key=lambda one: (one.counted, one.newest, one.start or 0),
        reverse=True,
    )
    if not ranked:
        return
    first = ranked[0]
    assert first.counted is not None
    second = next((one for one in ranked if one.counted and one.counted < first.counted - APART), None)
    parts = [(1.0, _age(ranked, first))]
    if second is not None:
        doubt = model().limits["second_newest"]
        parts = [(1.0 - doubt, _age(ranked, first)), (doubt, _age(ranked, second))]
    claim = f"not long after {first.counted}"
    yield Evidence(EvidenceKind.NEWEST_DATE, first.start, first.end, first.text, claim, Mixture(tuple(parts)))


def _age(ranked: Sequence[Evidence], one: Evidence) -> Age:
    """How soon publication follows, should this be the newest thing: the sooner, the more is named beside it."""
    assert one.counted is not None and one.newest is not None
    before = {o.counted for o in ranked if o.counted and timedelta(0) <= one.counted - o.counted <= MEMORY}
    grade = "few" if len(before) == 1 else "some" if len(before) < MANY else "many"
    return Age(one.counted, one.counted, model().shares[f"{one.newest}_{grade}"])
