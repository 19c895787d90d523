"""Whether two accounts name the same parties. When that is evidence of one event does not belong here (`merge.py`)."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from transforms.vocabulary import ActorKind, EventType, Role


class Named(Protocol):
    """What is asked of a party; a `Participant` has it, and a `Party`."""

    @property
    def actor_id(self) -> str: ...
    @property
    def role(self) -> Role: ...
    @property
    def kind(self) -> ActorKind: ...
    @property
    def country_code(self) -> str | None: ...


class Party(NamedTuple):
    """What merging needs to know of a participant."""

    actor_id: str
    role: Role
    kind: ActorKind
    country_code: str | None


class PartySet(tuple[Party, ...]):
    """The parties of an account or event in the order of their text, each once: equal where the same are named."""

    __slots__ = ()


def _text(party: Named) -> str:
    return f"{party.role} {party.kind} {party.country_code or ''} {party.actor_id}"


def party_set(participants: Iterable[Named]) -> PartySet:
    """The parties, as their set."""
    if isinstance(participants, PartySet):
        return participants
    return read_parties(";".join(sorted({_text(p) for p in participants})))


def written_parties(parties: PartySet) -> str:
    """One line that tells the parties: role, kind, country and actor of each, sorted. What SQL makes of participants
    (`warehouse/account_intake.py`) must be the same to the character."""
    return ";".join(map(_text, parties))


@lru_cache(maxsize=200_000)
def read_parties(written: str) -> PartySet:
    """The parties that `written_parties` wrote. Raises ValueError for anything else."""
    found = []
    for one in written.split(";") if written else ():
        role, kind, country, actor = one.split(" ", 3)
        found.append(Party(actor, Role(role), ActorKind(kind), country or None))
    return PartySet(found)


def _shares(a: Named, b: Named) -> bool:
    """The same actor, or a person of a state in one account and that state in the other."""
    if a.actor_id == b.actor_id:
        return True
    kinds = {a.kind, b.kind}
    same_country = a.country_code is not None and a.country_code == b.country_code
    return kinds == {ActorKind.PERSON, ActorKind.STATE} and same_country


def shared(first: Sequence[Named], second: Sequence[Named]) -> int:
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


def _with_role(participants: Iterable[Named], role: Role) -> list[Named]:
    return [p for p in participants if p.role is role]


def compatible_parties(event_type: EventType, first: Sequence[Named], second: Sequence[Named]) -> bool:
    """Two shared parties; for sanctions a shared sender and a shared target."""
    if event_type is EventType.SANCTIONS:
        return all(shared(_with_role(first, role), _with_role(second, role)) for role in (Role.SENDER, Role.TARGET))
    return shared(first, second) >= 2


class Compared:
    """Compares sets of parties for one type of event; each two only once, as most of a great event name the same."""

    def __init__(self, event_type: EventType) -> None:
        self._type = event_type
        self._numbers: dict[PartySet, int] = {}
        self.sets: list[PartySet] = []
        self._known: dict[tuple[int, int], tuple[bool, int]] = {}

    def number(self, parties: PartySet) -> int:
        """A number for the set: its place in `sets`."""
        found = self._numbers.setdefault(parties, len(self.sets))
        if found == len(self.sets):
            self.sets.append(parties)
        return found

    def compare(self, a: int, b: int) -> tuple[bool, int]:
        """Whether the sets of these numbers are evidence of one event, and how many parties they share."""
        pair = (a, b) if a <= b else (b, a)
        found = self._known.get(pair)
        if found is None:
            first, second = self.sets[pair[0]], self.sets[pair[1]]
            found = self._known[pair] = compatible_parties(self._type, first, second), shared(first, second)
        return found
