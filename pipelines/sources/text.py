"""Plain text: a file is an article. Front matter belongs to `markdown`."""

from collections.abc import Iterator

from pipelines.sources.decoding import Decoded, NotTextError, decode
from pipelines.sources.formats import Found, Refused, SourceFile, read_whole
from pipelines.sources.settings import SourceSettings

_BYTES_PER_CHARACTER = 4  # at the most, in UTF-8, UTF-16 and UTF-32


def read_text(file: SourceFile, settings: SourceSettings) -> Iterator[Found | Refused]:
    """The article of a text file. Raises OSError or DamagedError where it cannot be read."""
    decoded = read_decoded(file, settings)
    if isinstance(decoded, Refused):
        yield decoded
    else:
        source = settings.source or file.folder
        yield Found(file, {"text": decoded.text}, source, decoded_as=decoded.decoded_as, guess=False)


def read_decoded(file: SourceFile, settings: SourceSettings) -> Decoded | Refused:
    """The text of a whole file, of which no more is read than an article may be long. Raises OSError, DamagedError."""
    data = read_whole(file, settings.longest_article * _BYTES_PER_CHARACTER)
    if isinstance(data, Refused):
        return data
    try:
        return decode(data)
    except NotTextError as error:
        return Refused(file.origin, str(error))
