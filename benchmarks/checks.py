"""What the checks before a publication cost: `python -m benchmarks.checks [MENTIONS …]`, a million by default.

The warehouse is made of the sample articles, published once, whose rows are copied under other keys until there are so
many mentions; it is compared with itself for the collapse.
"""

import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import duckdb

from benchmarks.common import machine, parley, table
from warehouse.checks import failures
from warehouse.checks.collapse import collapsed
from warehouse.checks.expectations import load
from warehouse.tables import CORE

# Columns that name a row of this or another table, and are made other ones with each copy.
_IDS = {"source", "batch"}


def enlarged(small: Path, target: Path, mentions: int) -> None:
    """A warehouse in which each row of the small one stands often enough to hold so many mentions, keys made others."""
    with closing(duckdb.connect(str(small), read_only=True)) as db:
        ((rows,),) = db.execute("SELECT count(*) FROM core.event_mention").fetchall()
    copies = -(-mentions // rows)
    with closing(duckdb.connect(str(target))) as db:
        db.execute("SET preserve_insertion_order = false")
        db.execute(f"ATTACH '{small}' AS small (READ_ONLY)")
        db.execute("CREATE SCHEMA core")
        for name, core in CORE.items():
            if name == "publication":
                continue
            replaced = ", ".join(
                f'"{c.name}" || \':\' || copy AS "{c.name}"'
                for c in core.columns
                if c.sql_type == "VARCHAR" and (c.name.endswith(("_id", "superseded_by")) or c.name in _IDS)
            )
            what = f"* EXCLUDE (copy) REPLACE ({replaced})"
            db.execute(
                f"CREATE TABLE core.{name} AS SELECT {what} FROM small.core.{name}, range({copies}) AS copies(copy)"
            )
        counts = ", ".join(
            f"(SELECT count(*) FROM core.{of}) AS {name}_count"
            for name, of in (
                ("batch", "batch"),
                ("article", "article"),
                ("mention", "event_mention"),
                ("event", "event"),
                ("rejected", "rejected_record"),
            )
        )
        db.execute(f"CREATE TABLE core.publication AS SELECT * REPLACE ({counts}) FROM small.core.publication")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        parley("run", "--home", str(home))
        rows = []
        for mentions in [int(argument) for argument in sys.argv[1:]] or [1_000_000]:
            built = Path(folder) / f"{mentions}.duckdb"
            enlarged(home / "warehouse.duckdb", built, mentions)
            start = time.process_time()
            found = failures(built)
            checked = time.process_time()
            fallen = collapsed(built, built, load())
            compared = time.process_time()
            if found or fallen:
                raise RuntimeError("\n".join(failure.message for failure in (*found, *fallen)))
            size = built.stat().st_size / 1e6
            rows.append([f"{mentions:,}", f"{size:,.0f}", f"{checked - start:.1f}", f"{compared - checked:.1f}"])
    print(machine())
    print(table(["mentions", "MB", "checks (CPU s)", "against the publication before (CPU s)"], rows))


if __name__ == "__main__":
    main()
