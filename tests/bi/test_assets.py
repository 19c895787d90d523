"""The dashboards as code fit the warehouse and each other; without Superset.

`--update-snapshot` writes the columns of the data sets anew: as their SQL gives them, described as the marts are.
"""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
import pytest

from bi.superset import assets
from bi.superset.connection import hardened
from tests.warehouse.builder import Newsroom
from warehouse.marts import MARTS

# The last block of a data set's file.
COLUMNS = re.compile(r"^columns:\n.*\Z", re.MULTILINE | re.DOTALL)
# Where a chart's parameters name columns, and where metrics.
COLUMN_KEYS = (
    "all_columns",
    "columns",
    "entity",
    "groupby",
    "groupbyColumns",
    "groupbyRows",
    "series",
    "source",
    "source_category",
    "target",
    "target_category",
    "x_axis",
)
METRIC_KEYS = ("metric", "metrics", "percent_metrics", "secondary_metric", "timeseries_limit_metric", "x_axis_sort")
# What else the bars of several series are sorted by.
SORTS = {"name", "sum", "avg", "min", "max"}
# What follows it in a comment is a closed vocabulary: no text of the news.
WORDS = " One of: "

Things = dict[str, dict[str, Any]]
EVERYTHING: list[Things] = [assets.things(kind) for kind in assets.KINDS]  # read once: it takes a second
DATABASES, DATASETS, CHARTS, DASHBOARDS = EVERYTHING


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty warehouse."""
    built = Newsroom(tmp_path_factory.mktemp("empty")).build()
    with closing(duckdb.connect(str(built), read_only=True)) as connection:
        yield connection


@pytest.fixture(scope="module")
def view_comments(db: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """What each column of each view means."""
    query = "SELECT column_name, comment FROM duckdb_columns() WHERE schema_name = 'marts' AND table_name = ?"
    return {view: dict(db.execute(query, [view]).fetchall()) for view in MARTS}


@pytest.fixture(scope="module")
def comments(view_comments: dict[str, dict[str, str]]) -> dict[str, str]:
    """What each column of the marts means, whatever the view: the first tells it best."""
    return {name: text for view in reversed(MARTS) for name, text in view_comments[view].items()}


def by_uuid(things: Things) -> Things:
    return {thing["uuid"]: thing for thing in things.values()}


def names(given: Any) -> list[str]:
    """The names in a parameter: one, several or none; an expression of its own is no name."""
    return [it for it in (given if isinstance(given, list) else [given]) if isinstance(it, str) and it]


def charts_of(dashboard: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The charts on a dashboard, each with its number there."""
    for node in dashboard["position"].values():
        if isinstance(node, dict) and node["type"] == "CHART":
            yield node["meta"]["chartId"], by_uuid(CHARTS)[node["meta"]["uuid"]]


def columns_of(chart: dict[str, Any]) -> dict[str, str]:
    """The columns of a chart's data set, with their types."""
    return {it["column_name"]: it["type"] for it in by_uuid(DATASETS)[chart["dataset_uuid"]]["columns"]}


def filtered(chart: dict[str, Any]) -> list[dict[str, Any]]:
    return [it for it in chart["params"].get("adhoc_filters", []) if it["expressionType"] == "SIMPLE"]


def label(column: str) -> str:
    return column.removesuffix("_html").replace("_", " ").capitalize()


def written(dataset: dict[str, Any], given: list[tuple[str, str]], comments: dict[str, str]) -> str:
    """The block of columns, one a line."""
    known = {it["column_name"]: it for it in dataset.get("columns", [])}
    lines = ["columns:"]
    for name, kind in given:
        before = known.get(name, {})
        column: dict[str, Any] = {"column_name": name, "type": kind}
        if kind in ("DATE", "TIMESTAMP"):
            column["is_dttm"] = True
        column["verbose_name"] = before.get("verbose_name") or label(name)
        column["description"] = comments.get(name, "").split(WORDS)[0] or before.get("description") or ""
        lines.append(f"- {json.dumps(column, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", DATASETS)
def test_the_columns_of_a_data_set_are_those_that_its_sql_gives(
    path: str,
    db: duckdb.DuckDBPyConnection,
    view_comments: dict[str, dict[str, str]],
    comments: dict[str, str],
    request: pytest.FixtureRequest,
) -> None:
    read = re.findall(r"\b(?:FROM|JOIN)\s+(?:core|marts)\.(\w+)", DATASETS[path]["sql"])
    if len(read) == 1:  # what is of one view alone means what that view says: a count of sources is none of actors
        comments = comments | view_comments.get(read[0], {})
    given = db.execute(f"DESCRIBE {DATASETS[path]['sql']}").fetchall()
    file = assets.FOLDER / path
    text = file.read_text(encoding="utf-8")
    block = written(DATASETS[path], [(row[0], row[1]) for row in given], comments)
    if request.config.getoption("--update-snapshot"):
        file.write_text(COLUMNS.sub("", text) + block, encoding="utf-8")
    else:
        found = COLUMNS.search(text)
        assert found and found[0] == block, "if this is meant: pytest tests/bi --update-snapshot, and read the diff"


@pytest.mark.parametrize("path", DATASETS)
def test_every_column_and_metric_is_described(path: str) -> None:
    dataset = DATASETS[path]
    told = {it["column_name"]: it["description"] for it in dataset["columns"]}
    told |= {it["metric_name"]: it.get("description") for it in dataset["metrics"]}
    assert not [name for name, description in told.items() if not description]


def test_nothing_is_twice() -> None:
    uuids = [thing["uuid"] for things in EVERYTHING for thing in things.values()]
    assert len(uuids) == len(set(uuids))
    slugs = [dashboard["slug"] for dashboard in DASHBOARDS.values()]
    tables = [dataset["table_name"] for dataset in DATASETS.values()]
    assert len(slugs) == len(set(slugs))
    assert len(tables) == len(set(tables))


def test_every_uuid_leads_somewhere() -> None:
    assert {dataset["database_uuid"] for dataset in DATASETS.values()} <= set(by_uuid(DATABASES))
    assert {chart["dataset_uuid"] for chart in CHARTS.values()} <= set(by_uuid(DATASETS))
    shown = {chart["uuid"] for dashboard in DASHBOARDS.values() for _, chart in charts_of(dashboard)}
    assert shown == set(by_uuid(CHARTS))
    for dashboard in DASHBOARDS.values():
        for native in dashboard["metadata"]["native_filter_configuration"]:
            assert {it["datasetUuid"] for it in native["targets"] if it} <= set(by_uuid(DATASETS))


@pytest.mark.parametrize("path", CHARTS)
def test_a_chart_names_only_what_its_data_set_has(path: str) -> None:
    chart = CHARTS[path]
    columns = columns_of(chart)
    metrics = {it["metric_name"] for it in by_uuid(DATASETS)[chart["dataset_uuid"]]["metrics"]}
    params = chart["params"]
    assert params["viz_type"] == chart["viz_type"]
    named = [name for key in COLUMN_KEYS for name in names(params.get(key))]
    named += [it["subject"] for it in filtered(chart)]
    assert not set(named) - set(columns)
    assert not {name for key in METRIC_KEYS for name in names(params.get(key))} - metrics - set(columns) - SORTS
    assert not set(params.get("column_config", {})) - metrics - {f"%{name}" for name in metrics} - set(columns)


@pytest.mark.parametrize("path", DASHBOARDS)
def test_every_filter_reaches_every_chart_that_it_is_meant_for(path: str) -> None:
    dashboard = DASHBOARDS[path]
    for native in dashboard["metadata"]["native_filter_configuration"]:
        for number, chart in charts_of(dashboard):
            if number in native["scope"]["excluded"]:
                continue
            where = f"{native['name']} on {chart['slice_name']}"
            if native["filterType"] == "filter_time":
                assert [it for it in filtered(chart) if it["operator"] == "TEMPORAL_RANGE"], where
            for target in native["targets"]:
                if target:
                    assert target["column"]["name"] in columns_of(chart), where


@pytest.mark.parametrize("path", DASHBOARDS)
def test_a_dashboard_hangs_together(path: str) -> None:
    position = DASHBOARDS[path]["position"]
    nodes = {name: node for name, node in position.items() if isinstance(node, dict)}
    numbers = [number for number, _ in charts_of(DASHBOARDS[path])]
    assert len(numbers) == len(set(numbers))
    for name, node in nodes.items():
        assert node["id"] == name
        assert set(node.get("children", [])) <= set(nodes)
        if node["type"] == "ROW":
            assert sum(nodes[child]["meta"]["width"] for child in node["children"]) <= 12, name
    reached = {child for node in nodes.values() for child in node.get("children", [])}
    assert reached | {"ROOT_ID", "HEADER_ID"} == set(nodes)


def test_what_the_code_brings_in_is_marked_as_kept_elsewhere() -> None:
    for things in EVERYTHING:
        for path, thing in things.items():
            assert thing["is_managed_externally"] is True, path


@pytest.mark.parametrize("path", [path for path, chart in CHARTS.items() if chart["viz_type"] == "table"])
def test_a_table_renders_no_text_of_the_news_as_html(path: str, comments: dict[str, str]) -> None:
    params = CHARTS[path]["params"]
    if params["allow_render_html"]:
        types = columns_of(CHARTS[path])
        text = {
            name for key in ("groupby", "all_columns") for name in names(params.get(key)) if types[name] == "VARCHAR"
        }
        raw = {name for name in text if not name.endswith("_html") and WORDS not in comments.get(name, "")}
        assert not raw, "escape them in the data set, and end their names in _html"


@pytest.mark.parametrize("path", [path for path, chart in CHARTS.items() if chart["viz_type"] == "table"])
def test_a_table_shows_days_as_text(path: str) -> None:
    """Superset 6.1 makes of a click on a day that is none a filter that breaks every chart of the dashboard."""
    types = columns_of(CHARTS[path])
    shown = [name for key in ("groupby", "all_columns") for name in names(CHARTS[path]["params"].get(key))]
    assert not [name for name in shown if types[name] in ("DATE", "TIMESTAMP")]


class Cell(HTMLParser):
    """What a browser makes of a cell: its text, and its elements with their attributes."""

    def __init__(self, cell: str) -> None:
        super().__init__()
        self.text = ""
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(cell)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://news.example/?a=1&b='\"><script>x</script>", True),
        ("HTTP://NEWS.EXAMPLE/", True),
        (" https://news.example/", False),
        ("javascript:alert(1)//https://news.example/", False),
        ("java\nscript:alert(1)", False),
        ("\x01https://news.example/", False),
        ("https:news.example", False),
        (None, False),
    ],
)
def test_a_cell_of_the_evidence_shows_the_text_as_it_is_and_leads_to_news_only(url: str | None, linked: bool) -> None:
    text = """<img src=x onerror=1> & &lt; " ' </div></mark>"""
    (evidence,) = (dataset for dataset in DATASETS.values() if dataset["table_name"] == "evidence")
    sentence = f"{text}met{text}"
    told = [url, sentence, len(text), len(text) + len("met"), text]
    with closing(duckdb.connect()) as memory:
        memory.execute("CREATE SCHEMA marts")
        memory.execute(
            "CREATE TABLE marts.event_evidence AS SELECT 'e' AS event_id, 'a' AS article_id, $1::VARCHAR AS url,"
            " $2 AS sentence, 0 AS sentence_start, $3 AS trigger_start, $4 AS trigger_end, 'met' AS trigger,"
            " $5 AS source_id",
            told,
        )
        memory.execute(
            "CREATE TABLE marts.articles AS SELECT 'a' AS article_id, NULL AS superseded_by, $1 AS title, $1 AS source",
            [text],
        )
        memory.execute(
            "CREATE TABLE marts.events AS SELECT 'e' AS event_id, 'meeting' AS event_type, 'held' AS status,"
            " NULL::DATE AS start_date, $1 AS place, NULL AS country_code, $1 AS summary",
            [text],
        )
        memory.execute("CREATE TABLE marts.event_participants (event_id VARCHAR, actor VARCHAR, country_code VARCHAR)")
        memory.execute("CREATE TABLE marts.countries (country_code VARCHAR, country VARCHAR)")
        shown = memory.execute(f"SELECT COLUMNS('_html$') FROM ({evidence['sql']})")
        (row,) = shown.fetchall()
        cells = {column[0]: Cell(cell) for column, cell in zip(shown.description, row, strict=True)}
    assert {name: cell.text for name, cell in cells.items()} == {
        "summary_html": text,
        "evidence_html": sentence,
        "source_html": text,
        "article_html": text,
    }
    # Superset shows a cell without an element as it is written: entities would be seen.
    plain: list[tuple[str, dict[str, str | None]]] = [("div", {})]
    link = [("a", {"href": url, "rel": "noopener noreferrer", "target": "_blank"})]
    assert cells.pop("article_html").elements == (link if linked else plain)
    assert cells.pop("evidence_html").elements == [*plain, ("mark", {})]
    assert all(cell.elements == plain for cell in cells.values())


def test_the_connection_is_read_only_and_locked_in() -> None:
    assert [thing["database_name"] for thing in DATABASES.values()] == ["Parley"]
    assert hardened()["read_only"] is True
    safe = {"enable_external_access", "autoinstall_known_extensions", "autoload_known_extensions"}
    assert {name: hardened()["config"][name] for name in (*safe, "lock_configuration")} == {
        **dict.fromkeys(safe, "false"),
        "lock_configuration": "true",
    }
    (database,) = DATABASES.values()
    assert not [key for key in database if key.startswith("allow_") and database[key]]


def test_the_files_are_all_brought_in() -> None:
    lying = {path.relative_to(assets.FOLDER).as_posix() for path in Path(assets.FOLDER).rglob("*") if path.is_file()}
    assert set(assets.files()) == lying
