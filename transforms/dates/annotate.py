"""Text in, time expressions out: find them, then resolve each against what is known when it is reached.

Which day the article was published is found out in publication/.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from transforms.dates import calendar
from transforms.dates.calendar import Span
from transforms.dates.context import Context, Resolved
from transforms.dates.direction import lean
from transforms.dates.grammar import Expression, find
from transforms.dates.lexicon import Tokens
from transforms.dates.meaning import Partial
from transforms.dates.resolve import resolved
from transforms.records import TimeExpression
from transforms.vocabulary import Anchor, Precision

if TYPE_CHECKING:
    from transforms.dates.published import Published


WIDEST = 366  # days: what can lie further apart than that is left undated
CLOSE = 12  # tokens back in which a time of day looks for its day
NEAR = 80  # tokens back in which "the next day" and "a week later" look for what they count from


def annotate(text: str, published: "Published | None") -> list[TimeExpression]:
    """The time expressions of a text, in order, resolved against the days on which it can have been published.

    Where these are several and an expression comes out differently for the first and the last, its value stays partial
    and its days are all those that it may denote; none where the days of publication lie more than a year apart."""
    tokens = Tokens(text)
    return annotate_found(tokens, find(tokens), published)


def annotate_found(tokens: Tokens, found: list[Expression], published: "Published | None") -> list[TimeExpression]:
    """The same of a text whose expressions have been found already (`grammar.find`)."""
    if not found:
        return []
    if published is None or published.earliest == published.latest:
        results = _resolve_all(tokens, found, published.earliest if published else None)
    else:
        first = _resolve_all(tokens, found, published.earliest)
        last = _resolve_all(tokens, found, published.latest)
        unknown = _resolve_all(tokens, found, None)
        results = [a if a == b else _either(a, b, c) for a, b, c in zip(first, last, unknown, strict=True)]
    return [_record(tokens.text, found, expression, result) for expression, result in zip(found, results, strict=True)]


def _either(first: Resolved, last: Resolved, unknown: Resolved) -> Resolved:
    """What holds of an expression that comes out differently for the first and the last day of publication."""
    a, b = first.span, last.span
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return unknown
    start, end = min(a.first, b.first), max(a.last, b.last)
    if (end - start).days > WIDEST:
        return unknown
    span = Span(unknown.span.value, start, end, Precision.INTERVAL)
    return replace(unknown, span=span, anchor=first.anchor, anchor_at=first.anchor_at)


def _resolve_all(tokens: Tokens, found: list[Expression], day: date | None) -> list[Resolved]:
    results: list[Resolved] = []
    sentence = recent = near = close = 0
    frame: int | None = None
    for i, expression in enumerate(found):
        if i and (ends := _sentence_ends(tokens, found[i - 1].last_token, expression.first_token)):
            recent, sentence, frame = (sentence if ends == 1 else i), i, None
        if i == sentence and _frames(tokens, expression):
            frame = i
        while expression.first_token - found[near].last_token > NEAR:
            near += 1
        while expression.first_token - found[close].last_token > CLOSE:
            close += 1
        context = _context(tokens, found, i, day)
        context.before, context.near, context.close = results, near, close
        context.recent, context.sentence = recent, sentence
        context.frame = frame if frame is not None and frame < i else None
        results.append(resolved(expression.meaning, context))
    return results


def _context(tokens: Tokens, found: list[Expression], i: int, day: date | None) -> Context:
    def following() -> tuple[int, Resolved] | None:
        """The next expression, as far as it can be dated by itself: by none further on, or this would never end."""
        if i + 1 == len(found):
            return None
        return i + 1, resolved(found[i + 1].meaning, Context(day, lean=_leaning(tokens, found[i + 1])))

    return Context(day, lean=_leaning(tokens, found[i]), following=following)


def _frames(tokens: Tokens, e: Expression) -> bool:
    """Is it a year with which a sentence begins: "In 2014, they agreed in May"?"""
    year = isinstance(e.meaning, Partial) and e.meaning.year is not None and e.meaning.month is None
    opens = e.first_token > 0 and tokens.word(e.first_token - 1) == "in" and tokens.form(e.first_token - 1)[0] == "I"
    return year and opens and e.last_token < len(tokens) and tokens.form(e.last_token) == ","


def _leaning(tokens: Tokens, expression: Expression) -> Callable[[], int]:
    return lambda: lean(tokens, expression.first_token, expression.last_token)


def _sentence_ends(tokens: Tokens, start: int, end: int) -> int:
    """How many sentences end between two tokens; blank lines between them count once."""
    marks = [i for i in range(start, end) if tokens.form(i) in ".!?\n"]
    return sum(1 for i, mark in enumerate(marks) if not i or mark > marks[i - 1] + 1)


def _record(text: str, found: list[Expression], e: Expression, r: Resolved) -> TimeExpression:
    return TimeExpression(
        start=e.start,
        end=e.end,
        text=text[e.start : e.end],
        type=r.type,
        value=r.span.value,
        mod=r.mod,
        start_date=r.span.first,
        end_date=r.span.last,
        precision=r.span.precision,
        anchor=r.anchor,
        anchor_start=found[r.anchor_at].start if r.anchor_at is not None else None,
        offset=r.offset,
        direction=r.direction,
        rule=e.rule,
    )


def resolve(expression: TimeExpression, interval: tuple[date, date]) -> tuple[date, date] | None:
    """The days of an expression that counts from an event ("two days ahead of the talks"), given the days of the
    event; None where it does not count from one, or its distance is not known in days or longer units."""
    if expression.anchor is not Anchor.EVENT or not expression.offset or not expression.direction:
        return None
    distance = calendar.parse_duration(expression.offset)
    if distance is None:
        return None
    count, unit = distance
    first, last = (calendar.add(day, expression.direction * count, unit) for day in interval)
    return (first, last) if first and last else None
