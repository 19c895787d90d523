"""The stages of one thing are linked, each to the next; unrelated events are not."""

from itertools import pairwise
from typing import Any

import pytest

from tests.transforms.events.accounts import account, actor, days, person, state
from transforms.events.merge import merge
from transforms.records import Event, Participant
from transforms.vocabulary import STATUSES, ActorKind, EventType, Role, Status

RUIZ, MENA = person("Ana Ruiz", "PER"), person("José Mena", "ECU")
PERU, ECUADOR, CHAD = state("Peru", "PER"), state("Ecuador", "ECU"), state("Chad", "TCD")
ARMY, FRONT = actor("Army of the South", ActorKind.ARMED_GROUP), actor("Front of the North", ActorKind.ARMED_GROUP)
SANCTIONS = (
    actor("European Union", ActorKind.ORGANISATION, role=Role.SENDER),
    state("Chad", "TCD", role=Role.TARGET),
)

Stage = tuple[Status, dict[str, Any] | None, tuple[Participant, ...]]


def links(event_type: EventType, *stages: Stage) -> set[tuple[Status, Status]]:
    """Links between events of these statuses, each told by an article of its own."""
    accounts = [
        account(f"article-{n}", *parties, when=when, event_type=event_type, status=status)
        for n, (status, when, parties) in enumerate(stages)
    ]
    events: dict[str, Event] = {event.event_id: event for event in merge(accounts)}
    assert len(events) == len(stages)
    return {(event.status, events[later].status) for event in events.values() for later in event.later_stages}


def test_a_scheduled_meeting_leads_to_the_same_one_held() -> None:
    stages = ((Status.SCHEDULED, days(0, 6), (RUIZ, MENA)), (Status.HELD, days(3), (PERU, ECUADOR)))
    assert links(EventType.MEETING, *stages) == {(Status.SCHEDULED, Status.HELD)}
    assert links(EventType.MEETING, *reversed(stages)) == {(Status.SCHEDULED, Status.HELD)}


@pytest.mark.parametrize(
    "held",
    [
        (Status.HELD, days(9), (RUIZ, MENA)),  # another day
        (Status.HELD, days(3), (RUIZ, CHAD)),  # another party
        (Status.HELD, None, (RUIZ, MENA)),  # no day
    ],
)
def test_a_scheduled_meeting_does_not_lead_to_another_one(held: Stage) -> None:
    assert links(EventType.MEETING, (Status.SCHEDULED, days(3), (RUIZ, MENA)), held) == set()


def test_a_truce_agreed_leads_to_the_same_one_violated() -> None:
    agreed, violated = (Status.AGREED, days(0), (ARMY, FRONT)), (Status.VIOLATED, days(2), (FRONT, ARMY))
    assert links(EventType.CEASEFIRE, agreed, violated) == {(Status.AGREED, Status.VIOLATED)}


@pytest.mark.parametrize(
    "violated",
    [
        (Status.VIOLATED, days(-1), (ARMY, FRONT)),  # before it was agreed
        (Status.VIOLATED, days(93), (ARMY, FRONT)),  # more than a quarter later
        (Status.VIOLATED, days(2), (ARMY, CHAD)),
    ],
)
def test_a_truce_agreed_does_not_lead_to_the_breach_of_another(violated: Stage) -> None:
    assert links(EventType.CEASEFIRE, (Status.AGREED, days(0), (ARMY, FRONT)), violated) == set()


def test_links_lead_to_the_next_stage_only() -> None:
    stages = (Status.CALLED_FOR, Status.AGREED, Status.VIOLATED, Status.ENDED)
    told = [(status, days(n), (ARMY, FRONT)) for n, status in enumerate(stages)]
    assert links(EventType.CEASEFIRE, *told) == set(pairwise(stages))


def test_alternatives_are_not_stages_of_each_other() -> None:
    told = [(status, days(1), (RUIZ, MENA)) for status in (Status.HELD, Status.CANCELLED)]
    assert links(EventType.MEETING, *told) == set()


def test_sanctions_imposed_lead_to_their_lifting_not_to_others() -> None:
    other = (SANCTIONS[0], state("Peru", "PER", role=Role.TARGET))
    stages = (
        (Status.IMPOSED, days(0), SANCTIONS),
        (Status.LIFTED, days(60), SANCTIONS),
        (Status.EASED, days(30), other),
    )
    assert links(EventType.SANCTIONS, *stages) == {(Status.IMPOSED, Status.LIFTED)}


def test_a_person_whose_country_only_one_article_knows_is_the_same_party() -> None:
    scheduled = (Status.SCHEDULED, days(3), (person("Ana Ruiz"), person("José Mena")))
    assert links(EventType.MEETING, scheduled, (Status.HELD, days(3), (RUIZ, MENA))) == {
        (Status.SCHEDULED, Status.HELD)
    }


def test_events_of_two_types_are_not_linked() -> None:
    parties = (PERU, ECUADOR)
    meeting = account("a", *parties, when=days(0), status=Status.SCHEDULED)
    truce = account("b", *parties, when=days(0), event_type=EventType.CEASEFIRE, status=Status.VIOLATED)
    assert all(event.later_stages == [] for event in merge([meeting, truce]))


@pytest.mark.parametrize("event_type", EventType)
def test_the_ranks_of_a_type_have_no_gap(event_type: EventType) -> None:
    ranks = {stage.rank for stage in STATUSES[event_type].values()}
    assert ranks == set(range(1, len(ranks) + 1))
