"""News is young: publication follows the newest thing that a text names, mostly soon. That is one observation a text.

What is named, and when that was, is found by the other modules; how soon, stands in `publication_model.yaml`.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from transforms.dates.publication.curves import Newest
from transforms.dates.publication.evidence import Evidence
from transforms.dates.publication.model import model
from transforms.vocabulary import EvidenceKind

MEMORY = timedelta(3000)  # what was before that does not tell how closely a text follows the news
TIMELESS = ("newest_name", "newest_person")
SOME, MANY = 2, 4  # things named within that memory


def newest(evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    """How soon publication follows the newest thing named: the sooner, the more is named beside it.

    Which is the newest depends on the day in question: what comes after it cannot be, and tells otherwise."""
    anchors = sorted({(first, last, one.newest) for one in evidence if one.newest for first, last in one.anchors})
    if all(kind in TIMELESS for _, _, kind in anchors) and len(anchors) < SOME:
        return  # one name alone, long in use or somebody else's
    stretches = []
    for number, (first, last, kind) in enumerate(anchors):
        if number + 1 < len(anchors) and anchors[number + 1][0] == first:
            continue  # the finer or surer one of the same day counts
        near = {day for _, day, _ in anchors if timedelta(0) <= last - day <= MEMORY}
        grade = "few" if len(near) < SOME else "some" if len(near) < MANY else "many"
        stretches.append((first, last, model().shares[f"{kind}_{grade}"]))
    latest = max((one for one in evidence if one.newest and one.anchors), key=lambda one: one.anchors[0])
    curve = Newest(tuple(stretches), model().doubt["nothing_before"])
    claim = f"not long after {latest.anchors[0][1]}, where nothing that is named is newer"
    yield Evidence(EvidenceKind.NEWEST_DATE, latest.start, latest.end, latest.text, claim, curve)
