"""The word gate admits what may tell an event, and who the people in it are."""

from transforms.cleaning import clean
from transforms.events.gate import admit
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
