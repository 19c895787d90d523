"""The schedule and the sensors: evaluated for real, and what they request is executed."""

import http.server
import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import pytest

from pipelines.stages import STAGES
from tests.pipelines.support import parley, write_stories

Query = Callable[[str], list[tuple[object, ...]]]


@pytest.fixture
def definitions(home: Path) -> dg.Definitions:
    from pipelines import settings

    settings.home(home).prepare()
    from pipelines.definitions import definitions

    return definitions()


@pytest.fixture
def instance(home: Path, definitions: dg.Definitions) -> dg.DagsterInstance:  # noqa: ARG001 - prepares the home
    return dg.DagsterInstance.from_config(str(home / "dagster"))


def execute(definitions: dg.Definitions, instance: dg.DagsterInstance, job: str, request: dg.RunRequest) -> None:
    result = definitions.resolve_job_def(job).execute_in_process(
        instance=instance, run_config=request.run_config, tags=request.tags
    )
    assert result.success


def evaluate(
    sensor: dg.SensorDefinition, instance: dg.DagsterInstance, definitions: dg.Definitions, cursor: str | None
):
    from pipelines.resources import HomeResource

    resources = {"place": HomeResource()} if "place" in sensor.required_resource_keys else None
    context = dg.build_sensor_context(instance, cursor=cursor, definitions=definitions, resources=resources)
    return sensor.evaluate_tick(context)


def test_from_a_file_in_the_inbox_to_a_publication(
    home: Path, definitions: dg.Definitions, instance: dg.DagsterInstance, query: Query
) -> None:
    from pipelines.automation import inbox_sensor, process_sensor

    assert evaluate(inbox_sensor, instance, definitions, None).skip_message
    assert evaluate(process_sensor, instance, definitions, None).skip_message
    write_stories(home / "inbox" / "stories.jsonl", range(2))

    tick = evaluate(inbox_sensor, instance, definitions, None)
    (request,) = tick.run_requests
    execute(definitions, instance, "land", request)
    assert evaluate(inbox_sensor, instance, definitions, tick.cursor).skip_message, "nothing has changed since"

    (request,) = evaluate(process_sensor, instance, definitions, None).run_requests
    execute(definitions, instance, "process", request)
    assert query("SELECT count(*) FROM marts.articles") == [(2,)]
    assert evaluate(process_sensor, instance, definitions, None).skip_message, "all is processed and published"


def test_several_waiting_batches_are_one_run(
    home: Path, definitions: dg.Definitions, instance: dg.DagsterInstance, query: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines.automation import land_hourly, process_sensor

    monkeypatch.setenv("PARLEY_BATCH_SIZE", "1")
    write_stories(home / "inbox" / "stories.jsonl", range(4))
    tick = land_hourly.evaluate_tick(
        dg.build_schedule_context(instance=instance, repository_def=definitions.get_repository_def())
    )
    (request,) = tick.run_requests
    execute(definitions, instance, "land", request)
    assert len(instance.get_dynamic_partitions("batch")) == 4
    (request,) = evaluate(process_sensor, instance, definitions, None).run_requests
    execute(definitions, instance, "process", request)
    assert query("SELECT count(*) FROM core.batch") == [(4,)]
    for asset in (stage.name for stage in STAGES):
        assert len(instance.get_materialized_partitions(dg.AssetKey(asset))) == 4, asset


def test_a_planted_fault_stops_the_publication(
    home: Path, definitions: dg.Definitions, instance: dg.DagsterInstance, query: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pipelines.publication as publication
    from pipelines.automation import inbox_sensor, process_sensor

    write_stories(home / "inbox" / "one.jsonl", range(1))
    (request,) = evaluate(inbox_sensor, instance, definitions, None).run_requests
    execute(definitions, instance, "land", request)
    (request,) = evaluate(process_sensor, instance, definitions, None).run_requests
    execute(definitions, instance, "process", request)
    published = (home / "warehouse.duckdb").read_bytes()

    write_stories(home / "inbox" / "two.jsonl", range(1, 2))
    (request,) = evaluate(inbox_sensor, instance, definitions, None).run_requests
    execute(definitions, instance, "land", request)
    (request,) = evaluate(process_sensor, instance, definitions, None).run_requests
    build = publication.build

    def build_with_a_fault(*arguments: object) -> dict[str, int]:
        import duckdb

        counts = build(*arguments)  # type: ignore[arg-type]
        with duckdb.connect(str(arguments[0])) as db:
            db.execute("UPDATE core.event_mention SET trigger_start = trigger_start + 1")
        return counts

    monkeypatch.setattr(publication, "build", build_with_a_fault)
    result = definitions.resolve_job_def("process").execute_in_process(
        instance=instance, tags=request.tags, raise_on_error=False
    )
    assert not result.success
    failed = [e.check_name for e in result.get_asset_check_evaluations() if not e.passed]
    assert failed == ["offsets"]
    assert (home / "warehouse.duckdb").read_bytes() == published
    assert query("SELECT count(*) FROM core.article") == [(1,)]

    done = parley("run", str(home / "inbox"), "--home", str(home), "--refresh")
    assert done.returncode == 1
    assert "event_mention trigger offsets: " in done.stderr
    assert "SELECT" in done.stderr, "the message has the query that shows the rows"


def test_rejects_alone_are_asked_to_be_published(
    home: Path, definitions: dg.Definitions, instance: dg.DagsterInstance, query: Query
) -> None:
    from pipelines.automation import inbox_sensor, process_sensor

    (home / "inbox" / "empty.txt").write_text("")
    (request,) = evaluate(inbox_sensor, instance, definitions, None).run_requests
    execute(definitions, instance, "land", request)
    (request,) = evaluate(process_sensor, instance, definitions, None).run_requests
    assert request.job_name == "publish"
    execute(definitions, instance, "publish", request)
    assert query("SELECT count(*) FROM core.rejected_record") == [(1,)]


def test_failed_work_is_tried_again_after_a_pause(
    home: Path, definitions: dg.Definitions, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines import automation
    from pipelines.automation import inbox_sensor, process_sensor

    write_stories(home / "inbox" / "one.jsonl", range(1))
    (request,) = evaluate(inbox_sensor, instance, definitions, None).run_requests
    execute(definitions, instance, "land", request)
    (request,) = evaluate(process_sensor, instance, definitions, None).run_requests
    with monkeypatch.context() as broken:
        broken.setattr("pipelines.stages.STAGES", ())
        broken.setattr("transforms.cleaning.clean", None)
        failed = definitions.resolve_job_def("process").execute_in_process(
            instance=instance, tags=request.tags, raise_on_error=False
        )
    assert not failed.success
    assert "tried again in" in str(evaluate(process_sensor, instance, definitions, None).skip_message)
    monkeypatch.setattr(automation, "FIRST_PAUSE", 0.0)
    (request,) = evaluate(process_sensor, instance, definitions, None).run_requests
    execute(definitions, instance, "process", request)
    assert evaluate(process_sensor, instance, definitions, None).skip_message


def _fail(instance: dg.DagsterInstance) -> dg.RunFailureSensorContext:
    @dg.op
    def breaks() -> None:
        raise RuntimeError("the wire is cut")

    @dg.job
    def doomed() -> None:
        breaks()

    result = doomed.execute_in_process(instance=instance, raise_on_error=False)
    return dg.build_run_status_sensor_context(
        sensor_name="failure_alert",
        dagster_instance=instance,
        dagster_run=result.dagster_run,
        dagster_event=result.get_run_failure_event(),
    ).for_run_failure()


def test_a_failure_calls_the_command(
    instance: dg.DagsterInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines.automation import failure_alert

    told = tmp_path / "told.json"
    script = f"import sys, pathlib; pathlib.Path({str(told)!r}).write_text(sys.stdin.read())"
    (tmp_path / "tell.py").write_text(script)
    monkeypatch.setenv("PARLEY_ALERT_COMMAND", f"{sys.executable} {tmp_path / 'tell.py'}")
    failure_alert(_fail(instance))
    assert json.loads(told.read_text())["job"] == "doomed"


def test_a_failure_calls_the_webhook(instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines.automation import failure_alert

    told: list[dict[str, str]] = []

    class Hook(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        monkeypatch.setenv("PARLEY_ALERT_WEBHOOK", f"http://127.0.0.1:{server.server_port}/")
        failure_alert(_fail(instance))
    assert told[0]["job"] == "doomed"
