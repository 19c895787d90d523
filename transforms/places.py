"""Finds the place that a name means: coordinates and country, by population and by the countries of the article.

Which words of a text are places, and whether a place is an actor, belongs to `transforms.actors`.
"""

import math
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from transforms.reference import split, table

_IN_CONTEXT = 2.0  # a city in a country of the article beats one outside it with up to 100 times its inhabitants
_CAPITAL = 1.0  # a capital counts as ten times its inhabitants
_MODIFIER = re.compile(
    r"^(the|city of|town of|port of|port city of|greater|central|northern|southern|eastern|western|northeastern"
    r"|northwestern|southeastern|southwestern|north-?eastern|north-?western|south-?eastern|south-?western|occupied"
    r"|rebel-held|government-held|war-torn|nearby|downtown|north|south|east|west)\s+"
)
_COMPASS = frozenset({"the north", "the south"})  # a country only beside its full name
_SUFFIX = re.compile(r"('s?|\s+(city|region|province|governorate|oblast|district|state|airport|area|border|enclave))$")


class PlaceKind(StrEnum):
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Place:
    """A place: coordinates in degrees (WGS 84), a middle point for regions and countries."""

    name: str
    country_code: str | None  # ISO 3166-1 alpha-3; None where a region lies in several states or is disputed
    latitude: float
    longitude: float
    kind: PlaceKind


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: Place
    population: int
    capital: bool


def fold(name: str) -> str:
    """The name for comparison: no accents, small letters, plain apostrophes, single blanks, no full stop at the end.

    >>> fold("Türkiye’s  Şırnak")
    "turkiye's sirnak"
    """
    plain = (
        name.replace("’", "'").replace("‘", "'").replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d")
    )
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(plain.lower().split()).removesuffix(".")


@cache
def _index() -> dict[str, list[int]]:
    """Folded name or alias → numbers of the rows with that name: first the countries, then the places."""
    found: dict[str, list[int]] = {}
    seats: dict[str, tuple[str, list[str]]] = {}  # folded name of a capital → country, words that stand for it
    number = 0
    for row in table("countries"):
        for name in [row["name"], *split(row["aliases"])]:
            if fold(name) not in _COMPASS:
                found.setdefault(fold(name), []).append(number)
        for name in split(row["capitals"]):
            seats.setdefault(fold(name), (row["code"], split(row["metonyms"])))
        number += 1
    for row in table("places"):
        name, code = fold(row["name"]), row["country_code"]
        names = [name, *(fold(alias) for alias in row["aliases"].split("|"))] if row["aliases"] else [name]
        if any(key in seats and seats[key][0] == code for key in names) and row["kind"] == PlaceKind.CITY:
            names += [fold(word) for key in names if key in seats for word in seats[key][1]]
        for key in dict.fromkeys(names):
            found.setdefault(key, []).append(number)
        number += 1
    return found


@cache
def _capitals() -> frozenset[tuple[str, str]]:
    return frozenset((fold(name), row["code"]) for row in table("countries") for name in split(row["capitals"]))


@cache
def _candidate(number: int) -> _Candidate:
    countries = table("countries")
    if number < len(countries):
        row = countries[number]
        place = Place(row["name"], row["code"], float(row["latitude"]), float(row["longitude"]), PlaceKind.COUNTRY)
        return _Candidate(place, 0, False)
    row = table("places")[number - len(countries)]
    code = row["country_code"] or None
    place = Place(row["name"], code, float(row["latitude"]), float(row["longitude"]), PlaceKind(row["kind"]))
    names = [row["name"], *split(row["aliases"])]
    capital = place.kind is PlaceKind.CITY and any((fold(name), code) in _capitals() for name in names)
    return _Candidate(place, int(row["population"]), capital)


def _called(name: str) -> list[_Candidate]:
    """The places of that folded name."""
    return [_candidate(number) for number in _index().get(name, ())]


def is_place(name: str) -> bool:
    """Whether the gazetteer has a place, region or country of exactly this name."""
    return fold(name) in _index()


def resolve_place(name: str, countries: Collection[str] = ()) -> Place | None:
    """The place that `name` most likely means, None where the gazetteer has none of that name.

    `countries`: alpha-3 codes of the countries that the article speaks of. "Astana, Kazakhstan" and "Paris, Texas" are
    read as a place in that country or region; where the gazetteer lacks the place itself, the latter is the answer.

    >>> resolve_place("Tripoli", ["LBN"]).country_code
    'LBN'
    """
    exact = _best(fold(name), countries)
    if exact is not None:
        return exact
    head, comma, tail = name.partition(",")
    if comma and head.strip() and tail.strip():
        inside = _within(fold(head), fold(tail))
        around = inside or resolve_place(tail.strip(), countries)
        if around is not None:
            return around
    short = fold(name)
    while True:
        shorter = _SUFFIX.sub("", _MODIFIER.sub("", short)).strip()
        if shorter == short or not shorter:
            return None
        short = shorter
        found = _best(short, countries)
        if found is not None:
            return found


def _within(name: str, around: str) -> Place | None:
    """The place of that name in a country called `around`, or in the country of a region called so."""
    codes = {c.place.country_code for c in _called(around) if c.place.country_code}
    inside = [c for c in _called(name) if c.place.country_code in codes and c.place.kind is not PlaceKind.COUNTRY]
    return max(inside, key=lambda c: _score(c, ())).place if inside else None


def _best(name: str, countries: Collection[str]) -> Place | None:
    candidates = _called(name)
    if not candidates:
        return None
    states = [c for c in candidates if c.place.kind is PlaceKind.COUNTRY]
    others = [c for c in candidates if c.place.kind is not PlaceKind.COUNTRY]
    if states:
        # "Georgia" is the country, unless the article speaks only of the country that has a region of that name.
        state = states[0].place
        rivals = [c for c in others if c.place.country_code != state.country_code]
        at_home = [c for c in rivals if set(countries) == {c.place.country_code}]
        return at_home[0].place if at_home else state
    return max(others, key=lambda c: _score(c, countries)).place


def _score(candidate: _Candidate, countries: Collection[str]) -> float:
    """Logarithm of the inhabitants, raised for capitals and for countries of the article."""
    score = math.log10(candidate.population + 1) + _CAPITAL * candidate.capital
    if candidate.place.country_code in countries:
        score += _IN_CONTEXT
    return score
