"""Office-holders whom the text calls by their office: "Foreign Minister Lavrov" is written while he holds it.

Former holders ("former President Carter") date a text after their terms, and "took office in January" within a year of
that. Which are named is found in offices.py; how surely that dates a text, stands in `publication_model.yaml`.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from transforms.dates.publication.ages import DatedEvent, claims
from transforms.dates.publication.curves import Bounds, Within
from transforms.dates.publication.evidence import Evidence
from transforms.dates.publication.model import model
from transforms.dates.publication.offices import FORMER, Name, Named, Term, stretches_of, terms_of
from transforms.dates.publication.text import Reading
from transforms.dates.publication.words import words_of
from transforms.vocabulary import EvidenceKind

SLACK = timedelta(days=10)  # nominees are called by their office early, leavers late
CAME, WENT = words_of("came"), words_of("went")


def holders(reading: Reading, names: Sequence[Name], named: Sequence[Named]) -> Iterator[Evidence]:
    """Evidence of each office-holder named with an office. Of several of one office, the latest is the present one."""
    latest: dict[tuple[str, str], date] = {}
    for one in named:
        if not one.past:
            for term in one.terms:
                key = term.title, term.country
                latest[key] = max(latest.get(key, date.min), term.first)
    seen: set[tuple[frozenset[str], str]] = set()
    for one in named:
        who = frozenset(term.person for term in one.terms), one.past
        if who not in seen:
            seen.add(who)
            superseded = not one.past and all(latest[term.title, term.country] > term.first for term in one.terms)
            yield from _evidence(reading, one, superseded)
    yield from _tenures(reading, names, {term for one in named for term in one.terms})


def _evidence(reading: Reading, one: Named, superseded: bool) -> Iterator[Evidence]:
    start, end = reading.offset(one.first), reading.offset_after(one.last)
    text = reading.text[start:end]
    first = min(term.first for term in one.terms)
    ends = [term.last for term in one.terms if term.last is not None]
    if one.past in FORMER:
        if ends:
            over = min(ends)
            curve = Bounds(over, None, model().doubt["former"])
            claim, kind, anchors = f"after {over}", EvidenceKind.FORMER_OFFICE, ((over, over),)
            yield Evidence(kind, start, end, text, claim, curve, over, None, "newest_former", anchors)
        return
    if one.past or superseded:
        claim, doubt = f"not before {first}", model().doubt["office_then"]
        yield Evidence(EvidenceKind.FORMER_OFFICE, start, end, text, claim, Bounds(first, None, doubt), first)
        return
    stretches = stretches_of(one.terms)
    last = max(ends) if len(ends) == len(one.terms) else None
    claim = "in office " + ", ".join(f"{a} to {b}" if b else f"since {a}" for a, b in stretches)
    starts = tuple((a, a) for a, _ in stretches)
    allowed = tuple((a - SLACK, b and b + SLACK) for a, b in stretches)
    within = Within(allowed, model().doubt["office_before"], model().doubt["office_after"])
    yield Evidence(EvidenceKind.OFFICE, start, end, text, claim, within, first, last, "newest_office", starts)


def _tenures(reading: Reading, names: Sequence[Name], known: set[Term]) -> Iterator[Evidence]:
    """ "who took office in January", "resigned last year": of the holders that the text has named with an office."""
    seen: set[tuple[int, date]] = set()
    for first, _, name in names:
        sentence = reading.sentence_of(first)
        words = frozenset(reading.words_in(sentence))
        for term in (term for term in terms_of(name) if term in known):
            for day, verbs in ((term.first, CAME), (term.last, WENT)):
                if day is not None and (sentence, day) not in seen and not verbs.isdisjoint(words):
                    seen.add((sentence, day))
                    event = DatedEvent(f"{term.person}, {term.title}", "happened", day, day, day)
                    yield from claims(reading, event, sentence, reading.mentions_in(sentence))
