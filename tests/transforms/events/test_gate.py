"""The word gate admits what may tell an event, and who the people in it are."""

from pathlib import Path

from benchmarks.gate import OURS, of_corpus, of_gold
from transforms.cleaning import clean
from transforms.events.gate import admit, telling
from transforms.identity import text_id


def admitted(text: str) -> list[str]:
    article = clean(text_id(text), text)
    return [article.text[article.sentences[i].start : article.sentences[i].end] for i in admit(article)]


def test_nothing_is_admitted_without_a_trigger_word() -> None:
    assert admitted("Storm hits the coast\nA storm hit the coast on Monday. Trees fell on the roads.") == []


def test_trigger_lead_headline_and_the_two_sentences_before() -> None:
    filler = "The road is long and dusty. The bakery opens at six. Prices rose by a tenth. Nobody was hurt."
    text = (
        f"Envoys return to the capital\nThe envoys are back in town after a week.\n{filler} The two sides held talks."
    )
    assert admitted(text) == [
        "Envoys return to the capital",
        "The envoys are back in town after a week.",
        "Prices rose by a tenth.",
        "Nobody was hurt.",
        "The two sides held talks.",
    ]


def test_the_sentence_that_names_a_person_in_full() -> None:
    text = (
        "The lead says little.\nForeign Minister Hakan Fidan arrived at noon. It rained. The airport was closed. "
        "Flights were late. Buses ran. Fidan held talks in the evening."
    )
    assert "Foreign Minister Hakan Fidan arrived at noon." in admitted(text)


def test_boilerplate_is_never_admitted() -> None:
    text = "The ministers met in Oslo on Monday.\nSign up for our newsletter on peace talks and summits."
    assert not any("newsletter" in sentence for sentence in admitted(text))


def told(text: str) -> list[str]:
    article = clean(text_id(text), text)
    return [article.text[article.sentences[i].start : article.sentences[i].end] for i in sorted(telling(article))]


def test_sentences_that_go_on_about_a_truce_or_a_meeting_are_telling() -> None:
    truce = "The truce began on Friday. It was extended on Sunday. The bakery opens at six."
    assert told(truce) == ["The truce began on Friday.", "It was extended on Sunday."]
    talks = "A fifth round of talks was held in May. A sixth, planned for June, was called off."
    assert len(told(talks)) == 2
    # "it" takes up a truce, not a meeting
    assert told("The envoys held talks in May. It was extended on Sunday.") == ["The envoys held talks in May."]


def test_every_annotated_event_has_a_telling_sentence() -> None:
    found = of_gold(*OURS)
    assert found.events_telling == found.events
    # the others have no word for the event: "Putin asked for guarantees"
    assert found.telling / found.evidence >= 0.9
    assert found.parsed / found.evidence >= 0.98


def test_every_event_of_the_shared_gold_has_a_telling_sentence(shared: Path) -> None:
    gold = shared / "gold"
    for name, articles in (("seeds", shared / "seeds"), *((n, gold / n / "articles.jsonl") for n in ("dev", "own"))):
        found = of_gold(gold / name, articles)
        assert found.events_telling == found.events, name
        assert found.telling / found.evidence >= 0.9, name


def test_few_sentences_of_mixed_news_are_telling(shared: Path) -> None:
    found = of_corpus(shared / "corpus" / "news-2000.jsonl.gz", every=8)
    assert found.articles == 250
    assert found.telling / found.sentences <= 0.06
