"""Languages are named where the text says enough; what is short and English is not lost.

`languages.csv` has short sentences and headlines in twelve languages, written for this test.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest

from transforms import reference
from transforms.cleaning import clean
from transforms.cleaning.language import UNKNOWN, detect_language

SHORT = list(csv.DictReader((Path(__file__).parent / "languages.csv").open(encoding="utf-8")))
LEAST_RIGHT = 0.95


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The foreign ministers met in Geneva on Monday and agreed to extend the ceasefire.", "en"),
        ("Les ministres des Affaires étrangères se sont réunis lundi à Genève pour prolonger la trêve.", "fr"),
        ("Die Außenminister trafen sich am Montag in Genf und verlängerten die Waffenruhe.", "de"),
        ("Министры иностранных дел встретились в понедельник в Женеве и продлили перемирие.", "ru"),
        ("The ministers met.\nThey agreed on a truce.\nIt begins on Friday at noon.", "en"),
        ("Gurbanguly Berdimuhamedow to meet Mahmud Rasulow in Ashgabat", "en"),  # names alone say little
        ("外長星期一在日內瓦會晤，並同意延長停火協議的期限。", "zh"),
        ("Oslo", "und"),
        ("Mladić, Banja Luka", "und"),
        ("12.5 % – 13.7 % … 2024-05-03", "und"),
        ("", "und"),
    ],
)
def test_language(text: str, code: str) -> None:
    assert detect_language(text) == code


ENGLISH = "The foreign ministers met in Geneva on Monday and agreed to extend the ceasefire. "
GERMAN = "Die Außenminister trafen sich am Montag in Genf und verlängerten die Waffenruhe. "


@pytest.mark.parametrize(("english", "german", "code"), [(20, 0, "en"), (0, 20, "de"), (20, 4, "en"), (4, 20, "de")])
def test_a_long_text_is_in_the_language_of_most_of_it(english: int, german: int, code: str) -> None:
    assert detect_language(ENGLISH * english + GERMAN * german) == code


def test_short_texts_in_twelve_languages() -> None:
    assert len({row["language"] for row in SHORT}) == 12
    found = [(row["language"], detect_language(row["text"])) for row in SHORT]
    right = Counter(language == code or (code == UNKNOWN and language != "en") for language, code in found)
    assert right[True] >= LEAST_RIGHT * len(SHORT), [pair for pair in found if pair[0] != pair[1]]
    assert {code for language, code in found if language == "en"} == {"en"}
    assert "en" not in {code for language, code in found if language != "en"}


@pytest.mark.parametrize("text", ["Truce holds in Tripoli\nIt is calm.", "Envoys meet in Doha", "Talks fail\nHe left."])
def test_an_article_of_a_few_words_is_read(text: str) -> None:
    assert clean("t", text).language == "en"


def test_a_long_text_is_what_the_detector_says() -> None:
    german = "Die Außenminister trafen sich am Montag in Genf und verlängerten die Waffenruhe um einen Monat. "
    assert detect_language(3 * german + "The two of them have said that it is not over.") == "de"


@pytest.mark.parametrize("row", reference.table("function_words"), ids=lambda row: row["language"])
def test_function_words_are_small_and_tell_their_example(row: dict[str, str]) -> None:
    words = reference.split(row["words"])
    assert words == [word.casefold() for word in words]
    assert detect_language(row["example"]) in {row["language"], "no" if row["language"] == "da" else row["language"]}
