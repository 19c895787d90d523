"""Merges what is new in the lake into the events: what of it has changed since the last merge, in which order it is
taken in, what is written.

Which accounts can be touched (`transforms/events/remerge.py`), where they are kept (`warehouse/accounts.py`) and which
batches are planned (`publication.py`) do not belong here.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from pipelines.recipe import recipe
from pipelines.stages import DATES, MENTIONS
from transforms.events.remerge import relinked, remerged
from transforms.events.stages import Linking
from transforms.identity import digest
from transforms.records import Event
from warehouse.account_intake import Files
from warehouse.accounts import Accounts
from warehouse.atomic import replacing
from warehouse.build import CLUSTERED_STAGE, MERGED_BATCH, MERGED_STAGE
from warehouse.columns import arrow_schema
from warehouse.lake import Lake, Stamp
from warehouse.memory import bounded
from warehouse.staging import LandedBatch

VERSION = 1  # counts changes of this module, of which what is kept depends as well
KEPT_STAGE = "merged_accounts"
ACCOUNTS_READ = "accounts_read"  # a fact of the events: how many were looked at, of the last that were merged at once
MOST = 50_000  # accounts merged at once: memory grows with it, and the work for each falls


@cache
def merge_recipe() -> str:
    """Fingerprint of the code that merges accounts, and of what it keeps of them."""
    return digest(VERSION, recipe(("transforms.events.remerge", "warehouse.accounts")), duckdb.__version__)


def kept_accounts(lake: Lake) -> Path:
    """Where the accounts are kept. May be deleted: then all are merged anew."""
    return lake.root / KEPT_STAGE / f"{MERGED_BATCH}.duckdb"


def forget_accounts(lake: Lake) -> None:
    """Removes what is kept, and what a killed merge has left of it."""
    folder = kept_accounts(lake).parent
    if folder.exists():
        shutil.rmtree(folder)


def merge_accounts(
    lake: Lake, batches: Sequence[LandedBatch], fingerprint: str, facts: dict[str, Any], most: int = MOST
) -> Stamp:
    """Writes the events of all these batches under that fingerprint and with those facts. Only what has changed since
    the last merge is read, and only what it can touch is merged again.

    Raises LookupError where an article is in no cluster, OSError where the lake cannot be written.
    """
    wanted = {batch.batch: _files(lake, batch.batch) for batch in batches}
    changed = _changed(kept_accounts(lake), wanted)
    if changed is None:
        forget_accounts(lake)
        with replacing(kept_accounts(lake)) as temporary, _without_log(temporary), _opened(temporary) as db:
            accounts = Accounts.new(db, merge_recipe())
            _merge_all(accounts, lake, wanted, most)
            db.execute("CHECKPOINT")  # closing would pass over one that fails, on a full disk
            return _write(accounts, lake, fingerprint, facts)
    with _opened(kept_accounts(lake)) as db:
        db.begin()
        accounts = Accounts(db)
        _merge_changed(accounts, lake, wanted, changed, most)
        db.commit()
        return _write(accounts, lake, fingerprint, facts)


def _files(lake: Lake, batch: str) -> Files:
    contents = (stamp.content if (stamp := lake.stamp(s.name, batch)) else "" for s in (MENTIONS, DATES))
    return Files(lake.path(MENTIONS.name, batch), lake.path(DATES.name, batch), *contents)


@contextmanager
def _opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with bounded(path, path, {"preserve_insertion_order": "false"}, writing=True) as db:
        yield db


@contextmanager
def _without_log(path: Path) -> Iterator[None]:
    """Removes DuckDB's log beside a file that could not be finished."""
    try:
        yield
    finally:
        path.with_name(f"{path.name}.wal").unlink(missing_ok=True)


def _changed(path: Path, wanted: dict[str, Files]) -> set[str] | None:
    """The batches that are to be read anew or dropped; None where all are to be merged anew."""
    if not path.exists():
        return None
    try:
        with _opened(path) as db:
            accounts = Accounts(db)
            if accounts.recipe != merge_recipe():
                return None
            there = accounts.batches()
    except duckdb.Error:  # made by another version of ours or of DuckDB, or damaged
        return None
    now = {batch: (files.mentions_content, files.dates_content) for batch, files in wanted.items()}
    changed = {batch for batch in there.keys() | now.keys() if there.get(batch) != now.get(batch)}
    return None if 2 * len(changed & there.keys()) > len(there) else changed


def _merge_all(accounts: Accounts, lake: Lake, wanted: dict[str, Files], most: int) -> None:
    accounts.take(wanted, list(wanted))
    accounts.learn(lake.path(CLUSTERED_STAGE, MERGED_BATCH))
    for some in accounts.unmerged(most):
        accounts.replace(remerged(some, (), (), accounts))
        accounts.keep_keys(some)
    linking = Linking()
    for stages in accounts.stages(most):
        accounts.link(linking.next_stages(stages, accounts.followed(stages)))


def _merge_changed(accounts: Accounts, lake: Lake, wanted: dict[str, Files], changed: set[str], most: int) -> None:
    while more := accounts.sharing(changed, [wanted[batch].mentions for batch in changed & wanted.keys()]):
        changed |= more
    vanished = accounts.take({batch: wanted.get(batch) for batch in sorted(changed)}, list(wanted))
    restated = accounts.learn(lake.path(CLUSTERED_STAGE, MERGED_BATCH))
    if vanished or restated:
        before, after = accounts.replace(remerged((), vanished, restated, accounts))
        accounts.drop(vanished)
        accounts.link(relinked(before, after, accounts))
    for some in accounts.unmerged(most):
        before, after = accounts.replace(remerged(some, (), (), accounts))
        accounts.keep_keys(some)
        accounts.link(relinked(before, after, accounts))


def _write(accounts: Accounts, lake: Lake, fingerprint: str, facts: dict[str, Any]) -> Stamp:
    schema = arrow_schema(Event)
    table = accounts.events().cast(schema)
    parts = (table.slice(first, MOST) for first in range(0, table.num_rows, MOST))
    facts = facts | {ACCOUNTS_READ: accounts.read}
    return lake.write_tables(MERGED_STAGE, MERGED_BATCH, schema, parts, fingerprint=fingerprint, facts=facts)
