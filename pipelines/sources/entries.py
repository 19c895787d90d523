"""What may stand in an entry of the sources file, and what is wrong with one.

How the file is read and its secrets are expanded (`watching.py`) does not belong here.
"""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Annotated, Any, Self
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from pipelines.sources.secret_names import names_secret
from pipelines.sources.secrets import SecretError, expand, holds_broken_reference, holds_reference, is_reference
from pipelines.sources.settings import SourceSettings
from pipelines.sources.web.addresses import allowed
from pipelines.sources.web.urls import is_url

USER_INFORMATION = re.compile(r"\A[a-z][a-z0-9+.-]*://([^/?#]*)@", re.IGNORECASE)
_BROKEN = "holds ${ that begins no ${NAME}: close it, and name it with letters, digits and _"
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
# These are the pipeline's own to set; Host would undo the check of the address.
_OWN_HEADERS = {"host", "connection", "content-length", "transfer-encoding", "accept-encoding", "user-agent"}


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


def require_address(text: str) -> str:
    """The same address, in which whatever looks like a secret is a `${NAME}`. Raises ValueError where it is not."""
    if holds_broken_reference(text):
        raise ValueError(_BROKEN)
    user = USER_INFORMATION.match(text)
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
    url: Annotated[str, AfterValidator(require_address)] | None = None
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


def _name(given: Mapping[str, Any]) -> str | None:
    name = given.get("name")
    return name.strip() or None if isinstance(name, str) else None


def labels(listed: Sequence[Mapping[str, Any]]) -> list[str]:
    """What each source is called in messages: by its name, where that is its own, else by its number."""
    names = [_name(given) for given in listed]
    return [
        f"source {name!r:.80}"
        if name and names.count(name) == 1
        else f"source number {number}" + f" ({name!r:.80})" * bool(name)
        for number, name in enumerate(names, start=1)
    ]


def used_twice(listed: Sequence[Mapping[str, Any]]) -> list[str]:
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


def faults(given: Mapping[str, Any]) -> list[str]:
    """What is wrong with a source as it stands."""
    try:
        SourceEntry.model_validate(given)
    except ValidationError as error:
        found = problems_of(error, SourceEntry)
        # pydantic looks at the whole only where all keys are sound.
        if _places(given) != 1 and _ONE_PLACE not in found:
            found.append(_ONE_PLACE)
        return found
    return []


def _places(given: Mapping[str, Any]) -> int:
    return sum(given.get(key) is not None for key in ("url", "path"))


def enabled(given: Mapping[str, Any]) -> bool:
    """Whether a source is to be read, as far as that can be told."""
    try:
        return TypeAdapter(bool).validate_python(given.get("enabled", True))
    except ValidationError:
        return True


def unset(given: Mapping[str, Any], environment: Mapping[str, str]) -> list[str]:
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


def problems_of(error: ValidationError, model: type[BaseModel]) -> list[str]:
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
