"""Asks for addresses as a good guest does: pauses, retries, robots.txt, redirects judged one by one.

One client serves one run, so that hosts which several sources share are treated as one. A single request belongs to
`requesting`, what a feed or a page holds to `reading`.
"""

import random
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from pipelines.sources.secrets import Redactor
from pipelines.sources.web import robots
from pipelines.sources.web.addresses import Allowed, ForbiddenError, UnknownHostError, vet
from pipelines.sources.web.memory import Memory
from pipelines.sources.web.requesting import (
    ConnectionFaultError,
    Patience,
    Response,
    ResponseFaultError,
    request,
)
from pipelines.sources.web.urls import Url, UrlError

_REDIRECTS = {301, 302, 303, 307, 308}
_RETRIED = {429, 502, 503, 504}
_PASSING = {408, 425, 429}  # like all from 500: another run may succeed
_LONGEST_LEFT_ALONE = timedelta(days=7)
_TYPES = "application/atom+xml, application/rss+xml, text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True)
class Manners:
    """How hosts are treated, whichever source asks. Times in seconds."""

    patience: Patience = field(default_factory=Patience)
    attempts: int = 3
    first_pause: float = 1.0  # before the second attempt; doubled for each further one, and up to half more by chance
    longest_pause: float = 60.0  # that a Retry-After is waited for; beyond, the host is left alone for this run
    redirects: int = 5
    strikes: int = 3  # failures in a row after which a host is left alone for this run


@dataclass(frozen=True)
class Asking:
    """On whose behalf an address is asked for: what that source allows, and wants."""

    home: Url = field(repr=False)  # the source's own address; its credentials and headers go to no other origin
    allowed: Allowed = field(default_factory=Allowed)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    delay: float = 1.0  # seconds between two requests to one host
    most: int = 10_000_000  # bytes of one document
    robots: bool = True


class FetchError(Exception):
    """There is no document; the message says why and what to do. `passing`: the next run may have more luck."""

    def __init__(self, reason: str, *, passing: bool) -> None:
        super().__init__(reason)
        self.passing = passing


class DisallowedError(FetchError):
    """The site's robots.txt does not want it."""


class LeftAloneError(FetchError):
    """The host is not asked (any more) in this run; nothing was sent."""


class _TooManyRedirectsError(FetchError):
    pass


class Client:
    """Fetches for all sources of one run."""

    def __init__(self, agent: str, manners: Manners, memory: Memory, redact: Redactor) -> None:
        self._agent = agent
        self._manners = manners
        self._memory = memory
        self._redact = redact
        self._last: dict[str, float] = {}  # when a host was last asked
        self._strikes: dict[str, int] = {}
        self._alone: dict[str, str] = {}  # hosts left alone, and why
        self._rules: dict[str, robots.Rules] = {}

    def get(self, url: Url, asking: Asking, conditions: Mapping[str, str] | None = None) -> Response:
        """The answer 200 to a GET, or 304 where `conditions` were given and hold; redirects have been followed.

        Raises FetchError.
        """
        response = self._follow(url, asking, conditions or {}, asking.most)
        if response.status == 200 or (response.status == 304 and conditions):
            return response
        raise _unwanted(response.status)

    def _follow(
        self, url: Url, asking: Asking, conditions: Mapping[str, str], most: int, *, for_robots: bool = False
    ) -> Response:
        """The answer after all redirects, whatever its status."""
        seen = {str(url)}
        while True:
            addresses = self._addresses(url, asking)
            delay = asking.delay
            if asking.robots and not for_robots:
                rules = self._rules_of(url, asking)
                self._obey(rules, url)
                delay = max(delay, rules.delay)
            response = self._patiently(url, addresses, asking, conditions, most, delay, cut=for_robots)
            location = response.headers.get("location")
            if response.status not in _REDIRECTS or not location:
                return response
            url = self._next(url, location, seen)

    def _next(self, url: Url, location: str, seen: set[str]) -> Url:
        """Where a redirect leads, if one may go there."""
        try:
            # http.client takes every byte for a character; servers send UTF-8 that should have been percent-encoded.
            target = url.join(location.encode("latin-1", "replace").decode("utf-8", "replace"))
        except UrlError as error:
            raise FetchError(f"redirects to what {error}: see to the address", passing=False) from None
        if url.scheme == "https" and target.scheme == "http":
            raise FetchError("redirects from https to http, unprotected: see to the address", passing=False)
        if str(target) in seen:
            raise _TooManyRedirectsError("redirects in a circle: see to the address", passing=False)
        if len(seen) > self._manners.redirects:
            raise _TooManyRedirectsError(
                f"redirects more than {self._manners.redirects} times: see to the address", passing=False
            )
        seen.add(str(target))
        return target

    def _obey(self, rules: robots.Rules, url: Url) -> None:
        if rules.text is None:
            raise DisallowedError(
                f"the robots.txt of {url.authority} cannot be had, so nothing is fetched: the next run tries again",
                passing=True,
            )
        if not rules.allows(str(url)):
            raise DisallowedError(
                f"the robots.txt of {url.authority} disallows it: ask the publisher, or set obey_robots: false where "
                "you have leave",
                passing=False,
            )

    def _rules_of(self, url: Url, asking: Asking) -> robots.Rules:
        """The rules of a site: of this run, of the last day, or fetched."""
        origin = f"{url.scheme}://{url.authority}"
        if origin not in self._rules:
            kept = self._memory.robots(self._redact(origin), _now() - timedelta(seconds=robots.FRESH_SECONDS))
            self._rules[origin] = robots.Rules(kept) if kept is not None else self._fetch_rules(origin, url, asking)
        return self._rules[origin]

    def _fetch_rules(self, origin: str, url: Url, asking: Asking) -> robots.Rules:
        try:
            response = self._follow(url.join("/robots.txt"), asking, {}, robots.MOST_BYTES, for_robots=True)
        except LeftAloneError:
            raise
        except _TooManyRedirectsError:  # RFC 9309, 2.3.1.2: as if there were none
            return robots.Rules("")
        except FetchError:
            return robots.Rules(None)
        rules = robots.rules(response.status, response.body)
        if rules.text is not None:
            self._memory.set_robots(self._redact(origin), _now(), self._redact(rules.text))
        return rules

    def _patiently(
        self,
        url: Url,
        addresses: Sequence[str],
        asking: Asking,
        conditions: Mapping[str, str],
        most: int,
        delay: float,
        *,
        cut: bool,
    ) -> Response:
        """The answer of one address, redirects not followed; where it pays, after several attempts."""
        host = _host(url)
        headers = self._headers(url, asking, conditions)
        reason, pause = "", 0.0
        for attempt in range(self._manners.attempts):
            if attempt:
                time.sleep(pause)
            if not cut:  # robots.txt is asked for besides, once a day
                self._wait(host, delay)
            try:
                response = request(url, addresses, headers, self._manners.patience, most, cut=cut)
            except ResponseFaultError as error:
                raise FetchError(str(error), passing=False) from None
            except ConnectionFaultError as error:
                reason, wished = str(error), 0.0
            else:
                if response.status not in _RETRIED:
                    self._strikes.pop(host, None)
                    return response
                reason, wished = f"answers {_status(response.status)}", _retry_after(response)
            if wished > self._manners.longest_pause:
                raise self._leave_alone(host, wished, reason)
            backoff = self._manners.first_pause * 2**attempt
            pause = max(wished, backoff + random.uniform(0, backoff / 2))
        raise self._struck(host, reason)

    def _addresses(self, url: Url, asking: Asking) -> list[str]:
        """Where the host may be connected to, unless it is to be left alone."""
        host = _host(url)
        if host in self._alone:
            raise LeftAloneError(self._alone[host], passing=True)
        until = self._memory.not_before(self._redact(host))
        if until is not None and until > _now():
            raise LeftAloneError(
                f"its host asked to be left alone until {until:%Y-%m-%d %H:%M} UTC: a run after that tries again",
                passing=True,
            )
        try:
            return vet(url, asking.allowed)
        except ForbiddenError as error:
            raise FetchError(str(error), passing=False) from None
        except UnknownHostError as error:
            raise self._struck(host, str(error)) from None

    def _headers(self, url: Url, asking: Asking, conditions: Mapping[str, str]) -> dict[str, str]:
        headers = {"User-Agent": self._agent, "Accept": _TYPES, **conditions}
        if url.origin == asking.home.origin:
            own = {name.lower() for name in asking.headers}  # names of headers have no case (RFC 9110, 5.1)
            headers = {name: value for name, value in headers.items() if name.lower() not in own} | {**asking.headers}
            if asking.home.credentials:
                headers["Authorization"] = f"Basic {asking.home.credentials}"
        return headers

    def _wait(self, host: str, delay: float) -> None:
        """Waits until the host may be asked again."""
        last = self._last.get(host)
        if last is not None:
            time.sleep(max(0.0, last + delay - time.monotonic()))
        self._last[host] = time.monotonic()

    def _leave_alone(self, host: str, seconds: float, reason: str) -> LeftAloneError:
        """Leaves a host alone as long as it wants."""
        until = _now() + min(timedelta(seconds=min(seconds, 1e9)), _LONGEST_LEFT_ALONE)
        self._memory.set_not_before(self._redact(host), until)
        why = f"{reason} and asks to be left alone until {until:%Y-%m-%d %H:%M} UTC: a run after that tries again"
        self._alone[host] = why
        return LeftAloneError(why, passing=True)

    def _struck(self, host: str, reason: str) -> FetchError:
        """Counts a failure; after several in a row the host is left alone for this run."""
        self._strikes[host] = self._strikes.get(host, 0) + 1
        if self._strikes[host] >= self._manners.strikes:
            self._alone[host] = f"its host failed {self._strikes[host]} times in a row: the next run tries again"
        return FetchError(f"{reason}: the next run tries again", passing=True)


def _host(url: Url) -> str:
    """What counts as one host: pauses, failures and wishes are its own."""
    return f"{url.host}:{url.port}"


def _unwanted(status: int) -> FetchError:
    passing = status >= 500 or status in _PASSING
    todo = "the next run tries again" if passing else "check the address, and what it asks for"
    return FetchError(f"answers {_status(status)}: {todo}", passing=passing)


def _status(status: int) -> str:
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


def _retry_after(response: Response) -> float:
    """Seconds that the server wants to be left alone (RFC 9110, 10.2.3); 0 where it does not say."""
    text = response.headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,12}", text, re.ASCII):
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def _now() -> datetime:
    """The time in UTC, naive, as it is stored."""
    return datetime.now(UTC).replace(tzinfo=None)
