"""Quotations in a text: where marks open and close, line by line. Who speaks in them is no matter of it (`claims`)."""

from bisect import bisect_right
from dataclasses import dataclass

from transforms.records import CleanText

# Writers and content systems mix curly and straight marks, so either closes what the other opened.
CLOSES = {"“": '”"', '"': '"”', "«": "»", "„": "“”", "‘": "’'", "'": "'’"}
SINGLE = frozenset({"‘", "'"})  # are apostrophes, too
ENDING = frozenset(",.?!…—-")  # one of these stands before the mark that closes a single quotation


@dataclass(frozen=True)
class Quotation:
    """A stretch in quotation marks, the marks left out; `closed` is False where it goes on in the next line."""

    start: int
    end: int
    closed: bool


class Quotes:
    """The quotations of one text; a line is read when it is first asked for."""

    def __init__(self, clean: CleanText) -> None:
        self._clean = clean
        self._starts = [line.start for line in clean.lines]
        self._sentences = [sentence.start for sentence in clean.sentences]
        self._read: dict[int, list[Quotation]] = {}

    def line(self, at: int) -> int:
        """Index of the line in which an offset lies."""
        return max(bisect_right(self._starts, at) - 1, 0)

    def of_line(self, line: int) -> list[Quotation]:
        """The quotations of a line, in order."""
        if line not in self._read:
            bounds = self._clean.lines[line]
            self._read[line] = quotations(self._clean.text[bounds.start : bounds.end], bounds.start)
        return self._read[line]

    def around(self, at: int) -> Quotation | None:
        """The quotation in which an offset lies."""
        return next((q for q in self.of_line(self.line(at)) if q.start <= at < q.end), None) if self._starts else None

    def sentences(self, line: int) -> range:
        """Indices of the sentences of a line."""
        bounds = self._clean.lines[line]
        first = bisect_right(self._sentences, bounds.start - 1)
        return range(first, bisect_right(self._sentences, bounds.end - 1))

    def whole_line(self, line: int) -> bool:
        """Whether nothing but quotations stands in a line: the speaker was named in an earlier one."""
        bounds = self._clean.lines[line]
        marked = self.of_line(line)
        outside = sum(1 for c in self._clean.text[bounds.start : bounds.end] if c.isalnum())
        return bool(marked) and outside == sum(c.isalnum() for q in marked for c in self._clean.text[q.start : q.end])


def quotations(text: str, offset: int = 0) -> list[Quotation]:
    """The quotations of a line, none inside another; one that nothing closes runs to the end of the line."""
    found: list[Quotation] = []
    opening, start = "", 0
    for i, mark in enumerate(text):
        before, after = text[i - 1 : i], text[i + 1 : i + 2]
        if not opening:
            opens = mark in CLOSES and (mark not in SINGLE or (not before.isalnum() and after.isalpha()))
            if opens and not (mark == '"' and before.isdigit()):  # a height in inches
                opening, start = mark, i + 1
        elif mark in CLOSES[opening] and (opening not in SINGLE or (before in ENDING and not after.isalnum())):
            found.append(Quotation(offset + start, offset + i, True))
            opening = ""
    if opening and opening not in SINGLE:
        found.append(Quotation(offset + start, offset + len(text), False))
    return found
