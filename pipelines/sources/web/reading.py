"""Reads one source of the web: a feed with the pages that it links to, or a page. Requests belong to `client`.

Every record is redacted before it leaves, so that no id, address or text can hold a secret.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pipelines.sources.detection import Kind, detect
from pipelines.sources.feeds import Entry, NoFeedError, entries, entry_fields
from pipelines.sources.formats import Found, Noted, Refused, SourceFile
from pipelines.sources.html import NoArticleError, Page, page_fields, read_page
from pipelines.sources.secrets import Redactor
from pipelines.sources.settings import SourceSettings
from pipelines.sources.watching import Watched
from pipelines.sources.web.bodies import BadBodyError, TooLargeError, gunzipped
from pipelines.sources.web.client import Asking, Client, DisallowedError, FetchError, LeftAloneError
from pipelines.sources.web.memory import Memory
from pipelines.sources.web.requesting import Response
from pipelines.sources.web.urls import Url, UrlError
from transforms.identity import digest

_HEAD = 65_536  # bytes by which the kind is told
_NO_MAPPING = SourceSettings()

type Item = Found | Refused | Noted
type Reading[T] = Generator[Item, None, T]


@dataclass(frozen=True)
class Outcome:
    """What a look at a source came to."""

    status: str  # `ok`, `unchanged`, or what went wrong
    kind: str | None = None  # `feed` or `page`, None where it cannot be told
    succeeded: bool = False


@dataclass
class _Round:
    """What is counted while the entries of a feed are gone through."""

    source: Watched
    asking: Asking
    base: Url  # where the feed was found in the end
    pages: dict[str, str] = field(default_factory=dict)  # stamps of those dealt with, by entry
    asked: int = 0  # pages asked for
    complete: bool = True  # whether nothing is left for another run
    beyond: int = 0  # entries beyond max_pages
    disallowed: int = 0  # pages that robots.txt disallows
    alone: int = 0  # pages of hosts that are left alone


class WebReader:
    """Reads sources of the web, one after the other, with one client and one memory."""

    def __init__(self, client: Client, memory: Memory, redact: Redactor) -> None:
        self._client = client
        self._memory = memory
        self._redact = redact

    def read(self, source: Watched, asking: Asking) -> Reading[Outcome]:
        """The records of a source; what the next run must know is handed to the memory, which writes it later."""
        version = f"{source.address} {_told(source)}"  # what is fetched depends on all of it
        try:
            response = self._client.get(asking.home, asking, self._memory.validators(source.key, version))
            if response.status == 304:
                return Outcome("unchanged", succeeded=True)
            body = _whole(response, asking)
        except FetchError as error:
            refused = self._refused(source.address, str(error))
            yield refused
            return Outcome(refused.reason)
        kind = _kind(response, body)
        complete = True
        if kind is Kind.FEED:
            outcome, complete = yield from self._feed(source, asking, response, body)
        elif kind is Kind.HTML:
            outcome = yield from self._home_page(source, response, body)
        else:
            refused = self._refused(source.address, "is neither a feed nor a page: fetch it and name it under path")
            yield refused
            return Outcome(refused.reason)
        validators = [self._unsecret(response.headers.get(name)) for name in ("etag", "last-modified")]
        if not complete or not outcome.succeeded:
            validators = [None, None]  # so that the next run reads it again
        self._memory.set_validators(source.key, version, *validators)
        return outcome

    def _home_page(self, source: Watched, response: Response, body: bytes) -> Reading[Outcome]:
        try:
            page = read_page(body, str(response.url), response.charset)
        except NoArticleError as error:
            refused = self._refused(source.address, str(error))
            yield refused
            return Outcome(refused.reason, "page")
        yield self._found(source, response.url, _fields(page, response.url))
        return Outcome("ok", "page", succeeded=True)

    def _feed(self, source: Watched, asking: Asking, response: Response, body: bytes) -> Reading[tuple[Outcome, bool]]:
        """The entries of a feed, and whether nothing of them is left for another run."""
        try:
            feed = entries(body, str(response.url), response.charset)
        except NoFeedError as error:
            refused = self._refused(source.address, str(error))
            yield refused
            return Outcome(refused.reason, "feed"), False
        round_ = _Round(source, asking, response.url)
        if feed.damage:
            round_.complete = False  # it may have been cut off on the way, and the rest stand in it next time
            told = f"is no sound XML ({feed.damage}): {len(feed.entries):,} entries could be read"
            yield Noted(source.address, self._redact(told))
        for entry in feed.entries:
            yield from self._entry(entry, round_)
        self._memory.set_pages(source.key, round_.pages)
        yield from self._notes(round_)
        return Outcome("ok", "feed", succeeded=True), round_.complete

    def _entry(self, entry: Entry, round_: _Round) -> Reading[None]:
        """The article of an entry: of the page it links to, or what the feed itself holds."""
        wanted = entry.only_summary if round_.source.entry.follow is None else round_.source.entry.follow
        if not wanted or not entry.url:
            yield self._own(entry, round_)
            return
        # What an entry says of its last change tells a new version of its page; an address alone would not.
        key = self._redact(entry.id or entry.url)
        stamp = digest("entry", entry.updated or entry.published or entry.title, self._redact(entry.url))
        # What the sources file says now may let in what it kept out before: a limit, a host, leave to pass robots.txt.
        refused = digest("refused", stamp, _told(round_.source))
        for known in (stamp, refused):
            if round_.pages.get(key) == known or self._memory.has_page(round_.source.key, key, known):
                round_.pages[key] = known
                return
        if round_.asked >= round_.source.entry.max_pages:
            round_.beyond += 1
            round_.complete = False
            return
        had = yield from self._linked(entry, round_)
        if had is None:
            round_.complete = False
        else:
            round_.pages[key] = stamp if had else refused

    def _linked(self, entry: Entry, round_: _Round) -> Reading[bool | None]:
        """The article of the page that an entry links to; whether it was had, None where another run is to try it."""
        round_.asked += 1
        try:
            url = round_.base.join(entry.url or "")
        except UrlError as error:
            yield self._refused(round_.source.address, f"an entry links to what {error}: see to the feed", entry)
            if entry.text:
                yield self._own(entry, round_)
            return False
        try:
            response = self._client.get(url, round_.asking)
            page = read_page(_whole(response, round_.asking), str(response.url), response.charset)
        except LeftAloneError:
            round_.alone += 1
            return None
        except DisallowedError as error:
            lasting = not error.passing
            round_.disallowed += lasting
            round_.alone += error.passing
        except (FetchError, NoArticleError) as error:
            lasting = isinstance(error, NoArticleError) or not error.passing
            yield self._refused(str(url), str(error), entry)
        else:
            told = entry_fields(entry)
            for name in ("url", "text", "only_summary", "published_raw"):
                told.pop(name, None)
            fields = _fields(page, response.url) | told | {"feed": round_.source.address}
            yield self._found(round_.source, response.url, fields)
            return True
        # Of a page that will not be had, what the feed says is better than nothing; should the page come after all, it
        # is a new version of the same article.
        if lasting and entry.text:
            yield self._own(entry, round_)
        return False if lasting else None

    def _own(self, entry: Entry, round_: _Round) -> Item:
        """The article that a feed holds itself, or why it holds none."""
        if not entry.text:
            reason = "an entry has neither text nor a link to a page: see to the feed"
            return self._refused(round_.source.address, reason, entry)
        # Without an id of its own each entry would go by the name of the feed's file, and pass for the others' version.
        named = {"id": entry.id or entry.url or digest("entry", entry.title, entry.text)}
        return self._found(round_.source, round_.base, entry_fields(entry) | named | {"feed": round_.source.address})

    def _notes(self, round_: _Round) -> Reading[None]:
        most = round_.source.entry.max_pages
        for count, told in (
            (round_.disallowed, "pages are disallowed by robots.txt and were not fetched"),
            (round_.beyond, f"pages are left for the next run: max_pages is {most}"),
            (
                round_.alone,
                "pages are left for another run, since their hosts, or what these allow, cannot be asked now",
            ),
        ):
            if count:
                yield Noted(round_.source.address, f"{count} {told}")

    def _found(self, source: Watched, at: Url, fields: Mapping[str, Any]) -> Found:
        now = datetime.now(UTC).replace(microsecond=0).isoformat()
        clean = self._redact.everywhere({**fields, "fetched_at": now})
        return Found(SourceFile.of_bytes(b"", self._redact(str(at))), clean, source.name, guess=False)

    def _refused(self, origin: str, reason: str, entry: Entry | None = None) -> Refused:
        source_id = self._redact(entry.id) if entry and entry.id else None
        return Refused(self._redact(origin), self._redact(reason), source_id=source_id)

    def _unsecret(self, header: str | None) -> str | None:
        """A header's value, None where it holds a secret."""
        return header if header is None or self._redact(header) == header else None


def _told(source: Watched) -> str:
    """What the sources file says of a source that decides what can be fetched."""
    entry = source.entry
    private = ",".join(sorted(entry.allow_private))
    return f"follow={entry.follow} robots={entry.obey_robots} most={entry.max_bytes} private={private}"


def _whole(response: Response, asking: Asking) -> bytes:
    """The body, unpacked where it is a gzip file. Raises FetchError."""
    try:
        return gunzipped(response.body, asking.most)
    except TooLargeError:
        raise FetchError(f"unpacks to more than {asking.most:,} bytes: raise max_bytes", passing=False) from None
    except BadBodyError as error:
        raise FetchError(f"{error}: see to its server", passing=False) from None


def _kind(response: Response, body: bytes) -> Kind | None:
    """What was fetched, by its content; what only HTTP calls a page is one, too."""
    kind = detect(body[:_HEAD], "", _NO_MAPPING)
    if kind not in (Kind.FEED, Kind.HTML) and "html" in response.headers.get("content-type", "").lower():
        return Kind.HTML
    return kind if isinstance(kind, Kind) else None


def _fields(page: Page, at: Url) -> dict[str, Any]:
    return page_fields(page) | {"id": str(at), "url": _address(page, at)}


def _address(page: Page, at: Url) -> str:
    """The address that a page gives as its own, where it is of its own site; no page may pass for one of another's."""
    try:
        own = at.join(page.url) if page.url else at
    except UrlError:
        return str(at)
    return str(own if own.site == at.site else at)
