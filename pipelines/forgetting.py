"""Forgets articles and sources: tombstones, the rows they name taken out of the lake, and what may not land again.

A tombstone holds hashes only (of a source: its name). Publishing anew (`runs.py`) and reading sources do not belong
here.
"""

from collections.abc import Collection, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pipelines.clustering import JUDGED_STAGE
from pipelines.land import RAW, REJECTED
from pipelines.merging import forget_accounts
from pipelines.publication import is_published
from pipelines.settings import Home
from pipelines.stage import Stage, contents, fingerprint_of
from pipelines.stages import STAGES
from pipelines.tombstones import (
    CLEARED,
    TOMBSTONES,
    marks,
    record_mark,
    reject_marks,
    source_mark,
    stones_without,
    text_mark,
    uncleared,
)
from transforms.identity import digest
from transforms.records import RawArticle, Record, RejectedRecord, Tombstone
from warehouse.atomic import sweep
from warehouse.build import CLUSTERED_STAGE, MERGED_BATCH, MERGED_STAGE
from warehouse.columns import columns
from warehouse.lake import Lake, Stamp
from warehouse.lock import FileLock
from warehouse.publish import drop_older

_UNCOMPUTED = "forgotten"
_REPLACED = "replaced"  # fact of a rewritten file: the content hashes that it had before


class NothingToForgetError(LookupError):
    """An article that is to be forgotten is not in the lake; the message says how to find its id."""


class Why(StrEnum):
    """For what an article goes."""

    NAMED = "named"
    SOURCE = "its source"
    TEXT = "same text"
    VERSION = "other version"


@dataclass
class Forgotten:
    """What a forgetting takes away, or would take away. No article here has its text: a source may have more than
    memory holds."""

    articles: list[tuple[RawArticle, Why]] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    near_copies: list[str] = field(default_factory=list)  # article_ids of copies that are not quite the same, and stay


def find(lake: Lake, article_ids: Sequence[str], sources: Sequence[str]) -> Forgotten:
    """The articles that go: those named, every version of them (same URL, or same source and source_id), and every
    article with exactly the text of one of these, whatever its source.

    Raises NothingToForgetError for an article_id that has not landed. A source may be named before it ever lands.
    """
    wanted = set(article_ids)
    named = [_textless(article) for article in _articles(lake) if article.article_id in wanted]
    if missing := wanted - {article.article_id for article in named}:
        raise NothingToForgetError(
            f"no article {', '.join(sorted(missing))} has landed: "
            'parley sql "SELECT article_id, source, title FROM marts.articles" lists them'
        )
    banned = {mark for article in named for mark in marks(article) - {source_mark(article.source)}}
    banned |= {text_mark(article) for article in _articles(lake) if banned & marks(article)}
    gone = [
        (_textless(article), _why(article, wanted, sources, banned))
        for article in _articles(lake)
        if article.source in sources or banned & marks(article)
    ]
    return Forgotten(gone, sorted(set(sources)), _near_copies(lake, {article.article_id for article, _ in gone}))


def _why(article: RawArticle, wanted: Collection[str], sources: Collection[str], banned: Collection[str]) -> Why:
    if article.article_id in wanted:
        return Why.NAMED
    if article.source in sources:
        return Why.SOURCE
    others = marks(article) - {text_mark(article)}
    return Why.VERSION if others.intersection(banned) else Why.TEXT


def _near_copies(lake: Lake, gone: set[str]) -> list[str]:
    """Articles of the last clusters that are copies of those that go, and stay themselves."""
    if lake.stamp(CLUSTERED_STAGE, MERGED_BATCH) is None:
        return []
    names = ("article_id", "cluster_id")
    told = lake.table(CLUSTERED_STAGE, MERGED_BATCH, names)
    pairs = list(zip(*(told[name].to_pylist() for name in names), strict=True))
    clusters = {cluster for article, cluster in pairs if article in gone}
    return sorted(article for article, cluster in pairs if cluster in clusters and article not in gone)


def forget(home: Home, article_ids: Sequence[str], sources: Sequence[str]) -> Forgotten:
    """Writes the tombstones, then takes the rows out of the lake; a forgetting that was killed is finished by the
    next landing or forgetting.

    Raises NothingToForgetError as `find` does, OSError where the lake cannot be written.
    """
    lake = home.lake
    with _alone(home):
        found = find(lake, article_ids, sources)
        now = datetime.now(UTC).replace(tzinfo=None)
        rows = {}
        for article, why in found.articles:
            known_by = marks(article) - {source_mark(article.source)} if why is Why.NAMED else {text_mark(article)}
            for mark in known_by if why is not Why.SOURCE else ():
                rows[mark] = Tombstone(tombstone_id=mark, article_id=article.article_id, forgotten_at=now)
        for source in sources:
            mark = source_mark(source)
            rows[mark] = Tombstone(tombstone_id=mark, source=source, forgotten_at=now)
        ordered = [rows[mark] for mark in sorted(rows)]
        key = digest("tombstones", *sorted(rows))
        lake.write(TOMBSTONES, key, Tombstone, ordered, fingerprint=_UNCOMPUTED, facts={"applied": False})
        _apply(lake)
    return found


def finish(home: Home) -> None:
    """Takes out of the lake what a forgetting that was killed has left there. Nothing to do costs one look."""
    if _pending(home.lake):
        with _alone(home):
            _apply(home.lake)
    clear(home)


def clear(home: Home) -> None:
    """Removes older copies and rejected builds, which hold what was forgotten, once a publication without it stands.

    It is written down when that is done, so that a kill before it costs nothing but time. Nothing to do costs one look.
    """
    if not uncleared(home.lake):
        return
    with _alone(home):
        if _pending(home.lake) or not is_published(home):
            return
        drop_older(home.parquet)
        home.rejected.unlink(missing_ok=True)
        home.verdict.unlink(missing_ok=True)
        for key in uncleared(home.lake):
            rows = home.lake.read(TOMBSTONES, key, Tombstone)
            facts = {"applied": True, CLEARED: True}
            home.lake.write(TOMBSTONES, key, Tombstone, rows, fingerprint=_UNCOMPUTED, facts=facts)


def _alone(home: Home) -> ExitStack:
    """Neither a landing nor a build runs beside this."""
    stack = ExitStack()
    stack.enter_context(FileLock(home.lock("land")))
    stack.enter_context(FileLock(home.lock("writer")))
    return stack


def _pending(lake: Lake) -> list[str]:
    """Tombstones of which rows still stand in the lake."""
    return stones_without(lake, "applied")


def _articles(lake: Lake) -> Iterable[RawArticle]:
    for batch in lake.batches(RAW):
        yield from lake.stream(RAW, batch, RawArticle)


def _textless(article: RawArticle) -> RawArticle:
    return article.model_copy(update={"text": "", "extra": None})


def _apply(lake: Lake) -> None:
    """Rewrites every file of the lake that holds a row of what is forgotten: rejected records, then raw articles.

    Rows of later stages go because no raw article leads to them any more, so that this can be killed anywhere and
    done again.
    """
    sweep(lake.root)  # parts of a batch that a killed run was making hold whole texts
    pending = _pending(lake)
    banned = set(lake.column(TOMBSTONES, "tombstone_id"))
    # While the raw articles still tell which records these were: versions and copies have others than the tombstones.
    _drop_rejects(lake, banned | {record_mark(article) for article in _articles(lake) if banned & marks(article)})
    for batch in lake.batches(RAW):
        articles = lake.read(RAW, batch, RawArticle)
        kept = [article for article in articles if not banned & marks(article)]
        if len(kept) < len(articles):
            _rewrite(lake, RAW, batch, RawArticle, kept)
        for stage in STAGES:
            _drop_orphans(lake, stage, batch, kept)
    for stage_name in (JUDGED_STAGE, CLUSTERED_STAGE, MERGED_STAGE):  # made anew by the next merge
        lake.path(stage_name, MERGED_BATCH).unlink(missing_ok=True)
    forget_accounts(lake)
    for key in pending:
        rows = lake.read(TOMBSTONES, key, Tombstone)
        lake.write(TOMBSTONES, key, Tombstone, rows, fingerprint=_UNCOMPUTED, facts={"applied": True, CLEARED: False})


def _rewrite(lake: Lake, stage: str, batch: str, record: type[Record], rows: Sequence[Record], **changed: Any) -> None:
    """Writes the rows in the place of a file's, which keeps its facts and remembers what it held."""
    old = lake.stamp(stage, batch)
    assert old is not None
    before = [*old.facts.get(_REPLACED, []), old.content]
    facts = old.facts | {_REPLACED: before} | changed.pop("facts", {})
    lake.write(stage, batch, record, rows, fingerprint=changed.pop("fingerprint", old.fingerprint), facts=facts)


def _drop_orphans(lake: Lake, stage: Stage, batch: str, articles: Sequence[RawArticle]) -> None:
    """Takes from a stage's file the rows that belong to none of the batch's articles.

    A file that fitted its inputs fits them still, and is not computed anew.
    """
    old = lake.stamp(stage.name, batch)
    if old is None:
        return
    owner = next(c.name for c in columns(stage.record) if c.key)
    owners = {getattr(article, owner) for article in articles}
    inputs = contents(stage, lake, batch)
    if owners.issuperset(lake.column(stage.name, owner, [batch])) and inputs == old.facts["inputs"]:
        return
    kept = [row for row in lake.stream(stage.name, batch, stage.record) if getattr(row, owner) in owners]
    fingerprint = old.fingerprint
    facts: dict[str, Any] = {}
    if _fitted(old.facts["inputs"], [lake.stamp(name, batch) for name in stage.inputs]):
        facts = {"inputs": inputs}
        if fingerprint == fingerprint_of(stage, old.facts["inputs"]):
            fingerprint = fingerprint_of(stage, inputs)
    _rewrite(lake, stage.name, batch, stage.record, kept, fingerprint=fingerprint, facts=facts)


def _fitted(before: Sequence[str | None], inputs: Sequence[Stamp | None]) -> bool:
    """Whether these are what the inputs held before something was forgotten."""
    return all(
        stamp is not None and content in {stamp.content, *stamp.facts.get(_REPLACED, [])}
        for content, stamp in zip(before, inputs, strict=True)
    )


def _drop_rejects(lake: Lake, banned: set[str]) -> None:
    """Rejected records hold the beginning of a text: those of forgotten articles and sources go, too."""
    for key in lake.batches(REJECTED):
        rows = lake.read(REJECTED, key, RejectedRecord)
        kept = [row for row in rows if not banned & reject_marks(row)]
        if len(kept) < len(rows):
            _rewrite(lake, REJECTED, key, RejectedRecord, kept)
