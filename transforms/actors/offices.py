"""Decides whom an office without a name means: "the Turkish president", "his counterpart", "the two ministers"."""

from collections.abc import Iterable

from transforms.actors import pronouns, titles
from transforms.actors.discourse import NOBODY, Discourse, Resolved, of_persons, owner_of, said_anew
from transforms.actors.mentions import Actor
from transforms.actors.names import Known, Person
from transforms.actors.nominals import Nominal
from transforms.actors.sentence import Sentence
from transforms.vocabulary import ActorKind

_UNIQUE_OFFICES = frozenset({"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "leader"})
_LEADING = frozenset({"head_of_state", "head_of_government", "royal", "leader"})


def meant(discourse: Discourse, sentence: Sentence, nominal: Nominal) -> Resolved:
    """Whom an office without a name means: a person of the article, else the state or body to which it belongs."""
    if nominal.persons:
        return of_persons(nominal.persons)
    title, owners = nominal.title, list(nominal.owners)
    office: str | None = title.title.office
    possessor: Actor | None = None
    if nominal.possessive is not None:
        found, _ = pronouns.meant(discourse, sentence, nominal.possessive)
        possessor = found[0] if found else None
        if office == "counterpart":
            office = _office_of(discourse, possessor)
        elif possessor is not None and not owners:
            owners = owner_of(possessor)
    elif office == "counterpart":
        office = None
    if owners:
        return _of_owners(discourse, office, owners, possessor)
    if not nominal.definite or office is None or said_anew(sentence, nominal.end):
        return NOBODY
    if title.plural:
        return _office_holders(discourse, sentence, nominal)
    return _holder(discourse, title.title)


def _office_holders(discourse: Discourse, sentence: Sentence, nominal: Nominal) -> Resolved:
    """ "the two foreign ministers": those called so, before or else after; "the negotiators": two states."""
    title, number = nominal.title.title, nominal.number or 2
    subject = discourse.subject_above(sentence, nominal.title.end - 1)

    def called_so(actor: Actor) -> bool:
        person = discourse.person_of(actor)
        return person is not None and title.name in person.titles and actor != subject

    ranked = discourse.ranked(called_so)
    if len(ranked) < number:
        later = [person.actor for person in discourse.people.persons if called_so(person.actor)]
        ranked = list(dict.fromkeys(ranked + later))
    if len(ranked) >= number:
        return discourse.named(tuple(ranked[:number]))
    found = discourse.several_persons(number, title.office, subject)
    if not found[0]:  # the two states whose ministers the article does not name
        return discourse.several({ActorKind.STATE, ActorKind.ARMED_GROUP}, number, subject)
    return found


def _office_of(discourse: Discourse, actor: Actor | None) -> str | None:
    for person in discourse.people.persons:
        if person.actor == actor:
            return next((office for office, _ in person.offices if office != "honorific"), None)
    return None


def _of_owners(discourse: Discourse, office: str | None, owners: Iterable[Actor], possessor: Actor | None) -> Resolved:
    owners = list(dict.fromkeys(owners))
    persons = [_person_with(discourse, office, owner, possessor) for owner in owners]
    found = [person for person in persons if person is not None]
    if len(found) == len(owners):
        return of_persons(dict.fromkeys(found))
    return tuple(owners), tuple(owner.name for owner in owners)


def _person_with(discourse: Discourse, office: str | None, owner: Actor, possessor: Actor | None) -> Person | None:
    """The person of the article who holds that office of that state or body."""
    exact, loose = [], []
    for person in discourse.people.persons:
        if person.actor == possessor:
            continue
        for held, of in person.offices:
            if of == owner.key and (titles.covers(office, held) if office else held in _UNIQUE_OFFICES):
                exact.append(person)
        if (
            office in _LEADING
            and owner.kind is ActorKind.STATE
            and person.actor.country_code == owner.key
            and any(of is None and titles.covers(office, held) for held, of in person.offices)
        ):
            loose.append(person)
    found = exact or loose
    if not found and office in _UNIQUE_OFFICES and owner.kind is ActorKind.STATE:
        found = _untitled(discourse, office, owner, possessor)
    return found[0] if found else None


def _untitled(discourse: Discourse, office: str, owner: Actor, possessor: Actor | None) -> list[Person]:
    """The one well-known person of that state to whom the article gives no office; of several the one who has held
    the office that is meant."""
    candidates = [
        person
        for person in discourse.people.persons
        if person.known is not None
        and person.actor.country_code == owner.key
        and person.actor != possessor
        and all(held == "honorific" for held, _ in person.offices)
    ]
    if len(candidates) > 1:
        candidates = [person for person in candidates if person.known and _held(person.known, office)]
    return candidates if len(candidates) == 1 else []


def _held(known: Known, office: str) -> bool:
    """Whether somebody has held an office of this class at some time."""
    return any((title := titles.named(name)) is not None and title.office == office for name in known.titles)


def _holder(discourse: Discourse, title: titles.Title) -> Resolved:
    """ "the president": the last person mentioned who was called so, else who holds such an office."""
    return (
        discourse.last_person(lambda person: title.name in person.titles)
        or discourse.last_person(lambda person: any(titles.covers(title.office, held) for held, _ in person.offices))
        or NOBODY
    )
