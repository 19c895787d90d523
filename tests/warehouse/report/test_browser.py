"""The report as a reader sees it: in a browser, on a phone, on paper, with articles that mean harm."""

import pytest

from tests.browser import Browser

pytestmark = pytest.mark.slow
_DRAWN = "return document.documentElement.classList.contains('drawn')"
_SHOWN = "return [...document.querySelectorAll('tbody.event')].filter((row) => row.offsetHeight > 0).length"
_MARKS = "return document.querySelectorAll(arguments[0]).length"


def _saved(page: str, folders: pytest.TempPathFactory) -> str:
    path = folders.mktemp("page") / "report.html"
    path.write_text(page, encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def hostile_address(hostile_page: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    return _saved(hostile_page, tmp_path_factory)


@pytest.fixture(scope="module")
def plain_address(plain_page: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    return _saved(plain_page, tmp_path_factory)


def _choose(browser: Browser, name: str, value: str | bool) -> int:
    """Sets a filter as a reader would; returns how many rows are left to see."""
    browser.run(
        """const [name, value] = arguments;
        const field = document.querySelector(`#filters [name=${name}]${value === false ? ':checked' : ''}`);
        if (value === false) field.checked = false; else field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
        return new Promise((done) => setTimeout(done, 250));""",
        name,
        value,
    )
    return int(browser.run(_SHOWN))


def test_what_articles_hold_neither_runs_nor_loads(browser: Browser, hostile_address: str) -> None:
    browser.open(hostile_address)
    browser.wait(_DRAWN)
    browser.run("for (const each of document.querySelectorAll('details')) each.open = true")
    assert browser.run("return window.hacked") is None
    assert browser.run("return document.querySelectorAll('img, svg[onload], mark script').length") == 0
    assert browser.complaints() == []
    assert {address.split(":")[0] for address in browser.requests()} <= {"file", "data", "blob"}


def test_the_policy_stops_a_script_that_got_in(browser: Browser, plain_address: str) -> None:
    browser.open(plain_address)
    browser.wait(_DRAWN)
    browser.run(
        """const script = document.createElement("script");
        script.textContent = "window.hacked = 5";
        document.body.append(script);
        const image = document.createElement("img");
        image.src = "http://127.0.0.1:9/x.png";
        document.body.append(image);"""
    )
    assert browser.run("return window.hacked") is None
    told = " ".join(browser.complaints())
    assert "script-src" in told
    assert "img-src" in told


def test_charts_are_drawn(browser: Browser, hostile_address: str) -> None:
    browser.open(hostile_address)
    browser.wait(_DRAWN)
    assert browser.run(_MARKS, "#map .land_marks path") > 150
    assert browser.run(_MARKS, "#map .parties_marks path") >= 2
    assert browser.run(_MARKS, "#map .places_marks path") == 2
    assert browser.run(_MARKS, "#timeline .mark-rect.role-mark path") >= 2
    assert browser.run("return document.querySelector('#map svg').getBoundingClientRect().width") > 600


def test_filters_change_rows_charts_and_what_is_told(browser: Browser, plain_address: str) -> None:
    browser.open(plain_address)
    browser.wait(_DRAWN)
    assert browser.run(_SHOWN) == 7
    assert _choose(browser, "text", "stop shooting") == 1
    assert browser.run("return document.getElementById('found').textContent") == (
        "1 of 7 events: 0 happened, 1 did not or not yet"
    )
    assert browser.run(_MARKS, "#map .parties_marks path") == 0  # none of it happened
    assert _choose(browser, "text", "") == 7
    assert _choose(browser, "country", "TCD") == 1
    assert _choose(browser, "country", "") == 7
    assert _choose(browser, "status", "held") == 3
    assert _choose(browser, "status", "") == 7
    assert _choose(browser, "since", "2021-03-20") == 2  # the truce of some day in March, and June
    assert "2 without a known date are hidden by the period" in browser.run(
        "return document.getElementById('found').textContent"
    )
    assert _choose(browser, "until", "2021-05-01") == 1
    browser.run("document.querySelector('#filters [type=reset]').click()")
    browser.wait("return document.querySelectorAll('tbody.event:not([hidden])').length === 7")
    assert _choose(browser, "type", False) == 1  # without meetings
    assert _choose(browser, "standing", False) == 1


def test_marking_bars_sets_the_period(browser: Browser, plain_address: str) -> None:
    browser.open(plain_address)
    browser.wait(_DRAWN)
    left, top, width, height = browser.run(
        """const box = document.querySelector("#timeline svg").getBoundingClientRect();
        scrollTo(0, box.top - 50);
        const now = document.querySelector("#timeline svg").getBoundingClientRect();
        return [now.left, now.top, now.width, now.height];"""
    )
    for kind, x in (("mousePressed", 0.7), ("mouseMoved", 0.8), ("mouseMoved", 0.97), ("mouseReleased", 0.97)):
        place = {"x": left + x * width, "y": top + height / 3, "button": "left", "buttons": 1, "clickCount": 1}
        browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": kind, **place})
    browser.wait("return document.querySelector('#filters [name=since]').value > '2021-03-31'")
    assert browser.run(_SHOWN) == 1  # June
    browser.run("document.querySelector('#filters [type=reset]').click()")
    browser.wait("return document.querySelectorAll('tbody.event:not([hidden])').length === 7")


def test_the_table_is_sorted_by_its_headings(browser: Browser, plain_address: str) -> None:
    browser.open(plain_address)
    first = "return document.querySelector('table.events tbody td').textContent"
    assert browser.run(first) == "4 Jun 2021"
    browser.run("document.querySelector('[data-sort=date] button').click()")
    assert browser.run(first) == "4 Jan 2021"
    assert browser.run("return document.querySelector('[data-sort=date]').getAttribute('aria-sort')") == "ascending"
    browser.run("document.querySelector('[data-sort=what] button').click()")
    assert browser.run(first) == "4 Feb 2021"  # a meeting that was held, the newer of two


@pytest.mark.parametrize("width", [320, 375])
def test_nothing_sticks_out_on_a_phone(browser: Browser, hostile_address: str, width: int) -> None:
    browser.open(hostile_address, width=width, height=800)
    browser.wait(_DRAWN)
    browser.run("for (const each of document.querySelectorAll('details')) each.open = true")
    assert browser.run("return [document.documentElement.scrollWidth, innerWidth]") == [width, width]


def test_all_evidence_is_on_paper(browser: Browser, plain_address: str) -> None:
    browser.open(plain_address)
    browser.wait(_DRAWN)
    assert browser.run("return document.querySelectorAll('details[open]').length") == 0
    printed = browser.printed()
    for number in range(1, 7):
        assert f"In round {number}, talk 0, Peru and Ecuador spoke of the river." in printed
    assert "Chad and Ecuador are to stop shooting in March." in printed
    assert "Show all evidence" not in printed
    assert browser.run("return document.querySelectorAll('details[open]').length") == 0


def test_what_is_filtered_out_is_not_on_paper_and_the_paper_says_so(browser: Browser, plain_address: str) -> None:
    browser.open(plain_address)
    browser.wait(_DRAWN)
    assert _choose(browser, "country", "TCD") == 1
    printed = browser.printed()
    assert "Chad and Ecuador are to stop shooting in March." in printed
    assert "spoke of the river" not in printed
    assert "1 of 7 events: 0 happened, 1 did not or not yet" in printed
