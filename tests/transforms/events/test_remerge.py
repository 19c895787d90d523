"""Merging anew what new, changed and vanished accounts touch gives what merging everything gives."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.events.accounts import account, days, person, state
from tests.transforms.events.test_merge import told
from transforms.events.account import NEAR, Account
from transforms.events.merge import merge, staged
from transforms.events.parties import compatible_parties
from transforms.events.remerge import Numbered, Remade, relinked, remerged
from transforms.events.stages import Linking, Stage
from transforms.records import Event

RUIZ, MENA = person("Ana Ruiz", "PER"), person("José Mena", "ECU")
CHAD, MALI = state("Chad", "TCD"), state("Mali", "MLI")


def _alike(a: Account, b: Account) -> bool:
    return a.kind == b.kind and compatible_parties(a.event.event_type, a.parties, b.parties)


def _near(a: Account, b: Account) -> bool:
    return a.published is not None and b.published is not None and abs(a.published - b.published) <= NEAR


def _overlap(a: Account, b: Account) -> bool:
    return a.dated and b.dated and a.days[0] <= b.days[1] and b.days[0] <= a.days[1]


class Kept:
    """Accounts and events in memory; of what is asked for it gives no more than it must."""

    def __init__(self) -> None:
        self.events: Numbered = {}
        self.stages: dict[int, Stage] = {}  # as they were when the events were made
        self.links: dict[str, list[str]] = {}
        self.count = 0

    def _having(self, wanted: Callable[[Account], bool]) -> Numbered:
        return {number: told for number, told in self.events.items() if any(map(wanted, told))}

    def told_by(self, accounts: Collection[str]) -> Numbered:
        return self._having(lambda a: a.key in accounts)

    def sharing_days(self, accounts: Sequence[Account]) -> Numbered:
        return self._having(lambda a: any(_overlap(a, b) and _alike(a, b) for b in accounts))

    def published_near(self, accounts: Sequence[Account]) -> Numbered:
        return self._having(lambda a: a.dated and any(_near(a, b) and _alike(a, b) for b in accounts))

    def undated_near(self, accounts: Sequence[Account]) -> list[Account]:
        return [a for a in self._undated() if any(_near(a, b) and _alike(a, b) for b in accounts)]

    def undated_of(self, articles: Collection[str]) -> list[Account]:
        return [a for a in self._undated() if a.article_id in articles]

    def _undated(self) -> list[Account]:
        return [a for told in self.events.values() for a in told if a.joinable]

    def followed(self, stages: Sequence[Stage]) -> list[Stage]:
        linking = Linking()
        return [stage for stage in self.stages.values() if any(linking.leads(one, stage) for one in stages)]

    def preceding(self, stages: Sequence[Stage]) -> list[Stage]:
        linking = Linking()
        return [stage for stage in self.stages.values() if any(linking.leads(stage, one) for one in stages)]

    def change(self, remade: Remade, vanished: Iterable[str], known: dict[str, Account]) -> None:
        before = [self.stages.pop(number) for number in remade.gone]
        self.events = {number: told for number, told in self.events.items() if number not in remade.gone}
        after = [staged([known[a.key] for a in accounts]) for accounts in remade.made]
        for accounts, stage in zip(remade.made, after, strict=True):
            self.count += 1
            self.events[self.count] = [known[a.key] for a in accounts]
            self.stages[self.count] = stage
        assert not self.told_by(set(vanished))
        self.links |= relinked(before, after, self)

    def all(self) -> list[Event]:
        return sorted((self._event(told) for told in self.events.values()), key=lambda event: event.event_id)

    def _event(self, accounts: Sequence[Account]) -> Event:
        stage = staged(accounts)
        return Event(
            event_id=stage.event_id,
            event_type=stage.event_type,
            status=stage.status,
            article_event_ids=sorted(a.key for a in accounts),
            later_stages=self.links[stage.event_id],
        )


@settings(max_examples=150, deadline=None)
@given(told(), st.data())
def test_it_is_the_same_as_merging_everything(accounts: list[Account], data: st.DataObject) -> None:
    kept, there = Kept(), dict[str, Account]()
    waiting = data.draw(st.permutations(accounts))
    while waiting:
        size = data.draw(st.integers(1, len(waiting)))
        some, waiting = waiting[:size], waiting[size:]
        there |= {a.key: a for a in some}
        kept.change(remerged(some, (), (), kept), (), there)
        assert kept.all() == merge(there.values())
        vanished = data.draw(st.lists(st.sampled_from(sorted(there)), max_size=2, unique=True))
        restated = data.draw(st.lists(st.sampled_from(sorted(there)), max_size=2, unique=True))
        for key in restated:
            there[key] = replace(there[key], superseded=not there[key].superseded, known=datetime(2021, 3, 1))
        kept.events = {number: [there[a.key] for a in told] for number, told in kept.events.items()}
        before = {number: list(told) for number, told in kept.events.items()}
        remade = remerged((), vanished, [key for key in restated if key not in vanished], kept)
        assert kept.events == before, "what is asked is not changed"
        there = {key: a for key, a in there.items() if key not in vanished}
        kept.change(remade, vanished, there)
        assert kept.all() == merge(there.values())


def test_what_is_not_touched_is_not_merged_again() -> None:
    kept, first = Kept(), [account("a", RUIZ, MENA, when=days(1)), account("b", CHAD, MALI, when=days(1))]
    kept.change(remerged(first, (), (), kept), (), {a.key: a for a in first})
    more = account("c", RUIZ, MENA, when=days(1))
    remade = remerged([more], (), (), kept)
    assert [{a.article_id for a in told} for told in remade.made] == [{"a", "c"}]
    assert len(remade.gone) == 1


def test_a_cluster_that_loses_an_account_to_a_new_one_is_merged_again_with_what_is_near_it() -> None:
    """b and c mean one event until a comes, which has more in common with b; then c goes to d, as it would have."""
    a = account("a", RUIZ, MENA, CHAD, when=days(0, 2))
    b = account("b", RUIZ, MENA, CHAD, when=days(2, 4))
    c = account("c", RUIZ, MENA, when=days(4, 6))
    d = account("d", RUIZ, MENA, when=days(6, 8))
    kept, there = Kept(), {x.key: x for x in (a, b, c, d)}
    kept.change(remerged([b, c, d], (), (), kept), (), there)
    before = {frozenset(x.article_id for x in told) for told in kept.events.values()}
    kept.change(remerged([a], (), (), kept), (), there)
    after = {frozenset(x.article_id for x in told) for told in kept.events.values()}
    assert before != after
    assert kept.all() == merge([a, b, c, d])
