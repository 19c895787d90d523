"""Decides whom a pronoun means: by grammatical role, recency, gender and number. "Who" and "which" are syntax."""

from transforms.actors.discourse import NOBODY, SUBJECT_WEIGHT, SUBJECTS, Discourse, Resolved, role_weight
from transforms.actors.mentions import ActorMention
from transforms.actors.sentence import Sentence
from transforms.actors.words import word_set
from transforms.vocabulary import ActorKind

_FAR = 4  # sentences back in which an antecedent is looked for
_HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_SPEAKERS = frozenset({"i", "me", "my", "we", "us", "our"})
_PARTIES = frozenset({ActorKind.STATE, ActorKind.ARMED_GROUP, ActorKind.ORGANISATION, ActorKind.OTHER, ActorKind.BLOC})


def meant(discourse: Discourse, sentence: Sentence, token: int) -> Resolved:
    """Whom the pronoun at this token means."""
    word = sentence.lower[token]
    if word in _HE:
        return _person_before(discourse, sentence, token, _HE[word])
    if word in _THEY:
        return _group_before(discourse, token)
    if word in _IT:
        return _party_before(discourse, sentence, token)
    if word in _SPEAKERS:
        return _speaker(discourse, sentence)
    return NOBODY


def _person_before(discourse: Discourse, sentence: Sentence, token: int, gender: str) -> Resolved:
    """The subject of the same sentence, else of an earlier one; else whoever was named last."""
    governor = sentence.heads[token]
    clause = _verb_above(sentence, token)
    for back, mentions in enumerate(reversed(discourse.history)):
        if back > _FAR:
            return NOBODY
        where = discourse.sentences[len(discourse.history) - 1 - back]
        best: tuple[float, ActorMention] | None = None
        for order, mention in enumerate(mentions):
            if len(mention.actors) != 1 or mention.actors[0].kind is not ActorKind.PERSON:
                continue
            person = discourse.person_of(mention.actors[0])
            if person is None or (person.gender or gender) != gender:
                continue
            if back == 0 and (mention.start >= token or _co_argument(sentence, mention.head, token, governor)):
                continue
            weight = role_weight(where, mention.head) + 0.01 * order
            if where.deps[mention.head] in SUBJECTS and _is_root_clause(where, mention.head):
                weight += 0.5
            if back == 0 and where.heads[mention.head] == clause and where.deps[mention.head] in SUBJECTS:
                weight += 1.0  # "after Putin is removed from his post"
            if best is None or weight > best[0]:
                best = (weight, mention)
        if best is not None:
            return best[1].actors, best[1].names
    return NOBODY


def _co_argument(sentence: Sentence, head: int, token: int, governor: int) -> bool:
    """Whether the two are subject and object of one verb: "Lavrov met him" is not Lavrov with himself."""
    if sentence.deps[token] == "poss" or sentence.lower[token].endswith("self"):
        return False
    verb = governor
    if sentence.deps[token] == "pobj":
        verb = sentence.heads[governor]
    return sentence.heads[head] in _verbs_sharing_subject(sentence, verb)


def _group_before(discourse: Discourse, token: int) -> Resolved:
    """ "they": several actors named together, else a group or a body."""
    for back, mentions in enumerate(reversed(discourse.history)):
        if back > 2:
            return NOBODY
        where = discourse.sentences[len(discourse.history) - 1 - back]
        here = [m for m in mentions if not m.location and m.actors and (back > 0 or m.start < token)]
        joined = _coordinated(where, here)
        subjects = [group for group in joined if role_weight(where, group[0].head) == SUBJECT_WEIGHT]
        for group in subjects + joined:
            actors = tuple(dict.fromkeys(actor for mention in group for actor in mention.actors))
            if len(actors) > 1:
                return actors, tuple(discourse.name(actor) for actor in actors)
        for mention in sorted(here, key=lambda m: -role_weight(where, m.head)):
            many = {ActorKind.ARMED_GROUP, ActorKind.BLOC}
            plural = where.tags[mention.head] in ("NNS", "NNPS") or mention.actors[0].kind in many
            if plural and mention.actors[0].kind is not ActorKind.PERSON:
                return mention.actors, mention.names
    return NOBODY


def _party_before(discourse: Discourse, sentence: Sentence, token: int) -> Resolved:
    """ "it", "its": a state or body, first the subject."""
    if not _refers(sentence, token):
        return NOBODY
    for back, mentions in enumerate(reversed(discourse.history)):
        if back > 1:
            return NOBODY
        where = discourse.sentences[len(discourse.history) - 1 - back]
        here = [
            m for m in mentions if len(m.actors) == 1 and m.actors[0].kind in _PARTIES and (back > 0 or m.start < token)
        ]
        if sentence.deps[token] != "poss" or back > 0:
            # Only its subject is likely enough to be taken up from another clause.
            here = [m for m in here if not m.location and role_weight(where, m.head) == SUBJECT_WEIGHT]
        if here:
            best = max(here, key=lambda m: (role_weight(where, m.head), m.start))
            return best.actors, best.names
    return NOBODY


def _speaker(discourse: Discourse, sentence: Sentence) -> Resolved:
    """ "I", "we" in a quotation: the subject of the verb of saying in the same sentence."""
    for mention in discourse.history[-1]:
        if len(mention.actors) == 1 and sentence.deps[mention.head] == "nsubj":
            verb = sentence.heads[mention.head]
            if sentence.lemmas[verb] in word_set("saying"):
                return mention.actors, mention.names
    return NOBODY


def _is_root_clause(sentence: Sentence, head: int) -> bool:
    return sentence.deps[sentence.heads[head]] == "ROOT"


def _verbs_sharing_subject(sentence: Sentence, verb: int) -> set[int]:
    """The verb, and those above it whose subject it takes over: "Trump praised him, accusing …"."""
    verbs = {verb}
    for _ in range(len(sentence)):
        if any(sentence.heads[k] == verb and sentence.deps[k] in SUBJECTS for k in range(len(sentence))):
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
