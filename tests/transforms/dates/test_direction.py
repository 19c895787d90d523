"""Which way the clause around a date points."""

import pytest

from transforms.dates.direction import lean
from transforms.dates.grammar import find
from transforms.dates.lexicon import Tokens


def leaning(text: str) -> list[int]:
    tokens = Tokens(text)
    return [lean(tokens, e.first_token, e.last_token) for e in find(tokens)]


@pytest.mark.parametrize(
    "text",
    [
        "The presidents will meet in Astana on Thursday.",
        "On Thursday the presidents will meet in Astana.",
        "Talks are to resume Thursday.",
        "Talks are scheduled for Thursday.",
        "The truce was extended to Nov. 8.",
        "They want an answer by Thursday.",
        "The truce runs until Thursday.",
        "The offer expires Thursday.",
        "The text is to be signed on Thursday.",
        "The talks in Geneva begin Thursday.",
        "The king flies to Paris on Thursday.",
        "The vote is on Thursday.",
        "The two ministers meet in Doha on Thursday.",
    ],
)
def test_forward(text: str) -> None:
    assert leaning(text) == [1]


@pytest.mark.parametrize(
    "text",
    [
        "The presidents met in Astana on Thursday.",
        "On Thursday the presidents met in Astana.",
        "The envoy told reporters Thursday he was ready.",
        "The truce had been due to expire Thursday.",
        "They signed the text on Thursday.",
        "They did not meet on Thursday.",
        "He failed to meet the envoy on Thursday.",
        "He flew to Doha on Thursday to meet the emir.",
        "Envoys were expected in Cairo on Thursday but did not come.",
    ],
)
def test_back(text: str) -> None:
    assert leaning(text) == [-1]


def test_the_nearest_cue_decides() -> None:
    assert leaning("They will meet on Thursday, the Kremlin said Tuesday.") == [1, -1]


def test_another_sentence_has_no_say() -> None:
    assert leaning("They will meet soon. Thursday was calm.") == [1, -1]


def test_a_full_stop_inside_an_abbreviation_ends_no_sentence() -> None:
    assert leaning("They will meet U.S. envoys Thursday.") == [1]


@pytest.mark.parametrize(
    "text",
    [
        "Thursday",
        "They could hear shelling on Thursday.",
        "The talks resume after Thursday's attack.",
        "It is Thursday.",
        "Here are Thursday's results.",
    ],
)
def test_no_cue(text: str) -> None:
    assert leaning(text) == [0]
