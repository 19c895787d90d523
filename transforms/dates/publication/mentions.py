"""Dates that the text names in its sentences, as brackets around its publication: past ones before, coming ones after.

Dates that state the publication themselves (datelines, "Published …") stand in stated.py.
"""

import re
from collections.abc import Iterator
from functools import cache

from transforms.dates.feasts import falls
from transforms.dates.meaning import Part, Partial
from transforms.dates.named import span_of
from transforms.dates.publication.curves import (
    Age,
    Bounds,
    Curve,
    Feast,
    Fits,
    NearestYearless,
    Tempered,
    Weekday,
    Yearless,
    YearlessMonth,
)
from transforms.dates.publication.days import FIRST, LAST
from transforms.dates.publication.evidence import Evidence
from transforms.dates.publication.model import model
from transforms.dates.publication.text import Mention, Reading
from transforms.vocabulary import EvidenceKind, LineKind

TWEET = re.compile(r"\(@\w+\)\s*\Z")  # the end of an embedded post: "— The Ministry (@ministry) May 3, 2022"
HANDLE = 40  # characters in which it stands
LEANS = {-1: "past", 0: "level", 1: "future"}


def brackets(reading: Reading, skip: frozenset[int] = frozenset()) -> Iterator[Evidence]:
    """Evidence of every date in the sentences; `skip`: starts of mentions that have been weighed already."""
    usable = [m for m in reading.mentions if m.kind is not LineKind.BOILERPLATE and m.start not in skip]
    dates = [(m, m.meaning) for m in usable if isinstance(m.meaning, Partial)]
    yield from _explicit(reading, dates)
    yield from _days(reading, dates)
    yield from _weekdays(reading, dates)
    yield from _months(reading, dates)
    yield from _feasts(reading, usable)


def _evidence(reading: Reading, m: Mention, kind: EvidenceKind, claim: str, curve: Curve) -> Evidence:
    return Evidence(kind, m.start, m.end, reading.text[m.start : m.end], claim, curve)


def _grain(p: Partial) -> str:
    return "year" if p.month is None else "month" if p.day is None else "day"


def _explicit(reading: Reading, dates: list[tuple[Mention, Partial]]) -> Iterator[Evidence]:
    """Dates with their year, each once: what was is over, what is to come is not."""
    seen: set[tuple[str, bool]] = set()
    for m, p in dates:
        span = span_of(p)
        if span is None or span.first is None or span.last is None or (span.value, m.lean > 0) in seen:
            continue
        seen.add((span.value, m.lean > 0))
        lean, grain = LEANS[m.lean], _grain(p)
        posted = grain == "day" and TWEET.search(reading.text[max(0, m.start - HANDLE) : m.start]) is not None
        if m.lean > 0 and not posted:
            curve = Age(span.first, span.last, model().shares[f"{grain}_future"])
            yield _evidence(reading, m, EvidenceKind.COMING_DATE, "a date to come", curve)
            continue
        bounds = Bounds(span.first, None, model().doubt["day_past" if posted else f"{grain}_{lean}"])
        # A year is often named without being over ("the 2016 election"): only a past tense makes it news.
        newest = f"newest_{grain}" if grain != "year" or m.lean < 0 else None
        if posted:
            newest = "newest_tweet"
        text, claim = reading.text[m.start : m.end], f"not before {span.first}"
        anchors = ((span.first, span.last),) if newest else ()
        yield Evidence(EvidenceKind.PAST_DATE, m.start, m.end, text, claim, bounds, span.first, None, newest, anchors)


def _days(reading: Reading, dates: list[tuple[Mention, Partial]]) -> Iterator[Evidence]:
    """Days of a month without their year, each once; with their weekday they pick the year.

    Of those that are past, the nearest one tells, and of those to come: the others are only further off."""
    groups: dict[int, dict[tuple[int, int], Mention]] = {-1: {}, 1: {}}
    seen: set[tuple[int, int, int]] = set()
    paired: set[tuple[int, int, int]] = set()
    bare = not any(p.weekday and not p.month for _, p in dates)
    for m, p in dates:
        if p.year is not None or p.month is None or p.day is None or p.shift is not None:
            continue
        if p.weekday is not None and (p.month, p.day, p.weekday) not in paired:
            paired.add((p.month, p.day, p.weekday))
            fits = Fits(p.month, p.day, p.weekday, model().weekdays["date"])
            claim = "a year in which this day falls on this weekday"
            yield _evidence(reading, m, EvidenceKind.WEEKDAY_DATE, claim, fits)
        if (p.month, p.day, m.lean) in seen:
            continue
        seen.add((p.month, p.day, m.lean))
        said = bare and m.speech and m.lean <= 0
        if m.lean and not said:
            groups[m.lean].setdefault((p.month, p.day), m)
            continue
        shares = model().shares["yearless_day_said" if said else "yearless_day_level"]
        curve = Tempered(Yearless(p.month, p.day, shares), model().weights["yearless_day"])
        claim = "this day was just then" if said else "this day is near"
        yield _evidence(reading, m, EvidenceKind.YEARLESS_DATE, claim, curve)
    for lean, group in groups.items():
        if group:
            name = f"nearest_day_{LEANS[lean]}"
            nearest = NearestYearless(tuple(sorted(group)), -lean, model().shares[name], model().doubt[name])
            claim = "this day was not long before" if lean < 0 else "this day is soon to come"
            mentions = sorted(group.values(), key=lambda m: m.start)
            yield _evidence(reading, mentions[0], EvidenceKind.YEARLESS_DATE, claim, nearest)


def _weekdays(reading: Reading, dates: list[tuple[Mention, Partial]]) -> Iterator[Evidence]:
    """Bare weekdays: most lie in the days just before publication, the first one named most of all."""
    seen: set[tuple[int, int]] = set()
    for m, p in dates:
        if p.weekday is None or p.month is not None or p.shift is not None or (p.weekday, m.lean) in seen:
            continue
        name = "said" if m.speech and m.lean <= 0 else "first" if not seen and m.lean <= 0 else LEANS[m.lean]
        seen.add((p.weekday, m.lean))
        curve = Tempered(Weekday(p.weekday, model().weekdays[name]), model().weights["weekday"])
        claim = "within a week before" if m.lean <= 0 else "within a week after"
        yield _evidence(reading, m, EvidenceKind.WEEKDAY, claim, curve)


def _months(reading: Reading, dates: list[tuple[Mention, Partial]]) -> Iterator[Evidence]:
    seen: set[tuple[int, int]] = set()
    for m, p in dates:
        bare = p.year is None and p.month is not None and p.day is None and p.shift is None
        if not bare or p.month is None or (p.month, m.lean) in seen:
            continue
        seen.add((p.month, m.lean))
        shares = model().shares[f"yearless_month_{LEANS[m.lean]}"]
        curve = Tempered(YearlessMonth(p.month, shares), model().weights["yearless_month"])
        claim = "within a year of this month"
        yield _evidence(reading, m, EvidenceKind.YEARLESS_DATE, claim, curve)


def _feasts(reading: Reading, usable: list[Mention]) -> Iterator[Evidence]:
    """Holidays without their year, each once: they are news in the days around them."""
    seen: set[str] = set()
    for m in usable:
        p = m.meaning
        if not isinstance(p, Part) or p.unit != "holiday" or p.year or p.shift is not None or str(p.index) in seen:
            continue
        seen.add(str(p.index))
        days = _feast_days(str(p.index))
        if len(days) > 1:
            curve = Tempered(Feast(days, model().shares["feast"]), model().weights["feast"])
            yield _evidence(reading, m, EvidenceKind.YEARLESS_DATE, "this feast is near", curve)


@cache
def _feast_days(name: str) -> tuple[int, ...]:
    """First days of a holiday, as ordinals, in the years for which its calendar is known."""
    spans = (span for year in range(FIRST.year, LAST.year + 1) for span in falls(name, year))
    return tuple(sorted({span.first.toordinal() for span in spans if span.first}))
