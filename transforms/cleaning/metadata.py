"""What labelled lines say of an article as a whole: who wrote it, and where. Which lines say it belongs to `lines`."""

import re
from collections.abc import Iterator, Sequence

from transforms.records import Line
from transforms.vocabulary import LineKind

_BEFORE = 3  # lines of content before which a byline stands; below, it is that of a box inside the article
_BYLINE, _CREDITS = "byline", "credits"  # rules of boilerplate.yaml
_DATELINES = frozenset({"dateline", "dateline_inside"})

_BY = re.compile(r"\W*by:? ", re.IGNORECASE)
_AFTER_NAMES = re.compile(r" ?[|–—].*| - .*", re.DOTALL)
_REPORTED = re.compile(r"\W*(?:reporting|written|writing|reported) by:? ([^;|()]+)", re.IGNORECASE)
# What follows the place in a dateline: the day, the agency, the dash.
_AFTER_PLACE = re.compile(
    r",? (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d.*| ?\(.*| ?--.*| ?[–—].*| -.*",
    re.IGNORECASE | re.DOTALL,
)


def byline(text: str, lines: Sequence[Line]) -> str | None:
    """Who wrote it, as the byline says without "By"; where there is none, as the credit "Reporting by" says.

    `lines` are the labelled lines of the clean text, in order; None where no line says it.
    """
    content = 0
    for line in lines:
        content += line.kind is LineKind.CONTENT
        if content > _BEFORE:
            break
        if line.reason == _BYLINE:
            names = _AFTER_NAMES.sub("", _BY.sub("", text[line.start : line.end], count=1))
            return names.strip(" .,") or None
    credits = (text[line.start : line.end] for line in lines if line.reason == _CREDITS)
    return next((found[1].strip(" .,") for found in map(_REPORTED.match, credits) if found), None)


def dateline(text: str, lines: Sequence[Line]) -> str | None:
    """The place of the first dateline that names one, as it is written, without day and agency; None without one."""
    return next(_places(text, lines), None)


def _places(text: str, lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        if line.reason in _DATELINES:
            place = _AFTER_PLACE.sub("", text[line.start : line.end], count=1).strip(" ,-–—")
            if place:
                yield place
