"""Whether the watched sources give what is expected of them: how the last look went, how fresh they are, how much came.

What is expected stands in the sources file; how a source is read (`sources/`) does not belong here.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pipelines.land import RAW
from pipelines.settings import Home
from pipelines.sources.watching import Watched, WatchList
from pipelines.sources.web.memory import Checked, looks
from pipelines.tombstones import forgotten_sources
from transforms.records import WatchedSource
from warehouse.build import WATCHED_BATCH, WATCHED_STAGE
from warehouse.lake import Lake

NEVER_READ = "never read: run `parley run` with this sources file"
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Health:
    """A source and what is to be said of it; a verdict is None where nothing is expected or nothing can be said yet."""

    name: str
    address: str
    look: Checked | None  # the last, None where there was none
    articles: int
    newest: datetime | None  # when its newest article was published (landed, where it is undated), in UTC
    fresh: bool | None
    enough: bool | None
    complaints: tuple[str, ...]

    @property
    def read(self) -> bool:
        """Whether the last look found it."""
        return self.look is not None and self.look.succeeded_at == self.look.checked_at

    @property
    def status(self) -> str:
        """How the last look went."""
        return self.look.status if self.look else NEVER_READ

    @property
    def failing(self) -> bool:
        return bool(self.complaints)


@dataclass
class _Tally:
    articles: int = 0
    first_landed: datetime | None = None
    newest: datetime | None = None
    this_week: int = 0


def healths(home: Home, listed: WatchList, now: datetime | None = None) -> list[Health]:
    """What is to be said of each source of the list that was not forgotten, in its order; `now` is in UTC, naive."""
    now = now or datetime.now(UTC).replace(tzinfo=None)
    names = _names(home.lake)
    tallies = _tallies(home.lake, now)
    seen = looks(home.watching)
    found = []
    for source in listed.without(forgotten_sources(home.lake)).sources:  # nothing is expected of the others
        mine = [tallies[name] for name in names.get(source.key, {source.name}) if name in tallies]
        found.append(_health(source, seen.get(source.key), mine, now))
    return found


def _health(source: Watched, look: Checked | None, tallies: Sequence[_Tally], now: datetime) -> Health:
    expect = source.entry.expect
    newest = max((tally.newest for tally in tallies if tally.newest), default=None)
    week = sum(tally.this_week for tally in tallies)
    since = min((tally.first_landed for tally in tallies if tally.first_landed), default=None)
    complaints = []
    if look is None:
        complaints.append(NEVER_READ)
    elif look.succeeded_at != look.checked_at:  # an earlier one may have found it
        complaints.append(look.status)
    fresh = enough = None
    if look is None and not tallies:  # what is expected of it is still to come
        return Health(source.name, source.address, look, 0, None, fresh, enough, tuple(complaints))
    if expect.max_age_hours is not None:
        fresh = newest is not None and now - newest <= timedelta(hours=expect.max_age_hours)
        if not fresh:
            age = (
                f"its newest article is {(now - newest) / timedelta(hours=1):,.0f} hours old"
                if newest
                else "no article"
            )
            complaints.append(f"{age}, expected: none older than {expect.max_age_hours:g} hours")
    if expect.min_articles_per_week is not None:
        enough = week >= expect.min_articles_per_week
        if not enough and since is not None and now - since < WEEK:
            enough = None  # too early to tell
        elif not enough:
            complaints.append(f"{week} articles in a week, expected: {expect.min_articles_per_week} or more")
    articles = sum(tally.articles for tally in tallies)
    return Health(source.name, source.address, look, articles, newest, fresh, enough, tuple(complaints))


def _names(lake: Lake) -> dict[str, set[str]]:
    """The sources that the articles of each watched source name."""
    names: dict[str, set[str]] = defaultdict(set)
    if lake.path(WATCHED_STAGE, WATCHED_BATCH).exists():
        for row in lake.stream(WATCHED_STAGE, WATCHED_BATCH, WatchedSource):
            names[row.watched].add(row.source)
    return names


def _tallies(lake: Lake, now: datetime) -> dict[str, _Tally]:
    """Articles landed by source. Memory: a column of one batch at a time."""
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    for batch in lake.batches(RAW):
        stamp = lake.stamp(RAW, batch)
        landed = datetime.fromisoformat(stamp.facts["landed_at"]) if stamp else now
        columns = (lake.column(RAW, name, [batch]) for name in ("source", "published_at"))
        for source, published in zip(*columns, strict=True):
            tally = tallies[source]
            when = min(published or landed, now)  # a day ahead is a mistake, and would look fresh for ever
            tally.articles += 1
            tally.newest = max(tally.newest or when, when)
            tally.first_landed = min(tally.first_landed or landed, landed)
            tally.this_week += now - when <= WEEK
    return tallies
