"""The parser: single sentences in, parses out that can be kept and restored."""

import pytest
from spacy.language import Language

from transforms import language
from transforms.cleaning import clean
from transforms.identity import text_id
from transforms.records import CleanText


def article(text: str) -> CleanText:
    return clean(text_id(text), text)


def test_restored_parses_say_what_the_parser_said(nlp: Language) -> None:
    text = article("Macron met Scholz in Paris. It rained. They discussed gas.")
    [parsed] = language.parse_new(None, [text], [[0, 2]])
    first, second = language.restore(parsed, language.vocabulary())
    told = nlp("Macron met Scholz in Paris.")
    assert [(t.text, t.lemma_, t.tag_, t.dep_, t.head.i, t.ent_type_) for t in first] == [
        (t.text, t.lemma_, t.tag_, t.dep_, t.head.i, t.ent_type_) for t in told
    ]
    assert second.text == "They discussed gas."
    assert parsed.sentences == [0, 2]
    assert parsed.words == len(first) + len(second)


def test_text_without_wanted_sentences_has_no_parse() -> None:
    [parsed] = language.parse_new(None, [article("It rained.")], [[]])
    assert parsed.docs is None
    assert len(language.restore(parsed, language.vocabulary())) == 0


def test_kept_parses_are_taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    text = article("Macron met Scholz. They discussed gas.")
    [kept] = language.parse_new(None, [text], [[0, 1]])
    monkeypatch.setattr(language, "load", lambda _model: pytest.fail("nothing is left to parse"))
    [again] = language.parse_new(None, [text], [[1]], [kept])
    assert [doc.text for doc in language.restore(again, language.vocabulary())] == ["They discussed gas."]


def test_texts_and_wanted_sentences_must_match() -> None:
    with pytest.raises(ValueError, match="1 texts"):
        list(language.parse_new(None, [article("It rained.")], []))


def test_a_pipeline_that_is_not_installed_is_named() -> None:
    with pytest.raises(ValueError, match="en_core_web_huge"):
        language.load("en_core_web_huge")


def test_fingerprint_names_model_and_version() -> None:
    told = language.fingerprint()
    assert told.startswith("en_core_web_md-3.8.0-")
    assert told == language.fingerprint()


def test_numpy_multiplies_only_where_it_starts_no_threads(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(language.BLAS_THREADS, "1")
    alone = language.load.__wrapped__()
    monkeypatch.delenv(language.BLAS_THREADS)
    other = language.load.__wrapped__()
    assert [bool(one.get_pipe("ner").model.ops.use_blis) for one in (alone, other)] == [False, True]
    assert nlp.pipe_names == alone.pipe_names
