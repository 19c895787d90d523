"""Which headers and parameters carry a secret, by their names. What becomes of secrets belongs to `secrets`."""

import re
from functools import cache

from transforms.reference import table

_WORD_BEGINS = re.compile(r"[-.]|(?<=[a-z0-9])(?=[A-Z])")


def names_secret(name: str) -> bool:
    """Whether the value under a name is a secret: Authorization, X-Api-Key, access_token; not author, keyword."""
    plain = f"_{_WORD_BEGINS.sub('_', name)}".lower()
    return f"_{name}".lower().endswith(_words()) or plain.endswith(_words())


@cache
def _words() -> tuple[str, ...]:
    return tuple(f"_{row['word']}" for row in table("secret_names"))
