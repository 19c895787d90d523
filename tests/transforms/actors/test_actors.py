"""Who is mentioned: persons, states, organisations, groups, and places told apart from governments."""

from collections.abc import Callable
from itertools import pairwise
from time import perf_counter
from typing import Any

import pytest

from transforms.actors import Reference, find_actors
from transforms.parses import columns_of
from transforms.vocabulary import ActorKind

Read = Callable[..., Any]


def test_a_person_has_title_country_and_full_name(read: Read) -> None:
    article = read("Turkish Foreign Minister Hakan Fidan met reporters.", "Fidan said the talks would resume.")
    mention = article.of("Fidan")
    assert mention.names == ("Hakan Fidan",)
    (actor,) = mention.actors
    assert (actor.kind, actor.country_code, actor.cameo_code) == (ActorKind.PERSON, "TUR", "TURGOV")
    assert mention.reference is Reference.NAME


def test_spellings_of_one_person_are_one_actor(read: Read) -> None:
    ids = {
        read(sentence).mentions[0][0].actors[0].actor_id
        for sentence in (
            "President Volodymyr Zelensky arrived on Monday.",
            "President Volodymyr Zelenskiy arrived on Monday.",
            "President Volodymyr Zelenskyy arrived on Monday.",
            "Zelensky arrived on Monday.",
        )
    }
    assert len(ids) == 1


def test_the_family_name_may_stand_first(read: Read) -> None:
    article = read("Kim Jong Un will meet Xi Jinping in Beijing.", "Kim last saw Xi in June.")
    assert article.names("Kim") == ["Kim Jong Un"]
    assert article.names("Xi") == ["Xi Jinping"]


def test_a_surname_that_is_a_country_stays_a_person(read: Read) -> None:
    article = read("Mediator Michael Jordan flew to Cairo.")
    assert "Michael Jordan" in article.actors()
    assert "Jordan" not in article.actors()


@pytest.mark.parametrize(
    ("sentence", "words", "state"),
    [
        ("Russian negotiators walked out on Friday.", "Russian negotiators", "Russia"),
        ("U.S. officials said the text was ready.", "U.S. officials", "United States"),
        ("Moscow said it would attend.", "Moscow", "Russia"),
        ("The Kremlin rejected the offer.", "Kremlin", "Russia"),
        ("Talks with Tehran collapsed.", "Tehran", "Iran"),
        ("Sanctions against Damascus will be eased.", "Damascus", "Syria"),
        ("The Assad government denied the report.", "Assad government", "Syria"),
        ("Ankara's delegation left early.", "Ankara's delegation", "Turkey"),
    ],
)
def test_words_that_stand_for_a_state(read: Read, sentence: str, words: str, state: str) -> None:
    mention = read(sentence).of(words)
    assert mention.names == (state,)
    assert mention.actors[0].kind is ActorKind.STATE
    assert not mention.location


@pytest.mark.parametrize(
    ("sentence", "words", "place"),
    [
        ("The two ministers met in Moscow on Tuesday.", "Moscow", "Moscow"),
        ("The envoy flew to Tehran on Sunday.", "Tehran", "Tehran"),
        ("Fighting spread in Ukraine overnight.", "Ukraine", "Ukraine"),
        ("The Geneva talks were adjourned.", "Geneva", "Geneva"),
        ("Shells fell on the outskirts of Damascus.", "Damascus", "Damascus"),
        ("ANKARA (News) - Turkey closed the border.", "ANKARA", "ANKARA"),
    ],
)
def test_words_that_say_where(read: Read, sentence: str, words: str, place: str) -> None:
    mention = read(sentence).of(words)
    assert mention.location
    assert mention.place == place


def test_two_adjectives_before_one_noun_are_two_states(read: Read) -> None:
    article = read("Russian and Ukrainian negotiators met again.")
    assert set(article.names("Russian and Ukrainian negotiators")) == {"Russia", "Ukraine"}


def test_rebels_and_oppositions_are_not_the_state(read: Read) -> None:
    mention = read("Sudanese rebels rejected the truce.").of("Sudanese rebels")
    assert mention.actors[0].kind is ActorKind.ARMED_GROUP
    article = read("The Syrian opposition delegation arrived on Tuesday.")
    assert article.names("Syrian opposition delegation") == ["Syrian opposition"]


def test_a_group_is_not_the_state_that_backs_it(read: Read) -> None:
    article = read("Iran-backed militias fired rockets on Monday.")
    assert article.names("Iran-backed militias") == ["Iran-backed militias"]


def test_organisations_and_armed_groups_come_from_the_table(read: Read) -> None:
    article = read("The E.U. and NATO urged the M23 and Hezbollah to stop fighting.")
    kinds = {m.actors[0].name: m.actors[0].kind for m in article.mentions[0]}
    assert kinds["European Union"] is ActorKind.ORGANISATION
    assert kinds["NATO"] is ActorKind.ORGANISATION
    assert kinds["M23"] is ActorKind.ARMED_GROUP
    assert kinds["Hezbollah"] is ActorKind.ARMED_GROUP


def test_the_fullest_name_of_an_acronym(read: Read) -> None:
    article = read("The TPLF signed.", "The Tigray People's Liberation Front kept its arms.")
    assert article.names("TPLF", 0) == ["Tigray People's Liberation Front"]


def test_the_west_is_a_bloc_and_a_point_of_the_compass(read: Read) -> None:
    assert "West" in read("The West imposed sanctions on Russia.").actors()
    assert "West" not in read("Snow fell in the west of the country.").actors()


def test_the_media_are_no_party(read: Read) -> None:
    article = read("Lavrov told Reuters and The Moscow Times that no date was set.")
    assert article.actors() == {"Lavrov"}


def test_the_north_needs_its_country(read: Read) -> None:
    assert "North Korea" in read("South Korea and North Korea agreed to talk.", "The North then withdrew.").actors()
    assert "North Korea" not in read("The North has better schools.").actors()


def test_nothing_comes_of_nothing(read: Read) -> None:
    assert find_actors([]) == []
    assert read("").mentions == [[]]
    assert read("It rained all day.").mentions == [[]]


def test_mentions_are_ordered_and_do_not_overlap(read: Read) -> None:
    article = read(
        "Turkish President Recep Tayyip Erdogan and his Russian counterpart, Vladimir Putin, agreed in Sochi that both"
        " sides would keep the truce, U.N. officials and the European Union's envoy said."
    )
    for mentions, doc in zip(article.mentions, article.docs, strict=True):
        assert all(0 <= m.start <= m.head < m.end <= len(doc) for m in mentions)
        assert all(a.end <= b.start for a, b in pairwise(mentions))
        assert all(len(m.actors) == len(m.names) for m in mentions)


def test_an_article_of_thirty_sentences_takes_little_time(read: Read) -> None:
    article = read(*["Russian President Vladimir Putin told the U.S. envoy that both sides would meet in Geneva."] * 30)
    parses = [columns_of(doc) for doc in article.docs]
    started = perf_counter()
    find_actors(parses)
    assert perf_counter() - started < 0.1  # 10 ms on an idle machine
