"""The tables of triggers, cues, operators and codes hold together; what each row does is tested in `test_rows`."""

import pytest

from transforms.events.codes import event_codes
from transforms.events.cues import TYPES, fold
from transforms.events.triggers import lexicon, senses
from transforms.reference import split, table
from transforms.vocabulary import STATUSES, EventType, Form, Status

OPERATORS = {(row["type"], row["operator"]) for row in table("status_operators")}
FROM_TENSE = {"FUTURE", "POSSIBLE", "NEEDED", "IF", "NEGATE", "ONGOING"}


def test_names_of_triggers_are_unique_and_senses_refer_to_them() -> None:
    names = [trigger.name for trigger in lexicon()]
    assert len(names) == len(set(names))
    assert set(senses()) <= set(names)


def test_every_cue_has_an_operator_that_its_types_know() -> None:
    # SAME and ONGOING leave a status as it is where the table says nothing
    unknown = {
        (TYPES[letter], row["operator"])
        for row in table("status_cues")
        for letter in row["types"]
        if (TYPES[letter], row["operator"]) not in OPERATORS and row["operator"] not in {"SAME", "FUTURE"}
    }
    assert unknown == set()


@pytest.mark.parametrize("event_type", EventType)
def test_every_type_knows_the_operators_of_tense(event_type: EventType) -> None:
    assert {operator for of, operator in OPERATORS if of == event_type} >= FROM_TENSE


@pytest.mark.parametrize("event_type", EventType)
def test_every_status_can_be_reached(event_type: EventType) -> None:
    told = {row["status"] for row in table("status_operators") if row["type"] == event_type}
    assert told >= set(STATUSES[event_type])


def test_operators_fold_from_the_inside_out() -> None:
    assert fold(EventType.MEETING, ["HAPPEN", "PROPOSE", "REFUSE"]) is Status.REJECTED
    assert fold(EventType.SANCTIONS, ["LIFT", "PROPOSE"]) is Status.IMPOSED
    assert fold(EventType.CEASEFIRE, ["VIOLATE", "IF"]) == "drop"
    assert fold(EventType.CEASEFIRE, []) is None


@pytest.mark.parametrize("event_type", EventType)
def test_every_combination_has_codes(event_type: EventType) -> None:
    forms = [None, *Form] if event_type is EventType.MEETING else [None]
    for status in STATUSES[event_type]:
        for form in forms:
            codes = event_codes(event_type, status, form)
            assert codes.cameo_code.isdigit()
            assert codes.plover_event.isupper()


def test_a_phone_call_has_its_own_code() -> None:
    assert event_codes(EventType.MEETING, Status.HELD, Form.PHONE_CALL) == ("041", "CONSULT", "phone")


def test_uses_of_words_are_unique() -> None:
    uses = [row["use"] for row in table("event_words")]
    assert len(uses) == len(set(uses))
    assert all(split(row["words"]) for row in table("event_words"))
