"""Fixtures that several tests share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from spacy.language import Language

from tests.browser import Browser, chromium
from tests.pipelines.support import parley
from tests.warehouse.builder import BRUSSELS, LIMA, QUITO, Newsroom
from transforms import language
from warehouse.lock import FileLock
from warehouse.publish import publish

# How long an example takes on a busy machine is no property of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with gold and corpora that lies beside the checkout, or where PARLEY_SHARED says; skips without it."""
    folder = Path(os.environ.get("PARLEY_SHARED") or Path(__file__).parents[2] / "shared")
    if not (folder / "gold").is_dir():
        pytest.skip(f"the shared folder is absent: no {folder.name}/gold beside the checkout, PARLEY_SHARED not set")
    return folder


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline that the project parses with, loaded once."""
    return language.load()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-snapshot` rewrites the snapshot of the definitions."""
    parser.addoption("--update-snapshot", action="store_true", help="rewrite tests/pipelines/definitions.json")


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the sample articles are published; tests only read it, and all workers the same one."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "samples"
    place = folder / "home"
    with FileLock(folder / "lock"):
        if not (place / "warehouse.duckdb").exists():
            done = parley("run", "--home", str(place))
            assert done.returncode == 0, done.stderr
    return place


@pytest.fixture(scope="session")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a published warehouse in `data`, of one event of each type; tests only read it."""
    folder = tmp_path_factory.mktemp("beside")
    newsroom = Newsroom(folder / "data")
    newsroom.land("a", LIMA, QUITO, BRUSSELS)
    publish(newsroom.build(), folder / "data" / "warehouse.duckdb", folder / "data" / "parquet")
    return folder


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A headless Chromium, started once."""
    with chromium(tmp_path_factory.mktemp("profile")) as window:
        yield window
