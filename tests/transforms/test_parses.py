"""Parses that are kept: what comes back is what was packed, as columns and as Docs."""

from spacy.language import Language
from spacy.tokens import Doc

from transforms.language import vocabulary
from transforms.parses import Columns, Parses, columns_of, pack

SENTENCES = ("Macron met Scholz in the U.K. on 3 May.", "“It’s over,” she said.", "Türkiye’s envoy left.")
ASKED: list[int | str] = ["ORTH", "LOWER", "TAG", "POS", "LEMMA", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE", "SPACY"]


def rows(doc: Doc) -> list[list[int]]:
    return [[int(value) for value in row] for row in doc.to_array(ASKED)]


def test_docs_come_back_as_they_were(nlp: Language) -> None:
    docs = [nlp(sentence) for sentence in SENTENCES]
    kept = Parses(pack(docs), vocabulary())
    assert [rows(doc) for doc in kept] == [rows(doc) for doc in docs]
    assert [doc.text for doc in kept] == list(SENTENCES)
    for ours, theirs in zip(kept, docs, strict=True):
        assert [t.left_edge.i for t in ours] == [t.left_edge.i for t in theirs]
        assert [t.is_punct for t in ours] == [t.is_punct for t in theirs]
        assert [(e.start, e.end, e.label_) for e in ours.ents] == [(e.start, e.end, e.label_) for e in theirs.ents]


def test_columns_say_what_the_docs_say(nlp: Language) -> None:
    docs = [nlp(sentence) for sentence in SENTENCES]
    kept = Parses(pack(docs), vocabulary())
    assert kept.columns == [columns_of(doc) for doc in docs]
    for columns, doc in zip(kept.columns, docs, strict=True):
        assert columns.text() == doc.text
        assert columns.text(1, 3) == doc[1:3].text
        assert columns.entities() == [(e.start, e.end, e.label_) for e in doc.ents]


def test_a_doc_is_made_once_and_can_be_replaced(nlp: Language) -> None:
    kept = Parses(pack([nlp(sentence) for sentence in SENTENCES]), vocabulary())
    assert kept[0] is kept[0]
    assert kept[-1].text == SENTENCES[-1]
    other = nlp("It rained.")
    kept.put(1, other)
    assert kept[1:] == [other, kept[2]]
    assert kept.columns[1].words == ["It", "rained", "."]


def test_parses_of_two_vocabularies_are_packed_together(nlp: Language) -> None:
    [old] = Parses(pack([nlp("Hamdok addressed parliament.")]), vocabulary())
    both = Parses(pack([old, nlp("Burhan resigned.")]), vocabulary())
    assert [doc.text for doc in both] == ["Hamdok addressed parliament.", "Burhan resigned."]


def test_no_parse_is_an_empty_sequence() -> None:
    assert list(Parses(None, vocabulary())) == []
    assert Columns([], [], [], [], [], [], [], []).text() == ""
