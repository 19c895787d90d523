"""Whether two accounts name the same parties. When that is evidence of one event does not belong here (`merge.py`)."""

from collections.abc import Iterable, Sequence

from transforms.records import Participant
from transforms.vocabulary import ActorKind, EventType, Role


def _shares(a: Participant, b: Participant) -> bool:
    """The same actor, or a person of a state in one account and that state in the other."""
    if a.actor_id == b.actor_id:
        return True
    kinds = {a.kind, b.kind}
    same_country = a.country_code is not None and a.country_code == b.country_code
    return kinds == {ActorKind.PERSON, ActorKind.STATE} and same_country


def shared(first: Sequence[Participant], second: Sequence[Participant]) -> int:
    """How many actors of one account have a counterpart of their own in the other; the same both ways round."""
    mine, yours = ({p.actor_id: p for p in side} for side in (first, second))
    same = mine.keys() & yours.keys()
    count = len(same)
    free = [p for p in yours.values() if p.actor_id not in same]
    for a in (p for p in mine.values() if p.actor_id not in same):
        match = next((b for b in free if _shares(a, b)), None)
        if match is not None:
            free.remove(match)
            count += 1
    return count


def _with_role(participants: Iterable[Participant], role: Role) -> list[Participant]:
    return [p for p in participants if p.role is role]


def compatible_parties(event_type: EventType, first: Sequence[Participant], second: Sequence[Participant]) -> bool:
    """Two shared parties; for sanctions a shared sender and a shared target."""
    if event_type is EventType.SANCTIONS:
        return all(shared(_with_role(first, role), _with_role(second, role)) for role in (Role.SENDER, Role.TARGET))
    return shared(first, second) >= 2
