"""The values that an event has of its accounts: one SQL expression, for core.event and for any moment."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from tests.transforms.events.accounts import account, days, person, state
from tests.transforms.events.test_merge import told
from tests.warehouse.canonical import event, events
from transforms.events.merge import Account, merge, staged
from transforms.vocabulary import EventType, Form, Role, Status

RUIZ, MENA = person("Ana Ruiz", "PER"), person("José Mena", "ECU")
CHAD = state("Chad", "TCD")
LIMA = {"place": "Lima", "country_code": "PER", "latitude": -12.0}


def test_the_event_has_the_narrowest_date_and_the_place_most_articles_give() -> None:
    shown = event(
        account("a", RUIZ, MENA, when=days(0, 6), confidence=0.9),
        account("b", RUIZ, MENA, when=days(1) | {"date_text": "Tuesday"}, **LIMA),
        account("c", RUIZ, MENA, when=days(1), place="Lima", country_code="PER"),
        account("d", RUIZ, MENA, when=days(0, 2), place="Quito", country_code="ECU"),
    )
    tuesday = date(2021, 3, 9)
    assert (shown["start_date"], shown["end_date"], shown["date_precision"]) == (tuesday, tuesday, "day")
    assert (shown["place"], shown["country_code"], shown["latitude"]) == ("Lima", "PER", -12.0)
    assert shown["confidence"] == 0.9
    assert shown["disputed"]  # Lima or Quito


def test_of_dates_equally_narrow_that_of_the_account_known_first_is_taken() -> None:
    first = account("z", RUIZ, MENA, when=days(0, 2) | {"date_text": "this week"}, published=1)
    later = account("a", RUIZ, MENA, when=days(1, 3) | {"date_text": "by Thursday"}, published=2)
    assert event(later, first)["date_text"] == "this week"


def test_coordinates_are_those_of_the_first_account_that_places_the_place() -> None:
    nowhere = account("a", RUIZ, MENA, when=days(1), place="Lima", country_code="PER", published=1)
    first = account("b", RUIZ, MENA, when=days(1), **LIMA, longitude=-77.0, published=2)
    later = account("c", RUIZ, MENA, when=days(1), **LIMA | {"latitude": 40.7}, longitude=-84.1, published=3)
    assert [event(nowhere, later, first)[c] for c in ("latitude", "longitude")] == [-12.0, -77.0]
    assert event(nowhere)["country_code"] == "PER"


def test_ties_go_to_the_first_in_the_alphabet() -> None:
    quito = account("a", RUIZ, MENA, when=days(1), place="Quito", form=Form.VISIT)
    lima = account("b", RUIZ, MENA, when=days(1), place="Lima", form=Form.TALKS)
    shown = event(quito, lima)
    assert (shown["place"], shown["form"]) == ("Lima", "talks")


def _truce(article: str, **effective: date) -> Account:
    parties = (CHAD, state("Sudan", "SDN"))
    return account(article, *parties, when=days(0), event_type=EventType.CEASEFIRE, status=Status.AGREED, **effective)


FIRST, LAST, OTHER = date(2021, 3, 9), date(2021, 3, 20), date(2021, 3, 21)
TRUCES = [
    _truce("a"),
    _truce("b", effective_end=OTHER),
    _truce("c", effective_end=OTHER),
    _truce("d", effective_start=FIRST, effective_end=OTHER),
    _truce("e", effective_start=FIRST, effective_end=LAST),
    _truce("f", effective_start=FIRST, effective_end=LAST),
]


@pytest.mark.parametrize(
    ("accounts", "in_force"),
    [
        (TRUCES, (FIRST, LAST)),
        (TRUCES[:3], (None, OTHER)),
        (TRUCES[:1], (None, None)),
        # One date each: as often told, the one without a beginning comes first, then the earlier one.
        ([TRUCES[1], _truce("d", effective_start=FIRST)], (None, OTHER)),
        ([_truce("d", effective_end=date(2021, 10, 1)), TRUCES[1]], (None, OTHER)),
    ],
)
def test_the_days_in_force_are_those_told_most_fully_and_most_often(
    accounts: list[Account], in_force: tuple[date | None, date | None]
) -> None:
    shown = event(*accounts)
    assert (shown["effective_start"], shown["effective_end"]) == in_force


def test_a_correction_is_not_outvoted_by_what_it_corrects() -> None:
    parties = (RUIZ, MENA)
    first = account("a1", *parties, CHAD, when=days(1), published=1, superseded=True, confidence=0.9, **LIMA)
    second = account("a2", *parties, when=days(0, 2), published=2, superseded=True, form=Form.IN_PERSON, **LIMA)
    newest = account("a3", *parties, when=days(0, 2), published=3, place="Quito", country_code="ECU")
    shown = event(first, second, newest)
    assert [shown[c] for c in ("place", "country_code", "latitude", "disputed")] == ["Quito", "ECU", None, False]
    assert [shown[c] for c in ("form", "confidence", "date_precision")] == ["talks", 0.5, "interval"]
    assert [name for name, _ in shown.parties] == ["Ana Ruiz", "José Mena"]
    alone = event(first, second)
    assert (alone["place"], alone["form"], len(alone.parties)) == ("Lima", "in_person", 3)
    assert alone["event_id"] == shown["event_id"]  # of its first account, whatever became of it


def test_without_place_or_date_the_event_has_none() -> None:
    shown = event(account("a", RUIZ, MENA))
    columns = ("start_date", "end_date", "date_precision", "place", "country_code", "latitude")
    assert [shown[c] for c in columns] == [None] * 6
    assert shown["disputed"] is False


def test_everybody_whom_some_article_names_takes_part_once_in_each_role() -> None:
    host = RUIZ.model_copy(update={"role": Role.HOST})
    shown = event(
        account("a", RUIZ, MENA, when=days(1), published=1),
        account("b", host, MENA.model_copy(update={"name": "Mena"}), CHAD, when=days(1), published=2),
    )
    everybody = [("Ana Ruiz", "host"), ("Ana Ruiz", "participant"), ("Chad", "participant")]
    assert shown.parties == [*everybody, ("José Mena", "participant")]


def test_codes_follow_from_type_status_and_form() -> None:
    called = event(account("a", RUIZ, MENA, when=days(1), form=Form.PHONE_CALL))
    assert [called[c] for c in ("cameo_code", "plover_event", "plover_mode")] == ["041", "CONSULT", "phone"]
    unknown = event(account("a", RUIZ, MENA, when=days(1), form=None, status=Status.SCHEDULED))
    assert [unknown[c] for c in ("form", "cameo_code", "plover_mode")] == [None, "036", "meet"]


def test_copies_speak_with_one_voice() -> None:
    """One wire report in three papers says Quito, two reporters of their own say Lima."""
    parties = state("Peru"), state("Ecuador")
    copies = [account(n, *parties, when=days(0), place="Quito", form=Form.PHONE_CALL) for n in "abc"]
    others = [account(n, *parties, when=days(0), place="Lima", form=Form.TALKS) for n in "de"]
    shown = event(*copies, *others, copies=dict.fromkeys("abc", "wire"))
    assert (shown["place"], shown["form"]) == ("Lima", "talks")
    assert event(*copies, *others)["place"] == "Quito"


def test_what_is_not_out_yet_has_no_say() -> None:
    planned = account("a", RUIZ, MENA, when=days(0, 6), place="Quito", published=1)
    told = account("b", RUIZ, MENA, CHAD, when=days(1), place="Lima", published=2)
    later = account("c", RUIZ, MENA, when=days(1), place="Lima", published=3)
    undated = replace(account("d", RUIZ, MENA, when=days(1), place="Quito", confidence=0.9), known=None)
    accounts = (planned, told, later, undated)

    def at(ts: str) -> tuple[object, ...]:
        shown = event(*accounts, ts=ts)
        return shown["place"], shown["date_precision"], shown["confidence"], len(shown.parties)

    assert at("2021-03-09 12:00:00") == ("Quito", "interval", 0.5, 2)
    assert at("2021-03-10 11:59:59") == ("Quito", "interval", 0.5, 2)
    assert at("2021-03-10 12:00:00") == ("Lima", "day", 0.5, 3)  # one each
    assert at("2021-03-12 00:00:00") == ("Lima", "day", 0.5, 3)
    assert at("2021-04-01 00:00:00") == ("Lima", "day", 0.9, 3)  # the undated one has landed


@settings(max_examples=20, deadline=None)
@given(told())
def test_stages_are_linked_by_the_days_and_parties_that_the_events_show(accounts: list[Account]) -> None:
    shown = events(*accounts)
    by_id = {a.event.article_event_id: a for a in accounts}
    names = {p.actor_id: p.canonical for a in accounts for p in a.event.participants}
    for merged in merge(accounts):
        stage = staged([by_id[i] for i in merged.article_event_ids])
        event = shown[merged.event_id]
        assert (stage.days or (None, None)) == (event["start_date"], event["end_date"])
        assert sorted((names[p.actor_id], p.role.value) for p in stage.participants) == event.parties
