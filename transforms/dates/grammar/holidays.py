"""Holidays by name: the names of `seeds/reference/dates_holidays.csv`.

Which days they fall on is feasts.py's business.
"""

import re

from transforms.dates.meaning import Part
from transforms.dates.patterns import Found, Rule, translate
from transforms.reference import table


def _holiday_pattern(name: str) -> str:
    """A holiday's name as a pattern: "New Year's Day" → `=New =Year POSSESSIVE =Day`."""
    marks = {"'s": "POSSESSIVE", ".": "PERIOD", "'": "APOS", "-": "HYPHEN"}
    words = re.findall(r"'s|[.'-]|\w+", name)
    return " ".join(marks.get(word, f"={word}") for word in words)


def _holiday(found: Found) -> Part:
    symbols = "".join(node.symbol for node in found.nodes("h"))
    year = found.value("y") if found.has("y") else None
    return Part("holiday", _HOLIDAYS[symbols], year, attribute=found.has("noun"))


_NAMES = sorted((row["name"] for row in table("dates_holidays")), key=lambda name: (-len(name), name))
_HOLIDAYS = {re.sub(r"[][]", "", translate(_holiday_pattern(name))): name for name in _NAMES}


RULES = (
    Rule(  # one pattern for all of them: each pattern costs a pass over the text
        "holiday",
        f"@h({' | '.join(_holiday_pattern(name) for name in _NAMES)}) ((of | COMMA)? @y(YEARX))?"
        " @noun((?! {no_noun} | W))?",
        _holiday,
        yes=tuple(f"They met on [{name}]." for name in _NAMES),
        no=("They met over eid.",),
    ),
)
