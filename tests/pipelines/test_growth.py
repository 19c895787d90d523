"""Merging a lake step by step gives what merging everything at once gives, whatever has changed in between."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.merging import ACCOUNTS_READ, forget_accounts, kept_accounts, merge_accounts
from tests.transforms.events.accounts import account, days, person
from tests.transforms.events.test_merge import told
from transforms.events.merge import Account, merge
from transforms.records import ArticleCluster, ArticleDates, ArticleEvent, ArticleMentions, Event
from transforms.vocabulary import PublishedBasis
from warehouse.build import CLUSTERED_STAGE, MERGED_BATCH, MERGED_STAGE
from warehouse.lake import Lake, Stamp
from warehouse.staging import LandedBatch

RUIZ, MENA, SALEH = person("Ana Ruiz", "PER"), person("José Mena", "ECU"), person("Idris Saleh", "TCD")


@dataclass
class Growing:
    """A lake whose batches hold accounts, and what merging all of them at once gives."""

    lake: Lake
    batches: dict[str, list[Account]] = field(default_factory=dict)

    def merged(self, most: int = 1_000) -> Stamp:
        for batch, accounts in self.batches.items():
            self._write(batch, accounts)
        rows = {a.article_id: _cluster(a) for accounts in self.batches.values() for a in accounts}
        self.lake.write(CLUSTERED_STAGE, MERGED_BATCH, ArticleCluster, list(rows.values()), fingerprint="by hand")
        landed = [LandedBatch(batch, datetime(2021, 4, 1), 1, n) for n, batch in enumerate(self.batches)]
        return merge_accounts(self.lake, landed, "by hand", {}, most)

    def _write(self, batch: str, accounts: list[Account]) -> None:
        events: dict[str, list[ArticleEvent]] = {}
        dates = {}
        for a in accounts:
            assert isinstance(a.event, ArticleEvent)
            events.setdefault(a.article_id, []).append(a.event)
            basis = PublishedBasis.GIVEN if a.published else PublishedBasis.NONE
            dates[a.article_id] = ArticleDates(
                article_id=a.article_id,
                published_date=a.published,
                published_basis=basis,
                evidence=[],
                expressions=[],
            )
        mentions = [ArticleMentions(article_id=key, mentions=[], events=told) for key, told in events.items()]
        self.lake.write("event_mentions", batch, ArticleMentions, mentions, fingerprint="by hand")
        self.lake.write("time_expressions", batch, ArticleDates, list(dates.values()), fingerprint="by hand")

    def events(self) -> list[Event]:
        return self.lake.read(MERGED_STAGE, MERGED_BATCH, Event)

    def at_once(self) -> list[Event]:
        return merge([a for accounts in self.batches.values() for a in accounts])


def _cluster(a: Account) -> ArticleCluster:
    return ArticleCluster(
        article_id=a.article_id,
        cluster_id=a.article_id,
        cluster_first_article_id=a.article_id,
        similarity=1,
        superseded_by="another" if a.superseded else None,
        known_at=a.known,
    )


@contextmanager
def growing() -> Iterator[Growing]:
    with tempfile.TemporaryDirectory() as folder:
        yield Growing(Lake(Path(folder)))


def _changed(accounts: list[Account], changes: Mapping[str, datetime]) -> list[Account]:
    """The accounts, of some articles of which a later version is there, or other times are known."""
    return [
        replace(a, superseded=not a.superseded, known=changes[a.article_id]) if a.article_id in changes else a
        for a in accounts
    ]


@settings(max_examples=4, deadline=None)
@given(told(), st.data())
def test_it_does_not_matter_in_which_steps_a_lake_is_merged(accounts: list[Account], data: st.DataObject) -> None:
    articles = sorted({a.article_id for a in accounts})
    waiting = data.draw(st.permutations(articles))
    with growing() as lake:
        while waiting:
            size = data.draw(st.integers(1, len(waiting)))
            some, waiting = waiting[:size], waiting[size:]
            lake.batches["-".join(some)] = [a for a in accounts if a.article_id in some]
            changes = data.draw(st.dictionaries(st.sampled_from(articles), st.datetimes(), max_size=2))
            accounts = _changed(accounts, changes)
            lake.batches = {batch: _changed(told, changes) for batch, told in lake.batches.items()}
            lake.merged(most=data.draw(st.sampled_from([2, 1_000])))
            assert lake.events() == lake.at_once()


def first_and_second() -> dict[str, list[Account]]:
    met = [account(name, RUIZ, MENA, when=days(1), published=n) for n, name in enumerate("ab")]
    others = [account(f"other-{n}", RUIZ, SALEH, when=days(40 * n)) for n in range(4)]
    return {"first": [met[0], *others], "second": [met[1]], "third": [account("c", MENA, SALEH)]}


def test_only_what_a_new_batch_touches_is_read() -> None:
    with growing() as lake:
        batches = first_and_second()
        lake.batches = {"first": batches["first"]}
        lake.merged()
        lake.batches = batches
        assert lake.merged().facts[ACCOUNTS_READ] == 3  # two new ones, and the one that means the same event
        assert lake.events() == lake.at_once()
        assert lake.merged().facts[ACCOUNTS_READ] == 0


def test_what_a_batch_loses_or_tells_otherwise_is_merged_again() -> None:
    with growing() as lake:
        lake.batches = first_and_second()
        lake.merged()
        lake.batches["second"] = [account("b", RUIZ, SALEH, when=days(40), published=1)]
        lake.merged()
        assert lake.events() == lake.at_once()
        del lake.batches["second"]
        lake.merged()
        assert lake.events() == lake.at_once()


def test_an_article_that_two_batches_have_counts_as_the_first_has_it() -> None:
    with growing() as lake:
        twice = account("b", RUIZ, SALEH, when=days(40), published=1)
        batches = first_and_second()
        lake.batches = {"first": batches["first"], "second": batches["second"], "again": [twice]}
        lake.merged()
        known = [*batches["first"], *batches["second"]]
        assert lake.events() == merge(known)
        lake.batches = {"again": [twice], "first": batches["first"], "second": []}
        lake.merged()
        assert lake.events() == merge([*batches["first"], twice])


@pytest.mark.parametrize("damage", ["lost", "garbled", "another's"])
def test_kept_accounts_that_cannot_be_used_are_made_anew(damage: str) -> None:
    with growing() as lake:
        lake.batches = first_and_second()
        lake.merged()
        there = lake.events()
        if damage == "lost":
            forget_accounts(lake.lake)
        else:
            kept_accounts(lake.lake).write_bytes(b"x" * 5_000 if damage == "garbled" else b"")
        lake.merged()
        assert lake.events() == there
        assert kept_accounts(lake.lake).stat().st_size > 10_000


def test_an_article_without_a_cluster_is_a_fault() -> None:
    with growing() as lake:
        lake.batches = first_and_second()
        lake.merged()
        lake.lake.write(CLUSTERED_STAGE, MERGED_BATCH, ArticleCluster, [], fingerprint="by hand")
        forget_accounts(lake.lake)
        landed = [LandedBatch(batch, datetime(2021, 4, 1), 1, n) for n, batch in enumerate(lake.batches)]
        with pytest.raises(LookupError, match="in no cluster"):
            merge_accounts(lake.lake, landed, "by hand", {})
