"""The rules that label lines, read from `seeds/reference/boilerplate.yaml`. Applying them belongs to `lines`."""

import re
from dataclasses import dataclass
from functools import cache

from transforms import reference
from transforms.vocabulary import LineKind

_LONGEST_DEFAULT = 200  # characters of a line
_PLACES = frozenset({"whole", "start", "anywhere", "inside", "list", "appeal"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of boilerplate.yaml; `at` says where its pattern stands and what it labels."""

    name: str
    kind: LineKind
    at: str
    pattern: re.Pattern[str]
    longest: int
    words: tuple[str, ...]
    first: bool
    positive: tuple[str, ...]
    negative: tuple[str, ...]

    def labels(self, line: str, lowered: str) -> bool:
        """Whether the rule labels the line; `lowered` is the line in small letters."""
        if len(line) > self.longest or (self.words and not any(word in lowered for word in self.words)):
            return False
        if self.at in {"whole", "list", "appeal"}:
            return self.pattern.fullmatch(line) is not None
        if self.at == "start":
            return self.pattern.match(line) is not None
        return self.pattern.search(line) is not None

    def cut(self, match: re.Match[str]) -> tuple[int, int]:
        """What a match of a rule that looks inside a line labels: its group `cut` where it has one, else all of it."""
        return match.span("cut") if match.groupdict().get("cut") else match.span()


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of boilerplate.yaml, in their order. Raises ValueError for a rule that is not well formed."""
    return tuple(_rule(entry) for entry in reference.document("boilerplate")["rules"])


def _rule(entry: dict[str, object]) -> Rule:
    name, at = str(entry["name"]), str(entry["at"])
    words = _strings(entry.get("words", []))
    if at not in _PLACES:
        raise ValueError(f"boilerplate.yaml: rule {name}: `at` is {at!r}")
    if (at in {"anywhere", "inside"}) != bool(words):
        raise ValueError(f"boilerplate.yaml: rule {name}: `words` belong to rules that look anywhere, and only there")
    flags = re.NOFLAG if entry.get("case", False) else re.IGNORECASE
    return Rule(
        name=name,
        kind=LineKind(str(entry["kind"])),
        at=at,
        pattern=re.compile(_wrapped(at, str(entry["pattern"]).splitlines()), flags),
        longest=int(str(entry.get("longest", _LONGEST_DEFAULT))),
        words=words,
        first=bool(entry.get("first", True)),
        positive=_strings(entry["positive"]),
        negative=_strings(entry["negative"]),
    )


def _wrapped(at: str, alternatives: list[str]) -> str:
    """One expression of all the alternatives, with what may stand around a line."""
    pattern = "|".join(f"(?:{alternative})" for alternative in alternatives)
    if at in {"anywhere", "inside"}:
        return pattern
    return rf"[-–—*•|>»(\[\s]{{0,4}}(?:{pattern})" + ("" if at == "start" else r"\W*")


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(f"boilerplate.yaml: a list is wanted, not {value!r}")
    return tuple(str(item) for item in value)
