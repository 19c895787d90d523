"""When an event lies: the time expression that belongs to its clause, by the tree and not by distance.

Finding and resolving time expressions is `transforms.dates`' work. No date is guessed: where none of the sentence's
expressions belongs to the event, it has none here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from spacy.tokens import Doc, Token

from transforms.dates import resolve
from transforms.dates.calendar import add, containing, parse_duration
from transforms.events.reading import Reading
from transforms.events.syntax import MAX_DEPTH, clause, first_conjunct, is_verb, lemma, step
from transforms.events.triggers import Found
from transforms.events.words import words
from transforms.records import TimeExpression
from transforms.vocabulary import Anchor, DateBasis, EventType, Precision, Status, TimexType

Interval = tuple[date, date]

# Prepositions after which a date bounds something else, or ends what lasts.
BOUNDING = frozenset({"until", "till", "by", "before", "within", "through", "to", "than", "of", "ahead"})
EVE = frozenset({"before", "ahead of", "prior to", "in the run-up to", "until"})  # what was done before a meeting
# Operators of acts that are not the meeting: their day is not the meeting's.
ACTS = frozenset({"CALL", "PROPOSE", "REFUSE", "CANCEL", "POSTPONE", "PLAN"})
WEEKDAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
LASTING = frozenset({Status.IN_EFFECT, Status.IMPOSED, Status.ONGOING})
PLACING = frozenset(
    {"hold", "host", "stage", "schedule", "plan", "set", "arrange"}
)  # verbs that give a meeting its day
DURING = frozenset({"after", "following", "during", "at", "on", "in", "since"})
TRAVELLING = words("travelling")
# Whose day is taken where the status is an act of speech: "said on Friday that it would impose sanctions".
SPOKEN = frozenset(
    {
        Status.THREATENED,
        Status.PROPOSED,
        Status.CALLED_FOR,
        Status.REJECTED,
        Status.VIOLATED,
        Status.AGREED,
        Status.EXTENDED,
    }
)


@dataclass(frozen=True)
class Dated:
    """The days in which an event lies, and the expression that told them; empty where none did."""

    start: date | None
    end: date | None
    precision: Precision | None
    text: str
    basis: DateBasis


@dataclass(frozen=True)
class Timed:
    """A time expression in a parsed sentence: the token that heads it, what it hangs on, and by which preposition."""

    expression: TimeExpression
    root: Token
    governor: Token
    preposition: str

    @property
    def dated(self) -> Dated:
        e = self.expression
        basis = DateBasis.EXPLICIT if e.anchor is Anchor.NONE else DateBasis.RELATIVE
        return Dated(e.start_date, e.end_date, e.precision, e.text, basis)


def locate(doc: Doc, offset: int, expressions: Sequence[TimeExpression]) -> list[Timed]:
    """The expressions that lie in a sentence which begins at `offset`, with what each hangs on."""
    found, length = [], len(doc.text)
    for expression in expressions:
        start, end = expression.start - offset, expression.end - offset
        if start < 0 or end > length:
            continue
        if expression.type not in {TimexType.DATE, TimexType.TIME} and expression.anchor is not Anchor.EVENT:
            continue
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            continue
        governor, preposition = _governor(span.root, span.start, span.end)
        found.append(Timed(expression, span.root, governor, preposition))
    return found


def _governor(root: Token, start: int, end: int) -> tuple[Token, str]:
    """What an expression hangs on; names of places and other dates in between are passed over."""
    here, preposition = root, ""
    for _ in range(6):
        link = step(here)
        if link is None:
            return here, preposition
        if link.relation.startswith("prep:") and not preposition:
            preposition = link.relation.removeprefix("prep:")
        here = link.governor
        inside = start <= here.i < end
        place = here.ent_type_ in {"GPE", "LOC", "FAC", "DATE", "TIME"} and here.dep_ in {
            "pobj",
            "npadvmod",
            "conj",
            "appos",
        }
        if not inside and not place:
            return here, preposition
    return here, preposition


def choose(
    event_type: EventType,
    found: Found,
    reading: Reading,
    timed: Sequence[Timed],
    others: Sequence[Found],
    published: date | None,
) -> tuple[Timed, Dated] | None:
    """The expression that dates one stage, and its days; None where none of the sentence belongs to it.

    `others` are the sentence's triggers: a date that hangs on another event is that event's.
    """
    best: tuple[int, int, Timed] | None = None
    for one in timed:
        if one.expression.start_date is None and one.expression.end_date is None:
            continue
        if _of_another(one, found, others):
            continue
        value = _fit(event_type, found, reading, one, published) * 2
        if one.expression.anchor is Anchor.EXPRESSION:
            value -= 1  # "a week earlier, on February 21": the date itself is surer
        if value > 0 and (best is None or value > best[0]):
            best = (value, -abs(one.root.i - found.root.i), one)
    if best is None and (heading := _heading(timed, found)) is not None:
        return heading, heading.dated
    if best is None:
        return None
    chosen = best[2]
    return chosen, _joined(chosen, timed)


def _heading(timed: Sequence[Timed], found: Found) -> Timed | None:
    """The date with which the sentence of a timeline begins: "April 2017: Trump welcomes Xi"."""
    doc = found.root.doc
    for one in timed:
        text = one.expression.text
        if doc.text.startswith(text) and doc.text[len(text) : len(text) + 1] == ":" and one.expression.start_date:
            return one
    return None


def age(one: TimeExpression, published: date | None) -> Dated | None:
    """The days on which something began that is "two-day-old" or "8-month-old" on the day of publication."""
    length = parse_duration(one.value) if one.text.lower().endswith("old") else None
    begun = add(published, -length[0], length[1]) if length and published else None
    if begun is None or length is None:
        return None
    span = containing("day" if length[1] == "day" else length[1], begun)
    return Dated(span.first, span.last, span.precision, one.text, DateBasis.RELATIVE) if span else None


def turned(chosen: tuple[Timed, Dated], status: Status | None, published: date | None) -> Dated:
    """The days with a bare weekday turned to the side of publication on which the status says that the event lies."""
    one, dated = chosen
    if published is None or dated.start is None or dated.end is None or one.expression.anchor is not Anchor.PUBLICATION:
        return dated
    parts = one.expression.text.lower().split()
    if (
        parts[-1] in MONTHS
        and parts[0] not in {"last", "past"}
        and status in {Status.SCHEDULED, Status.PROPOSED}
        and dated.end < published
    ):
        first, last = dated.start, dated.end
        return replace(dated, start=_next_year(first), end=_next_year(last + timedelta(days=1)) - timedelta(days=1))
    if parts[-1] in MONTHS and status is Status.HELD and dated.start > published and one.governor.tag_ == "VBD":
        first, after = dated.start, dated.end + timedelta(days=1)
        return replace(dated, start=_last_year(first), end=_last_year(after) - timedelta(days=1))
    if one.expression.text.lower() not in WEEKDAYS:
        return dated
    week = timedelta(days=7)
    if status in {Status.SCHEDULED, Status.ONGOING} and dated.end < published:  # "are meeting in Oslo on Thursday"
        return replace(dated, start=dated.start + week, end=dated.end + week)
    if status is Status.HELD and dated.start > published:
        return replace(dated, start=dated.start - week, end=dated.end - week)
    return dated


def _last_year(day: date) -> date:
    return day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else date(day.year - 1, 3, 1)


def _next_year(day: date) -> date:
    return day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else date(day.year + 1, 3, 1)


def _of_another(one: Timed, found: Found, others: Sequence[Found]) -> bool:
    """Whether an expression hangs on another event, or on a noun that is no event ("Thursday's accord")."""
    governor = one.governor
    if governor.i in range(found.span.start, found.span.end) or governor.i == found.root.i:
        return False
    for other in others:
        if other.root.i != governor.i or other.root.i == first_conjunct(found.root).i:
            continue
        link = step(other.root)
        # "met for Monday's talks": one event
        return not (link is not None and link.governor.i == found.root.i and link.relation in {"prep:for", "prep:in"})
    return one.root.dep_ in {"poss", "compound", "nmod"} and governor.pos_ == "NOUN"


def _joined(chosen: Timed, timed: Sequence[Timed]) -> Dated:
    """The chosen expression with the days coordinated to it: "on February 26 and 27"."""
    dated = chosen.dated
    for other in timed:
        if (
            other is chosen
            or other.root.dep_ != "conj"
            or first_conjunct(other.root).i != first_conjunct(chosen.root).i
        ):
            continue
        if dated.start and other.expression.end_date and 0 <= (other.expression.end_date - dated.start).days <= 31:
            dated = Dated(dated.start, other.expression.end_date, Precision.INTERVAL, dated.text, dated.basis)
    return dated


def _fit(event_type: EventType, found: Found, reading: Reading, one: Timed, published: date | None) -> int:
    """How surely an expression dates the stage: 0 not at all, 5 it hangs on the trigger itself."""
    root, governor, preposition = found.root, one.governor, one.preposition
    steps = {s.word.i: s for s in reading.steps if s.relation != "tense"}
    acting = event_type is not EventType.MEETING
    if reading.since:
        if preposition == "since":
            return 5
    elif preposition == "since":
        own_clause = governor.head.i == root.i and governor.dep_ in {"acl", "relcl"}
        if reading.status not in LASTING or not (governor.i in steps or governor.i == root.i or own_clause):
            return 0
    elif preposition in BOUNDING and not (preposition == "of" and governor.i == root.i):
        return 0
    if reading.temporal in EVE and governor.i not in {t.i for t in root.subtree}:
        return 0  # "said on Monday ahead of talks": the day of what was said
    named = first_conjunct(root)
    span = range(found.span.start, found.span.end)
    if governor.i == named.i != root.i and one.root.i < root.i:
        return 2  # "met Cho on Wednesday and will see Wang on Friday": its own day, if it has one
    if governor.i in span or governor.i == named.i:
        if acting and one.root.dep_ in {"poss", "compound", "nummod", "amod", "nmod"}:
            return 5 if reading.status in {Status.AGREED, Status.IN_EFFECT, Status.IMPOSED, None} else 1
        return 5
    if governor.i in steps:
        said = steps[governor.i]
        if event_type is EventType.MEETING and said.operator in ACTS:
            ahead = (
                one.expression.start_date is not None
                and published is not None
                and one.expression.start_date > published
            )
            ahead = (
                ahead
                or preposition in {"for", "from"}
                or (preposition == "on" and said.word.lemma_ in {"due", "schedule", "set"})
            )
            return 3 if said.operator == "PLAN" and ahead else 0
        return 4
    if governor.i in _around_where(root):
        return 3
    if not acting and root.dep_ in {"advcl", "xcomp"} and root.head.i == governor.i and lemma(governor) in TRAVELLING:
        return 3  # "will fly to Ankara on Friday to meet him"
    if governor.head.i == root.i and governor.dep_ in {"acl", "relcl", "amod"}:
        if preposition == "since" and reading.status in LASTING:
            return 3  # "the sanctions that have weighed on Kosovo since 2023"
        if not acting and (preposition == "for" or lemma(governor) in PLACING):
            return 4  # "his meeting with her, planned for Wednesday, was put off"
    holder = clause(governor)
    if holder.i == clause(root).i:
        hung = step(root)
        if not reading.told and not acting and (hung is None or hung.governor.i != holder.i):
            if one.root.i > root.i and one.expression.precision is not Precision.DAY and _follows(one, root):
                return 1  # "wanted the transcript of a call between Trump and Xi in late July"
            return 0  # "stressed on Tuesday the role of the U.N. in the talks"
        if is_verb(governor) or governor.dep_ in {"pobj", "dobj", "attr", "nsubj", "nsubjpass", "npadvmod", "conj"}:
            return 2
        return 1
    verb = clause(root)
    if not acting and verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.head.i == holder.i:
        return 1  # "wrapped up his visit on Sunday, describing his talks with Kim as productive"
    if any(holder.i == i and (acting or s.operator not in ACTS) for i, s in steps.items()):
        return 2
    if reading.temporal in DURING and is_verb(holder) and event_type is EventType.MEETING:
        return 1 if any(link_holder.i == holder.i for link_holder in _above(root)) else 0
    if acting and reading.status in SPOKEN and any(link_holder.i == holder.i for link_holder in _above(root)):
        return 1
    return 0


def _follows(one: Timed, noun: Token) -> bool:
    """Whether an expression stands behind a noun and its parties with nothing but prepositions in between."""
    end = max((t.i for t in noun.subtree if t.i < one.root.left_edge.i), default=noun.i)
    between = noun.doc[end + 1 : one.root.left_edge.i]
    return all(t.pos_ == "ADP" for t in between)


def _around_where(token: Token) -> set[int]:
    """The words over the "Tokyo" of "a visit to Tokyo on Friday, where he met her", as far as the next verb: what
    dates these dates what happened there."""
    here = token
    for _ in range(MAX_DEPTH):
        if here.dep_ == "relcl" and any(c.lower_ == "where" for c in here.children):
            found: set[int] = set()
            here = here.head
            while here.head.i != here.i and len(found) < MAX_DEPTH:
                found.add(here.i)
                if is_verb(here):
                    return found
                here = here.head
            return found | {here.i}
        if here.head.i == here.i:
            break
        here = here.head
    return set()


def _above(token: Token) -> list[Token]:
    """The verbs over a token, the nearest first, as far as the sentence's root."""
    found = []
    here = token
    while here.head.i != here.i:
        if here.dep_ in {"relcl", "appos"}:
            break
        here = here.head
        if is_verb(here):
            found.append(here)
    return found


def anchored(one: Timed) -> tuple[Token, Token] | None:
    """Of "a day after they met, he said so": what is counted from (met), and what is so dated (said)."""
    unit = one.root
    mark = unit.doc[unit.i + 1] if unit.i + 1 < len(unit.doc) else unit
    if mark.dep_ == "mark" and mark.lower_ in {"after", "before"}:
        return mark.head, unit.head if unit.head.i != mark.head.i else mark.head.head
    for word in (unit.head, *unit.children):
        if word.dep_ == "mark" and word.head.i != word.i:
            return word.head, word.head.head
        if word.dep_ in {"prep", "advmod"} and word.pos_ in {"ADP", "SCONJ", "ADV"}:
            inner = [c for c in word.subtree if c.dep_ in {"pobj", "pcomp"}]
            if inner:
                return inner[0], word.head if word.i == unit.head.i else unit.head
    return None


def shifted(one: Timed, interval: Interval, *, back: bool = False) -> Dated | None:
    """The days that an offset on an event denotes ("two days ahead of the summit"), given that event's days.

    `back` solves for the event instead: of "comes two days after he met her", the meeting's days from those of the
    clause.
    """
    expression = one.expression
    if back and expression.direction is not None:
        expression = expression.model_copy(update={"direction": -expression.direction})
    days = resolve(expression, interval)
    if days is None:
        return None
    return Dated(
        days[0],
        days[1],
        Precision.DAY if days[0] == days[1] else Precision.INTERVAL,
        one.expression.text,
        DateBasis.RELATIVE,
    )
