"""A JSON file that is one document: an article, or a list of articles. It is read whole, so it may not be large.

JSON Lines, of any size, belong to `jsonl`.
"""

from collections.abc import Iterator
from typing import Any

from pipelines.sources.decoding import NotTextError, decode
from pipelines.sources.formats import SAMPLE_LENGTH, Found, Refused, SourceFile, read_whole
from pipelines.sources.jsonl import BYTES_PER_CHARACTER, load_json
from pipelines.sources.mapping import find_fields
from pipelines.sources.settings import SourceSettings


def read_json(file: SourceFile, settings: SourceSettings) -> Iterator[Found | Refused]:
    """The records of a JSON document; `line` counts those of a list. Raises OSError, DamagedError."""
    data = read_whole(file, settings.longest_article * BYTES_PER_CHARACTER)
    if isinstance(data, Refused):
        yield Refused(file.origin, f"{data.reason} (jq -c '.[]')" if "too much" in data.reason else data.reason)
        return
    try:
        decoded = decode(data)
        content = load_json(decoded.text)
    except NotTextError as error:
        yield Refused(file.origin, str(error))
        return
    except ValueError as error:
        sample = data[:SAMPLE_LENGTH].decode("utf-8", "replace")
        yield Refused(file.origin, f"the JSON {error}: mend it, or give one object a line (.jsonl)", sample=sample)
        return
    source = settings.source or file.stem
    records = _records(content, settings)
    if isinstance(records, dict):
        yield Found(file, records, source, decoded_as=decoded.decoded_as)
        return
    for number, record in enumerate(records, 1):
        if isinstance(record, dict):
            yield Found(file, record, source, number, decoded.decoded_as)
        else:
            yield Refused(file.origin, "the item is no object: give {…} with at least a text", number)
    if not records:
        yield Refused(file.origin, "holds no object: give articles as {…} with at least a text")


def _records(content: Any, settings: SourceSettings) -> dict[str, Any] | list[Any]:
    """The list of records; one that stands alone under a key of an object (`articles`) is what the object is for."""
    if not isinstance(content, dict):
        return content if isinstance(content, list) else []
    lists = [value for value in content.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
    has_text = "text" in find_fields(content, settings.mapping).keys
    return lists[0] if len(lists) == 1 and not has_text else content
