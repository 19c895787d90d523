"""What a forgotten article or source is known by, so that it never lands again. Taking it out of the lake belongs to
`forgetting.py`.
"""

from transforms.identity import digest
from transforms.records import RawArticle, RejectedRecord
from transforms.urls import url_key
from warehouse.lake import Lake

TOMBSTONES = "tombstones"  # a stage of the lake, of records Tombstone


CLEARED = (
    "cleared"  # fact of tombstones: whether a publication without what they name stands, and older copies are gone
)


def forgetting_in_hand(lake: Lake) -> bool:
    """Whether something was forgotten that the publication of now may still hold."""
    return bool(uncleared(lake))


def uncleared(lake: Lake) -> list[str]:
    """Keys of the tombstones of which rows may still stand in older copies."""
    return stones_without(lake, CLEARED)


def stones_without(lake: Lake, fact: str) -> list[str]:
    """Keys of the files of tombstones of which this fact is not true."""
    stamps = {key: lake.stamp(TOMBSTONES, key) for key in lake.batches(TOMBSTONES)}
    return [key for key, stamp in stamps.items() if stamp is not None and not stamp.facts.get(fact)]


def forgotten_sources(lake: Lake) -> set[str]:
    """Names of the sources that were forgotten."""
    return set(filter(None, lake.column(TOMBSTONES, "source")))


def source_mark(source: str) -> str:
    """What a tombstone of a source is known by."""
    return digest("forgotten", "source", source)


def text_mark(article: RawArticle) -> str:
    """What a text is known by, white space aside."""
    return digest("forgotten", "text", article.cluster_id)


def marks(article: RawArticle) -> set[str]:
    """What an article may be known by to a tombstone: its text, its address, its record, its source."""
    known_by = {
        text_mark(article),
        record_mark(article),
        source_mark(article.source),
    }
    return known_by | ({digest("forgotten", "url", url_key(article.url))} if article.url else set())


def record_mark(article: RawArticle) -> str:
    """What the record of an article is known by, and all that is rejected of it."""
    return _record_mark(article.source, article.source_id)


def reject_marks(reject: RejectedRecord) -> set[str]:
    """What a rejected record may be known by to a tombstone: it holds the beginning of a text."""
    return {source_mark(reject.source), _record_mark(reject.source, reject.source_id)} if reject.source else set()


def _record_mark(source: str, source_id: str | None) -> str:
    return digest("forgotten", "record", source, source_id)
