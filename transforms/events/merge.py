"""Article events across articles become events: one row for one event, however often and however differently told.

Two article events merge only on positive evidence: the same type and status, dates that overlap and are no wider than
a month, and compatible parties (two shared; for sanctions the sender and the target). One without a date never
bridges two clusters, and joins one only if it was published within 30 days of it. Clusters are complete-link, ties
broken by sorted ids, so that neither the order of arrival nor the division into batches matters. Merging the mentions
within one article (`article.py`) and linking the stages of one thing (`stages.py`) do not belong here.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

from transforms.events.blocking import keys, pair_keys, shifted
from transforms.events.codes import event_codes
from transforms.events.parties import compatible_parties, shared
from transforms.events.stages import linked
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
    cluster: str | None = None  # of copies; None where the article is known to be none
    superseded: bool = False  # by a later version of the article

    @property
    def voice(self) -> str:
        """Whose word it is: that of all copies together, so that they do not outvote another article."""
        return self.cluster or self.article_id

    @property
    def dated(self) -> bool:
        """Whether its date is narrow enough to be evidence."""
        start, end = self.event.start_date, self.event.end_date
        return start is not None and end is not None and end - start <= WIDEST


@dataclass
class _Cluster:
    accounts: list[Account] = field(default_factory=list)


def overlapping(a: ArticleEvent, b: ArticleEvent) -> bool:
    """Whether two dated events can lie on one day."""
    if a.start_date is None or a.end_date is None or b.start_date is None or b.end_date is None:
        return False
    return a.start_date <= b.end_date and b.start_date <= a.end_date


def _same_parties(a: Account, b: Account) -> bool:
    return compatible_parties(a.event.event_type, a.event.participants, b.event.participants)


def _same(a: Account, b: Account) -> bool:
    """Positive evidence that two dated accounts, of one type and status, mean one event."""
    if a.article_id == b.article_id:  # the article tells them apart
        return False
    return overlapping(a.event, b.event) and _same_parties(a, b)


def _pairs(accounts: Sequence[Account]) -> list[tuple[Account, Account]]:
    """Pairs of dated accounts that mean one event, best first: most shared parties, then by id."""
    near: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for i, account in enumerate(accounts):
        if account.event.start_date is not None and account.event.end_date is not None:
            for key in pair_keys(account.event.participants, account.event.start_date, account.event.end_date):
                near[key].append(i)
    candidates = {pair for group in near.values() for pair in combinations(group, 2)}
    found = [(accounts[i], accounts[j]) for i, j in candidates if _same(accounts[i], accounts[j])]
    return sorted(
        found,
        key=lambda p: (
            -shared(p[0].event.participants, p[1].event.participants),
            p[0].event.article_event_id,
            p[1].event.article_event_id,
        ),
    )


def _complete_link(accounts: Sequence[Account]) -> list[_Cluster]:
    """Clusters of dated accounts in which every two mean one event."""
    clusters = {a.event.article_event_id: _Cluster([a]) for a in accounts}
    for a, b in _pairs(accounts):
        first, second = clusters[a.event.article_event_id], clusters[b.event.article_event_id]
        if first is not second and all(_same(x, y) for x in first.accounts for y in second.accounts):
            first.accounts.extend(second.accounts)
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


def _first(account: Account) -> tuple[date, str]:
    return (account.published or date.max, account.event.article_event_id)


def _most_frequent[T: Hashable](told: Iterable[tuple[str, T]]) -> T | None:
    """The value that most voices tell; `told` are pairs of voice and value, and a voice tells a value once."""
    counted = Counter(value for _, value in set(told))
    return min(counted, key=lambda v: (-counted[v], str(v))) if counted else None


def _participants(accounts: Sequence[Account]) -> list[Participant]:
    """Everybody whom some account names, once in each role; the name is that of the first account to name them."""
    found: dict[tuple[str, Role], Participant] = {}
    for account in sorted(accounts, key=_first):
        for p in account.event.participants:
            found.setdefault((p.actor_id, p.role), p)
    return sorted(found.values(), key=lambda p: (p.role, p.canonical, p.actor_id))


def _effective(accounts: Sequence[Account]) -> tuple[date | None, date | None]:
    """The days in force as told by those that tell most of them; of these the most frequent ones."""
    told = [(a.voice, (a.event.effective_start, a.event.effective_end)) for a in accounts]
    full = max(sum(day is not None for day in days) for _, days in told)
    most = _most_frequent((by, days) for by, days in told if sum(day is not None for day in days) == full)
    return most or (None, None)


def _canonical(cluster: _Cluster) -> Event:
    """The most precise values that the accounts agree on.

    What a later version has superseded belongs to the event, so that the event's id stays, but tells of it only where
    nothing else does: a correction must not be outvoted by what it corrects.
    """
    every = sorted(cluster.accounts, key=_first)
    accounts = [a for a in every if not a.superseded] or every
    events = [a.event for a in accounts]
    dated = [e for e in events if e.start_date is not None and e.end_date is not None]
    when = min(dated, key=lambda e: (e.end_date or date.max) - (e.start_date or date.min), default=events[0])
    place_name = _most_frequent((a.voice, a.event.place) for a in accounts if a.event.place)
    where = next((e for e in events if e.place == place_name and e.latitude is not None), None) or next(
        (e for e in events if e.place == place_name), events[0]
    )
    form = _most_frequent((a.voice, a.event.form) for a in accounts if a.event.form)
    effective = _effective(accounts)
    code = event_codes(events[0].event_type, events[0].status, form)
    return Event(
        event_id=digest("event", every[0].event.article_event_id),
        event_type=events[0].event_type,
        status=events[0].status,
        form=form,
        start_date=when.start_date,
        end_date=when.end_date,
        date_precision=when.date_precision,
        date_text=when.date_text,
        date_basis=when.date_basis,
        place=place_name,
        country_code=where.country_code if place_name else None,
        latitude=where.latitude if place_name else None,
        longitude=where.longitude if place_name else None,
        confidence=max(e.confidence for e in events),
        disputed=len({e.country_code for e in events if e.country_code}) > 1,
        cameo_code=code.cameo_code,
        plover_event=code.plover_event,
        plover_mode=code.plover_mode,
        participants=_participants(accounts),
        article_event_ids=sorted(a.event.article_event_id for a in every),
        later_stages=[],
        effective_start=effective[0],
        effective_end=effective[1],
    )


def merge(accounts: Iterable[Account]) -> list[Event]:
    """Events of all accounts, sorted by id. The result depends on the set of accounts alone, not on their order."""
    groups: dict[tuple[str, str], list[Account]] = defaultdict(list)
    for account in accounts:
        groups[account.event.event_type, account.event.status].append(account)
    events = [_canonical(cluster) for key in sorted(groups) for cluster in _clusters(groups[key])]
    return sorted(linked(events), key=lambda e: e.event_id)
