"""When two names of actors or places mean the same one, for the measure only.

Spelling is compared loosely and countries by a short list of aliases (`seeds/reference/evaluation_aliases.csv`). The
pipeline's own gazetteer has no say here: a measure that moves with what it measures is none.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from transforms.reference import table

_NOT_NAME = re.compile(r"[^\w\s'.]")
_POSSESSIVE = re.compile(r"'s?$")
_MIN_FUZZY = 4  # shorter words must be equal: one letter of three is too much
_MIN_CONTAINED = 6  # a shorter name inside a longer one says little


def fold(text: str) -> str:
    """Lower case without accents; the dotless i of Turkish counts as i."""
    decomposed = unicodedata.normalize("NFKD", text.replace("ı", "i"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def squeeze(text: str) -> str:
    """Letters and digits alone, folded: what is left to compare when white space and marks differ."""
    return "".join(c for c in fold(text) if c.isalnum())


@cache
def _aliases() -> dict[str, str]:
    return {row["alias"]: row["canonical"] for row in table("evaluation_aliases")}


@cache
def canonical(name: str) -> str:
    """The name folded, without marks, article and possessive, and with a known alias replaced."""
    plain = _NOT_NAME.sub(" ", fold(name)).strip().rstrip(".")
    plain = _POSSESSIVE.sub("", re.sub(r"^the\s+", "", plain))
    return _aliases().get(plain, plain)


def _edit_distance(a: str, b: str) -> int:
    """Levenshtein distance, by rows."""
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        previous, row = row, [i]
        for j, other in enumerate(b, 1):
            row.append(min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (letter != other)))
    return row[-1]


def _similar(a: str, b: str) -> bool:
    """Equal up to one letter in five (Zelensky, Zelenskiy), or one in a short word."""
    if a == b:
        return True
    if abs(len(a) - len(b)) > 2 or min(len(a), len(b)) < _MIN_FUZZY:
        return False
    return _edit_distance(a, b) <= max(1, max(len(a), len(b)) // 5)


@cache
def same_actor(a: str, b: str) -> bool:
    """Whether two names mean one actor.

    They do where they are equal after `canonical`; where the last words are similar and a first name, if both have one,
    is similar or begins with the same letter; and where one longer name contains the other. That is generous: Iran and
    Iraq pass for one. The shared measure is so, and figures must agree with it.
    """
    a, b = canonical(a), canonical(b)
    if a == b:
        return True
    words, others = a.split(), b.split()
    if not words or not others:
        return False
    if _similar(words[-1], others[-1]):
        one_word = len(words) == 1 or len(others) == 1
        if one_word or words[0][0] == others[0][0] or _similar(words[0], others[0]):
            return True
    return min(len(a), len(b)) >= _MIN_CONTAINED and (a in b or b in a)


def names_f1(gold: Sequence[str], system: Sequence[str]) -> float:
    """F1 of the names found, between 0 and 1; two empty lists agree fully."""
    if not gold or not system:
        return float(not gold and not system)
    precision = sum(any(same_actor(g, s) for g in gold) for s in system) / len(system)
    recall = sum(any(same_actor(g, s) for s in system) for g in gold) / len(gold)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
