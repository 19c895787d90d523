"""Puts the mentions of an article together: what each sentence names, then what its phrases and pronouns refer to."""

from collections import Counter
from dataclasses import dataclass, replace

from transforms.actors import groups, nominals, titles
from transforms.actors.coreference import Resolver
from transforms.actors.gazetteer import Hit, Sense, state
from transforms.actors.locations import is_location
from transforms.actors.mentions import Actor, ActorMention, Reference
from transforms.actors.names import People
from transforms.actors.nominals import GENITIVE, Nominal
from transforms.actors.persons import FINITE, PersonSpan
from transforms.actors.sentence import Sentence
from transforms.actors.words import word_set
from transforms.places import PlaceKind, fold, is_place, resolve_place
from transforms.vocabulary import ActorKind

_PRONOUN_TAGS = frozenset({"PRP", "PRP$"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})


@dataclass(slots=True)
class _Draft:
    """A stretch of a sentence that will be a mention; whom it means may still be open."""

    start: int
    end: int
    head: int
    actors: tuple[Actor, ...] = ()
    names: tuple[str, ...] = ()
    location: bool = False
    place: str | None = None
    person: PersonSpan | None = None
    nominal: Nominal | None = None


class _Drafts:
    """The drafts of one sentence; the first to claim a token keeps it."""

    def __init__(self) -> None:
        self.drafts: list[_Draft] = []
        self.taken: set[int] = set()

    def add(self, draft: _Draft) -> None:
        tokens = range(draft.start, draft.end)
        if not self.taken.isdisjoint(tokens):
            return
        self.taken.update(tokens)
        self.drafts.append(draft)


def mentions(
    sentences: list[Sentence],
    hits: list[list[Hit]],
    title_spans: list[list[titles.TitleSpan]],
    people: People,
    spans: list[list[PersonSpan]],
) -> list[list[ActorMention]]:
    """The mentions of the article by sentence, in the order of the text."""
    acronyms = _acronyms(sentences)
    drafted = [
        _draft(sentence, found, named, persons, acronyms)
        for sentence, found, named, persons in zip(sentences, hits, title_spans, spans, strict=True)
    ]
    resolver = Resolver(sentences, people, _counts(drafted), _pairs(sentences, drafted))
    names = _fullest(sentences, hits)
    return [_resolve(sentence, drafts, resolver, names) for sentence, drafts in zip(sentences, drafted, strict=True)]


def _fullest(sentences: list[Sentence], hits: list[list[Hit]]) -> dict[Actor, str]:
    """The longest form by which the article calls a body or an armed group; of a body, one that is a name."""
    names: dict[Actor, str] = {}
    for sentence, found in zip(sentences, hits, strict=True):
        for hit in found:
            actor = hit.entry.actor
            if hit.entry.sense is not Sense.ORGANISATION or actor.kind is ActorKind.BLOC:
                continue
            name = sentence.text(hit.start, hit.end)
            described = actor.kind is ActorKind.ORGANISATION and any(
                word.islower() and len(word) > 3 for word in name.split()
            )
            if not described and "-led" not in name and len(name) > len(names.get(actor, "")):
                names[actor] = name
    return names


def _counts(drafted: list[_Drafts]) -> Counter[Actor]:
    """How often the article names each actor as a party."""
    counts: Counter[Actor] = Counter()
    for drafts in drafted:
        for draft in drafts.drafts:
            if draft.person is not None and draft.person.person is not None:
                counts[draft.person.person.actor] += 1
            elif not draft.location:
                counts.update(draft.actors)
    return counts


def _pairs(sentences: list[Sentence], drafted: list[_Drafts]) -> Counter[frozenset[Actor]]:
    """How strongly the article joins two parties: "between X and Y" most, "X and Y", their leaders together."""
    pairs: Counter[frozenset[Actor]] = Counter()
    for sentence, drafts in zip(sentences, drafted, strict=True):
        by_head = {draft.head: draft for draft in drafts.drafts if not draft.location}
        for draft in by_head.values():
            if len(draft.actors) == 2:
                pairs[frozenset(draft.actors)] += 2
            head = sentence.heads[draft.head]
            other = by_head.get(head) if sentence.deps[draft.head] == "conj" else None
            if other is None:
                continue
            one, two = _party(other), _party(draft)
            if one is None or two is None or one == two:
                continue
            between = sentence.lower[sentence.heads[head]] == "between"
            pairs[frozenset({one, two})] += 3 if between else 1
    return pairs


def _party(draft: _Draft) -> Actor | None:
    """The state or group that a draft names; of a person, the state."""
    if draft.person is not None:
        person = draft.person.person
        code = person.actor.country_code if person else None
        return state(code) if code else None
    if len(draft.actors) == 1 and draft.actors[0].kind is not ActorKind.BLOC:
        return draft.actors[0]
    return None


def _draft(
    sentence: Sentence,
    hits: list[Hit],
    title_spans: list[titles.TitleSpan],
    persons: list[PersonSpan],
    acronyms: dict[str, str],
) -> _Drafts:
    drafts = _Drafts()
    named = {k for span in persons for k in range(span.start, span.end)}
    hits = [hit for hit in hits if named.isdisjoint(range(hit.start, hit.end))]
    ends = {hit.end: hit for hit in hits}
    for at, span in enumerate(persons):
        drafts.add(_person(sentence, span, ends, persons[:at]))
    for nominal in nominals.find(sentence, hits, persons, title_spans):
        head = nominal.title.end - 1
        drafts.add(_Draft(nominal.start, nominal.end, head, nominal=nominal))
    _add_organisations(sentence, hits, drafts, acronyms)
    _add_hits(sentence, hits, drafts)
    _add_places(sentence, drafts)
    return drafts


def _person(sentence: Sentence, span: PersonSpan, ends: dict[int, Hit], earlier: list[PersonSpan]) -> _Draft:
    """The name with its title and the state before it: "Turkish Foreign Minister Hakan Fidan", "Russia's Putin"."""
    start = span.title.start if span.title else span.start
    context = nominals.before(sentence, start, ends, plural=False)
    if span.person is not None and (span.title or context.owners):
        office = nominals.office_of(span.title.title, earlier) if span.title else None
        if span.title is not None and office is not None:
            nominals.note_office(span.person, replace(span.title.title, office=office), context.owners)
            if span.title.title.office == "counterpart" and earlier[-1].person is not None:
                span.person.titles |= earlier[-1].person.titles
        elif span.person.country_code is None and context.owners and context.owners[0].country_code:
            span.person.country_code = context.owners[0].country_code
    if context.owners or context.possessive is not None:
        start = context.start
    led = _led(sentence, span)
    if led is not None:
        return led
    return _Draft(start, span.end, sentence.root_of(start, span.end), person=span)


def _led(sentence: Sentence, span: PersonSpan) -> _Draft | None:
    """ "the Assad government", "Trump's administration": the state that the person leads, where it is known."""
    i = span.end
    if i < len(sentence) and sentence.lower[i] in GENITIVE:
        i += 1
    if i >= len(sentence) or sentence.lower[i] not in word_set("government") or span.person is None:
        return None
    known = span.person.known
    code = span.person.country_code or (known.country_code if known else None)
    if code is None:
        return None
    return _Draft(span.start, i + 1, i, (state(code),), (state(code).name,))


def _acronyms(sentences: list[Sentence]) -> dict[str, str]:
    """Short forms that the article itself explains: "Joint Military Commission (JMC)"."""
    found: dict[str, str] = {}
    for sentence in sentences:
        for start, end, label in sentence.entities:
            after = sentence.words[end : end + 3]
            if label == "ORG" and len(after) == 3 and after[0] == "(" and after[2] == ")" and after[1].isupper():
                found[after[1]] = _trimmed(sentence, start, end)[2]
    return found


def _trimmed(sentence: Sentence, start: int, end: int) -> tuple[int, int, str]:
    """An entity without the article before and the genitive behind it: (start, end, text)."""
    while start < end and sentence.lower[start] in ("the", "a", "an", "-"):
        start += 1
    while end > start and (sentence.lower[end - 1] in GENITIVE or sentence.words[end - 1] in (",", "-", ".")):
        end -= 1
    return start, end, sentence.text(start, end)


def _add_organisations(sentence: Sentence, hits: list[Hit], drafts: _Drafts, acronyms: dict[str, str]) -> None:
    """Organisations that spaCy sees and the tables lack; the media are none."""
    for first, last, label in sentence.entities:
        if label != "ORG":
            continue
        start, end, name = _trimmed(sentence, first, last)
        if start >= end or not drafts.taken.isdisjoint(range(start, end)):
            continue
        inside = [hit for hit in hits if hit.start < end and hit.end > start]
        if any(
            hit.entry.sense in (Sense.ORGANISATION, Sense.MEDIA, Sense.METONYM) or hit.start < start or hit.end > end
            for hit in inside
        ):
            continue
        if inside and (inside[0].start == start and inside[0].end == end):
            continue
        if inside and _only_group(sentence, inside, end):
            continue
        if any(sentence.tags[k] in FINITE for k in range(start, end)):
            continue
        last_word = name.lower().split()[-1]
        if last_word in word_set("media"):
            drafts.taken.update(range(start, end))
            continue
        if not _can_be_body(name, last_word) or (not inside and is_place(name)):
            continue
        name = acronyms.get(name, name)
        code = next((hit.entry.actor.country_code for hit in inside), None)
        actor = Actor(ActorKind.ORGANISATION, fold(name), name, code)
        drafts.add(_Draft(start, end, sentence.root_of(start, end), (actor,), (name,)))


def _can_be_body(name: str, last_word: str) -> bool:
    """Not "S-400" or a name cut off before its end ("International Committee for")."""
    if not any(c.isupper() for c in name) or last_word in ("of", "for", "and", "the", "in", "on", "to", "at"):
        return False
    return " " in name or not any(c.isdigit() for c in name)


def _only_group(sentence: Sentence, inside: list[Hit], end: int) -> bool:
    """Whether the entity is a state with a group noun ("Israeli Cabinet"): the state, not a body of its own."""
    last = sentence.lower[end - 1]
    return groups.kind_of_noun(last) in ("state", "forces") and inside[0].end >= end - 2


def _add_hits(sentence: Sentence, hits: list[Hit], drafts: _Drafts) -> None:
    at = 0
    inside = {k for hit in hits for k in range(hit.start, hit.end)}
    while at < len(hits):
        hit = hits[at]
        at += 1
        if not drafts.taken.isdisjoint(range(hit.start, hit.end)):
            continue
        if hit.entry.sense is Sense.MEDIA:
            drafts.taken.update(range(hit.start, hit.end))
            continue
        backed = groups.backed(sentence, hit, drafts.taken)
        if backed is not None:
            drafts.add(_of_group(backed))
            continue
        found = groups.of_state(sentence, hits, at - 1, drafts.taken | inside)
        if found is not None:
            group, used = found
            if drafts.taken.isdisjoint(range(group.start, group.end)):
                drafts.add(_of_group(group))
                at += used - 1
                continue
        drafts.add(_of_hit(sentence, hit))


def _of_group(group: groups.Group) -> _Draft:
    return _Draft(group.start, group.end, group.head, group.actors, group.names)


def _of_hit(sentence: Sentence, hit: Hit) -> _Draft:
    actor = hit.entry.actor
    head = sentence.root_of(hit.start, hit.end)
    draft = _Draft(hit.start, hit.end, head, (actor,), (actor.name,))
    placed = hit.entry.sense in (Sense.STATE, Sense.CAPITAL, Sense.METONYM) or (
        actor.kind is ActorKind.BLOC and not hit.entry.adjective and is_place(actor.name)  # "in Europe"
    )
    if placed and is_location(sentence, hit.start, hit.end, city=hit.entry.sense is Sense.CAPITAL):
        draft.location = True
        draft.place = sentence.text(hit.start, hit.end)
    return draft


def _add_places(sentence: Sentence, drafts: _Drafts) -> None:
    """Places and peoples that the table of countries lacks: towns, regions, buildings; Kurds, Tigrayan forces."""
    for first, last, label in sentence.entities:
        if label == "NORP" or label in _PLACES or label == "ORG" or label == "PERSON":
            start, end, name = _trimmed(sentence, first, last)
        else:
            continue
        if start >= end or not drafts.taken.isdisjoint(range(start, end)):
            continue
        if not name[0].isupper() or (label in ("ORG", "PERSON") and not is_place(name)):
            continue
        if label == "NORP" or (label in _PLACES and not is_location(sentence, start, end, city=False)):
            group = groups.of_people(sentence, start, end, drafts.taken)
            if group is not None:
                drafts.add(_of_group(group))
                continue
        head = sentence.root_of(start, end)
        if label == "NORP":
            if sentence.tags[head] in ("NNPS", "NNS"):
                actor = Actor(ActorKind.OTHER, fold(name), name)
                drafts.add(_Draft(start, end, head, (actor,), (name,)))
            continue
        place = resolve_place(name)
        region = place is not None and place.kind is PlaceKind.REGION
        if (
            region
            and not is_location(sentence, start, end, city=True)
            and sentence.deps[head] in ("nsubj", "pobj", "conj")
        ):
            actor = Actor(ActorKind.OTHER, fold(name), name, place.country_code if place else None)
            drafts.add(_Draft(start, end, head, (actor,), (name,)))
        else:
            drafts.add(_Draft(start, end, head, location=True, place=name))


def _resolve(sentence: Sentence, drafts: _Drafts, resolver: Resolver, fullest: dict[Actor, str]) -> list[ActorMention]:
    """The mentions of a sentence, its phrases and pronouns resolved, in the order of the text."""
    resolver.begin()
    by_start = {draft.start: draft for draft in drafts.drafts}
    done: list[ActorMention] = []
    i = 0
    while i < len(sentence):
        draft = by_start.get(i)
        mention: ActorMention | None = None
        if draft is not None:
            mention = _finish(sentence, draft, resolver)
            i = draft.end
        elif i not in drafts.taken:
            mention = _anaphor(sentence, i, drafts.taken, resolver)
            i = mention.end if mention is not None else i + 1
        else:
            i += 1
        if mention is not None:
            if any(actor in fullest for actor in mention.actors):
                pairs = zip(mention.actors, mention.names, strict=True)
                mention = replace(mention, names=tuple(fullest.get(actor, name) for actor, name in pairs))
            resolver.note(mention)
            done.append(mention)
    return done


def _finish(sentence: Sentence, draft: _Draft, resolver: Resolver) -> ActorMention | None:
    reference = Reference.NAME
    actors, names = draft.actors, draft.names
    if draft.person is not None and draft.person.person is not None:
        person = draft.person.person
        actors, names = (person.actor,), (person.name,)
    elif draft.nominal is not None:
        reference = Reference.NOMINAL
        actors, names = resolver.nominal(sentence, draft.nominal)
        if not actors:
            return None
    return ActorMention(
        sentence.index, draft.start, draft.end, draft.head, actors, names, reference, draft.location, draft.place
    )


def _anaphor(sentence: Sentence, token: int, taken: set[int], resolver: Resolver) -> ActorMention | None:
    """A phrase ("both sides") or pronoun that begins at this token."""
    if sentence.tags[token] in _PRONOUN_TAGS:
        actors, names = resolver.pronoun(sentence, token)
        if actors:
            return ActorMention(sentence.index, token, token + 1, token, actors, names, Reference.PRONOUN)
        return None
    found = resolver.phrase(sentence, token)
    if found is None:
        return None
    end, head, (actors, names) = found
    if not taken.isdisjoint(range(token, end)):
        return None
    return ActorMention(sentence.index, token, end, head, actors, names, Reference.NOMINAL)
