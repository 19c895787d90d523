"""Clusters of drafts as records: mentions and article events with their ids. It decides nothing.

An id is a hash of the article's, so that what one article tells can be written for another of the same text.
"""

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

from transforms.bounds import FIRST_EVENT_DAY, LAST_EVENT_DAY
from transforms.events import confidence
from transforms.events.arguments import Filled
from transforms.events.article import Cluster
from transforms.events.dating import Dated
from transforms.events.draft import Draft
from transforms.events.term import Term
from transforms.identity import digest
from transforms.records import ArticleEvent, ArticleMentions, CleanText, EventMention, Participant
from transforms.vocabulary import EventType, Status


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


def _dates(dated: Dated | None) -> dict[str, Any]:
    """The columns of an event's date; empty where it has none, or none that can be meant."""
    if dated is None or not _sane(dated.start, dated.end):
        return {}
    return {
        "start_date": dated.start,
        "end_date": dated.end,
        "date_precision": dated.precision,
        "date_text": dated.text or None,
        "date_basis": dated.basis,
    }


def _in_force(term: Term | None) -> dict[str, date | None]:
    """The columns of the days in force."""
    if term is None or not _sane(*term.days):
        return {}
    return dict(zip(("effective_start", "effective_end"), term.days, strict=True))


def _sane(*days: date | None) -> bool:
    return all(day is None or FIRST_EVENT_DAY <= day <= LAST_EVENT_DAY for day in days)


def records_of(article_id: str, clean: CleanText, clusters: Sequence[Cluster]) -> ArticleMentions:
    """An article's events and mentions, the mentions in the order of the text."""
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
            ids.append(_mention_id(article_id, one.type, status, start, end, seen[key]))
        event_id = _event_id(ids[0])
        for draft, mention_id, sure in zip(one.drafts, ids, confidence.of_mentions(one), strict=True):
            own.append(_mention(draft, mention_id, event_id, status, sure, clean))
        place = one.place
        events.append(
            ArticleEvent(
                article_event_id=event_id,
                event_type=one.type,
                status=status,
                form=one.form,
                **_dates(one.dated),
                place=place.place if place else None,
                country_code=place.resolved.country_code if place and place.resolved else None,
                latitude=place.resolved.latitude if place and place.resolved else None,
                longitude=place.resolved.longitude if place and place.resolved else None,
                participants=_participants(one.filled),
                confidence=confidence.of_event(one),
                **_in_force(one.term),
            )
        )
        mentions += own
    return ArticleMentions(article_id=article_id, skipped=None, mentions=sorted(mentions, key=_place), events=events)


def rekeyed(told: ArticleMentions, article_id: str) -> ArticleMentions:
    """What an article of the same text and the same dates tells: the same, under the ids that are its own.

    It is equal to what `records_of` would make of it, which extraction thereby need not do again.
    """
    events = {event.article_event_id: event for event in told.events}
    firsts = {_event_id(mention.mention_id): mention.mention_id for mention in told.mentions}
    ids: dict[str, str] = {}
    for mention in told.mentions:
        event = events[mention.article_event_id]
        of = (event.event_type, event.status, mention.trigger_start, mention.trigger_end)
        # Several mentions on one trigger are numbered in an order that the sorted mentions do not show.
        number = next(n for n in count() if _mention_id(told.article_id, *of, n) == mention.mention_id)
        ids[mention.mention_id] = _mention_id(article_id, *of, number)
    event_ids = {old: _event_id(ids[firsts[old]]) for old in events}
    mentions = [
        mention.model_copy(
            update={"mention_id": ids[mention.mention_id], "article_event_id": event_ids[mention.article_event_id]}
        )
        for mention in told.mentions
    ]
    return told.model_copy(
        update={
            "article_id": article_id,
            "mentions": sorted(mentions, key=_place),
            "events": [e.model_copy(update={"article_event_id": event_ids[e.article_event_id]}) for e in told.events],
        }
    )


def _mention_id(article_id: str, of: EventType, status: Status, start: int, end: int, number: int) -> str:
    return digest("mention", article_id, of, status, start, end, number)


def _event_id(first_mention: str) -> str:
    return digest("article_event", first_mention)


def _place(mention: EventMention) -> tuple[int, int, str]:
    return mention.trigger_start, mention.trigger_end, mention.mention_id


def _mention(draft: Draft, mention_id: str, event_id: str, told: Status, sure: float, clean: CleanText) -> EventMention:
    """A draft as a record; `told` is the status of its event, `sure` its confidence."""
    sentence = clean.sentences[draft.sentence]
    span = draft.found.span
    status = draft.status or told
    place = draft.resolved
    return EventMention(
        mention_id=mention_id,
        article_event_id=event_id,
        event_type=draft.type,
        status=status,
        form=draft.form,
        **_dates(draft.dated),
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
        claimed_by=draft.claimed_by,
        rule=draft.rule,
        confidence=sure,
        **_in_force(draft.term),
    )
