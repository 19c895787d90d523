"""Names of persons: their spellings, and which names of one article belong to one person.

Which words of a sentence are a person's name is decided in `persons.py`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from transforms.actors.mentions import Actor
from transforms.actors.sentence import parts_of
from transforms.actors.words import word_set
from transforms.places import fold
from transforms.reference import split, table
from transforms.vocabulary import ActorKind

# Sounds that are written in several ways when names come from Cyrillic or Arabic script (own rules, tried on the
# spellings in seeds/reference/people.csv): applied in this order to a name without accents, in small letters.
_SOUNDS: list[tuple[re.Pattern[str], str]] = [
    (re.compile(pattern), sound)
    for pattern, sound in [
        (r"(iy|yy|yi|ij|ii|ei|ey|y|i|e)$", "i"),
        (r"tsch|tch|ch", "c"),
        (r"ph", "f"),
        (r"kh", "h"),
        (r"([gdt])h", r"\1"),
        (r"ou|oo|o", "u"),
        (r"ee|ei|ai|ay|y|j", "i"),
        (r"x", "ks"),
        (r"q|ck", "k"),
        (r"w", "v"),
        (r"e", "a"),
        (r"i([au])", r"\1"),
        (r"(.)\1+", r"\1"),
        (r"h$", ""),
    ]
]
_VOWELS = re.compile(r"[aeiouyh]")


@cache
def sound(part: str) -> str:
    """How a part of a name sounds, roughly: one form for the usual transliterations.

    >>> sound("Zelenskyy") == sound("Zelenskiy") == sound("Zelensky")
    True
    """
    word = fold(part)
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


@cache
def _skeleton(part: str) -> str:
    """Consonants of a first name: Mohammed, Muhammad, Mohamed → mmd."""
    return _VOWELS.sub("", sound(part)) or sound(part)


@cache
def tokens(name: str) -> tuple[str, ...]:
    """The parts of a name in small letters: "Bashar al-Assad" → bashar, al, assad."""
    return tuple(part.lower() for part in parts_of(name))


@dataclass(frozen=True, slots=True)
class Known:
    """A row of the table of persons, or somebody of the terms of office."""

    name: str
    country_code: str | None
    gender: str | None
    titles: frozenset[str] = frozenset()  # of the offices held at some time


@cache
def _known_names() -> dict[tuple[str, ...], Known]:
    found: dict[tuple[str, ...], Known] = {}
    holders = dict(_office_holders())
    for row in table("people"):
        held = holders.get(row["name"])
        titles = held.titles if held else frozenset()
        known = Known(row["name"], row["country_code"] or None, row["gender"] or None, titles)
        for name in [row["name"], *split(row["aliases"])]:
            found.setdefault(tokens(name), known)
            found.setdefault(tuple(sound(part) for part in tokens(name)), known)
    for name, known in holders.items():
        found.setdefault(tokens(name), known)
    return found


def _office_holders() -> Iterator[tuple[str, Known]]:
    """Full names of those who have held an office, with the one state for which they held it, if it was but one."""
    states = {row["code"] for row in table("countries")}
    countries: dict[str, set[str]] = defaultdict(set)
    titles: dict[str, set[str]] = defaultdict(set)
    persons: dict[str, str] = {}
    for row in table("terms_of_office"):
        for name in {row["person"], *split(row["names"])}:
            if is_full(name):
                countries[name].add(row["country"])
                titles[name].update(split(row["titles"]))
                persons.setdefault(name, row["person"])
    for name, held in countries.items():
        only = next(iter(held)) if len(held) == 1 else None
        yield name, Known(persons[name], only if only in states else None, None, frozenset(titles[name]))


@cache
def _known_surnames() -> dict[tuple[str, ...], Known]:
    known = _known_names()
    return {
        tokens(surname): known[tokens(row["name"])] for row in table("people") for surname in split(row["surnames"])
    }


@cache
def longest_known() -> int:
    """Parts of the longest name in the tables of persons."""
    return max(map(len, (*_known_names(), *_known_surnames())))


@lru_cache(maxsize=10_000)
def known_person(name: str) -> Known | None:
    """The person of the table with this full name, in any of its spellings."""
    parts = tokens(name)
    names = _known_names()
    return names.get(parts) or names.get(tuple(sound(part) for part in parts))


def known_surname(name: str) -> Known | None:
    """The person of the table for whom this name alone is enough."""
    return _known_surnames().get(tokens(name))


@cache
def _surnames_by_state() -> frozenset[tuple[str, tuple[str, ...]]]:
    """State codes with the last names of those who have held an office for the state."""
    return frozenset(
        (known.country_code, surname_of(name)) for name, known in _office_holders() if known.country_code is not None
    )


def holds_office(country_code: str | None, surname: str) -> bool:
    """Whether somebody of that last name has held an office for the state: of "Greece's Mitsotakis" it is so."""
    return country_code is not None and (country_code, tokens(surname)) in _surnames_by_state()


def surname_of(name: str) -> tuple[str, ...]:
    """The last part of a name with the particles before it: de Mistura, al-Assad; without "Jr."."""
    parts = list(tokens(name))
    while len(parts) > 1 and parts[-1] in ("jr", "sr", "ii", "iii"):
        parts.pop()
    start = len(parts) - 1
    while start > 1 and parts[start - 1] in word_set("particle"):
        start -= 1
    return tuple(parts[start:])


def is_full(name: str) -> bool:
    """Whether the name has two parts or more, particles not counted: "de Mistura" has one."""
    return len(_without_particles(tokens(name))) > 1


@dataclass(eq=False, slots=True)
class Person:
    """A person of one article."""

    name: str  # the fullest form that the article gives
    parts: tuple[str, ...]
    first: int  # position of the first mention, in the order of the text
    known: Known | None = None
    named: int = 1  # times that the article gives the name in full
    offices: list[tuple[str, str | None]] = field(default_factory=list)  # class of title, key of the state or body
    titles: set[str] = field(default_factory=set)
    gender: str | None = None
    country_code: str | None = None
    role: str = ""  # CAMEO role code
    _actor: Actor | None = None

    @property
    def actor(self) -> Actor:
        """The person as an actor; to be asked for only when the whole article has been read."""
        if self._actor is None:
            country = self.country_code or (self.known.country_code if self.known else None)
            if self.known:
                key = fold(self.known.name)
            elif len(self.parts) == 1:
                key = sound(self.parts[0])
            else:
                key = f"{_skeleton(self.parts[0])} {sound(self.parts[-1])}"
            name = self.known.name if self.known else self.name
            self._actor = Actor(ActorKind.PERSON, key, name, country, (country + self.role) if country else None)
        return self._actor


class People:
    """The persons of one article, by their names."""

    def __init__(self) -> None:
        self.persons: list[Person] = []
        self._by_last: dict[tuple[str, ...], list[Person]] = {}
        self._by_part: dict[str, list[Person]] = {}

    def add_full(self, name: str, position: int) -> Person:
        """Takes in a name of two or more parts; gives the person, the same for every form of the name."""
        parts = tokens(name)
        known = known_person(name)
        for person in self.persons:
            if (known is not None and person.known is known) or _same(person.parts, parts):
                if len(parts) > len(person.parts):
                    person.name, person.parts = name, parts
                    self._register(person)
                person.known = person.known or known
                person.named += 1
                return person
        person = Person(name, parts, position, known, gender=known.gender if known else None)
        self.persons.append(person)
        self._register(person)
        return person

    def _register(self, person: Person) -> None:
        self._by_last.setdefault(surname_of(person.name), []).append(person)
        for part in person.parts:
            if part not in word_set("particle") and len(part) > 1:
                self._by_part.setdefault(part, []).append(person)

    def find_short(self, name: str, position: int) -> Person | None:
        """The person whom a part of a name means: by the surname, else by a first or family name that stands first."""
        parts = tokens(name)
        if not parts:
            return None
        candidates = self._by_last.get(parts) or self._by_last.get(_without_particles(parts))
        if not candidates and len(parts) == 1:
            by_part = self._by_part.get(parts[0], [])
            candidates = [p for p in by_part if p.parts[-1] == parts[0]] or [
                p for p in by_part if p.parts[0] == parts[0]
            ]
            if not candidates and len(parts[0]) > 3:
                heard = sound(parts[0])
                candidates = [p for p in self.persons if sound(p.parts[-1]) == heard]
        if not candidates:
            return None
        # Of several, the one whom the article names most often before this place, the first of them.
        earlier = [p for p in candidates if p.first <= position]
        if not earlier:
            return min(candidates, key=lambda p: p.first)
        return max(earlier, key=lambda p: (p.named, -p.first))

    def add_short(self, name: str, position: int) -> Person:
        """The person whom a single name means: one named in full, one of the table, else a new one."""
        person = self.find_short(name, position)
        if person is not None:
            return person
        known = known_surname(name) or known_person(name)
        if known is not None:
            for person in self.persons:
                if person.known is known:
                    return person
        person = Person(name, tokens(name), position, known, gender=known.gender if known else None)
        self.persons.append(person)
        self._register(person)
        return person

    def has_surname(self, word: str) -> bool:
        """Whether somebody whom the article names in full has this last name."""
        return any(len(p.parts) > 1 for p in self._by_last.get(tokens(word), ()))


def _without_particles(parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for part in parts if part not in word_set("particle"))


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two full names may be one person's: the same last name, and first names that do not contradict."""
    short, long = sorted((_core(one), _core(other)), key=len)
    if len(short) < 2:
        return False
    if short[-1] != long[-1] and sound(short[-1]) != sound(long[-1]):
        return len(short) < len(long) and long[: len(short)] == short  # Tedros Adhanom (Ghebreyesus)
    if len(short) > 2 and len(short) == len(long):
        return all(sound(a) == sound(b) for a, b in zip(short, long, strict=True))
    first = short[0]
    if len(first) == 1 or len(long[0]) == 1:
        return first[0] == long[0][0]
    return any(first == part or _skeleton(first) == _skeleton(part) for part in long[:-1])


def _core(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Without particles, initials in the middle and "Jr."."""
    last = len(parts) - 1
    return tuple(
        part
        for i, part in enumerate(parts)
        if part not in word_set("particle") and part not in ("jr", "sr") and (len(part) > 1 or i == 0 or i == last)
    )
