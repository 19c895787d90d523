"""The records say of every column what it is, refuse what they do not know, and cannot be changed."""

import inspect
from datetime import date
from enum import StrEnum

import pytest
from pydantic import ValidationError

from transforms import records, vocabulary
from transforms.records import Participant, Record, Segment, TimeExpression
from transforms.vocabulary import STATUSES, ActorKind, EventType, Role, Status, TimexType

RECORDS = [r for _, r in inspect.getmembers(records, inspect.isclass) if issubclass(r, Record) and r is not Record]
ENUMS = [e for _, e in inspect.getmembers(vocabulary, inspect.isclass) if issubclass(e, StrEnum) and e is not StrEnum]
PERU = Participant(actor_id="1", name="Peru", canonical="Peru", kind=ActorKind.STATE, role=Role.HOST)


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.__name__)
def test_every_record_and_column_is_described(record: type[Record]) -> None:
    assert record.__doc__
    for name, field in record.model_fields.items():
        assert field.description, name
        assert not field.description.endswith("."), "the comment adds unit and values after a stop of its own"


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.__name__)
def test_what_may_be_missing_defaults_to_null(record: type[Record]) -> None:
    for name, field in record.model_fields.items():
        optional = type(None) in getattr(field.annotation, "__args__", ())
        assert not optional or (not field.is_required() and field.default is None), name


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(ValidationError, match="mood"):
        Segment.model_validate({"start": 0, "end": 1, "raw_start": 0, "raw_end": 1, "mood": "sombre"})


def test_a_value_outside_its_set_is_refused() -> None:
    with pytest.raises(ValidationError, match="role"):
        Participant.model_validate(PERU.model_dump() | {"role": "bystander"})


def test_a_missing_column_is_refused() -> None:
    with pytest.raises(ValidationError, match="raw_end"):
        Segment.model_validate({"start": 0, "end": 1, "raw_start": 0})


def test_records_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        PERU.role = Role.MEDIATOR  # type: ignore[misc]


def test_words_become_members_of_their_sets() -> None:
    read = TimeExpression.model_validate(
        {"start": 0, "end": 6, "text": "Monday", "type": "DATE", "value": "2021-03-08", "rule": "weekday"}
        | {"start_date": date(2021, 3, 8), "end_date": date(2021, 3, 8), "precision": "day"}
    )
    assert read.type is TimexType.DATE
    assert read.precision is vocabulary.Precision.DAY


def test_every_type_has_statuses_and_every_status_a_type() -> None:
    assert set(STATUSES) == set(EventType)
    assert {status for statuses in STATUSES.values() for status in statuses} == set(Status)


@pytest.mark.parametrize("words", ENUMS, ids=lambda e: e.__name__)
def test_words_are_what_their_names_say(words: type[StrEnum]) -> None:
    for word in words:
        assert word.value.replace("-", "_").casefold() == word.name.casefold()
