"""The language that rules are written in, and the scan: where rules can begin, and which of them wins."""

import re
from typing import Any

import pytest

from transforms.dates.grammar import STAGES
from transforms.dates.lexicon import LEXICON, Tokens
from transforms.dates.patterns import Rule, translate, translated
from transforms.dates.scan import Stage


def first_words(pattern: str) -> set[str]:
    return {LEXICON.spelling[symbol] for symbol in translated(pattern).first}


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("last week", {"last"}),
        ("the? last week", {"the", "last"}),
        ("(the | a)? (last | next) week", {"the", "a", "last", "next"}),
        ("@n(last | the next) week | soon", {"last", "the", "soon"}),
        ("(?<= in) the (?! end) week", {"the"}),
        ("(?! the) (last){0,2} week", {"last", "week"}),
        ("(last){1,2} week", {"last"}),
        ("FUTURE after", {"soon", "shortly"}),
    ],
)
def test_with_which_words_a_pattern_can_begin(pattern: str, words: set[str]) -> None:
    assert first_words(pattern) == words


@pytest.mark.parametrize("pattern", ["the? last?", "(last | (next)?)", "(?<= in)", "", "(last){0,3}"])
def test_a_rule_that_can_match_nothing_is_refused(pattern: str) -> None:
    assert translated(pattern).empty
    with pytest.raises(ValueError, match="the rule idle matches nothing"):
        Stage([Rule("idle", pattern, lambda _: None)])


@pytest.mark.parametrize("pattern", ["last+", "last*", "(last){1,}", "last ]", "(last", "last)", "? last", "{0,1}"])
def test_what_the_language_does_not_have_is_refused(pattern: str) -> None:
    """Repeats without end among it: they are how matching comes to take longer than the text is long."""
    with pytest.raises(ValueError, match=re.escape(pattern.lstrip("last"))):
        translate(pattern)


def test_a_macro_is_read_where_it_stands_and_an_unknown_one_refused() -> None:
    assert first_words("{dunit} ago") >= {"day", "week", "year"}
    with pytest.raises(ValueError, match="no macro no_such"):
        translate("last {no_such}")


def test_the_scan_finds_what_trying_each_rule_at_each_symbol_finds() -> None:
    examples = "\n".join(e for stage in STAGES for rule in stage for e in (*rule.yes, *rule.no))
    symbols = Tokens(re.sub(r"[\[\]]", "", examples)).symbols
    for rules in STAGES:
        compiled = [(rule, re.compile(translate(rule.pattern))) for rule in rules]
        expected: dict[int, list[tuple[str, int]]] = {}
        for at in range(len(symbols)):
            matches = [(rule.name, match.end()) for rule, pattern in compiled if (match := pattern.match(symbols, at))]
            if matches:
                expected[at] = sorted(matches, key=lambda match: -match[1])
        found: dict[int, Any] = {}
        for at, group in Stage(rules).places(symbols):
            if matches := [(rule.name, match.end()) for rule, match in group.matches(symbols, at)]:
                found[at] = matches
        assert found == expected
