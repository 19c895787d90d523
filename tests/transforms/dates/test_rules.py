"""Every rule's examples: exactly the bracketed expression is found in a sentence, and nothing in the others."""

import re

import pytest

from transforms.dates.grammar import STAGES, find
from transforms.dates.lexicon import Tokens
from transforms.dates.patterns import Rule, translate

RULES = [rule for stage in STAGES for rule in stage]


def found_in(text: str) -> list[str]:
    return [text[e.start : e.end] for e in find(Tokens(text))]


@pytest.mark.parametrize(
    ("rule", "example"), [(r, e) for r in RULES for e in r.yes], ids=lambda v: getattr(v, "name", v)
)
def test_finds_what_the_example_brackets(rule: Rule, example: str) -> None:
    text = example.replace("[", "").replace("]", "")
    expected = re.findall(r"\[(.*?)\]", example)
    assert [e for e in found_in(text) if e in expected] == expected, f"{rule.name}: found {found_in(text)}"


@pytest.mark.parametrize(
    ("rule", "example"), [(r, e) for r in RULES for e in r.no], ids=lambda v: getattr(v, "name", v)
)
def test_finds_nothing_where_there_is_nothing(rule: Rule, example: str) -> None:
    assert found_in(example) == [], rule.name


def test_every_rule_has_an_example() -> None:
    assert [rule.name for rule in RULES if not rule.yes] == []


def test_no_pattern_repeats_a_group_that_repeats() -> None:
    """Nested quantifiers are how a regular expression comes to backtrack without end."""
    nested = re.compile(r"[*+]\)[*+]")
    assert not [rule.name for rule in RULES if nested.search(translate(rule.pattern))]


def test_a_pattern_that_names_an_unknown_class_is_refused() -> None:
    with pytest.raises(ValueError, match="no class NOSUCH"):
        translate("last NOSUCH")
