"""Superset, started once for all tests that need it: they are one group, so that one worker has them all."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bi.client import Client
from tests.bi.dashboards import log_in
from tests.bi.laboratory import Endless
from tests.bi.server import Served, serving
from tests.browser import Browser
from tests.pipelines.support import parley, write_stories

UNREADABLE = '{"id": "broken", "text": \n'  # so that the chart of what was rejected has something to show


@pytest.fixture(scope="session")
def served(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Superset on a home of its own: the samples, and a record that cannot be read."""
    folder = tmp_path_factory.mktemp("superset")
    home = folder / "home"
    shutil.copytree(sample_home, home, symlinks=True)
    stories = write_stories(folder / "stories.jsonl", range(1))
    stories.write_text(stories.read_text() + UNREADABLE)
    done = parley("run", str(stories), "--home", str(home))
    assert done.returncode == 0, done.stderr
    with serving(home) as superset:
        yield superset


@pytest.fixture(scope="session")
def admin(served: Served) -> Client:
    """Who may do everything, logged in."""
    return served.client("admin")


@pytest.fixture(scope="session")
def endless(served: Served) -> Endless:
    """A query without end, asked when the first test that wants it begins; whoever wants it must not publish."""
    return Endless(served.client("admin"))


@pytest.fixture
def reader(served: Served, browser: Browser) -> Browser:
    """A browser in which the viewer is logged in."""
    browser.open(f"{served.base}/superset/dashboard/overview/")
    if browser.run("return location.pathname").startswith("/login"):
        log_in(browser, served.base, "viewer", served.password("viewer"))
    return browser
