"""The day on which a page says it was published, and by which method; of several, the most deliberate one.

Only markup that means publication counts, and the address. A date that merely stands in the text does not: guesses of
that kind are wrong too often, and a wrong date is worse than none.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pipelines.sources.published import Published, parse_published
from transforms.reference import table

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE = re.compile(r"article|posting|report|newsstory", re.IGNORECASE)  # schema.org's types of articles
_HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage")  # keys under which the article of a page may stand
_LONGEST_SCRIPT = 2_000_000  # characters of JSON-LD
_MOST_NODES = 1_000
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_URL_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<by>[/_.-])(?P<month>\d{1,2}|[a-z]{3,9})(?P=by)(?P<day>\d{1,2})(?!\d)"
    r"|(?<=[/_-])(?P<all>(?:19|20)\d{6})(?=[/_.-]|\Z)",
    re.IGNORECASE,
)
_SLASHED_DAY = re.compile(r"\A(\d{4})/(\d{1,2})/(\d{1,2})(?=\Z|[ T])")
_AHEAD = timedelta(days=1)  # zones of the world lie up to a day apart
_FAR_APART = 2  # days between address and markup from which they contradict each other


@dataclass(frozen=True, slots=True)
class GivenDate:
    """When a page says it was published."""

    published: str | None = None  # as given, readable by `published`
    method: str | None = None  # `json-ld`, `meta`, `time` or `url`
    refused: date | None = None  # the first day that was given and lay ahead


def given_date(tree: "HtmlElement", urls: Sequence[str | None], fetched: datetime) -> GivenDate:
    """The time of publication as given. `urls`: the page's addresses, the most telling first; `fetched`: UTC.

    A day more than one day after `fetched` is a mistake, or that of an event: the next method is asked.
    """
    latest = fetched.date() + _AHEAD
    refused: date | None = None
    days = (day.isoformat() for url in urls if (day := url_date(url)))
    for method, values in (("json-ld", _json_ld(tree)), ("meta", _meta(tree)), ("time", _time(tree)), ("url", days)):
        for value in values:
            if (readable := _readable(value)) is None:
                continue
            text, day = readable
            if day <= latest:
                return GivenDate(text, method, refused)
            refused = refused or day
    return GivenDate(refused=refused)


def url_date(url: str | None) -> date | None:
    """The day that stands in an address: /2024/05/03/, /2024/may/03/, -2024-05-03, /20240503/."""
    for found in _URL_DAY.finditer((url or "")[:2_000]):
        if found["all"]:
            year, month, day = found["all"][:4], found["all"][4:6], found["all"][6:]
        else:
            year, month, day = found["year"], found["month"], found["day"]
        if not month.isdecimal():
            known = [number for number, name in enumerate(_MONTHS, 1) if month.lower().startswith(name)]
            month = str(known[0]) if known else "0"
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def conflict(published: str, url: str | None) -> str | None:
    """The day in the address where it is more than two days from the one that the markup gives."""
    day = url_date(url)
    given = _parsed(published)
    return day.isoformat() if day and given and abs((given.day - day).days) > _FAR_APART else None


def _parsed(value: str) -> Published | None:
    try:
        return parse_published(value, UTC)
    except ValueError:
        return None


def _readable(value: object) -> tuple[str, date] | None:
    """The value where it is a time of publication, with a common spelling of the day mended, and its day."""
    if not isinstance(value, str) or len(value) > 100:
        return None
    text = _SLASHED_DAY.sub(lambda m: f"{m[1]}-{m[2]:0>2}-{m[3]:0>2}", value.strip())
    published = _parsed(text)
    return (text, published.day) if published else None


def _json_ld(tree: "HtmlElement") -> Iterator[object]:
    """datePublished of the articles that JSON-LD describes, then of what else it describes."""
    others: list[object] = []
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->")
        if len(text) > _LONGEST_SCRIPT:
            continue
        try:
            content = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(content):
            if _ARTICLE.search(str(node.get("@type"))):
                yield node.get("datePublished")
            else:
                others.append(node.get("datePublished"))
    yield from others


def _nodes(content: Any) -> Iterator[dict[str, Any]]:
    """The objects that describe the page itself; lists of other pages (itemListElement) are not followed."""
    todo, count = [content], 0
    while todo and count < _MOST_NODES:
        node = todo.pop(0)
        count += 1
        if isinstance(node, list):
            todo += node[:_MOST_NODES]
        elif isinstance(node, dict):
            yield node
            todo += [node[key] for key in _HOLDERS if isinstance(node.get(key), dict | list)]


def _meta(tree: "HtmlElement") -> Iterator[object]:
    given: dict[str, str] = {}
    for element in tree.iter("meta"):
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            if name := element.get(attribute):
                given.setdefault(name.strip().lower(), element.get("content") or "")
    for row in table("page_dates"):
        yield given.get(row["meta"])


def _time(tree: "HtmlElement") -> Iterator[object]:
    """<time> that is marked as the time of publication: `pubdate` of HTML5's drafts, microdata, microformats."""
    for element in tree.iter("time"):
        marks = {(element.get("itemprop") or "").lower(), *(element.get("class") or "").lower().split()}
        if element.get("pubdate") is not None or marks & {"datepublished", "dt-published", "published"}:
            yield element.get("datetime")
