"""The rules that label lines, read from `seeds/reference/boilerplate.yaml`. Applying them belongs to `lines`."""

import re
from collections.abc import Callable, Iterable, Iterator
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
    found: Callable[[str], re.Match[str] | None]  # the pattern, looked for where `at` says
    longest: int
    words: tuple[str, ...]
    first: bool
    positive: tuple[str, ...]
    negative: tuple[str, ...]

    def labels(self, line: str, lowered: str) -> bool:
        """Whether the rule labels the line; `lowered` is the line in small letters."""
        return any(Chosen([self], lowered).labelling(line, lowered))

    def cut(self, match: re.Match[str]) -> tuple[int, int]:
        """What a match of a rule that looks inside a line labels: its group `cut` where it has one, else all of it."""
        return match.span("cut") if match.groupdict().get("cut") else match.span()


class Chosen:
    """Those of some rules that may label a line of a text: most of what rules ask for is nowhere in it. `lowered` is
    the text in small letters."""

    def __init__(self, some: Iterable[Rule], lowered: str) -> None:
        held = ((rule, tuple(word for word in rule.words if word in lowered)) for rule in some)
        self._tried = [(rule.longest, words, rule.found, rule) for rule, words in held if words or not rule.words]

    def labelling(self, line: str, lowered: str) -> Iterator[Rule]:
        """The rules that label a line of the text, in order; `lowered` is the line in small letters."""
        length = len(line)
        for longest, words, found, rule in self._tried:
            if length <= longest and (not words or any(map(lowered.__contains__, words))) and found(line):
                yield rule


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of boilerplate.yaml, in their order. Raises ValueError for a rule that is not well formed."""
    return tuple(_rule(entry) for entry in reference.document("boilerplate")["rules"])


def _rule(entry: dict[str, object]) -> Rule:
    name, at = str(entry["name"]), str(entry["at"])
    words = _strings(entry.get("words", []))
    if at not in _PLACES:
        raise ValueError(f"boilerplate.yaml: rule {name}: `at` is {at!r}")
    if at in {"anywhere", "inside"} and not words:
        raise ValueError(f"boilerplate.yaml: rule {name}: a rule that looks anywhere needs `words`")
    flags = re.NOFLAG if entry.get("case", False) else re.IGNORECASE
    pattern = re.compile(_wrapped(at, str(entry["pattern"]).splitlines()), flags)
    return Rule(
        name=name,
        kind=LineKind(str(entry["kind"])),
        at=at,
        pattern=pattern,
        found=_found(at, pattern),
        longest=int(str(entry.get("longest", _LONGEST_DEFAULT))),
        words=words,
        first=bool(entry.get("first", True)),
        positive=_strings(entry["positive"]),
        negative=_strings(entry["negative"]),
    )


def _found(at: str, pattern: re.Pattern[str]) -> Callable[[str], re.Match[str] | None]:
    if at in {"whole", "list", "appeal"}:
        return pattern.fullmatch
    return pattern.match if at == "start" else pattern.search


def _wrapped(at: str, alternatives: list[str]) -> str:
    """One expression of all the alternatives, with what may stand around a line."""
    # Where all begin with a word, places within words are passed over at once.
    edge = r"\b" if all(alternative.startswith(r"\b") for alternative in alternatives) else ""
    pattern = edge + "(?:" + "|".join(f"(?:{alternative[len(edge) :]})" for alternative in alternatives) + ")"
    if at in {"anywhere", "inside"}:
        return pattern
    return rf"[-–—*•|>»(\[\s]{{0,4}}{pattern}" + ("" if at == "start" else r"\W*")


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(f"boilerplate.yaml: a list is wanted, not {value!r}")
    return tuple(str(item) for item in value)
