"""Web pages: as much of the text as the extractor itself finds, the date with its method, any charset, any damage."""

from collections.abc import Callable
from datetime import datetime

import pytest
from trafilatura import extract

from benchmarks.pages import LAYOUTS, Made, f1, pages
from pipelines.sources.charsets import decode_markup
from pipelines.sources.html import LARGEST_PAGE, NoArticleError, Page, read_page

URL = "https://www.example-times.org/world/talks"
PARAGRAPH = "<p>Officials of both countries met in Riga on Monday and agreed to withdraw their guns from the river.</p>"
BODY = f"<article><h1>Talks in Riga</h1>{PARAGRAPH * 4}</article>"


def page(head: str = "", body: str = BODY) -> bytes:
    return f"<!DOCTYPE html><html><head><title>Talks in Riga</title>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize("made", pages(len(LAYOUTS) * 2), ids=lambda made: made.layout)
def test_as_much_of_the_text_as_the_extractor_finds(made: Made) -> None:
    data = made.html.encode()
    alone = extract(data, url=made.story.url, include_comments=False) or ""
    assert f1(read_page(data, made.story.url).text, made.story.text) >= f1(alone, made.story.text) - 0.01


def test_the_text_is_that_of_the_article() -> None:
    made = pages(len(LAYOUTS) * 2)
    scores = [f1(read_page(one.html.encode(), one.story.url).text, one.story.text) for one in made]
    assert sum(scores) / len(scores) > 0.95


def test_a_page_gives_its_fields() -> None:
    made = next(one for one in pages(12) if one.layout == "json-ld")
    found = read_page(made.html.encode(), "https://www.example-times.org/amp/1")
    assert (found.title, found.author, found.site) == (made.story.title, made.story.author, "Example Times")
    assert (found.url, found.language) == (made.story.url, "en")
    assert (found.published, found.published_from) == (f"{made.story.day}T18:05:00Z", "json-ld")


LD = '<script type="application/ld+json">{}</script>'
META = '<meta property="article:published_time" content="2024-05-03T10:00:00+03:00">'
TIME = '<time itemprop="datePublished" datetime="2024-05-02">2 May</time>'


@pytest.mark.parametrize(
    ("head", "body", "url", "published", "method"),
    [
        (LD.format('{"@type": "NewsArticle", "datePublished": "2024-05-04T09:00:00Z"}') + META, TIME, URL,
         "2024-05-04T09:00:00Z", "json-ld"),
        (LD.format('{"@graph": [{"@type": "WebPage", "datePublished": "2020-01-01"},'
                   '{"@type": ["Article"], "datePublished": "2024-05-04"}]}'), "", URL, "2024-05-04", "json-ld"),
        (LD.format('{"@type": "ItemList", "itemListElement": [{"@type": "Article", "datePublished": "2019-01-01"}]}')
         + META, "", URL, "2024-05-03T10:00:00+03:00", "meta"),
        (LD.format("{broken") + META, TIME, URL, "2024-05-03T10:00:00+03:00", "meta"),
        (LD.format('{"@type": "Article", "datePublished": "May 4"}'), TIME, URL, "2024-05-02", "time"),
        ('<meta name="DC.date.issued" content="2024/5/3">', "", URL, "2024-05-03", "meta"),
        ('<meta name="sailthru.date" content="Fri, 03 May 2024 10:00:00 +0000">', "", URL,
         "Fri, 03 May 2024 10:00:00 +0000", "meta"),
        ('<meta property="article:modified_time" content="2024-05-03">', "", URL, None, None),
        ("", TIME, f"{URL}/2024/05/09/x", "2024-05-02", "time"),
        ("", '<time datetime="2019-02-03">3 February 2019</time>', URL, None, None),  # of a related story, perhaps
        ("", '<time pubdate datetime="2024-05-02T10:00Z">2 May</time>', URL, "2024-05-02T10:00Z", "time"),
        ("", "", "https://example.org/2024/may/09/talks", "2024-05-09", "url"),
        ("", "", "https://example.org/news/talks-2024-05-09.html", "2024-05-09", "url"),
        ("", "", "https://example.org/news/20240509/talks", "2024-05-09", "url"),
        ("", "", "https://example.org/2024/13/45/talks", None, None),
        ("", "", "https://example.org/story-20245678", None, None),
        ("", "<p>Published on 3 March 2019</p>", URL, None, None),
    ],
)  # fmt: skip
def test_the_date_and_its_method(head: str, body: str, url: str, published: str | None, method: str | None) -> None:
    found = read_page(page(head, body + BODY), url)
    assert (found.published, found.published_from) == (published, method)


def test_a_guess_is_kept_apart_and_a_contradiction_shown() -> None:
    guessed = read_page(page("", f"{BODY}<p>Published on March 3, 2019</p>"), URL)
    assert (guessed.published, guessed.date_guess) == (None, "2019-03-03")
    given = read_page(page(META), "https://example.org/2024/04/01/talks")
    assert (given.published_from, given.date_conflict, given.date_guess) == ("meta", "2024-04-01", None)
    assert read_page(page(META), "https://example.org/2024/05/02/talks").date_conflict is None


@pytest.mark.parametrize(
    ("head", "url", "address"),
    [
        ('<link rel="canonical" href="/a/b">', "https://example.org/x/y", "https://example.org/a/b"),
        ('<link rel="Canonical" href="https://example.org/a">', None, "https://example.org/a"),
        ('<meta property="og:url" content="//example.org/a">', "https://m.example.org/x", "https://example.org/a"),
        ('<link rel="canonical" href="https://example.org/">', "https://example.org/x", "https://example.org/x"),
        (
            '<link rel="canonical" href="https://www.example.org/?utm_source=x">',
            "https://example.org/x",
            "https://example.org/x",
        ),
        ('<link rel="canonical" href="javascript:x">', "https://example.org/x", "https://example.org/x"),
        ('<link rel="canonical" href="http://[broken">', "https://example.org/x", "https://example.org/x"),
        ('<link rel="canonical" href="/a">', None, None),
        ("", "https://example.org/x", "https://example.org/x"),
    ],
)
def test_the_canonical_address(head: str, url: str | None, address: str | None) -> None:
    assert read_page(page(head), url).url == address


TURKISH = "Erdoğan ve Şimşek dün İstanbul'da görüştü; çözüm için öneriler ığdır'a gönderildi."
RUSSIAN = "Министры встретились в понедельник и договорились о прекращении огня на реке."
QUOTES = "The café “Orléans” closed its doors – for good."


@pytest.mark.parametrize(
    ("text", "encoding", "told", "meta"),
    [
        (TURKISH, "utf-8", None, None),
        (TURKISH, "utf-8", "iso-8859-1", None),  # a label that would read any bytes
        (TURKISH, "utf-8", "windows-1254", "iso-8859-9"),
        (TURKISH, "iso-8859-9", "iso-8859-9", None),
        (TURKISH, "iso-8859-9", "utf-8", "iso-8859-9"),  # HTTP is wrong, the page is right
        (TURKISH, "utf-8-sig", "iso-8859-9", "iso-8859-9"),
        (RUSSIAN, "windows-1251", "windows-1251", None),
        (RUSSIAN, "koi8-r", None, "koi8-r"),
        (RUSSIAN, "utf-16", None, None),
        (RUSSIAN, "utf-16-le", "utf-16le", None),
        (QUOTES, "windows-1252", "iso-8859-1", None),  # the label means its superset
        (QUOTES, "windows-1252", None, None),
        (QUOTES, "windows-1252", "no-such-charset", "utf-7"),
        ("停火协议于周一在里加签署，双方同意撤出河边的火炮。", "gb18030", "gb2312", None),
        ("停戦合意は月曜日にリガで署名された。", "iso2022_jp", "iso-2022-jp", None),
        ("停戦合意は月曜日にリガで署名された。", "shift_jis", None, "shift_jis"),
    ],
)
def test_charsets(text: str, encoding: str, told: str | None, meta: str | None) -> None:
    head = f'<meta charset="{meta}">' if meta else ""
    data = page(head, f"<article>{PARAGRAPH * 3}<p>{text}</p></article>").decode().encode(encoding)
    assert text in read_page(data, URL, told).text


def test_a_page_with_few_accents_is_not_utf_8_because_its_label_says_so() -> None:
    text = "The envoy spoke “at length” in a café of Zürich. " + "Talks went on in the harbour for a while. " * 30
    markup = f'<html><head><meta charset="utf-8"></head><body><p>{text}</p></body></html>'
    assert decode_markup(markup.encode("cp1252"), "utf-8") == markup
    damaged = markup.encode().replace("ü".encode(), b"\xc3")
    assert decode_markup(damaged, "utf-8") == markup.replace("ü", "\ufffd"), "one letter is lost, and no other changed"


@pytest.mark.parametrize(
    "label", ["zip", "rot13", "idna", "unicode_escape", "utf-7", "punycode", "hex", "\0", "x" * 9999]
)
def test_labels_that_are_no_charsets_of_pages_are_not_believed(label: str) -> None:
    assert "Officials of both" in read_page(page(f'<meta charset="{label}">'), URL, label).text


def test_a_few_broken_bytes_lose_no_more_than_themselves() -> None:
    data = page("", f"<article>{PARAGRAPH * 3}<p>{TURKISH}</p></article>").replace("ö".encode(), b"\xf6", 1)
    text = read_page(data, URL, "utf-8").text
    assert "Erdoğan ve Şimşek" in text
    assert text.count("\ufffd") == 1


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"\0" * 100, "no HTML that can be parsed"),
        (b"Hello there", "no HTML that can be parsed"),
        (b"\x00\x01\x02\x03" * 50, "holds binary data"),
        (b"%PDF-1.4 text", "holds PDF data"),
        (page("", "<p>Gone.</p>"), "holds no article (1 words of text)"),
        (page("", "<h1>404</h1><p>Sorry, the page you are looking for has moved.</p>"), "is an error page"),
        (page("", "<form><p>Please log in to go on.</p><input type='password'></form>"), "is a login page"),
        (page("", "<div><p>Subscribe to continue reading this article. It takes a minute and can be ended at any time, "
                  "and supports the work of our correspondents in forty countries.</p></div>"), "is a paywall"),
        (b"<html><head><title>Just a moment...</title></head><body><p>Checking.</p></body></html>", "check for robots"),
        (page("", "<div>" * 5_000 + PARAGRAPH), "holds no article"),
        (page("", "<span>word</span> " * 40_000), "elements"),
        (page("", ("<div>" * 200 + "word" + "</div>" * 200) * 100), "nests them too deeply"),
        (b"<html>" + b" " * LARGEST_PAGE, "too much for a page"),
    ],
)  # fmt: skip
def test_what_holds_no_article_is_refused_with_a_reason(data: bytes, why: str) -> None:
    with pytest.raises(NoArticleError, match=r".+: .+") as refused:
        read_page(data, URL)
    assert why in str(refused.value)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.replace(b"<p>", b"<p>\0", 2),
        lambda data: data.replace(b"</p>", b"", 3),
        lambda data: data.replace(b"</article>", b"</div></td></body></html><p>"),
        lambda data: data.replace(b"<article>", b"<article><![CDATA[<!-- <p"),
        lambda data: data.replace(b"<body>", b'<body><a href="http://[x">x</a><img src=a onerror=y>'),
        lambda data: data.replace(
            b"<head>", b'<head><script type="application/ld+json">' + b"[" * 9_000 + b"</script>"
        ),
        lambda data: data.replace(b"<!DOCTYPE html>", b'<!DOCTYPE html [<!ENTITY a "b">]><?php x ?>'),
    ],
)
def test_broken_markup_is_read_as_far_as_it_goes(spoil: Callable[[bytes], bytes]) -> None:
    try:
        found = read_page(spoil(page()), URL)
    except NoArticleError as error:
        assert ": " in str(error)
    else:
        assert isinstance(found, Page)
        assert "Officials of both" in found.text


@pytest.mark.parametrize(
    ("head", "url", "published", "method", "conflict"),
    [
        ("", URL, None, None, "2031-05-09"),
        (META, URL, "2024-05-03T10:00:00+03:00", "meta", "2031-05-09"),
        ("", "https://example.org/2024/05/04/talks", "2024-05-04", "url", "2031-05-09"),
        ("", "https://example.org/2031/05/09/talks", None, None, "2031-05-09"),
    ],
)
def test_a_day_that_lies_ahead_is_not_that_of_publication(
    head: str, url: str, published: str | None, method: str | None, conflict: str
) -> None:
    ahead = '<script type="application/ld+json">{"@type": "Article", "datePublished": "2031-05-09T10:00:00Z"}</script>'
    found = read_page(page(ahead + head), url, None, datetime(2026, 5, 3))
    assert (found.published, found.published_from, found.date_conflict) == (published, method, conflict)
    if published is None:
        later = read_page(page(ahead + head), url, None, datetime(2031, 5, 8, 0, 30))
        assert (later.published, later.published_from, later.date_conflict) == ("2031-05-09T10:00:00Z", "json-ld", None)
