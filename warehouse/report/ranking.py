"""Who met, fought, sanctioned and was named most in the events of a report. Drawing does not belong here."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from transforms.countries import all_countries
from transforms.vocabulary import ActorKind, EventType, Role
from warehouse.report.data import Party, ShownEvent
from warehouse.report.words import Standing

LONGEST_LIST = 8  # rows
# A state speaks through its persons and offices; an armed group of a country does not speak for it.
_SPEAKING = frozenset({ActorKind.STATE, ActorKind.PERSON, ActorKind.ORGANISATION})


@dataclass(frozen=True, slots=True)
class Rank:
    """A row of a list: in how many events that happened, and in how many that did not or not yet."""

    name: str
    happened: int
    other: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """A list with the type that its bars are coloured by; "all" for all three."""

    heading: str
    colour: str
    ranks: list[Rank]
    more: int  # rows left out

    @property
    def longest(self) -> int:
        """Events of the longest bar."""
        return max((rank.happened + rank.other for rank in self.ranks), default=0)


@cache
def country_names() -> dict[str, str]:
    """Names of countries by their ISO 3166-1 alpha-3 codes."""
    return {each.country_code: each.country for each in all_countries()}


def side(party: Party) -> str:
    """The state for which a party speaks, else its own name."""
    if party.kind in _SPEAKING and party.country_code:
        return country_names().get(party.country_code, party.actor)
    return party.actor


def rankings(events: list[ShownEvent]) -> list[Ranking]:
    """The lists of a report that have rows."""
    lists = (
        _ranked("Who met whom", EventType.MEETING, events, _met),
        _ranked("Ceasefires between", EventType.CEASEFIRE, events, _fought),
        _ranked("Sanctions by → on", EventType.SANCTIONS, events, _sanctioned),
        _ranked("Most named parties", "all", events, lambda event: {side(party) for party in event.parties}),
        _ranked("Most named places", "all", events, lambda event: {event.place} if event.place else ()),
    )
    return [each for each in lists if each.ranks]


def _met(event: ShownEvent) -> Iterator[str]:
    return _pairs(side(party) for party in event.parties)


def _fought(event: ShownEvent) -> Iterator[str]:
    return _pairs(side(party) for party in event.parties if party.role in (Role.PARTY, Role.VIOLATOR))


def _sanctioned(event: ShownEvent) -> set[str]:
    senders = {side(party) for party in event.parties if party.role is Role.SENDER}
    targets = {side(party) for party in event.parties if party.role is Role.TARGET}
    return {f"{sender} → {target}" for sender in senders for target in targets}


def _pairs(names: Iterable[str]) -> Iterator[str]:
    return (f"{one} – {other}" for one, other in combinations(sorted(set(names)), 2))


def _ranked(
    heading: str, colour: str, events: list[ShownEvent], names: Callable[[ShownEvent], Iterable[str]]
) -> Ranking:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for event in events:
        if colour in ("all", event.event_type):
            for name in names(event):
                counts[name][event.standing is not Standing.HAPPENED] += 1
    ranks = sorted((Rank(name, *both) for name, both in counts.items()), key=lambda r: (-r.happened, -r.other, r.name))
    return Ranking(heading, str(colour), ranks[:LONGEST_LIST], max(0, len(ranks) - LONGEST_LIST))
