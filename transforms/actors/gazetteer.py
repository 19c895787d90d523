"""Looks words up in the tables of countries and organisations. Whether a hit is an actor or a place: `locations.py`.

A name is matched with its capitals, without regard to accents, hyphens and apostrophes; the longest name wins.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from transforms.actors.mentions import Actor
from transforms.actors.sentence import Sentence, parts_of
from transforms.actors.words import word_set
from transforms.places import after_comma, fold, is_state_around, namesakes, place_within
from transforms.reference import split, table
from transforms.vocabulary import ActorKind


class Sense(StrEnum):
    """As what a word stands in the tables."""

    STATE = "state"  # Russia
    DEMONYM = "demonym"  # Russian
    PEOPLE = "people"  # Russians
    CAPITAL = "capital"  # Moscow
    METONYM = "metonym"  # Kremlin
    ORGANISATION = "organisation"  # organisations, armed groups, blocs
    MEDIA = "media"  # never an actor


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name of the tables stands for."""

    sense: Sense
    actor: Actor
    adjective: bool = False  # of an organisation: the form is an adjective ("Western", "European")


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of the tables in a sentence, in token offsets."""

    start: int
    end: int
    entry: Entry


# Adjectives among the aliases of blocs: they stand before a noun, as demonyms do.
_BLOC_ADJECTIVES = frozenset({"Western", "European"})
_PLACE_LABELS = frozenset({"GPE", "LOC"})
_CAPITALISED = re.compile(r"(?<![^\W_])(?=[^\W\d_a-z])[^\W_]+(?:\.[^\W_]+)*")  # a word that does not begin with a-z
_LONGEST = 80  # characters that hold the longest name
_MIN_ALL_CAPS = 4  # "MOSCOW" is looked up as "Moscow"; three letters may be an abbreviation of their own


@cache
def state(code: str) -> Actor:
    """The state with this alpha-3 code; KeyError where the table of countries has none."""
    return _states()[code]


@cache
def _states() -> dict[str, Actor]:
    return {
        row["code"]: Actor(ActorKind.STATE, row["code"], row["name"], row["code"], row["cameo_code"])
        for row in table("countries")
    }


@cache
def _forms() -> dict[str, list[tuple[tuple[str, ...], Entry]]]:
    """First piece of a name → (all pieces, entry), the longest names first."""
    found: dict[tuple[str, ...], Entry] = {}

    def add(names: Iterable[str], entry: Entry) -> None:
        for name in names:
            pieces = tuple(parts_of(name))
            if pieces:
                found.setdefault(pieces, entry)

    rows = table("countries")
    for row in rows:
        add([row["name"], *split(row["aliases"])], Entry(Sense.STATE, state(row["code"])))
    organisations = [(row, _organisation(row)) for row in table("organisations")]
    for row, actor in organisations:
        add(split(row["seat"]), Entry(Sense.CAPITAL, actor))
    for row in rows:
        actor = state(row["code"])
        demonyms = split(row["demonyms"])
        plural = [name for name in demonyms if _is_people(name, demonyms)]
        add(plural, Entry(Sense.PEOPLE, actor))
        add(demonyms, Entry(Sense.DEMONYM, actor))
        add(split(row["metonyms"]), Entry(Sense.METONYM, actor))
        add(split(row["capitals"]), Entry(Sense.CAPITAL, actor))
    for row, actor in organisations:
        sense = Sense.MEDIA if row["kind"] == "media" else Sense.ORGANISATION
        for name in [row["name"], *split(row["aliases"])]:
            add([name], Entry(sense, actor, adjective=name in _BLOC_ADJECTIVES))
    forms: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for pieces, entry in found.items():
        forms.setdefault(pieces[0], []).append((pieces, entry))
    for candidates in forms.values():
        candidates.sort(key=lambda candidate: -len(candidate[0]))
    return forms


def _organisation(row: dict[str, str]) -> Actor:
    kind = ActorKind.OTHER if row["kind"] == "media" else ActorKind(row["kind"])
    return Actor(kind, fold(row["name"]), row["name"], row["country_code"] or None, row["cameo_code"] or None)


def _is_people(name: str, demonyms: list[str]) -> bool:
    """Whether the word names the people: "Russians", "Turks", "Frenchmen"."""
    return name.endswith("men") or (name.endswith("s") and name[:-1] in demonyms)


def find_all(sentences: list[Sentence]) -> list[list[Hit]]:
    """The names of the tables in an article, by sentence; "the North" only where North Korea is named, too."""
    hits = _of_regions(sentences, [_of_states(sentence, find(sentence)) for sentence in sentences])
    named = {
        hit.entry.actor
        for sentence, found in zip(sentences, hits, strict=True)
        for hit in found
        if not _is_short(sentence, hit)
    }
    return [
        [hit for hit in found if hit.entry.actor in named or not _is_short(sentence, hit)]
        for sentence, found in zip(sentences, hits, strict=True)
    ]


def _of_states(sentence: Sentence, hits: list[Hit]) -> list[Hit]:
    """The hits without towns elsewhere that are called as a state or its capital: "Lebanon, Pa.", "Moscow, Idaho"."""
    return [hit for hit in hits if not _is_town(sentence, hit)]


def _is_town(sentence: Sentence, hit: Hit) -> bool:
    if hit.entry.sense not in (Sense.STATE, Sense.CAPITAL):
        return False
    after = after_comma(sentence.words, hit.end) if hit.end < len(sentence) else None
    if after is None or not is_state_around(after[0]):
        return False
    town = place_within(sentence.text(hit.start, hit.end), after[0])
    return town is not None and town.country_code != hit.entry.actor.country_code


def _of_regions(sentences: list[Sentence], hits: list[list[Hit]]) -> list[list[Hit]]:
    """Hits that name a region of another country stand for that country: the Georgia of governors and of Atlanta.

    So it is where the words beside it say so, and in the whole of an article that does so once and names that state
    by no other word ("Georgian", "Tbilisi").
    """
    told: dict[tuple[int, Hit], str] = {}
    clear: dict[Actor, str] = {}
    doubtful: list[tuple[int, Hit]] = []
    for i, (sentence, found) in enumerate(zip(sentences, hits, strict=True)):
        for hit in found:
            name, code = sentence.text(hit.start, hit.end), hit.entry.actor.key
            if hit.entry.sense is not Sense.STATE or not (regions := namesakes(name, code)):
                continue
            doubtful.append((i, hit))
            if _beside_region(sentence, hit, name):
                told[i, hit] = clear[hit.entry.actor] = regions[0].country_code or code
    sure = {h.entry.actor for found in hits for h in found if h.entry.sense is not Sense.STATE}
    for i, hit in doubtful:
        if hit.entry.actor in clear and hit.entry.actor not in sure:
            told[i, hit] = clear[hit.entry.actor]
    return [
        [replace(h, entry=Entry(Sense.STATE, state(told[i, h]))) if (i, h) in told else h for h in found]
        for i, found in enumerate(hits)
    ]


def _beside_region(sentence: Sentence, hit: Hit, name: str) -> bool:
    """Whether the words beside a name make it a region: "Atlanta, Georgia", "the governor of Georgia"."""
    politics = word_set("region_politics")
    after = hit.end + (hit.end < len(sentence) and sentence.lower[hit.end] in ("'s", "’s"))
    if after < len(sentence) and sentence.lower[after] in politics:
        return True
    if hit.start >= 2 and sentence.lower[hit.start - 1] in ("of", "from"):
        return sentence.lower[hit.start - 2] in politics
    for start, end, label in sentence.entities:
        if end == hit.start - 1 and sentence.words[end] == "," and label in _PLACE_LABELS:
            town = place_within(sentence.text(start, end), name)
            return town is not None and town.country_code != hit.entry.actor.key
    return False


def _is_short(sentence: Sentence, hit: Hit) -> bool:
    return hit.entry.sense is Sense.STATE and sentence.lower[hit.start] == "the"


def find(sentence: Sentence) -> list[Hit]:
    """The names of the tables in the sentence, left to right, without overlap."""
    forms = _forms()
    parts, tokens = sentence.parts, sentence.part_token
    count = len(parts)
    hits: list[Hit] = []
    after = 0  # the part behind the last hit
    for i in [i for i, part in enumerate(parts) if part in forms or (len(part) >= _MIN_ALL_CAPS and part.isupper())]:
        if i < after or "$" in sentence.words[tokens[i]]:
            continue
        for pieces, entry in forms[parts[i]] if parts[i] in forms else forms.get(parts[i].capitalize(), []):
            length = len(pieces)
            if i + length <= count and (length == 1 or _agree(parts, i, pieces)):
                start, end = tokens[i], tokens[i + length - 1] + 1
                if _plausible(sentence, start, end, entry):
                    hits.append(Hit(start, end, entry))
                    after = i + length
                    break
    return hits


def _agree(parts: list[str], at: int, pieces: tuple[str, ...]) -> bool:
    for k in range(1, len(pieces)):
        part, piece = parts[at + k], pieces[k]
        if part != piece and not (len(part) >= _MIN_ALL_CAPS and part.isupper() and part == piece.upper()):
            return False
    return True


def _plausible(sentence: Sentence, start: int, end: int, entry: Entry) -> bool:
    """Capitals must be tagged as names: many are common words, too. "the west" must not be a point of the compass."""
    if entry.sense is Sense.CAPITAL:
        return sentence.tags[start].startswith("NNP") or sentence.entity_of[start] in _PLACE_LABELS
    if sentence.lower[start] == "the" and end < len(sentence):
        return sentence.lower[end] != "of"  # "the west of the country"
    # "West African leaders" are not the West's
    return not (
        entry.actor.kind is ActorKind.BLOC and end < len(sentence) and sentence.lower[end] in word_set("quarter")
    )


@cache
def lookup(name: str) -> Entry | None:
    """The entry whose name is exactly this one."""
    pieces = tuple(parts_of(name))
    if not pieces:
        return None
    for candidate, entry in _forms().get(pieces[0], ()):
        if candidate == pieces:
            return entry
    return None


def named(text: str) -> Iterator[Actor]:
    """The states and bodies whose names stand in a text that is not parsed, as often as they do.

    More than `find` gives: no tag tells a name from a common word with a capital. "the North" is left out.
    """
    forms = _forms()
    for match in _CAPITALISED.finditer(text):
        first = parts_of(match.group())[0]
        candidates = forms.get(first) or (forms.get(first.capitalize()) if len(first) >= _MIN_ALL_CAPS else None)
        if not candidates:
            continue
        parts = parts_of(text[match.start() : match.start() + _LONGEST])
        for pieces, entry in candidates:
            if len(pieces) <= len(parts) and _agree(parts, 0, pieces):
                if entry.sense is not Sense.MEDIA:
                    yield entry.actor
                break
