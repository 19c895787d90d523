"""What holds for any text: no failure, exact offsets, days in order, values well formed, the same text the same answer.

That time is linear in the text: test_linear.py.
"""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.dates import Published, annotate, resolve
from transforms.dates.grammar import STAGES, find
from transforms.dates.lexicon import LEXICON, Tokens
from transforms.records import TimeExpression
from transforms.vocabulary import Anchor, TimexType

# The sentences beside the rules reach every rule; torn apart and mixed they reach what lies between the rules.
EXAMPLES = [re.sub(r"[\[\]]", "", e) for stage in STAGES for rule in stage for e in (*rule.yes, *rule.no)]
WORDS = sorted(LEXICON.forms)
ENDS = [date.min, date(1, 12, 31), date.max, date(9999, 1, 1), date(2024, 2, 29), date(2020, 12, 31), date(2021, 1, 1)]
DAYS = st.one_of(st.dates(), st.sampled_from(ENDS))
SPANS = st.tuples(DAYS, DAYS).map(lambda days: Published(min(days), max(days)))
PUBLISHED = st.one_of(st.none(), DAYS.map(lambda day: Published(day, day)), SPANS)


@st.composite
def fragments(draw: st.DrawFn) -> str:
    """Some words of an example in a row."""
    words = draw(st.sampled_from(EXAMPLES)).split()
    first = draw(st.integers(0, len(words) - 1))
    return " ".join(words[first : first + draw(st.integers(1, 6))])


SHAPES = st.sampled_from(
    [
        *("1990s", "'80s", "0s", "9999s", "2022-10-13", "0000-00-00", "9999-12-31", "2022-10-13T25:61", "13/10/2022"),
        *("00/00/0000", "99.99.9999", "10:30", "99:99", "24:00", "3rd", "0th", "9999", "0001", "10000", "1,000,000"),
        *(f"1{',000' * 2}", f"9{',999' * 120}", f"1{'0' * 400}", f"1{',000' * 120}.5"),  # more than a float can hold
        *("0", "00", "½", "0.5", "999999999.999999999", "²", "٣", "१२"),  # digits that are not ASCII, too
    ]
)
NUMBERS = st.one_of(st.integers(0, 99), st.integers(0, 10**12)).map(str)
PIECES = st.one_of(fragments(), st.sampled_from(EXAMPLES), st.sampled_from(WORDS), NUMBERS, SHAPES, st.text(max_size=4))
TEXTS = st.one_of(
    st.text(max_size=200),
    *(st.lists(PIECES, max_size=20).map(joint.join) for joint in (" ", "", ", ", "\n", " of the ", "-")),
)
DATE_VALUE = (
    r"(PAST|PRESENT|FUTURE)_REF"
    r"|[0-9]{2,3}"  # century, decade
    r"|((?!0000)[0-9]{4}|XXXX)(-(([0-9]{2}|XX)(-([0-9]{2}|XX))?|W([0-9]{2}|XX)(-([1-7]|WE))?|Q[1-4X]|H[12X]|SP|SU|FA|WI))?"
)
DURATION_VALUE = r"P([0-9.]+|X)?[A-Z0-9.]*[A-Z]"
VALUES = {
    TimexType.DATE: rf"({DATE_VALUE})(/({DATE_VALUE}))?",
    TimexType.TIME: rf"({DATE_VALUE})(T([0-9]{{2}}(:[0-9]{{2}}){{0,2}}|MO|AF|EV|NI|DT|MI))?",
    TimexType.DURATION: DURATION_VALUE,
    TimexType.SET: rf"{DURATION_VALUE}|({DATE_VALUE})(T(MO|AF|EV|NI|DT))?",
}


def check(text: str, published: Published | None) -> list[TimeExpression]:
    found = annotate(text, published)
    end = 0
    starts: set[int | None] = {e.start for e in found}
    for e in found:
        assert end <= e.start < e.end <= len(text)
        assert e.text == text[e.start : e.end]
        assert e.text == e.text.strip()
        assert re.fullmatch(VALUES[e.type], e.value), (e.type, e.value)
        assert (e.start_date is None) == (e.end_date is None) == (e.precision is None)
        if e.start_date and e.end_date:
            assert date.min <= e.start_date <= e.end_date <= date.max
        assert (e.anchor_start is not None) <= (e.anchor is Anchor.EXPRESSION)
        assert e.anchor_start in {None, *starts}
        assert e.direction in (None, -1, 1)
        assert (e.offset is not None) == (e.direction is not None)
        assert e.anchor is not Anchor.EVENT or e.offset is not None
        assert e.rule
        end = e.end
    assert annotate(text, published) == found
    return found


@settings(max_examples=400, deadline=None)
@given(TEXTS, PUBLISHED)
def test_any_text_and_any_day(text: str, published: Published | None) -> None:
    check(text, published)


@pytest.mark.parametrize("day", [None, *ENDS])
def test_every_example_at_either_end_of_the_calendar(day: date | None) -> None:
    for example in EXAMPLES:
        check(example, Published(day, day) if day else None)
        check(example, Published(date.min, day or date.max))


@settings(max_examples=200, deadline=None)
@given(TEXTS, PUBLISHED, st.tuples(DAYS, DAYS))
def test_an_offset_from_any_event(text: str, published: Published | None, event: tuple[date, date]) -> None:
    first, last = min(event), max(event)
    for e in annotate(text + " a week before the talks, ten thousand years after the accord", published):
        days = resolve(e, (first, last))
        assert days is None or days[0] <= days[1]
        assert days is None or e.anchor is Anchor.EVENT


@settings(max_examples=200, deadline=None)
@given(TEXTS, DAYS, DAYS)
def test_what_both_ends_of_a_span_agree_on_is_known(text: str, a: date, b: date) -> None:
    first, last = (annotate(text, Published(day, day)) for day in (min(a, b), max(a, b)))
    known = annotate(text, Published(min(a, b), max(a, b)))
    assert len(known) == len(first) == len(last)
    assert all(k == f for k, f, la in zip(known, first, last, strict=True) if f == la)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_the_tokens_are_the_text(text: str) -> None:
    tokens = Tokens(text)
    at = 0
    for node in map(tokens.node, range(len(tokens))):
        assert not text[at : node.start].strip()
        assert text[node.start : node.end] == tokens.form(node.first)
        at = node.end
    assert not text[at:].strip()
    assert text.count("\n") == sum(tokens.form(i) == "\n" for i in range(len(tokens)))


@settings(max_examples=50, deadline=None)
@given(TEXTS, st.lists(TEXTS, max_size=3), DAYS)
def test_the_answer_hangs_on_no_text_before(text: str, others: list[str], day: date) -> None:
    published = Published(day, day)
    first = annotate(text, published)
    for other in others:
        annotate(other, published)
    assert annotate(text, published) == first
    LEXICON.symbols.clear()  # nor on what the cache of words holds
    assert annotate(text, published) == first


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(EXAMPLES), min_size=2, max_size=4))
def test_what_is_found_hangs_on_its_own_paragraph(examples: list[str]) -> None:
    """No expression crosses a line end, and none is found otherwise because of another paragraph."""
    apart = [e.rule for example in examples for e in find(Tokens(f"\n{example}\n"))]
    assert [e.rule for e in find(Tokens("\n\n".join(["", *examples, ""])))] == apart
