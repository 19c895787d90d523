"""Secrets of the sources file: `${NAME}` in, the value of the environment out, and never the value into anything kept.

What may hold a secret (`watching.py`) and what is stored where do not belong here.
"""

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_NOT_ENCODED = re.compile(r"(?:[^%]|%(?![0-9A-Fa-f]{2}))+")
# A shorter value stands in ordinary words, and taking it out of all that is stored would tear these to pieces.
SHORTEST = 6  # characters


class SecretError(ValueError):
    """A variable is missing or its value cannot be kept apart; the message names the variable, never the value."""


class Redactor:
    """Puts `${NAME}` where the value of that secret stands, plain, percent-encoded or as HTML entities."""

    def __init__(self, secrets: Iterable[tuple[str, str]] = ()) -> None:
        self._secrets = tuple(secrets)
        forms = {form: name for name, value in self._secrets for form in _forms(value)}
        longest_first = sorted(forms, key=lambda form: (-len(form), form))  # a value may stand within another
        self._patterns = [(re.compile(_any_spelling(form)), f"${{{forms[form]}}}") for form in longest_first]

    def __call__(self, text: str) -> str:
        """The text without the value of any secret."""
        for pattern, name in self._patterns:
            text = pattern.sub(lambda _, name=name: name, text)  # type: ignore[misc]
        return text

    def __bool__(self) -> bool:
        """Whether there is any secret."""
        return bool(self._patterns)

    def everywhere(self, value: Any) -> Any:
        """The same value with every string in it redacted, keys too."""
        if not self._patterns:
            return value
        if isinstance(value, str):
            return self(value)
        if isinstance(value, Mapping):
            return {self.everywhere(key): self.everywhere(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.everywhere(item) for item in value]
        return value

    def knowing(self, name: str, value: str) -> "Redactor":
        """A redactor that knows one more value of a secret's, such as what is made of it."""
        return Redactor((*self._secrets, (name, value)))

    def and_of(self, other: "Redactor") -> "Redactor":
        """A redactor that knows the secrets of both."""
        return Redactor(dict.fromkeys((*self._secrets, *other._secrets)))


def expand(text: str, environment: Mapping[str, str], found: dict[str, str], safe: str | None = None) -> str:
    """The text with each `${NAME}` replaced by its value; the names and values are added to `found`.

    With `safe`, a value is percent-encoded but for those characters, and for what looks encoded already.

    Raises SecretError, with all that is wrong, where a variable is not set, empty, or shorter than SHORTEST.
    """
    wrong: dict[str, None] = {}

    def value(match: re.Match[str]) -> str:
        name = match[1]
        secret = environment.get(name, "")
        if not secret:
            wrong[f"${{{name}}} is not set: export {name} before the run"] = None
        elif len(secret) < SHORTEST:
            wrong[
                f"the value of ${{{name}}} has fewer than {SHORTEST} characters and could not be kept out of what is "
                "stored: write it as it is where it is no secret, else take a longer one"
            ] = None
        found[name] = secret
        return secret if safe is None else _NOT_ENCODED.sub(lambda part: quote(part[0], safe), secret)

    expanded = _REFERENCE.sub(value, text)
    if wrong:
        raise SecretError("; ".join(wrong))
    return expanded


def is_reference(text: str) -> bool:
    """Whether the text is one `${NAME}` and nothing else."""
    return _REFERENCE.fullmatch(text) is not None


def holds_reference(text: str) -> bool:
    """Whether a `${NAME}` stands in the text."""
    return _REFERENCE.search(text) is not None


def holds_broken_reference(text: str) -> bool:
    """Whether a `${` stands in the text that begins no `${NAME}`, and would be sent as it is."""
    return "${" in _REFERENCE.sub("", text)


def _forms(value: str) -> list[str]:
    """The value, decoded where it is percent-encoded, and where it is an address, its telling parts."""
    forms = {value, unquote(value), value.lower()}  # in lower case it stands as part of a host
    if "://" in value:
        parts = urlsplit(value)
        forms |= {unquote(part) for part in (parts.username, parts.password) if part}
        forms |= {item for _, item in parse_qsl(parts.query)} | {parts.path.lstrip("/"), parts.query}
    return [form for form in forms if len(form) >= SHORTEST]


def _any_spelling(value: str) -> str:
    """A pattern for the value in which each character may be percent-encoded (more than once) or an HTML entity."""
    return "".join(_spellings(char) for char in value)


def _spellings(char: str) -> str:
    encoded = "".join(f"%(?:25)*(?i:{byte:02x})" for byte in char.encode("utf-8", "surrogatepass"))
    forms = [re.escape(char), encoded]
    if html.escape(char) != char:
        forms.append(re.escape(html.escape(char)))
    if char == " ":
        forms.append(r"\+")
    if char in '"\\/':
        forms.append(r"\\" + re.escape(char))  # in JSON
    return f"(?:{'|'.join(forms)})"
