"""Words are compared whatever their case and signs; what is found quickly is what is found letter by letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.folding import folded_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The U.N. envoy’s talks—in Oslo", ["the", "u", "n", "envoy", "s", "talks", "in", "oslo"]),
        ("Erdoğan met Merkel\nin snake_case, 2021", ["erdoğan", "met", "merkel", "in", "snake", "case", "2021"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("\ud800 — …", []),
        ("", []),
    ],
)
def test_words_are_runs_of_letters_and_digits(text: str, words: list[str]) -> None:
    assert folded_words(text) == words


@given(st.text(st.sampled_from("aZ9_ß’“—…-. \n\t\x0b\x1c\x85\u2028²İé\ud800")))
def test_every_letter_and_digit_is_in_a_word(text: str) -> None:
    folded = text.casefold()
    apart = "".join(letter if letter.isalnum() else " " for letter in folded)
    assert folded_words(text) == apart.split()
