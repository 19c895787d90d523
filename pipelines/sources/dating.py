"""What is to be told once a file about the times of publication in it, and not once a record.

How a time is read belongs to `published`, which key holds it to `mapping`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines.sources.mapping import Mapped, shown_keys

_MOST_KEYS = 100  # remembered
_LONGEST_VALUE = 40  # characters shown


@dataclass(slots=True)
class Dating:
    """Which keys the records of a file have where none has one for its time, and which guesses of one were wrong."""

    dated: bool = False  # whether any record has a key for its time of publication
    keys: dict[str, None] = field(default_factory=dict)
    wrong: dict[str, tuple[object, bool]] = field(default_factory=dict)  # by key: a value, whether it has others

    def see(self, record: Mapping[str, Any], mapped: Mapped) -> None:
        """Takes note of a record."""
        if "published_at" in mapped.keys:
            self.dated = True
        elif not self.dated and len(self.keys) < _MOST_KEYS:
            self.keys |= dict.fromkeys(map(str, record))

    def see_wrong(self, key: str, value: object) -> None:
        """Takes note of a value that is no time, of a key that was guessed to hold one."""
        first, more = self.wrong.get(key, (value, False))
        self.wrong[key] = (first, more or first != value)

    def notes(self, called: str | None, date_format: str | None) -> Iterator[str]:
        """What is to be said. `called`: what a key is called there (`column`), None where none need give a time."""
        if called and not self.dated and self.keys:
            yield (
                f"no {called} gives the time of publication ({called}s: {shown_keys(self.keys)}): "
                "the articles are undated; name one under mapping in the sources file"
            )
        for key, (value, more) in self.wrong.items():
            shown = f"{value!r:.{_LONGEST_VALUE}}" + ", …" * more
            kinds = f"ISO 8601, RFC 2822 or {date_format}" if date_format else "ISO 8601 or RFC 2822"
            mend = "mend" if date_format else "give"
            told = f"`{key}` ({shown}) is no date in {kinds}: those articles are undated"
            yield f"{told}; {mend} date_format in the sources file"
