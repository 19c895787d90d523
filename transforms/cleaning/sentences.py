"""Splits a line into sentences by rules. What kind of line it is belongs to `lines`.

The rules are those of news copy in English; words that they turn on are data: `abbreviations.csv`,
`sentence_openers.csv`. Each full stop is looked at once, with a bounded stretch on either side: linear time.
"""

import re
from collections.abc import Iterator
from functools import cache

from transforms import reference

# A parser's time and memory grow with the sentence, and no sentence of news copy is as long: cut at a blank.
LONGEST_SENTENCE = 2_000  # characters

_CLOSERS = "\"'”’»)\\]}“"
_OPENERS = "\"'“‘”’«„(\\[{¿¡"
_STOP = re.compile(rf"(?<![.!?…])([.!?…]++)([{_CLOSERS}]*+)")
_NEXT = re.compile(rf"\s*+([{_OPENERS}]*+)(?:[-–—*•]\s)?(\w*+)")
_LAST_WORD = re.compile(r"[^\s\"'“‘”’«„(\[{—–/-]*\Z")
_LOOK_BACK = 24  # characters: longer than any abbreviation
_DOTTED = re.compile(r"(?:[A-Za-z]{1,2}\.)+[A-Za-z]{1,2}\Z")
_ROMAN = re.compile(r"[IVXLC]+\Z")
_NUMBERED = re.compile(r"\W*\w{1,3}\Z")
# "… again!" President Petrov said: the sentence goes on after an exclamation or a question that is quoted.
_ATTRIBUTION = re.compile(
    r"\s*(?:[A-Z][\w.’'-]*\s){1,5}(?:said|says|asked|added|told|wrote|tweeted|replied|shouted|cried|declared)\b"
)
_STRAY_QUOTE = re.compile(r"\s*[\"”’']\s+[a-z]")  # a closing quotation mark set off by a blank: "Why? " he asked
_LETTER = re.compile(r"\w")
_LINE_END = frozenset(".!?…\"'”’)")
_PARTICLE = re.compile(r"\s*[\"“‘(]*(?:al|el|ad|as|ash|de|di|da|von|van|bin|ibn)[ -][A-Z]")
_GLUED_BEFORE = re.compile(r"[a-z]{3}\Z|[a-z)]{2}[”’\"]\Z")
_GLUED_AFTER = re.compile(r"[“‘\"]?[A-Z][a-z’'\s]")


@cache
def _abbreviations() -> dict[str, str]:
    classes: dict[str, str] = {}
    for row in reference.table("abbreviations"):
        classes[row["abbreviation"]] = classes[row["abbreviation"].upper()] = row["class"]
    return classes


@cache
def _openers() -> frozenset[str]:
    return frozenset(row["word"] for row in reference.table("sentence_openers"))


def split_sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of the line text[start:end], in order, without the blanks around them.

    Offsets are into `text`. Closing quotation marks and brackets belong to the sentence that they end. A sentence
    longer than LONGEST_SENTENCE is given in parts.
    """
    line = text[start:end]
    begin = 0
    letter = _next_letter(line, 0)  # of the sentence that begins at `begin`
    for stop in _STOP.finditer(line):
        if letter < stop.start() and stop.end() < len(line) and _ends(line, begin, stop):
            yield from _trimmed(line, begin, stop.end(), start)
            begin = stop.end()
            letter = _next_letter(line, begin)
    yield from _trimmed(line, begin, len(line), start)


def _next_letter(line: str, begin: int) -> int:
    """Where the first letter or figure stands; stops before it only lead into the sentence."""
    found = _LETTER.search(line, begin)
    return found.start() if found else len(line)


def _trimmed(line: str, begin: int, end: int, offset: int) -> Iterator[tuple[int, int]]:
    while begin < end and line[begin].isspace():
        begin += 1
    while end > begin and line[end - 1].isspace():
        end -= 1
    while end - begin > LONGEST_SENTENCE:
        cut = line.rfind(" ", begin + 1, begin + LONGEST_SENTENCE)
        cut = cut if cut > 0 else begin + LONGEST_SENTENCE
        yield offset + begin, offset + cut
        begin = cut + (line[cut] == " ")
    if end > begin:
        yield offset + begin, offset + end


def _ends(line: str, begin: int, stop: re.Match[str]) -> bool:
    """Whether the sentence that began at `begin` ends with this stop; something follows it in the line."""
    mark, closers, after = stop.group(1), stop.group(2), stop.end()
    if not line[after].isspace():
        return _ends_glued(line, stop)
    following = _NEXT.match(line, after)
    assert following is not None  # all its parts may be empty
    word = following.group(2)
    if not word:  # a dash, a sign, or the end of the line
        if _STRAY_QUOTE.match(line, after):
            return False
        return mark not in {".", "…"} or not _abbreviation_class(line, begin, stop.start())
    if word[0].islower():
        return bool(_PARTICLE.match(line, after)) and not _abbreviation_class(line, begin, stop.start())
    if mark[-1] in "!?":
        return not (closers and _ATTRIBUTION.match(line, after))
    if mark != ".":
        return True
    return _full_stop_ends(line, begin, stop.start(), word, bool(closers))


def _full_stop_ends(line: str, begin: int, at: int, word: str, closed: bool) -> bool:
    """Whether the full stop at `at` ends a sentence; `word`, which follows, does not begin with a small letter."""
    kind = _abbreviation_class(line, begin, at)
    if kind is None:
        return True
    if kind in {"title", "list"}:
        return False
    if kind == "number":
        return not (word[0].isdigit() or _ROMAN.match(word))
    if line[-1] not in _LINE_END:  # a headline, in which every word may have a capital
        return False
    return closed or word in _openers()


def _abbreviation_class(line: str, begin: int, at: int) -> str | None:
    """Class of the abbreviation that ends in the full stop at `at`, None where there is none.

    Besides the classes of abbreviations.csv: `initial` (a single capital) and `list` (a number that opens the line).
    """
    found = _LAST_WORD.search(line, max(begin, at - _LOOK_BACK), at)
    word = found.group() if found else ""
    if not word:
        return None
    if at - begin <= 5 and _NUMBERED.match(line, begin, at) and word.isdigit():
        return "list"
    if len(word) == 1 and word.isalpha() and word.isupper():
        return "number" if word == "I" and at - begin > 1 else "initial"
    if _DOTTED.match(word):
        return "inner"
    return _abbreviations().get(word)


def _ends_glued(line: str, stop: re.Match[str]) -> bool:
    """Whether a sentence ends although no blank follows: "…the talks.The next …"."""
    if stop.group(1) not in {".", "!", "?"}:
        return False
    before = line[max(0, stop.start() - 3) : stop.start()]
    return bool(_GLUED_BEFORE.search(before)) and bool(_GLUED_AFTER.match(line, stop.end()))
