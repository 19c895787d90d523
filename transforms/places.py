"""Finds the place that a name means: coordinates and country, by what stands beside it, population and the article.

Which words of a text are places, and whether a place is an actor, belongs to `transforms.actors`.
"""

import math
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from transforms.reference import split, table

_IN_CONTEXT = 2.0  # a city in a country of the article beats one outside it with up to 100 times its inhabitants
_CAPITAL = 1.0  # a capital counts as ten times its inhabitants
_LARGE = 100_000
_SMALL_IN_CONTEXT = 1.0  # of a smaller town newspapers say where it lies, unless the article is about that country
# The United States are named in most articles on diplomacy, wherever they play.
_EVERYWHERE = "USA"
_EVERYWHERE_IN_CONTEXT = 0.5
_LONGEST = 4  # words of the name of a region
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
    within: str = ""  # of a city in a federal state whose states newspapers name: the state or province


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
        if row["kind"] == PlaceKind.REGION and "." in row["aliases"]:  # "Pa.", which is for `_after_comma`
            names = [name, *(fold(alias) for alias in split(row["aliases"]) if not alias.endswith("."))]
        if any(key in seats and seats[key][0] == code for key in names) and row["kind"] == PlaceKind.CITY:
            names += [fold(word) for key in names if key in seats for word in seats[key][1]]
        for key in dict.fromkeys(names):
            found.setdefault(key, []).append(number)
        number += 1
    return found


@cache
def _after_comma() -> dict[str, list[int]]:
    """What only stands after a town and a comma → rows of regions: "Pa.", "New York" and "Washington" for states."""
    found: dict[str, list[int]] = {}
    for number, row in enumerate(table("places"), len(table("countries"))):
        if row["kind"] == PlaceKind.REGION:
            short = [alias for alias in split(row["aliases"]) if alias.endswith(".")]
            for name in [*short, *([row["name"].removesuffix(" state")] if row["name"].endswith(" state") else [])]:
                found.setdefault(name.lower(), []).append(number)
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
    kind = PlaceKind(row["kind"])
    place = Place(row["name"], code, float(row["latitude"]), float(row["longitude"]), kind, row["within"])
    names = [row["name"], *split(row["aliases"])]
    capital = place.kind is PlaceKind.CITY and any((fold(name), code) in _capitals() for name in names)
    return _Candidate(place, int(row["population"]), capital)


def _called(name: str) -> list[_Candidate]:
    """The places of that folded name."""
    return [_candidate(number) for number in _index().get(name, ())]


def is_place(name: str) -> bool:
    """Whether the gazetteer has a place, region or country of exactly this name."""
    return fold(name) in _index()


def is_around(name: str) -> bool:
    """Whether a town may be said to lie in what has this name: a country, region or state, "Pa." too."""
    return any(c.place.kind is not PlaceKind.CITY for c in _around(name))


def is_state_around(name: str) -> bool:
    """Whether `is_around` holds of a state or province alone, which hardly ever does anything itself: "Texas"."""
    around = [c.place.kind for c in _around(name)]
    return PlaceKind.REGION in around and PlaceKind.COUNTRY not in around


def after_comma(words: Sequence[str], comma: int) -> tuple[str, int] | None:
    """The country, region or state that follows a comma among the words of a sentence, and the index of the word
    behind it: "Paris, Texas", "Lebanon, Pa."; None where no such name follows."""
    if comma + 1 >= len(words) or words[comma] != "," or not words[comma + 1][:1].isupper():
        return None
    for end in range(min(len(words), comma + 1 + _LONGEST), comma + 1, -1):
        name = " ".join(words[comma + 1 : end]).replace(" - ", "-")
        if end < len(words) and words[end] == "." and name.isalpha() and is_around(name + "."):
            return name + ".", end + 1  # "Pa" and its full stop
        if is_around(name):
            return name, end
    return None


def region_in(name: str, code: str) -> Place | None:
    """The region called `name` in the country with this alpha-3 code: the Georgia that lies in the United States."""
    regions = [c.place for c in _called(fold(name)) if c.place.kind is PlaceKind.REGION]
    return next((place for place in regions if place.country_code == code), None)


def namesakes(name: str, code: str) -> list[Place]:
    """The regions of other countries that are called as the country with this alpha-3 code is."""
    regions = [c.place for c in _called(fold(name)) if c.place.kind is PlaceKind.REGION]
    return [place for place in regions if place.country_code and place.country_code != code]


def place_within(name: str, around: str) -> Place | None:
    """The place of that name in the country, region or state called `around`; None where the gazetteer has none.

    >>> place_within("Paris", "Texas").within
    'Texas'
    """
    return _within(fold(name), around)


def resolve_place(
    name: str, countries: Collection[str] | Mapping[str, int] = (), regions: Collection[str] = ()
) -> Place | None:
    """The place that `name` most likely means, None where the gazetteer has none of that name.

    `countries`: alpha-3 codes of the countries that the article speaks of, with how often where that is known.
    `regions`: the states in which other places of the article lie. "Astana, Kazakhstan" and "Paris, Texas" are read as
    a place in that country or region; where the gazetteer lacks the place itself, the latter is the answer.

    >>> resolve_place("Tripoli", ["LBN"]).country_code
    'LBN'
    """
    exact = _best(fold(name), countries, regions)
    if exact is not None:
        return exact
    head, comma, tail = name.partition(",")
    if comma and head.strip() and tail.strip():
        inside = _within(fold(head), tail.strip())
        if inside is not None:
            return inside
        if is_state_around(tail.strip()):
            return next(c.place for c in _around(tail.strip()) if c.place.kind is PlaceKind.REGION)
        return resolve_place(tail.strip(), countries, regions)
    short = fold(name)
    while True:
        shorter = _SUFFIX.sub("", _MODIFIER.sub("", short)).strip()
        if shorter == short or not shorter:
            return None
        short = shorter
        found = _best(short, countries, regions)
        if found is not None:
            return found


@cache
def capital_of(code: str) -> Place | None:
    """The capital of the country with this alpha-3 code, the first where it has several; None where none is known."""
    names = next((split(row["capitals"]) for row in table("countries") if row["code"] == code), [])
    found = [c for c in _called(fold(names[0])) if c.capital and c.place.country_code == code] if names else []
    return found[0].place if found else None


def _around(name: str) -> list[_Candidate]:
    """What `name` may be after a town and a comma; an abbreviation ("Pa.") only with its full stop."""
    return [*_called(fold(name)), *(_candidate(number) for number in _after_comma().get(name.lower(), ()))]


def _within(name: str, around: str) -> Place | None:
    """The place of that name in a state called `around`, or in a country called so or that has a region called so."""
    outer = [c.place for c in _around(around) if c.place.kind is not PlaceKind.CITY]
    towns = [c for c in _called(name) if c.place.kind is not PlaceKind.COUNTRY]
    inside = [c for c in towns if any(_lies_in(c.place, place) for place in outer)]
    return max(inside, key=lambda c: _score(c, {})).place if inside else None


def _lies_in(place: Place, outer: Place) -> bool:
    if place.country_code is None or place.country_code != outer.country_code or place.name == outer.name:
        return False
    return outer.kind is PlaceKind.COUNTRY or place.within in {"", outer.name}


def _best(name: str, countries: Collection[str], regions: Collection[str]) -> Place | None:
    candidates = _called(name)
    if not candidates:
        return None
    states = [c for c in candidates if c.place.kind is PlaceKind.COUNTRY]
    if states:
        # "Georgia" is the country, unless the article speaks only of the country that has a region of that name.
        state = states[0].place
        rivals = [c.place for c in candidates if c.place.kind is PlaceKind.REGION]
        rivals = [place for place in rivals if place.country_code != state.country_code]
        told = [p for p in rivals if p.name in regions and state.country_code not in countries]
        at_home = [p for p in rivals if set(countries) == {p.country_code}]
        return (told or at_home or [state])[0]
    codes = {code for c in candidates if (code := c.place.country_code) and code in countries}
    of_them = {code: _times(code, countries) for code in codes}
    most = max(of_them.values(), default=1)
    weights = {code: (times / most) ** 2 for code, times in of_them.items()}
    alone = not any(code != _EVERYWHERE for code in countries)
    return max(candidates, key=lambda c: _score(c, weights, alone)).place


def _times(code: str, countries: Collection[str]) -> int:
    return countries[code] if isinstance(countries, Mapping) else 1


def _score(candidate: _Candidate, weights: Mapping[str, float], alone: bool = True) -> float:
    """Logarithm of the inhabitants, raised for capitals and for countries of the article, by their `weights`.

    `alone`: the article speaks of no country but the United States, if of any.
    """
    score = math.log10(candidate.population + 1) + _CAPITAL * candidate.capital
    code = candidate.place.country_code
    if code is None or code not in weights:
        return score
    bonus = _IN_CONTEXT if candidate.population >= _LARGE or candidate.capital else _SMALL_IN_CONTEXT
    if code == _EVERYWHERE and not alone:
        bonus = min(bonus, _EVERYWHERE_IN_CONTEXT)
    return score + bonus * weights[code]
