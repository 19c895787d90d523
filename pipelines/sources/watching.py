"""`sources.yaml`: which feeds, pages, files and folders are watched, and how each is to be treated.

The file is checked as it stands, and only then are its `${NAME}` expanded, so that no message can hold a secret. How a
source is read (`watched.py`, `web/`) does not belong here.
"""

import os
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from pipelines.sources.markdown import PlainLoader
from pipelines.sources.secret_names import names_secret
from pipelines.sources.secrets import (
    Redactor,
    SecretError,
    expand,
    holds_broken_reference,
    holds_reference,
    is_reference,
)
from pipelines.sources.settings import SourceSettings
from pipelines.sources.web.addresses import allowed
from pipelines.sources.web.client import Asking
from pipelines.sources.web.urls import UrlError, is_url, parse

_LONGEST_FILE = 5_000_000  # bytes
_USER_INFORMATION = re.compile(r"\A[a-z][a-z0-9+.-]*://([^/?#]*)@", re.IGNORECASE)
_BROKEN = "holds ${ that begins no ${NAME}: close it, and name it with letters, digits and _"
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
# These are the pipeline's own to set; Host would undo the check of the address.
_OWN_HEADERS = {"host", "connection", "content-length", "transfer-encoding", "accept-encoding", "user-agent"}


class _Loader(yaml.SafeLoader):
    """Scalars stay strings as they stand (`language: no`); unlike in articles, aliases are taken."""

    yaml_implicit_resolvers = PlainLoader.yaml_implicit_resolvers


class SourcesFileError(ValueError):
    """The sources file cannot be used; the message names file, source and key, and holds no secret."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, KeyError, ValueError):
        raise ValueError("is no time zone: give a name such as UTC or Europe/Istanbul") from None
    return name


def _language(code: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}", code):
        raise ValueError("is no code of a language: give a code of two or three small letters such as en")
    return code


def _mapping(mapping: dict[str, str]) -> dict[str, str]:
    SourceSettings(mapping=mapping)
    return mapping


def _date_format(date_format: str) -> str:
    SourceSettings(date_format=date_format)
    return date_format


def _hosts(entries: list[str]) -> list[str]:
    allowed(entries)
    return entries


def _headers(headers: dict[str, str]) -> dict[str, str]:
    faults = [fault for name, value in headers.items() if (fault := _header_fault(name, value))]
    if faults:
        raise ValueError("; ".join(faults))
    return headers


def _header_fault(name: str, value: str) -> str | None:
    if not _HEADER_NAME.fullmatch(name) or name.lower() in _OWN_HEADERS:
        return f"{name!r:.60} cannot be set: leave it out"
    if not value.isprintable():
        return f"{name} holds a line end or control character: give one line"
    if holds_broken_reference(value):
        return f"{name} {_BROKEN}"
    if names_secret(name) and not holds_reference(value):
        return f"{name} looks like a secret: write its value as ${{NAME}} and export NAME"
    return None


def _address(text: str) -> str:
    """An address in which whatever looks like a secret is a `${NAME}`."""
    if holds_broken_reference(text):
        raise ValueError(_BROKEN)
    user = _USER_INFORMATION.match(text)
    if user and not is_reference(user[1].rpartition(":")[2]):
        raise ValueError("holds a user name or password: write it as ${NAME} and export NAME")
    if not text.startswith("${") and not is_url(text):
        raise ValueError("is no address: it begins with http:// or https://, a file or folder is named under path")
    for name, value in parse_qsl(urlsplit(text).query, keep_blank_values=False):
        if names_secret(name) and not holds_reference(value):
            raise ValueError(f"its parameter {name!r:.60} looks like a secret: write its value as ${{NAME}}")
    return text


_ONE_PLACE = "give either url (a feed or page) or path (a file or folder), one of the two"


class Expectation(BaseModel):
    """What a healthy source gives; a warning where it does not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_age_hours: Annotated[float, Field(gt=0)] | None = None
    min_articles_per_week: Annotated[int, Field(ge=1)] | None = None


class SourceEntry(BaseModel):
    """One source as it stands in the file. What each key means: docs/sources.md."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    name: Annotated[str, Field(min_length=1, max_length=200)]
    url: Annotated[str, AfterValidator(_address)] | None = None
    path: Annotated[str, Field(min_length=1)] | None = None
    enabled: bool = True
    language: Annotated[str, AfterValidator(_language)] | None = None
    timezone: Annotated[str, AfterValidator(_zone)] | None = None
    mapping: Annotated[dict[str, str], AfterValidator(_mapping)] = {}
    date_format: Annotated[str, AfterValidator(_date_format)] | None = None
    licence: Annotated[str, Field(max_length=2_000)] | None = None
    follow: bool | None = None
    headers: Annotated[dict[str, str], AfterValidator(_headers)] = {}
    allow_private: Annotated[list[str], AfterValidator(_hosts)] = []
    delay_seconds: Annotated[float, Field(ge=0, le=3_600)] = 1.0
    max_pages: Annotated[int, Field(ge=1, le=10_000)] = 50
    max_bytes: Annotated[int, Field(ge=1_000, le=200_000_000)] = 10_000_000
    obey_robots: bool = True
    expect: Expectation = Expectation()

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.url is None) == (self.path is None):
            raise ValueError(_ONE_PLACE)
        return self


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
    for label, given in zip(_labels(listed), listed, strict=True):
        told, entry = _faults(given), None
        if not told:
            entry = SourceEntry.model_validate(given)
        if _enabled(given):
            told += _unset(given, environment)
            if entry and not told:
                try:
                    watched.append(_ready(entry, path.parent, environment, found))
                except UrlError as error:
                    told.append(f"url: {error}")
                except SecretError as error:
                    told.append(str(error))
        problems += [f"{path.name}: {label}: {problem}" for problem in told]
    problems += [f"{path.name}: {problem}" for problem in _twice(listed)]
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
            _address(address)
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
    user = _USER_INFORMATION.match(address)
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


def _name(given: Mapping[str, Any]) -> str | None:
    name = given.get("name")
    return name.strip() or None if isinstance(name, str) else None


def _labels(listed: Sequence[Mapping[str, Any]]) -> list[str]:
    """What each source is called in messages: by its name, where that is its own, else by its number."""
    names = [_name(given) for given in listed]
    return [
        f"source {name!r:.80}"
        if name and names.count(name) == 1
        else f"source number {number}" + f" ({name!r:.80})" * bool(name)
        for number, name in enumerate(names, start=1)
    ]


def _twice(listed: Sequence[Mapping[str, Any]]) -> list[str]:
    """The names that several sources have."""
    numbers: dict[str, list[str]] = {}
    for number, given in enumerate(listed, start=1):
        if name := _name(given):
            numbers.setdefault(name, []).append(str(number))
    return [
        f"the name {name!r:.80} is used more than once (sources number {', '.join(those)}): give each a name of its own"
        for name, those in sorted(numbers.items())
        if len(those) > 1
    ]


def _faults(given: Mapping[str, Any]) -> list[str]:
    """What is wrong with a source as it stands."""
    try:
        SourceEntry.model_validate(given)
    except ValidationError as error:
        found = _problems(error, SourceEntry)
        # pydantic looks at the whole only where all keys are sound.
        if _places(given) != 1 and _ONE_PLACE not in found:
            found.append(_ONE_PLACE)
        return found
    return []


def _places(given: Mapping[str, Any]) -> int:
    return sum(given.get(key) is not None for key in ("url", "path"))


def _enabled(given: Mapping[str, Any]) -> bool:
    try:
        return TypeAdapter(bool).validate_python(given.get("enabled", True))
    except ValidationError:
        return True


def _unset(given: Mapping[str, Any], environment: Mapping[str, str]) -> list[str]:
    """What is wrong with the `${NAME}` of a source, with the place in which each stands."""
    headers = given.get("headers")
    texts = [("url", given.get("url"))]
    texts += [(f"headers: {name}", value) for name, value in headers.items()] if isinstance(headers, dict) else []
    told = []
    for where, text in texts:
        try:
            expand(text if isinstance(text, str) else "", environment, {})
        except SecretError as error:
            told.append(f"{where}: {error}")
    return told


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
        raise SourcesFileError("\n".join(f"{path.name}: {problem}" for problem in _problems(error, _File))) from None


def _problems(error: ValidationError, model: type[BaseModel]) -> list[str]:
    """What is wrong, key by key, in plain words and without the values."""
    told = []
    for problem in error.errors(include_url=False, include_context=False, include_input=False):
        where = ".".join(str(part) for part in problem["loc"])
        what = problem["msg"].removeprefix("Value error, ")
        if problem["type"] == "model_type":
            what = "holds no keys: give `sources:` with a list of sources"
        elif problem["type"] == "extra_forbidden":
            known = (Expectation if len(problem["loc"]) > 1 else model).model_fields
            near = get_close_matches(str(problem["loc"][-1]).lower(), known, 1)
            meant = f" (did you mean {near[0]}?)" if near else ""
            what = f"is no key of a sources file{meant}: see docs/sources.md for those there are"
        elif problem["type"] == "missing":
            what = "is missing"
        told.append(f"{where}: {what}" if where else what)
    return told
