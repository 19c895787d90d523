"""Whom offices, phrases and pronouns mean."""

from collections.abc import Callable
from typing import Any

import pytest

from transforms.actors import Reference

Read = Callable[..., Any]

LEADERS = (
    "French President Emmanuel Macron received German Chancellor Friedrich Merz on Monday.",
    "The two leaders discussed a ceasefire.",
)


def test_an_office_means_the_person_who_holds_it(read: Read) -> None:
    article = read(*LEADERS, "The French president called it urgent.")
    mention = article.of("The French president")
    assert mention.names == ("Emmanuel Macron",)
    assert mention.reference is Reference.NOMINAL


def test_the_two_leaders(read: Read) -> None:
    article = read(*LEADERS)
    assert set(article.names("The two leaders")) == {"Emmanuel Macron", "Friedrich Merz"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Hakan Fidan, Turkey's foreign minister, arrived first.",
        "Turkey's foreign minister, Hakan Fidan, arrived first.",
        "Turkish Foreign Minister Hakan Fidan arrived first.",
    ],
)
def test_where_an_office_is_learned(read: Read, sentence: str) -> None:
    article = read(sentence, "The Turkish foreign minister then left for Doha.")
    assert article.names("The Turkish foreign minister") == ["Hakan Fidan"]


def test_counterparts_hold_the_same_office(read: Read) -> None:
    article = read(
        "Egyptian Foreign Minister Sameh Shoukry called his Iranian counterpart, Abbas Araghchi.",
        "The Iranian foreign minister thanked him.",
    )
    assert article.names("The Iranian foreign minister") == ["Abbas Araghchi"]
    assert article.names("him") == ["Sameh Shoukry"]


def test_a_counterpart_without_a_name_is_found_or_else_the_state(read: Read) -> None:
    named = read(
        "Russian Foreign Minister Sergei Lavrov was in Cairo.",
        "Indian Foreign Minister Subrahmanyam Jaishankar will see his Russian counterpart on Friday.",
    )
    assert named.names("his Russian counterpart") == ["Sergei Lavrov"]
    unnamed = read("Indian Foreign Minister Subrahmanyam Jaishankar will see his Omani counterpart on Friday.")
    assert unnamed.names("his Omani counterpart") == ["Oman"]


def test_offices_of_several_states(read: Read) -> None:
    article = read("The foreign ministers of Kenya and Somalia will meet on Monday.")
    assert article.names("The foreign ministers of Kenya and Somalia") == ["Kenya", "Somalia"]


def test_the_chief_of_an_organisation(read: Read) -> None:
    article = read("U.N. Secretary-General António Guterres spoke.", "The U.N. chief will travel to Kyiv.")
    assert article.names("The U.N. chief") == ["António Guterres"]


def test_both_sides_are_those_whom_the_article_joins(read: Read) -> None:
    article = read(
        "Talks between Armenia and Azerbaijan ended in Brussels without a result.",
        "Georgia offered to host the next round.",
        "Both sides said they would consider it.",
    )
    assert set(article.names("Both sides")) == {"Armenia", "Azerbaijan"}


def test_who_speaks_to_both_sides_is_none_of_them(read: Read) -> None:
    article = read("Sudan and Ethiopia traded fire on Sunday.", "Egypt urged both sides to stop.")
    assert set(article.names("both sides")) == {"Sudan", "Ethiopia"}


def test_what_is_said_anew_takes_nothing_up(read: Read) -> None:
    article = read(*LEADERS, "The leaders of the strike met separately.")
    assert "Emmanuel Macron" not in article.actors()


def test_he_is_the_subject_before(read: Read) -> None:
    article = read("Kenyan President William Ruto spoke to the rebels in Goma.", "He urged them to disarm.")
    assert article.names("He") == ["William Ruto"]
    assert article.of("He").reference is Reference.PRONOUN


def test_him_is_not_the_subject_of_the_same_verb(read: Read) -> None:
    article = read("Lavrov praised Araghchi.", "Witkoff met him twice.")
    assert article.names("him") != ["Witkoff"]


def test_she_is_a_woman(read: Read) -> None:
    article = read("Chancellor Angela Merkel called President Vladimir Putin.", "She asked for a pause.")
    assert article.names("She") == ["Angela Merkel"]


def test_they_are_those_named_together(read: Read) -> None:
    article = read("Serbia and Kosovo signed on Monday.", "They promised to exchange envoys.")
    assert set(article.names("They")) == {"Serbia", "Kosovo"}


@pytest.mark.parametrize("sentence", ["It is unclear what comes next.", "It seems that the truce holds."])
def test_it_may_mean_nobody(read: Read, sentence: str) -> None:
    article = read("Russia rejected the plan.", sentence)
    assert article.actors() == set()


def test_i_is_who_speaks(read: Read) -> None:
    article = read("“I will meet the prime minister on Friday,” Macron said.")
    assert article.mentions[0]
    assert "Macron" in article.actors()


def test_the_government_is_that_of_the_rebels(read: Read) -> None:
    article = read(
        "Fighters of the FARC ambushed a patrol in Colombia.",
        "Norway offered to mediate.",
        "The government declined.",
    )
    assert article.names("The government") == ["Colombia"]
