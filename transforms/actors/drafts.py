"""Finds in each sentence the stretches that will be mentions; what phrases and pronouns mean is not yet known."""

from dataclasses import dataclass

from transforms.actors import groups, nominals, titles
from transforms.actors.gazetteer import Hit, Sense, state
from transforms.actors.locations import is_location
from transforms.actors.mentions import Actor
from transforms.actors.nominals import GENITIVE, Nominal
from transforms.actors.persons import FINITE, PersonSpan
from transforms.actors.sentence import Sentence
from transforms.actors.words import word_set
from transforms.places import PlaceKind, fold, is_place, resolve_place
from transforms.vocabulary import ActorKind

_PLACES = frozenset({"GPE", "LOC", "FAC"})


@dataclass(slots=True)
class Draft:
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


class Drafts:
    """The drafts of one sentence; the first to claim a token keeps it."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.taken: set[int] = set()

    def add(self, draft: Draft) -> None:
        tokens = range(draft.start, draft.end)
        if not self.taken.isdisjoint(tokens):
            return
        self.taken.update(tokens)
        self.drafts.append(draft)


def acronyms_of(sentences: list[Sentence]) -> dict[str, str]:
    """Short forms that the article itself explains: "Joint Military Commission (JMC)"."""
    found: dict[str, str] = {}
    for sentence in sentences:
        for start, end, label in sentence.entities:
            after = sentence.words[end : end + 3]
            if label == "ORG" and len(after) == 3 and after[0] == "(" and after[2] == ")" and after[1].isupper():
                found[after[1]] = _trimmed(sentence, start, end)[2]
    return found


def draft_sentence(
    sentence: Sentence,
    hits: list[Hit],
    title_spans: list[titles.TitleSpan],
    persons: list[PersonSpan],
    acronyms: dict[str, str],
) -> Drafts:
    """The stretches of the sentence that name or describe somebody or some place; `acronyms`: `acronyms_of`."""
    drafts = Drafts()
    named = {k for span in persons for k in range(span.start, span.end)}
    hits = [hit for hit in hits if named.isdisjoint(range(hit.start, hit.end))]
    ends = {hit.end: hit for hit in hits}
    title_ends = {title.end: title for title in title_spans}
    for at, span in enumerate(persons):
        drafts.add(_person(sentence, span, ends, title_ends, persons[:at]))
    for nominal in nominals.find(sentence, hits, persons, title_spans):
        head = nominal.title.end - 1
        drafts.add(Draft(nominal.start, nominal.end, head, nominal=nominal))
    _add_organisations(sentence, hits, drafts, acronyms)
    _add_hits(sentence, hits, drafts)
    _add_places(sentence, drafts)
    return drafts


def _person(
    sentence: Sentence,
    span: PersonSpan,
    ends: dict[int, Hit],
    title_ends: dict[int, titles.TitleSpan],
    earlier: list[PersonSpan],
) -> Draft:
    """The name with its titles and the state before it: "Turkish Foreign Minister Hakan Fidan", "Russia's Putin"."""
    start = span.start
    held: list[titles.TitleSpan] = []
    while span.title is not None and start in title_ends:
        held.append(title_ends[start])
        start = title_ends[start].start
    context = nominals.before(sentence, start, ends, plural=False)
    if span.person is not None:
        nominals.note_titles(span.person, held, context.owners, earlier)
    if context.owners or context.possessive is not None:
        start = context.start
    led = _led(sentence, span)
    if led is not None:
        return led
    return Draft(start, span.end, sentence.root_of(start, span.end), person=span)


def _led(sentence: Sentence, span: PersonSpan) -> Draft | None:
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
    return Draft(span.start, i + 1, i, (state(code),), (state(code).name,))


def _trimmed(sentence: Sentence, start: int, end: int) -> tuple[int, int, str]:
    """An entity without the article before and the genitive behind it: (start, end, text)."""
    while start < end and sentence.lower[start] in ("the", "a", "an", "-"):
        start += 1
    while end > start and (sentence.lower[end - 1] in GENITIVE or sentence.words[end - 1] in (",", "-", ".")):
        end -= 1
    return start, end, sentence.text(start, end)


def _add_organisations(sentence: Sentence, hits: list[Hit], drafts: Drafts, acronyms: dict[str, str]) -> None:
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
        drafts.add(Draft(start, end, sentence.root_of(start, end), (actor,), (name,)))


def _can_be_body(name: str, last_word: str) -> bool:
    """Not "S-400" or a name cut off before its end ("International Committee for")."""
    if not any(c.isupper() for c in name) or last_word in ("of", "for", "and", "the", "in", "on", "to", "at"):
        return False
    return " " in name or not any(c.isdigit() for c in name)


def _only_group(sentence: Sentence, inside: list[Hit], end: int) -> bool:
    """Whether the entity is a state with a group noun ("Israeli Cabinet"): the state, not a body of its own."""
    last = sentence.lower[end - 1]
    return groups.kind_of_noun(last) in ("state", "forces") and inside[0].end >= end - 2


def _add_hits(sentence: Sentence, hits: list[Hit], drafts: Drafts) -> None:
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


def _of_group(group: groups.Group) -> Draft:
    return Draft(group.start, group.end, group.head, group.actors, group.names)


def _of_hit(sentence: Sentence, hit: Hit) -> Draft:
    actor = hit.entry.actor
    head = sentence.root_of(hit.start, hit.end)
    draft = Draft(hit.start, hit.end, head, (actor,), (actor.name,))
    placed = hit.entry.sense in (Sense.STATE, Sense.CAPITAL, Sense.METONYM) or (
        actor.kind is ActorKind.BLOC and not hit.entry.adjective and is_place(actor.name)  # "in Europe"
    )
    if placed and is_location(sentence, hit.start, hit.end, city=hit.entry.sense is Sense.CAPITAL):
        draft.location = True
        draft.place = sentence.text(hit.start, hit.end)
    return draft


def _add_places(sentence: Sentence, drafts: Drafts) -> None:
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
                drafts.add(Draft(start, end, head, (actor,), (name,)))
            continue
        place = resolve_place(name)
        region = place is not None and place.kind is PlaceKind.REGION
        if (
            region
            and not is_location(sentence, start, end, city=True)
            and sentence.deps[head] in ("nsubj", "pobj", "conj")
        ):
            actor = Actor(ActorKind.OTHER, fold(name), name, place.country_code if place else None)
            drafts.add(Draft(start, end, head, (actor,), (name,)))
        else:
            drafts.add(Draft(start, end, head, location=True, place=name))
