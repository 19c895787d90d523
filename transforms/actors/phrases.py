"""Decides whom phrases mean that take up parties named before: "both sides", "the two leaders", "the government"."""

from functools import cache

from transforms.actors.discourse import HOME_WEIGHT, NOBODY, TOPIC_WEIGHT, Discourse, Resolved, said_anew
from transforms.actors.mentions import Actor
from transforms.actors.nominals import DETERMINERS, NUMBERS
from transforms.actors.sentence import Sentence
from transforms.actors.words import word_set
from transforms.reference import table
from transforms.vocabulary import ActorKind

# The words with which such a phrase begins.
OPENINGS = frozenset({"the", "these", "those", "each", "either", "neither", "this"}) | NUMBERS.keys()


@cache
def _anaphors() -> dict[tuple[str, ...], tuple[str, bool]]:
    """Words of the noun → (to what it refers, whether plural)."""
    return {
        tuple(row["noun"].lower().split()): (row["refers_to"], row["number"] == "plural") for row in table("anaphors")
    }


def find(discourse: Discourse, sentence: Sentence, start: int) -> tuple[int, int, Resolved] | None:
    """A phrase that takes up parties named before and begins at `start`: (end, head, whom it means)."""
    word = sentence.lower[start]
    if word not in OPENINGS:
        return None
    number = NUMBERS.get(word)
    i = start + 1
    count = len(sentence)
    if word in ("both", "either", "neither", "each") and i < count and sentence.lower[i] == "of":
        i += 1
    if i < count and sentence.lower[i] in DETERMINERS and sentence.lower[i] not in ("a", "an"):
        number = number or NUMBERS.get(sentence.lower[i])
        i += 1
    while i < count and (sentence.lower[i] in NUMBERS or sentence.lower[i] in word_set("opponent")):
        number = number or NUMBERS.get(sentence.lower[i])
        i += 1
    for length in (2, 1):
        noun = _anaphors().get(tuple(sentence.lower[i : i + length]))
        if noun is None or i + length > count or not sentence.tags[i + length - 1].startswith("NN"):
            continue
        if sentence.deps[i + length - 1] == "compound":
            return None
        refers_to, plural = noun
        if plural and number is None and not _bare_plural(refers_to, word, sentence.lower[i]):
            return None
        if said_anew(sentence, i + length) and (number is None or sentence.lower[i + length] == "of"):
            return None
        subject = discourse.subject_above(sentence, i + length - 1)
        resolved = _taken_up(discourse, refers_to, sentence.lower[i], number or 2, plural, subject)
        return (i + length, i + length - 1, resolved) if resolved[0] else None
    return None


def _taken_up(
    discourse: Discourse, refers_to: str, noun: str, number: int, plural: bool, subject: Actor | None
) -> Resolved:
    if refers_to == "person":
        found = discourse.several_persons(number, _office_of_plural(noun), subject)
        return found if found[0] else discourse.several({ActorKind.STATE}, number, subject)
    if refers_to == "party":
        return discourse.several({ActorKind.STATE, ActorKind.ARMED_GROUP, ActorKind.OTHER}, number, subject)
    if refers_to == "state" and not plural and noun in ("government", "regime"):
        return _government(discourse)
    if refers_to == "state":
        return discourse.several({ActorKind.STATE}, number if plural else 1, subject if plural else None)
    return discourse.several({ActorKind(refers_to)}, 1, None)


def _government(discourse: Discourse) -> Resolved:
    """ "the government": of the state in which an armed group of the article fights, else of its main state."""
    weights = discourse.weights(lambda actor: actor.kind is ActorKind.STATE, places=True)
    fought = {actor.country_code for actor in discourse.counts if actor.kind is ActorKind.ARMED_GROUP}
    for actor in weights:
        weights[actor] += HOME_WEIGHT * (actor.key in fought) + TOPIC_WEIGHT * discourse.counts.get(actor, 0)
    return discourse.named((max(weights, key=lambda actor: weights[actor]),)) if weights else NOBODY


def _office_of_plural(noun: str) -> str | None:
    """Class of the office that a plural names: presidents → head_of_state; None for "men"."""
    return {
        "leaders": "leader",
        "presidents": "head_of_state",
        "premiers": "head_of_government",
        "prime": "head_of_government",
        "foreign": "foreign_minister",
        "defense": "defence_minister",
        "defence": "defence_minister",
        "ministers": "minister",
        "envoys": "envoy",
        "negotiators": "envoy",
        "generals": "military",
        "commanders": "military",
    }.get(noun)


def _bare_plural(refers_to: str, determiner: str, noun: str) -> bool:
    """ "the sides", "the men" take up what was named; "the officials", "these countries" need a number."""
    if determiner in ("each", "either", "neither"):
        return refers_to == "party"
    return determiner == "the" and (
        noun in ("sides", "men", "pair", "duo", "foes", "neighbours", "neighbors", "rivals", "negotiators")
    )
