"""From when to when a truce or sanctions are in force, as far as the text says: "from Monday", "until 31 January".

The day of the act that a status names is `dating`'s business; finding and resolving time expressions is that of
`transforms.dates`. Which mentions tell of one truce is not decided here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

from spacy.tokens import Span, Token

from transforms.dates.calendar import add, containing, parse_duration
from transforms.events import cues
from transforms.events.dating import MONTHS, WEEKDAYS
from transforms.events.draft import Draft
from transforms.events.reading import Step
from transforms.events.syntax import (
    Link,
    Tense,
    first_conjunct,
    is_noun,
    is_passive,
    is_verb,
    lemma,
    negated,
    objects,
    path,
    subjects,
    tense,
)
from transforms.events.term import Bound, Length, Term, counted, prolonged
from transforms.events.triggers import Found
from transforms.events.words import words
from transforms.records import TimeExpression
from transforms.reference import split, table
from transforms.vocabulary import Anchor, EventType, Status, TimexType

# Operators whose word can say how long: "agreed on a truce until Friday"; a breach until Friday says nothing of it.
TERMED = frozenset({"AGREE", "EFFECT", "EXTEND", "PROPOSE", "CALL", "IMPOSE", "KEEP", "SAME", "THREATEN"})
LASTING = frozenset({"EFFECT", "IMPOSE", "KEEP", "SAME"})  # and since when
ENTERED = frozenset({"AGREE", "CALL", "PROPOSE"})  # and over which feast
STANDING = frozenset({"AGREE", "EFFECT", "EXTEND", "IMPOSE", "SAME"})  # whose nouns stand for it: "the ceasefire deal"
UNDOING = frozenset({"EASE", "LIFT"})  # the term of a waiver is not that of the sanctions
UNDONE = frozenset({"NEGATE", "REFUSE"})
AHEAD = frozenset({Status.AGREED, Status.CALLED_FOR, Status.PROPOSED, Status.THREATENED, Status.EXTENDED})
COMING = frozenset({Tense.FUTURE, Tense.INFINITIVE, Tense.POSSIBLE})
STARTED = frozenset({"begin", "start", "commence"})  # also with the event as the object: "began a truce on Monday"
MODIFYING = frozenset({"compound", "amod", "nummod", "nmod", "poss", "npadvmod", "quantmod"})
BESIDE = frozenset({"prep:before", "prep:by", "prep:within", "prep:ahead of", "prep:of", "prep:than"})
OPENING = words("date_opening")
SHIFTED = re.compile(r"\b(?:last|next|this|past|coming|following|previous|ago|later|earlier|[0-9]{4})\b", re.IGNORECASE)
HOURS = re.compile(r"PT([0-9]{1,4})H")
CLOCK = re.compile(r"T([0-9]{2}):")
FEAST = "holiday"  # the rules of the dates stage that find the names of feasts and the weekend
WEEKEND = "weekend"
LONGEST = 4  # words of a phrase of the table
DEPTH = 4  # nouns between a date and what it bounds: "a ceasefire in the east of Ghouta until Friday"


@cache
def terms() -> dict[tuple[str, str], str]:
    """What each word or phrase tells, by its place and the words themselves."""
    return {(row["place"], word): row["tells"] for row in table("event_validity") for word in split(row["words"])}


def read(draft: Draft, expressions: Sequence[TimeExpression], published: date | None) -> Term | None:
    """From when to when the truce or sanctions of a draft are in force, as far as its sentence says.

    `expressions` are those of the sentence, `published` is its day of publication where that is known.
    """
    if draft.type is EventType.MEETING or draft.found.trigger.tells in UNDOING:
        return None
    event = _Event(draft)
    located = _days_of_hours([one for e in expressions if (one := event.located(e)) is not None])
    start = end = old = spanned = None
    length: Length | None = None
    renewed = False  # whether the start is that of the new term of what is extended
    last: Span | None = None  # the last expression that told a beginning: "from Saturday to Sunday"
    for expression, span in located:
        tells = "end" if last is not None and _continues(last, span) else event.tells(expression, span)
        last = span if tells in {"start", "new start"} else None
        if tells == "length" and length is None:
            length = _length(expression)
        if tells in {"start", "new start"} and start is None:
            floor = event.floor(expression, published, begun=tells == "start")
            floor = published if floor is None and event.ahead(span) else floor
            start = event.bound(expression, span, floor, begun=True)
            renewed = tells == "new start"
        elif tells == "both" and start is None and end is None:
            start = end = event.bound(expression, span, event.floor(expression, published), begun=True)
        elif tells == "end" and end is None:
            floor = start.first if start else event.floor(expression, published)
            end = event.bound(expression, span, published if floor is None and event.ahead(span) else floor)
        elif tells == "old end":
            old = event.bound(expression, span, None)
        elif tells == "span" and spanned is None:
            spanned = event.bound(expression, span, event.floor(expression, published))
    if start is None and end is None and spanned is not None:
        start, end = _filled(spanned, length)
    if event.extended and length is not None:
        origin, length = length, None
        if old is not None and end is None and (later := prolonged(old, origin)):
            end = Bound(later, later)
        elif renewed:
            length = origin
    if end is not None and event.acted is not None and draft.status in AHEAD and end.last < event.acted:
        end = None
    return Term(start, end, length) if start or end or length else None


def _filled(span: Bound, length: Length | None) -> tuple[Bound | None, Bound | None]:
    """Beginning and end of what is in force over a feast: all of it, or from its first day for as long as is told;
    neither of what lasts longer than the feast."""
    if length is None:
        return span, span
    first = Bound(span.first, span.first)
    last = counted(first, length)
    return (first, Bound(last, last)) if last is not None and last <= span.last else (None, None)


def _days_of_hours(located: list[tuple[TimeExpression, Span]]) -> list[tuple[TimeExpression, Span]]:
    """The expressions, an hour with the day that hangs on it: "at midnight of Monday"."""
    found = []
    for expression, span in located:
        if expression.type is TimexType.TIME:
            for day, inner in located:
                link = next(iter(path(inner.root)), None)
                if day is not expression and link and span.start <= link.governor.i < span.end:
                    changes = {"start_date": day.start_date, "end_date": day.end_date}
                    expression = expression.model_copy(update=changes)
        found.append((expression, span))
    return found


def _length(expression: TimeExpression) -> Length | None:
    if hours := HOURS.fullmatch(expression.value):
        return int(hours.group(1)), "hour"
    found = parse_duration(expression.value)
    return found if found and found[0] else None


def _continues(last: Span, span: Span) -> bool:
    """Whether only a "to" or "until" stands between the beginning and another expression."""
    between = [t.lower_ for t in last.doc[last.end : span.start] if t.lower_ not in OPENING and not t.is_punct]
    word = " ".join(between)
    opens = last.start > 0 and last.doc[last.start - 1].lower_ == "between"
    return terms().get(("before", word)) in {"end", "to"} or (opens and word == "and")


@dataclass(frozen=True)
class _Event:
    """The truce or the sanctions of a draft in their sentence."""

    draft: Draft

    @property
    def found(self) -> Found:
        return self.draft.found

    @cached_property
    def steps(self) -> dict[int, Step]:
        return {s.word.i: s for s in self.draft.reading.steps if s.relation != "tense"}

    @cached_property
    def undone(self) -> bool:
        """Whether what the steps tell did not come about: "did not agree to a truce"."""
        return any(s.operator in UNDONE for s in self.draft.reading.steps)

    @cached_property
    def extended(self) -> bool:
        """Whether it is told how it was extended; "the extended truce" is but a name."""
        return any(s.operator == "EXTEND" and s.relation != "mod" for s in self.draft.reading.steps)

    @cached_property
    def own(self) -> frozenset[int]:
        """The words that stand for it: its own, and the nouns around it as in "the ceasefire deal", "this round of
        sanctions"."""
        root = self.found.root
        standing = {root.i, *range(self.found.span.start, self.found.span.end)}
        standing |= {i for i, s in self.steps.items() if s.operator in STANDING and is_noun(s.word)}
        for link in path(root):
            if link.relation not in {"prep:of", "compound", "nmod"} or lemma(link.governor) not in words("transparent"):
                break
            standing.add(link.governor.i)
        return frozenset(standing)

    @cached_property
    def acted(self) -> date | None:
        """The day of the act, where another expression than those read here tells it."""
        return self.draft.dated.start if self.draft.dated else None

    def located(self, expression: TimeExpression) -> tuple[TimeExpression, Span] | None:
        """An expression with its tokens, where it lies in the sentence and can be used."""
        doc, offset = self.found.root.doc, self.draft.offset
        start, end = expression.start - offset, expression.end - offset
        if start < 0 or end > len(doc.text) or expression.type is TimexType.SET:
            return None
        span = doc.char_span(start, end, alignment_mode="expand")
        return (expression, span) if span is not None else None

    def floor(self, expression: TimeExpression, published: date | None, *, begun: bool = False) -> date | None:
        """The day before which a beginning or an end that is still to come cannot lie: that of the act, else of
        publication; None where the text may look back."""
        if self.draft.status not in AHEAD or (begun and self.extended):
            return None
        timed = self.draft.timed
        itself = timed is not None and timed.expression.start == expression.start
        if self.acted is not None and not itself:
            return self.acted
        return None if begun else published

    def ahead(self, span: Span) -> bool:
        """Whether an expression hangs on a verb that says that the event is yet to begin or end: "expires on Sunday";
        the main verb of a headline in the present may tell what has begun."""
        kind, over = self._where(_chain(span)) or ("", None)
        if over is None or kind not in {"begins", "ends"}:
            return False
        told = tense(over)
        return told in COMING or (told is Tense.PRESENT and (kind == "ends" or over.dep_ != "ROOT"))

    def bound(self, expression: TimeExpression, span: Span, floor: date | None, *, begun: bool = False) -> Bound | None:
        """The days of an expression, on the side of a day on which they must lie."""
        first, last = expression.start_date, expression.end_date
        if first is None or last is None:
            return None
        first, last = _turned(expression, first, last, floor, begun)
        after = span.doc[span.end].lower_ if span.end < len(span.doc) else ""
        if after == "weekend" and first == last and (whole := containing("weekend", first)):
            first, last = whole.first or first, whole.last or last
        clock = CLOCK.search(expression.value)
        return Bound(first, last, int(clock.group(1)) if clock else None)

    def tells(self, expression: TimeExpression, span: Span) -> str | None:
        """What an expression tells of the event: "start", "new start", "end", "old end", "both", "span", "length";
        None for one that belongs to something else."""
        chain = _chain(span)
        lasting = expression.type is TimexType.DURATION
        if not chain or (lasting and expression.start_date and expression.anchor is Anchor.PUBLICATION):
            return None  # "for the past two years" looks back
        if chain[0].governor.i in self.own and chain[0].relation in MODIFYING and span.end <= chain[0].governor.i:
            return self._modifying(expression, lasting)
        word = _before(span)
        where = self._where(chain)
        if where is None:
            return None
        kind, over = where
        if kind == "begins":
            return self._begins(expression, word, chain[0], over, lasting)
        if kind == "ends":
            if lasting:  # "due to expire on Monday, by two days": hung on the nearest verb
                return "length" if self.extended and chain[0].relation in {"prep:by", "prep:for"} else None
            beside = chain[0].relation in BESIDE | {"prep:after"}
            if beside or word not in {None, "end"} or (negated(over) and word != "end"):
                return None
            return "old end" if self.extended else "end"
        if word in {"end", "start", "since"} and not lasting and not negated(over):
            if word == "since" and kind not in {"own", "lasts", *LASTING}:
                return None
            if word == "start" and "/" in expression.value and expression.rule != FEAST:
                return "both"  # "from 4 to 11 May"
            return {"end": "end", "since": "start"}.get(word, "new start")
        if word == "to" and (kind == "EXTEND" or (kind == "own" and self.extended)) and not lasting:
            return "end"
        if lasting:
            return "length" if self._lasts(kind, over, word, chain[0]) else None
        return "span" if word in {"span", "for"} and self._spans(expression, span, word, kind, over) else None

    def _modifying(self, expression: TimeExpression, lasting: bool) -> str | None:
        """What stands before its noun: "a 30-day truce", "the Easter truce"; "the 2015 truce" is but its name."""
        if lasting:
            return None if self.extended or expression.text.lower().endswith("old") else "length"
        return "span" if expression.rule == FEAST else None

    def _begins(
        self, expression: TimeExpression, word: str | None, link: Link, over: Token, lasting: bool
    ) -> str | None:
        if word in {"end", "to"} and not lasting:
            return "end"
        if lasting:
            return "length" if word == "for" else None
        beside = link.relation in BESIDE or (link.relation == "prep:after" and expression.type is not TimexType.TIME)
        return None if beside or word == "span" or negated(over) else "start"

    def _lasts(self, kind: str, over: Token, word: str | None, link: Link) -> bool:
        """Whether a duration is the length of the event: "a truce of ten days", "will last ten days"."""
        if kind == "lasts":
            return tense(over) not in {Tense.PERFECT, Tense.PROGRESSIVE} and not negated(over)
        if kind == "EXTEND":
            return word == "for" or link.relation in {"prep:by", "prep:for", "npadvmod", "obj", "compound", "nummod"}
        return word == "for" or (kind == "own" and link.relation == "prep:of")

    def _spans(self, expression: TimeExpression, span: Span, word: str, kind: str, over: Token) -> bool:
        """Whether a stretch of days is that of the event: "a truce during Ramadan", "agreed a truce for the weekend";
        "agreed a truce over the weekend" may tell when that was."""
        feast, several = expression.rule == FEAST, expression.start_date != expression.end_date
        if not (feast or several):
            return False
        if kind in {"lasts", "EFFECT"}:
            return feast or (is_verb(over) and tense(over) in COMING)
        if kind == "own":
            return True
        meant = feast or (word == "for" and expression.rule == WEEKEND)  # "is drafting sanctions for June" is a date
        return kind in ENTERED and span.start > self.found.root.i and meant

    def _where(self, chain: Sequence[Link]) -> tuple[str, Token] | None:
        """What an expression hangs on, nouns in between passed over: a word that says that the event begins, ends or
        lasts, the event's "own" noun, or the operator of a word that tells its status; None for anything else."""
        for link in chain[:DEPTH]:
            here = link.governor
            if here.pos_ == "ADJ" or (is_verb(here) and is_passive(here)):  # "are due on Monday to expire"
                inner = (c for c in here.children if c.dep_ == "xcomp" and _names_kind(c, "over") is not None)
                here = next(inner, here)
            if (kind := self._kind(here)) is not None:
                return kind, here
            if here.i in self.own and not is_verb(here):
                return "own", here
            if (step := self.steps.get(here.i)) is not None:
                return self._operator(step)
            if here.i in self.holders or self._told_of(here):
                return "lasts", here
            if is_verb(here) and here.tag_ != "VBG":
                return None
        return None

    def _told_of(self, verb: Token) -> bool:
        """Whether a relative clause says what it has done or undergone for a while: "the sanctions that have weighed on
        Kosovo since 2023"; a breach or the like says nothing of how long it is in force."""
        if verb.dep_ != "relcl" or not is_verb(verb) or tense(verb) not in {Tense.PERFECT, Tense.PROGRESSIVE}:
            return False
        if first_conjunct(verb.head).i not in {first_conjunct(self.found.root.doc[i]).i for i in self.own}:
            return False
        acts = not is_passive(verb) and any(t.i in self.own for t in subjects(verb))
        said = cues.cue(self.draft.type, "subj" if acts else "obj", [lemma(verb)])
        return said is None or (said.operator in LASTING and (said.operator != "KEEP" or said.agent == "p"))

    def _operator(self, step: Step) -> tuple[str, Token] | None:
        """The operator of a step, where its word can have a term that is that of the event."""
        noun = is_noun(step.word)
        if self.undone or step.operator not in TERMED or (noun and step.operator in {"PROPOSE", "CALL", "THREATEN"}):
            return None  # "talks on a truce until May"
        if step.relation == "subj" and _names_kind(step.word, "over") is not None:
            return None  # "talks on a truce will last until May"
        if step.operator == "KEEP" and step.agent != "p" and not step.relation.startswith("prep"):
            return None  # "has evaded sanctions since 2020"
        return step.operator, step.word

    @cached_property
    def holders(self) -> frozenset[int]:
        """Verbs that only say whose it is: "has had sanctions in force since 2020"."""
        above = [link.governor for link in path(self.found.root)[:2] if link.relation == "obj" or ":" in link.relation]
        return frozenset(v.i for v in above if is_verb(v) and _names_kind(v, "with") is not None)

    def _kind(self, word: Token) -> str | None:
        """Whether a word says that the event "begins", "ends" or "lasts": a verb whose subject it is, or a participle
        that hangs on it or on what tells its status."""
        if not (is_verb(word) or word.tag_ == "VBG"):
            return None
        kind = _names_kind(word, "over")
        if kind is None:
            return None
        done = objects(word) if lemma(word) in STARTED or is_passive(word) else []
        if any(self._stands(t, word) for t in (*subjects(word), *done)):
            return kind
        head = word.head
        if head.pos_ == "ADJ" and (head.head.i in self.own or head.head.i in self.steps):
            return kind  # "a truce due to expire on Monday"
        hung = word.tag_ == "VBG" and (head.i in self.own or (head.i in self.steps and not self.undone))
        return kind if hung and word.i != head.i else None

    def _stands(self, subject: Token, verb: Token) -> bool:
        """Whether a subject is the event; a clause that parsers hang on the last noun before it may be on the first:
        "a truce between the army and the rebels that will last until Friday"."""
        if subject.i in self.own:
            return True
        root = self.found.root
        if is_verb(root) or subject.i < root.i or not subject.is_ancestor(verb) or _object(verb):
            return False
        link = next((link for link in path(subject) if link.governor.i in self.own), None)
        if link is None:
            return False
        between = link.relation in {"prep:between", "prep:with", "prep:among", "prep:of"}
        return between or (link.dependent.i == subject.i and subject.pos_ == "PROPN")


def _chain(span: Span) -> list[Link]:
    """What an expression hangs on, from its own governor up."""
    return [link for link in path(span.root) if not span.start <= link.governor.i < span.end]


def _before(span: Span) -> str | None:
    """What the words right before an expression tell, those that only open it ("on", "at least") left aside."""
    doc, end = span.doc, span.start
    for _ in range(LONGEST):
        for length in range(LONGEST, 0, -1):
            if end >= length and (tells := terms().get(("before", doc[end - length : end].text.lower()))):
                return tells
        if end == 0 or doc[end - 1].lower_ not in OPENING:
            return None
        end -= 1
    return None


def _names_kind(verb: Token, place: str) -> str | None:
    """What a verb tells, where it stands in the table at a place; "a truce that ended the war" does not tell that it
    ended itself."""
    kind = next((terms()[key] for name in _names(verb) if (key := (place, name)) in terms()), None)
    return None if kind == "ends" and _object(verb) else kind


def _object(verb: Token) -> bool:
    """Whether a verb is done to something, set phrases of the table ("take effect") aside."""
    objects_ = [c for c in verb.children if c.dep_ == "dobj" and is_noun(c)]
    return not is_passive(verb) and any(("over", f"{lemma(verb)} {o.lower_}") not in terms() for o in objects_)


def _names(verb: Token) -> list[str]:
    """The forms under which a verb stands in the table, set phrases first: "take effect", "come into force"."""
    base, found = lemma(verb), []
    for child in verb.children:
        if child.dep_ in {"prt", "dobj", "advmod"}:
            found.append(f"{base} {child.lower_}")
        if child.dep_ == "prep":
            found += [f"{base} {child.lower_} {o.lower_}" for o in child.children if o.dep_ == "pobj"]
    return [*found, base]


def _turned(expression: TimeExpression, first: date, last: date, floor: date | None, begun: bool) -> tuple[date, date]:
    """The days of a weekday or a date without a year, moved on by a week or a year where they lie before a day before
    which they cannot lie; what is told to have begun may well be some weeks old."""
    if floor is None or last >= floor or expression.anchor is Anchor.NONE or SHIFTED.search(expression.text):
        return first, last
    named = re.findall(r"[a-z]+", expression.text.lower())
    if any(word in WEEKDAYS or word == "weekend" for word in named):
        unit = "week"
    elif any(len(w) > 2 and any(m.startswith(w) for m in MONTHS) for w in named):
        unit = "year"
    else:
        return first, last
    moved, after = add(first, 1, unit), add(last + timedelta(days=1), 1, unit)
    if moved is None or after is None or after - timedelta(days=1) < floor:
        return first, last
    if unit == "year" and begun and floor - last < moved - floor:
        return first, last
    return moved, after - timedelta(days=1)
