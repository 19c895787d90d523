"""Encoding damage and white space are mended, and every clean offset leads back to the raw text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.cleaning import clean, to_raw
from transforms.cleaning.normalise import normalise


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("The truce holds.", "The truce holds."),
        ("  The  truce\t holds. \r\n", "The truce holds."),
        ("One\r\nTwo\rThree\u2028Four", "One\nTwo\nThree\nFour"),
        ("One\n\n\n\nTwo", "One\n\nTwo"),
        ("\n\n  \nOne\n", "One"),
        ("on\xa0Oct.\u202f13", "on Oct. 13"),
        ("Erdog\u0306an", "Erdoğan"),
        ("cease\xadfire, \u200bsigned\x00 \x07today\ufeff", "ceasefire, signed today"),
        ("The ministerâ€™s visit to MontrÃ©al", "The minister’s visit to Montréal"),
        ("\x93We agree,\x94 he said", "“We agree,” he said"),
        ("Doe&#8217;s &quot;truce&quot; &amp; pact&nbsp;&ndash; signed", 'Doe’s "truce" & pact – signed'),
        ("Q&amp;amp;A, R&D, a&b; &copy=1 &copyright; &#x2014;", "Q&A, R&D, a&b; &copy=1 &copyright; —"),
        ("a lone \ud800 surrogate", "a lone \ufffd surrogate"),
        ("", ""),
        (" \n\t ", ""),
    ],
)
def test_damage_is_mended(raw: str, expected: str) -> None:
    assert normalise(raw)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "‘Single’, “double”, „low“ and «angled» quotes — and – dashes…",
        "Wide Ａ, ligature ﬁ, ﹣ and emoji 👩‍🚀",
        "Zażółć gęślą jaźń; Türkiye, Erdoğan, Şanlıurfa, Łódź; Москва; 北京; القاهرة",
    ],
)
def test_what_is_not_damage_stays(text: str) -> None:
    assert normalise(text)[0] == text


def spans(raw: str, *words: str) -> list[str]:
    """What stands in the raw text where the clean text has the words."""
    cleaned = clean("t", raw)
    found = []
    for word in words:
        start = cleaned.text.index(word)
        raw_start, raw_end = to_raw(cleaned, start, start + len(word))
        found.append(raw[raw_start:raw_end])
    return found


def test_offsets_lead_back_through_white_space_and_unseen_characters() -> None:
    raw = "\ufeff  The\xa0\xa0truce \r\n\r\n\r\n was\t cease\xadfire \u200b signed.  "
    assert spans(raw, "The", "truce", "was", "signed.") == ["The", "truce", "was", "signed."]
    assert spans(raw, "ceasefire") == ["cease\xadfire"]


def test_offsets_lead_back_word_by_word_where_a_line_was_mended() -> None:
    raw = "Sound line.\nThe ministerâ€™s visit to MontrÃ©al ended.\nLast line."
    assert spans(raw, "minister’s", "Montréal", "ended.") == ["ministerâ€™s", "MontrÃ©al", "ended."]
    assert spans(raw, "nister’s") == ["ministerâ€™s"]  # inside a mended stretch the span widens to all of it
    assert spans(raw, "Sound line.", "Last line.") == ["Sound line.", "Last line."]


def test_offsets_lead_back_through_entities() -> None:
    raw = "Sound line.\nDoe&#8217;s&nbsp;truce &amp;\u00a0pact, said R&D chief.\nLast line."
    assert spans(raw, "Doe’s", "truce", "&", "pact,", "chief.") == [
        "Doe&#8217;s",
        "truce",
        "&amp;",
        "pact,",
        "chief.",
    ]
    assert spans(raw, "Last line.") == ["Last line."]


def test_the_whole_clean_text_leads_to_the_raw_text_without_its_margins() -> None:
    raw = " \nFirst line.\r\nSecond\xa0line. \n"
    cleaned = clean("t", raw)
    start, end = to_raw(cleaned, 0, len(cleaned.text))
    assert raw[start:end] == "First line.\r\nSecond\xa0line."
    assert to_raw(clean("t", ""), 0, 0) == (0, 0)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (0, 99)])
def test_a_span_outside_of_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="is no span of a clean text"):
        to_raw(clean("t", "The truce holds."), start, end)


@given(st.text(st.sampled_from("a.Z9 \t~‘’“”–—…\xa0")))
def test_common_signs_are_no_damage_however_they_stand(line: str) -> None:
    assert normalise(line)[0] == " ".join(line.split())
