"""RSS and Atom feeds: what their entries say. A saved feed is read as one file, each entry an article.

feedparser reads them (https://feedparser.readthedocs.io), from bytes only, so that it fetches nothing by itself.
Fetching feeds and the pages that they link to does not belong here.
"""

import io
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from pipelines.sources.charsets import decode_markup
from pipelines.sources.decoding import NotTextError
from pipelines.sources.formats import (
    SAMPLE_LENGTH,
    Found,
    Noted,
    Refused,
    SourceFile,
    broken_off,
    read_readable,
)
from pipelines.sources.markup import plain_text
from pipelines.sources.published import parse_published
from pipelines.sources.settings import SourceSettings

LARGEST_FEED = 5_000_000  # bytes; a hostile one takes the parser a minute
# feedparser keeps harmless entities, but a long one named often enough still fills memory ("quadratic blowup").
_ENTITY = re.compile(r"<!ENTITY\b[^<>]*>", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


class NoFeedError(ValueError):
    """Bytes that hold no feed; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed; None for what it does not give."""

    id: str | None
    url: str | None  # absolute
    title: str | None
    author: str | None
    published: str | None  # readable by `published`: as given where that is so, else in UTC
    published_raw: str | None  # as given
    updated: str | None  # as given
    text: str  # of the content, else of the summary; paragraphs as lines
    html: str | None  # the same as it stands in the feed
    only_summary: bool  # whether the feed gives no content, so that the article stands at `url` alone


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and its entries, in its order."""

    title: str | None
    url: str | None  # of the site
    language: str | None
    entries: tuple[Entry, ...]
    damage: str | None = None  # why not all of it could be read


def entries(data: bytes, url: str | None = None, charset: str | None = None) -> Feed:
    """What a feed holds. `url`: whence it came, against which links are resolved; `charset`: as told by HTTP.

    A damaged feed gives what can be read of it. Raises NoFeedError where that is no feed.
    """
    if len(data) > LARGEST_FEED:
        raise NoFeedError(f"holds more than {LARGEST_FEED:,} bytes, too much for a feed: give its articles")
    try:
        text = decode_markup(data, charset)
    except NotTextError as error:
        raise NoFeedError(str(error)) from error
    text = _DECLARATION.sub("", _ENTITY.sub("", text))
    parsed = _parsed(text, url)
    if not parsed.get("version") and not parsed["entries"]:
        why = parsed.get("bozo_exception")
        raise NoFeedError(f"is no feed that can be read ({str(why or 'no RSS, no Atom')[:100]}): save the feed again")
    head = parsed["feed"]
    damage = str(parsed.get("bozo_exception") or "not well-formed")[:100] if parsed.get("bozo") else None
    base = url or _web(head.get("link"))
    return Feed(
        title=_line(head.get("title")),
        url=_web(head.get("link"), base),
        language=_line(head.get("language")),
        entries=tuple(_entry(entry, base) for entry in parsed["entries"]),
        damage=damage,
    )


def read_feed(file: SourceFile, settings: SourceSettings) -> Iterator[Found | Refused | Noted]:
    """The entries of a saved feed, as articles. Raises OSError where the file cannot be read."""
    try:
        with file.open() as stream:
            data, broken = read_readable(stream, LARGEST_FEED + 1)
        feed = entries(data, file.url, file.charset)
    except NoFeedError as error:
        yield Refused(file.origin, str(error))
        return
    source = settings.source or feed.title or file.stem
    for number, entry in enumerate(feed.entries, 1):
        if entry.text:
            yield Found(file, entry_fields(entry), source, number, guess=False)
        else:
            yield Refused(
                file.origin,
                f"the entry has neither content nor summary: give the page at {entry.url or 'its address'}",
                number,
                entry.id or entry.url,
                (entry.title or "")[:SAMPLE_LENGTH] or None,
            )
    if broken:
        yield broken_off(file, broken, f"the {len(feed.entries):,} entries before were read")
    elif not feed.entries:
        yield Refused(file.origin, "is a feed without entries: give one that has some")
    elif feed.damage:
        message = f"is no sound XML ({feed.damage}): {len(feed.entries):,} entries could be read"
        yield Noted(file.origin, message)


def _parsed(text: str, url: str | None) -> Any:
    import feedparser

    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url or ""}
    try:
        # From a stream: bytes would be tried as the name of a file first. What is made of HTML here is text alone.
        return feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers=headers,
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as error:
        raise NoFeedError(
            f"could not be taken apart ({type(error).__name__}: {str(error)[:100]}): save the feed again"
        ) from error


def _entry(entry: Any, base: str | None) -> Entry:
    contents = [one for one in entry.get("content", []) if (one.get("value") or "").strip()]
    # Of several kinds of one content, the one with most in it.
    content = max(contents, key=lambda one: len(one["value"]), default=None)
    shown = content or entry.get("summary_detail") or {}
    value = shown.get("value") or ""
    raw = _line(_own(entry, "published"))
    return Entry(
        id=_line(_own(entry, "id")),
        url=_web(entry.get("link"), base),
        title=_line(plain_text(entry.get("title") or "")),
        author=_authors(entry),
        published=_published(raw, _own(entry, "published_parsed")),
        published_raw=raw,
        updated=_line(_own(entry, "updated")),
        text=plain_text(value),
        html=value or None,
        only_summary=content is None,
    )


def _own(entry: Any, key: str) -> Any:
    """A value of the entry itself; feedparser would give `updated` for a missing `published` and the reverse."""
    return dict.get(entry, key)


def _authors(entry: Any) -> str | None:
    names = [_line(one.get("name")) for one in entry.get("authors", []) if isinstance(one, dict)]
    return "; ".join(dict.fromkeys(name for name in names if name)) or _line(entry.get("author"))


def _published(raw: str | None, parsed: time.struct_time | None) -> str | None:
    if raw:
        try:
            parse_published(raw, UTC)
        except ValueError:
            pass
        else:
            return raw
    if parsed is None:
        return None
    try:
        return datetime(*parsed[:6], tzinfo=UTC).isoformat()
    except (ValueError, OverflowError):
        return None


def entry_fields(entry: Entry) -> dict[str, Any]:
    """The fields of a record from an entry; what the entry does not give is left out."""
    fields = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "text": entry.text,
        "published_at": entry.published,
        "published_from": "feed" if entry.published else None,
        "author": entry.author,
        "published_raw": entry.published_raw if not entry.published else None,
        "updated": entry.updated,
        "only_summary": entry.only_summary,
    }
    return {name: value for name, value in fields.items() if value}


def _web(link: object, base: str | None = None) -> str | None:
    """A link as an absolute address of the web, None where it is none."""
    if not isinstance(link, str) or not link.strip():
        return None
    try:
        address = urljoin(base or "", link.strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.hostname else None


def _line(text: object) -> str | None:
    return " ".join(text.split()) or None if isinstance(text, str) else None
