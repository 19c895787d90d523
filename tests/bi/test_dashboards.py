"""What a viewer sees in a browser: every chart of every dashboard, right numbers, and a publication at once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bi.superset import assets
from tests.bi import planted
from tests.bi.client import Client
from tests.bi.dashboards import Chart, choose, look, require_sound, settled
from tests.bi.server import SUPERSET, Served
from tests.browser import Browser
from tests.pipelines.support import parley, write_stories

pytestmark = SUPERSET

_NAMES = {chart["uuid"]: chart["slice_name"] for chart in assets.things("charts").values()}
NUMBER = "Events"  # the chart that is the number of all events


def _charts(dashboard: dict[str, Any]) -> Iterator[str]:
    """The charts' names, each as often as it stands on the dashboard."""
    for node in dashboard["position"].values():
        if isinstance(node, dict) and node["type"] == "CHART":
            yield _NAMES[node["meta"]["uuid"]]


DASHBOARDS = {each["slug"]: list(_charts(each)) for each in assets.things("dashboards").values()}


def number(charts: list[Chart]) -> int:
    """What the chart of all events shows."""
    return next(chart.number for chart in charts if chart.name == NUMBER)


@pytest.mark.parametrize("slug", DASHBOARDS)
def test_a_viewer_sees_every_chart(served: Served, reader: Browser, slug: str) -> None:
    names = DASHBOARDS[slug]
    require_sound(look(reader, served.base, slug, len(names)), set(names))
    asked = reader.requests(blocked=False)
    assert asked
    assert not [url for url in asked if not url.startswith((served.base, "data:", "blob:", "about:"))]
    # An image that Superset wants from its makers is held back; a busy machine uses late what was preloaded.
    assert [said for said in reader.complaints() if "scarf" not in said and "preload" not in said] == []


def test_the_overview_shows_what_the_warehouse_holds_and_follows_a_filter(served: Served, reader: Browser) -> None:
    charts = len(DASHBOARDS["overview"])
    assert number(look(reader, served.base, "overview", charts)) == served.count()
    assert all(reader.wait("return [...document.querySelectorAll('td mark')].map(mark => mark.innerText)"))
    choose(reader, "Type", "meeting")
    wanted = served.count("event_type = 'meeting'")
    reader.wait(
        "return [...document.querySelectorAll('.header-line')].some(line => line.innerText === arguments[0])",
        f"{wanted:,}",
    )
    found = settled(reader, charts)
    assert 0 < number(found) == wanted < served.count()
    require_sound(found, set(DASHBOARDS["overview"]))


def test_a_publication_is_seen_at_once(served: Served, reader: Browser, tmp_path: Path) -> None:
    before = served.count()
    done = parley("run", str(write_stories(tmp_path / "more.jsonl", range(1, 4))), "--home", str(served.home))
    assert done.returncode == 0, done.stderr
    after = served.count()
    assert after > before
    assert number(look(reader, served.base, "overview", len(DASHBOARDS["overview"]))) == after


def test_a_broken_chart_is_found(served: Served, reader: Browser, admin: Client) -> None:
    base: dict[str, Any] = {"adhoc_filters": [], "metrics": ["events"]}
    nothing = {"clause": "WHERE", "expressionType": "SQL", "sqlExpression": "1 = 0"}
    nowhere = {"expressionType": "SQL", "sqlExpression": "sum(nowhere)", "label": "nowhere"}
    charts = {
        "good": {**base, "viz_type": "table", "query_mode": "aggregate", "groupby": ["event_type"]},
        "no column": {**base, "viz_type": "table", "query_mode": "aggregate", "groupby": ["nowhere"]},
        "no such sum": {**base, "viz_type": "big_number_total", "metric": nowhere},
        "no such land": {**base, "viz_type": "world_map", "entity": "nowhere", "metric": "events"},
        "no row": {**base, "viz_type": "echarts_timeseries_bar", "x_axis": "month", "adhoc_filters": [nothing]},
    }
    planted.dashboard(admin, "planted", charts, planted.dataset(admin, "events"))
    found = look(reader, served.base, "planted", len(charts))
    require_sound([chart for chart in found if chart.name == "good"], {"good"})
    for name in charts.keys() - {"good"}:
        with pytest.raises(AssertionError, match=name):
            require_sound([chart for chart in found if chart.name == name], {name})
    with pytest.raises(AssertionError, match="missing"):
        require_sound(found, {"another"})
