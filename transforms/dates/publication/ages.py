"""What a sentence says of the age of an event whose day is known: "last year", "on Feb. 24", "in its third year".

Which event the sentence names, and that nothing is older than what it names, is world.py's business.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import log

from transforms.dates import calendar
from transforms.dates.lexicon import LEXICON
from transforms.dates.meaning import Offset, Partial, Unit
from transforms.dates.publication.curves import Bounds
from transforms.dates.publication.evidence import Evidence
from transforms.dates.publication.model import model
from transforms.dates.publication.text import Mention, Reading
from transforms.dates.publication.words import words_of
from transforms.vocabulary import Anchor, EvidenceKind

LASTING = words_of("lasting")
NEAR = 4  # words between a number of years and what has lasted so long
UNITS = {
    **{form: unit for unit in ("year", "month", "week", "day") for form in (unit, f"{unit}s")},
    **{f"{unit}long": unit for unit in ("year", "month", "week", "day")},
}
LONG = frozenset(["yearlong", "monthlong", "weeklong", "daylong"])
MONTH = 31  # days
BRIEF = timedelta(days=4)  # what was over so soon is told by its day, not by its age
BEFORE_ANNIVERSARY, AFTER_ANNIVERSARY = timedelta(days=45), timedelta(days=60)


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
class DatedEvent:
    """A row of the table of world events, or the end of a term of office. `begun`: the last day on which it can have
    begun, where only the month or the year of that is known."""

    name: str
    kind: str  # happened, ongoing, name or scheduled
    first: date
    last: date | None
    begun: date

    @property
    def day(self) -> bool:
        """Is it known to the day when it began?"""
        return self.begun == self.first

    @property
    def month(self) -> bool:
        """Is it known to the month?"""
        return (self.begun - self.first).days <= MONTH

    @property
    def lasts(self) -> bool:
        """Is it something that went on, so that its age can be told in days or years?"""
        return self.kind == "ongoing" or (
            self.kind == "happened" and self.last is not None and self.last - self.first > BRIEF
        )


def claims(reading: Reading, event: DatedEvent, sentence: int, times: Sequence[Mention]) -> Iterator[Evidence]:
    """Evidence of each time in a sentence that names an event."""
    for m in times:
        found = _age(event, m)
        if found is not None:
            name, interval = found
            yield _evidence(reading, m.start, m.end, name, interval)
    if event.day:
        for first, last, interval in _anniversaries(reading, event, sentence):
            yield _evidence(reading, *reading.stretch(sentence, first, last), "age_anniversary", interval)
    if event.lasts and event.month:
        for first, last, name, interval in _lasting(reading, event, sentence):
            yield _evidence(reading, *reading.stretch(sentence, first, last), name, interval)


def _evidence(reading: Reading, start: int, end: int, name: str, interval: Interval) -> Evidence:
    claim = f"from {interval[0]} to {interval[1]}"
    curve = Bounds(*interval, _doubt(name, interval))
    return Evidence(EvidenceKind.EVENT_AGE, start, end, reading.text[start:end], claim, curve, *interval)


def _doubt(name: str, interval: Interval) -> float:
    """Log likelihood of a day outside of the interval, against one within: what is wrong may be of any day of years."""
    first, last = interval
    spread = model().limits["spread"]
    width = (last - first).days + 1 if first and last else spread
    wrong = model().wrong[name]
    return min(0.0, log(wrong / (1 - wrong) * width / spread))


def _age(event: DatedEvent, m: Mention) -> tuple[str, Interval] | None:
    """How sure, and the days of publication, where the mention can be the event's time; None where it cannot."""
    first, day = event.first, event.day
    match m.meaning:
        case Partial(year=None, month=month, day=number, weekday=None, shift=None) if number and day:
            if (month, number) == (first.month, first.day):
                return "age_day", (first, calendar.add(first, 12, "month"))
        case Partial(year=None, month=month, day=None, weekday=None, shift=None) if (
            event.month and month == first.month and m.lean <= 0
        ):
            return "age_month", (first, calendar.add(first, 13, "month"))
        case Unit(unit="year", shift=shift, base=Anchor.PUBLICATION) if shift <= 0:
            there = calendar.add(first, -shift, "year")
            return ("age_year", _year_of(there)) if there else None
        case Offset(number=number_, unit="year" | "month" | "week" as unit, sign=-1, base=Anchor.PUBLICATION):
            if number_.count and day:
                slack = {"year": 183, "month": 16, "week": 4}[unit]
                there = calendar.add(first, int(number_.count), unit)
                low = calendar.add(there, -slack, "day") if there else None
                high = calendar.add(there, slack, "day") if there else None
                return ("age_ago", (low, high)) if low and high else None
    return None


def _year_of(day: date) -> Interval:
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _lasting(reading: Reading, event: DatedEvent, sentence: int) -> Iterator[tuple[int, int, str, Interval]]:
    """ "the seven-year civil war", "after nearly 3 years of fighting", "a weeklong offensive", "in its third year"."""
    words = reading.words_in(sentence)
    for at, word in enumerate(words):
        unit = UNITS.get(word)
        if unit is None or at == 0:
            continue
        back = 2 if words[at - 1] == "-" and at > 1 else 1
        number = words[at - back]
        plain = number.replace(",", "")
        count = int(plain) if plain.isdecimal() and len(plain) < 5 else NUMBERS.get(number)
        if word in LONG:
            count, back = 1, 0
        interval: Interval | None = None
        name = "age_lasting"
        if count is not None and LASTING.intersection(words[at + 1 : at + 2 + NEAR]):
            interval = _so_long(event, count, unit, words[max(0, at - back - 2) : at - back])
        elif count is not None and "since" in words[at + 1 : at + 3]:
            name, interval = "age_since", _since(event, count, unit)
        elif number in ORDINALS and unit == "year" and words[at - back - 1 : at - back] in (["its"], ["the"]):
            ordinal = ORDINALS[number]
            interval = calendar.add(event.first, ordinal - 1, "year"), calendar.add(event.first, ordinal, "year")
        if interval is not None:
            yield at - back, at + 1, name, interval


def _since(event: DatedEvent, count: int, unit: str) -> Interval | None:
    """ "1,000 days since the invasion", "two years since": a count of days is exact, others are told around the day."""
    there, later = calendar.add(event.first, count, unit), calendar.add(event.first, count + 1, unit)
    if there is None or later is None:
        return None
    return there - timedelta({"year": 60, "month": 12, "week": 3, "day": 1}[unit]), there + (later - there) * 2 // 3


def _so_long(event: DatedEvent, count: int, unit: str, before: Sequence[str]) -> Interval | None:
    """The days on which something has lasted so many units: a count is rounded, "nearly" and "more than" are not. None
    where that is the whole length of what is over ("the 11-day war")."""
    there, later = calendar.add(event.first, count, unit), calendar.add(event.first, count + 1, unit)
    slack = timedelta({"year": 150, "month": 20, "week": 4, "day": 1}[unit])
    if there is None:
        return None
    if event.last is not None and abs(event.last - there) <= max(slack, (event.last - event.first) / 4):
        return None
    if not {"over", "than"}.isdisjoint(before):
        return there, later
    return there - slack, there if not {"nearly", "almost"}.isdisjoint(before) else later


def _anniversaries(reading: Reading, event: DatedEvent, sentence: int) -> Iterator[tuple[int, int, Interval]]:
    """ "the third anniversary of the invasion": news of the weeks around it."""
    words = reading.words_in(sentence)
    for at, word in enumerate(words):
        if word != "anniversary" or at == 0:
            continue
        number = words[at - 1]
        count = ORDINALS.get(number) or (int(number[:-2]) if number[:-2].isdecimal() and len(number) < 5 else None)
        there = calendar.add(event.first, count, "year") if count else None
        if there is not None:
            yield at - 1, at + 1, (there - BEFORE_ANNIVERSARY, there + AFTER_ANNIVERSARY)
