"""Whether a meeting of which only is told what was done before it lies behind: "months before that meeting, he …".

"Ahead of talks with Putin, she said" leaves the talks ahead. They lie behind where the text dates them so, or where
what came before them is itself long past. Which expression dates what is told in `dating`.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from spacy.tokens import Token

from transforms.events.dating import EVE, Dated, Timed
from transforms.events.reading import Reading
from transforms.events.syntax import auxiliaries, clause, in_past, is_verb, path
from transforms.events.triggers import Found
from transforms.vocabulary import Status

LONG = frozenset({"week", "month", "year", "decade"})  # units in which nobody counts towards what is still to come
RECENT = timedelta(days=2)  # what was said so many days ago may have been said of what is still to come


def is_past(
    found: Found, reading: Reading, dated: Dated | None, timed: Sequence[Timed], published: date | None
) -> bool:
    """Whether a meeting that is ahead for what was done before it had taken place when the article was published."""
    if reading.status is not Status.SCHEDULED or reading.temporal not in EVE:
        return False
    if any(step.operator == "PLAN" and not step.relation.startswith("prep:") for step in reading.steps):
        return False  # "ahead of the planned talks"
    if dated is not None and dated.end is not None and published is not None:
        return dated.end < published
    above = _above(found.root)
    if above is None or not in_past(above):
        return False
    if any(a.lower_ == "had" for a in auxiliaries(above)):
        return True  # "Before the call, he had held back the aid"
    if any(t.lemma_.lower() in LONG for t in _measure(found.root)):
        return True
    days = [t.expression.end_date for t in timed if clause(t.governor).i == above.i and t.expression.end_date]
    return published is not None and bool(days) and max(days) < published - RECENT


def _above(noun: Token) -> Token | None:
    """The verb of what was done before a meeting."""
    return next((link.governor for link in path(noun) if is_verb(link.governor)), None)


def _measure(noun: Token) -> list[Token]:
    """The words that measure how long before: "two months before their meeting"."""
    prep = noun.head
    return list(prep.lefts) + ([noun.doc[prep.i - 1]] if prep.i else [])
