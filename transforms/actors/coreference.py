"""Decides whom an office, a phrase or a pronoun means: "the Turkish president", "both sides", "his counterpart", "he".

Rules on recency, grammatical role, office and number; what is mentioned by name is found elsewhere.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations

from transforms.actors import titles
from transforms.actors.gazetteer import state
from transforms.actors.mentions import Actor, ActorMention, Reference
from transforms.actors.names import People, Person
from transforms.actors.nominals import DETERMINERS, NUMBERS, Nominal
from transforms.actors.sentence import Sentence
from transforms.actors.words import word_set
from transforms.reference import table
from transforms.vocabulary import ActorKind

Resolved = tuple[tuple[Actor, ...], tuple[str, ...]]  # actors and their names, in parallel
NOBODY: Resolved = ((), ())

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})
_OBJECTS = frozenset({"dobj", "pobj", "dative", "attr"})
_SUBJECT_WEIGHT, _OBJECT_WEIGHT, _OTHER_WEIGHT = 2.0, 1.0, 0.4
_FADING = 0.55  # weight of a mention one sentence back, against this sentence
_TOPIC_WEIGHT, _TOPIC_LIMIT = 0.1, 10  # weight of each mention in the whole article, and how many count
_PAIR_WEIGHT = 0.5  # of two parties that the article joins ("between X and Y"), each time
_CANDIDATES = 6  # parties among which the best pair is sought
_FAR = 4  # sentences back in which an antecedent is looked for
_HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_SPEAKERS = frozenset({"i", "me", "my", "we", "us", "our"})
_PARTIES = frozenset({ActorKind.STATE, ActorKind.ARMED_GROUP, ActorKind.ORGANISATION, ActorKind.OTHER, ActorKind.BLOC})
_UNIQUE_OFFICES = frozenset({"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "leader"})
_LEADING = frozenset({"head_of_state", "head_of_government", "royal", "leader"})


@cache
def _anaphors() -> dict[tuple[str, ...], tuple[str, bool]]:
    """Words of the noun → (to what it refers, whether plural)."""
    return {
        tuple(row["noun"].lower().split()): (row["refers_to"], row["number"] == "plural") for row in table("anaphors")
    }


class Resolver:
    """Knows what the article has said so far, and answers whom a phrase means."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        people: People,
        counts: Mapping[Actor, int],
        pairs: Mapping[frozenset[Actor], int],
    ) -> None:
        """`counts`: how often the whole article names each actor, as a party; `pairs`: how strongly it joins two."""
        self._sentences = sentences
        self._people = people
        self._history: list[list[ActorMention]] = []  # by sentence, the mentions so far
        self._counts = counts
        self._pairs = pairs
        self._names: dict[Actor, str] = {}

    def begin(self) -> None:
        """A new sentence begins."""
        self._history.append([])

    def note(self, mention: ActorMention) -> None:
        """Takes in a mention of the current sentence; they come in the order of the text."""
        self._history[-1].append(mention)
        if mention.location:
            return
        for actor, name in zip(mention.actors, mention.names, strict=True):
            self._names[actor] = name

    # --- offices -----------------------------------------------------------------------------------------------------

    def nominal(self, sentence: Sentence, nominal: Nominal) -> Resolved:
        """Whom an office without a name means: a person of the article, else the state or body to which it belongs."""
        if nominal.persons:
            return _of_persons(nominal.persons)
        title, owners = nominal.title, list(nominal.owners)
        office: str | None = title.title.office
        possessor: Actor | None = None
        if nominal.possessive is not None:
            found, _ = self.pronoun(sentence, nominal.possessive)
            possessor = found[0] if found else None
            if office == "counterpart":
                office = self._office_of(possessor)
            elif possessor is not None and not owners:
                owners = _owner_of(possessor)
        elif office == "counterpart":
            office = None
        if owners:
            return self._of_owners(office, owners, possessor)
        if not nominal.definite or office is None or _said_anew(sentence, nominal.end):
            return NOBODY
        if title.plural:
            return self._office_holders(sentence, nominal)
        return self._holder(title.title)

    def _office_holders(self, sentence: Sentence, nominal: Nominal) -> Resolved:
        """ "the two foreign ministers": those called so, before or else after; "the negotiators": two states."""
        title, number = nominal.title.title, nominal.number or 2
        subject = self._subject_above(sentence, nominal.title.end - 1)

        def called_so(actor: Actor) -> bool:
            person = self._person_of(actor)
            return person is not None and title.name in person.titles and actor != subject

        ranked = self._ranked(called_so)
        if len(ranked) < number:
            later = [person.actor for person in self._people.persons if called_so(person.actor)]
            ranked = list(dict.fromkeys(ranked + later))
        if len(ranked) >= number:
            return self._named(tuple(ranked[:number]))
        found = self._several_persons(number, title.office, subject)
        if not found[0] and title.office in ("envoy", "military", "official"):
            return self._several({ActorKind.STATE, ActorKind.ARMED_GROUP}, number, subject)
        return found

    def _named(self, actors: tuple[Actor, ...]) -> Resolved:
        """The actors with the names that the article gives them."""
        return actors, tuple(self._name(actor) for actor in actors)

    def _name(self, actor: Actor) -> str:
        person = self._person_of(actor)
        return person.name if person else self._names.get(actor, actor.name)

    def _subject_above(self, sentence: Sentence, token: int) -> Actor | None:
        """The single subject of a verb above the token: "Qatar told both sides" does not mean Qatar by them."""
        above = set()
        for _ in range(len(sentence)):
            token = sentence.heads[token]
            above.add(token)
            if sentence.heads[token] == token:
                break
        for mention in self._history[-1]:
            verb = sentence.heads[mention.head]
            alone = not any(
                sentence.deps[k] == "conj" and sentence.heads[k] == mention.head for k in range(len(sentence))
            )
            if sentence.deps[mention.head] in _SUBJECTS and verb in above and alone and len(mention.actors) == 1:
                return mention.actors[0]
        return None

    def _office_of(self, actor: Actor | None) -> str | None:
        for person in self._people.persons:
            if person.actor == actor:
                return next((office for office, _ in person.offices if office != "honorific"), None)
        return None

    def _of_owners(self, office: str | None, owners: Iterable[Actor], possessor: Actor | None) -> Resolved:
        owners = list(dict.fromkeys(owners))
        persons = [self._person_with(office, owner, possessor) for owner in owners]
        found = [person for person in persons if person is not None]
        if len(found) == len(owners):
            return _of_persons(dict.fromkeys(found))
        return tuple(owners), tuple(owner.name for owner in owners)

    def _person_with(self, office: str | None, owner: Actor, possessor: Actor | None) -> Person | None:
        """The person of the article who holds that office of that state or body."""
        exact, loose = [], []
        for person in self._people.persons:
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
            found = self._untitled(owner, possessor)
        return found[0] if found else None

    def _untitled(self, owner: Actor, possessor: Actor | None) -> list[Person]:
        """The one well-known person of that state to whom the article gives no office, where there is just one."""
        candidates = [
            person
            for person in self._people.persons
            if person.known is not None
            and person.actor.country_code == owner.key
            and person.actor != possessor
            and all(held == "honorific" for held, _ in person.offices)
        ]
        return candidates if len(candidates) == 1 else []

    def _holder(self, title: titles.Title) -> Resolved:
        """ "the president": the last person mentioned who was called so, else who holds such an office."""
        return (
            self._last_person(lambda person: title.name in person.titles)
            or self._last_person(lambda person: any(titles.covers(title.office, held) for held, _ in person.offices))
            or NOBODY
        )

    def _last_person(self, fits: Callable[[Person], bool]) -> Resolved | None:
        for mentions in reversed(self._history):
            for mention in reversed(mentions):
                for actor in mention.actors:
                    person = self._person_of(actor)
                    if person is not None and fits(person):
                        return _of_persons([person])
        return None

    def _person_of(self, actor: Actor) -> Person | None:
        if actor.kind is not ActorKind.PERSON:
            return None
        return next((person for person in self._people.persons if person.actor == actor), None)

    # --- phrases -----------------------------------------------------------------------------------------------------

    def phrase(self, sentence: Sentence, start: int) -> tuple[int, int, Resolved] | None:
        """A phrase that takes up parties named before and begins at `start`: (end, head, whom it means)."""
        word = sentence.lower[start]
        number = NUMBERS.get(word)
        if number is None and word not in ("the", "these", "those", "each", "either", "neither", "this"):
            return None
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
            if _said_anew(sentence, i + length):
                return None
            subject = self._subject_above(sentence, i + length - 1)
            resolved = self._taken_up(refers_to, sentence.lower[i], number or 2, plural, subject)
            return (i + length, i + length - 1, resolved) if resolved[0] else None
        return None

    def _taken_up(self, refers_to: str, noun: str, number: int, plural: bool, subject: Actor | None) -> Resolved:
        if refers_to == "person":
            found = self._several_persons(number, _office_of_plural(noun), subject)
            return found if found[0] else self._several({ActorKind.STATE}, number, subject)
        if refers_to == "party":
            return self._several({ActorKind.STATE, ActorKind.ARMED_GROUP, ActorKind.OTHER}, number, subject)
        if refers_to == "state":
            return self._several({ActorKind.STATE}, number if plural else 1, subject if plural else None)
        return self._several({ActorKind(refers_to)}, 1, None)

    def _several(self, kinds: set[ActorKind], number: int, subject: Actor | None) -> Resolved:
        """The most salient parties of these kinds; nobody where there are fewer."""
        weights = self._weights(lambda actor: actor.kind in kinds and actor != subject)
        ranked = sorted(weights, key=lambda actor: -weights[actor])
        if len(ranked) < number:
            return NOBODY
        actors = tuple(ranked[:number])
        if number == 2:

            def together(pair: tuple[Actor, ...]) -> float:
                joined = min(self._pairs.get(frozenset(pair), 0), _TOPIC_LIMIT)
                return weights[pair[0]] + weights[pair[1]] + _PAIR_WEIGHT * joined

            actors = max(combinations(ranked[:_CANDIDATES], 2), key=together)
        return self._named(actors)

    def _several_persons(self, number: int, office: str | None, subject: Actor | None) -> Resolved:
        """The most salient persons who hold such an office, or of whom no office is known."""

        def holds(actor: Actor) -> bool:
            person = self._person_of(actor)
            return (person is not None and actor != subject) and (
                office is None or any(titles.covers(office, held) for held, _ in person.offices)
            )

        def may_hold(actor: Actor) -> bool:
            person = self._person_of(actor)
            if person is None or actor == subject:
                return False
            return holds(actor) or all(held == "honorific" for held, _ in person.offices)

        ranked = self._ranked(holds)
        if len(ranked) < number:
            ranked = self._ranked(may_hold)
        if len(ranked) < number:
            return NOBODY
        return self._named(tuple(ranked[:number]))

    def _ranked(self, fits: Callable[[Actor], bool]) -> list[Actor]:
        """Actors mentioned before that fit, the most salient first."""
        weights = self._weights(fits)
        return sorted(weights, key=lambda actor: -weights[actor])

    def _weights(self, fits: Callable[[Actor], bool]) -> dict[Actor, float]:
        """How salient the actors are that fit: by role and recency, and by their share in the article."""
        weights: dict[Actor, float] = {}
        for back, mentions in enumerate(reversed(self._history)):
            if back > _FAR and len(weights) > 1:
                break
            sentence = self._sentences[len(self._history) - 1 - back]
            for mention in mentions:
                if mention.location or mention.reference is Reference.PRONOUN:
                    continue
                weight = _weight(sentence, mention.head) * _FADING**back
                for actor in mention.actors:
                    if fits(actor):
                        weights[actor] = weights.get(actor, 0.0) + weight
        for actor in weights:
            weights[actor] += _TOPIC_WEIGHT * min(self._counts.get(actor, 0), _TOPIC_LIMIT)
        return weights

    # --- pronouns ----------------------------------------------------------------------------------------------------

    def pronoun(self, sentence: Sentence, token: int) -> Resolved:
        """Whom the pronoun at this token means."""
        word = sentence.lower[token]
        if word in _HE:
            return self._person_before(sentence, token, _HE[word])
        if word in _THEY:
            return self._group_before(token)
        if word in _IT:
            return self._party_before(sentence, token)
        if word in _SPEAKERS:
            return self._speaker(sentence)
        return NOBODY

    def _person_before(self, sentence: Sentence, token: int, gender: str) -> Resolved:
        """The subject of the same sentence, else of an earlier one; else whoever was named last."""
        governor = sentence.heads[token]
        clause = _verb_above(sentence, token)
        for back, mentions in enumerate(reversed(self._history)):
            if back > _FAR:
                return NOBODY
            where = self._sentences[len(self._history) - 1 - back]
            best: tuple[float, ActorMention] | None = None
            for order, mention in enumerate(mentions):
                if len(mention.actors) != 1 or mention.actors[0].kind is not ActorKind.PERSON:
                    continue
                person = self._person_of(mention.actors[0])
                if person is None or (person.gender or gender) != gender:
                    continue
                if back == 0 and (mention.start >= token or self._co_argument(sentence, mention.head, token, governor)):
                    continue
                weight = _weight(where, mention.head) + 0.01 * order
                if where.deps[mention.head] in _SUBJECTS and _is_root_clause(where, mention.head):
                    weight += 0.5
                if back == 0 and where.heads[mention.head] == clause and where.deps[mention.head] in _SUBJECTS:
                    weight += 1.0  # "after Putin is removed from his post"
                if best is None or weight > best[0]:
                    best = (weight, mention)
            if best is not None:
                return best[1].actors, best[1].names
        return NOBODY

    @staticmethod
    def _co_argument(sentence: Sentence, head: int, token: int, governor: int) -> bool:
        """Whether the two are subject and object of one verb: "Lavrov met him" is not Lavrov with himself."""
        if sentence.deps[token] == "poss" or sentence.lower[token].endswith("self"):
            return False
        verb = governor
        if sentence.deps[token] == "pobj":
            verb = sentence.heads[governor]
        return sentence.heads[head] in _verbs_sharing_subject(sentence, verb)

    def _group_before(self, token: int) -> Resolved:
        """ "they": several actors named together, else a group or a body."""
        for back, mentions in enumerate(reversed(self._history)):
            if back > 2:
                return NOBODY
            where = self._sentences[len(self._history) - 1 - back]
            here = [m for m in mentions if not m.location and m.actors and (back > 0 or m.start < token)]
            joined = _coordinated(where, here)
            subjects = [group for group in joined if _weight(where, group[0].head) == _SUBJECT_WEIGHT]
            for group in subjects + joined:
                actors = tuple(dict.fromkeys(actor for mention in group for actor in mention.actors))
                if len(actors) > 1:
                    return actors, tuple(self._names[actor] for actor in actors)
            for mention in sorted(here, key=lambda m: -_weight(where, m.head)):
                many = {ActorKind.ARMED_GROUP, ActorKind.BLOC}
                plural = where.tags[mention.head] in ("NNS", "NNPS") or mention.actors[0].kind in many
                if plural and mention.actors[0].kind is not ActorKind.PERSON:
                    return mention.actors, mention.names
        return NOBODY

    def _party_before(self, sentence: Sentence, token: int) -> Resolved:
        """ "it", "its": a state or body, first the subject."""
        if not _refers(sentence, token):
            return NOBODY
        for back, mentions in enumerate(reversed(self._history)):
            if back > 1:
                return NOBODY
            where = self._sentences[len(self._history) - 1 - back]
            here = [
                m
                for m in mentions
                if len(m.actors) == 1 and m.actors[0].kind in _PARTIES and (back > 0 or m.start < token)
            ]
            if sentence.deps[token] != "poss" or back > 0:
                # Only its subject is likely enough to be taken up from another clause.
                here = [m for m in here if not m.location and _weight(where, m.head) == _SUBJECT_WEIGHT]
            if here:
                best = max(here, key=lambda m: (_weight(where, m.head), m.start))
                return best.actors, best.names
        return NOBODY

    def _speaker(self, sentence: Sentence) -> Resolved:
        """ "I", "we" in a quotation: the subject of the verb of saying in the same sentence."""
        for mention in self._history[-1]:
            if len(mention.actors) == 1 and sentence.deps[mention.head] == "nsubj":
                verb = sentence.heads[mention.head]
                if sentence.lemmas[verb] in word_set("saying"):
                    return mention.actors, mention.names
        return NOBODY


def _said_anew(sentence: Sentence, end: int) -> bool:
    """ "the leaders of the opposition", "the men who …": the words tell who is meant, nothing is taken up."""
    return end < len(sentence) and sentence.lower[end] in ("of", "from", "who", "that", "for")


def _of_persons(persons: Iterable[Person]) -> Resolved:
    found = list(persons)
    return tuple(person.actor for person in found), tuple(person.name for person in found)


def _owner_of(actor: Actor) -> list[Actor]:
    """The state for which a person acts, else the party itself."""
    if actor.kind is not ActorKind.PERSON:
        return [actor]
    return [state(actor.country_code)] if actor.country_code else []


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


def _weight(sentence: Sentence, head: int) -> float:
    """How prominent a mention is by its role: subjects before objects before the rest; conjuncts as the first."""
    token = head
    for _ in range(len(sentence)):
        if sentence.deps[token] not in ("conj", "appos"):
            break
        token = sentence.heads[token]
    dep = sentence.deps[token]
    if dep in _SUBJECTS:
        return _SUBJECT_WEIGHT
    return _OBJECT_WEIGHT if dep in _OBJECTS else _OTHER_WEIGHT


def _is_root_clause(sentence: Sentence, head: int) -> bool:
    return sentence.deps[sentence.heads[head]] == "ROOT"


def _verbs_sharing_subject(sentence: Sentence, verb: int) -> set[int]:
    """The verb, and those above it whose subject it takes over: "Trump praised him, accusing …"."""
    verbs = {verb}
    for _ in range(len(sentence)):
        if any(sentence.heads[k] == verb and sentence.deps[k] in _SUBJECTS for k in range(len(sentence))):
            break
        if sentence.deps[verb] not in ("advcl", "xcomp", "conj", "pcomp"):
            break
        verb = sentence.heads[verb]
        verbs.add(verb)
    return verbs


def _verb_above(sentence: Sentence, token: int) -> int:
    """The verb in whose clause the token stands."""
    for _ in range(len(sentence)):
        head = sentence.heads[token]
        if sentence.tags[token].startswith("V") or head == token:
            return token
        token = head
    return token


def _coordinated(sentence: Sentence, mentions: list[ActorMention]) -> list[list[ActorMention]]:
    """Mentions that are joined by "and", and "X met with Y": each list names several actors together."""
    by_head = {mention.head: mention for mention in mentions}
    groups: dict[int, list[ActorMention]] = {}
    for mention in mentions:
        token = mention.head
        for _ in range(len(sentence)):
            if sentence.deps[token] != "conj" or sentence.heads[token] not in by_head:
                break
            token = sentence.heads[token]
        groups.setdefault(token, []).append(mention)
    return [group for group in groups.values() if len(group) > 1 or len(group[0].actors) > 1]


def _refers(sentence: Sentence, token: int) -> bool:
    """Whether "it" may be an actor: it does something. Not in "It is unclear", "make it easier", "it was signed"."""
    dep = sentence.deps[token]
    return dep == "poss" or (
        dep == "nsubj" and sentence.lemmas[sentence.heads[token]].lower() not in word_set("expletive")
    )
