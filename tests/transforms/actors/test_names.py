"""Spellings of names, and which names of an article belong together."""

import pytest

from transforms.actors.names import People, is_full, known_person, known_surname, sound, surname_of
from transforms.reference import split, table


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zelenskyy", "Zelensky"),
        ("Dmitri", "Dmitry"),
        ("Rakhmon", "Rahmon"),
        ("Cavusoglu", "Çavuşoğlu"),
        ("Yusuf", "Yousuf"),
    ],
)
def test_sound_joins_transliterations(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), [("Putin", "Poutineau"), ("Lavrov", "Lvov"), ("Kerry", "Kiir")])
def test_sound_keeps_names_apart(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_every_spelling_in_the_table_leads_to_its_person() -> None:
    for row in table("people"):
        for name in [row["name"], *split(row["aliases"])]:
            known = known_person(name)
            assert known is not None
            assert known.name == row["name"], name
        for surname in split(row["surnames"]):
            known = known_surname(surname)
            assert known is not None
            assert known.name == row["name"], surname


def test_surnames_keep_their_particles() -> None:
    assert surname_of("Staffan de Mistura") == ("de", "mistura")
    assert surname_of("Bashar al-Assad") == ("al", "assad")
    assert surname_of("Joseph R. Biden Jr.") == ("biden",)
    assert is_full("Hakan Fidan")
    assert not is_full("De Mistura")


def test_short_forms_find_the_full_name() -> None:
    people = People()
    full = people.add_full("Recep Tayyip Erdoğan", 0)
    assert people.add_full("Tayyip Erdogan", 1) is full
    assert people.add_short("Erdogan", 2) is full
    assert full.name == "Recep Tayyip Erdoğan"


def test_two_persons_with_one_surname() -> None:
    people = People()
    fidel = people.add_full("Fidel Castro", 0)
    raul = people.add_full("Raúl Castro", 1)
    assert fidel is not raul
    assert people.add_full("Raul Castro", 2) is raul


def test_unknown_persons_in_two_spellings_get_one_key() -> None:
    keys = {People().add_full(name, 0).actor.key for name in ("Dmitri Rogozin", "Dmitry Rogozin", "Dmitriy Rogozin")}
    assert len(keys) == 1
