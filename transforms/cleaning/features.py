"""What a line looks like, whatever its words mean: whether it ends a sentence, whether it speaks to the reader."""

import re

_SENTENCE_END = re.compile(r"[.!…][\"'”’)\]]*\Z")
_QUOTED = re.compile(r"[“\"„][^“”\"]*[”\"“]")
# Who speaks to the reader: an appeal says "we" and "you" outside quotation marks, a report does not.
# The letters looked for first are those with which its words begin: that halves the time.
_ADDRESS = re.compile(
    r"\b(?=[wuoyrsdn])(?:we|us|our|ours|you|your|yours|readers?|subscribers?|donat\w+|newsletters?)\b", re.IGNORECASE
)


def ends_sentence(line: str) -> bool:
    """Whether the line ends a sentence. A question mark does not tell: headlines end with one too."""
    return _SENTENCE_END.search(line) is not None


def addresses_reader(line: str) -> bool:
    """Whether the line speaks to the reader, or for the paper to the reader, outside of quotation marks."""
    return _ADDRESS.search(_QUOTED.sub("", line)) is not None
