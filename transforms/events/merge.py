"""Article events across articles become events: one row for one event, however often and however differently told.

Two article events merge only on positive evidence: the same type and status, dates that overlap and are no wider than
a month, and compatible parties (two shared; for sanctions the sender and the target). One without a date never
bridges two clusters, and joins one only if it was published within 30 days of it. Clusters are complete-link, ties
broken by sorted ids, so that neither the order of arrival nor the division into batches matters. Merging the mentions
within one article (`article.py`), which accounts must be merged again when others come in (`remerge.py`), linking the
stages of one thing (`stages.py`) and choosing an event's values from what its accounts say
(`warehouse/sql/macros/canonical_events.sql`) do not belong here.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import combinations

from transforms.events.account import NEAR, WIDEST, Account
from transforms.events.blocking import keys, months, pairs, shifted
from transforms.events.parties import Compared, Party, PartySet, party_set
from transforms.events.stages import Stage, later_stages
from transforms.identity import digest
from transforms.records import Event
from transforms.vocabulary import EventType, Role, Status

__all__ = ["Account", "complete_link", "joined", "merge", "staged"]

Cluster = list[Account]


class _Growing:
    """A cluster of dated accounts that knows what another must fit: its articles, its days, its kinds of parties."""

    def __init__(self, account: Account, kind: int) -> None:
        self.accounts = [account]
        self.articles = {account.article_id}
        self.last_start, self.first_end = account.days
        self.kinds = {kind}
        self.into: _Growing | None = None  # the cluster that has taken it

    @property
    def now(self) -> "_Growing":
        """The cluster in which its accounts are by now."""
        found = self
        while found.into is not None:
            found = found.into
        if found is not self:
            self.into = found
        return found

    def fits(self, other: "_Growing", compared: Compared) -> bool:
        """Whether every account of it and every one of the other mean one event."""
        return (
            self.last_start <= other.first_end
            and other.last_start <= self.first_end
            and self.articles.isdisjoint(other.articles)
            and all(compared.compare(a, b)[0] for a in self.kinds for b in other.kinds)
        )

    def take(self, other: "_Growing") -> None:
        """Makes the other one part of this."""
        other.into = self
        self.accounts.extend(other.accounts)
        self.articles |= other.articles
        self.kinds |= other.kinds
        self.last_start = max(self.last_start, other.last_start)
        self.first_end = min(self.first_end, other.first_end)


def _pairs(accounts: Sequence[Account], kinds: Sequence[int], compared: Compared) -> list[tuple[int, int, int]]:
    """Pairs of accounts that mean one event, by their places, best first: most shared parties, then by place.

    Each is (less the number of shared parties, place, place). Accounts that name the same parties (`kinds`) are
    compared once for all of them.
    """
    by_kind: dict[int, list[int]] = defaultdict(list)  # → places, by their first day
    for place in sorted(range(len(accounts)), key=lambda i: accounts[i].days):
        by_kind[kinds[place]].append(place)
    by_pair: dict[int, list[int]] = defaultdict(list)
    for kind in by_kind:
        for key in pairs(compared.sets[kind]):
            by_pair[key].append(kind)
    alike = {pair for group in by_pair.values() for pair in combinations(group, 2)}
    alike |= {(kind, kind) for kind, told in by_kind.items() if len(told) > 1}
    found = []
    for first, second in alike:
        same, shares = compared.compare(first, second)
        if same:
            met = _overlapping(accounts, by_kind[first], by_kind[second])
            found += [(-shares, min(pair), max(pair)) for pair in met]
    return sorted(found)


def _overlapping(accounts: Sequence[Account], first: list[int], second: list[int]) -> Iterator[tuple[int, int]]:
    """Places of two accounts of different articles whose days overlap, each two once; both lists by first day."""
    starts = [accounts[place].days[0] for place in second]
    for rank, i in enumerate(first):
        start, end = accounts[i].days
        lowest = rank + 1 if first is second else bisect_left(starts, shifted(start, -WIDEST))
        for j in second[lowest : bisect_right(starts, end)]:
            if accounts[j].days[1] >= start and accounts[j].article_id != accounts[i].article_id:
                yield i, j  # two of one article are told apart by it


def complete_link(accounts: Iterable[Account]) -> list[Cluster]:
    """Clusters of dated accounts of one type and status, in which every two mean one event.

    Accounts that mean one event with none of the others may be left out without changing what becomes of the rest.
    """
    ordered = sorted(accounts, key=lambda a: a.key)
    if not ordered:
        return []
    compared = Compared(ordered[0].event.event_type)
    kinds = [compared.number(account.parties) for account in ordered]
    clusters = [_Growing(account, kind) for account, kind in zip(ordered, kinds, strict=True)]
    for _, a, b in _pairs(ordered, kinds, compared):
        first, second = clusters[a].now, clusters[b].now
        if first is not second and first.fits(second, compared):
            first.take(second)
    return [cluster.accounts for cluster in clusters if cluster.into is None]


def joined(undated: Sequence[Account], clusters: Sequence[Cluster]) -> list[int | None]:
    """For each undated account the place of the cluster of dated accounts that it joins, None where it stands alone.

    `undated` has all undated accounts of an article, type and status or none of them, `clusters` all of those that
    may fit.
    """
    near: dict[int, list[int]] = defaultdict(list)
    for place, cluster in enumerate(clusters):
        one = cluster[0]  # what fits the cluster fits each of its accounts
        if one.published is not None:
            for key in keys(one.told_as, one.parties, months(one.published, one.published)):
                near[key].append(place)
    compared = {event_type: Compared(event_type) for event_type in EventType}
    chosen: list[int | None] = []
    for account in undated:
        places: set[int] = set()
        if account.joinable and account.published is not None:
            when = months(shifted(account.published, -NEAR), shifted(account.published, NEAR))
            places.update(*(near.get(key, ()) for key in keys(account.told_as, account.parties, when)))
        fitting = [place for place in places if _may_join(account, clusters[place], compared)]
        chosen.append(fitting[0] if len(fitting) == 1 else None)  # with two there is no evidence for either
    # After all have chosen, so that one undated account does not draw in another.
    told = Counter((place, account.article_id) for place, account in zip(chosen, undated, strict=True))
    return [
        place if told[place, account.article_id] == 1 else None  # else the article tells them apart
        for place, account in zip(chosen, undated, strict=True)
    ]


def _may_join(account: Account, cluster: Cluster, compared: Mapping[EventType, Compared]) -> bool:
    """Whether an undated account means the event of a dated cluster: parties and time of publication fit all of it."""
    if account.published is None or account.kind != cluster[0].kind:
        return False
    parties = compared[account.event.event_type]
    own = parties.number(account.parties)
    return all(
        other.article_id != account.article_id
        and other.published is not None
        and abs(other.published - account.published) <= NEAR
        and parties.compare(own, parties.number(other.parties))[0]
        for other in cluster
    )


def _clusters(accounts: Iterable[Account]) -> list[Cluster]:
    groups: dict[tuple[EventType, Status], list[Account]] = defaultdict(list)
    undated = []
    for account in accounts:
        if account.dated:
            groups[account.kind].append(account)
        else:
            undated.append(account)
    dated = [cluster for group in groups.values() for cluster in complete_link(group)]
    clusters = [list(cluster) for cluster in dated]
    for account, place in zip(undated, joined(undated, dated), strict=True):
        if place is None:
            clusters.append([account])
        else:
            clusters[place].append(account)
    return clusters


def _first(account: Account) -> tuple[datetime, str]:
    return (account.known or datetime.max, account.key)


def _participants(accounts: Sequence[Account]) -> PartySet:
    """Everybody whom some account names, once in each role."""
    found: dict[tuple[str, Role], Party] = {}
    for account in accounts:
        for p in account.parties:
            found.setdefault((p.actor_id, p.role), p)
    return party_set(found.values())


def staged(told: Sequence[Account]) -> Stage:
    """The event that these accounts tell of, for the linking of stages: its days and parties are those that
    `core.canonical_events` chooses. `told` is not empty."""
    every = sorted(told, key=_first)
    accounts = [a for a in every if not a.superseded] or every
    days = [(e.start_date, e.end_date) for e in (a.event for a in accounts) if e.start_date and e.end_date]
    return Stage(
        # Of the account that was known first, superseded or not: so the id stays as articles come in.
        event_id=digest("event", every[0].key),
        event_type=every[0].event.event_type,
        status=every[0].event.status,
        days=min(days, key=lambda interval: interval[1] - interval[0], default=None),
        participants=_participants(accounts),
    )


def merge(accounts: Iterable[Account]) -> list[Event]:
    """Events of all accounts, sorted by id. The result depends on the set of accounts alone, not on their order."""
    merged = [(staged(cluster), cluster) for cluster in _clusters(accounts)]
    later = later_stages([stage for stage, _ in merged])
    events = [
        Event(
            event_id=stage.event_id,
            event_type=stage.event_type,
            status=stage.status,
            article_event_ids=sorted(account.key for account in cluster),
            later_stages=later[stage.event_id],
        )
        for stage, cluster in merged
    ]
    return sorted(events, key=lambda e: e.event_id)
