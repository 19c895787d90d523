"""`python -m bi.superset`: Superset on the warehouse of one home, on loopback, until it is interrupted.

What it serves is made ready by `prepare`; a production starts its own server (docs/superset-production.md).
"""

import argparse
import fcntl
import logging
import os
import secrets
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

import duckdb

from bi.superset import assets
from bi.superset.connection import hardened

_HOST = "127.0.0.1"
_LOG_BYTES = 10_000_000


def main() -> None:
    """Reads the command line, prepares and serves. Ends with status 1 and one line where it cannot begin."""
    parser = argparse.ArgumentParser(prog="make superset", description="Superset on the warehouse of a home")
    parser.add_argument("--home", type=Path, default=Path("data"), help="the home that `parley run` filled")
    parser.add_argument("--port", type=int, default=8088)
    parser.add_argument("--workers", type=int, default=2, help="processes that answer")
    parser.add_argument("--prepare-only", action="store_true", help="end when all is ready for another server")
    parser.add_argument("--new-passwords", action="store_true", help="give admin and viewer new passwords")
    given = parser.parse_args()

    home = given.home.absolute()
    warehouse = home / "warehouse.duckdb"
    if not warehouse.is_file():
        sys.exit(f"There is no warehouse at {warehouse}: `make run` publishes one, --home names another home.")
    published = _published(warehouse)
    folder = home / "superset"
    folder.mkdir(mode=0o700, exist_ok=True)
    with _alone(folder):
        if not given.prepare_only:
            _require_free(given.port)
        _configure(home, folder)
        unfinished = _begin(folder / "superset.db")
        first = unfinished.exists()
        print("Setting Superset up: about a minute, the first time …" if first else "Starting Superset …", flush=True)
        # Superset's migrations say on the terminal what is of no use there.
        with _log(folder).open("a", encoding="utf-8") as log, redirect_stdout(log):
            app, passwords = _prepared(given.new_passwords)

        def tell(lines: Iterator[str]) -> None:
            print("\n".join(lines), flush=True)
            unfinished.unlink(missing_ok=True)

        if given.prepare_only:
            tell(_users(passwords))
        else:
            lines = _lines(given.port, published, folder, passwords)
            _serve(app, given.port, given.workers, _log(folder), lambda: tell(lines))


def _published(warehouse: Path) -> str:
    """What the file holds, in a few words; ends where it lacks what a data set asks for."""
    try:
        db = duckdb.connect(str(warehouse), **hardened())
    except duckdb.Error as error:
        sys.exit(
            f"{warehouse} cannot be opened ({str(error).splitlines()[0]}): `parley run --refresh` publishes it anew."
        )
    with db:
        for path, dataset in assets.things("datasets").items():
            try:
                db.execute(f"DESCRIBE {dataset['sql']}")
            except duckdb.Error as error:
                reason = str(error).splitlines()[0]
                sys.exit(
                    f"{warehouse} does not fit {path} ({reason}). Another version of Parley published it: "
                    "`parley run --refresh` publishes it anew."
                )
        found = db.sql("SELECT event_count, strftime(published_at, '%-d %B %Y %H:%M') FROM marts.freshness").fetchone()
    assert found is not None  # the view has one row in every published file
    return f"{found[0]} events, published {found[1]} UTC"


def _begin(database: Path) -> Path:
    """The mark of a first start that has not told its passwords yet; what an earlier one left half-way is removed.

    Superset's migrations cannot be taken up where they were broken off, and nobody has logged in yet. A database that
    is a server's is not touched.
    """
    unfinished = database.with_suffix(".unfinished")
    if unfinished.exists():
        for left in database.parent.glob(f"{database.name}*"):
            left.unlink()
    elif not database.exists() and not os.environ.get("PARLEY_SUPERSET_METADATA"):
        unfinished.touch()
    return unfinished


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Holds the home's Superset for this process; ends it where another one does."""
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"Superset runs on {folder.parent} already: end that one first.")
        yield


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError as error:
            sys.exit(f"Port {port} of {_HOST} cannot be had ({error.strerror}): name another one, make superset PORT=…")


def _configure(home: Path, folder: Path) -> None:
    """What Superset reads from the environment, before it is imported; its words go to a file."""
    if not os.environ.get("SUPERSET_SECRET_KEY"):
        os.environ["SUPERSET_SECRET_KEY"] = _secret_key(folder / "secret_key")
    os.environ.update(
        PARLEY_HOME=str(home),
        SUPERSET_HOME=str(folder),
        SUPERSET_CONFIG_PATH=str(Path(__file__).with_name("superset_config.py")),
    )
    log = _log(folder)
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    logging.getLogger("sqlglot").setLevel(logging.WARNING)  # it tells of every index of an array
    logging.basicConfig(filename=log, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")


def _secret_key(file: Path) -> str:
    """The key of the home, made at the first start: with another one nobody stays logged in."""
    if not file.exists():
        new = file.with_suffix(".new")
        new.unlink(missing_ok=True)
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(48), encoding="ascii")
        new.replace(file)
    return file.read_text(encoding="ascii")


def _log(folder: Path) -> Path:
    return folder / "superset.log"


def _prepared(new_passwords: bool) -> tuple[Any, dict[str, str]]:
    from superset.app import create_app  # reads its settings while it is imported

    app = create_app()
    from bi.superset.prepare import prepare  # its models need the app

    return app, prepare(app, new_passwords=new_passwords)


def _lines(port: int, published: str, folder: Path, passwords: dict[str, str]) -> Iterator[str]:
    """What the terminal shows once the page can be opened."""
    yield f"Superset    http://{_HOST}:{port}/"
    yield f"warehouse   {published}"
    yield from _users(passwords)
    yield f"log         {_log(folder)}"
    yield "Ctrl-C ends it."


def _users(passwords: dict[str, str]) -> Iterator[str]:
    for name, password in passwords.items():
        yield f"{name:<11} password {password}   (shown this once)"
    if not passwords:
        yield "passwords   as printed when they were new; make superset NEW_PASSWORDS=1 (--new-passwords) gives others"


def _end() -> None:
    """Ends a worker without taking DuckDB down: its threads stayed behind in the process that the worker came from,
    and DuckDB would abort where it waits for them."""
    logging.shutdown()
    os._exit(0)


def _serve(app: Any, port: int, workers: int, log: Path, ready: Callable[[], None]) -> None:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self) -> None:
            settings = {
                "bind": f"{_HOST}:{port}",
                "workers": workers,
                "worker_class": "gthread",
                "threads": 4,
                "timeout": 90,
                "graceful_timeout": 5,
                "preload_app": True,
                "errorlog": str(log),
                "proc_name": "parley-superset",
                "control_socket_disable": True,
                "when_ready": lambda _server: ready(),
                "worker_exit": lambda _server, _worker: _end(),
            }
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return app

    Server().run()


if __name__ == "__main__":
    main()
