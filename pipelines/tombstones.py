"""What a forgotten article or source is known by, so that it never lands again. Taking it out of the lake belongs to
`forgetting.py`.
"""

from transforms.identity import digest
from transforms.records import RawArticle
from transforms.urls import url_key

TOMBSTONES = "tombstones"  # a stage of the lake, of records Tombstone


def source_mark(source: str) -> str:
    """What a tombstone of a source is known by."""
    return digest("forgotten", "source", source)


def marks(article: RawArticle) -> set[str]:
    """What an article may be known by to a tombstone: its text, its address, its record, its source."""
    known_by = {
        digest("forgotten", "text", article.cluster_id),
        digest("forgotten", "record", article.source, article.source_id),
        source_mark(article.source),
    }
    return known_by | ({digest("forgotten", "url", url_key(article.url))} if article.url else set())
