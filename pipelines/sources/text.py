"""Plain text: a file is an article. Front matter belongs to `markdown`."""

import re
from collections.abc import Iterator

from pipelines.sources.decoding import Decoded, NotTextError, decode
from pipelines.sources.formats import SAMPLE_LENGTH, Found, Refused, SourceFile
from pipelines.sources.settings import SourceSettings

_BYTES_PER_CHARACTER = 4  # at the most, in UTF-8, UTF-16 and UTF-32
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)


def read_text(file: SourceFile, settings: SourceSettings) -> Iterator[Found | Refused]:
    """The article of a text file. Raises OSError where it cannot be read."""
    decoded = read_decoded(file, settings)
    if isinstance(decoded, Refused):
        yield decoded
    else:
        yield Found(file, {"text": decoded.text}, source=file.folder, decoded_as=decoded.decoded_as)


def read_decoded(file: SourceFile, settings: SourceSettings) -> Decoded | Refused:
    """The text of a whole file, of which no more is read than an article may be long. Raises OSError."""
    most = settings.longest_article * _BYTES_PER_CHARACTER
    with file.path.open("rb") as stream:
        data = stream.read(most + 1)
    if not data:
        return Refused(file.origin, "is empty: give a file that holds an article")
    if len(data) > most:
        return Refused(
            file.origin,
            f"holds more than {most:,} bytes, too much for an article of at most {settings.longest_article:,} "
            "characters: split it into articles, for instance as JSON Lines",
        )
    try:
        decoded = decode(data)
    except NotTextError as error:
        return Refused(file.origin, str(error))
    if _HTML.match(decoded.text):
        reason = "holds an HTML page, not plain text: give the article's text"
        return Refused(file.origin, reason, sample=decoded.text[:SAMPLE_LENGTH])
    return decoded
