"""Watched sources through the whole pipeline: the command line, the schedule, and where secrets must not be."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from pipelines.forgetting import forget
from pipelines.freshness import healths
from pipelines.settings import Home, SettingsError, agent
from pipelines.sources.watching import load
from tests.pipelines.sources.web.server import Site, redirect, serving
from tests.pipelines.sources.web.test_reading import entry, feed, page
from tests.pipelines.support import parley

Query = Callable[[str], list[tuple[object, ...]]]
TOKEN = "tok3n/of the+desk"
YESTERDAY = format_datetime(datetime.now(UTC) - timedelta(hours=20))


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        running.answers |= {
            "/feed": feed(
                entry("/a?key=tok3n%2fof+the%2Bdesk", date=YESTERDAY), entry("/gone?key=tok3n%2Fof%20the+desk")
            ),
            "/a": page(title="Said tok3n/of the+desk", more="The envoys of Chad met in N'Djamena on Monday."),
            "/page": page("Envoys travel", more="They came by train."),
            "/moved": redirect("http://10.0.0.1/?key=tok3n%2Fof%20the%2Bdesk"),
        }
        yield running


def sources(folder: Path, site: Site, more: str = "") -> Path:
    """A sources file with a feed behind a token, one that leads astray, and a folder."""
    (folder / "wire").mkdir(exist_ok=True)
    (folder / "wire" / "a.txt").write_text("Envoys of Peru met envoys of Ecuador in Lima on Monday.")
    path = folder / "sources.yaml"
    path.write_text(
        f"""
        sources:
          - name: Harbour Times
            url: http://reader:${{PARLEY_TEST_TOKEN}}@127.0.0.1:{site.port}/feed?key=${{PARLEY_TEST_TOKEN}}
            headers: {{X-Api-Key: "${{PARLEY_TEST_TOKEN}}"}}
            allow_private: [127.0.0.1]
            delay_seconds: 0
            licence: by mail
            expect: {{max_age_hours: 24, min_articles_per_week: 1}}
          - name: Moved
            url: {site("/moved")}?key=${{PARLEY_TEST_TOKEN}}
            allow_private: [127.0.0.1]
          - {{name: Wire, path: wire{more}}}
        """
    )
    return path


def leaks(home: Path, words: list[str]) -> list[str]:
    """The files of a home that hold one of the words, whatever they are; texts in Parquet and DuckDB are unpacked."""
    found = [
        str(file) for file in home.rglob("*") if file.is_file() and any(w.encode() in file.read_bytes() for w in words)
    ]
    with closing(duckdb.connect()) as db:
        for file in home.rglob("*.parquet"):
            rows = db.execute("SELECT * FROM read_parquet(?)", [str(file)]).fetchall()
            found += [str(file)] * any(word in repr(rows) for word in words)
    with closing(duckdb.connect(str(home / "warehouse.duckdb"), read_only=True)) as db:
        for schema, name in db.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall():
            rows = db.execute(f'SELECT * FROM "{schema}"."{name}"').fetchall()
            found += [name] * any(word in repr(rows) for word in words)
    return found


def test_from_a_sources_file_to_the_warehouse_without_its_secrets(
    home: Path, tmp_path: Path, site: Site, query: Query
) -> None:
    file = sources(tmp_path, site)
    extra = {"PARLEY_TEST_TOKEN": TOKEN, "PARLEY_ALLOW_PRIVATE": "127.0.0.1", "PARLEY_CONTACT": "desk@harbour.example"}
    address = site("/page?key=${PARLEY_TEST_TOKEN}")
    done = parley("run", address, "--sources", str(file), "--home", str(home), **extra)
    assert done.returncode == 0 and "4 new articles" in done.stdout, done.stderr
    assert "no host of the public internet" in done.stderr and "404" in done.stderr
    sent = site.headers[site.asked.index("/feed?key=tok3n/of%20the%2Bdesk")]
    assert sent["X-Api-Key"] == TOKEN and sent["Authorization"].startswith("Basic ")
    assert sent["User-Agent"].endswith("(+desk@harbour.example)")
    assert query("SELECT source, address, licence FROM core.source ORDER BY 1") == [
        ("127.0.0.1", address, None),
        ("Harbour Times", f"http://127.0.0.1:{site.port}/feed?key=${{PARLEY_TEST_TOKEN}}", "by mail"),
        ("Wire", "wire", None),
    ]
    assert query("SELECT url FROM marts.articles WHERE source = 'Harbour Times' ORDER BY 1") == [
        (site("/a?key=${PARLEY_TEST_TOKEN}"),),
        (site("/gone?key=${PARLEY_TEST_TOKEN}"),),  # its summary
    ]

    asked = len(site.asked)
    again = parley("run", "--home", str(home), PARLEY_TEST_TOKEN=TOKEN, PARLEY_SOURCES=str(file))
    assert "0 new articles, 1 known" in again.stdout, "the folder is read again, the page is not"
    assert site.asked[asked:] == ["/feed?key=tok3n/of%20the%2Bdesk", "/moved?key=tok3n/of%20the%2Bdesk"]

    shown = parley("sources", "--sources", str(file), "--home", str(home), PARLEY_TEST_TOKEN=TOKEN)
    assert shown.returncode == 0 and "Harbour Times" in shown.stdout and "leads to 10.0.0.1" in shown.stdout
    checked = parley("sources", "--check", "--sources", str(file), "--home", str(home), PARLEY_TEST_TOKEN=TOKEN)
    assert checked.returncode == 1, "one source leads astray"

    words = ["tok3n", "dG9rM24", "Basic cmVhZGVy"]  # also in base64, alone and behind the user's name
    said = "".join(run.stdout + run.stderr for run in (done, again, shown))
    assert not any(word in said for word in words)
    assert leaks(home, words) == []


def test_an_address_with_a_password_is_refused(home: Path) -> None:
    refused = parley("run", "https://reader:hunter22@harbour.example/feed", "--home", str(home))
    assert refused.returncode == 1 and "${NAME}" in refused.stderr and "hunter22" not in refused.stderr
    assert not home.exists(), "before anything is written"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("run", "--sources", "none.yaml"), "the sources file"),
        (("sources",), "no sources are watched"),
        (("sources", "--sources", "none.yaml"), "the sources file"),
    ],
)
def test_a_sources_file_that_cannot_be_used_is_told(home: Path, words: tuple[str, ...], told: str) -> None:
    done = parley(*words, "--home", str(home))
    assert done.returncode in (1, 2) and told in done.stderr and "Traceback" not in done.stderr


def test_a_missing_secret_is_told_before_anything_is_written(home: Path, tmp_path: Path, site: Site) -> None:
    done = parley("run", "--sources", str(sources(tmp_path, site)), "--home", str(home))
    assert (
        done.returncode == 1 and "'Harbour Times'" in done.stderr and "${PARLEY_TEST_TOKEN} is not set" in done.stderr
    )
    assert not home.exists()


@pytest.mark.parametrize("contact", ["two\nlines", "(a comment)", "Ελλάδα"])
def test_a_contact_that_no_header_can_hold_is_told(monkeypatch: pytest.MonkeyPatch, contact: str) -> None:
    monkeypatch.setenv("PARLEY_CONTACT", contact)
    with pytest.raises(SettingsError, match="PARLEY_CONTACT"):
        agent()


def test_the_schedule_reads_the_sources_of_the_home_and_dagster_shows_how_they_are(
    home: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines import settings

    settings.home(home).prepare()
    from pipelines.definitions import definitions

    monkeypatch.setenv("PARLEY_TEST_TOKEN", TOKEN)
    sources(home, site, more=", expect: {min_articles_per_week: 1, max_age_hours: 1}")
    instance = dg.DagsterInstance.from_config(str(home / "dagster"))
    result = definitions().resolve_job_def("land").execute_in_process(instance=instance)
    assert result.success
    checks = {check.check_name: check for check in result.get_asset_check_evaluations()}
    assert {name: check.passed for name, check in checks.items()} == {
        "sources_read": False,
        "sources_fresh": True,
        "sources_volume": True,
    }
    assert "Moved: leads to 10.0.0.1" in (checks["sources_read"].description or "")


def test_what_is_expected_of_a_source_and_not_given_is_told(home: Path, tmp_path: Path) -> None:
    from pipelines.land import land
    from pipelines.sources import SourceSettings
    from pipelines.sources.watched import watching

    place = Home(home)
    place.prepare()
    file = tmp_path / "sources.yaml"
    (tmp_path / "a.jsonl").write_text('{"text": "Envoys met.", "source": "Delta Wire", "published_at": "2024-05-01"}\n')
    file.write_text("sources: [{name: Dump, path: a.jsonl, expect: {max_age_hours: 48, min_articles_per_week: 2}}]")
    listed = load(file, {})
    (before,) = healths(place, listed)
    assert before.failing and [complaint.partition(":")[0] for complaint in before.complaints] == ["never read"]
    assert (before.fresh, before.enough) == (None, None)
    shown = parley("sources", "--sources", str(file), "--home", str(home)).stdout
    assert shown.count("never read") == 1 and "expected" not in shown

    settings = SourceSettings()
    land(place, [], settings, 10, lambda: watching(listed, settings, place.watching, "Parley/0"))
    now = datetime.now(UTC).replace(tzinfo=None)
    (after,) = healths(place, listed, now)
    assert (after.articles, after.fresh, after.enough) == (1, False, None), (
        "it is too early to ask for a week's articles"
    )
    assert "hours old, expected: none older than 48 hours" in after.complaints[0]
    (later,) = healths(place, listed, now + timedelta(days=8))
    assert later.enough is False and "0 articles in a week, expected: 2 or more" in later.complaints[1]

    forget(place, [], ["Dump"])
    assert healths(place, listed) == [], "what is forgotten is not expected"
