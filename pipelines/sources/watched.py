"""One run over the sources that are watched: their records, one source after the other, and what is to be remembered.

A source that fails is refused with its reason, and the others go on. What becomes of the articles (`pipelines/land.py`)
does not belong here; no request is made here.
"""

import traceback
from collections import defaultdict
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pipelines.sources.formats import Found, Noted, Refused
from pipelines.sources.settings import SourceSettings
from pipelines.sources.watching import Watched, WatchList
from pipelines.sources.web.client import Client, Manners
from pipelines.sources.web.memory import Checked, Memory
from pipelines.sources.web.reading import Outcome, WebReader
from transforms.records import RawArticle, WatchedSource


class WatchError(RuntimeError):
    """A fault of ours while a source was read; the message is its traceback without secrets."""


class Watch:
    """A run over a list of sources."""

    def __init__(
        self, listed: WatchList, settings: SourceSettings, memory: Memory, agent: str, manners: Manners
    ) -> None:
        self._listed = listed
        self._settings = settings
        self._memory = memory
        self._reader = WebReader(Client(agent, manners, memory, listed.redact), memory, listed.redact)
        self._names: dict[str, set[str]] = defaultdict(set)
