"""From a record found in a file to a raw article: which fields it needs, and what becomes of the others.

Which key is which field belongs to `mapping`, how a date is written to `published`, what has been seen before to
`duplicates`.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.sources.dating import Dating
from pipelines.sources.decoding import sound
from pipelines.sources.formats import SAMPLE_LENGTH, Found, Noted, Refused
from pipelines.sources.mapping import Mapped, author_of, find_fields
from pipelines.sources.published import Published, parse_published
from pipelines.sources.settings import SourceSettings
from transforms import identity
from transforms.records import RawArticle

_LONGEST_FIELD = 10_000  # characters of an id, URL, title or source
_LONGEST_EXTRA = 1_000_000  # characters of the other keys together
_MOST_LEVELS = 50  # of lists and objects in the other keys
_USER_INFORMATION = re.compile(r"\A((?:[a-z][a-z0-9+.-]*:)?//)[^/?#]*@", re.IGNORECASE)  # RFC 3986, 3.2.1
_ADDRESS = re.compile(r"\A\s*[a-z][a-z0-9+.-]*://\S+\Z", re.IGNORECASE)


def raw_articles(found: Found, settings: SourceSettings, dating: Dating) -> Iterator[RawArticle | Refused | Noted]:
    """The article of a record, or one refusal; besides it a refusal for each field that had to be ignored.

    An ignored field's value is kept among the other keys (`extra`). What a key was guessed to mean is noted; a guess
    whose value is of no use is dropped without a refusal. `dating` takes note of its time.
    """
    ignored: list[str] = []
    mapped = find_fields(found.fields, settings.mapping, guess=found.guess)
    dating.see(found.fields, mapped)
    given = {field: found.fields[key] for field, key in mapped.keys.items()}
    for field in sorted(mapped.guessed):
        yield Noted(found.file.origin, f"read `{mapped.keys[field]}` as {field}")
    fields = {name: _field(given, name, ignored) for name in ("id", "url", "title", "source")}
    source = fields["source"] or sound(found.source)
    text = given.get("text")
    problem = _problem(text, settings)
    if problem or not isinstance(text, str):
        yield _refused(found, text, source, fields["id"], problem or "has no text")
        return
    text = sound(text)
    unused: set[str] = set()  # fields whose value stays among the other keys although nothing was refused
    published = _published(given, source, settings, ignored, unused if "published_at" in mapped.guessed else None)
    if unused:
        dating.see_wrong(mapped.keys["published_at"], given["published_at"])
    author = author_of(given.get("author"))
    if author is None or len(author) > _LONGEST_FIELD:
        author = None
        unused.add("author")
    extra = _extra(found, mapped, ignored, unused)
    cluster_id = identity.cluster_id(text)
    url = _USER_INFORMATION.sub(r"\1", fields["url"]) if fields["url"] else None
    source_id = fields["id"] or _own_id(found, cluster_id)
    when = published.at if published else None
    yield RawArticle(
        article_id=identity.article_id(cluster_id, source, url, source_id, when),
        text_id=identity.text_id(text),
        cluster_id=cluster_id,
        source=source,
        source_id=source_id,
        url=url,
        title=fields["title"],
        author=sound(author).strip() or None if author else None,
        text=text,
        published_at=when,
        published_date=published.day if published else None,
        published_precision=published.precision if published else None,
        published_from=_published_from(found, mapped) if published else None,
        origin=found.file.origin if found.line is None else f"{found.file.origin}:{found.line}",
        extra=extra,
    )
    for notice in ignored:
        yield _refused(found, text, source, source_id, f"{notice}; the article was taken in without it")


def _published_from(found: Found, mapped: Mapped) -> str:
    """The key that gave the time of publication; a format that has no keys of the file's own says how it was found."""
    method = found.fields.get("published_from") if not found.guess else None
    return sound(str(method or mapped.keys["published_at"]))


def _problem(text: object, settings: SourceSettings) -> str | None:
    """What keeps a text from being an article's."""
    if text is None:
        key = settings.mapping.get("text", "text")
        return f"has no text: give the article's text under the key `{key}`"
    if not isinstance(text, str):
        return f"its text is {_kind(text)}, not a string: give the article's text as one string"
    if not text.strip():
        return "its text is empty: give the article's text, or drop the record"
    if len(text) > settings.longest_article:
        return (
            f"its text has {len(text):,} characters, more than the {settings.longest_article:,} of an article: "
            "split it into articles"
        )
    if len(text) > settings.most_lines and (lines := len(text.splitlines())) > settings.most_lines:
        return (
            f"its text has {lines:,} lines, more than the {settings.most_lines:,} of an article: split it into articles"
        )
    return None


def _field(fields: Mapping[str, Any], name: str, ignored: list[str]) -> str | None:
    """A field as text, None where it is missing or blank; what cannot be used is noted as ignored."""
    value = fields.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool) and name == "id":
        return str(value)
    if value is None:
        return None
    if not isinstance(value, str):
        ignored.append(f"{name} is {_kind(value)} and was ignored: give a string")
        return None
    if len(value) > _LONGEST_FIELD:
        ignored.append(f"{name} has {len(value):,} characters and was ignored: give at most {_LONGEST_FIELD:,}")
        return None
    text = sound(value.strip())
    return (_without_user(text) if name == "id" else text) or None


def _published(
    given: Mapping[str, Any], source: str, settings: SourceSettings, ignored: list[str], unused: set[str] | None
) -> Published | None:
    """The time of publication; one that cannot be read is noted as ignored, or where it was guessed, as unused."""
    value = given.get("published_at")
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        try:
            value = sound(value) if isinstance(value, str) else value
            return parse_published(value, settings.zone(source), settings.date_format)
        except ValueError as error:
            problem = (
                f"published_at was ignored, {error}: give it like 2024-05-31 or 2024-05-31T18:00:00+03:00, "
                f"or {'mend' if settings.date_format else 'give'} date_format in the sources file"
            )
    else:
        problem = f"published_at is {_kind(value)} and was ignored: give a string such as 2024-05-31T18:00:00Z"
    if unused is None:
        ignored.append(problem)
    else:
        unused.add("published_at")
    return None


def _extra(found: Found, mapped: Mapped, ignored: list[str], unused: set[str]) -> str | None:
    """The other keys and the values of fields that were not used, as a JSON object."""
    kept = unused | {notice.split(maxsplit=1)[0] for notice in ignored}
    used = {key for field, key in mapped.keys.items() if field not in kept}
    # A key that is named like a field and blank, so that another was read in its place, is of no use.
    used |= {field for field, key in mapped.keys.items() if field != key and found.fields.get(field) in (None, "")}
    if not found.guess:
        used.add("published_from")
    other = {key: value for key, value in found.fields.items() if key not in used}
    if found.decoded_as:
        other["decoded_as"] = found.decoded_as
    if not other:
        return None
    try:
        extra = json.dumps(_storable(other), ensure_ascii=False)
    except _TooDeepError:
        ignored.append(f"its other keys are nested more than {_MOST_LEVELS} deep and were dropped: give flat values")
        return None
    if len(extra) > _LONGEST_EXTRA:
        ignored.append(
            f"its other keys hold {len(extra):,} characters and were dropped: give at most {_LONGEST_EXTRA:,}"
        )
        return None
    return extra


class _TooDeepError(ValueError):
    pass


def _storable(value: Any, level: int = 0) -> Any:
    """The value without what JSON in a database cannot hold. Raises _TooDeepError beyond _MOST_LEVELS."""
    if level > _MOST_LEVELS:
        raise _TooDeepError
    if isinstance(value, str):
        return _without_user(sound(value))
    if isinstance(value, dict):
        return {sound(str(key)): _storable(item, level + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(item, level + 1) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _without_user(text: str) -> str:
    """The text, where it is an address without the user information, which may be a password."""
    return _USER_INFORMATION.sub(r"\1", text.strip()) if _ADDRESS.match(text) else text


def _own_id(found: Found, cluster_id: str) -> str:
    """The id of a record that has none: the file's name, and for one of many the hash of its text.

    Its line would not do: when the file grows at the top, each record would pass for a new version of another.
    """
    return found.file.name if found.line is None else f"{found.file.name}:{cluster_id}"


def _refused(found: Found, text: object, source: str, source_id: str | None, reason: str) -> Refused:
    sample = sound(text[:SAMPLE_LENGTH]) if isinstance(text, str) else None
    return Refused(found.file.origin, reason, found.line, source_id, sample, source)


def _kind(value: object) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return kinds.get(type(value), f"of type {type(value).__name__}")
