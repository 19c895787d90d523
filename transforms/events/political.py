"""Whether parties make an event of the kind that is reported: between states, armed groups or the people of such.

Meetings inside one country's politics, of celebrities, teams or companies are none. Who the parties are is told
elsewhere (`meetings`, `ceasefires`, `sanctions`).
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from transforms.actors import Actor, ActorMention
from transforms.actors.gazetteer import named
from transforms.actors.names import known_person, known_surname, longest_known
from transforms.events.arguments import Filled
from transforms.parses import Columns
from transforms.reference import table
from transforms.vocabulary import ActorKind, Role

# Classes of titles.csv whose bearers act for a state or an organisation, even where the text does not name which.
OFFICES = frozenset(
    {
        "head_of_state",
        "head_of_government",
        "foreign_minister",
        "defence_minister",
        "envoy",
        "military",
        "royal",
        "leader",
    }
)
DELEGATES = re.compile(
    r"\b(?:ministers|envoys|diplomats|leaders|ambassadors|negotiators|mediators|delegations|delegates)\b", re.I
)
DOMESTIC = re.compile(
    r"\b(?:congress\w*|party|business|religious|community|union|church|local|state|regional|city|coalition|senate|house|"
    r"republicans?|democrat\w*|labour|tory|conservative|student|civic|faith|industry|tech|senior|cabinet|shadow|devolved|state's|corporate|council)\b",
    re.I,
)
FIGHTING = frozenset({"REB", "OPP", "SEP", "INS"})  # CAMEO roles of those who are up against their state
CHAMBER = re.compile(r"^(?:the )?(?:House|Senate|Congress|Parliament)\b")  # no party without its state
NAMES = re.compile(r"\b[A-Z][\w'’-]+(?: (?:al-)?[A-Z][\w'’-]+)*")
BODY = re.compile(r"\b(?:council|commission|treasury|department|ministry|government|union|congress|parliament)\b", re.I)
SPORT = re.compile(r"\b(?:UEFA|FIFA|IOC|WADA|NCAA|NBA|NFL|FA|International Olympic Committee)\b")
# Groups without a name that are parties to a conflict with their own government.
OPPOSED = re.compile(
    r"\b(?:opposition|rebels?|insurgents?|separatists?|guerrillas?|militants?|militias?|junta|fighters)\b", re.I
)


@cache
def _titles() -> re.Pattern[str]:
    """Titles, the longest first, each in a group of its class."""
    rows = sorted(table("titles"), key=lambda row: -len(row["title"]))
    return re.compile(r"\b(?:" + "|".join(re.escape(row["title"]) for row in rows) + r")\b", re.I)


@cache
def _classes() -> dict[str, str]:
    return {row["title"]: row["class"] for row in table("titles")}


def _is_titled(words: str) -> bool:
    """Whether a title of an office stands among some words."""
    return any(_classes()[m.group().lower()] in OFFICES for m in _titles().finditer(words))


def officials(parses: Sequence[Columns], mentions: Sequence[Sequence[ActorMention]]) -> frozenset[str]:
    """Ids of the people whom the article gives an office, or who are known."""
    found: set[str] = set()
    read: set[tuple[Actor, str, str]] = set()
    for parse, row in zip(parses, mentions, strict=True):
        for mention in row:
            for actor, name in zip(mention.actors, mention.names, strict=True):
                if actor.kind is not ActorKind.PERSON or actor.actor_id in found:
                    continue
                one = actor, name, parse.text(mention.start, mention.end)
                if one in read:
                    continue
                read.add(one)
                named = name.split()[-1] in one[2]  # "the president" may be somebody else
                if known_person(name) is not None or (named and _is_titled(one[2])):
                    found.add(actor.actor_id)
    return frozenset(found)


def _international(actor: Actor) -> bool:
    return actor.kind is ActorKind.BLOC or (
        actor.kind is ActorKind.ORGANISATION and actor.country_code is None and actor.cameo_code is not None
    )


def is_meeting(filled: Iterable[Filled], known: frozenset[str]) -> bool:
    """Whether a meeting of these parties is one between states, armed groups, organisations or their officials."""
    actors = [f.party.actor for f in filled]
    countries = {a.country_code for a in actors if a.country_code}
    if len(countries) >= 2:
        return True
    weighty = [
        a for a in actors if (a.kind is ActorKind.ARMED_GROUP or _international(a)) and not CHAMBER.search(a.name)
    ]
    abroad = [a for a in actors if a.country_code is None and a.kind is ActorKind.PERSON and a.actor_id in known]
    opposed = [a for a in actors if a.kind in {ActorKind.OTHER, ActorKind.ORGANISATION} and OPPOSED.search(a.name)]
    # a rebel leader is a party of his own beside his state's president
    opposed += [a for a in actors if a.kind is ActorKind.PERSON and (a.cameo_code or "")[3:6] in FIGHTING]
    delegates = [
        a for a in actors if a.kind is ActorKind.OTHER and DELEGATES.search(a.name) and not DOMESTIC.search(a.name)
    ]
    opposed += [a for a in delegates if a not in opposed]
    if countries:
        return bool(weighty or abroad or opposed) and len(actors) >= 2
    return len(weighty) + len(abroad) + len(opposed) >= 2 or any(_international(a) for a in weighty)


def may_be_abroad(text: str) -> bool:
    """Whether a text that is not parsed names what a meeting that counts has: two states, or an armed group, an
    organisation or people in whose name one may meet. A known person stands for the state."""
    if DELEGATES.search(text) or OPPOSED.search(text):
        return True
    states: set[str] = set()
    for actor in named(text):
        if actor.country_code is None or actor.kind is ActorKind.ARMED_GROUP:
            return True
        states.add(actor.country_code)
        if len(states) > 1:
            return True
    for match in NAMES.finditer(text):
        words = match.group().removesuffix("'s").removesuffix("’s").split()
        # A list of names may be one run of words: only as many are tried as a known name can have.
        for first in range(max(0, len(words) - longest_known()), len(words)):
            name = " ".join(words[first:])
            person = known_person(name) or known_surname(name)
            if person is not None and person.country_code is not None:
                states.add(person.country_code)
                break
        if len(states) > 1:
            return True
    return False


def may_lack_a_party(filled: Sequence[Filled]) -> bool:
    """Whether some parties could be those of an event if more were known of them, or one more: not where none of them
    acts for a state or a body, nor where all of several act for one state."""
    actors = [f.party.actor for f in filled]
    if not any(a.country_code or a.kind in {ActorKind.BLOC, ActorKind.ARMED_GROUP} for a in actors):
        return False
    return len(actors) < 2 or len({a.country_code for a in actors}) > 1


def is_assembly(actor: Actor) -> bool:
    """Whether a party without a name is several states' officials: "Arab foreign ministers", "Gulf leaders"."""
    titled = actor.name.lower().removesuffix("s") in _classes()  # "Health ministers", a capital for the sentence's sake
    region = actor.kind is ActorKind.OTHER and actor.country_code is None and actor.name[:1].isupper() and not titled
    return region and DELEGATES.search(actor.name) is not None and DOMESTIC.search(actor.name) is None


def is_truce(filled: Iterable[Filled], known: frozenset[str]) -> bool:
    """Whether a truce can be one between armed parties: not where all that is known of it are private people."""
    actors = [f.party.actor for f in filled]
    return not actors or any(
        a.kind is not ActorKind.PERSON or a.country_code is not None or a.actor_id in known for a in actors
    )


def _within_one_state(senders: Sequence[Filled], targets: Sequence[Filled]) -> bool:
    """Whether a person penalises somebody who is no foreigner: "the president blacklisted the reporter"."""
    people = bool(senders) and all(f.party.actor.kind is ActorKind.PERSON for f in senders)
    own = {f.party.actor.country_code for f in senders} | {None}
    at_home = all(
        f.party.actor.country_code in own and f.party.actor.kind in {ActorKind.PERSON, ActorKind.OTHER} for f in targets
    )
    return people and bool(targets) and at_home


def is_sanction(filled: Iterable[Filled], told: bool) -> bool:
    """Whether it is a state's or an organisation's penalty: one of the two sides is such, and the target is told."""
    parties = list(filled)
    weighty = [
        f
        for f in parties
        if f.party.actor.country_code or _international(f.party.actor) or BODY.search(f.party.actor.name)
    ]
    targets = [f for f in parties if f.role is Role.TARGET]
    if any(SPORT.search(f.party.actor.name) for f in parties):
        return False  # "UEFA imposed sanctions on Serbia"
    if _within_one_state([f for f in parties if f.role is Role.SENDER], targets):
        return False
    acts = any(f.party.actor.kind is not ActorKind.PERSON or f.role is Role.SENDER for f in weighty)
    return bool(weighty) and (bool(targets) or (told and acts))
