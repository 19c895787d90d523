"""A snapshot of all definitions, so that what changes in Dagster is seen in a diff (`--update-snapshot` rewrites)."""

import json
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

SNAPSHOT = Path(__file__).parent / "definitions.json"


@pytest.fixture
def definitions(home: Path) -> dg.Definitions:
    from pipelines import settings

    settings.home(home).prepare()
    from pipelines.definitions import definitions

    return definitions()


def _described(definitions: dg.Definitions) -> dict[str, Any]:
    repository = definitions.get_repository_def()
    graph = repository.asset_graph
    assets = {
        key.to_user_string(): {
            "deps": sorted(parent.to_user_string() for parent in graph.get(key).parent_keys),
            "description": graph.get(key).description,
            "group": graph.get(key).group_name,
            "kinds": sorted(graph.get(key).kinds),
            "owners": sorted(graph.get(key).owners),
            "partitioned": graph.get(key).partitions_def is not None,
            "single_run": graph.get(key).backfill_policy == dg.BackfillPolicy.single_run(),
        }
        for key in sorted(graph.get_all_asset_keys())
    }
    checks = [
        {"name": key.name, "asset": key.asset_key.to_user_string(), "blocking": graph.get_check_spec(key).blocking}
        for key in sorted(graph.asset_check_keys, key=lambda key: key.name)
    ]
    return {
        "assets": assets,
        "checks": checks,
        "jobs": {job.name: job.description for job in sorted(repository.get_all_jobs(), key=lambda j: j.name)},
        "schedules": {s.name: [s.cron_schedule, s.job_name] for s in repository.schedule_defs},
        "sensors": {s.name: s.description for s in sorted(repository.sensor_defs, key=lambda s: s.name)},
    }


def test_definitions_are_as_they_were(definitions: dg.Definitions, request: pytest.FixtureRequest) -> None:
    now = json.dumps(_described(definitions), indent=1, ensure_ascii=False) + "\n"
    if request.config.getoption("--update-snapshot"):
        SNAPSHOT.write_text(now, encoding="utf-8")
    assert now == SNAPSHOT.read_text(encoding="utf-8"), "if this is meant: pytest --update-snapshot, and read the diff"


def test_every_asset_says_what_it_is(definitions: dg.Definitions) -> None:
    graph = definitions.get_repository_def().asset_graph
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.description and node.group_name and node.owners and node.kinds, key
        if node.is_executable:
            assert node.code_version, key


def test_definitions_without_a_home_say_what_to_export(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines import settings

    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    with pytest.raises(settings.SettingsError, match="export PARLEY_HOME"):
        settings.require_dagster_home()
