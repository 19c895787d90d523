"""Merges anew what new, changed and vanished accounts can touch, and nothing else; the result is that of `merge`.

Why that is exact: complete-link goes through the pairs of accounts in a fixed order, and what becomes of a pair depends
on the clusters of its two accounts alone. A set of accounts that no pair has left can therefore be clustered by itself.
So the accounts at hand are clustered together with all clusters near them; a cluster that comes out otherwise than
before is taken to those at hand, with what is near it; until none does.
How a cluster comes about (`merge.py`) and where accounts are kept (the `Merged` that is given) do not belong here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from transforms.events.account import Account
from transforms.events.merge import Cluster, complete_link, joined
from transforms.events.stages import Linking, Stage

Numbered = dict[int, Cluster]  # events by their number, each with all its accounts


class Merged(Protocol):
    """The accounts that were merged before, which can be asked for by what is near to others.

    More than what is near may be given, less may not. Vanished accounts are still among them, new ones are not; of
    their articles they tell what is known now.
    """

    def told_by(self, accounts: Collection[str]) -> Numbered:
        """The events of these accounts."""

    def sharing_days(self, accounts: Sequence[Account]) -> Numbered:
        """The events that have a dated account which shares type, status, two parties and a day with one of these."""

    def published_near(self, accounts: Sequence[Account]) -> Numbered:
        """The events that have a dated account of the type, status and two of the parties of one of these, published
        within NEAR of it."""

    def undated_near(self, accounts: Sequence[Account]) -> list[Account]:
        """The joinable accounts that share type, status and two parties with one of these and were published within
        NEAR of it."""

    def undated_of(self, articles: Collection[str]) -> list[Account]:
        """The joinable accounts of these articles."""


class Linked(Protocol):
    """The events as they are now, with the links that they had before."""

    def followed(self, stages: Sequence[Stage]) -> list[Stage]:
        """Those that share type, two parties and a day of its reach with one of these."""

    def preceding(self, stages: Sequence[Stage]) -> list[Stage]:
        """Those in whose reach one of these lies, of its type and two of its parties."""


@dataclass(frozen=True)
class Remade:
    """What has to be changed: events that are no more, by number, and the accounts of each new one."""

    gone: set[int]
    made: list[Cluster]


@dataclass
class _Open:
    """The events seen so far."""

    events: Numbered = field(default_factory=dict)
    home: dict[str, int] = field(default_factory=dict)  # account → its event

    def take(self, found: Numbered) -> set[int]:
        """Notes the events and returns their numbers."""
        for number, accounts in found.items():
            if number not in self.events:
                self.events[number] = accounts
                self.home |= dict.fromkeys((a.key for a in accounts), number)
        return set(found)

    def dated(self, numbers: Iterable[int]) -> list[Account]:
        """The dated accounts of these events."""
        return [a for number in numbers for a in self.events[number] if a.dated]


def remerged(added: Sequence[Account], vanished: Collection[str], restated: Collection[str], merged: Merged) -> Remade:
    """What becomes of the events when accounts are added and others (by id) vanish, and when of others still the
    article's version or the time from which it was known has changed (`restated`). No id is both added and there."""
    seen = _Open()
    opened = seen.take(merged.told_by(vanished))
    fresh = [a for a in added if a.dated]
    clusters = _clustered(fresh, vanished, seen, opened, merged)
    # --- accounts without a date, which choose among the clusters
    touched = [*fresh, *seen.dated(opened)]
    undated = _undated(added, vanished, touched, seen, opened, merged)
    seen.take(merged.told_by([key for key in undated if key not in seen.home]))
    homes = {seen.home[key] for key in undated if key in seen.home}
    fitting = seen.take(merged.published_near(list(undated.values()))) | {n for n in homes if seen.dated([n])}
    kept = sorted(fitting - opened)
    places = [*clusters, *(seen.dated([number]) for number in kept)]
    chosen = joined(list(undated.values()), places)
    told = [list(cluster) for cluster in places]
    for number, accounts in zip(kept, told[len(clusters) :], strict=True):
        accounts += [a for a in seen.events[number] if not a.dated and a.key not in undated]
    for account, place in zip(undated.values(), chosen, strict=True):
        if place is None:
            told.append([account])
        else:
            told[place].append(account)
    told += [[a] for a in added if not a.dated and not a.joinable]
    # --- what is another than before
    before = {frozenset(a.key for a in accounts): number for number, accounts in seen.events.items()}
    made: list[Cluster] = []
    same: set[int] = set()
    for accounts in told:
        known = before.get(frozenset(a.key for a in accounts))
        if known is None:
            made.append(accounts)
        else:
            same.add(known)
    gone = (opened | homes | set(kept)) - same
    stated = seen.take(merged.told_by(restated)) - gone
    return Remade(gone | stated, made + [seen.events[number] for number in sorted(stated)])


def _clustered(
    fresh: Sequence[Account], vanished: Collection[str], seen: _Open, opened: set[int], merged: Merged
) -> list[Cluster]:
    """The clusters of the new dated accounts and of all that they touch; `opened` grows by the events touched."""
    near: set[int] = set()
    at_hand = [*fresh, *seen.dated(opened)]
    while True:
        near |= seen.take(merged.sharing_days(at_hand)) - opened
        there = [a for a in seen.dated(opened) if a.key not in vanished]
        clusters = _by_kind([*fresh, *there, *seen.dated(near)])
        found = {frozenset(a.key for a in cluster) for cluster in clusters}
        moved = {n for n in near if frozenset(a.key for a in seen.dated([n])) not in found}
        if not moved:
            return [cluster for cluster in clusters if seen.home.get(cluster[0].key) not in near]
        opened |= moved
        near -= moved
        at_hand = seen.dated(moved)


def _by_kind(accounts: Iterable[Account]) -> list[Cluster]:
    groups = defaultdict(list)
    for account in accounts:
        groups[account.kind].append(account)
    return [cluster for group in groups.values() for cluster in complete_link(group)]


def _undated(
    added: Sequence[Account],
    vanished: Collection[str],
    touched: Sequence[Account],
    seen: _Open,
    opened: set[int],
    merged: Merged,
) -> dict[str, Account]:
    """The joinable accounts that may choose otherwise than before, and all others of their articles, by id."""
    before = [a for number in opened for a in seen.events[number] if a.joinable]
    found = [*(a for a in added if a.joinable), *before, *merged.undated_near(touched)]
    told = {(a.article_id, a.kind) for a in found}
    others = [a for a in merged.undated_of({article for article, _ in told}) if (a.article_id, a.kind) in told]
    return {a.key: a for a in (*found, *others) if a.key not in vanished}


def relinked(before: Sequence[Stage], after: Sequence[Stage], linked: Linked) -> dict[str, list[str]]:
    """The ids of the next stages, sorted, of all events that may have others than before, when the events `before`
    have become those `after`."""
    old, new = ({stage.event_id: stage for stage in stages} for stages in (before, after))
    altered = [stage for key, stage in new.items() if old.get(key) != stage]
    changed = [*altered, *(stage for key, stage in old.items() if new.get(key) != stage)]
    own = {stage.event_id for stage in altered}
    linking = Linking()
    sources = [stage for stage in linked.preceding(changed) if stage.event_id not in own]
    affected = [*altered, *(stage for stage, later in linking.later(sources, changed) if later)]
    return linking.next_stages(affected, linked.followed(affected))
