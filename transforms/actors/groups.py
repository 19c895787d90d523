"""Finds groups that stand for a party: "Russian negotiators" (the state), "Syrian rebels", "Iran-backed militias".

A state's adjective or name with a noun of `group_nouns.csv`; which single persons hold office is in `nominals.py`.
"""

from dataclasses import dataclass
from functools import cache

from transforms.actors.gazetteer import Entry, Hit, Sense
from transforms.actors.mentions import Actor
from transforms.actors.nominals import GENITIVE
from transforms.actors.sentence import Sentence
from transforms.actors.words import word_set
from transforms.places import fold
from transforms.reference import table
from transforms.vocabulary import ActorKind

_LONGEST_RUN = 4  # words between a state and its group noun, the noun counted: "Russian security council officials"
_RUN_TAGS = ("NN", "JJ", "VBN")


@dataclass(slots=True)
class Group:
    """A group of a sentence, in token offsets, with the parties for which it stands."""

    start: int
    end: int
    head: int
    actors: tuple[Actor, ...]
    names: tuple[str, ...]


@cache
def _nouns() -> dict[tuple[str, ...], str]:
    return {tuple(row["noun"].split()): row["stands_for"] for row in table("group_nouns")}


def kind_of_noun(*words: str) -> str | None:
    """What a group noun stands for, None where the words are none."""
    return _nouns().get(words)


def of_state(sentence: Sentence, hits: list[Hit], at: int, taken: set[int]) -> tuple[Group, int] | None:
    """The group that begins with the hit `at` (a state, a people, a body), and how many hits it takes up; else None.

    "Russian and Ukrainian negotiators" stands for both.
    """
    hit = hits[at]
    if hit.entry.sense not in (Sense.STATE, Sense.DEMONYM, Sense.CAPITAL, Sense.METONYM, Sense.ORGANISATION):
        return None
    entries = [hit.entry]
    used = 1
    end = hit.end
    adjective = hit.entry.sense is not Sense.STATE or sentence.lower[end : end + 1] in (["-"], ["–"])
    while adjective and at + used < len(hits) and _joined(sentence, end, hits[at + used]):
        entries.append(hits[at + used].entry)
        end = hits[at + used].end
        used += 1
    while True:
        found = _noun_run(sentence, end, taken)
        if found is not None:
            stop, kind, cut = found
            return _group(sentence, hit.start, end, stop, cut, kind, entries), used
        if used == 1:
            return None
        used -= 1
        entries.pop()
        end = hits[at + used - 1].end


def _joined(sentence: Sentence, end: int, following: Hit) -> bool:
    """Whether an adjective follows with "and", "," or a hyphen ("Russian and Ukrainian", "Russian-Turkish")."""
    if following.entry.sense is not Sense.DEMONYM:
        return False
    between = sentence.lower[end : following.start]
    return between in (["and"], [","], ["-"], ["–"], [",", "and"], ["or"])


def _noun_run(sentence: Sentence, end: int, taken: set[int]) -> tuple[int, str, int] | None:
    """The group noun after `end`: (end of the run, what it stands for, end of the group's name)."""
    i = end
    if i < len(sentence) and sentence.lower[i] in GENITIVE:
        i += 1
    first = i
    best: tuple[int, str, int] | None = None
    while i < min(first + _LONGEST_RUN, len(sentence)) and i not in taken:
        word = sentence.lower[i]
        if not sentence.tags[i].startswith(_RUN_TAGS) and word != "-":
            break
        pair = kind_of_noun(word, sentence.lower[i + 1]) if i + 1 < len(sentence) else None
        kind = pair or kind_of_noun(word)
        step = 2 if pair else 1
        if kind is not None and sentence.tags[i + step - 1].startswith("NN"):
            # Of "opposition delegation" the first noun tells what sort of party it is, of "foreign ministry" both.
            if best is None or best[1] not in ("armed", "political"):
                best = (i + step, kind, i + step)
            else:
                # "opposition delegation" is the opposition, "rebel forces" are called so
                best = (i + step, best[1], best[2] if best[1] == "political" else i + step)
        elif word in ("rebel", "militant", "separatist", "insurgent", "opposition", "guerrilla"):
            best = (i + 1, "political" if word == "opposition" else "armed", i + 1) if best is None else best
        i += step
    if best is not None and best[0] < len(sentence) and sentence.deps[best[0] - 1] == "compound":
        head = sentence.heads[best[0] - 1]
        if head >= best[0] and best[1] in ("state", "forces"):
            return None  # "Russian government bonds": the noun only modifies another
    return best


def _group(
    sentence: Sentence, start: int, modifier_end: int, stop: int, cut: int, kind: str, entries: list[Entry]
) -> Group:
    head = sentence.root_of(start, stop)
    head = head if modifier_end <= head < stop else stop - 1
    if kind not in ("state", "forces"):
        entry = entries[0]
        country = entry.actor.country_code if len(entries) == 1 else None
        if (
            len(entries) == 1
            and entry.actor.kind in (ActorKind.ORGANISATION, ActorKind.ARMED_GROUP)
            and kind != "economic"
        ):
            return Group(start, stop, head, (entry.actor,), (entry.actor.name,))
        name = sentence.text(start, cut)
        if kind == "body":
            actor = Actor(ActorKind.ORGANISATION, fold(f"{entry.actor.name} {sentence.text(modifier_end, cut)}"),
                          name, entry.actor.country_code, entry.actor.cameo_code)  # fmt: skip
        else:
            group_kind = ActorKind.ARMED_GROUP if kind == "armed" else ActorKind.OTHER
            actor = Actor(group_kind, fold(name), name, country)
        return Group(start, stop, head, (actor,), (actor.name,))
    actors = tuple(dict.fromkeys(entry.actor for entry in entries))
    return Group(start, stop, head, actors, tuple(actor.name for actor in actors))


def of_people(sentence: Sentence, start: int, end: int, taken: set[int]) -> Group | None:
    """The group that begins with a people or region that is no state: "Kurdish fighters", "Tigrayan forces"."""
    found = _noun_run(sentence, end, taken)
    if found is None:
        return None
    stop, kind, cut = found
    name = sentence.text(start, cut)
    group_kind = ActorKind.ARMED_GROUP if kind in ("armed", "forces") else ActorKind.OTHER
    actor = Actor(group_kind, fold(name), name)
    head = sentence.root_of(start, stop)
    return Group(start, stop, head if head >= end else stop - 1, (actor,), (name,))


def backed(sentence: Sentence, hit: Hit, taken: set[int]) -> Group | None:
    """ "Iran-backed militias", "al-Qaeda-linked extremists": a group of its own, not the one that backs it."""
    i = hit.end
    last = sentence.lower[hit.end - 1].rsplit("-", 1)[-1]
    if last in word_set("backed") and "-" in sentence.words[hit.end - 1]:
        after = i
    elif i + 1 < len(sentence) and sentence.words[i] == "-" and sentence.lower[i + 1] in word_set("backed"):
        after = i + 2
    else:
        return None
    found = _noun_run(sentence, after, taken)
    if found is None:
        return None
    stop, kind, cut = found
    name = sentence.text(hit.start, cut)
    group_kind = ActorKind.ARMED_GROUP if kind in ("armed", "forces") else ActorKind.OTHER
    return Group(hit.start, stop, stop - 1, (Actor(group_kind, fold(name), name),), (name,))
