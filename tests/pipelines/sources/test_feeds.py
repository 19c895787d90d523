"""Feeds: entries with their texts and dates; nothing is fetched, nothing explodes, damage is told."""

import gzip
import tracemalloc

import pytest

from benchmarks.pages import pages
from pipelines.sources.feeds import LARGEST_FEED, Entry, NoFeedError, entries
from tests.pipelines.sources.making import atom, rss

PAGES = pages(3)
URL = "https://example.org/feeds/all.xml"


def channel(items: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'.encode()


def entry(item: str, head: str = "") -> Entry:
    [one] = entries(channel(f"<item>{item}</item>", head), URL).entries
    return one


@pytest.mark.parametrize("make", [rss, atom])
def test_entries_give_their_fields(make) -> None:
    feed = entries(make(PAGES), URL)
    assert feed.title == "Example Times"
    assert feed.damage is None
    for one, story in zip(feed.entries, (page.story for page in PAGES), strict=True):
        assert (one.title, one.url, one.author) == (story.title, story.url, story.author)
        assert one.text == story.text
        assert one.published
        assert str(story.day.year) in one.published
        assert not one.only_summary


def test_a_saved_feed_gives_articles(tmp_path, reading) -> None:
    (tmp_path / "wire.xml").write_bytes(atom(PAGES))
    articles, rejects = reading(tmp_path)
    assert not rejects
    assert {article.published_from for article in articles} == {"feed"}
    assert [article.origin for article in articles] == ["wire.xml:1", "wire.xml:2", "wire.xml:3"]
    assert [article.published_date for article in articles] == [page.story.day for page in PAGES]
    assert '"updated"' in (articles[0].extra or "")


@pytest.mark.parametrize(
    ("given", "published"),
    [
        ("<pubDate>Fri, 03 May 2024 10:00:00 EST</pubDate>", "Fri, 03 May 2024 10:00:00 EST"),
        ("<pubDate>2024-05-03T10:00:00+03:00</pubDate>", "2024-05-03T10:00:00+03:00"),
        ("<pubDate>Fri, 03 May 24 10:00:00 +0200</pubDate>", "2024-05-03T08:00:00+00:00"),
        ("<pubDate>yesterday</pubDate>", None),
        ("", None),
    ],
)
def test_dates(given: str, published: str | None) -> None:
    assert entry(f"<title>T</title>{given}").published == published


def test_a_time_of_change_is_not_that_of_publication() -> None:
    data = b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><updated>2024-05-03T10:00:00Z</updated></entry></feed>'
    [one] = entries(data).entries
    assert (one.published, one.updated) == (None, "2024-05-03T10:00:00Z")


def test_html_becomes_lines_of_text() -> None:
    one = entry(
        "<title>A &amp;amp; B</title><link>/a</link><description><![CDATA[<p>One\nline &amp; more</p>"
        "<ul><li>Two</li></ul>"
        "<script>alert(1)</script><img src='x'>Three<br>four]]></description>"
    )
    assert (one.title, one.url, one.only_summary) == ("A & B", "https://example.org/a", True)
    assert one.text == "One line & more\nTwo\nThree\nfour"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "ftp://example.org/a", "http://[x"])
def test_links_that_are_none_of_the_web_are_left_out(link: str) -> None:
    assert entry(f"<title>T</title><link>{link}</link>").url is None


def test_an_entry_without_text_is_refused(tmp_path, reading) -> None:
    (tmp_path / "a.rss").write_bytes(channel("<item><title>T</title><link>https://example.org/t</link></item>"))
    _, [reject] = reading(tmp_path)
    assert (reject.line, reject.sample) == (1, "T")
    assert "give the page at https://example.org/t" in reject.reason


@pytest.mark.parametrize("head", ["quadratic", "exponential", "external", "parameter"])
def test_entities_do_not_explode(head: str, tmp_path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret")
    declarations = {
        "quadratic": f'<!ENTITY x "{"a" * 100_000}">',
        "exponential": '<!ENTITY a "lol">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghix", strict=True)),  # noqa: E501
        "external": f'<!ENTITY x SYSTEM "file://{secret}">',
        "parameter": f'<!ENTITY % p SYSTEM "file://{secret}"> %p;',
    }  # fmt: skip
    data = channel(
        f"<item><description>{'&x;' * 10_000}</description></item>", f"<!DOCTYPE rss [{declarations[head]}]>"
    )
    tracemalloc.start()
    text = "".join(one.text for one in entries(data, URL).entries)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000
    assert len(text) < 100_000
    assert "secret" not in text


def test_bytes_that_name_a_file_or_an_address_are_not_followed(tmp_path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(rss(PAGES))
    for data in (str(path).encode(), b"http://127.0.0.1:9/feed.xml"):
        with pytest.raises(NoFeedError):
            entries(data)


@pytest.mark.parametrize("data", [b"", b"text", b"<html><p>x</p></html>", b"\0" * 50, b"x" * (LARGEST_FEED + 1)])
def test_what_is_no_feed_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(NoFeedError, match=r".+: .+"):
        entries(data)


def test_a_damaged_feed_gives_what_there_is(tmp_path, reading) -> None:
    whole = rss(PAGES)
    (tmp_path / "cut.xml").write_bytes(whole[: len(whole) * 2 // 3])
    articles, _ = reading(tmp_path)
    assert len(articles) >= 1
    packed = gzip.compress(whole)
    (tmp_path / "cut.xml").write_bytes(packed[: len(packed) * 3 // 4])
    articles, rejects = reading(tmp_path)
    assert articles
    assert any("end too early" in reject.reason for reject in rejects)


@pytest.mark.parametrize("encoding", ["iso-8859-9", "utf-16", "windows-1254"])
def test_feeds_in_other_charsets(encoding: str) -> None:
    data = channel("<item><description>Erdoğan ve Şimşek</description></item>").decode()
    declared = data.replace('version="1.0"?', f'version="1.0" encoding="{encoding}"?').encode(encoding)
    assert entries(declared).entries[0].text == "Erdoğan ve Şimşek"
