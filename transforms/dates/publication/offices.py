"""Which office-holders a text names, and with which office: "Foreign Minister Lavrov", "John Kerry, chief diplomat".

Who held what when stands in `seeds/reference/terms_of_office.csv`. What that tells of the day of publication is said in
tenures.py and persons.py.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from transforms.dates.publication.periods import bounds
from transforms.dates.publication.phrases import Phrases
from transforms.dates.publication.text import Reading
from transforms.dates.publication.words import words_of
from transforms.reference import split, table
from transforms.vocabulary import LineKind

BETWEEN = 3  # given names and initials that may stand between title and name
APPOSED = 7  # words after a name within which its office may follow, behind a comma
FORMER = words_of("former")
THEN = words_of("then")
OTHER = words_of("other_office")

Name = tuple[int, int, str]  # first word, word after the last, and the name as it stands in the table


@dataclass(frozen=True)
class Term:
    """Somebody's term in an office: the days on which it surely or possibly began and ended; no end known: None."""

    person: str
    title: str
    country: str
    first: date
    last: date | None
    words: frozenset[str]  # of all forms of the person's name


@dataclass(frozen=True)
class _Office:
    """An office beside a name: where it begins, what says that it is over, and given names in between."""

    start: int
    title: str
    past: str
    given: frozenset[str]


@dataclass(frozen=True)
class Named:
    """A name that stands with an office: the terms that it may mean, and the words of both."""

    terms: tuple[Term, ...]
    first: int
    last: int
    past: str  # the word that says that it is over, "" where none does


@cache
def _terms() -> tuple[dict[str, list[Term]], Phrases[str], Phrases[str]]:
    """Terms by name and title (`name|title`), the names and the titles."""
    by_name: dict[str, list[Term]] = defaultdict(list)
    titles: set[str] = set()
    for row in table("terms_of_office"):
        first, last = bounds(row["first"], row["last"])
        assert first is not None
        forms = {row["person"], *split(row["names"])}
        words = frozenset(word for form in forms for word in form.replace("-", " ").split())
        for title in split(row["titles"]):
            titles.add(title)
            term = Term(row["person"], title, row["country"], first, last, words)
            for name in forms:
                by_name[name].append(term)
    return dict(by_name), Phrases((n, n) for n in by_name), Phrases((t, t) for t in titles)


def terms_of(name: str) -> list[Term]:
    """The terms of all persons who go by a name of the table."""
    return _terms()[0][name]


def stretches_of(terms: Sequence[Term]) -> list[tuple[date, date | None]]:
    """When these terms were, each stretch once, in order; no last day: no end is known."""
    return sorted({(term.first, term.last) for term in terms}, key=lambda s: (s[0], s[1] or date.max))


def names_in(reading: Reading) -> list[Name]:
    """The names in the text, in order, the longest where several overlap; a surname alone only where no other name
    follows it ("Ahmed" of "Ahmed al-Sharaa" is none)."""
    words = reading.words
    found, end = [], 0
    for name, first, last in sorted(_terms()[1].find(words), key=lambda hit: (hit[1], -hit[2])):
        if first < end or not words[first][0].isupper():
            continue
        goes_on = last < len(words) and (words[last][0].isupper() or words[last] in ("al", "-"))
        if last - first == 1 and goes_on and not reading.is_time(last):
            continue
        found.append((first, last, name))
        end = last
    return found


def named_with_office(reading: Reading, names: Sequence[Name]) -> Iterator[Named]:
    """The names that stand with an office, in order."""
    if not names:
        return
    by_name, _, titles = _terms()
    words = reading.words
    ending: dict[int, list[tuple[int, str]]] = defaultdict(list)  # word after a title → where it begins, title
    for title, first, last in titles.find(words):
        ending[last].append((first, title))
    starting: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for last, found in ending.items():
        for first, title in found:
            starting[first].append((last, title))
    covered = -1
    for first, last, name in names:
        if first < covered or not _in_text(reading, first):
            continue
        covered = last
        office = _before(words, first, ending) or _after(words, first, last, starting)
        if office is None:
            continue
        terms = tuple(t for t in by_name[name] if t.title == office.title and office.given <= t.words)
        if terms:
            yield Named(terms, min(office.start, first), last, office.past)


def _in_text(reading: Reading, token: int) -> bool:
    line = reading.line(reading.offset(token))
    return line is None or line.kind is not LineKind.BOILERPLATE


def _before(words: list[str], first: int, ending: dict[int, list[tuple[int, str]]]) -> _Office | None:
    """The office right before a name, given names and initials aside: "Defense Secretary Robert M. Gates"."""
    given: list[str] = []
    for at in range(first, max(0, first - 2 * BETWEEN - 1), -1):
        if at in ending:
            start, title = min(ending[at])
            return _status(words, start, start, title, given)
        word = words[at - 1]
        if word == ",":
            if at < first:
                return None
        elif word == ".":
            if len(words[at - 2]) > 1:
                return None
        elif not word[0].isupper():
            return None
        elif len(word) > 1:
            given.append(word)
    return None


def _after(words: list[str], first: int, last: int, starting: dict[int, list[tuple[int, str]]]) -> _Office | None:
    """The office in apposition behind a name: "Federica Mogherini, the EU foreign policy chief"."""
    if last >= len(words) or words[last] != ",":
        return None
    for at in range(last + 1, min(len(words), last + 1 + APPOSED)):
        if words[at] in (",", ";", "who", "and") or (words[at] == "." and len(words[at - 1]) > 1):
            return None
        if at in starting:
            _, title = max(starting[at])
            given = [word for word in words[max(0, first - 1) : first] if word[0].isupper() and len(word) > 1]
            return _status(words, at, last + 1, title, given)
    return None


def _status(words: list[str], start: int, since: int, title: str, given: list[str]) -> _Office | None:
    """The office with whether it is over, None where the words before it make another one of it."""
    before = [word.lower() for word in words[max(0, min(start, since) - 3) : start]]
    near = before[-1:] if before[-1:] != ["-"] else before[-2:]
    if OTHER.intersection(near):
        return None
    past = next((word for word in reversed(before) if word in FORMER or word in THEN), "")
    return _Office(start, title, past, frozenset(given))
