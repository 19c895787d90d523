"""Superset on a home, as `make superset` starts it. What it is asked is not settled here."""

import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from tests.bi.client import Client
from tests.pipelines.support import CHECKOUT, environment

# One worker has all tests that need Superset: starting it takes a minute, longer on a busy machine.
SUPERSET = [pytest.mark.slow, pytest.mark.xdist_group("superset"), pytest.mark.timeout(900)]
_PYTHON = CHECKOUT / ".tools/superset/bin/python"


@dataclass(frozen=True)
class Served:
    """Superset that answers at `base`; what it said when it began holds the passwords."""

    base: str
    home: Path
    said: str

    @property
    def warehouse(self) -> Path:
        return self.home / "warehouse.duckdb"

    def password(self, user: str) -> str:
        """Of admin or viewer."""
        found = re.search(rf"^{user}\s+password (\S+)", self.said, re.MULTILINE)
        assert found, self.said
        return found[1]

    def client(self, user: str, *, token: bool = False) -> Client:
        """The user, logged in through the page, or through the API for a token."""
        return Client(self.base, user, self.password(user), token=token)

    def count(self, where: str = "true") -> int:
        """Events in the warehouse as it is now."""
        with closing(duckdb.connect(str(self.warehouse), read_only=True)) as db:
            found = db.execute(f"SELECT count(*) FROM marts.events WHERE {where}").fetchone()
        assert found is not None
        return int(found[0])


@contextmanager
def serving(home: Path) -> Iterator[Served]:
    """Starts it on a free port, waits until it can be opened, ends it.

    The test fails where it is not installed, or ends by itself.
    """
    if not _PYTHON.exists():
        pytest.fail("Superset is not installed: run `make .tools/superset/.installed` (`make test-full` does)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    variables = environment()
    variables.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling all of Superset anew takes longer than the tests
    process = subprocess.Popen(
        [_PYTHON, "-m", "bi.superset", "--home", home, "--port", str(port)],
        cwd=CHECKOUT,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if line.startswith("Ctrl-C"):
                break
        else:
            pytest.fail(f"Superset ended before it could be opened:\n{said}")
        yield Served(f"http://127.0.0.1:{port}", home, said)
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
