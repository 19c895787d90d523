"""Charts and dashboards that a test puts into Superset, as an administrator would."""

import json
from typing import Any

from tests.bi.client import Client


def dataset(admin: Client, name: str) -> int:
    """The id of one of our data sets."""
    found = admin.get("/api/v1/dataset/?q=(page_size:100)").data["result"]
    return next(each["id"] for each in found if each["table_name"] == name)


def dashboard(admin: Client, slug: str, charts: dict[str, dict[str, Any]], dataset_id: int) -> None:
    """A published dashboard of charts on a data set, given by name and parameters, one below the other."""
    position: dict[str, Any] = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"id": "ROOT_ID", "type": "ROOT", "children": ["GRID_ID"]},
        "GRID_ID": {"id": "GRID_ID", "type": "GRID", "parents": ["ROOT_ID"], "children": []},
    }
    made = admin.post("/api/v1/dashboard/", {"dashboard_title": slug, "slug": slug, "published": True})
    assert made.status == 201, made.text
    for name, params in charts.items():
        chart = {
            "slice_name": name,
            "viz_type": params["viz_type"],
            "datasource_id": dataset_id,
            "datasource_type": "table",
            "params": json.dumps(params | {"datasource": f"{dataset_id}__table"}),
            "dashboards": [made.data["id"]],
        }
        answer = admin.post("/api/v1/chart/", chart)
        assert answer.status == 201, answer.text
        row, place, parents = f"ROW-{name}", f"CHART-{name}", ["ROOT_ID", "GRID_ID"]
        meta = {"chartId": answer.data["id"], "sliceName": name, "width": 12, "height": 40}
        position["GRID_ID"]["children"].append(row)
        position[row] = {"id": row, "type": "ROW", "parents": parents, "children": [place], "meta": {}}
        position[place] = {"id": place, "type": "CHART", "parents": [*parents, row], "children": [], "meta": meta}
    change = {"position_json": json.dumps(position)}
    answer = admin.ask("PUT", f"/api/v1/dashboard/{made.data['id']}", data=change)
    assert answer.status == 200, answer.text
