"""Tells whether the name of a place says where something is, or stands for those who govern there.

"talks in Moscow", "flew to Moscow", "the Moscow talks" are locations; "Moscow said", "talks with Moscow" are not.
"""

from transforms.actors.gazetteer import Sense, lookup
from transforms.actors.sentence import Sentence
from transforms.actors.words import word_set

_DATELINE_MARKS = frozenset({",", "(", "-", "–", "—", ":", "--", "/"})
_MODIFIER_DEPS = frozenset({"compound", "nmod", "amod", "npadvmod"})


def is_location(sentence: Sentence, start: int, end: int, *, city: bool) -> bool:
    """Whether the place name at these tokens is a location. `city`: a capital or other town, not a state's own name."""
    if city and _dateline(sentence, start, end):
        return True
    if _follows_place(sentence, start):
        return True
    if city and sentence.deps[start] == "appos" and sentence.lemmas[sentence.heads[start]].lower() in word_set("part"):
        return True  # "the capital, Sanaa"
    root = _first_conjunct(sentence, sentence.root_of(start, end))
    dep, head = sentence.deps[root], sentence.heads[root]
    lemma = sentence.lemmas[head].lower()
    if dep == "pobj":
        return _after_preposition(sentence, head, city)
    if dep == "dobj":
        return lemma in word_set("visit")
    if dep in _MODIFIER_DEPS and head >= end:
        return city and sentence.tags[head].startswith("NN")
    if dep == "poss":
        return city and lemma in word_set("part")
    return False


def _after_preposition(sentence: Sentence, preposition: int, city: bool) -> bool:
    word = sentence.lower[preposition]
    if word in word_set("preposition"):
        return True
    governor = sentence.heads[preposition]
    lemma = sentence.lemmas[governor].lower()
    if word in ("to", "for", "toward", "towards"):
        return lemma in word_set("motion")
    if word == "from":
        return lemma in word_set("motion") or (city and not sentence.tags[governor].startswith("NN"))
    if word in ("of", "over"):
        return lemma in word_set("part") or (city and word == "of" and not sentence.tags[governor].startswith("V"))
    return False


def _first_conjunct(sentence: Sentence, token: int) -> int:
    """ "in Moscow and Kyiv": what holds of the first name holds of the second."""
    for _ in range(len(sentence)):
        if sentence.deps[token] not in ("conj", "appos") or not sentence.tags[sentence.heads[token]].startswith("NNP"):
            return token
        token = sentence.heads[token]
    return token


def _follows_place(sentence: Sentence, start: int) -> bool:
    """ "Astana, Kazakhstan": a comma and a town right before."""
    return (
        start >= 2
        and sentence.words[start - 1] == ","
        and sentence.entity_of[start - 2] in ("GPE", "FAC", "LOC")
        and not _is_state(sentence.words[start - 2])
        and sentence.deps[start] in ("appos", "npadvmod", "nmod", "compound")
    )


def _is_state(word: str) -> bool:
    entry = lookup(word)
    return entry is not None and entry.sense is Sense.STATE


def _dateline(sentence: Sentence, start: int, end: int) -> bool:
    """ "MOSCOW, Oct 11 (Reuters) -": in capitals, or before a mark, at the beginning of a sentence."""
    if start > 0 or end >= len(sentence):
        return False
    return sentence.words[end] in _DATELINE_MARKS and (
        sentence.words[start].isupper() or sentence.words[end] in ("(", "—", "–", "--", "-")
    )
