"""From the triggers of an article to drafts: one for each stage that each trigger tells, with parties, days and place.

Which drafts tell one event is `article`'s business.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from itertools import product, takewhile

from spacy.tokens import Token

from transforms.actors import ActorMention
from transforms.events import eve, meetings, sanctions, validity
from transforms.events.arguments import Filled, Party, Scene, distinct
from transforms.events.dating import Dated, Interval, Timed, age, anchored, choose, locate, shifted, turned
from transforms.events.draft import Draft
from transforms.events.filling import fill
from transforms.events.gate import ECHO
from transforms.events.location import place_of
from transforms.events.reading import Reading
from transforms.events.status import readings
from transforms.events.surroundings import Surroundings, surroundings
from transforms.events.syntax import clause, is_noun, is_verb, lemma, path
from transforms.events.triggers import Found, in_place, telling_words
from transforms.parses import Parses
from transforms.places import Place
from transforms.records import ArticleDates, CleanText, ParsedText, TimeExpression
from transforms.vocabulary import REMOTE, Anchor, EventType, LineKind, Role, Status

DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "its", "their", "his", "her", "both"})
EVERY = frozenset({"all", "every", "any", "each", "most", "many", "countless", "numerous"})
INDEFINITE = frozenset({"a", "an", "another", "new", "any", "no"})
SEQUEL = frozenset(
    {
        "previous",
        "earlier",
        "last",
        "another",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "next",
        "further",
        "follow-up",
    }
)
ONE: list[meetings.Part | None] = [None]  # a verb that tells but one meeting has no parts
# Stages that "the deal" or "it" may go on to tell.
RETOLD = frozenset(
    {
        Status.AGREED,
        Status.IN_EFFECT,
        Status.EXTENDED,
        Status.VIOLATED,
        Status.ENDED,
        Status.IMPOSED,
        Status.EASED,
        Status.LIFTED,
    }
)
PARTIES = frozenset({Role.PARTY, Role.VIOLATOR})
COMING = frozenset({"come", "follow", "happen", "occur"})  # whose subject is what was done: "it came a day after"
LOOK_BACK = 6  # drafts among which "that summit" is looked for


def drafts_of(
    clean: CleanText,
    parsed: ParsedText,
    dates: ArticleDates,
    found: Sequence[Sequence[Found]],
    parses: Parses,
    actors: Sequence[Sequence[ActorMention]],
) -> list[Draft]:
    """The drafts of an article, in the order of the text.

    `found`, `parses` and `actors` have an entry per parsed sentence: its triggers, its parse and the actors in it.
    """

    @cache
    def around() -> Surroundings:
        return surroundings(parses, actors)

    @cache
    def words() -> Counter[str]:
        return telling_words(clean.text)

    drafts: list[Draft] = []
    came: Interval | None = None
    starts = [e.start for e in dates.expressions]
    for at, (mentions, in_sentence, index) in enumerate(zip(actors, found, parsed.sentences, strict=True)):
        sentence = clean.sentences[index]
        if sentence.kind is LineKind.BOILERPLATE:
            continue
        triggers = [f for f in in_sentence if _heard(f, in_sentence, index, drafts) and in_place(f, words)]
        if not triggers:
            continue
        scene = Scene(parses[at], mentions)
        inside = dates.expressions[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        timed = locate(parses[at], sentence.start, inside)
        own = []
        for trigger in triggers:
            several: list[meetings.Part | None] = []
            if trigger.trigger.type is EventType.MEETING:
                several.extend(meetings.parts(trigger, scene))
            for reading, part in product(readings(trigger), several or ONE):
                draft = _draft(trigger, reading, part, scene, timed, triggers, dates, around)
                draft.sentence, draft.offset = index, sentence.start
                told = draft.type is EventType.MEETING and draft.reading.told
                if not trigger.trigger.echo or draft.status in RETOLD or told:
                    own.append(draft)
        _pool(own)
        came = _offsets(own, timed, drafts, dates, came) or came
        _on_occasion(own)
        _aged(own, sentence.start, inside, dates.published_date)
        for draft in own:
            draft.term = validity.read(draft, inside, dates.published_date)
        drafts += own
    _target(drafts, actors)
    return drafts


def _on_occasion(own: Sequence[Draft]) -> None:
    """Date an act by the meeting at which it is done: "struck at the meeting on Monday"."""
    for draft in own:
        if draft.type is EventType.MEETING or draft.dated is not None or not draft.reading.told:
            continue
        verbs = {step.word.i for step in draft.reading.steps if is_verb(step.word)}
        for other in own:
            above = next((link.governor for link in path(other.found.root) if is_verb(link.governor)), None)
            occasion = other.type is EventType.MEETING and other.status in {Status.HELD, Status.ONGOING, None}
            if occasion and other.dated is not None and above is not None and above.i in verbs:
                draft.dated = other.dated
                break


def _aged(own: Sequence[Draft], offset: int, expressions: Sequence[TimeExpression], published: date | None) -> None:
    """Date a truce of which only its age is told: "the two-day-old ceasefire"."""
    for draft in own:
        if draft.type is not EventType.CEASEFIRE or draft.dated is not None:
            continue
        start, end = (offset + t for t in (draft.found.root.left_edge.idx, draft.found.root.idx))
        for one in expressions:
            if start <= one.start and one.end <= end and (since := age(one, published)) is not None:
                draft.dated = since
                if draft.status not in {Status.VIOLATED, Status.ENDED, Status.EXTENDED}:
                    draft.status = Status.IN_EFFECT


def _target(drafts: Sequence[Draft], actors: Sequence[Sequence[ActorMention]]) -> None:
    """Sanctions of which no sentence tells the target are on the state that the whole article is about, if it is about
    one that is no great sender itself."""
    lacking = [d for d in drafts if d.type is EventType.SANCTIONS and not d.found.trigger.echo]
    lacking = [d for d in lacking if d.reading.told and all(sanctions.sends(f.party) for f in d.filled)]
    if not lacking:
        return
    state = sanctions.topic(Counter(a for row in actors for m in row for a in m.actors))
    if state is None:
        return
    topic = Party(state, state.name)
    for draft in lacking:
        if all(f.party.id != topic.id for f in draft.filled):
            draft.filled = [*draft.filled, Filled(topic, Role.TARGET)]
            draft.borrow()


def _heard(found: Found, in_sentence: Sequence[Found], index: int, drafts: Sequence[Draft]) -> bool:
    """Whether a trigger stands for itself, or echoes what was told before it."""
    if not found.trigger.echo or _echoes(found, index, drafts):
        return True
    # "hours after the truce was announced, they accused each other of violations"
    same = (f for f in in_sentence if not f.trigger.echo and f.trigger.type is found.trigger.type)
    return bool(found.trigger.tells) and any(f.root.i < found.root.i for f in same)


def _echoes(found: Found, index: int, drafts: Sequence[Draft]) -> bool:
    """Whether "the deal" or "it" can go on about an event: one of its type was told in the sentences just before."""
    definite = found.root.pos_ == "PRON" or _determined(found, DEFINITE | SEQUEL) or found.root.tag_ == "NNS"
    definite = definite or found.root.lower_ in SEQUEL  # "a third, planned for May"
    near = takewhile(lambda draft: index - draft.sentence <= ECHO, reversed(drafts))
    return definite and any(d.type is found.trigger.type for d in near)


def _pool(own: list[Draft]) -> None:
    """Two stages that one word tells are stages of one truce: they have the same parties."""
    for draft in own:
        if (
            draft.type is not EventType.CEASEFIRE
            or draft.status not in RETOLD
            or any(f.role in PARTIES for f in draft.filled)
        ):
            continue
        for other in own:
            if other.found is draft.found and other is not draft:
                draft.filled = distinct([*draft.filled, *(f for f in other.filled if f.role in PARTIES)])


def _draft(
    found: Found,
    reading: Reading,
    part: meetings.Part | None,
    scene: Scene,
    timed: list[Timed],
    triggers: list[Found],
    dates: ArticleDates,
    around: Callable[[], Surroundings],
) -> Draft:
    event_type = found.trigger.type
    if part is None:
        filled = fill(found, reading, scene)
    else:
        filled = meetings.fill_part(found, part, scene)
        timed = [t for t in timed if t.root.i in part.tokens or t.root.i < found.root.i]
    form = meetings.form(found) if event_type is EventType.MEETING else None
    placed = event_type is not EventType.SANCTIONS and form not in REMOTE
    within = part.tokens if part else None
    where = partial(_place, found, reading, scene, around if placed else None, within)
    when = choose(event_type, found, reading, timed, triggers, dates.published_latest)
    dated = turned(when, reading.status, dates.published_date) if when else None
    if eve.is_past(found, reading, dated, timed, dates.published_latest):
        reading = replace(reading, status=Status.HELD)
    return Draft(
        type=event_type,
        status=reading.status,
        form=form,
        filled=filled,
        found=found,
        reading=reading,
        rule=f"{event_type}.{'verb' if is_verb(found.root) else 'noun'}.{found.trigger.name}",
        weight=_weight(found, reading, filled),
        anaphoric=found.trigger.echo or (_determined(found, DEFINITE | SEQUEL) and not _determined(found, EVERY)),
        sequel=_determined(found, SEQUEL),
        new=_determined(found, INDEFINITE),
        timed=when[0] if when else None,
        dated=dated,
        where=where,
    )


def _place(
    found: Found, reading: Reading, scene: Scene, around: Callable[[], Surroundings] | None, within: range | None
) -> tuple[str, Place | None] | None:
    """Where an event is; of what has no place, `around` is None."""
    return place_of(found, reading, scene, around(), within) if around else None


def _determined(found: Found, words: frozenset[str]) -> bool:
    """Whether a trigger noun has one of some determiners: "the talks", "their meeting", "another truce"."""
    return not is_verb(found.root) and any(
        c.lower_ in words for c in found.root.children if c.dep_ in {"det", "poss", "predet", "amod"}
    )


def _weight(found: Found, reading: Reading, filled: Sequence[Filled]) -> float:
    """By the class of the rule: a verb tells more surely than a noun, a told status more than a default."""
    value = 0.85 if is_verb(found.root) else 0.75
    if not reading.told:
        value -= 0.2
    if len(filled) < 2:
        value -= 0.15
    return round(value, 2)


def _offsets(
    own: list[Draft], timed: list[Timed], before: list[Draft], dates: ArticleDates, came: Interval | None
) -> Interval | None:
    """Date what lies so many days before or after another event: "a day before the summit he will meet her".

    Returns the days of the last thing that came so long after an event, for the "it" of the next sentence (`came`).
    """
    day = None
    for one in timed:
        if one.expression.anchor is not Anchor.EVENT or (ends := anchored(one)) is None:
            continue
        inner = {t.i for t in ends[0].subtree}
        inside = [d for d in own if d.found.root.i in inner]
        outside = [d for d in own if d.found.root.i not in inner and clause(d.found.root).i == clause(ends[1]).i]
        known = next((d.dated for d in inside if d.dated and d.timed and d.timed.root.i in inner), None)
        if known is None and is_noun(ends[0]) and all(d.anaphoric for d in inside):
            known = _told_before(ends[0], before)
        if known is not None and known.start and known.end:
            for draft in outside:
                draft.dated = shifted(one, (known.start, known.end))
            continue
        day = _day_of_clause(ends[1], inner, timed, outside, dates) or _day_of_subject(ends[1], timed, before, came)
        for draft in inside:
            if day is not None and (draft.timed is None or draft.timed.root.i not in inner):
                draft.dated = shifted(one, day, back=True)
    return day


def _told_before(noun: Token, before: Sequence[Draft]) -> Dated | None:
    """The days of the event that "that summit" or "the truce" goes on about: of the same word, or told just before."""
    dated = [d for d in before[-LOOK_BACK:] if d.dated and d.dated.start]
    same = [d for d in dated if d.found.root.lemma_ == noun.lemma_]
    near = [d for d in dated if any(c.lower_ in {"that", "this"} for c in noun.children)]
    return next((d.dated for d in reversed(same or near)), None)


def _day_of_subject(
    verb: Token, timed: Sequence[Timed], before: Sequence[Draft], came: Interval | None
) -> Interval | None:
    """The day of what came "a day after the talks": of "Thursday's accord", of "it"."""
    subject = next((c for c in clause(verb).children if c.dep_ == "nsubj"), None)
    if subject is None or lemma(clause(verb)) not in COMING:
        return None
    for one in timed:
        if one.root.head.i == subject.i and one.expression.start_date and one.expression.end_date:
            return one.expression.start_date, one.expression.end_date
    if subject.pos_ == "PRON":
        return came
    if any(c.lower_ in DEFINITE for c in subject.children):
        for draft in reversed(before[-LOOK_BACK:]):
            if draft.dated and draft.dated.start and draft.dated.end and draft.found.root.lemma_ == subject.lemma_:
                return draft.dated.start, draft.dated.end
    return None


def _day_of_clause(
    verb: Token, inner: set[int], timed: list[Timed], outside: list[Draft], dates: ArticleDates
) -> Interval | None:
    """The day of the clause that an offset hangs on: its own date, or the day of publication in the present tense."""
    for draft in outside:
        if draft.dated and draft.dated.start and draft.dated.end:
            return draft.dated.start, draft.dated.end
    for other in timed:
        first, last = other.expression.start_date, other.expression.end_date
        if first and last and other.root.i not in inner and clause(other.governor).i == clause(verb).i:
            return first, last
    if clause(verb).tag_ in {"VBZ", "VBP"} and dates.published_earliest and dates.published_latest:
        return dates.published_earliest, dates.published_latest
    return None
