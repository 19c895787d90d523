"""One run over the sources that are watched: their records, one source after the other, and what is to be remembered.

A source that fails is refused with its reason, and the others go on. What becomes of the articles (`pipelines/land.py`)
and how a request is made (`web/`) do not belong here.
"""

import traceback
from collections import defaultdict
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pipelines.sources import Item, items_of
from pipelines.sources.articles import raw_articles
from pipelines.sources.dating import Dating
from pipelines.sources.files import find_files
from pipelines.sources.formats import Found, Noted, Refused
from pipelines.sources.settings import SourceSettings
from pipelines.sources.watching import Watched, WatchList
from pipelines.sources.web.client import Asking, Client, Manners
from pipelines.sources.web.memory import Checked, Memory
from pipelines.sources.web.reading import Outcome, WebReader
from transforms.records import RawArticle, WatchedSource

_MANNERS = Manners()


class WatchError(RuntimeError):
    """A fault of ours while a source was read; the message is its traceback, without secrets."""


class Watch:
    """A run over a list of sources."""

    def __init__(
        self, listed: WatchList, settings: SourceSettings, memory: Memory, agent: str, manners: Manners = _MANNERS
    ) -> None:
        self._listed = listed
        self._settings = settings
        self._memory = memory
        self._reader = WebReader(Client(agent, manners, memory, listed.redact), memory, listed.redact)
        self._names: dict[str, set[str]] = defaultdict(set)  # what its articles name as their source

    def items(self) -> Iterator[Item]:
        """What the sources hold now that they did not hold at the last run. Raises WatchError for our own faults."""
        if self._memory.damaged:
            yield Noted("watching.sqlite", "was damaged and set aside: all sources are read anew"), None
        for source in self._listed.sources:
            try:
                yield from self._source(source)
            except OSError:  # the machine's: a full disk
                raise
            except Exception as error:
                if not self._listed.redact:
                    raise
                # A traceback may quote an address with a secret in it, and Dagster would store it.
                told = self._listed.redact("".join(traceback.format_exception(error)))
                raise WatchError(f"reading {source.name}:\n{told}") from None

    def described(self, before: list[WatchedSource]) -> list[WatchedSource]:
        """What the sources file says of each source that ever gave an article; `before` is what stood there so far."""
        rows = {(row.watched, row.source): row for row in before}
        for source in self._listed.sources:
            entry = source.entry
            for name in self._names[source.key] | {row.source for row in before if row.watched == source.key}:
                rows[source.key, name] = WatchedSource(
                    watched=source.key,
                    source=name,
                    address=source.address,
                    licence=entry.licence,
                    language=entry.language,
                    timezone=entry.timezone,
                )
        return [rows[key] for key in sorted(rows)]

    def landed(self) -> None:
        """To be called when all articles have landed: only now is it remembered that they were had. Raises OSError."""
        self._memory.commit()

    def _source(self, source: Watched) -> Iterator[Item]:
        started = datetime.now(UTC).replace(tzinfo=None)
        settings = replace(
            self._settings,
            source=source.name,
            timezone=source.entry.timezone or self._settings.timezone,
            mapping=source.entry.mapping if source.asking is None else {},
            date_format=source.entry.date_format if source.asking is None else None,
        )
        if source.asking is None:
            outcome = yield from self._files(source, settings)
        else:
            outcome = yield from self._web(source, source.asking, settings)
        look = Checked(
            source.key,
            source.address,
            outcome.kind,
            started,
            outcome.status,
            started if outcome.succeeded else None,
        )
        self._memory.set_checked(look)

    def _web(self, source: Watched, asking: Asking, settings: SourceSettings) -> Generator[Item, None, Outcome]:
        reading = self._reader.read(source, asking)
        while True:
            try:
                item = next(reading)
            except StopIteration as end:
                outcome: Outcome = end.value
                return outcome
            for made in raw_articles(item, settings, Dating()) if isinstance(item, Found) else (item,):
                self._name(source, made)
                yield _of(source, made), None

    def _files(self, source: Watched, settings: SourceSettings) -> Generator[Item, None, Outcome]:
        articles, reasons = 0, list[str]()
        for item, line in items_of((file, settings) for file in find_files([source.path or ""])):
            self._name(source, item)
            articles += isinstance(item, RawArticle)
            if isinstance(item, Refused) and not reasons:
                reasons.append(item.reason)
            yield _of(source, item), line
        failed = reasons and not articles
        return Outcome(reasons[0] if failed else "ok", "files", succeeded=not failed)

    def _name(self, source: Watched, item: RawArticle | Refused | Noted) -> None:
        if isinstance(item, RawArticle):
            self._names[source.key].add(item.source)


def _of(source: Watched, item: RawArticle | Refused | Noted) -> RawArticle | Refused | Noted:
    """A refusal is one of this source's, where it does not say whose it is."""
    return replace(item, source=source.name) if isinstance(item, Refused) and item.source is None else item


@contextmanager
def watching(
    listed: WatchList, settings: SourceSettings, path: Path, agent: str, manners: Manners = _MANNERS
) -> Iterator[Watch]:
    """A run over the sources of a list, with what is remembered at `path`."""
    with closing(Memory(path)) as memory:
        yield Watch(listed, settings, memory, agent, manners)
