"""What a sentence says of the age of an event whose day is known: "last year", "on Feb. 24", "in its fourth year".

Which event the sentence names, and that nothing is older than what it names, is world.py's business.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from transforms.dates import calendar
from transforms.dates.lexicon import LEXICON
from transforms.dates.meaning import Offset, Partial, Unit
from transforms.dates.publication.curves import Bounds
from transforms.dates.publication.evidence import Evidence
from transforms.dates.publication.model import model
from transforms.dates.publication.text import Mention, Reading
from transforms.vocabulary import Anchor, EvidenceKind

# What lasts, after a number of years: "the seven-year civil war", "four years of fighting".
LASTING = frozenset(
    [
        "war", "conflict", "invasion", "fighting", "occupation", "crisis", "insurgency", "blockade", "siege",
        "pandemic", "offensive", "campaign", "uprising", "rebellion", "bloodshed", "violence", "epidemic", "outbreak",
    ]
)  # fmt: skip
NEAR = 4  # words between a number of years and what has lasted so long
UNITS = {"year": "year", "years": "year", "month": "month", "months": "month"}


def _meanings(*classes: str) -> dict[str, int]:
    """What the words of some classes of the lexicon mean."""
    return {
        word.lower(): int(meanings[name])
        for word, (_, meanings) in LEXICON.forms.items()
        for name in classes
        if meanings and name in meanings
    }


ORDINALS = _meanings("ORDINAL")
NUMBERS = _meanings("DIGITWORD", "TEENWORD", "TENSWORD")

Interval = tuple[date | None, date | None]


@dataclass(frozen=True)
class WorldEvent:
    """A row of the table of world events; `day`: whether its first day is known."""

    name: str
    kind: str  # happened, ongoing, name or scheduled
    first: date
    last: date | None
    day: bool


def claims(reading: Reading, event: WorldEvent, sentence: int, times: Sequence[Mention]) -> Iterator[Evidence]:
    """Evidence of each time in a sentence that names an event."""
    for m in times:
        found = _age(event.first, event.day, m)
        if found is not None:
            name, interval = found
            yield _evidence(reading, m.start, m.end, name, interval)
    if event.kind != "ongoing":
        return
    for start, end, interval in _lasting(reading, event.first, sentence):
        yield _evidence(reading, start, end, "age_lasting", interval)


def _evidence(reading: Reading, start: int, end: int, doubt: str, interval: Interval) -> Evidence:
    claim = f"from {interval[0]} to {interval[1]}"
    curve = Bounds(*interval, model().doubt[doubt])
    return Evidence(EvidenceKind.EVENT_AGE, start, end, reading.text[start:end], claim, curve, *interval)


def _age(first: date, day: bool, m: Mention) -> tuple[str, Interval] | None:
    """How sure, and the days of publication, where the mention can be the event's time; None where it cannot."""
    match m.meaning:
        case Partial(year=None, month=month, day=number, weekday=None, shift=None) if number and day:
            if (month, number) == (first.month, first.day):
                return "age_day", (first, calendar.add(first, 12, "month"))
        case Partial(year=None, month=month, day=None, weekday=None, shift=None) if (
            month == first.month and m.lean <= 0
        ):
            return "age_month", (first, calendar.add(first, 13, "month"))
        case Unit(unit="year", shift=shift, base=Anchor.PUBLICATION) if shift <= 0:
            there = calendar.add(first, -shift, "year")
            return ("age_year", _year_of(there)) if there else None
        case Offset(number=number_, unit="year" | "month" | "week" as unit, sign=-1, base=Anchor.PUBLICATION):
            if number_.count and day:
                low = calendar.add(first, int(number_.count), unit)
                slack = {"year": 183, "month": 16, "week": 4}[unit]
                return ("age_ago", (low - timedelta(slack), low + timedelta(slack))) if low else None
    return None


def _year_of(day: date) -> Interval:
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _lasting(reading: Reading, first: date, sentence: int) -> Iterator[tuple[int, int, Interval]]:
    """ "the seven-year civil war", "after nearly 3 years of fighting", "now in its fourth year"."""
    if sentence < 0:
        return
    here = reading.sentences[sentence]
    tokens = reading.tokens_between(here.start, here.end)
    words = [word.lower() for word in reading.words[tokens.start : tokens.stop]]
    for at, word in enumerate(words):
        unit = UNITS.get(word)
        if unit is None or at == 0:
            continue
        back = 2 if words[at - 1] == "-" and at > 1 else 1
        number = words[at - back]
        count = int(number) if number.isdecimal() and len(number) < 3 else NUMBERS.get(number)
        interval: Interval | None = None
        if count is not None and LASTING.intersection(words[at + 1 : at + 2 + NEAR]):
            interval = _so_long(first, count, unit, words[max(0, at - back - 2) : at - back])
        elif number in ORDINALS and unit == "year" and words[at - back - 1 : at - back] in (["its"], ["the"]):
            interval = calendar.add(first, ORDINALS[number] - 1, "year"), calendar.add(first, ORDINALS[number], "year")
        if interval is not None:
            yield reading.offset(tokens.start + at - back), reading.offset_after(tokens.start + at + 1), interval


def _so_long(first: date, count: int, unit: str, before: Sequence[str]) -> Interval:
    """The days on which something has lasted so many units: a count is rounded, "nearly" and "more than" are not."""
    there, later = calendar.add(first, count, unit), calendar.add(first, count + 1, unit)
    slack = timedelta({"year": 150, "month": 20}[unit])
    if there is None or not {"over", "than"}.isdisjoint(before):
        return there, later
    return there - slack, there if not {"nearly", "almost"}.isdisjoint(before) else later
