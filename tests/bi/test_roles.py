"""What a viewer may do through pages and the API: look at dashboards, and nothing else."""

import json
from typing import Any

import pytest

from tests.bi import planted
from tests.bi.client import Answer, Client
from tests.bi.server import SUPERSET, Served

pytestmark = [*SUPERSET, pytest.mark.usefixtures("endless")]

PAGES = (
    "/sqllab/",
    "/databaseview/list/",
    "/tablemodelview/list/",
    "/savedqueryview/list/",
    "/dashboard/new/",
    "/chart/add",
    "/explore/?datasource_type=table&datasource_id=1",
    "/superset/slice/1/",
    "/users/list/",
    "/roles/",
    "/actionlog/list",
    "/rowlevelsecurity/list/",
    "/csstemplatemodelview/list/",
    "/api/v1/query/",
    "/api/v1/saved_query/",
    "/api/v1/sqllab/",
    "/api/v1/sqllab/results/?q=(key:x)",
    "/api/v1/database/",
    "/api/v1/database/1",
    "/api/v1/database/1/connection",
    "/api/v1/database/1/schemas/",
    "/api/v1/database/1/catalogs/",
    "/api/v1/database/1/tables/?q=(schema_name:marts)",
    "/api/v1/database/1/table_metadata/?name=events&schema=marts",
    "/api/v1/database/1/function_names/",
    "/api/v1/database/available/",
    "/api/v1/database/export/?q=!(1)",
    "/api/v1/dataset/",
    "/api/v1/dataset/1",
    "/api/v1/dataset/export/?q=!(1)",
    "/api/v1/chart/export/?q=!(1)",
    "/api/v1/dashboard/export/?q=!(1)",
    "/api/v1/assets/export/",
    "/api/v1/explore/?datasource_id=1&datasource_type=table",
    "/api/v1/datasource/table/1/column/event_type/values/",
    "/api/v1/form_data/?slice_id=1",
    "/datasource/get/table/1",
    "/datasource/external_metadata/table/1/",
    "/api/v1/css_template/",
    "/api/v1/theme/",
    "/api/v1/annotation_layer/",
    "/api/v1/tag/",
    "/api/v1/log/",
    "/api/v1/log/recent_activity/",
    "/api/v1/rowlevelsecurity/",
    "/api/v1/security/users/",
    "/api/v1/security/roles/",
    "/api/v1/security/groups/",
    "/api/v1/security/permissions/",
    "/api/v1/security/permissions-resources/",
    "/api/v1/security/resources/",
    "/api/v1/security/user_registrations/",
)
SENT: tuple[tuple[str, str, Any], ...] = (
    ("POST", "/api/v1/sqllab/execute/", {"database_id": 1, "sql": "SELECT 1"}),
    ("POST", "/api/v1/sqllab/estimate/", {"database_id": 1, "sql": "SELECT 1"}),
    ("POST", "/api/v1/sqllab/format_sql/", {"sql": "SELECT 1"}),
    ("POST", "/api/v1/sqllab/permalink", {"sql": "SELECT 1"}),
    ("POST", "/api/v1/query/stop", {"client_id": "x"}),
    ("POST", "/api/v1/saved_query/", {"sql": "SELECT 1", "db_id": 1, "label": "x"}),
    ("POST", "/api/v1/query/", {"query_context": {}}),
    ("POST", "/api/v1/database/", {"database_name": "x", "sqlalchemy_uri": "duckdb:///x"}),
    ("POST", "/api/v1/database/test_connection/", {"sqlalchemy_uri": "duckdb:///x"}),
    ("POST", "/api/v1/database/validate_parameters/", {"engine": "duckdb", "parameters": {}}),
    ("POST", "/api/v1/database/1/validate_sql/", {"sql": "SELECT 1"}),
    ("PUT", "/api/v1/database/1", {"database_name": "x"}),
    ("DELETE", "/api/v1/database/1", None),
    ("POST", "/api/v1/dataset/", {"database": 1, "schema": "marts", "table_name": "x", "sql": "SELECT 1"}),
    ("POST", "/api/v1/dataset/get_or_create/", {"database_id": 1, "schema": "marts", "table_name": "x"}),
    ("POST", "/api/v1/dataset/duplicate", {"base_model_id": 1, "table_name": "x"}),
    ("PUT", "/api/v1/dataset/1", {"sql": "SELECT 1"}),
    ("PUT", "/api/v1/dataset/1/refresh", None),
    ("DELETE", "/api/v1/dataset/1", None),
    ("POST", "/api/v1/chart/", {"slice_name": "x", "datasource_id": 1, "datasource_type": "table"}),
    ("PUT", "/api/v1/chart/1", {"slice_name": "x"}),
    ("DELETE", "/api/v1/chart/1", None),
    ("POST", "/api/v1/dashboard/", {"dashboard_title": "x"}),
    ("PUT", "/api/v1/dashboard/1", {"dashboard_title": "x"}),
    ("PUT", "/api/v1/dashboard/1/filters", {"modified": [], "deleted": [], "reordered": []}),
    ("POST", "/api/v1/dashboard/1/copy/", {"dashboard_title": "x", "json_metadata": "{}"}),
    ("DELETE", "/api/v1/dashboard/1", None),
    ("POST", "/api/v1/explore/form_data", {"datasource_id": 1, "datasource_type": "table", "form_data": "{}"}),
    ("POST", "/api/v1/explore/permalink", {"formData": {}}),
    ("POST", "/datasource/save/", {}),
    ("POST", "/datasource/samples?datasource_id=1&datasource_type=table", {}),
    ("POST", "/api/v1/css_template/", {"template_name": "x", "css": "x"}),
    ("POST", "/api/v1/theme/", {"theme_name": "x", "json_data": "{}"}),
    ("POST", "/api/v1/annotation_layer/", {"name": "x"}),
    ("POST", "/api/v1/security/users/", {"username": "x"}),
    ("PUT", "/api/v1/security/users/2", {"roles": [1]}),
    ("POST", "/api/v1/security/roles/", {"name": "x"}),
    ("POST", "/api/v1/security/guest_token/", {"user": {}, "resources": [], "rls": []}),
)
# SQL that a viewer sends with a query: the first two read another table, and Superset alone lets them through.
SMUGGLED = (
    "max(title) FROM core.article UNION ALL SELECT max(event_id)",
    "count(*) FROM duckdb_settings() UNION ALL SELECT 1",
    "(SELECT max(title) FROM core.article)",
    "max((SELECT content FROM read_text('/etc/passwd')))",
    "(FROM duckdb_settings())",
    "current_setting('home_directory')",
    "count(*)",
)


@pytest.fixture(scope="module", params=[False, True], ids=["page", "token"])
def viewer(served: Served, request: pytest.FixtureRequest) -> Client:
    """The viewer, logged in either way."""
    return served.client("viewer", token=request.param)


@pytest.fixture(scope="module")
def events(admin: Client) -> int:
    """The id of the data set of events."""
    return planted.dataset(admin, "events")


def refused(answer: Answer) -> bool:
    """Whether nothing was given but a refusal, or the login page."""
    return answer.status in (401, 403, 404) or answer.login_asked


def chart_data(client: Client, dataset: int, kind: str = "table", **query: Any) -> Answer:
    """What a chart's query is answered."""
    query = {"columns": ["event_type"], "metrics": ["events"], "row_limit": 50, **query}
    asked = {"datasource": {"id": dataset, "type": kind}, "queries": [query], "result_format": "json"}
    return client.post("/api/v1/chart/data", asked)


def test_a_viewer_reaches_nothing_but_dashboards(viewer: Client) -> None:
    open_to_viewers = {}
    for path in PAGES:
        answer = viewer.get(path)
        if not refused(answer):
            open_to_viewers[path] = answer.text[:200]
    for method, path, data in SENT:
        answer = viewer.ask(method, path, data=data)
        # A token goes without CSRF token, which is asked for (400) before the permission is.
        if not refused(answer) and "CSRF" not in answer.text:
            open_to_viewers[f"{method} {path}"] = answer.text[:200]
    assert open_to_viewers == {}


def test_a_viewer_gets_the_data_of_charts(viewer: Client, events: int, served: Served) -> None:
    answer = chart_data(viewer, events, filters=[{"col": "event_type", "op": "==", "val": "meeting"}])
    assert answer.data["result"][0]["data"] == [
        {"event_type": "meeting", "events": served.count("event_type = 'meeting'")}
    ]


def test_a_viewer_sends_no_sql(viewer: Client, events: int) -> None:
    for sql in SMUGGLED:
        expression = {"expressionType": "SQL", "sqlExpression": sql, "label": "x"}
        asked: tuple[dict[str, Any], ...] = (
            {"metrics": [expression], "columns": []},
            {"columns": [expression]},
            {"columns": [sql]},  # of a name that is no column Superset makes SQL
            {"groupby": [sql], "columns": []},
            {"columns": [{**expression, "sqlExpression": [sql]}]},
            {"orderby": [[expression, True]]},
            {"filters": [{"col": expression, "op": "IS NOT NULL"}]},
            {"extras": {"where": f"event_id IN ({sql})"}},
            {"extras": {"having": f"1 = ({sql})"}},
            {"series_limit_metric": expression, "series_limit": 1},
        )
        for query in asked:
            answer = chart_data(viewer, events, **query)
            assert answer.status == 403 or "Invalid SQL clause" in answer.text, (query, answer.text)


def test_a_viewer_sends_no_sql_with_a_chart_of_the_older_kind(served: Served, events: int) -> None:
    viewer = served.client("viewer")
    form = {"viz_type": "world_map", "datasource": f"{events}__table", "entity": "country_code", "metric": "events"}
    form["country_fieldtype"] = "cca3"

    def asked(**changed: Any) -> Answer:
        return viewer.ask("POST", "/superset/explore_json/", form={"form_data": json.dumps(form | changed)})

    assert asked().status == 200
    expression = {"expressionType": "SQL", "sqlExpression": SMUGGLED[0], "label": "x"}
    for changed in (
        {"metric": expression},
        {"entity": expression},
        {"entity": "current_setting('home_directory')"},
        {"adhoc_filters": [{"clause": "WHERE", **expression, "sqlExpression": ["77 = 77"]}]},
        {"where": "77 = 77"},
        {"having": "77 = 77"},
        {"adhoc_filters": [{"clause": "WHERE", **expression}]},
        {"adhoc_filters": [{"clause": "HAVING", **expression}]},
    ):
        answer = asked(**changed)
        assert answer.status == 403, (changed, answer.text)
        assert "SQL of their own" in answer.text


def test_sql_that_a_chart_holds_is_let_through(viewer: Client, admin: Client, events: int) -> None:
    clauses = [{"clause": "WHERE", "expressionType": "SQL", "sqlExpression": f"{n} = {n}"} for n in (41, 42)]
    made = admin.post(
        "/api/v1/chart/",
        {
            "slice_name": "two clauses",
            "viz_type": "table",
            "datasource_id": events,
            "datasource_type": "table",
            "params": json.dumps({"viz_type": "table", "adhoc_filters": clauses}),
        },
    )
    assert made.status == 201, made.text
    for where in ("41 = 41", "(41 = 41)", "(41 = 41) AND (42 = 42)"):
        assert chart_data(viewer, events, extras={"where": where}).status == 200
    for where in ("(41 = 41) OR (42 = 42)", "(41 = 41) AND (43 = 43)", "43 = 43"):
        assert chart_data(viewer, events, extras={"where": where}).status == 403


def test_another_data_set_is_not_answered(viewer: Client, admin: Client) -> None:
    database = admin.get("/api/v1/database/").data["result"][0]["id"]
    name = f"private {viewer.base} {id(viewer)}"
    private = {"database": database, "table_name": name, "sql": "SELECT title FROM core.article"}
    made = admin.post("/api/v1/dataset/", private)
    assert made.status == 201, made.text
    assert chart_data(admin, made.data["id"], columns=["title"], metrics=[]).status == 200
    assert chart_data(viewer, made.data["id"], columns=["title"], metrics=[]).status == 403
    ran = admin.post("/api/v1/sqllab/execute/", {"database_id": database, "sql": "SELECT title FROM core.article"})
    assert ran.status == 200, ran.text
    assert chart_data(viewer, ran.data["query_id"], "query", columns=["title"], metrics=[]).status == 403
    for kind in ("saved_query", "dataset", "view"):
        assert chart_data(viewer, made.data["id"], kind, columns=["title"], metrics=[]).status >= 400


def test_users_are_listed_to_nobody_else(viewer: Client, admin: Client) -> None:
    def named(client: Client) -> set[str]:
        found = client.get("/api/v1/dashboard/related/owners").data["result"]
        return {each["extra"]["email"] for each in found}

    assert named(viewer) == {"viewer@localhost"}
    assert named(admin) == {"admin@localhost", "viewer@localhost"}


def test_a_viewer_keeps_filters_links_and_a_password_of_their_own(served: Served) -> None:
    viewer = served.client("viewer")
    dashboards = viewer.get("/api/v1/dashboard/").data["result"]
    overview = next(each["id"] for each in dashboards if each["slug"] == "overview")
    assert viewer.post(f"/api/v1/dashboard/{overview}/filter_state?tab_id=1", {"value": "{}"}).status == 201
    assert viewer.post(f"/api/v1/dashboard/{overview}/permalink", {"dataMask": {}}).status == 201
    for page in ("/user_info/", "/resetmypassword/form", "/dashboard/list/"):
        answer = viewer.get(page)
        assert (answer.status, answer.login_asked) == (200, False), page
    old, new = served.password("viewer"), "a new password, 27 letters"
    assert viewer.ask("PUT", "/api/v1/me/", data={"password": new}).status == 200
    renewed = Client(served.base, "viewer", new)
    assert renewed.get("/api/v1/me/").status == 200
    assert renewed.ask("PUT", "/api/v1/me/", data={"password": old}).status == 200


def test_the_menu_has_no_sql_lab(served: Served, admin: Client) -> None:
    page = "/dashboard/list/"
    assert "/sqllab/" in admin.get(page).text
    assert "/sqllab/" not in served.client("viewer").get(page).text


def test_without_a_login_there_is_nothing(served: Served) -> None:
    nobody = Client(served.base, "viewer", "not the password")
    for path in ("/superset/dashboard/overview/", "/api/v1/dashboard/", "/api/v1/me/", *PAGES):
        answer = nobody.get(path)
        assert refused(answer), (path, answer.text[:200])
