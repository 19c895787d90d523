"""Every row of the tables of names, titles and nouns does what its column says, in a sentence made with it."""

from collections.abc import Callable

import pytest
from spacy.language import Language

from transforms.actors import Actor, find_actors
from transforms.actors.gazetteer import Sense, lookup
from transforms.actors.titles import named
from transforms.parses import columns_of
from transforms.places import fold
from transforms.reference import split, table
from transforms.vocabulary import ActorKind

Parties = Callable[[str], list[Actor]]
# A sentence for each class of group_nouns.csv
SENTENCES = {
    "state": "Talks with the Russian {} went on in Oslo.",
    "forces": "The Russian {} attacked the town.",
    "armed": "The Russian {} attacked the town.",
    "political": "The Russian {} met in Oslo.",
    "economic": "The EU sanctioned a Russian {}.",
    "body": "The Russian {} met in Oslo.",
}
OF_STATE = {"state", "forces"}
# These are titles, too, and read as such, before the group nouns are looked at.
TITLED = {"warlords", "opposition leaders", "lawmaker", "lawmakers", "senator", "senators"}
TITLED |= {"governor", "governors", "general", "commander"}
BY_PARSER = {"brigadier general"}  # the model takes the first word for a name


@pytest.fixture(scope="module")
def parties(nlp: Language) -> Parties:
    """The actors of a sentence that are not only where something is."""

    def run(sentence: str) -> list[Actor]:
        [mentions] = find_actors([columns_of(nlp(sentence))])
        return [actor for mention in mentions if not mention.location for actor in mention.actors]

    return run


@pytest.mark.parametrize("row", [r for r in table("group_nouns") if r["noun"] not in TITLED], ids=lambda r: r["noun"])
def test_a_group_noun_stands_for_what_its_row_says(parties: Parties, row: dict[str, str]) -> None:
    found = parties(SENTENCES[row["stands_for"]].format(row["noun"]))
    russia = any(actor.kind is ActorKind.STATE and actor.key == "RUS" for actor in found)
    assert russia == (row["stands_for"] in OF_STATE)
    assert [actor for actor in found if actor.name != "EU"]


@pytest.mark.parametrize("row", [r for r in table("titles") if r["title"] not in BY_PARSER], ids=lambda r: r["title"])
def test_a_title_belongs_to_the_name_behind_it(parties: Parties, row: dict[str, str]) -> None:
    found = parties(f"French {row['title'].title()} Jean Dupont spoke to reporters.")
    assert ("Jean Dupont", "FRA") in {(actor.name, actor.country_code) for actor in found}
    title = named(row["title"])
    assert title is not None
    assert title.office == row["class"]


def test_every_name_of_a_body_is_looked_up() -> None:
    unknown = []
    for row in table("organisations"):
        for name in [row["name"], *split(row["aliases"])]:
            entry = lookup(name)
            if entry is None or entry.sense not in (Sense.ORGANISATION, Sense.MEDIA):
                unknown.append(name)
    assert unknown == []


def test_every_spelling_of_a_person_is_the_person(parties: Parties) -> None:
    wrong = []
    for row in table("people"):
        for name in split(row["aliases"]):
            found = {fold(actor.name) for actor in parties(f"President {name} spoke to reporters on Monday.")}
            if fold(row["name"]) not in found:
                wrong.append(name)
    assert wrong == ["Sheikh Hasina Wajed"]  # "Sheikh" is a title, too
