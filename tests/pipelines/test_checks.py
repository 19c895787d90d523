"""A fault of any kind stops a publication end to end: the one before stays as it was, and it is said what to do."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from pipelines.assets import warehouse as assets
from pipelines.publication import publish_warehouse
from pipelines.settings import Home
from tests.pipelines.support import parley, story
from warehouse.checks import Kind
from warehouse.checks.expectations import ExpectationsError
from warehouse.publish import PublicationRefusedError

# Small warehouses are asked, too.
ASKED = """
fall: {rows: 0.2, shares: 0.2, from_rows: 1, reason: these articles are few}
tables:
  article:
    shares:
      title: {at_least: 0, from_rows: 1, reason: stories have none}
    fall: {rows: 1, shares: 1, from_rows: 1, reason: any article may go}
"""


@dataclass(frozen=True)
class Fault:
    """What is done to the built file, the check that stops it, and what is said to do."""

    sql: str
    check: str
    remedy: str = "parley run --refresh"


FAULTS = {
    Kind.KEYS: Fault("INSERT INTO core.actor_alias VALUES ('nobody', 'Ana Ruiz')", "actor_alias.actor_id refers"),
    Kind.VALUES: Fault("UPDATE core.event SET confidence = 1.5", "event.confidence maximum"),
    Kind.INTERVALS: Fault(
        "UPDATE core.time_expression SET start_date = end_date + 1", "time_expression start_date to end_date"
    ),
    Kind.OFFSETS: Fault("UPDATE core.event_mention SET trigger_end = trigger_end - 1", "event_mention trigger offsets"),
    Kind.COMPLETENESS: Fault(
        "INSERT INTO core.place SELECT * REPLACE ('nowhere' AS place_id) FROM core.place LIMIT 1", "place has an event"
    ),
    Kind.EXPECTATIONS: Fault(
        "UPDATE core.article SET published_date = NULL", "article share published_date", "expectations.yaml in the home"
    ),
    Kind.COLLAPSE: Fault(
        "DELETE FROM core.published_evidence; DELETE FROM core.time_expression",
        "time_expression rows collapse",
        "parley run --accept-collapse",
    ),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that is published and expects something of so small a publication."""
    place = Home(tmp_path_factory.mktemp("checks") / "home")
    place.root.mkdir()
    place.expectations.write_text(ASKED)
    run(place, *(story(n) | {"source": "Tabloid"} for n in range(3)), story(3))
    return place


def run(home: Home, *records: dict[str, str], code: int = 0, accept: bool = False) -> str:
    """Runs `parley run` over some articles; returns what it says on standard error."""
    path = home.root.parent / "articles.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    done = parley("run", str(path), "--home", str(home.root), *(["--accept-collapse"] if accept else []))
    assert done.returncode == code, done.stderr
    return done.stderr


def published(home: Home) -> tuple[bytes, Path]:
    """The file that readers open, and where the link of the copies leads."""
    return home.warehouse.read_bytes(), home.parquet.readlink()


def spoil(path: Path, sql: str) -> None:
    with closing(duckdb.connect(str(path))) as db:
        db.execute(sql)


def failed_checks(home: Home, *, accept: bool = False) -> set[str]:
    """The checks of Dagster that stop the built file, as the asset is checked by a run."""
    from pipelines.checks import ACCEPT_COLLAPSE, warehouse_checks
    from pipelines.resources import HomeResource

    context = dg.build_op_context(op_config={ACCEPT_COLLAPSE: accept})
    results = list(warehouse_checks(context, place=HomeResource(path=str(home.root))))
    assert {result.check_name for result in results} == {kind.value for kind in Kind}
    assert all(result.severity is dg.AssetCheckSeverity.ERROR for result in results)
    return {str(result.check_name) for result in results if not result.passed}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_of_each_kind_stops_the_built_file(home: Home, kind: Kind) -> None:
    before = published(home)
    shutil.copy(home.warehouse, home.built)
    spoil(home.built, FAULTS[kind].sql)
    assert failed_checks(home) == {kind.value}
    verdict = home.verdict.read_text()
    assert verdict.startswith("1 check stopped the publication; the one before stays up.\n\n" + FAULTS[kind].check)
    assert "\n  to see them: SELECT" in verdict and FAULTS[kind].remedy in verdict
    assert home.rejected.exists()
    with pytest.raises(PublicationRefusedError):
        publish_warehouse(home)
    assert published(home) == before


def test_only_a_collapse_can_be_accepted(home: Home) -> None:
    for kind, found in ((Kind.COLLAPSE, set[str]()), (Kind.EXPECTATIONS, {"expectations"})):
        shutil.copy(home.warehouse, home.built)
        spoil(home.built, FAULTS[kind].sql)
        assert failed_checks(home, accept=True) == found


def test_a_file_of_expectations_that_cannot_be_used_stops_it_too(home: Home) -> None:
    shutil.copy(home.warehouse, home.built)
    home.expectations.write_text("tables: {articel: {}}")
    try:
        with pytest.raises(ExpectationsError, match=r"expectations\.yaml: .*no table core\.articel"):
            failed_checks(home)
    finally:
        home.expectations.write_text(ASKED)


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is done to every built file before it is checked."""
    build, faults = assets.build_warehouse, list[str]()

    def spoilt(home: Home, *rest: object) -> dict[str, int]:
        counts = build(home, *rest)  # type: ignore[arg-type]
        for sql in faults:
            spoil(home.built, sql)
        return counts

    monkeypatch.setattr(assets, "build_warehouse", spoilt)
    yield faults


def test_a_run_says_what_stopped_it_until_it_is_mended_or_accepted(home: Home, planted: list[str]) -> None:
    before, where = published(home), ["--home", str(home.root)]
    planted += [FAULTS[kind].sql for kind in (Kind.KEYS, Kind.OFFSETS, Kind.COLLAPSE)]
    told = run(home, story(4), code=1)
    assert told.startswith("parley: 3 checks stopped the publication; the one before stays up.")
    assert all(f"\n{FAULTS[kind].check}: " in told for kind in (Kind.KEYS, Kind.OFFSETS, Kind.COLLAPSE))
    assert published(home) == before
    assert parley("sql", "SELECT count(*) AS n FROM marts.articles", "--format", "csv", *where).stdout == "n\n4\n"
    stored = b"".join(path.read_bytes() for path in home.dagster.rglob("*") if path.is_file())
    assert FAULTS[Kind.OFFSETS].check.encode() in stored
    assert b"Ruiz" in told.encode() and b"Ruiz" not in stored, "names stay out of what cannot be forgotten"
    for query in (line.split(": ", 1)[1] for line in told.splitlines() if line.startswith("  to see them: ")):
        shown = parley("sql", query, "--rejected", "--format", "csv", *where)
        assert shown.returncode == 0 and len(shown.stdout.splitlines()) > 1, shown.stderr
    outside = parley("sql", f"SELECT * FROM read_text('{home.expectations}')", "--rejected", *where)
    assert outside.returncode == 1, "it reads these two files and nothing else"

    del planted[:2]
    run(home, story(4), accept=True)
    assert published(home) != before
    assert not home.rejected.exists() and not home.verdict.exists()
    none = parley("sql", "SELECT 1", "--rejected", *where)
    assert none.returncode == 1 and "no build was stopped" in none.stderr


@pytest.mark.slow
def test_a_forgotten_source_is_no_collapse(home: Home) -> None:
    run(home, story(5))
    done = parley("forget", "--source", "Tabloid", "--home", str(home.root))
    assert done.returncode == 0, done.stderr
