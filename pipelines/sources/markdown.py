"""Markdown with YAML front matter: a file is an article, its body the text. The markup of the body stays as it is."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from pipelines.sources.formats import SAMPLE_LENGTH, Found, Refused, SourceFile
from pipelines.sources.settings import SourceSettings
from pipelines.sources.text import read_decoded

_LONGEST_FRONT_MATTER = 65_536  # characters
_OPENING = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\s*(?:[\w-]+[ \t]*:|#|(?:---|\.\.\.)[ \t]*$)", re.MULTILINE)  # a key, a note, its end


class PlainLoader(yaml.SafeLoader):
    """Scalars stay strings as they stand (`id: 007`, `country: NO`), but for nulls; aliases are refused.

    An alias may stand for a hundred million nodes in a file of a few hundred bytes.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012 (as PyYAML declares it)
        first: [resolver for resolver in resolvers if resolver[0] == "tag:yaml.org,2002:null"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases (*name) are not taken")
        return super().compose_node(parent, index)


def read_markdown(file: SourceFile, settings: SourceSettings) -> Iterator[Found | Refused]:
    """The article of a Markdown file; without front matter the whole file is its text. Raises OSError, DamagedError."""
    decoded = read_decoded(file, settings)
    if isinstance(decoded, Refused):
        yield decoded
        return
    try:
        fields, body = split_front_matter(decoded.text)
    except ValueError as error:
        yield Refused(file.origin, str(error), line=1, sample=decoded.text[:SAMPLE_LENGTH])
        return
    yield Found(file, {**fields, "text": body}, source=settings.source or file.folder, decoded_as=decoded.decoded_as)


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The keys of the front matter, and the body without the empty lines around it.

    A text that begins with a rule (`---`) and no key after it has no front matter. Raises ValueError, with a reason,
    for front matter that is not closed, not YAML, or has no keys.
    """
    opening = _OPENING.match(text)
    if not opening or not _FRONT_MATTER.match(text, opening.end()):
        return {}, text.strip("\r\n")
    closing = _CLOSING.search(text, opening.end(), opening.end() + _LONGEST_FRONT_MATTER)
    if not closing:
        raise ValueError(
            f"front matter is not closed within {_LONGEST_FRONT_MATTER:,} characters: end it with a line of ---"
        )
    fields = _parse(text[opening.end() : closing.start()])
    return fields, text[closing.end() :].strip("\r\n")


def _parse(front_matter: str) -> dict[str, Any]:
    try:
        fields = yaml.load(front_matter, Loader=PlainLoader)
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or str(error)
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 2}" if mark else ""
        raise ValueError(
            f"front matter is not YAML ({problem}{where}): mend it; a value that holds a colon wants quotes"
        ) from error
    except RecursionError as error:
        raise ValueError("front matter is nested too deeply: give plain keys and values") from error
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise ValueError("front matter holds no keys: give lines such as `title: Truce extended`")
    return {str(key): value for key, value in fields.items()}
