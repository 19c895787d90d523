"""Languages are named where the text says enough."""

import pytest

from transforms.cleaning.language import detect_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The foreign ministers met in Geneva on Monday and agreed to extend the ceasefire.", "en"),
        ("Les ministres des Affaires étrangères se sont réunis lundi à Genève pour prolonger la trêve.", "fr"),
        ("Die Außenminister trafen sich am Montag in Genf und verlängerten die Waffenruhe.", "de"),
        ("Министры иностранных дел встретились в понедельник в Женеве и продлили перемирие.", "ru"),
        ("The ministers met.\nThey agreed on a truce.\nIt begins on Friday at noon.", "en"),
        ("Oslo", "und"),
        ("12.5 % – 13.7 % … 2024-05-03", "und"),
        ("", "und"),
    ],
)
def test_language(text: str, code: str) -> None:
    assert detect_language(text) == code
