"""Events: the parsed sentences of one article in, its meetings, ceasefires and sanctions out.

`triggers` finds the words, `status` reads what became of it, `meetings`, `ceasefires` and `sanctions` who takes part,
`dating` and `location` when and where; `article` puts the mentions together. Parsing and the merging across articles
(`merge`) do not belong here.
"""

import re
from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from transforms.actors import ActorMention, find_actors
from transforms.events import article, ceasefires, meetings, sanctions
from transforms.events.article import Cluster
from transforms.events.arguments import Filled, Scene, distinct
from transforms.events.dating import Interval, Timed, anchored, choose, locate, shifted, turned
from transforms.events.draft import Draft
from transforms.events.gate import ECHO, ENGLISH
from transforms.events.location import place_of
from transforms.events.status import Reading, readings
from transforms.events.syntax import clause, is_noun, is_verb
from transforms.events.triggers import Found, find, out_of_place
from transforms.identity import digest
from transforms.language import restore
from transforms.records import (
    ArticleDates,
    ArticleEvent,
    ArticleMentions,
    CleanText,
    EventMention,
    ParsedText,
    Participant,
)
from transforms.vocabulary import Anchor, EventType, LineKind, Role, Status

__all__ = ["extract"]

DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "its", "their", "his", "her", "both"})
INDEFINITE = frozenset({"a", "an", "another", "new", "any", "no"})
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
WORD = re.compile(r"[a-z]+")
FILL = {EventType.MEETING: meetings.fill, EventType.CEASEFIRE: ceasefires.fill, EventType.SANCTIONS: sanctions.fill}


def extract(
    article_id: str, clean: CleanText, parsed: ParsedText, dates: ArticleDates, nlp_vocab: Vocab
) -> ArticleMentions:
    """The event mentions and events of one article, in the order of the text.

    `parsed` holds the sentences that the gate admits, `nlp_vocab` is the vocabulary of the pipeline that parsed them.
    Raises ValueError where the three records are not of one article.
    """
    if parsed.text_id != clean.text_id or dates.article_id != article_id:
        raise ValueError(f"article {article_id}: its clean text, parses and dates are not of one article")
    if clean.language not in ENGLISH:
        return ArticleMentions(
            article_id=article_id, skipped=f"language {clean.language}: only English is read", mentions=[], events=[]
        )
    docs = restore(parsed, nlp_vocab)
    drafts = _drafts(clean, parsed, dates, docs, find_actors(docs))
    clusters = article.cluster(drafts, dates.published_latest)
    return _records(article_id, clean, clusters)


def _drafts(
    clean: CleanText,
    parsed: ParsedText,
    dates: ArticleDates,
    docs: Sequence[Doc],
    actors: Sequence[Sequence[ActorMention]],
) -> list[Draft]:
    countries = sorted({a.country_code for row in actors for m in row for a in m.actors if a.country_code})
    words = Counter(WORD.findall(clean.text.lower()))
    drafts: list[Draft] = []
    for doc, mentions, index in zip(docs, actors, parsed.sentences, strict=True):
        sentence = clean.sentences[index]
        if sentence.kind is LineKind.BOILERPLATE:
            continue
        triggers = [f for f in find(doc) if _in_place(f, words) and (not f.trigger.echo or _echoes(f, index, drafts))]
        if not triggers:
            continue
        scene = Scene(doc, mentions)
        timed = locate(doc, sentence.start, dates.expressions)
        own = []
        for found in triggers:
            for reading in readings(found):
                draft = _draft(found, reading, scene, timed, triggers, dates, countries)
                draft.sentence, draft.offset = index, sentence.start
                if not found.trigger.echo or draft.status in RETOLD:
                    own.append(draft)
        _pool(own)
        _offsets(own, timed, drafts, dates)
        drafts += own
    return drafts


def _in_place(found: Found, words: Counter[str]) -> bool:
    return not out_of_place(found, words)


def _echoes(found: Found, index: int, drafts: Sequence[Draft]) -> bool:
    """Whether "the deal" or "it" can go on about an event: one of its type was told in the sentences just before."""
    definite = found.root.pos_ == "PRON" or _determined(found, DEFINITE) or found.root.tag_ == "NNS"
    return definite and any(d.type is found.trigger.type and index - d.sentence <= ECHO for d in drafts)


def _pool(own: list[Draft]) -> None:
    """Two stages that one word tells are stages of one truce: they have the same parties."""
    for draft in own:
        if draft.type is not EventType.CEASEFIRE or draft.status not in RETOLD or any(f.role in PARTIES for f in draft.filled):
            continue
        for other in own:
            if other.found is draft.found and other is not draft:
                draft.filled = distinct([*draft.filled, *(f for f in other.filled if f.role in PARTIES)])


def _draft(
    found: Found,
    reading: Reading,
    scene: Scene,
    timed: list[Timed],
    triggers: list[Found],
    dates: ArticleDates,
    countries: list[str],
) -> Draft:
    event_type = found.trigger.type
    filled = FILL[event_type](found, reading, scene)
    where = place_of(found, reading, scene, countries)
    when = choose(event_type, found, reading, timed, triggers, dates.published_latest)
    return Draft(
        type=event_type,
        status=reading.status,
        form=meetings.form(found) if event_type is EventType.MEETING else None,
        filled=filled,
        found=found,
        reading=reading,
        rule=f"{event_type}.{'verb' if is_verb(found.root) else 'noun'}.{found.trigger.name}",
        confidence=_confidence(found, reading, filled),
        anaphoric=found.trigger.echo or _determined(found, DEFINITE),
        new=_determined(found, INDEFINITE),
        timed=when[0] if when else None,
        dated=turned(when, reading.status, dates.published_date) if when else None,
        place=where[0] if where else None,
        resolved=where[1] if where else None,
    )


def _determined(found: Found, words: frozenset[str]) -> bool:
    """Whether a trigger noun has one of some determiners: "the talks", "their meeting", "another truce"."""
    return not is_verb(found.root) and any(
        c.lower_ in words for c in found.root.children if c.dep_ in {"det", "poss", "predet", "amod"}
    )


def _confidence(found: Found, reading: Reading, filled: Sequence[Filled]) -> float:
    """By the class of the rule: a verb tells more surely than a noun, a told status more than a default."""
    value = 0.85 if is_verb(found.root) else 0.75
    if not reading.told:
        value -= 0.2
    if len(filled) < 2:
        value -= 0.15
    return round(value, 2)


def _offsets(own: list[Draft], timed: list[Timed], before: list[Draft], dates: ArticleDates) -> None:
    """Date what lies so many days before or after another event: "a day before the summit he will meet her"."""
    for one in timed:
        if one.expression.anchor is not Anchor.EVENT or (ends := anchored(one)) is None:
            continue
        inner = {t.i for t in ends[0].subtree}
        inside = [d for d in own if d.found.root.i in inner]
        outside = [d for d in own if d.found.root.i not in inner and clause(d.found.root).i == clause(ends[1]).i]
        known = next((d.dated for d in inside if d.dated and d.timed and d.timed.root.i in inner), None)
        if known is None and not inside and is_noun(ends[0]):
            known = next((d.dated for d in reversed(before) if d.dated and d.found.root.lemma_ == ends[0].lemma_), None)
        if known is not None and known.start and known.end:
            for draft in outside:
                draft.dated = shifted(one, (known.start, known.end))
            continue
        day = _day_of_clause(ends[1], inner, timed, outside, dates)
        for draft in inside:
            if day is not None and (draft.timed is None or draft.timed.root.i not in inner):
                draft.dated = shifted(one, day, back=True)


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
    if clause(verb).tag_ in {"VBZ", "VBP"} and dates.published_date:
        return dates.published_date, dates.published_date
    return None


def _participants(filled: Sequence[Filled]) -> list[Participant]:
    return [
        Participant(
            actor_id=f.party.id,
            name=f.party.name,
            canonical=f.party.actor.name,
            kind=f.party.actor.kind,
            country_code=f.party.actor.country_code,
            cameo_code=f.party.actor.cameo_code,
            role=f.role,
        )
        for f in filled
    ]


def _records(article_id: str, clean: CleanText, clusters: Sequence[Cluster]) -> ArticleMentions:
    mentions: list[EventMention] = []
    events: list[ArticleEvent] = []
    seen: dict[tuple[object, ...], int] = {}
    for one in clusters:
        status = one.status
        assert status is not None  # every cluster that stands has one
        own: list[EventMention] = []
        ids: list[str] = []
        for draft in one.drafts:
            start, end = draft.offset + draft.found.span.start_char, draft.offset + draft.found.span.end_char
            key = (one.type, status, start, end)
            seen[key] = seen.get(key, -1) + 1
            ids.append(digest("mention", article_id, one.type, status, start, end, seen[key]))
        event_id = digest("article_event", ids[0])
        for draft, mention_id in zip(one.drafts, ids, strict=True):
            own.append(_mention(draft, mention_id, event_id, one, clean))
        place = one.place
        dated = one.dated
        events.append(
            ArticleEvent(
                article_event_id=event_id,
                event_type=one.type,
                status=status,
                form=one.form,
                start_date=dated.start if dated else None,
                end_date=dated.end if dated else None,
                date_precision=dated.precision if dated else None,
                date_text=dated.text if dated else None,
                date_basis=dated.basis if dated else None,
                place=place.place if place else None,
                country_code=place.resolved.country_code if place and place.resolved else None,
                latitude=place.resolved.latitude if place and place.resolved else None,
                longitude=place.resolved.longitude if place and place.resolved else None,
                participants=_participants(one.filled),
                confidence=one.confidence,
            )
        )
        mentions += own
    mentions.sort(key=lambda m: (m.trigger_start, m.trigger_end, m.mention_id))
    return ArticleMentions(article_id=article_id, skipped=None, mentions=mentions, events=events)


def _mention(draft: Draft, mention_id: str, event_id: str, one: Cluster, clean: CleanText) -> EventMention:
    sentence = clean.sentences[draft.sentence]
    span = draft.found.span
    status = draft.status or one.status
    assert status is not None
    dated, place = draft.dated, draft.resolved
    return EventMention(
        mention_id=mention_id,
        article_event_id=event_id,
        event_type=draft.type,
        status=status,
        form=draft.form,
        start_date=dated.start if dated else None,
        end_date=dated.end if dated else None,
        date_precision=dated.precision if dated else None,
        date_text=dated.text if dated else None,
        date_basis=dated.basis if dated else None,
        place=draft.place,
        country_code=place.country_code if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        participants=_participants(draft.filled),
        sentence_start=sentence.start,
        sentence_end=sentence.end,
        trigger=span.text,
        trigger_start=draft.offset + span.start_char,
        trigger_end=draft.offset + span.end_char,
        rule=draft.rule,
        confidence=max(0.05, min(1.0, draft.confidence)),
    )
