"""The word gate admits what may tell an event, and who the people in it are."""

from pathlib import Path

from benchmarks.gate import OURS, of_corpus, of_gold
from transforms.cleaning import clean
from transforms.events.admitting import parse
from transforms.events.gate import SHORT, telling
from transforms.identity import text_id


def admitted(text: str) -> list[str]:
    article = clean(text_id(text), text)
    [parsed] = parse(None, [article])
    return [article.text[article.sentences[i].start : article.sentences[i].end] for i in parsed.sentences]


def test_nothing_is_admitted_without_a_trigger_word() -> None:
    assert admitted("Storm hits the coast\nA storm hit the coast on Monday. Trees fell on the roads.") == []


def test_trigger_lead_headline_and_the_two_sentences_before() -> None:
    filler = "The road is long and dusty. The bakery opens at six. Prices rose by a tenth. Nobody was hurt."
    lead = "Envoys return to the capital\nThe envoys are back in town after a week."
    text = f"{lead}\n{filler} Macron held talks with Scholz."
    assert admitted(text) == [
        "Envoys return to the capital",
        "The envoys are back in town after a week.",
        "Prices rose by a tenth.",
        "Nobody was hurt.",
        "Macron held talks with Scholz.",
    ]


def test_the_sentence_that_names_a_person_in_full() -> None:
    text = (
        "The lead says little.\nForeign Minister Hakan Fidan arrived at noon. It rained. The airport was closed. "
        "Flights were late. Buses ran. Fidan held talks with Iran in the evening."
    )
    assert "Foreign Minister Hakan Fidan arrived at noon." in admitted(text)


def test_nothing_is_read_around_a_word_that_names_no_event() -> None:
    noise = "Envoys of Peru and Chile are in town.\nThe week was long and dusty. Prices rose by a tenth. {}"
    assert admitted(noise.format("The builders met the deadline.")) == ["The builders met the deadline."]
    assert admitted(noise.format("The choir met the mayor in the park.")) == ["The choir met the mayor in the park."]
    assert len(admitted(noise.format("Peru's minister met the mayor in the park."))) == 4


def test_what_takes_up_somebody_is_read_with_those_whom_it_may_mean() -> None:
    around = "The president of Peru and his Chilean guest had been at odds. They spoke twice last week."
    assert len(admitted(f"It was a long week. {around}")) == 3
    assert admitted("The weather was fine. They spoke twice last week.") == ["They spoke twice last week."]


def test_sanctions_without_a_target_are_read_with_what_the_article_is_about() -> None:
    about = "Yemen has few roads. Yemen has one port. Yemen's ships are old. The coast of Yemen is long. Nobody came. "
    told = admitted(f"It is hot.\n{about}It rained. It snowed. It froze. The draft threatened sanctions against all.")
    assert {"Yemen has few roads.", "The coast of Yemen is long."} <= set(told)
    assert "Nobody came." not in told


def test_a_long_article_of_one_country_tells_of_no_meeting_between_states() -> None:
    filler = "The road to the harbour is long and dusty, and nobody minds. " * (SHORT // 50)
    assert told(f"{filler}The mayor met the governor of the French bank.") == []
    assert len(told(f"{filler}The mayor of a French town met Chilean bankers.")) == 1
    assert len(told(f"{filler}Vladimir Putin met Xi Jinping in the harbour.")) == 1
    names = "Harbour Road Orchard Lane " * 5_000  # one run of capitals, of which only the end can be a known name
    assert len(told(f"{filler}{names}Vladimir Putin met Xi Jinping in the harbour.")) == 1
    assert len(told(f"{filler}The French rebels agreed a truce.")) == 1


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
    assert found.words_parsed / found.words <= 0.1
