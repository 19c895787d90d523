"""Labels each line of a clean text: headline, dateline, caption, boilerplate, else content. It takes nothing away.

The rules are data, with their examples: `seeds/reference/boilerplate.yaml`. What a sentence is belongs to `sentences`.
"""

from collections.abc import Iterator, Sequence, Set
from functools import cache

from transforms.cleaning.features import addresses_reader, ends_sentence
from transforms.cleaning.repeated import line_key, may_be_furniture
from transforms.cleaning.rules import Chosen, Rule, rules
from transforms.records import Line
from transforms.vocabulary import LineKind

_HEADLINE_LONGEST = 180  # characters; headlines of news sites rarely pass 120
_LIST_LONGEST_ITEM = 140
_LIST_LONGEST_QUESTION = 90  # of prose that asks something, headlines are shorter
_LIST_MOST_ITEMS = 15
_INSIDE, _ALONE, _HEADINGS = ("inside",), ("whole", "start", "anywhere"), ("list", "appeal")  # `at` of their rules
_SHORT = 80  # characters below which a line that ends no sentence may be a button in an appeal


def label_lines(text: str, repeated: Set[int] = frozenset()) -> list[Line]:
    """The lines of a clean text that hold anything, in order. Where a rule cuts a stretch out of a line, the parts
    are lines of their own; blanks between them belong to none.

    `repeated` are the keys (`repeated.line_key`) of the lines that its source repeats.
    """
    lowered = text.lower()  # most of what rules ask for is nowhere in a text
    inside, alone, headings = (Chosen(_rules_at(*at), lowered) for at in (_INSIDE, _ALONE, _HEADINGS))
    lines = [part for start, end in _spans(text) for part in _cut(text, start, end, inside)]
    lines = [line if line.reason else _label(text, line, alone, first=i == 0) for i, line in enumerate(lines)]
    lines = [_repeated(text, line, repeated) if i and repeated else line for i, line in enumerate(lines)]
    lines = _blocks(text, lines, headings)
    return _headline(text, lines)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end > start and not text[start:end].isspace():
            yield start, end
        start = end + 1


def _cut(text: str, start: int, end: int, inside: Chosen) -> Iterator[Line]:
    """The line, or its parts where a rule that labels inside a line applies; of rules that overlap, the first one."""
    line = text[start:end]
    labelling = inside.labelling(line, line.lower())
    found = [(*rule.cut(match), rule) for rule in labelling for match in rule.pattern.finditer(line)]
    at = 0
    for first, last, rule in sorted(found, key=lambda cut: cut[:2]):
        if first >= at:
            yield from _content(line, at, first, start)
            yield Line(start=start + first, end=start + last, kind=rule.kind, reason=rule.name)
            at = last
    yield from _content(line, at, len(line), start)


def _content(line: str, first: int, last: int, offset: int) -> Iterator[Line]:
    while first < last and line[first].isspace():
        first += 1
    while last > first and line[last - 1].isspace():
        last -= 1
    if last > first:
        yield Line(start=offset + first, end=offset + last, kind=LineKind.CONTENT)


@cache
def _rules_at(*places: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if rule.at in places)


def _label(text: str, line: Line, rules: Chosen, *, first: bool) -> Line:
    content = text[line.start : line.end]
    rule = _first(rules, content, first=first)
    return _with(line, rule.kind, rule.name) if rule else line


def _first(rules: Chosen, content: str, *, first: bool) -> Rule | None:
    """The first of the rules that label a line, which may be the first one of its text."""
    labelling = rules.labelling(content, content.lower())
    return next((rule for rule in labelling if rule.first or not first), None)


def _repeated(text: str, line: Line, repeated: Set[int]) -> Line:
    """The line, labelled where its source repeats it and it looks like furniture; prose stays content."""
    content = text[line.start : line.end]
    if line.kind is LineKind.CONTENT and may_be_furniture(content) and line_key(content) in repeated:
        return _with(line, LineKind.BOILERPLATE, "repeated")
    return line


def _with(line: Line, kind: LineKind, reason: str) -> Line:
    return line.model_copy(update={"kind": kind, "reason": reason})


def _blocks(text: str, lines: Sequence[Line], headings: Chosen) -> list[Line]:
    """Labels the lines under a heading: a list of other stories, or an appeal to the reader."""
    labelled: list[Line] = []
    block: Rule | None = None
    items = 0
    for i, line in enumerate(lines):
        content = text[line.start : line.end]
        heading = _first(headings, content, first=i == 0)
        if heading:
            block, items = heading, 0
        elif block and line.kind is LineKind.CONTENT and not _goes_on(block, content, items):
            block = None
        if block and line.kind is LineKind.CONTENT:
            line = _with(line, block.kind, block.name)
            items += 1
        labelled.append(line)
    return labelled


def _goes_on(block: Rule, content: str, items: int) -> bool:
    if block.at == "list":
        longest = _LIST_LONGEST_QUESTION if content.endswith("?") else _LIST_LONGEST_ITEM
        return len(content) <= longest and items <= _LIST_MOST_ITEMS and not ends_sentence(content)
    if len(content) < _SHORT and not ends_sentence(content):
        return True
    return addresses_reader(content)


def _headline(text: str, lines: list[Line]) -> list[Line]:
    """Labels the first line of content where it is short, ends no sentence and has more below; and its repetitions."""
    first = next((i for i, line in enumerate(lines) if line.kind is LineKind.CONTENT), None)
    if first is None or not any(line.kind is LineKind.CONTENT for line in lines[first + 1 :]):
        return lines
    headline = text[lines[first].start : lines[first].end]
    if not text.startswith("\n", lines[first].end):
        return lines  # what stands before a stretch that was cut out of its line is no headline
    if len(headline) > _HEADLINE_LONGEST or ends_sentence(headline):
        return lines
    return [
        _with(line, LineKind.HEADLINE, "headline")
        if i == first or (line.kind is LineKind.CONTENT and text[line.start : line.end] == headline)
        else line
        for i, line in enumerate(lines)
    ]
