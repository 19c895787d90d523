"""What a site's robots.txt allows (RFC 9309), read with protego. How it is fetched and kept belongs to `client`."""

from dataclasses import dataclass
from functools import lru_cache

from protego import Protego

AGENT = "Parley"
MOST_BYTES = 512_000  # RFC 9309, 2.5: at least 500 KiB must be read, the rest may be left
LONGEST_DELAY = 30.0  # seconds of a Crawl-delay that are obeyed
FRESH_SECONDS = 86_400.0  # RFC 9309, 2.4: a copy should not be used longer than a day


@dataclass(frozen=True)
class Rules:
    """The rules of one site. `text` is None where the file could not be reached: then nothing is allowed (2.3.1.4)."""

    text: str | None

    def allows(self, address: str) -> bool:
        """Whether an address of the site may be fetched."""
        return self.text is not None and bool(_parse(self.text).can_fetch(address, AGENT))

    @property
    def delay(self) -> float:
        """Seconds that the site wants between two requests."""
        wanted = _parse(self.text).crawl_delay(AGENT) if self.text else None
        return min(LONGEST_DELAY, max(0.0, float(wanted or 0.0)))


def rules(status: int, body: bytes) -> Rules:
    """The rules of an answer: without the file all is allowed (2.3.1.3), with a faulty server nothing (2.3.1.4)."""
    if status == 200:
        return Rules(body.decode("utf-8", "replace"))
    return Rules(None) if status >= 500 or status == 429 else Rules("")


@lru_cache(maxsize=256)
def _parse(text: str) -> Protego:
    return Protego.parse(text)
