"""Puts the mentions of an article together: what each sentence names, then what its phrases and pronouns refer to."""

from collections import Counter
from dataclasses import replace

from transforms.actors import offices, phrases, pronouns, titles
from transforms.actors.discourse import Discourse
from transforms.actors.drafts import Draft, Drafts, acronyms_of, draft_sentence
from transforms.actors.gazetteer import Hit, Sense, state
from transforms.actors.mentions import Actor, ActorMention, Reference
from transforms.actors.names import People
from transforms.actors.persons import PersonSpan
from transforms.actors.sentence import Sentence
from transforms.vocabulary import ActorKind

_PRONOUN_TAGS = frozenset({"PRP", "PRP$"})


def mentions(
    sentences: list[Sentence],
    hits: list[list[Hit]],
    title_spans: list[list[titles.TitleSpan]],
    people: People,
    spans: list[list[PersonSpan]],
) -> list[list[ActorMention]]:
    """The mentions of the article by sentence, in the order of the text."""
    acronyms = acronyms_of(sentences)
    drafted = [
        draft_sentence(sentence, found, named, persons, acronyms)
        for sentence, found, named, persons in zip(sentences, hits, title_spans, spans, strict=True)
    ]
    discourse = Discourse(sentences, people, _counts(drafted), _pairs(sentences, drafted))
    names = _fullest(sentences, hits)
    return [_resolve(sentence, drafts, discourse, names) for sentence, drafts in zip(sentences, drafted, strict=True)]


def _fullest(sentences: list[Sentence], hits: list[list[Hit]]) -> dict[Actor, str]:
    """By what name the article first calls a body or an armed group; of an acronym, the full form."""
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
            before = names.get(actor)
            if described or "-led" in name or "-backed" in name:
                continue
            if before is None or (before.isupper() and len(name) > len(before)):
                names[actor] = name
    return names


def _counts(drafted: list[Drafts]) -> Counter[Actor]:
    """How often the article names each actor as a party."""
    counts: Counter[Actor] = Counter()
    for drafts in drafted:
        for draft in drafts.drafts:
            if draft.person is not None and draft.person.person is not None:
                counts[draft.person.person.actor] += 1
            elif not draft.location:
                for actor in draft.actors:
                    counts[actor] += 1
    return counts


def _pairs(sentences: list[Sentence], drafted: list[Drafts]) -> Counter[frozenset[Actor]]:
    """How strongly the article joins two parties: "between X and Y" most, "X and Y", their leaders together."""
    pairs: Counter[frozenset[Actor]] = Counter()
    for sentence, drafts in zip(sentences, drafted, strict=True):
        parties = [draft for draft in drafts.drafts if not draft.location]
        by_head = {draft.head: draft for draft in parties}
        for draft in parties:
            if sentence.deps[draft.head] == "pobj":  # "the government of Yemen and the rebels"
                by_head.setdefault(sentence.heads[sentence.heads[draft.head]], draft)
        for draft in parties:
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


def _party(draft: Draft) -> Actor | None:
    """The state or group that a draft names; of a person, the state."""
    if draft.person is not None:
        person = draft.person.person
        code = person.actor.country_code if person else None
        return state(code) if code else None
    if len(draft.actors) == 1 and draft.actors[0].kind is not ActorKind.BLOC:
        return draft.actors[0]
    return None


def _resolve(sentence: Sentence, drafts: Drafts, discourse: Discourse, fullest: dict[Actor, str]) -> list[ActorMention]:
    """The mentions of a sentence, its phrases and pronouns resolved, in the order of the text."""
    discourse.begin()
    by_start = {draft.start: draft for draft in drafts.drafts}
    done: list[ActorMention] = []
    end = 0
    for i in sorted(by_start.keys() | _openings(sentence)):
        if i < end:
            continue
        draft = by_start.get(i)
        mention: ActorMention | None = None
        if draft is not None:
            mention = _finish(sentence, draft, discourse)
            end = draft.end
        elif i not in drafts.taken:
            mention = _anaphor(sentence, i, drafts.taken, discourse)
            end = mention.end if mention is not None else i + 1
        if mention is not None:
            pairs = zip(mention.actors, mention.names, strict=True)
            names = tuple([fullest.get(actor, name) for actor, name in pairs])
            if names != mention.names:
                mention = replace(mention, names=names)
            discourse.note(mention)
            done.append(mention)
    return done


def _openings(sentence: Sentence) -> set[int]:
    """The tokens with which a pronoun or a phrase that takes up somebody can begin."""
    both = enumerate(zip(sentence.tags, sentence.lower, strict=True))
    return {i for i, (tag, word) in both if tag in _PRONOUN_TAGS or word in phrases.OPENINGS}


def _finish(sentence: Sentence, draft: Draft, discourse: Discourse) -> ActorMention | None:
    reference = Reference.NAME
    actors, names = draft.actors, draft.names
    if draft.person is not None and draft.person.person is not None:
        person = draft.person.person
        actors, names = (person.actor,), (person.name,)
    elif draft.nominal is not None:
        reference = Reference.NOMINAL
        actors, names = offices.meant(discourse, sentence, draft.nominal)
        if not actors:
            return None
    return ActorMention(
        sentence.index, draft.start, draft.end, draft.head, actors, names, reference, draft.location, draft.place
    )


def _anaphor(sentence: Sentence, token: int, taken: set[int], discourse: Discourse) -> ActorMention | None:
    """A phrase ("both sides") or pronoun that begins at this token."""
    if sentence.tags[token] in _PRONOUN_TAGS:
        actors, names = pronouns.meant(discourse, sentence, token)
        if actors:
            return ActorMention(sentence.index, token, token + 1, token, actors, names, Reference.PRONOUN)
        return None
    found = phrases.find(discourse, sentence, token)
    if found is None:
        return None
    end, head, (actors, names) = found
    if not taken.isdisjoint(range(token, end)):
        return None
    return ActorMention(sentence.index, token, end, head, actors, names, Reference.NOMINAL)
