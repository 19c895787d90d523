"""Decides whom an office, a phrase or a pronoun means: "the Turkish president", "both sides", "his counterpart", "he".

Rules on recency, grammatical role, office and number; what is mentioned by name is found elsewhere.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache

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

    def __init__(self, sentences: Sequence[Sentence], people: People) -> None:
        self._sentences = sentences
        self._people = people
        self._history: list[list[ActorMention]] = []  # by sentence, the mentions so far
        self._counts: dict[Actor, int] = {}
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
            self._counts[actor] = self._counts.get(actor, 0) + 1
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
        if not nominal.definite or office is None:
            return NOBODY
        if title.plural:
            return self._several_persons(nominal.number or 2, office)
        return self._holder(office)

    def _office_of(self, actor: Actor | None) -> str | None:
        for person in self._people.persons:
            if person.actor == actor:
                return next((office for office, _ in person.offices if office != "honorific"), None)
        return None

    def _of_owners(self, office: str | None, owners: Iterable[Actor], possessor: Actor | None) -> Resolved:
        actors: list[Actor] = []
        names: list[str] = []
        for owner in owners:
            person = self._person_with(office, owner, possessor)
            actor, name = (person.actor, person.name) if person else (owner, owner.name)
            if actor not in actors:
                actors.append(actor)
                names.append(name)
        return tuple(actors), tuple(names)

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
        return found[0] if found else None

    def _holder(self, office: str) -> Resolved:
        """ "the president": the last person mentioned who holds such an office."""
        for mentions in reversed(self._history):
            for mention in reversed(mentions):
                for actor in mention.actors:
                    person = self._person_of(actor)
                    if person and any(titles.covers(office, held) for held, _ in person.offices):
                        return _of_persons([person])
        return NOBODY

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
        if i < count and (sentence.lower[i] in NUMBERS or sentence.lower[i] in word_set("opponent")):
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
            if i + length < count and sentence.lower[i + length] in ("of", "from", "in", "who", "that", "for"):
                return None  # "the leaders of the opposition": said anew, not taken up
            resolved = self._taken_up(refers_to, sentence.lower[i], number or 2, plural)
            return (i + length, i + length - 1, resolved) if resolved[0] else None
        return None

    def _taken_up(self, refers_to: str, noun: str, number: int, plural: bool) -> Resolved:
        if refers_to == "person":
            found = self._several_persons(number, _office_of_plural(noun))
            return found if found[0] else self._several({ActorKind.STATE}, number)
        if refers_to == "party":
            return self._several({ActorKind.STATE, ActorKind.ARMED_GROUP, ActorKind.OTHER}, number)
        if refers_to == "state":
            return self._several({ActorKind.STATE}, number if plural else 1)
        return self._several({ActorKind(refers_to)}, 1)

    def _several(self, kinds: set[ActorKind], number: int) -> Resolved:
        """The most salient parties of these kinds; nobody where there are fewer."""
        ranked = self._ranked(lambda actor: actor.kind in kinds)
        if len(ranked) < number:
            return NOBODY
        actors = tuple(ranked[:number])
        return actors, tuple(self._names[actor] for actor in actors)

    def _several_persons(self, number: int, office: str | None) -> Resolved:
        """The most salient persons who hold such an office, or of whom no office is known."""

        def holds(actor: Actor) -> bool:
            person = self._person_of(actor)
            if person is None:
                return False
            offices = [held for held, _ in person.offices if held != "honorific"]
            return office is None or not offices or any(titles.covers(office, held) for held in offices)

        ranked = self._ranked(holds)
        if len(ranked) < number:
            return NOBODY
        actors = tuple(ranked[:number])
        return actors, tuple(self._names[actor] for actor in actors)

    def _ranked(self, fits: Callable[[Actor], bool]) -> list[Actor]:
        """Actors mentioned before that fit, the most salient first: subjects and recent mentions weigh more."""
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
            weights[actor] += 0.05 * min(self._counts.get(actor, 0), 5)
        return sorted(weights, key=lambda actor: -weights[actor])

    # --- pronouns ----------------------------------------------------------------------------------------------------

    def pronoun(self, sentence: Sentence, token: int) -> Resolved:
        """Whom the pronoun at this token means."""
        word = sentence.lower[token]
        if word in _HE:
            return self._person_before(sentence, token, _HE[word])
        if word in _THEY:
            return self._group_before(sentence, token)
        if word in _IT:
            return self._party_before(sentence, token)
        if word in _SPEAKERS:
            return self._speaker(sentence)
        return NOBODY

    def _person_before(self, sentence: Sentence, token: int, gender: str) -> Resolved:
        """The subject of the same sentence, else of an earlier one; else whoever was named last."""
        governor = sentence.heads[token]
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
        return sentence.heads[head] == verb

    def _group_before(self, sentence: Sentence, token: int) -> Resolved:
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
                plural = where.tags[mention.head] in ("NNS", "NNPS")
                if plural and mention.actors[0].kind is not ActorKind.PERSON:
                    return mention.actors, mention.names
        return NOBODY

    def _party_before(self, sentence: Sentence, token: int) -> Resolved:
        """ "it", "its": a state or body, first the subject."""
        if sentence.deps[token] in ("nsubj", "nsubjpass", "expl") and _expletive(sentence, token):
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
        if sentence.deps[token] != "conj":
            break
        token = sentence.heads[token]
    dep = sentence.deps[token]
    if dep in _SUBJECTS:
        return _SUBJECT_WEIGHT
    return _OBJECT_WEIGHT if dep in _OBJECTS else _OTHER_WEIGHT


def _is_root_clause(sentence: Sentence, head: int) -> bool:
    return sentence.deps[sentence.heads[head]] == "ROOT"


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


def _expletive(sentence: Sentence, token: int) -> bool:
    """ "It is unclear", "it seems": nobody is meant."""
    verb = sentence.heads[token]
    if sentence.lemmas[verb] in word_set("expletive"):
        return True
    return sentence.lemmas[verb] == "be"
