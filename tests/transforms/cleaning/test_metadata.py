"""What bylines, credits and datelines say of the article; their lines keep their labels."""

import pytest

from transforms.cleaning import clean

PROSE = "The two ministers met in Oslo on Monday, and agreed to extend the truce by a month, officials said."


@pytest.mark.parametrize(
    ("lines", "byline"),
    [
        (["Truce holds in the north", "By Jane Doe", PROSE], "Jane Doe"),
        (["By JANE DOE and JOHN DOE, Associated Example", PROSE], "JANE DOE and JOHN DOE, Associated Example"),
        (["By Jane Doe | Example News", PROSE], "Jane Doe"),
        (["By our foreign editor", PROSE], "our foreign editor"),
        ([PROSE, "Reporting by Jane Doe; editing by John Doe"], "Jane Doe"),
        ([PROSE, "(Additional reporting by Jane Doe in Oslo)"], None),
        ([PROSE, PROSE, PROSE, PROSE, "By John Doe", PROSE], None),  # of a box inside the article
        ([PROSE, "By Friday they had left."], None),
        ([], None),
    ],
)
def test_who_wrote_it(lines: list[str], byline: str | None) -> None:
    assert clean("t", "\n".join(lines)).byline == byline


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("GENEVA, May 3 (Example) - The two ministers met on Monday.", "GENEVA"),
        ("KHARTOUM, Sudan — Fighting went on through the night.", "KHARTOUM, Sudan"),
        ("PARIS/OSLO (AP) -- Envoys met for a second day.", "PARIS/OSLO"),
        ("Doha (CNN) The two sides met for a second day.", "Doha"),
        ("UNITED NATIONS, Sept. 3 — The council met.", "UNITED NATIONS"),
        ("(Reuters) - The two sides met for a second day.", None),
        ("The two sides met — for the last time — in Doha.", None),
    ],
)
def test_where_it_was_written(line: str, place: str | None) -> None:
    assert clean("t", f"{line}\n{PROSE}").dateline == place


def test_the_stretches_keep_their_labels() -> None:
    cleaned = clean("t", f"By Jane Doe\nOSLO, May 3 (Example) - {PROSE}")
    labels = [(cleaned.text[line.start : line.end], line.reason) for line in cleaned.lines]
    assert labels == [("By Jane Doe", "byline"), ("OSLO, May 3 (Example) -", "dateline_inside"), (PROSE, None)]
