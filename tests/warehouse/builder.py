"""Writes the lake files of small articles, as the stages would, so that the warehouse is tested without a model."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

from transforms.duplicates.clusters import clustered
from transforms.duplicates.shingles import fingerprint, likeness
from transforms.duplicates.signature import signature
from transforms.events.codes import all_codes
from transforms.events.merge import Account, merge
from transforms.identity import article_id, cluster_id, digest, text_id
from transforms.known import known_at
from transforms.records import (
    ArticleCluster,
    ArticleDates,
    ArticleEvent,
    ArticleMentions,
    CleanText,
    Event,
    EventMention,
    LandedArticle,
    Line,
    Participant,
    RawArticle,
    Record,
    RejectedRecord,
    Segment,
    Sentence,
    TimeExpression,
)
from transforms.versions import versioned
from transforms.vocabulary import (
    ActorKind,
    Anchor,
    DateBasis,
    EventType,
    Form,
    LineKind,
    Precision,
    PublishedBasis,
    Role,
    Status,
    TimexType,
)
from warehouse.build import CLUSTERED_STAGE, MERGED_BATCH, MERGED_STAGE, build
from warehouse.lake import Lake
from warehouse.present import PART
from warehouse.staging import AT_ONCE, LandedBatch

_LANDED = set(LandedArticle.model_fields)
FINGERPRINT = "made-by-hand"


def party(
    name: str, role: Role = Role.PARTICIPANT, *, kind: ActorKind = ActorKind.STATE, country: str | None = None
) -> Participant:
    """An actor in a role; actors of one name and kind are one actor."""
    return Participant(
        actor_id=digest("actor", kind, name), name=name, canonical=name, kind=kind, country_code=country, role=role
    )


@dataclass(frozen=True)
class Told:
    """An event as an article tells it: `mentions` are pairs of a sentence of the article and the trigger in it."""

    event_type: EventType
    status: Status
    parties: tuple[Participant, ...]
    mentions: tuple[tuple[str, str], ...]
    days: tuple[date, date] | None = None
    form: Form | None = None
    place: tuple[str, str, float, float] | None = None  # name, country, latitude, longitude
    effective: tuple[date | None, date | None] = (None, None)


@dataclass(frozen=True)
class Story:
    """An article by its sentences, one a line; `raw` and `segments` where the raw text is not the clean one."""

    source_id: str
    sentences: tuple[str, ...]
    told: tuple[Told, ...] = ()
    published: date | None = None
    source: str = "Test Wire"
    url: str | None = None
    days: dict[str, date] = field(default_factory=dict)  # time expressions of one day each, by their text
    raw: str | None = None
    segments: tuple[Segment, ...] | None = None
    labels: dict[str, tuple[LineKind, str]] = field(default_factory=dict)  # kind and reason of lines, by their text
    byline: str | None = None
    dateline: str | None = None
    hour: time | None = time(12)  # of publication; None where only the day is known
    inferred: tuple[date, date] | None = None  # first and last day of publication, where `published` is not given

    @property
    def text(self) -> str:
        return "\n".join(self.sentences)

    @property
    def raw_text(self) -> str:
        return self.text if self.raw is None else self.raw

    @property
    def text_id(self) -> str:
        return text_id(self.raw_text)

    @property
    def published_at(self) -> datetime | None:
        return None if self.published is None else datetime.combine(self.published, self.hour or time())

    @property
    def published_precision(self) -> str | None:
        return None if self.published is None else "day" if self.hour is None else "second"

    @property
    def known_at(self) -> datetime | None:
        return known_at(self.published_at, self.published_precision, self.inferred[1] if self.inferred else None)

    @property
    def article_id(self) -> str:
        return article_id(cluster_id(self.raw_text), self.source, self.url, self.source_id, self.published_at)

    def but(self, **changes: Any) -> "Story":
        return replace(self, **changes)

    def raw_article(self) -> RawArticle:
        return RawArticle(
            article_id=self.article_id,
            text_id=self.text_id,
            cluster_id=cluster_id(self.raw_text),
            source=self.source,
            source_id=self.source_id,
            url=self.url,
            text=self.raw_text,
            published_at=self.published_at,
            published_date=self.published,
            published_precision=self.published_precision,
            origin="stories.jsonl:1",
        )

    def clean_text(self) -> CleanText:
        ends = list(accumulate(len(s) + 1 for s in self.sentences))
        spans = [(end - 1 - len(s), end - 1) for s, end in zip(self.sentences, ends, strict=True)]
        labels = [self.labels.get(s, (LineKind.CONTENT, None)) for s in self.sentences]
        lines = [
            Line(start=start, end=end, kind=kind, reason=reason)
            for (start, end), (kind, reason) in zip(spans, labels, strict=True)
        ]
        whole = Segment(start=0, end=len(self.text), raw_start=0, raw_end=len(self.raw_text))
        return CleanText(
            text_id=self.text_id,
            text=self.text,
            language="en",
            segments=list(self.segments or (whole,)),
            byline=self.byline,
            dateline=self.dateline,
            lines=lines,
            sentences=[Sentence(start=line.start, end=line.end, kind=line.kind) for line in lines],
        )

    def article_dates(self) -> ArticleDates:
        earliest, latest = (self.published, self.published) if self.published else self.inferred or (None, None)
        basis = PublishedBasis.GIVEN if self.published else PublishedBasis.INFERRED if latest else PublishedBasis.NONE
        return ArticleDates(
            article_id=self.article_id,
            published_date=self.published,
            published_earliest=earliest,
            published_latest=latest,
            published_basis=basis,
            evidence=[],
            expressions=[
                TimeExpression(
                    start=(start := self.text.find(text)),
                    end=start + len(text),
                    text=text,
                    type=TimexType.DATE,
                    value=day.isoformat(),
                    start_date=day,
                    end_date=day,
                    precision=Precision.DAY,
                    anchor=Anchor.PUBLICATION,
                    rule="by hand",
                )
                for text, day in self.days.items()
            ],
        )

    def article_mentions(self) -> ArticleMentions:
        mentions: list[EventMention] = []
        events: list[ArticleEvent] = []
        for ordinal, told in enumerate(self.told):
            first = digest("mention", self.article_id, ordinal, 0)
            shared: dict[str, Any] = {
                "event_type": told.event_type,
                "status": told.status,
                "form": told.form,
                "participants": list(told.parties),
                "confidence": 0.8,
            }
            if told.days:
                shared |= {"start_date": told.days[0], "end_date": told.days[1]}
                shared |= {"date_precision": Precision.DAY, "date_basis": DateBasis.RELATIVE}
            shared |= dict(zip(("effective_start", "effective_end"), told.effective, strict=True))
            if told.place:
                shared |= dict(zip(("place", "country_code", "latitude", "longitude"), told.place, strict=True))
            events.append(ArticleEvent(article_event_id=digest("article_event", first), **shared))
            for n, (sentence, trigger) in enumerate(told.mentions):
                start = self.text.find(sentence)
                trigger_start = self.text.find(trigger, start)
                mentions.append(
                    EventMention(
                        mention_id=digest("mention", self.article_id, ordinal, n),
                        article_event_id=events[-1].article_event_id,
                        sentence_start=start,
                        sentence_end=start + len(sentence),
                        trigger=trigger,
                        trigger_start=trigger_start,
                        trigger_end=trigger_start + len(trigger),
                        rule="by hand",
                        **shared,
                    )
                )
        return ArticleMentions(article_id=self.article_id, mentions=mentions, events=events)


class Newsroom:
    """A lake in a folder, its batches in the order of landing, and the builds made of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lake = Lake(root / "lake")
        self.stories: dict[str, tuple[Story, ...]] = {}
        self.builds = 0

    @property
    def batches(self) -> list[LandedBatch]:
        return [
            LandedBatch(batch, datetime(2021, 4, 1 + n), len(stories), n)
            for n, (batch, stories) in enumerate(self.stories.items())
        ]

    def land(self, batch: str, *stories: Story) -> None:
        """Writes all stages of a batch; a batch that is there already is made anew."""
        self.stories[batch] = stories
        texts = {story.text_id: story.clean_text() for story in stories}
        self.write("raw_articles", batch, RawArticle, [s.raw_article() for s in stories])
        self.write("clean_articles", batch, CleanText, list(texts.values()))
        self.write("time_expressions", batch, ArticleDates, [s.article_dates() for s in stories])
        self.write("event_mentions", batch, ArticleMentions, [s.article_mentions() for s in stories])

    def reject(self, *rejected: RejectedRecord) -> None:
        self.write("rejected_records", digest(*rejected), RejectedRecord, rejected)

    def write(self, stage: str, batch: str, record: type[Record], rows: Sequence[Record]) -> None:
        self.lake.write(stage, batch, record, rows, fingerprint=FINGERPRINT)

    def build(self, published: Path | None = None, *, name: str | None = None, publication: str | None = None) -> Path:
        """Merges and builds what has landed; returns the built file, which is a new one each time."""
        self.cluster()
        clusters = {c.article_id: c for c in self.lake.stream(CLUSTERED_STAGE, MERGED_BATCH, ArticleCluster)}
        accounts = [
            Account(event, key, story.published, clusters[key].known_at, clusters[key].superseded_by is not None)
            for stories in self.stories.values()
            for story in stories
            for key in [story.article_id]
            for event in story.article_mentions().events
        ]
        self.write(MERGED_STAGE, MERGED_BATCH, Event, merge(accounts))
        return self.build_only(published, name=name, publication=publication)

    def cluster(self) -> None:
        """Clusters what has landed, by the raw texts, and tells its versions."""
        stories = [story for batch in self.stories.values() for story in batch]
        articles = {s.article_id: LandedArticle(**s.raw_article().model_dump(include=_LANDED)) for s in stories}
        order = [(n, articles[s.article_id]) for n, batch in enumerate(self.stories.values()) for s in batch]
        bands = {s.text_id: np.array(signature(s.raw_text), np.int64) for s in stories}
        prints = {s.text_id: fingerprint(s.text) for s in stories}
        known = {s.article_id: s.known_at for s in stories}
        rows = clustered(articles.values(), bands, lambda a, b: likeness(prints[a], prints[b]))
        self.write(CLUSTERED_STAGE, MERGED_BATCH, ArticleCluster, list(versioned(rows, order, known)))

    def build_only(
        self,
        published: Path | None = None,
        *,
        name: str | None = None,
        publication: str | None = None,
        part: int = PART,
        at_once: int = AT_ONCE,
    ) -> Path:
        """Builds from the lake as it is, merged events included."""
        self.builds += 1
        target = self.root / (name or f"built-{self.builds}.duckdb")
        row = {
            "publication_id": publication or f"publication-{self.builds}",
            "published_at": datetime(2021, 5, 1, self.builds % 24, tzinfo=UTC).replace(tzinfo=None),
            "run_id": f"run-{self.builds}",
            "version": "0",
            "commit": None,
            "model": "none",
            "rules": "by hand",
        }
        rejects = self.lake.batches("rejected_records")
        build(target, self.lake, self.batches, rejects, row, all_codes(), published, part, at_once)
        return target


PERU, ECUADOR, CHAD = (party(n, country=c) for n, c in (("Peru", "PER"), ("Ecuador", "ECU"), ("Chad", "TCD")))
RUIZ = party("Ana Ruiz", kind=ActorKind.PERSON, country="PER")
MENA = party("José Mena", kind=ActorKind.PERSON, country="ECU")
TUESDAY = date(2021, 3, 9)

MET = "LIMA 🕊 (Wire) — Peruvian Foreign Minister Ana Ruiz met José Mena of Ecuador in the capital on Tuesday."
LASTED = "Their talks at the Café Andino 🕊 lasted an hour."
CALLED = "Ecuador called for a ceasefire with Chad on Monday."
MEETING = Told(
    EventType.MEETING,
    Status.HELD,
    (RUIZ, MENA),
    ((MET, "met"), (LASTED, "talks")),
    (TUESDAY, TUESDAY),
    Form.IN_PERSON,
    ("Lima", "PER", -12.05, -77.04),
)
LIMA = Story(
    "lima-1",
    (MET, LASTED, CALLED),
    (
        MEETING,
        Told(
            EventType.CEASEFIRE,
            Status.CALLED_FOR,
            (party("Ecuador", Role.PROPOSER, country="ECU"), party("Chad", Role.PARTY, country="TCD")),
            ((CALLED, "ceasefire"),),
            (date(2021, 3, 8), date(2021, 3, 8)),
        ),
    ),
    date(2021, 3, 10),
    url="https://wire.test/lima",
    days={"Tuesday": TUESDAY, "Monday": date(2021, 3, 8)},
)

HELD = "Envoys of Peru and Ecuador held talks on 9 March, officials in Quito said."
QUITO = Story(
    "quito-1",
    (HELD, "No communiqué was issued."),
    (Told(EventType.MEETING, Status.HELD, (PERU, ECUADOR), ((HELD, "talks"),), (TUESDAY, TUESDAY), Form.TALKS),),
    date(2021, 3, 11),
    source="Other Wire",
    days={"9 March": TUESDAY},
)

IMPOSED = "The European Union imposed sanctions on Chad."
BRUSSELS = Story(
    "brussels-1",
    (IMPOSED,),
    (
        Told(
            EventType.SANCTIONS,
            Status.IMPOSED,
            (
                party("European Union", Role.SENDER, kind=ActorKind.ORGANISATION),
                party("Chad", Role.TARGET, country="TCD"),
            ),
            ((IMPOSED, "sanctions"),),
            effective=(None, date(2022, 3, 11)),
        ),
    ),
    date(2021, 3, 12),
    url="https://wire.test/brussels",
)
QUIET = Story("quiet-1", ("The rains came early to the coast.",), (), date(2021, 3, 12))

REJECTED = RejectedRecord(
    rejected_id=digest("rejected", 1), origin="stories.jsonl", line=7, reason="no text: give each record a text"
)
