"""Questions asked of a dependency tree: what governs a token, who does it, to whom, in what tense.

Labels are those of spaCy's English pipelines (ClearNLP style). No word of any event belongs here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Token

from transforms.events.words import words

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "dative", "obj", "iobj"})
NAMES = frozenset({"GPE", "ORG", "PERSON", "NORP"})  # labels of what can act
MAX_DEPTH = 12  # links climbed at the most; deeper nesting says nothing of the token any more
# Verbs whose infinitive is done by their object: "urged Russia to meet", "called on Putin to meet".
OBJECT_CONTROL = words("object_control")

# Verbs whose subject is the owner of the plan, offer or refusal that is their object: "made an offer to meet".
VOICING = words("voicing")


@dataclass(frozen=True)
class Link:
    """A step up the tree: `dependent` hangs on `governor` by `relation` ("obj", "subj", "prep:with", "xcomp", …)."""

    dependent: Token
    relation: str
    governor: Token


class Tense(StrEnum):
    PAST = "past"
    PERFECT = "perfect"
    PRESENT = "present"
    PROGRESSIVE = "progressive"
    FUTURE = "future"
    POSSIBLE = "possible"  # may, might, could, would, can
    NEEDED = "needed"  # must, should, ought
    INFINITIVE = "infinitive"
    PARTICIPLE = "participle"  # without an auxiliary: "meeting Putin", "imposed by the EU"


# Lemmas that spaCy's rules get wrong: "hopes" as a form of "hop".
LEMMAS = {"hop": "hope", "slat": "slate", "stag": "stage", "ax": "axe", "relaunche": "relaunch"}


def lemma(token: Token) -> str:
    """Lemma in small letters."""
    found = token.lemma_.lower()
    return LEMMAS.get(found, found)


def is_verb(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"}


def is_noun(token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN", "PRON"}


def first_conjunct(token: Token) -> Token:
    """The head of a coordination: what the others share their governor with."""
    for _ in range(MAX_DEPTH):
        if token.dep_ != "conj":
            return token
        token = token.head
    return token


def coordinated(token: Token) -> list[Token]:
    """The token and the conjuncts that follow it: "Russia, Iran and Turkey"."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj" and child.i > token.i and is_noun(child) == is_noun(token):
            found.extend(coordinated(child))
    return found


def _bare(token: Token) -> bool:
    """Whether a verb is an infinitive without its "to" which the parser coordinates to the verb above both."""
    if token.dep_ != "conj" or token.tag_ != "VB" or token.head.tag_ not in {"VBZ", "VBP", "VBD"}:
        return False
    own = any(c.dep_ in {"aux", "nsubj"} for c in token.children)
    return not own and any(c.dep_ == "xcomp" for c in token.head.children)


def step(token: Token) -> Link | None:
    """The next governor above a token, prepositions folded into the relation; None at the root."""
    if _bare(token):
        return Link(token, "xcomp", token.head)  # "wants to send arms, increase sanctions and …"
    shared = first_conjunct(token)
    head, dep = shared.head, shared.dep_
    if head is shared or head.i == shared.i:
        return None
    if dep in {"pobj", "pcomp"} or (dep in {"advcl", "amod"} and head.dep_ == "prep"):
        prep, words = head, head.lemma_.lower()
        for _ in range(3):  # "because of", "ahead of", "along with"
            if prep.head.i == prep.i or prep.dep_ not in {"prep", "pcomp", "agent"}:
                break
            above = prep.head
            if above.pos_ in {"ADP", "ADV", "SCONJ"} and above.dep_ in {"prep", "advmod", "pcomp"}:
                words, prep = f"{above.lemma_.lower()} {words}", above
            else:
                break
        if prep.dep_ == "agent":
            return Link(token, "agent", prep.head)
        if prep.head.i == prep.i:
            return None
        return Link(token, f"prep:{words}", first_conjunct(prep).head)
    if dep in SUBJECTS:
        return Link(token, "subjpass" if dep.endswith("pass") else "subj", head)
    if dep in OBJECTS:
        return Link(token, "obj", head)
    if dep == "advcl":
        marks = [c.lemma_.lower() for c in shared.children if c.dep_ in {"mark", "advmod"} and c.i < shared.i]
        return Link(token, "advcl:" + (marks[0] if marks else ""), head)
    return Link(token, {"attr": "attr", "acomp": "attr", "oprd": "attr"}.get(dep, dep), head)


def path(token: Token) -> Sequence[Link]:
    """All the links from a token up to the root. They are kept with the Doc, as they are asked for time and again."""
    kept: dict[int, Sequence[Link]] = token.doc.user_data.setdefault("paths", {})
    if token.i not in kept:
        kept[token.i] = _path(token)
    return kept[token.i]


def _path(token: Token) -> list[Link]:
    links: list[Link] = []
    here: Token | None = token
    while here is not None and len(links) < MAX_DEPTH:
        link = step(here)
        if link is None or any(link.governor.i == old.governor.i for old in links):
            break
        links.append(link)
        here = link.governor
    return links


def auxiliaries(verb: Token) -> list[Token]:
    own = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    # "will tour the ruins and meet her": parsers take the second for a present tense
    joined = verb.tag_ == "VBP" and verb.head.tag_ == "VB" and not any(c.dep_ in SUBJECTS for c in verb.children)
    if not own and verb.dep_ == "conj" and (joined or verb.tag_ in {"VB", "VBN", "VBG"}):
        return auxiliaries(verb.head) if is_verb(verb.head) else []
    return own


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive, a bare past participle after its noun ("imposed by the EU") included."""
    if any(c.dep_ in {"auxpass", "nsubjpass", "agent"} for c in verb.children):
        return True
    if any(c.dep_ == "nsubj" for c in verb.children):
        return False
    return verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod"} and not any(c.dep_ == "aux" for c in verb.children)


def tense(verb: Token) -> Tense:
    """Tense or modality of a verb, from its own form and its auxiliaries."""
    aux = auxiliaries(verb)
    words = {a.lower_ for a in aux}
    if verb.tag_ == "VBN" and words <= {"'d", "’d"} and words:
        return Tense.PERFECT  # "the third time he'd met her"
    if words & {"will", "wo", "'ll", "’ll", "shall"}:
        return Tense.FUTURE
    if words & {"may", "might", "could", "would", "can", "ca", "'d"}:
        return Tense.POSSIBLE
    if words & {"must", "should", "ought"}:
        return Tense.NEEDED
    if words & {"has", "have", "had", "having", "'ve", "’ve"}:
        lasting = verb.tag_ == "VBG" and "been" in words and "had" not in words  # "have been meeting since Monday"
        return Tense.PROGRESSIVE if lasting else Tense.PERFECT
    if "to" in words:
        return Tense.INFINITIVE
    if verb.tag_ == "VBG":
        return (
            Tense.PROGRESSIVE if words & {"is", "are", "was", "were", "be", "been", "'s", "'re"} else Tense.PARTICIPLE
        )
    if verb.tag_ == "VBD" or words & {"was", "were", "did"}:
        return Tense.PAST
    if verb.tag_ == "VBN" and not aux:
        return Tense.PARTICIPLE
    return Tense.PRESENT


def in_past(verb: Token) -> bool:
    """Whether the clause stands in a past tense: "was due to meet", "had planned to"."""
    return verb.tag_ == "VBD" or bool({a.lower_ for a in auxiliaries(verb)} & {"was", "were", "had", "did"})


def negated(token: Token) -> bool:
    """Whether a verb has "not", "never" or the like, or a noun has "no"."""
    for child in token.children:
        if child.dep_ == "neg" or child.lower_ in {"never", "neither", "nor", "n't", "hardly"}:
            return True
        if child.dep_ in {"det", "preconj"} and child.lower_ in {"no", "neither"}:
            return True
        if child.dep_ in {"nsubj", "nsubjpass"} and is_verb(token) and _nobody(child):
            return True
    return False


def _nobody(subject: Token) -> bool:
    """Whether a subject is nobody: "no ally has asked for talks", "none of them met"."""
    return subject.lower_ in {"none", "nobody", "neither"} or any(
        c.dep_ == "det" and c.lower_ in {"no", "neither"} for c in subject.children
    )


def clause(token: Token) -> Token:
    """The head of the clause in which a token stands: its nearest verb, or the root of a verbless sentence."""
    here = token
    for _ in range(MAX_DEPTH):
        if is_verb(here) and here.dep_ not in {"aux", "auxpass", "amod"}:
            return here
        if here.head.i == here.i:
            return here
        here = here.head
    return here


def prepositional(head: Token, words: Iterable[str]) -> list[Token]:
    """Objects of some prepositions that hang on a token, coordinated ones each."""
    wanted = frozenset(words)
    found: list[Token] = []
    for child in head.children:
        if child.dep_ in {"prep", "agent"} or (child.dep_ in {"advmod", "dative"} and child.pos_ == "ADP"):
            found.extend(_prepositional(child, wanted))
    return found


def _prepositional(prep: Token, wanted: frozenset[str]) -> Iterator[Token]:
    if prep.lower_ in wanted:
        for obj in prep.children:
            if obj.dep_ == "pobj":
                yield from coordinated(obj)
            elif obj.dep_ == "pcomp" and obj.lower_ == "visiting":  # "with visiting Chinese President Xi"
                yield from (o for c in obj.children if c.dep_ == "dobj" for o in coordinated(c))
    for child in prep.children:
        # "along with", "together with"; "with X and with Y"
        if (child.dep_ == "prep" and (child.lower_ in wanted)) or (child.dep_ == "conj" and child.pos_ == "ADP"):
            yield from _prepositional(child, wanted)


def subjects(verb: Token, *, depth: int = 0) -> list[Token]:
    """Who does it: the subject, through control, coordination and relative clauses; a passive's "by" phrase."""
    if depth > MAX_DEPTH:
        return []
    if is_passive(verb):
        return [
            o
            for c in verb.children
            if c.dep_ == "agent"
            for p in c.children
            if p.dep_ == "pobj"
            for o in coordinated(p)
        ]
    return _surface_subjects(verb, depth)


def _surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    own = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if own:
        return [t for o in own for t in _antecedent(o, verb)]
    if verb.dep_ == "ROOT":  # "Washington, for its part, imposed sanctions"
        own = [c for c in verb.children if c.dep_ == "npadvmod" and c.i < verb.i and c.ent_type_ in NAMES]
        if own:
            return [t for o in own for t in coordinated(o)]
    if depth > MAX_DEPTH or verb.head.i == verb.i:
        return []
    head = verb.head
    if (titled := headline_subject(verb)) is not None:
        return coordinated(titled)
    if verb.dep_ in {"conj", "dep"} and is_verb(head):
        return _surface_subjects(head, depth + 1)
    if verb.dep_ == "appos" and verb.tag_ == "VBG" and is_noun(head):  # "ministers, meeting in Brussels, agreed"
        return coordinated(head)
    if verb.dep_ == "acl":
        if verb.tag_ == "VBG":
            return coordinated(head) if is_noun(head) else []
        return noun_agents(head, depth + 1) or _object_of(head, depth + 1)
    if verb.dep_ == "relcl" and tense(verb) is Tense.INFINITIVE:  # "saw no reason to meet"
        return noun_agents(head, depth + 1) or _object_of(head, depth + 1)
    if verb.dep_ in {"xcomp", "ccomp", "advcl"} and is_verb(head):
        if verb.dep_ != "advcl" and lemma(head) in OBJECT_CONTROL and (patients := controlled(head)):
            return patients
        return _surface_subjects(head, depth + 1)
    if verb.dep_ in {"xcomp", "ccomp", "advcl"} and head.pos_ in {"ADJ", "NOUN"}:
        above = head.head
        return _surface_subjects(above, depth + 1) if is_verb(above) and above.i != head.i else []
    if verb.dep_ == "pcomp":
        governor = head.head
        if is_verb(governor):
            if (patients := controlled(governor)) and head.lower_ in {"of", "from", "into"}:
                return patients  # "accused Israel of breaking", "pushed Kyiv into meeting"
            return _surface_subjects(governor, depth + 1)
        if governor.dep_ == "acomp" and is_verb(governor.head):  # "is interested in meeting her"
            return _surface_subjects(governor.head, depth + 1)
        if is_noun(governor):
            return noun_agents(governor, depth + 1)
    return []


def _object_of(noun: Token, depth: int) -> list[Token]:
    """Who does the verb whose object a noun is: "rejected an invitation to meet"."""
    verb = noun.head
    return subjects(verb, depth=depth + 1) if noun.dep_ in OBJECTS and is_verb(verb) else []


def headline_subject(verb: Token) -> Token | None:
    """The subject of a headline's infinitive, "Macron to meet Scholz", which parsers take for the root."""
    if not any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children):
        return None
    if verb.dep_ == "ROOT":
        return next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    head = verb.head
    if head.dep_ != "ROOT" or head.i > verb.i or verb.dep_ not in {"xcomp", "acl", "relcl", "advcl"}:
        return None
    named = head.pos_ == "PROPN" or (head.tag_ == "VB" and head.text[:1].isupper())
    finite = any(is_verb(t) and t.tag_ in {"VBD", "VBZ", "VBP", "MD"} and t.i < verb.i for t in verb.doc)
    return head if named and not finite else None


def _antecedent(subject: Token, verb: Token) -> list[Token]:
    """A relative pronoun stands for the noun on which its clause hangs."""
    if subject.tag_ in {"WP", "WDT"} and verb.dep_ == "relcl" and verb.head.i != verb.i:
        return coordinated(verb.head)
    return coordinated(subject)


def controlled(verb: Token) -> list[Token]:
    """Who is asked, urged, accused, invited: the object, the "on"/"for" phrase, or a passive's subject."""
    if is_passive(verb):
        return _surface_subjects(verb, MAX_DEPTH)
    found = [t for c in verb.children if c.dep_ in OBJECTS and is_noun(c) for t in coordinated(c)]
    return found or prepositional(verb, {"on", "upon", "to", "for"})


def noun_agents(noun: Token, depth: int = 0) -> list[Token]:
    """Whose plan, offer or refusal a noun names: its owner, its "by" or "of" phrase, the subject of its verb."""
    owners = [t for c in noun.children if c.dep_ == "poss" for t in coordinated(c)]
    owners += prepositional(noun, {"by", "of", "from"})
    if owners or noun.head.i == noun.i or depth > MAX_DEPTH:
        return owners
    link = step(noun)
    if link is not None and lemma(link.governor) in VOICING and link.relation not in {"subj", "subjpass"}:
        return subjects(link.governor, depth=depth + 1)
    return []


def objects(verb: Token) -> list[Token]:
    """To whom or what it is done: the object, a passive's subject, the noun that a participle modifies."""
    if is_passive(verb):
        found: list[Token] = _surface_subjects(verb, MAX_DEPTH)
        if not found and verb.dep_ == "acl" and is_noun(verb.head):
            return coordinated(verb.head)
        return found
    found = [t for c in verb.children if c.dep_ in OBJECTS for t in _antecedent_object(c, verb)]
    if not found:  # "met Zelensky in Istanbul": a name taken for an adverb
        beside = [c for c in verb.children if c.dep_ in {"advmod", "npadvmod"} and c.ent_type_ == "PERSON"]
        found = [t for c in beside if c.left_edge.i == verb.i + 1 for t in coordinated(c)]
    return found


def _antecedent_object(obj: Token, verb: Token) -> list[Token]:
    if obj.tag_ in {"WP", "WDT"} and verb.dep_ == "relcl":
        return coordinated(verb.head)
    return coordinated(obj)
