"""Does the clause around a date speak of what is to come, or of what has been? A bare "Monday" hangs on it.

The nearest cue before the date in its sentence decides, then the nearest one after it. The cues stand in
`seeds/reference/dates_direction.yaml`; how far a date then moves is decided in named.py.
"""

from itertools import pairwise

from transforms.dates.lexicon import Tokens
from transforms.reference import document

_CUES = {name: frozenset(words) for name, words in document("dates_direction").items()}
FORWARD, FORWARD_TO, BACK = _CUES["forward"], _CUES["forward_to"], _CUES["back"]
BACK_FOLLOWING = _CUES["back_following"]
ARRANGED, PASSED, PAST_BE = _CUES["arranged"], _CUES["passed"], _CUES["past_be"]
BARRIERS, EXPLETIVE = _CUES["barriers"], _CUES["expletive"]
TIMETABLED, NOT_TIMETABLED = _CUES["timetabled"], _CUES["not_timetabled"]
PUT_OFF, NOT_VERBS, NOT_TENSED = _CUES["put_off"], _CUES["not_verbs"], _CUES["not_tensed"]
CLAUSE, OPENS, SAID, BOUND = _CUES["clause"], _CUES["opens"], _CUES["said"], _CUES["bound"]
POSSESSIVE = ("'s", "’s")
NEAR = 4  # tokens before the date in which a cue is near
WINDOW = 18  # tokens looked at on either side
_ENDS = frozenset(".;!?\n")
_OPENING = "\"“'‘\n"


def lean(tokens: Tokens, first: int, last: int) -> int:
    """1 where the clause around the tokens first:last points forward, -1 where back, 0 where nothing tells."""
    before, after = _before(tokens, first), _after(tokens, last)
    adjacent = _adjacent(before, after)
    if adjacent:
        return adjacent
    # "Wednesday's ruling" has been, but "at Friday's summit" lies where its clause points
    named = after[1] in POSSESSIVE and not ({before[1], *before[2:3]} & BOUND)
    clause = False
    for i in range(1, min(len(before) - 1, NEAR + 1 if named else len(before))):
        cue = _cue(before[i], before[i - 1], before[i + 1])
        if cue > 0 and before[i] in TIMETABLED and (i > NEAR or BARRIERS.intersection(before[1:i])):
            cue = 0  # "talks resume after Monday's attack"
        if cue > 0 and before[i] in ARRANGED and before[i + 1] in PAST_BE and "but" in after:
            return -1  # "were expected on Sunday but did not come"
        if cue > 0 and (_no_longer(before[i : i + 5]) or (i > NEAR and _told(after[1]))):
            return -1
        if clause:  # "are due to decide when they meet Monday": of what stands before the clause only a plan counts
            cue = max(cue, 0)
        if cue:
            return cue
        clause = clause or (i > 1 and before[i] in CLAUSE)
    if named:
        return 0
    for i in range(1, len(after) - 1):
        if after[i] in CLAUSE:  # "On Friday, when she set out for the talks"
            return 0
        cue = -1 if after[i] in BACK_FOLLOWING else _cue(after[i], after[i + 1], after[i - 1])
        if cue:
            return cue
    return 0


def _before(tokens: Tokens, first: int) -> list[str]:
    """The words of the sentence before a token, the nearest first, between two empty ones."""
    words = [""]
    for i in range(first - 1, max(-1, first - 1 - WINDOW), -1):
        word = tokens.word(i)
        if word in _ENDS and not _abbreviation(tokens, i):
            break
        words.append(word)
    return [*words, ""]


def _after(tokens: Tokens, last: int) -> list[str]:
    """The words of the sentence from a token on, between two empty ones."""
    words = [""]
    for i in range(last, min(len(tokens), last + WINDOW)):
        word = tokens.word(i)
        if word in _ENDS and not _abbreviation(tokens, i):
            break
        words.append(word)
    return [*words, ""]


def _adjacent(before: list[str], after: list[str]) -> int:
    """What the words right before the date tell, against all others."""
    here, next_but_one = before[1], before[2] if len(before) > 2 else ""
    if here == "to" and next_but_one in PUT_OFF:  # "extended to Nov. 8"
        return 1
    if here == "as" and next_but_one in ("early", "soon", "late") and before[3:4] == ["as"]:  # "as early as Tuesday"
        return 1
    if here in OPENS or (here in ("on", "in") and next_but_one in OPENS):  # "Parliament reconvenes on Monday"
        return 1
    verb = next_but_one if here in ("on", "in") else here
    subject = (before[3:4] if verb != here else before[2:3]) or [""]
    if verb in ("is", "are") and subject[0] not in EXPLETIVE and after[1] not in POSSESSIVE:  # "The vote is on Monday"
        return 1
    if here == "until" and next_but_one == "" and "had" in after:  # "Until Monday they had not met"
        return -1
    if here == "by" and not PAST_BE.intersection(before[: before.index("that") if "that" in before else None]):
        return 1  # a deadline; but not "had filed by Monday"
    return 0


def _told(word: str) -> bool:
    """Is the word after the date its verb ("the ministry on Sunday issued")?"""
    return word not in PAST_BE and (word in SAID or (word.endswith("ed") and len(word) > 4 and word not in NOT_VERBS))


def _no_longer(words: list[str]) -> bool:
    """Does an arrangement no longer stand? `words` run backwards: "expire to due been"."""
    return any(word in ARRANGED and before in PASSED for word, before in pairwise(words))


def _cue(word: str, following: str, previous: str) -> int:
    if previous in PASSED and word in ARRANGED:
        return -1
    if word in FORWARD:
        return 1
    if word in TIMETABLED and previous not in NOT_TIMETABLED:
        return 1
    if (word in FORWARD_TO and following == "to") or (word == "to" and following == "be"):
        return 1
    if word == "effect" and previous in ("take", "takes", "taking"):
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
