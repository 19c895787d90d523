"""Does the clause around a date speak of what is to come, or of what has been? A bare "Monday" hangs on it.

The nearest cue before the date in its sentence decides, then the nearest one after it. The cues stand in
`seeds/reference/dates_direction.yaml`; how far a date then moves is decided in named.py.
"""

from itertools import pairwise

from transforms.dates.lexicon import Tokens
from transforms.reference import document

_CUES = {name: frozenset(words) for name, words in document("dates_direction").items()}
FORWARD, FORWARD_TO, BACK = _CUES["forward"], _CUES["forward_to"], _CUES["back"]
ARRANGED, PASSED, PAST_BE = _CUES["arranged"], _CUES["passed"], _CUES["past_be"]
PUT_OFF, NOT_VERBS, NOT_TENSED = _CUES["put_off"], _CUES["not_verbs"], _CUES["not_tensed"]
CLAUSE = _CUES["clause"]
WINDOW = 14  # tokens looked at on either side
_ENDS = frozenset(".;!?\n")
_OPENING = "\"“'‘\n"


def lean(tokens: Tokens, first: int, last: int) -> int:
    """1 where the clause around the tokens first:last points forward, -1 where back, 0 where nothing tells."""
    words = [""]
    for i in range(first - 1, max(-1, first - 1 - WINDOW), -1):
        word = tokens.word(i)
        if word in _ENDS and not _abbreviation(tokens, i):
            break
        words.append(word)
    words.append("")
    if words[1] == "to" and words[2] in PUT_OFF:  # "extended to Nov. 8"
        return 1
    if words[1] == "by" and not PAST_BE.intersection(words[: words.index("that") if "that" in words else None]):
        return 1  # a deadline; but not "had filed by Monday"
    for i in range(1, len(words) - 1):
        cue = _cue(words[i], words[i - 1], words[i + 1])
        if cue > 0 and _no_longer(words[i : i + 5]):
            return -1
        if cue or (i > 1 and words[i] in CLAUSE):
            return cue
    previous = ""
    for i in range(last, min(len(tokens), last + WINDOW)):
        word = tokens.word(i)
        if word in _ENDS and not _abbreviation(tokens, i):
            break
        following = tokens.word(i + 1) if i + 1 < len(tokens) else ""
        cue = _cue(word, following, previous)
        if cue:
            return cue
        previous = word
    return 0


def _no_longer(words: list[str]) -> bool:
    """Does an arrangement no longer stand? `words` run backwards: "expire to due been"."""
    return any(word in ARRANGED and before in PASSED for word, before in pairwise(words))


def _cue(word: str, following: str, previous: str) -> int:
    if previous in PASSED and word in ARRANGED:
        return -1
    if word in FORWARD:
        return 1
    if (word in FORWARD_TO and following == "to") or (word == "to" and following == "be"):
        return 1
    past = word in BACK or (word.endswith("ed") and len(word) > 4 and word not in NOT_VERBS)
    return -1 if past and previous not in NOT_TENSED else 0


def _abbreviation(tokens: Tokens, i: int) -> bool:
    """Is the full stop at token i inside a sentence: after one letter ("U.S.") or before a small letter or digit?"""
    if tokens.word(i) != ".":
        return False
    before = tokens.form(i - 1) if i else ""
    after = tokens.form(i + 1) if i + 1 < len(tokens) else ""
    return (len(before) == 1 and before.isupper()) or (
        after != "" and not after[0].isupper() and after[0] not in _OPENING
    )
