"""The words of a text as texts are compared by them, whatever their case and what is between them. What is compared,
and how, does not belong here.
"""

import re

_WORD = re.compile(r"[^\W_]+")
_SIGNS = "‘’“”–—…"  # what news copy in English has outside of ASCII, mostly
_PLAIN = {code: letter if (letter := chr(code)).isalnum() else " " for code in range(128)}


def folded_words(text: str) -> list[str]:
    """The words: runs of letters and digits, case folded; punctuation and white space do not count."""
    folded = text.casefold()
    for sign in _SIGNS:
        folded = folded.replace(sign, " ")
    if folded.isascii():  # the same words, found several times as fast
        return folded.translate(_PLAIN).split()
    return [word for line in folded.split("\n") for word in _words(line)]


def _words(line: str) -> list[str]:
    return line.translate(_PLAIN).split() if line.isascii() else _WORD.findall(line)
