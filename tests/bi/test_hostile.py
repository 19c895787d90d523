"""News that is hostile: a viewer's browser shows markup, scripts and addresses as text, wherever they stand."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bi import planted
from tests.bi.client import Client
from tests.bi.dashboards import look, require_sound
from tests.bi.hostile import hostile
from tests.bi.server import SUPERSET, Served
from tests.bi.test_dashboards import DASHBOARDS
from tests.browser import Browser

pytestmark = SUPERSET

# What has become of the texts; nothing but text is what should have.
_HARM = """
const links = [...document.links].map(link => link.href).filter(href => !/^https?:/i.test(href));
const planted = [...document.querySelectorAll('.planted, iframe, img[src=x], svg[onload], mark mark')];
const armed = [...document.querySelectorAll('*')]
    .filter(element => element.getAttributeNames().some(name => name.startsWith('on')));
return {
    ran: window.ran === undefined ? [] : [String(window.ran)],
    links,
    elements: [...planted, ...armed].map(element => element.outerHTML.slice(0, 300)),
};
"""
_UNHARMED: dict[str, list[str]] = {"ran": [], "links": [], "elements": []}
# The middle of each country, and a grid over each canvas, in the window's pixels.
_SPOTS = """
const seen = r => r.width > 2 && r.height > 2 && r.top >= 0 && r.bottom <= innerHeight;
const spots = [...document.querySelectorAll('svg.datamap path')].map(path => path.getBoundingClientRect()).filter(seen)
    .slice(0, 20).map(r => [r.x + r.width / 2, r.y + r.height / 2]);
for (const canvas of document.querySelectorAll('[data-test=chart-container] canvas')) {
    const r = canvas.getBoundingClientRect();
    for (const x of [.15, .4, .6, .85]) for (const y of [.3, .5, .75])
        spots.push([r.x + r.width * x, r.y + r.height * y]);
}
return spots;
"""
# What the mouse has called up, and whether it is more than words. Quick, as it is asked often.
_TOLD = """
const tips = [...document.querySelectorAll('.datamaps-hoverover, [style*="z-index: 9999999"]')];
return {
    told: tips.some(tip => tip.innerText.trim()),
    harmed: window.ran !== undefined || !!document.querySelector('.planted, iframe, img[src=x]'),
};
"""


@pytest.fixture(scope="module")
def under_attack(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Superset while a file with hostile texts is the publication."""
    made = hostile(served.warehouse, served.home / "hostile.duckdb")
    kept = tmp_path_factory.mktemp("kept") / "warehouse.duckdb"
    os.link(served.warehouse, kept)
    made.replace(served.warehouse)
    yield served
    Path(kept).replace(served.warehouse)


def hover(browser: Browser) -> int:
    """Moves the mouse over the charts, and looks after each move; how often a chart has told something."""
    told = 0
    for x, y in browser.run(_SPOTS):
        move: dict[str, Any] = {"type": "mouseMoved", "x": x, "y": y}
        browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", move)
        found = browser.run(_TOLD)
        assert not found["harmed"], browser.run(_HARM)
        told += found["told"]
    assert browser.run(_HARM) == _UNHARMED
    return told


@pytest.mark.parametrize("slug", DASHBOARDS)
def test_hostile_text_stays_text(under_attack: Served, reader: Browser, slug: str) -> None:
    names = DASHBOARDS[slug]
    charts = look(reader, under_attack.base, slug, len(names))
    require_sound(charts, set(names))
    assert "window.ran" in reader.run("return document.body.innerText"), "none of the hostile texts is shown"
    assert reader.run(_HARM) == _UNHARMED
    if reader.run(_SPOTS):
        assert hover(reader) > 0
    asked = reader.requests(blocked=False)
    assert not [url for url in asked if not url.startswith((under_attack.base, "data:", "blob:", "about:"))]


def test_a_table_that_renders_the_news_as_markup_is_found(under_attack: Served, reader: Browser, admin: Client) -> None:
    table = {"viz_type": "table", "query_mode": "aggregate", "groupby": ["summary"], "allow_render_html": True}
    charts = {"rendered": {**table, "metrics": ["events"], "adhoc_filters": []}}
    planted.dashboard(admin, "rendered", charts, planted.dataset(admin, "events"))
    look(reader, under_attack.base, "rendered", 1)
    assert reader.run(_HARM)["elements"]


def test_the_evidence_is_still_marked_and_links_lead_to_web_pages(under_attack: Served, reader: Browser) -> None:
    reader.open(f"{under_attack.base}/superset/dashboard/overview/", width=1400, height=4000)
    marks = reader.wait("return [...document.querySelectorAll('td mark')].map(mark => mark.innerText)")
    assert any("<" in mark for mark in marks)
    links = reader.run("return [...document.querySelectorAll('td a')].map(a => [a.href, a.rel])")
    assert all(href.startswith(("http://", "https://")) and "noopener" in rel for href, rel in links)


def test_the_pages_defend_themselves(served: Served) -> None:
    viewer = served.client("viewer")
    for path in ("/login/", "/superset/dashboard/overview/", "/dashboard/list/"):
        headers = viewer.get(path).headers
        policy = dict(
            rule.strip().split(" ", 1) for rule in headers["Content-Security-Policy"].split(";") if rule.strip()
        )
        assert policy["default-src"] == "'self'"
        assert policy["object-src"] == "'none'"
        assert policy["connect-src"] == "'self'"
        assert policy["frame-ancestors"] == "'self'"
        assert "'unsafe-inline'" not in policy["script-src"]
        assert "'unsafe-eval'" not in policy["script-src"]
        assert "'nonce-" in policy["script-src"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "SAMEORIGIN"
        assert headers["Referrer-Policy"]
    session = next(cookie for cookie in viewer.cookies if cookie.name == "session")
    assert session.has_nonstandard_attr("HttpOnly")
    assert session.get_nonstandard_attr("SameSite") == "Lax"
