"""Addresses of articles in the one form that all addresses of an article share. Fetching them does not belong here."""

from functools import cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from transforms.reference import table

_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAFE = "/:@!$&'()*+,;="  # in a path they stand for themselves (RFC 3986, 3.3)
_ROUTE = ("!", "/")  # a fragment that begins so is the page that a script shows, not a place on it


@cache
def _noise(kind: str) -> tuple[str, ...]:
    return tuple(row["value"] for row in table("url_noise") if row["kind"] == kind)


def url_key(url: str) -> str:
    """The address without what does not tell one article from another: scheme, a final slash, the place on the page,
    and what `seeds/reference/url_noise.csv` lists: `www.`, tracking parameters, the marks of a page for phones. It is
    for comparing, not for fetching. What cannot be read as an address is returned as it is.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url
    if not host:
        return url
    if port == _DEFAULT_PORTS.get(parts.scheme.casefold()):
        port = None
    told = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode(sorted(pair for pair in told if not _is_noise(*pair)), errors="replace")
    route = parts.fragment if parts.fragment.startswith(_ROUTE) else ""
    return "".join(
        (
            _site(host),
            f":{port}" if port else "",
            _path(quote(unquote(parts.path), safe=_SAFE, errors="replace")),
            f"?{query}" if query else "",
            f"#{route}" if route else "",
        )
    )


def _is_noise(name: str, value: str) -> bool:
    name, value = name.casefold(), value.casefold()
    return name in _noise("parameter") or name.startswith(_noise("prefix")) or f"{name}={value}" in _noise("pair")


def _site(host: str) -> str:
    """The host without labels that only tell for what device it serves; `m.test` alone is a site's own name."""
    first, _, rest = host.partition(".")
    while first in _noise("host") and "." in rest:
        host = rest
        first, _, rest = host.partition(".")
    return host


def _path(path: str) -> str:
    """The path without a final slash and the marks of a page for phones."""
    before = None
    while path != before:
        before = path
        path = path.rstrip("/")
        for mark in _noise("beginning"):
            if path.casefold().startswith(f"{mark}/"):
                path = path[len(mark) :]
        for mark in _noise("ending"):
            if path.casefold().endswith(mark) and len(path) > len(mark):
                path = path[: -len(mark)]
    return path
