"""What in an article contradicts the day that its record gives: another date stated, or something that was not yet.

Only what a day rules out counts here: an old story retold is no contradiction, however old.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from transforms.dates.publication.days import FIRST, LAST, all_days, days_between
from transforms.dates.publication.evidence import Evidence
from transforms.dates.publication.model import model
from transforms.vocabulary import EvidenceKind

NEAR = timedelta(days=2)  # a day's difference is one of time zones and of late editions
STATING = frozenset({EvidenceKind.STATED, EvidenceKind.URL, EvidenceKind.DATELINE})
LATER = frozenset({EvidenceKind.PAST_DATE, EvidenceKind.WORLD_EVENT, EvidenceKind.OFFICE})


def contradictions(evidence: Sequence[Evidence], day: date) -> list[Evidence]:
    """The evidence against a day, the strongest first; none where all of it together is too weak to say so."""
    if not FIRST + NEAR <= day <= LAST - NEAR:
        return []
    against = [one for one in evidence if (one.kind in STATING and one.first) or _not_yet(one, day)]
    around = days_between(day - NEAR, day + NEAR)
    losses = [float(one.curve.logs(all_days()).max() - one.curve.logs(around).max()) for one in against]
    ranked = sorted(range(len(losses)), key=lambda i: -losses[i])
    found = [i for i in ranked if losses[i] >= model().limits["speaks_against"]]
    enough = sum(losses[i] for i in found) >= model().limits["contradiction"]
    return [against[i] for i in found] if enough else []


def _not_yet(one: Evidence, day: date) -> bool:
    """Does it speak of something that was only after the day? A bare year does not: it is often named ahead."""
    return (
        one.kind in LATER
        and one.newest not in (None, "newest_year")
        and one.first is not None
        and one.first > day + NEAR
    )
