"""What an article has said so far, and how salient each party is; whom words mean is decided from it elsewhere."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations, permutations

from transforms.actors import titles
from transforms.actors.gazetteer import state
from transforms.actors.mentions import Actor, ActorMention, Reference
from transforms.actors.names import People, Person
from transforms.actors.sentence import Sentence
from transforms.vocabulary import ActorKind

Resolved = tuple[tuple[Actor, ...], tuple[str, ...]]  # actors and their names, in parallel
NOBODY: Resolved = ((), ())
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})
SUBJECT_WEIGHT, OBJECT_WEIGHT, OTHER_WEIGHT = 2.0, 1.0, 0.4
TOPIC_WEIGHT, _TOPIC_LIMIT = 0.1, 10  # weight of each mention in the whole article, and how many count
HOME_WEIGHT = 2.0  # of a state in which an armed group of the article fights
_OBJECTS = frozenset({"dobj", "pobj", "dative", "attr"})
_FADING = 0.55  # weight of a mention one sentence back, against this sentence
_PAIR_WEIGHT = 0.5  # of two parties that the article joins ("between X and Y"), each time
_PERSON_SHARE = 0.5  # what a mention of a person counts for the person's state
_CANDIDATES = 6  # parties among which the best pair is sought
_HORIZON = 12  # sentences back that count for the salience of parties
_OPPONENTS = frozenset({ActorKind.ARMED_GROUP, ActorKind.OTHER})  # rebels and oppositions, of one country


class Discourse:
    """The mentions so far, by sentence, with the persons of the article and what the whole article is about."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        people: People,
        counts: Mapping[Actor, int],
        pairs: Mapping[frozenset[Actor], int],
    ) -> None:
        """`counts`: how often the whole article names each actor, as a party; `pairs`: how strongly it joins two."""
        self.sentences = sentences
        self.people = people
        self.history: list[list[ActorMention]] = []  # by sentence, the mentions so far
        self.counts = counts
        self.pairs = pairs
        self._names: dict[Actor, str] = {}
        self._persons: dict[Actor, Person] = {}
        for person in people.persons:
            self._persons.setdefault(person.actor, person)

    def begin(self) -> None:
        """A new sentence begins."""
        self.history.append([])

    def note(self, mention: ActorMention) -> None:
        """Takes in a mention of the current sentence; they come in the order of the text."""
        self.history[-1].append(mention)
        if mention.location:
            return
        for actor, name in zip(mention.actors, mention.names, strict=True):
            self._names[actor] = name

    def person_of(self, actor: Actor) -> Person | None:
        if actor.kind is not ActorKind.PERSON:
            return None
        return self._persons.get(actor)

    def name(self, actor: Actor) -> str:
        person = self.person_of(actor)
        return person.name if person else self._names.get(actor, actor.name)

    def named(self, actors: tuple[Actor, ...]) -> Resolved:
        """The actors with the names that the article gives them."""
        return actors, tuple(self.name(actor) for actor in actors)

    def last_person(self, fits: Callable[[Person], bool]) -> Resolved | None:
        for mentions in reversed(self.history):
            for mention in reversed(mentions):
                for actor in mention.actors:
                    person = self.person_of(actor)
                    if person is not None and fits(person):
                        return of_persons([person])
        return None

    def subject_above(self, sentence: Sentence, token: int) -> Actor | None:
        """The single subject of a verb above the token: "Qatar told both sides" does not mean Qatar by them."""
        above = set()
        for _ in range(len(sentence)):
            token = sentence.heads[token]
            above.add(token)
            if sentence.heads[token] == token:
                break
        for mention in self.history[-1]:
            verb = sentence.heads[mention.head]
            alone = not any(
                sentence.deps[k] == "conj" and sentence.heads[k] == mention.head for k in range(len(sentence))
            )
            if sentence.deps[mention.head] in SUBJECTS and verb in above and alone and len(mention.actors) == 1:
                return mention.actors[0]
        return None

    def ranked(self, fits: Callable[[Actor], bool]) -> list[Actor]:
        """Actors mentioned before that fit, the most salient first."""
        weights = self.weights(fits)
        return sorted(weights, key=lambda actor: -weights[actor])

    def weights(self, fits: Callable[[Actor], bool], *, places: bool = False) -> dict[Actor, float]:
        """How salient the actors are that fit: by role and recency, and by their share in the article.

        `places`: states count, too, where they only say where something is.
        """
        weights: dict[Actor, float] = {}
        for back, mentions in enumerate(reversed(self.history)):
            if back > _HORIZON:
                break
            sentence = self.sentences[len(self.history) - 1 - back]
            for mention in mentions:
                if mention.location and not places:
                    continue
                weight = (OTHER_WEIGHT if mention.location else role_weight(sentence, mention.head)) * _FADING**back
                for actor in mention.actors:
                    if fits(actor) and mention.reference is not Reference.PRONOUN:
                        weights[actor] = weights.get(actor, 0.0) + weight
                    elif actor.kind is ActorKind.PERSON and actor.country_code and fits(state(actor.country_code)):
                        home = state(actor.country_code)
                        weights[home] = weights.get(home, 0.0) + _PERSON_SHARE * weight
        for actor in weights:
            weights[actor] += TOPIC_WEIGHT * min(self.counts.get(actor, 0), _TOPIC_LIMIT)
        return weights

    def several(self, kinds: set[ActorKind], number: int, subject: Actor | None) -> Resolved:
        """The most salient parties of these kinds; nobody where there are fewer."""
        excluded = [subject, *owner_of(subject)] if subject else []
        weights = self.weights(lambda actor: actor.kind in kinds and actor not in excluded)
        ranked = sorted(weights, key=lambda actor: -weights[actor])
        if len(ranked) < number:
            return NOBODY
        actors = tuple(ranked[:number])
        if number == 2:

            def together(pair: tuple[Actor, ...]) -> float:
                joined = min(self.pairs.get(frozenset(pair), 0), _TOPIC_LIMIT)
                fight = any(a.kind in _OPPONENTS and a.country_code == b.key for a, b in permutations(pair))
                return weights[pair[0]] + weights[pair[1]] + _PAIR_WEIGHT * joined + HOME_WEIGHT * fight

            actors = max(combinations(ranked[:_CANDIDATES], 2), key=together)
        return self.named(actors)

    def several_persons(self, number: int, office: str | None, subject: Actor | None) -> Resolved:
        """The most salient persons who hold such an office, or of whom no office is known."""

        def holds(actor: Actor) -> bool:
            person = self.person_of(actor)
            return (person is not None and actor != subject) and (
                office is None or any(titles.covers(office, held) for held, _ in person.offices)
            )

        def may_hold(actor: Actor) -> bool:
            person = self.person_of(actor)
            if person is None or actor == subject:
                return False
            return holds(actor) or all(held == "honorific" for held, _ in person.offices)

        ranked = self.ranked(holds)
        if len(ranked) < number:
            ranked = self.ranked(may_hold)
        if len(ranked) == number - 1 and subject is not None and self.person_of(subject) is not None:
            ranked = [subject, *ranked]  # "Erdogan met Zelensky, a month after the two leaders held talks"
        if len(ranked) < number:
            return NOBODY
        if number == 2 and len(ranked) > 2:  # "the two men": rather those of whom the article told together
            weights = self.weights(lambda actor: actor in ranked)
            pairs = list(combinations(ranked[:_CANDIDATES], 2))

            def told_together(pair: Iterable[Actor]) -> float:
                pair = tuple(pair)
                joined = min(self.pairs.get(frozenset(pair), 0), _TOPIC_LIMIT)
                return sum(weights.get(actor, 0.0) for actor in pair) + _PAIR_WEIGHT * joined

            ranked = list(max(pairs, key=told_together))
        return self.named(tuple(ranked[:number]))


def role_weight(sentence: Sentence, head: int) -> float:
    """How prominent a mention is by its role: subjects before objects before the rest; conjuncts as the first."""
    token = head
    for _ in range(len(sentence)):
        if sentence.deps[token] not in ("conj", "appos"):
            break
        token = sentence.heads[token]
    dep = sentence.deps[token]
    if dep in SUBJECTS:
        return SUBJECT_WEIGHT
    return OBJECT_WEIGHT if dep in _OBJECTS else OTHER_WEIGHT


def of_persons(persons: Iterable[Person]) -> Resolved:
    found = list(persons)
    return tuple(person.actor for person in found), tuple(person.name for person in found)


def owner_of(actor: Actor) -> list[Actor]:
    """The state for which a person acts, else the party itself."""
    if actor.kind is not ActorKind.PERSON:
        return [actor]
    return [state(actor.country_code)] if actor.country_code else []


def said_anew(sentence: Sentence, end: int) -> bool:
    """ "the leaders of the opposition", "the men who …": the words tell who is meant, nothing is taken up."""
    return end < len(sentence) and sentence.lower[end] in ("of", "from", "who", "that", "for")
