"""News is young: publication follows the newest thing that a text names, mostly soon. That is one observation a text.

What is named, and when that was, is found by the other modules; how soon, stands in `publication_model.yaml`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from transforms.dates.publication.curves import Newest
from transforms.dates.publication.evidence import Evidence
from transforms.dates.publication.model import model
from transforms.vocabulary import EvidenceKind

MEMORY = timedelta(3000)  # what was before that does not tell how closely a text follows the news
# What the shares are known for, from the vaguest to what tells most exactly when it was.
RANK = (
    "newest_year", "newest_month", "newest_name", "newest_person", "newest_former", "newest_office", "newest_event",
    "newest_day", "newest_tweet",
)  # fmt: skip
TIMELESS = ("newest_name", "newest_person")
SOME, MANY = 2, 4  # things named within that memory


def newest(evidence: Sequence[Evidence]) -> Iterator[Evidence]:
    """How soon publication follows the newest thing named: the sooner, the more is named beside it.

    Which is the newest depends on the day in question: what comes after it cannot be, and tells otherwise."""
    anchors = sorted(
        {(first, last, one.newest) for one in evidence if one.newest for first, last in one.anchors},
        key=lambda anchor: (anchor[0], -anchor[1].toordinal(), RANK.index(anchor[2])),
    )
    if all(kind in TIMELESS for _, _, kind in anchors) and len(anchors) < SOME:
        return  # one name alone, long in use or somebody else's
    stretches = []
    days = sorted({last for _, last, _ in anchors})
    for number, (first, last, kind) in enumerate(anchors):
        if number + 1 < len(anchors) and anchors[number + 1][0] == first:
            continue  # of those that begin on one day, the finest counts
        near = bisect_right(days, last) - bisect_left(days, last - MEMORY)
        grade = "few" if near < SOME else "some" if near < MANY else "many"
        stretches.append((first, last, model().shares[f"{kind}_{grade}"]))
    curve = Newest(tuple(stretches), model().doubt["nothing_before"])
    yield Evidence(EvidenceKind.NEWEST_DATE, None, None, "", "not long after the newest thing that is named", curve)


def told(evidence: Sequence[Evidence], day: date) -> list[Evidence]:
    """The evidence with the newest thing said by name, as it is where the article is of a day."""
    named = [
        (last, -(one.start or 0), number)
        for number, one in enumerate(evidence)
        for first, last in one.anchors
        if one.newest and first <= day
    ]
    if not named:
        return [one for one in evidence if one.kind is not EvidenceKind.NEWEST_DATE]
    last, _, number = max(named)
    one = evidence[number]
    says = {"start": one.start, "end": one.end, "text": one.text, "claim": f"not long after {last}"}
    return [replace(e, **says) if e.kind is EvidenceKind.NEWEST_DATE else e for e in evidence]  # type: ignore[arg-type]
