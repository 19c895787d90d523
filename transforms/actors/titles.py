"""Titles and offices in a sentence: "foreign minister", "presidents", "Gen.". Who holds one does not belong here."""

from dataclasses import dataclass
from functools import cache

from transforms.actors.sentence import Sentence
from transforms.actors.words import word_set
from transforms.reference import table

_LEADERS = frozenset({"head_of_state", "head_of_government", "leader", "royal"})
# Offices that one word may stand for: "the minister" for a foreign minister, "the Russian leader" for the president.
_WIDER: dict[str, frozenset[str]] = {
    "leader": _LEADERS | {"religious", "organisation_head"},
    "royal": frozenset({"royal", "head_of_state"}),
    "minister": frozenset({"minister", "foreign_minister", "defence_minister"}),
    "head_of_state": frozenset({"head_of_state"}),
    "envoy": frozenset({"envoy"}),
    "military": frozenset({"military"}),
    "official": frozenset({"official"}),
}


@dataclass(frozen=True, slots=True)
class Title:
    """A title of the table."""

    name: str
    office: str  # its class
    cameo_role: str
    gender: str | None


@dataclass(frozen=True, slots=True)
class TitleSpan:
    """A title in a sentence, in token offsets."""

    start: int
    end: int
    title: Title
    plural: bool


@cache
def _forms() -> dict[str, list[tuple[tuple[str, ...], Title, bool]]]:
    """First word → (all words, title, whether plural), the longest first."""
    forms: dict[str, list[tuple[tuple[str, ...], Title, bool]]] = {}
    for row in table("titles"):
        title = Title(row["title"], row["class"], row["cameo_role"], row["gender"] or None)
        words = tuple(_words(row["title"]))
        for variant in _cut(words):
            forms.setdefault(variant[0], []).append((variant, title, False))
        for plural in _plurals(words):
            forms.setdefault(plural[0], []).append((plural, title, True))
    for candidates in forms.values():
        candidates.sort(key=lambda candidate: -len(candidate[0]))
    return forms


def _words(title: str) -> list[str]:
    """The tokens into which spaCy cuts the title."""
    return title.replace("-", " - ").split()


def _cut(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The ways in which spaCy may cut the words: it leaves "gen." whole and takes the full stop off "col."."""
    found: list[tuple[str, ...]] = [()]
    for word in words:
        ways = [(word,), (word[:-1], ".")] if word.endswith(".") else [(word,)]
        found = [(*before, *way) for before in found for way in ways]
    return found


def _plurals(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """ "foreign minister" → foreign ministers; "secretary of state" → secretaries of state."""
    at = words.index("of") - 1 if "of" in words else len(words) - 1
    word = words[at]
    if word.endswith("."):
        return []
    if word.endswith("man"):
        plural = word[:-3] + "men"
    elif word.endswith("y"):
        plural = word[:-1] + "ies"
    else:
        plural = word + "s"
    return [(*words[:at], plural, *words[at + 1 :])]


def find(sentence: Sentence) -> list[TitleSpan]:
    """The titles in the sentence, left to right, the longest at each place."""
    forms, lower = _forms(), sentence.lower
    count = len(lower)
    spans: list[TitleSpan] = []
    after = 0  # the token behind the last title
    for i in [i for i, word in enumerate(lower) if word in forms]:
        if i < after:
            continue
        for words, title, plural in forms[lower[i]]:
            end = i + len(words)
            if end <= count and (len(words) == 1 or tuple(lower[i:end]) == words):
                spans.append(TitleSpan(i, end, title, plural))
                after = end
                break
    return spans


@cache
def named(title: str) -> Title | None:
    """The title of the table with this name in small letters."""
    return next((found for _, found, _ in _forms().get(_words(title)[0], ()) if found.name == title), None)


def is_modifier(word: str) -> bool:
    """Whether the word leaves the office as it is: "former", "acting"."""
    return word in word_set("title_modifier")


@cache
def is_title(word: str) -> bool:
    """Whether the word alone is a title, in whatever capitals."""
    return any(len(words) == 1 for words, _, _ in _forms().get(word.lower(), ()))


def covers(wanted: str, held: str) -> bool:
    """Whether the holder of the office `held` may be called by a title of the class `wanted`."""
    return held in _WIDER.get(wanted, frozenset({wanted}))
