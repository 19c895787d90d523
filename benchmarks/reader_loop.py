"""Opens, asks and closes in a loop, as a reader of one kind does; run by itself, in an environment that has no Parley.

`python reader_loop.py KIND HOME` reads until there is a file `stop` in HOME, and prints what it saw as a JSON object.
Every number in one publication is the number of that publication; a read of two numbers is torn.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

QUERY = (
    "SELECT article_count AS n FROM core.source UNION SELECT max_by(article_count, published_at) FROM core.publication"
)

PAUSE = 0.02  # seconds between reads, in which the publisher has its turn on a small machine


def by_duckdb(home: Path) -> set[int]:
    """The numbers in the file, by DuckDB's own Python client."""
    import duckdb

    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as db:
        return {n for (n,) in db.execute(QUERY).fetchall()}


def by_sqlalchemy(home: Path) -> set[int]:
    """The numbers in the file, by SQLAlchemy and pandas."""
    import pandas
    from sqlalchemy import NullPool, create_engine

    file = home / "warehouse.duckdb"
    engine = create_engine(f"duckdb:///{file}", poolclass=NullPool, connect_args={"read_only": True})
    return set(pandas.read_sql(QUERY, engine)["n"].tolist())


def by_polars(home: Path) -> set[int]:
    """The numbers in two of the Parquet copies, by Polars; the link is followed once."""
    import polars

    newest = (home / "parquet").resolve()
    sources = polars.read_parquet(newest / "core.source.parquet")
    publications = polars.read_parquet(newest / "core.publication.parquet")
    return {*sources["article_count"], publications.sort("published_at")["article_count"][-1]}


def by_command_line(home: Path) -> set[int]:
    """The numbers in the file, by DuckDB's command line."""
    program = Path(sys.executable).with_name("duckdb")
    command = [str(program), "-readonly", "-csv", "-noheader", str(home / "warehouse.duckdb"), QUERY]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {int(line) for line in done.stdout.split()}


KINDS: dict[str, Callable[[Path], set[int]]] = {
    "duckdb": by_duckdb,
    "sqlalchemy": by_sqlalchemy,
    "polars": by_polars,
    "command-line": by_command_line,
}


def main(kind: str, home: Path) -> None:
    """Reads until it is told to stop."""
    read, reads, torn, errors, seen = KINDS[kind], 0, 0, [], set()
    print("reading", flush=True)
    while not (home / "stop").exists():
        time.sleep(PAUSE)
        try:
            numbers = read(home)
        except Exception as error:  # noqa: BLE001 (an error of any kind is what is counted)
            errors.append(f"{type(error).__name__}: {error}")
            continue
        reads += 1
        torn += len(numbers) != 1
        seen |= numbers
    print(json.dumps({"reads": reads, "torn": torn, "errors": errors, "seen": len(seen)}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
