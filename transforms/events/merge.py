"""Article events across articles become events: one row for one event, however often and however differently told.

Two article events merge only on positive evidence: the same type and status, dates that overlap and are no wider than
a month, and compatible parties (two shared; for sanctions the sender and the target). One without a date never
bridges two clusters, and joins one only if it was published within 30 days of it. Clusters are complete-link, ties
broken by sorted ids, so that neither the order of arrival nor the division into batches matters. Merging the mentions
within one article (`article.py`), linking the stages of one thing (`stages.py`) and choosing an event's values from
what its accounts say (`warehouse/sql/macros/canonical_events.sql`) do not belong here.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import combinations

from transforms.events.blocking import keys, pair_keys, shifted
from transforms.events.parties import compatible_parties, shared
from transforms.events.stages import Stage, later_stages
from transforms.identity import digest
from transforms.records import ArticleEvent, Event, Participant
from transforms.vocabulary import Role

WIDEST = timedelta(days=31)  # an interval that is wider is no evidence that two accounts mean the same day
NEAR = timedelta(days=30)  # how far apart an undated account may be published


@dataclass(frozen=True)
class Account:
    """What one article says of one event, with what merging needs to know of the article."""

    event: ArticleEvent
    article_id: str
    published: date | None
    known: datetime | None = None  # when the article was surely out
    superseded: bool = False  # by a later version of the article

    @property
    def dated(self) -> bool:
        """Whether its date is narrow enough to be evidence."""
        start, end = self.event.start_date, self.event.end_date
        return start is not None and end is not None and end - start <= WIDEST


@dataclass
class _Cluster:
    accounts: list[Account] = field(default_factory=list)


class _Parties:
    """Compares the parties of accounts; accounts that name the same ones, as most of a great event do, only once."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        numbers: dict[Hashable, int] = {}
        self._number = {}
        for account in accounts:
            named = tuple((p.actor_id, p.role, p.kind, p.country_code) for p in account.event.participants)
            self._number[account.event.article_event_id] = numbers.setdefault(named, len(numbers))
        self._compared: dict[tuple[int, int], tuple[bool, int]] = {}

    def number(self, account: Account) -> int:
        """The same for accounts that name the same parties."""
        return self._number[account.event.article_event_id]

    def compare(self, a: Account, b: Account) -> tuple[bool, int]:
        """Whether their parties are evidence of one event, and how many they share."""
        numbers = (self.number(a), self.number(b))
        if numbers not in self._compared:
            shares = shared(a.event.participants, b.event.participants)
            self._compared[numbers] = (_same_parties(a, b), shares)
        return self._compared[numbers]


class _Dated(_Cluster):
    """A cluster of dated accounts that knows what another must fit: its articles, its days, its kinds of parties."""

    def __init__(self, account: Account, parties: _Parties) -> None:
        super().__init__([account])
        assert account.event.start_date is not None
        assert account.event.end_date is not None
        self.articles = {account.article_id}
        self.last_start, self.first_end = account.event.start_date, account.event.end_date
        self.kinds = {parties.number(account): account}

    def fits(self, other: "_Dated", parties: _Parties) -> bool:
        """Whether every account of it and every one of the other mean one event (`_same`)."""
        return (
            self.last_start <= other.first_end
            and other.last_start <= self.first_end
            and self.articles.isdisjoint(other.articles)
            and all(parties.compare(a, b)[0] for a in self.kinds.values() for b in other.kinds.values())
        )

    def take(self, other: "_Dated") -> None:
        self.accounts.extend(other.accounts)
        self.articles |= other.articles
        self.kinds |= other.kinds
        self.last_start = max(self.last_start, other.last_start)
        self.first_end = min(self.first_end, other.first_end)


def overlapping(a: ArticleEvent, b: ArticleEvent) -> bool:
    """Whether two dated events can lie on one day."""
    if a.start_date is None or a.end_date is None or b.start_date is None or b.end_date is None:
        return False
    return a.start_date <= b.end_date and b.start_date <= a.end_date


def _same_parties(a: Account, b: Account) -> bool:
    return compatible_parties(a.event.event_type, a.event.participants, b.event.participants)


def _same(a: Account, b: Account, parties: _Parties) -> bool:
    """Positive evidence that two dated accounts, of one type and status, mean one event."""
    if a.article_id == b.article_id:  # the article tells them apart
        return False
    return overlapping(a.event, b.event) and parties.compare(a, b)[0]


def _pairs(accounts: Sequence[Account], parties: _Parties) -> list[tuple[Account, Account]]:
    """Pairs of dated accounts that mean one event, best first: most shared parties, then by id."""
    near: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for i, account in enumerate(accounts):
        if account.event.start_date is not None and account.event.end_date is not None:
            for key in pair_keys(account.event.participants, account.event.start_date, account.event.end_date):
                near[key].append(i)
    candidates = {pair for group in near.values() for pair in combinations(group, 2)}
    found = [(accounts[i], accounts[j]) for i, j in candidates if _same(accounts[i], accounts[j], parties)]
    return sorted(
        found,
        key=lambda p: (-parties.compare(*p)[1], p[0].event.article_event_id, p[1].event.article_event_id),
    )


def _complete_link(accounts: Sequence[Account]) -> list[_Cluster]:
    """Clusters of dated accounts in which every two mean one event."""
    parties = _Parties(accounts)
    clusters = {a.event.article_event_id: _Dated(a, parties) for a in accounts}
    for a, b in _pairs(accounts, parties):
        first, second = clusters[a.event.article_event_id], clusters[b.event.article_event_id]
        if first is not second and first.fits(second, parties):
            first.take(second)
            for account in second.accounts:
                clusters[account.event.article_event_id] = first
    unique = {id(c): c for c in clusters.values()}
    return list(unique.values())


def _may_join(account: Account, cluster: _Cluster) -> bool:
    """Whether an undated account means the event of a dated cluster: parties and time of publication fit all of it."""
    if account.event.start_date is not None or account.published is None:
        return False
    return all(
        other.article_id != account.article_id
        and other.published is not None
        and abs(other.published - account.published) <= NEAR
        and _same_parties(account, other)
        for other in cluster.accounts
    )


def _clusters(accounts: Sequence[Account]) -> list[_Cluster]:
    """Clusters of accounts of one type and status."""
    ordered = sorted(accounts, key=lambda a: a.event.article_event_id)
    dated = _complete_link([a for a in ordered if a.dated])
    by_key: dict[tuple[str, int], list[_Cluster]] = defaultdict(list)
    for cluster in dated:
        if (published := cluster.accounts[0].published) is not None:
            participants = [p for a in cluster.accounts for p in a.event.participants]
            for key in keys(participants, published, published):
                by_key[key].append(cluster)
    joining: list[tuple[_Cluster, Account]] = []
    alone: list[_Cluster] = []
    for account in (a for a in ordered if not a.dated):
        near: dict[int, _Cluster] = {}
        if account.published is not None:
            first, last = shifted(account.published, -NEAR), shifted(account.published, NEAR)
            for key in keys(account.event.participants, first, last):
                near |= {id(c): c for c in by_key.get(key, ())}
        fitting = [c for c in near.values() if _may_join(account, c)]
        if len(fitting) == 1:  # with two to choose from there is no evidence for either
            joining.append((fitting[0], account))
        else:
            alone.append(_Cluster([account]))
    told = Counter((id(cluster), account.article_id) for cluster, account in joining)
    for cluster, account in joining:  # after all have chosen, so that one undated account does not draw in another
        if told[id(cluster), account.article_id] == 1:
            cluster.accounts.append(account)
        else:  # the article tells them apart
            alone.append(_Cluster([account]))
    return dated + alone


def _first(account: Account) -> tuple[datetime, str]:
    return (account.known or datetime.max, account.event.article_event_id)


def _participants(accounts: Sequence[Account]) -> list[Participant]:
    """Everybody whom some account names, once in each role."""
    found: dict[tuple[str, Role], Participant] = {}
    for account in accounts:
        for p in account.event.participants:
            found.setdefault((p.actor_id, p.role), p)
    return sorted(found.values(), key=lambda p: (p.role, p.canonical, p.actor_id))


def staged(told: Sequence[Account]) -> Stage:
    """The event that these accounts tell of, for the linking of stages: its days and parties are those that
    `core.canonical_events` chooses. `told` is not empty."""
    every = sorted(told, key=_first)
    accounts = [a for a in every if not a.superseded] or every
    days = [(e.start_date, e.end_date) for e in (a.event for a in accounts) if e.start_date and e.end_date]
    return Stage(
        # Of the account that was known first, superseded or not: so the id stays as articles come in.
        event_id=digest("event", every[0].event.article_event_id),
        event_type=every[0].event.event_type,
        status=every[0].event.status,
        days=min(days, key=lambda interval: interval[1] - interval[0], default=None),
        participants=_participants(accounts),
    )


def merge(accounts: Iterable[Account]) -> list[Event]:
    """Events of all accounts, sorted by id. The result depends on the set of accounts alone, not on their order."""
    groups: dict[tuple[str, str], list[Account]] = defaultdict(list)
    for account in accounts:
        groups[account.event.event_type, account.event.status].append(account)
    merged = [(staged(cluster.accounts), cluster) for key in sorted(groups) for cluster in _clusters(groups[key])]
    later = later_stages([stage for stage, _ in merged])
    events = [
        Event(
            event_id=stage.event_id,
            event_type=stage.event_type,
            status=stage.status,
            article_event_ids=sorted(a.event.article_event_id for a in cluster.accounts),
            later_stages=later[stage.event_id],
        )
        for stage, cluster in merged
    ]
    return sorted(events, key=lambda e: e.event_id)
