"""Keys under which accounts that may mean one thing are looked up, so that not all are compared with all.

Whether two accounts do mean one thing does not belong here (`merge.py`, `stages.py`).
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations, product

from transforms.records import Participant
from transforms.vocabulary import ActorKind


def party_keys(participants: Iterable[Participant]) -> set[str]:
    """Accounts that share a party have one of these in common: an actor, or the country of a person or state."""
    found = set()
    for p in participants:
        found.add(p.actor_id)
        if p.country_code is not None and p.kind in (ActorKind.PERSON, ActorKind.STATE):
            found.add(p.country_code)
    return found


def months(first: date, last: date) -> range:
    """The calendar months from one day to another, counted from year 0; intervals that overlap share one."""
    return range(first.year * 12 + first.month, last.year * 12 + last.month + 1)


def shifted(day: date, by: timedelta) -> date:
    """The day so much later or earlier, within the calendar: feeds write 9999-12-31 and 0001-01-01 for no date."""
    return date.fromordinal(max(1, min(day.toordinal() + by.days, date.max.toordinal())))


def pair_keys(participants: Iterable[Participant], first: date, last: date) -> Iterator[tuple[str, str, int]]:
    """Accounts that share two parties and a day have one of these in common."""
    pairs = combinations(sorted(party_keys(participants)), 2)
    return ((a, b, month) for (a, b), month in product(pairs, months(first, last)))


def keys(participants: Iterable[Participant], first: date, last: date) -> Iterator[tuple[str, int]]:
    """Accounts that share a party and a day have one of these in common."""
    return product(party_keys(participants), months(first, last))
