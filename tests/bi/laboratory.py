"""SQL Lab, as an administrator asks it; and a query that has no end."""

import threading
import time
from typing import Any

from bi.superset.publication import DEADLINE
from tests.bi.client import Answer, Client

# It sleeps, so that the other tests have the machine.
_ENDLESS = "SELECT count(sleep_ms(1000)) FROM range(1000000)"


def ask(admin: Client, database: int, sql: str) -> Answer:
    """SQL Lab's answer."""
    asked: dict[str, Any] = {"database_id": database, "sql": sql, "runAsync": False, "queryLimit": 10}
    return admin.post("/api/v1/sqllab/execute/", asked)


def ours(admin: Client) -> int:
    """The id of our database."""
    found = admin.get("/api/v1/database/").data["result"]
    return next(int(each["id"]) for each in found if each["database_name"] == "Parley")


class Endless:
    """A query that nothing but the deadline ends, asked from the beginning of this object on."""

    def __init__(self, admin: Client) -> None:
        self._answers: list[tuple[float, Answer]] = []
        self._thread = threading.Thread(target=self._run, args=(admin, ours(admin)), daemon=True)
        self._thread.start()

    def _run(self, admin: Client, database: int) -> None:
        began = time.monotonic()
        answer = ask(admin, database, _ENDLESS)
        self._answers.append((time.monotonic() - began, answer))

    def ended(self) -> tuple[float, Answer]:
        """After how many seconds it was answered, and what; waits for it."""
        self._thread.join(DEADLINE + 30)
        return self._answers[0]
