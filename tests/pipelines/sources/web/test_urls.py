"""Addresses taken apart and joined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.web.urls import Url, UrlError, parse


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("https://Example.ORG", "https://example.org/"),
        ("https://example.org:443/a?b=c#d", "https://example.org/a?b=c"),
        ("http://example.org.:8080/a", "http://example.org:8080/a"),
        ("https://reader:secret@example.org/a", "https://example.org/a"),
        ("https://example.org/Straße 1", "https://example.org/Stra%C3%9Fe%201"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("http://[::1]:81/", "http://[::1]:81/"),
        ("  https://example.org//a  ", "https://example.org//a"),
    ],
)
def test_an_address_as_it_is_stored(text: str, stored: str) -> None:
    assert str(parse(text)) == stored
    assert "secret" not in repr(parse(text))


@pytest.mark.parametrize(
    "text", ["", "example.org", "ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http:///a",
             "http://a:99999/", "http://a b/", "http://[::1/", "http://..", "https://" + "a" * 5_000]
)  # fmt: skip
def test_what_is_no_address_of_the_web(text: str) -> None:
    with pytest.raises(UrlError):
        parse(text)


def test_references_are_joined() -> None:
    base = parse("https://example.org/news/feed.xml?x=1")
    assert str(base.join("../a")) == "https://example.org/a"
    assert str(base.join("//other.example/b")) == "https://other.example/b"
    with pytest.raises(UrlError):
        base.join("mailto:desk@example.org")


@given(st.one_of(st.text(), st.text().map(lambda text: f"https://{text}"), st.text().map(lambda t: f"http://a/{t}")))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        url = parse(text)
    except UrlError:
        return
    assert isinstance(url, Url) and str(url).isascii() and "@" not in url.authority
    assert not set(url.target) & set(" \r\n\t"), "nothing that would end the request's line"
    assert str(parse(str(url))) == str(url)
