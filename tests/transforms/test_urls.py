"""All addresses of one article have one key, those of different articles have different ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.reference import table
from transforms.urls import url_key

TRUCE = "https://news.test/a/truce?id=7"


@pytest.mark.parametrize("row", table("url_noise"), ids=lambda row: f"{row['kind']} {row['value']}")
def test_each_row_is_noise(row: dict[str, str]) -> None:
    assert row["example"].casefold() != TRUCE
    assert url_key(row["example"]) == url_key(TRUCE) == "news.test/a/truce?id=7"


@pytest.mark.parametrize(
    "url",
    [
        "http://news.test/a/truce?id=7",
        "https://WWW.News.test:443/a/truce/?id=7#comments",
        "http://news.test:80/a/truce?fbclid=x&id=7&utm_source=y",
        " https://www.m.news.test/a/tru%63e/amp/?id=7",
    ],
)
def test_other_addresses_of_the_same_article(url: str) -> None:
    assert url_key(url) == url_key(TRUCE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.test/a?id=7", "https://news.test/a?id=8"),
        ("https://news.test/a?page=", "https://news.test/a"),
        ("https://news.test/camp", "https://news.test/c"),
        ("https://news.test/amp", "https://news.test/"),
        ("https://news.test/a%3Fid=7", "https://news.test/a?id=7"),
        ("https://news.test/Truce", "https://news.test/truce"),
        ("https://news.test:8080/a", "https://news.test/a"),
        ("https://news.test/#!/a", "https://news.test/#!/b"),
        ("https://m.test/a", "https://test/a"),
        ("https://world.news.test/a", "https://news.test/a"),
    ],
)
def test_different_articles_stay_apart(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


def test_what_is_no_address_is_left_alone() -> None:
    for given_ in ("", "urn:newsml:afp:42", "http://[::1", "http://news.test:port/", "no address"):
        assert url_key(given_) == given_


@given(st.from_regex(r"https?://((www|m|amp)\.){0,2}[a-z]{1,5}\.test/[a-zé/%?&=#.]{0,30}(/amp/?)*", fullmatch=True))
def test_a_key_is_its_own_key(url: str) -> None:
    key = url_key(url)
    assert url_key(f"https://{key}") == key


@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_string_has_a_key(url: str) -> None:
    assert isinstance(url_key(url), str)
    assert isinstance(url_key(f"https://news.test/{url}"), str)
