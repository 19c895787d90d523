"""What one more batch costs the merge: `python -m benchmarks.growth [small|full]`.

A lake (`lake.py`) is merged without its last thousand articles, then with them, then everything anew; the rows must be
the same. The worst case beside it: one event that a thousand articles tell, and one more. Clusters of articles are
taken as the lake has them; the build on what is merged is not measured.
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from benchmarks.common import machine, table
from benchmarks.figures import Figure, Size
from benchmarks.lake import BATCH, fill
from pipelines.merging import ACCOUNTS_READ, forget_accounts, merge_accounts
from pipelines.publication import plan
from pipelines.settings import Home
from transforms.events.account import Account, Told
from transforms.events.merge import merge
from transforms.events.parties import Party, PartySet
from transforms.identity import digest
from transforms.vocabulary import ActorKind, EventType, Role, Status
from warehouse.build import MERGED_BATCH, MERGED_STAGE
from warehouse.lake import Lake, Stamp
from warehouse.staging import LandedBatch

MENTIONS = {Size.SMALL: 100_000, Size.FULL: 10_000_000}
ADDED = 1_000  # articles
GREAT = 1_000  # accounts of one great event


def measure(size: Size) -> list[Figure]:
    """The figures of a lake of that size, which is made in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        fill(home, MENTIONS[size])
        return [*grown(home.lake), great()]


def grown(lake: Lake) -> list[Figure]:
    """The figures of a lake, whose merged events are made anew. Raises RuntimeError where the rows differ."""
    batches = plan(lake).batches
    forget_accounts(lake)
    all_but_last, _ = _merged(lake, batches[: -(ADDED // BATCH)])
    one_more, stamp = _merged(lake, batches)
    forget_accounts(lake)
    anew, again = _merged(lake, batches)
    if stamp.content != again.content:
        raise RuntimeError("merging what was added gave other events than merging everything")
    accounts = sum(map(len, lake.column(MERGED_STAGE, "article_event_ids", [MERGED_BATCH])))
    told = {
        "accounts": f"{accounts:,}",
        "events": f"{stamp.rows:,}",
        "all but the last thousand articles, CPU s": f"{all_but_last:.1f}",
        "one thousand articles more, CPU s": f"{one_more:.1f}",
        "everything anew, CPU s": f"{anew:.1f}",
    }
    return [
        Figure("growth.time", one_more / anew, told),
        Figure("growth.accounts", stamp.facts[ACCOUNTS_READ] / accounts),
    ]


def great() -> Figure:
    """What an account of a great event costs against one of a small event, in memory."""
    few, many = _great(GREAT // 10), _great(GREAT)
    seconds = []
    for accounts in (few, many):
        start = time.process_time()
        for _ in range(times := GREAT // len(accounts)):  # those of a small event take too little to be measured once
            if len(merge(accounts)) != 1:
                raise RuntimeError("the accounts of one event were not merged")
        seconds.append((time.process_time() - start) / times)
    told = {f"{len(a):,} accounts, CPU s": f"{s:.3f}" for a, s in zip((few, many), seconds, strict=True)}
    return Figure("growth.great", seconds[1] / seconds[0], told)


def _great(count: int) -> list[Account]:
    """So many accounts of one meeting; a third name other parties besides."""
    day = date(2021, 3, 8)
    states = [Party(digest("state", code), Role.PARTICIPANT, ActorKind.STATE, code) for code in ("PER", "ECU", "CHL")]
    return [
        Account(
            Told(
                digest("account", n),
                EventType.MEETING,
                Status.HELD,
                day,
                day,
                PartySet(sorted(states[: 2 + (n % 3 == 0)], key=lambda p: str(p.country_code))),
            ),
            digest("article", n),
            day,
            datetime(2021, 3, 8) + timedelta(minutes=n),
        )
        for n in range(count)
    ]


def _merged(lake: Lake, batches: Sequence[LandedBatch]) -> tuple[float, Stamp]:
    """CPU seconds of a merge, and the stamp of its events."""
    start = time.process_time()
    stamp = merge_accounts(lake, batches, "benchmark", {})
    return time.process_time() - start, stamp


def main() -> None:
    size = Size(sys.argv[1]) if len(sys.argv) > 1 else Size.SMALL
    print(machine())
    rows = [[f.name, f"{f.value:.4f}", "; ".join(f"{k}: {v}" for k, v in f.told.items())] for f in measure(size)]
    print(table(["figure", "value", "of"], rows))


if __name__ == "__main__":
    main()
