"""`sources.yaml`: which feeds, pages, files and folders are watched, and how each is to be treated.

The file is checked as it stands, and only then are its `${NAME}` expanded, so that no message can hold a secret. What
an entry may hold (`entries.py`) and how a source is read (`watched.py`, `web/`) do not belong here.
"""

import os
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.sources.entries import (
    USER_INFORMATION,
    SourceEntry,
    enabled,
    faults,
    labels,
    problems_of,
    require_address,
    unset,
    used_twice,
)
from pipelines.sources.markdown import PlainLoader
from pipelines.sources.secrets import Redactor, SecretError, expand
from pipelines.sources.web.addresses import allowed
from pipelines.sources.web.client import Asking
from pipelines.sources.web.urls import UrlError, parse

_LONGEST_FILE = 5_000_000  # bytes


class _Loader(yaml.SafeLoader):
    """Scalars stay strings as they stand (`language: no`); unlike in articles, aliases are taken."""

    yaml_implicit_resolvers = PlainLoader.yaml_implicit_resolvers


class SourcesFileError(ValueError):
    """The sources file cannot be used; the message names file, source and key, and holds no secret."""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sources: list[dict[str, Any]]


@dataclass(frozen=True)
class Watched:
    """One source, ready to be read: `asking` where it is of the web, else `path`."""

    entry: SourceEntry
    address: str  # as it may be stored and shown
    asking: Asking | None = field(default=None, repr=False)
    path: Path | None = None
    given: bool = False  # as an input, not in a file

    @property
    def name(self) -> str:
        return self.entry.name

    @property
    def key(self) -> str:
        """What tells it from all others: several inputs may have one host and so one name."""
        return self.address if self.given else self.name


@dataclass(frozen=True)
class WatchList:
    """The sources of a file that are enabled, and what takes their secrets out of every text."""

    sources: tuple[Watched, ...] = ()
    redact: Redactor = field(default_factory=Redactor)

    def without(self, names: Collection[str]) -> "WatchList":
        """The sources but for those of these names."""
        return WatchList(tuple(source for source in self.sources if source.name not in names), self.redact)

    def joined(self, other: "WatchList") -> "WatchList":
        """The sources of both."""
        return WatchList(self.sources + other.sources, self.redact.and_of(other.redact))


def load(path: Path, environment: Mapping[str, str] = os.environ) -> WatchList:
    """Reads a sources file. Raises SourcesFileError, with all that is wrong with it."""
    listed = _listed(path)
    found: dict[str, str] = {}
    watched, problems = [], []
    for label, given in zip(labels(listed), listed, strict=True):
        told, entry = faults(given), None
        if not told:
            entry = SourceEntry.model_validate(given)
        if enabled(given):
            told += unset(given, environment)
            if entry and not told:
                try:
                    watched.append(_ready(entry, path.parent, environment, found))
                except UrlError as error:
                    told.append(f"url: {error}")
                except SecretError as error:
                    told.append(str(error))
        problems += [f"{path.name}: {label}: {problem}" for problem in told]
    problems += [f"{path.name}: {problem}" for problem in used_twice(listed)]
    if problems:
        raise SourcesFileError("\n".join(problems))
    return _list(watched, found)


def of_addresses(
    addresses: Sequence[str], permitted: Sequence[str], environment: Mapping[str, str] = os.environ
) -> WatchList:
    """The addresses given as inputs, each a source with default settings, named after its host.

    `permitted` is what `allow_private` would hold. Raises SourcesFileError.
    """
    found: dict[str, str] = {}
    watched = []
    for address in addresses:
        try:
            require_address(address)
            entry = SourceEntry(name=parse(_expanded(address, environment, found)).site, url=address)
            entry = entry.model_copy(update={"allow_private": list(permitted)})
            watched.append(replace(_ready(entry, Path(), environment, found), given=True))
        except (SecretError, ValueError) as error:
            shown = re.sub(r"//[^/?#]*@", "//", address.partition("?")[0])
            raise SourcesFileError(f"the input {shown!r:.200} {error}") from None
    return _list(watched, found)


def _expanded(address: str, environment: Mapping[str, str], found: dict[str, str]) -> str:
    """An address with its secrets, which are percent-encoded where they would end the part in which they stand."""
    if address.startswith("${"):  # the whole address is one
        return expand(address, environment, found)
    user = USER_INFORMATION.match(address)
    end = user.end(1) if user else 0
    return expand(address[:end], environment, found, "") + expand(address[end:], environment, found, "/:@=,;!$'()*")


def _list(watched: list[Watched], secrets: dict[str, str]) -> WatchList:
    redact = Redactor(secrets.items())
    for source in watched:
        if source.asking is not None and source.asking.home.credentials:
            redact = redact.knowing(f"credentials of {source.name}", source.asking.home.credentials)
    return WatchList(tuple(_kept(source, redact) for source in watched), redact)


def _kept(source: Watched, redact: Redactor) -> Watched:
    """The source as it may be stored; the name of one given as an input is a host, in which a secret may stand."""
    named = source.entry.model_copy(update={"name": redact(source.name)}) if source.given else source.entry
    return replace(source, entry=named, address=redact(source.address))


def _ready(entry: SourceEntry, folder: Path, environment: Mapping[str, str], found: dict[str, str]) -> Watched:
    """The source with its secrets expanded. Raises SecretError and UrlError."""
    if entry.url is None:
        path = folder / Path(str(entry.path)).expanduser()
        return Watched(entry, path.name or str(entry.path), path=path)
    home = parse(_expanded(entry.url, environment, found))
    headers = {name: expand(value, environment, found) for name, value in entry.headers.items()}
    for name, value in headers.items():
        if not (value.isprintable() and value.isascii()):
            raise SecretError(f"headers: {name}: its value holds what no header can: export it as one line of ASCII")
    asking = Asking(
        home,
        allowed(entry.allow_private).but_also(home),
        headers,
        entry.delay_seconds,
        entry.max_bytes,
        entry.obey_robots,
    )
    return Watched(entry, str(home), asking)


def _listed(path: Path) -> list[dict[str, Any]]:
    try:
        if path.stat().st_size > _LONGEST_FILE:
            raise SourcesFileError(f"{path.name} has more than {_LONGEST_FILE:,} bytes: it is no sources file")
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except OSError as error:
        raise SourcesFileError(f"the sources file {path} cannot be read ({error.strerror}): check its path") from None
    except UnicodeDecodeError:
        raise SourcesFileError(f"{path.name} is not UTF-8: save it as that") from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or str(error)
        raise SourcesFileError(f"{path.name}{where} is not YAML ({problem}): mend it") from None
    try:
        return _File.model_validate(content if content is not None else {"sources": []}).sources
    except ValidationError as error:
        raise SourcesFileError("\n".join(f"{path.name}: {problem}" for problem in problems_of(error, _File))) from None
