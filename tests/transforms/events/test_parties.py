"""Which accounts name the same parties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.events.accounts import actor, person, state
from transforms.events.blocking import party_keys
from transforms.events.parties import compatible_parties, shared
from transforms.records import Participant
from transforms.vocabulary import ActorKind, EventType, Role

RUIZ, VEGA, MENA = person("Ana Ruiz", "PER"), person("Luis Vega", "PER"), person("José Mena", "ECU")
PERU, ECUADOR, CHAD = state("Peru", "PER"), state("Ecuador", "ECU"), state("Chad", "TCD")
EU = actor("European Union", ActorKind.ORGANISATION)
FRONT = actor("Front of the North", ActorKind.ARMED_GROUP, "TCD")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([RUIZ, MENA], [RUIZ, MENA], 2),
        ([RUIZ, MENA], [MENA, CHAD], 1),
        ([RUIZ, MENA], [PERU, ECUADOR], 2),  # ministers here, their states there
        ([RUIZ, ECUADOR], [PERU, MENA], 2),
        ([RUIZ], [VEGA], 0),  # two persons of one state are not one party
        ([FRONT], [CHAD], 0),  # an armed group is not the state that it fights
        ([RUIZ, VEGA], [PERU], 1),  # one counterpart each
        ([RUIZ, VEGA], [PERU, RUIZ], 2),
        ([PERU, RUIZ], [RUIZ, VEGA], 2),
        ([PERU, PERU.model_copy(update={"role": Role.HOST})], [PERU, PERU.model_copy(update={"role": Role.HOST})], 1),
        ([person("A"), person("B")], [state("C"), state("D")], 0),  # an unknown country is no country in common
        ([], [RUIZ], 0),
    ],
)
def test_shared(first: list[Participant], second: list[Participant], expected: int) -> None:
    assert shared(first, second) == expected


ACTORS = st.lists(st.sampled_from([RUIZ, VEGA, MENA, PERU, ECUADOR, CHAD, EU, FRONT]), max_size=5)


@given(ACTORS, ACTORS)
def test_sharing_is_mutual_and_shows_in_the_keys(first: list[Participant], second: list[Participant]) -> None:
    count = shared(first, second)
    assert count == shared(second, first)
    assert count <= min(len({p.actor_id for p in first}), len({p.actor_id for p in second}))
    if count:
        assert party_keys(first) & party_keys(second)


@pytest.mark.parametrize("event_type", [EventType.MEETING, EventType.CEASEFIRE])
def test_meetings_and_truces_need_two_shared_parties(event_type: EventType) -> None:
    assert compatible_parties(event_type, [RUIZ, MENA, CHAD], [PERU, MENA])
    assert not compatible_parties(event_type, [RUIZ, MENA], [RUIZ, CHAD])


def _as(role: Role, *participants: Participant) -> list[Participant]:
    return [p.model_copy(update={"role": role}) for p in participants]


def test_sanctions_need_sender_and_target() -> None:
    def compatible(first: list[Participant], second: list[Participant]) -> bool:
        return compatible_parties(EventType.SANCTIONS, first, second)

    eu_on_chad = _as(Role.SENDER, EU) + _as(Role.TARGET, CHAD)
    assert compatible(eu_on_chad, _as(Role.SENDER, EU, PERU) + _as(Role.TARGET, CHAD))
    assert not compatible(eu_on_chad, _as(Role.SENDER, EU) + _as(Role.TARGET, ECUADOR))
    assert not compatible(eu_on_chad, _as(Role.SENDER, PERU) + _as(Role.TARGET, CHAD))
    assert not compatible(eu_on_chad, _as(Role.SENDER, CHAD) + _as(Role.TARGET, EU))  # the other way round
    assert not compatible(_as(Role.TARGET, CHAD, PERU), _as(Role.TARGET, CHAD, PERU))  # no sender is no shared sender
