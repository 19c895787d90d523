"""A web page to its article: text, title, author, site, address, and the time of publication with its method.

trafilatura finds them (https://trafilatura.readthedocs.io, as it comes but without readers' comments); how the bytes
are decoded belongs to `charsets`, when the page was published to `page_dates`. Nothing is fetched here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from pipelines.sources.charsets import decode_markup
from pipelines.sources.decoding import NotTextError, sound
from pipelines.sources.formats import SAMPLE_LENGTH, Found, Refused, SourceFile, read_whole
from pipelines.sources.page_dates import conflict, given_date
from pipelines.sources.settings import SourceSettings
from transforms.reference import table
from transforms.urls import url_key

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

LARGEST_PAGE = 10_000_000  # bytes; the largest of a hundred front pages of newspapers has four million
# Extraction takes longer than in proportion to them; pages at both limits take ten seconds.
_MOST_ELEMENTS = 30_000
_MOST_STEPS = 1_500_000  # elements, each counted as often as it is deep
# Chinese, Japanese, Korean and Thai are written without blanks: a character counts as a word.
_WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+")
_FEWEST_WORDS = 20
_FEWEST_WORDS_OF_WALL = 120  # an article that quotes the words of a wall is longer


class NoArticleError(ValueError):
    """A page from which no article can be taken; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Page:
    """An article as its page gives it; None for what the page does not give."""

    text: str  # paragraphs as lines
    title: str | None
    author: str | None  # several are separated by "; "
    site: str | None
    published: str | None  # as given, readable by `published`
    published_from: str | None  # `json-ld`, `meta`, `time` or `url`
    url: str | None  # the canonical address, else the one that was given
    language: str | None  # as the page says, ISO 639-1 with or without a region
    date_guess: str | None = None  # ISO day that htmldate sees in a page that gives none; wrong one time in ten
    date_conflict: str | None = None  # ISO day in the address, far from `published`, or one given that lay ahead


def read_page(data: bytes, url: str | None = None, charset: str | None = None, fetched: datetime | None = None) -> Page:
    """The article of a page. `url`: whence it came, `charset`: what HTTP said of its encoding, `fetched`: when it was
    fetched, in UTC, else it is now; what it says of a later day is not taken for its publication.

    Raises NoArticleError where there is none, whatever the bytes hold.
    """
    if len(data) > LARGEST_PAGE:
        raise NoArticleError(f"holds more than {LARGEST_PAGE:,} bytes, too much for a page: give its article alone")
    if not data.strip():
        raise NoArticleError("is empty: give a page that holds an article")
    try:
        markup = decode_markup(data, charset)
    except NotTextError as error:
        raise NoArticleError(str(error)) from error
    tree = _tree(markup)
    address = _address(tree, url)
    given = given_date(tree, (address, url), fetched or datetime.now(UTC))
    found = _extracted(tree, address)
    text = sound(found.text or "").strip() if found else ""
    _require_article(tree, found.title if found else None, text)
    assert found is not None
    when = given.published
    refused = given.refused.isoformat() if given.refused else None
    return Page(
        text=text,
        title=_line(found.title),
        author=_line(found.author),
        site=_line(found.sitename),
        published=when,
        published_from=given.method,
        url=address,
        language=_language(tree),
        date_guess=found.date if when is None else None,
        date_conflict=refused or ((conflict(when, address) or conflict(when, url)) if when else None),
    )


def read_html(file: SourceFile, settings: SourceSettings) -> Iterator[Found | Refused]:
    """The article of a saved page. Raises OSError where the file cannot be read."""
    data = read_whole(file, LARGEST_PAGE)
    if isinstance(data, Refused):
        yield data
        return
    try:
        page = read_page(data, file.url, file.charset)
    except NoArticleError as error:
        yield Refused(file.origin, str(error), sample=data[:SAMPLE_LENGTH].decode("utf-8", "replace"))
        return
    yield Found(file, page_fields(page), source=settings.source or page.site or file.folder, guess=False)


def page_fields(page: Page) -> dict[str, Any]:
    """The fields of a record from a page; what the page does not give is left out."""
    fields = {
        "url": page.url,
        "title": page.title,
        "text": page.text,
        "published_at": page.published,
        "published_from": page.published_from,
        "author": page.author,
        "site": page.site,
        "page_language": page.language,
        "date_guess": page.date_guess,
        "date_conflict": page.date_conflict,
    }
    return {name: value for name, value in fields.items() if value}


def _tree(markup: str) -> "HtmlElement":
    """The parsed page. Raises NoArticleError where it holds no markup, or too much of it."""
    import lxml.etree
    from trafilatura.utils import load_html

    try:
        tree = load_html(markup.replace("\0", ""))
    except (lxml.etree.LxmlError, ValueError, RecursionError) as error:
        raise NoArticleError(f"is no HTML that can be parsed ({error}): save the page again") from error
    if tree is None:
        raise NoArticleError("is no HTML that can be parsed: save the page again")
    elements = steps = depth = 0
    for event, _ in lxml.etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        elements += 1
        steps += depth
        if elements > _MOST_ELEMENTS or steps > _MOST_STEPS:
            raise NoArticleError(
                f"has more than {_MOST_ELEMENTS:,} elements, or nests them too deeply: give its article alone"
            )
    return tree


def _extracted(tree: "HtmlElement", url: str | None) -> "Document | None":
    """What trafilatura makes of a page, None where it finds nothing."""
    from trafilatura import bare_extraction

    try:
        return bare_extraction(tree, url=url, include_comments=False, with_metadata=True)  # type: ignore[return-value]
    except Exception as error:
        raise NoArticleError(
            f"could not be taken apart ({type(error).__name__}: {str(error)[:100]}): give its article as text"
        ) from error


def _require_article(tree: "HtmlElement", title: str | None, text: str) -> None:
    """Raises NoArticleError for a page that is a wall, an error, or has hardly any text."""
    words = len(_WORD.findall(text))
    if words < _FEWEST_WORDS_OF_WALL:
        shown = " ".join(tree.text_content().split())[:20_000].lower()
        heads = " ".join([title or "", *(element.text or "" for element in tree.iter("title"))]).lower()
        for where, phrase, means in _walls():
            if phrase in (heads if where == "title" else shown):
                raise NoArticleError(f"is {means} ({phrase!r}), not an article: save the page with its article")
    if words < _FEWEST_WORDS:
        raise NoArticleError(f"holds no article ({words} words of text): give the article's own page")


@cache
def _walls() -> tuple[tuple[str, str, str], ...]:
    return tuple((row["where"], row["words"], row["means"]) for row in table("page_words"))


def _address(tree: "HtmlElement", url: str | None) -> str | None:
    """The canonical address (rel=canonical, og:url) resolved against `url`, else `url`.

    One that leads to the front page says nothing of the article, and would make one of all articles of the site.
    """
    named = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    named += [meta.get("content") for meta in tree.iter("meta") if (meta.get("property") or "").lower() == "og:url"]
    for name in named:
        try:
            address = urljoin(url or "", str(name or "").strip())
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.hostname and not _is_front_page(address):
            return address
    return url


def _is_front_page(address: str) -> bool:
    """Whether nothing but the host is left of an address, tracking parameters and the like aside."""
    return not re.search(r"[/?#]", url_key(address))


def _language(tree: "HtmlElement") -> str | None:
    html = tree if tree.tag == "html" else next(tree.iter("html"), None)
    language = str(html.get("lang") or "").strip() if html is not None else ""
    return language if 2 <= len(language) <= 10 else None


def _line(text: str | None) -> str | None:
    return " ".join(sound(text).split()) or None if text else None
