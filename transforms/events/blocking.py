"""Keys under which accounts that may mean one thing are looked up, so that not all are compared with all.

Whether two accounts do mean one thing does not belong here (`merge.py`, `stages.py`).
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations

from transforms.events.parties import Named, PartySet
from transforms.vocabulary import ActorKind

_BITS = 46  # of a key without its month, which stands above them: together they fill a signed integer of 64 bits
_MASK = (1 << _BITS) - 1


def party_keys(participants: Iterable[Named]) -> set[str]:
    """Accounts that share a party have one of these in common: an actor, or the country of a person or state."""
    found = set()
    for p in participants:
        found.add(p.actor_id)
        if p.country_code is not None and p.kind in (ActorKind.PERSON, ActorKind.STATE):
            found.add(p.country_code)
    return found


@lru_cache(maxsize=200_000)
def _number(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little") & _MASK


@lru_cache(maxsize=200_000)
def pairs(parties: PartySet) -> tuple[int, ...]:
    """Accounts that share two parties have one of these numbers in common, and few others do; sorted."""
    each = [[_number(key) for key in party_keys([party])] for party in parties]
    return tuple(sorted({(a + b) & _MASK for first, second in combinations(each, 2) for a in first for b in second}))


def months(first: date, last: date) -> range:
    """The calendar months from one day to another, counted from year 0; intervals that overlap share one."""
    return range(first.year * 12 + first.month, last.year * 12 + last.month + 1)


def shifted(day: date, by: timedelta) -> date:
    """The day so much later or earlier, within the calendar: feeds write 9999-12-31 and 0001-01-01 for no date."""
    return date.fromordinal(max(1, min(day.toordinal() + by.days, date.max.toordinal())))


def keys(what: str, parties: PartySet, when: Iterable[int]) -> Iterator[int]:
    """Of one kind (`what`), those that share two parties and one of the months `when` have one of these in common.

    The month stands in the highest bits, so that keys of one time lie together.
    """
    kind = _number(what)
    own = [(pair + kind) & _MASK for pair in pairs(parties)]
    return (month << _BITS | pair for month in when for pair in own)
