"""Addresses of the web: taken apart, joined, and stripped of what must not be stored. No request is made here."""

import base64
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit

PORTS = {"http": 80, "https": 443}
_LONGEST = 4_000  # characters; longer ones are traps or data
_UNSAFE = re.compile(r"[^!-~]")  # what a request line cannot hold: blanks, controls, all beyond ASCII


class UrlError(ValueError):
    """No address that can be fetched; the message says why, without the address."""


@dataclass(frozen=True, slots=True)
class Url:
    """An address of http or https. `str()` gives it without user information and fragment: so it may be stored."""

    scheme: str
    host: str  # in lower case and ASCII
    port: int
    target: str  # path and query, as they go into the request
    credentials: str | None = None  # of basic authentication, base64

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"

    def __repr__(self) -> str:
        return f"Url({self})"

    @property
    def authority(self) -> str:
        """Host, and port where it is not the scheme's own, as the Host header has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port (RFC 6454)."""
        return self.scheme, self.host, self.port

    @property
    def site(self) -> str:
        """The host without `www.`."""
        return self.host.removeprefix("www.")

    def join(self, reference: str) -> "Url":
        """The address that a reference in a document at this one leads to. Raises UrlError."""
        try:
            return parse(urljoin(str(self), reference.strip()))
        except ValueError as error:
            raise UrlError(str(error) if isinstance(error, UrlError) else "is no address") from None


def is_url(text: str) -> bool:
    """Whether an input is an address rather than a path."""
    return re.match(r"https?://", text, re.IGNORECASE) is not None


def parse(text: str) -> Url:
    """Takes an address apart. Raises UrlError where it is none of http or https, or cannot be one."""
    text = text.strip()
    if len(text) > _LONGEST:
        raise UrlError(f"has more than {_LONGEST:,} characters")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise UrlError("is no address that can be taken apart") from None
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise UrlError(f"is not of http or https but of {scheme!r:.20}" if scheme else "names no scheme such as https")
    if not host or port == 0:
        raise UrlError("names no host")
    credentials = None
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        credentials = base64.b64encode(pair.encode("utf-8", "surrogatepass")).decode()
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Url(scheme, _ascii(host), port or PORTS[scheme], _UNSAFE.sub(_quoted, target), credentials)


def _quoted(match: re.Match[str]) -> str:
    return quote(match[0].encode("utf-8", "replace"), safe="")


def _ascii(host: str) -> str:
    """The host in ASCII (IDNA 2003, as the standard library has it), without a root's dot."""
    host = host.rstrip(".").lower()
    try:
        name = host.encode("ascii" if host.isascii() else "idna").decode("ascii")
    except UnicodeError:
        raise UrlError("names a host that cannot be") from None
    if not name or re.search(r"[^a-z0-9._:\-]", name):
        raise UrlError("names a host that cannot be")
    return name
