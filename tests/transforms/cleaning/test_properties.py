"""What holds for any text whatever: no exception, exact offsets, order, stability."""

from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.cleaning import clean, to_raw

PIECES = st.one_of(
    st.characters(),  # lone surrogates too
    st.sampled_from(list(" \t\n\r\x85\xa0\u200b\xad.!?\"'”’…\x92\ud800Ã©\u2028\ufeff\x00")),
    st.sampled_from(
        ["â€™", "Ã©", "Â ", "Ã¢â‚¬â„¢", "\r\n", " U.S. The ", "He met Mr. Li. ", "Read more: x", "(RELATED: x y z)"]
    ),
    st.sampled_from(["&amp;", "&#8217;", "&nbsp;", "&amp;nbsp;", "&lt;", "&#0;", "&#xD800;", "&NewLine;", "&zwj;"]),
    st.sampled_from(["Advertisement\n", "OSLO (Example) - The", "Most viewed\n", "Dear readers,\n", "1. ", "... "]),
)
TEXTS = st.lists(PIECES, max_size=80).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_is_cleaned(raw: str) -> None:
    cleaned = clean("t", raw)
    text = cleaned.text
    text.encode("utf-8")

    # The segments cover the clean text and go forward in the raw one.
    end = raw_end = 0
    for segment in cleaned.segments:
        assert segment.start == end < segment.end
        assert raw_end <= segment.raw_start <= segment.raw_end <= len(raw)
        end, raw_end = segment.end, segment.raw_end
    assert end == len(text)

    # Lines and sentences are in order, and leave out nothing but white space.
    for spans in (cleaned.lines, cleaned.sentences):
        at = 0
        for span in spans:
            assert at <= span.start < span.end
            assert text[at : span.start].strip() == ""
            assert text[span.start : span.end] == text[span.start : span.end].strip()
            at = span.end
        assert text[at:].strip() == ""
    for sentence in cleaned.sentences:
        assert "\n" not in text[sentence.start : sentence.end]
        assert any(
            line.start <= sentence.start and sentence.end <= line.end and line.kind is sentence.kind
            for line in cleaned.lines
        )
        start, stop = to_raw(cleaned, sentence.start, sentence.end)
        assert 0 <= start < stop <= len(raw)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_clean_text_is_clean(raw: str) -> None:
    once = clean("t", raw)
    again = clean("t", once.text)
    assert again.text == once.text
    assert again.lines == once.lines
    assert again.sentences == once.sentences
    assert to_raw(again, 0, len(again.text)) == (0, len(again.text))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["The", "truce", "held.", "U.S.", "’", "\xa0", " ", "\n", "\r\n", "\t", "\u200b"])).map(
        "".join
    )
)
def test_offsets_are_exact_where_nothing_was_mended(raw: str) -> None:
    cleaned = clean("t", raw)
    for start, char in enumerate(cleaned.text):
        raw_start, raw_end = to_raw(cleaned, start, start + 1)
        origin = raw[raw_start:raw_end]
        assert origin == char or (char.isspace() and origin.isspace())
