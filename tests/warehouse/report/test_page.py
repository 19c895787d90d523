"""The page of a report: what stands on it, that articles cannot do harm in it, that it loads nothing."""

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from tests.warehouse.report.conftest import BAD_URLS, CLOSING, EVIL, GOOD_URL, HOSTILE, IMAGE, TRIGGER
from warehouse.report.charts import COLOURS
from warehouse.report.data import Report, Selection, read
from warehouse.report.page import render, write
from warehouse.report.ranking import Rank, rankings

# What may load something, or do something by itself.
_LOADING = ("img", "link", "iframe", "object", "embed", "base", "video", "audio", "source", "image", "use", "portal")


@pytest.fixture(scope="module")
def tree(hostile_page: str) -> html.HtmlElement:
    return html.document_fromstring(hostile_page)


def _policy(tree: html.HtmlElement) -> dict[str, list[str]]:
    (meta,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']")
    parts = (part.split() for part in meta.get("content").split(";"))
    return {name: values for name, *values in parts}


def test_only_our_scripts_are_on_the_page_and_the_policy_names_each(tree: html.HtmlElement) -> None:
    scripts = [each for each in tree.iter("script") if each.get("type") != "application/json"]
    assert len(scripts) == 3
    policy = _policy(tree)
    hashes = [base64.b64encode(hashlib.sha256(each.text.encode()).digest()).decode() for each in scripts]
    assert policy["script-src"] == [f"'sha256-{each}'" for each in hashes]
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & {value for values in policy.values() for value in values}
    assert policy["default-src"] == policy["connect-src"] == policy["form-action"] == policy["base-uri"] == ["'none'"]


def test_no_markup_of_an_article_became_an_element(tree: html.HtmlElement) -> None:
    assert not [each.tag for each in tree.iter(*_LOADING)]
    attributes = {name for each in tree.iter() for name in each.attrib}
    assert not [name for name in attributes if name.startswith("on") or name in ("src", "style", "srcset", "action")]
    assert tree.findtext(".//title") == f"{CLOSING}{EVIL}"
    assert tree.findtext(".//h1") == f"{CLOSING}{EVIL}"


def test_the_only_addresses_are_those_of_articles_on_the_web(tree: html.HtmlElement) -> None:
    links = list(tree.iter("a"))
    assert {link.get("href") for link in links} == {GOOD_URL, "https://wire.test/lima"}
    assert {link.get("rel") for link in links} == {"noopener noreferrer nofollow"}
    told = {each.text for each in tree.xpath("//figcaption/code")}
    assert told == set(BAD_URLS)


def test_the_trigger_is_marked_where_it_stands_and_the_sentence_is_whole(tree: html.HtmlElement) -> None:
    (quotation,) = [each for each in tree.iter("blockquote") if "🕊🕊" in each.text]
    assert quotation.text_content() == HOSTILE
    assert [(mark.text, mark.getprevious()) for mark in quotation.iter("mark")] == [(TRIGGER, None)]
    assert quotation.text == HOSTILE[: HOSTILE.index(TRIGGER)]


def test_names_and_titles_are_text(tree: html.HtmlElement) -> None:
    told = {each.text for each in tree.iter("bdi")}
    assert {f"{EVIL} 0", f"{IMAGE}\u202e 0", f"{CLOSING} Lima", f"{EVIL}{IMAGE}{CLOSING}", f"{IMAGE} Wire"} <= told


def test_the_data_of_the_charts_cannot_end_their_element(hostile_page: str, tree: html.HtmlElement) -> None:
    (element,) = [each for each in tree.iter("script") if each.get("type") == "application/json"]
    assert not set(element.text) & set("<>&\u2028\u2029")
    data = json.loads(element.text)
    assert [place["name"] for place in data["places"]] == ["Lima", f"{CLOSING} Lima"]
    assert len(data["events"]) == hostile_page.count('data-event="') == 9


def test_the_style_knows_the_colours_of_the_bars(plain_page: str) -> None:
    assert all(f'#timeline path[fill="{colour}"]' in plain_page for colour in COLOURS.values())


def test_no_full_text_of_an_article_is_on_the_page(small: Path) -> None:
    assert "No communiqué was issued" not in render(read(small, Selection()))


def _cards(page: str) -> Iterator[tuple[str, str]]:
    for card in html.document_fromstring(page).iter("article"):
        yield card.findtext("h3"), " ".join(card.text_content().split())


def test_what_happened_is_counted_apart_from_what_did_not(plain_page: str) -> None:
    assert dict(_cards(plain_page)) == {
        "Meetings": "Meetings 3 happened held 3 2 announced or asked for scheduled 1 proposed 1 "
        "1 called off or refused cancelled 1",
        "Ceasefires": "Ceasefires 0 happened none 1 announced or asked for proposed 1 0 called off or refused none",
        "Sanctions": "Sanctions 0 happened none 0 announced or asked for none 0 called off or refused none",
    }


def test_who_met_whom_counts_states_and_tells_what_happened(plain_report: Report) -> None:
    lists = {ranking.heading: ranking.ranks for ranking in rankings(plain_report.events)}
    assert lists["Who met whom"] == [Rank("Ecuador – Peru", 3, 3)]
    assert lists["Most named parties"][0] == Rank("Ecuador", 3, 4)
    assert "Sanctions by → on" not in lists


def test_undated_events_are_listed_apart_and_rows_tell_their_standing(plain_page: str) -> None:
    tree = html.document_fromstring(plain_page)
    dated, undated = tree.xpath("//table[@class='events']")
    assert [len(each.xpath("tbody")) for each in (dated, undated)] == [5, 2]
    assert undated.getprevious().text == "No date known"
    first = " ".join(dated.xpath("tbody")[0].xpath("tr")[0].text_content().split())
    assert first.startswith("4 Jun 2021 meeting scheduled announced or asked for talks")


def test_a_page_of_the_newest_says_how_many_it_leaves_out(plain: Path) -> None:
    page = render(read(plain, Selection(most_events=2)))
    assert "This page shows the newest 2; 5 older ones are counted here and shown nowhere else." in page
    assert len(html.document_fromstring(page).xpath("//tbody[@data-event]")) == 2


def test_a_page_without_events_says_so_and_needs_no_script(plain: Path) -> None:
    page = render(read(plain, Selection(actors=("nobody",))))
    assert '<h2 id="counts">0 events</h2>' in page
    assert "<script" not in page
    assert len(page) < 20_000


def test_the_same_publication_gives_the_same_bytes(plain: Path, plain_page: str, tmp_path: Path) -> None:
    target = tmp_path / "new" / "report.html"
    size = write(read(plain, Selection()), target)
    assert target.read_bytes() == plain_page.encode()
    assert size == target.stat().st_size
    assert [path.name for path in target.parent.iterdir()] == ["report.html"]
