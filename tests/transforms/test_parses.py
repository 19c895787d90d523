"""Parses that are kept: what comes back is what was packed, as columns and as Docs."""

from spacy.language import Language
from spacy.tokens import Doc

from transforms.language import vocabulary
from transforms.parses import Columns, Packed, Parses, columns_of, joined, pack

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


def test_what_is_kept_in_several_places_is_packed_as_if_parsed_together(nlp: Language) -> None:
    docs = [nlp(sentence) for sentence in SENTENCES]
    odd, even = Packed.opened(pack(docs[1::2])), Packed.opened(pack(docs[::2]))
    assert even.texts() == [SENTENCES[0], SENTENCES[2]]
    assert joined([(even, 0), (odd, 0), (even, 1)]) == pack(docs)
    assert joined([(odd, 0)]) == pack([docs[1]])
