"""Which accounts become one event, which do not, and that neither order nor batches matter."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.events.accounts import account, actor, days, person, state
from transforms.events.merge import Account, merge
from transforms.records import Event
from transforms.vocabulary import ActorKind, EventType, Form, Role, Status

RUIZ, MENA = person("Ana Ruiz", "PER"), person("José Mena", "ECU")
PERU, ECUADOR, CHAD, MALI = state("Peru", "PER"), state("Ecuador", "ECU"), state("Chad", "TCD"), state("Mali", "MLI")
EU = actor("European Union", ActorKind.ORGANISATION, role=Role.SENDER)
ON_CHAD, ON_MALI = state("Chad", "TCD", role=Role.TARGET), state("Mali", "MLI", role=Role.TARGET)


def clusters(*accounts: Account) -> set[frozenset[str]]:
    """The articles whose accounts became one event, for each event."""
    by_id = {a.event.article_event_id: a.article_id for a in accounts}
    return {frozenset(by_id[i] for i in event.article_event_ids) for event in merge(accounts)}


def together(*articles: str) -> set[frozenset[str]]:
    return {frozenset(articles)}


def apart(*articles: str) -> set[frozenset[str]]:
    return {frozenset([article]) for article in articles}


# --- two dated accounts ---------------------------------------------------------------------------------------------


def test_a_meeting_told_with_differing_details_is_one_event() -> None:
    wire = account("wire", RUIZ, MENA, when=days(1), form=Form.IN_PERSON, place="Lima", country_code="PER")
    paper = account("paper", PERU, ECUADOR, CHAD, when=days(0, 6), form=Form.TALKS, published=9)
    assert clusters(wire, paper) == together("wire", "paper")


@pytest.mark.parametrize(
    "other",
    [
        account("b", RUIZ, MENA, when=days(1), status=Status.SCHEDULED),
        account("b", RUIZ, MENA, when=days(1), event_type=EventType.CEASEFIRE, status=Status.AGREED),
        account("b", RUIZ, MENA, when=days(2)),
        account("b", RUIZ, CHAD, when=days(1)),
        account("b", RUIZ, when=days(1)),
        account("b", RUIZ, MENA, when=days(-20, 20)),
    ],
    ids=["another stage", "another type", "another day", "another party", "one party", "wider than a month"],
)
def test_without_positive_evidence_two_accounts_stay_apart(other: Account) -> None:
    assert clusters(account("a", RUIZ, MENA, when=days(1)), other) == apart("a", "b")


def test_a_month_is_narrow_enough() -> None:
    month = account("a", RUIZ, MENA, when=days(0, 31))
    assert clusters(month, account("b", RUIZ, MENA, when=days(31))) == together("a", "b")


def test_what_one_article_tells_apart_stays_apart() -> None:
    first, second = (account("a", RUIZ, MENA, when=days(1), ordinal=n) for n in range(2))
    assert len(merge([first, second])) == 2
    assert len(merge([first, second, account("b", RUIZ, MENA, when=days(1))])) == 2


def test_clusters_are_complete_link() -> None:
    early, middle, late = (
        account(n, RUIZ, MENA, when=w) for n, w in (("a", days(0, 2)), ("b", days(2, 4)), ("c", days(4, 6)))
    )
    found = clusters(early, middle, late)  # a fits b and b fits c, but a does not fit c
    assert found in (together("a", "b") | apart("c"), together("b", "c") | apart("a"))
    assert all(clusters(*order) == found for order in ((late, middle, early), (middle, early, late)))


def test_of_two_fitting_accounts_the_one_with_more_in_common_is_taken() -> None:
    middle = account("b", RUIZ, MENA, CHAD, when=days(2, 4))
    poor, rich = account("a", RUIZ, MENA, when=days(0, 2)), account("c", RUIZ, MENA, CHAD, when=days(4, 6))
    assert clusters(poor, middle, rich) == together("b", "c") | apart("a")


# --- accounts without a date ---------------------------------------------------------------------------------------


def test_an_undated_account_joins_the_only_event_that_fits() -> None:
    dated = account("a", RUIZ, MENA, when=days(1), published=1)
    assert clusters(dated, account("b", PERU, MENA, published=31)) == together("a", "b")


@pytest.mark.parametrize("published", [32, -30, None])
def test_an_undated_account_joins_within_thirty_days_only(published: int | None) -> None:
    dated = account("a", RUIZ, MENA, when=days(1), published=1)
    assert clusters(dated, account("b", RUIZ, MENA, published=published)) == apart("a", "b")


def test_an_undated_account_with_two_events_to_choose_from_joins_neither() -> None:
    dated = [account(name, RUIZ, MENA, when=days(n)) for n, name in enumerate("ab")]
    assert clusters(*dated, account("c", RUIZ, MENA)) == apart("a", "b", "c")


def test_undated_accounts_alone_are_no_evidence_for_each_other() -> None:
    assert clusters(account("a", RUIZ, MENA), account("b", RUIZ, MENA)) == apart("a", "b")


def test_an_undated_account_does_not_draw_in_another() -> None:
    # The second fits the first undated account, but not the dated event.
    dated = account("a", PERU, ECUADOR, when=days(1))
    accounts = (dated, account("b", PERU, ECUADOR, CHAD, MALI), account("c", CHAD, MALI))
    assert clusters(*accounts) == together("a", "b") | apart("c")


def test_two_undated_accounts_of_one_article_do_not_meet_in_one_event() -> None:
    dated = account("a", RUIZ, MENA, when=days(1))
    undated = [account("b", RUIZ, MENA, ordinal=n) for n in range(2)]
    events = merge([dated, *undated])
    assert len(events) == 3


def test_an_account_that_is_wider_than_a_month_joins_nothing() -> None:
    dated = account("a", RUIZ, MENA, when=days(1))
    assert clusters(dated, account("b", RUIZ, MENA, when=days(-60, 300))) == apart("a", "b")


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_are_days_like_others(day: date) -> None:
    when = {"start_date": day, "end_date": day}
    truces = [
        account(status, PERU, CHAD, when=when, event_type=EventType.CEASEFIRE, status=status)
        for status in (Status.AGREED, Status.VIOLATED)
    ]
    undated = replace(account("c", PERU, CHAD, event_type=EventType.CEASEFIRE, status=Status.AGREED), published=day)
    assert clusters(replace(truces[0], published=day), truces[1], undated) == together("agreed", "c") | apart(
        "violated"
    )


# --- sanctions -------------------------------------------------------------------------------------------------------


def _sanctions(article: str, *parties: object, day: int | None = None) -> Account:
    when = None if day is None else days(day)
    return account(article, *parties, when=when, event_type=EventType.SANCTIONS, status=Status.IMPOSED)  # type: ignore[arg-type]


def test_sanctions_merge_on_sender_target_and_day() -> None:
    assert clusters(_sanctions("a", EU, ON_CHAD, day=1), _sanctions("b", EU, ON_CHAD, ON_MALI, day=1)) == together(
        "a", "b"
    )


def test_sanctions_without_a_shared_sender_and_target_stay_apart() -> None:
    usual = _sanctions("a", EU, ON_CHAD, day=1)
    for other in ((EU, ON_MALI), (ON_CHAD, ON_MALI), (state("Peru", "PER", role=Role.SENDER), ON_CHAD)):
        assert clusters(usual, _sanctions("b", *other, day=1)) == apart("a", "b")


def test_undated_sanctions_of_two_articles_never_merge() -> None:
    assert clusters(*(_sanctions(name, EU, ON_CHAD) for name in "abc")) == apart("a", "b", "c")


# --- the event that comes of it ------------------------------------------------------------------------------------


def _merged(*accounts: Account) -> Event:
    (event,) = merge(accounts)
    return event


def test_the_id_stays_when_later_articles_join_and_changes_when_an_earlier_one_does() -> None:
    first = account("first", RUIZ, MENA, when=days(1), published=2)
    later = [account(f"later-{n}", RUIZ, MENA, when=days(1), published=2 + n) for n in range(1, 9)]
    undated = account("undated", RUIZ, MENA, published=1)
    assert _merged(first, *later).event_id == _merged(first).event_id
    earlier = account("earlier", RUIZ, MENA, when=days(1), published=1)
    assert _merged(first, earlier).event_id == _merged(earlier).event_id != _merged(first).event_id
    assert _merged(first, undated).event_id == _merged(undated).event_id


def test_nothing_told_nothing_happened() -> None:
    assert merge([]) == []


# --- order and batches ---------------------------------------------------------------------------------------------

ACTORS = (RUIZ, MENA, PERU, ECUADOR, CHAD, person("Idris Saleh", "TCD"), EU, ON_CHAD, ON_MALI)
KINDS = (
    (EventType.MEETING, Status.HELD),
    (EventType.MEETING, Status.SCHEDULED),
    (EventType.CEASEFIRE, Status.AGREED),
    (EventType.SANCTIONS, Status.IMPOSED),
)


@st.composite
def told(draw: st.DrawFn) -> list[Account]:
    """Accounts that often mean one event: few actors, few days, few articles."""
    accounts = []
    for ordinal in range(draw(st.integers(0, 9))):
        kind, status = draw(st.sampled_from(KINDS))
        first = draw(st.integers(0, 4))
        when = draw(st.sampled_from([None, days(first), days(first, first + 2), days(0, 40)]))
        participants = draw(st.lists(st.sampled_from(ACTORS), min_size=1, max_size=4, unique=True))
        article = draw(st.sampled_from("abcdef"))
        # An article has one time of publication.
        published = {"a": None, "b": 0, "c": 0, "d": 3, "e": 25, "f": 60}[article]
        accounts.append(
            account(
                article,
                *participants,
                when=when,
                published=published,
                event_type=kind,
                status=status,
                ordinal=ordinal,
                place=draw(st.sampled_from([None, "Lima", "Quito"])),
            )
        )
    return accounts


@settings(max_examples=150, deadline=None)
@given(told(), st.randoms(use_true_random=False))
def test_the_result_depends_on_the_accounts_alone(accounts: list[Account], random: object) -> None:
    shuffled = list(accounts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge(shuffled) == merge(accounts)


@settings(max_examples=150, deadline=None)
@given(told())
def test_every_account_is_in_one_event_that_fits_it(accounts: list[Account]) -> None:
    events = merge(accounts)
    merged = sorted(i for event in events for i in event.article_event_ids)
    assert merged == sorted(a.event.article_event_id for a in accounts)
    assert len({event.event_id for event in events}) == len(events)
    by_id = {a.event.article_event_id: a for a in accounts}
    for event in events:
        members = [by_id[i] for i in event.article_event_ids]
        assert len({a.article_id for a in members}) == len(members)
        assert {(a.event.event_type, a.event.status) for a in members} == {(event.event_type, event.status)}
        if len(members) > 1:
            starts = [a.event.start_date for a in members if a.event.start_date]
            ends = [a.event.end_date for a in members if a.event.end_date]
            assert starts, "undated accounts alone are no evidence"
            assert max(starts) <= min(ends)


@settings(max_examples=50, deadline=None)
@given(told())
def test_links_lead_to_events_that_are_there_and_never_in_a_circle(accounts: list[Account]) -> None:
    later = {event.event_id: set(event.later_stages) for event in merge(accounts)}
    assert set().union(*later.values()) <= set(later)
    seen: set[str] = set()
    while ends := {event for event, links in later.items() if links <= seen and event not in seen}:
        seen |= ends
    assert seen == set(later)
