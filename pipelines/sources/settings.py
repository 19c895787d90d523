"""What a reader of sources may be told: zones, limits, what columns mean. Homes belong to `pipelines/settings.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from pipelines.sources.published import require_date_format

# An article of 2,000,000 characters would fill a thousand pages of newsprint: it is a dump, or no article.
LONGEST_ARTICLE = 2_000_000  # characters
MOST_LINES = 100_000  # of an article: each takes a kilobyte and more of memory, however short it is
FIELDS = ("id", "url", "title", "text", "published_at", "source", "author")  # of a record


@dataclass(frozen=True)
class SourceSettings:
    """How to read sources. For one source with its own zone, name or columns: `dataclasses.replace`.

    Raises ValueError for a time zone that the IANA database does not have, for a mapping of no field, and for a
    format of no day.
    """

    timezone: str = "UTC"  # of a time without an offset
    timezones: Mapping[str, str] = field(default_factory=dict)  # by source, where it differs
    longest_article: int = LONGEST_ARTICLE  # characters; longer ones are rejected
    most_lines: int = MOST_LINES  # articles of more are rejected
    source: str | None = None  # of records that name none; else the site, or the folder's or file's name
    mapping: Mapping[str, str] = field(default_factory=dict)  # by field: the key or column that holds it
    date_format: str | None = None  # of strptime, for times of publication in neither ISO 8601 nor RFC 2822

    def __post_init__(self) -> None:
        for name in (self.timezone, *self.timezones.values()):
            try:
                ZoneInfo(name)
            except (OSError, KeyError, ValueError) as error:
                raise ValueError(f"{name!r} is no time zone: give a name such as UTC or Europe/Istanbul") from error
        for name in self.mapping:
            if name not in FIELDS:
                raise ValueError(f"{name!r} is no field of an article: map {', '.join(FIELDS)}")
        if self.date_format is not None:
            require_date_format(self.date_format)

    def zone(self, source: str) -> ZoneInfo:
        """The time zone of a source."""
        return ZoneInfo(self.timezones.get(source, self.timezone))
