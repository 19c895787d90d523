"""A server on loopback, and a client in a hurry."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipelines.sources.secrets import Redactor
from pipelines.sources.web.addresses import allowed
from pipelines.sources.web.client import Asking, Client, Manners
from pipelines.sources.web.memory import Memory
from pipelines.sources.web.requesting import Patience
from pipelines.sources.web.urls import parse
from tests.pipelines.sources.web.server import Site, serving

HASTY = Manners(Patience(connect=1.0, read=0.3, total=0.6), first_pause=0.001, longest_pause=0.2)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with closing(Memory(tmp_path / "watching.sqlite")) as opened:
        yield opened


@pytest.fixture
def client(memory: Memory) -> Client:
    return Client("Parley/0 (test)", HASTY, memory, Redactor())


@pytest.fixture
def asking(site: Site) -> Callable[..., Asking]:
    """On behalf of a source at the site, which allows loopback; without pauses."""

    def _asking(path: str = "/", private: tuple[str, ...] = ("127.0.0.1",), **changes: Any) -> Asking:
        home = parse(site(path))
        return replace(Asking(home, allowed(private).but_also(home), delay=0.0), **changes)

    return _asking
