"""Mends parses of newswire's own word order, which the parser does not know: "Japan on Thursday imposed sanctions".

A day between subject and verb makes the model take the verb for an adjective of its object. No word of any event
belongs here; what is asked of a tree stands in `syntax`.
"""

from spacy.tokens import Doc, Token

from transforms.parses import Columns

BARE = frozenset({"meet", "visit", "talk"})  # verbs whose present tense the model may take for a noun
OFFERS = frozenset({"offer", "bid", "call", "appeal", "demand", "plan", "push"})  # nouns that may look like verbs
MEETS = {"meeting": "meet", "gathering": "gather"}
SINGULAR = frozenset({"is", "was", "has"})
DAYS = frozenset({"DATE", "TIME"})
NOUNS, PARTICIPLES = frozenset({"NN", "NNP"}), frozenset({"VBN", "VBD"})  # tags
OPENING = 8  # tokens from the beginning among which a headline's names are parted by commas
LISTED = frozenset({"npadvmod", "nsubj", "conj", "ROOT"})  # what the model takes the first of them for
LONGEST = 4  # words of a name with which a sentence begins


def may_be_mended(parse: Columns) -> bool:
    """Whether there can be something to mend, by what costs little to read."""
    for i, (tag, dep) in enumerate(zip(parse.tags, parse.deps, strict=True)):
        if tag in NOUNS and parse.words[i].lower() in BARE:
            return True
        if dep == "amod" and tag in PARTICIPLES and i and (parse.labels[i - 1] in DAYS or i <= LONGEST):
            return True
        word, before = parse.words[i].lower(), parse.deps[i - 1] if i else ""
        if (word in OFFERS and before == "nsubj") or (word in MEETS and before == "compound" and dep == "nsubj"):
            return True
        if word == "," and i <= OPENING and before in LISTED and parse.tags[i - 1] != "NN":
            return True
    return False


def mended(doc: Doc) -> Doc:
    """The sentence with its main verb put right, or the same Doc where there is nothing to mend."""
    _coordinate(doc)
    _noun_phrases(doc)
    for verb in doc:
        if verb.tag_ in NOUNS and verb.lower_ in BARE and any(c.dep_ == "nsubj" for c in verb.children):
            verb.tag_, verb.pos_, verb.lemma_ = "VBP", "VERB", verb.lower_  # "when Xi and Trump meet in Florida"
        if verb.tag_ in PARTICIPLES and verb.dep_ == "amod" and verb.head.i > verb.i:
            subject = _subject(verb) or _first_word(verb)
            if subject is not None:
                return _rebuilt(doc, verb, subject)
    return doc


def _coordinate(doc: Doc) -> None:
    """Joins the names that a headline parts with commas alone: "Israel, Hamas agree truce deal"."""
    names = [t for t in doc if t.pos_ == "PROPN" or t.i == 0]
    for last in names:
        comma = last.left_edge.i - 1
        if not 1 <= comma <= OPENING or doc[comma].text != "," or doc[comma - 1].ent_type_ in DAYS:
            continue
        first = doc[comma - 1]
        if first.dep_ not in LISTED or first.tag_ == "NN":
            continue
        if first.left_edge.i != 0 and first.dep_ != "conj":
            continue  # only from the beginning of a sentence on: elsewhere a comma parts other things
        verb = last.head
        opening = first.head if first.dep_ == "conj" else first  # "Britain" of "Britain, Canada, France impose"
        if last.dep_ == "nsubj" and last.i < verb.i and opening.dep_ in {"npadvmod", "nsubj"}:
            if opening.head.i == verb.i:
                opening.dep_ = "nsubj"
                last.head, last.dep_ = first, "conj"
        elif last.dep_ == "appos" and last.head.i == first.i and doc[min(last.i + 1, len(doc) - 1)].tag_ == "TO":
            last.dep_ = "conj"


def _noun_phrases(doc: Doc) -> None:
    """Mends nouns taken for verbs, and verbs for nouns: "rejected the ceasefire offer", "ministers meeting in Oslo"."""
    for word in doc:
        before = doc[word.i - 1] if word.i else word
        if word.tag_ in {"VBP", "VB"} and word.lower_ in OFFERS and before.dep_ == "nsubj" and before.head.i == word.i:
            if before.tag_ != "NN" or not any(c.dep_ == "det" for c in before.children):
                continue  # "ministers offer talks": a singular noun has no such verb
            word.tag_, word.pos_, word.lemma_ = "NN", "NOUN", word.lower_
            word.dep_ = "dobj" if word.dep_ == "ccomp" else word.dep_
            for child in list(before.lefts):
                child.head = word
            before.dep_ = "compound"
        elif word.tag_ in {"VBG", "NN"} and word.lower_ in MEETS and word.dep_ == "nsubj":
            if before.tag_ != "NNS" or before.dep_ != "compound" or before.head.i != word.i:
                continue
            if word.head.lower_ in SINGULAR or any(c.lower_ in SINGULAR for c in word.head.lefts):
                continue  # "the trade ministers meeting was put off"
            word.tag_, word.pos_, word.lemma_ = "VBG", "VERB", MEETS[word.lower_]
            for child in list(word.lefts):
                if child.i != before.i:
                    child.head = before
            before.head, before.dep_ = word.head, "nsubj"
            word.head, word.dep_ = before, "acl"


def _subject(verb: Token) -> Token | None:
    """The noun before the day that stands before a verb; None where no day does."""
    doc, at = verb.doc, verb.i - 1
    if at < 1 or doc[at].ent_type_ not in DAYS or any(t.dep_ == "det" for t in doc[verb.i + 1 : verb.head.i]):
        return None
    while at >= 0 and (doc[at].ent_type_ in DAYS or doc[at].lower_ == "on"):
        at -= 1
    if at < 0 or doc[at].pos_ not in {"NOUN", "PROPN"} or doc[at].head.i == verb.i:
        return None
    return doc[at]


def _first_word(verb: Token) -> Token | None:
    """The name with which the sentence begins, right before the only word that can be its verb: "Washington tightened
    sanctions on Caracas"; None where there is none such."""
    doc = verb.doc
    name = doc[: verb.i]
    finite = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} and t.i != verb.i for t in doc)
    if finite or not 1 <= len(name) <= LONGEST:
        return None
    if verb.head.i != verb.i + 1 or verb.head.dep_ not in {"ROOT", "dobj", "pobj"}:
        return None
    return doc[verb.i - 1] if all(t.text[0].isupper() or t.lower_ in {"the", "of"} for t in name) else None


def _rebuilt(doc: Doc, verb: Token, subject: Token) -> Doc:
    heads = [t.head.i for t in doc]
    deps = [t.dep_ for t in doc]
    root = next(t for t in doc if t.head.i == t.i)
    heads[verb.head.i], deps[verb.head.i] = verb.i, "dobj"
    heads[verb.i], deps[verb.i] = verb.i, "ROOT"
    heads[subject.i], deps[subject.i] = verb.i, "nsubj"
    for t in doc[subject.i + 1 : verb.i]:  # the day
        if t.head.i == verb.i or not subject.i < t.head.i < verb.i:
            heads[t.i], deps[t.i] = verb.i, "prep" if t.lower_ == "on" else "npadvmod"
    for t in doc[subject.i + 1 : verb.i]:
        if t.i and doc[t.i - 1].lower_ == "on" and deps[t.i - 1] == "prep":
            heads[t.i], deps[t.i] = t.i - 1, "pobj"
    if root.i not in {verb.i, subject.i, verb.head.i}:
        heads[root.i], deps[root.i] = verb.i, "dep"
    for child in subject.children:  # what the subject was given too much of
        if child.i > verb.i and heads[child.i] == subject.i:
            heads[child.i] = verb.i
    if not _is_tree(heads):
        return doc
    return Doc(
        doc.vocab,
        words=[t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        tags=[t.tag_ for t in doc],
        pos=["VERB" if t.i == verb.i else t.pos_ for t in doc],
        morphs=[str(t.morph) for t in doc],
        lemmas=[t.lemma_ for t in doc],
        heads=heads,
        deps=deps,
        ents=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc],
    )


def _is_tree(heads: list[int]) -> bool:
    """Whether every token leads up to one root."""
    for at in range(len(heads)):
        steps, here = 0, at
        while heads[here] != here and steps <= len(heads):
            here, steps = heads[here], steps + 1
        if steps > len(heads):
            return False
    return sum(head == at for at, head in enumerate(heads)) == 1
