"""The lexicon of trigger words: where in a text they stand, and in which senses they name no event.

What an event's status or parties are is read elsewhere (`status`, `arguments`); no grammar beyond the sense
filters belongs here.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from spacy.tokens import Doc, Span, Token

from transforms.events.syntax import is_noun, is_passive, is_verb, objects, prepositional, step, subjects
from transforms.reference import split, table
from transforms.vocabulary import EventType, Form

ARTICLE = "article"
AIMS = frozenset({"advcl", "xcomp"})  # how the infinitive hangs that tells what for
WORD = re.compile(r"[a-z]+")
ANYTHING = "*"  # among the words of a sense: whatever stands there
MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "advmod", "npadvmod"})


# Particles that make another verb of it: "talk down", "speak out"; "meet up" stays what it is.
OTHER_VERB = frozenset({"down", "out", "over", "off"})


@dataclass(frozen=True)
class Trigger:
    """A row of triggers.csv: `takes` tells where the parties of a verb stand, and is empty for nouns;
    `tells` is the operator that the word itself is, where it is more than the bare event."""

    name: str
    type: EventType
    pos: frozenset[str]
    takes: frozenset[str]
    form: Form | None
    tells: str
    pattern: str

    @property
    def echo(self) -> bool:
        """Whether the word names the event only where one of its type was told just before: "the deal", "it"."""
        return "echo" in self.takes


@dataclass(frozen=True)
class Sense:
    """A row of senses.csv: words beside a trigger that rule its sense out, or alone rule it in."""

    relation: str
    only: bool
    words: frozenset[str]


@dataclass(frozen=True)
class Found:
    """A trigger in a parsed sentence; `root` is the token that heads it."""

    trigger: Trigger
    span: Span
    root: Token


@cache
def lexicon() -> tuple[Trigger, ...]:
    """The rows of triggers.csv, in order: of two that match at one place the earlier wins."""
    return tuple(
        Trigger(
            name=row["name"],
            type=EventType(row["type"]),
            pos=frozenset(split(row["pos"])),
            takes=frozenset(split(row["takes"])) - {"noun"},
            form=Form(row["form"]) if row["form"] else None,
            tells=row["tells"],
            # Letter case counts nowhere but in the lookaheads that want a name to follow.
            pattern=row["pattern"].replace("[A-Z]", "(?-i:[A-Z])"),
        )
        for row in table("triggers")
    )


@cache
def senses() -> dict[str, tuple[Sense, ...]]:
    """Sense filters by the name of the trigger."""
    found: dict[str, list[Sense]] = {}
    for row in table("senses"):
        sense = Sense(row["relation"], row["mode"] == "only", frozenset(split(row["words"])))
        for name in split(row["triggers"]):
            found.setdefault(name, []).append(sense)
    return {name: tuple(rows) for name, rows in found.items()}


@cache
def _rows() -> tuple[tuple[Trigger, re.Pattern[str], frozenset[str]], ...]:
    """The lexicon, with the regular expression of each row and the letters with which its matches can begin."""
    return tuple(
        (row, re.compile(rf"(?:{row.pattern})(?!\w)", re.IGNORECASE), frozenset(openings(row.pattern)))
        for row in lexicon()
    )


@cache
def _opening(echoes: bool | None) -> re.Pattern[str]:
    """The first letters of the lexicon's words, which find candidates fast; the shortest that fit."""
    rest: dict[str, list[str]] = {}  # by the first letter, so that few are tried at each word
    for letters in sorted({one for row, _, own in _rows() if echoes in {None, row.echo} for one in own}):
        rest.setdefault(letters[0], []).append(re.escape(letters[1:]))
    branches = "|".join(f"{first}(?:{'|'.join(others)})" for first, others in rest.items())
    return re.compile(rf"(?<!\w)(?=[{''.join(rest)}])(?:{branches})")


@cache
def _beginning(echoes: bool | None, letters: str) -> tuple[tuple[Trigger, re.Pattern[str]], ...]:
    """The rows whose matches can begin with some letters, in order."""
    rows = [(row, pattern, own) for row, pattern, own in _rows() if echoes in {None, row.echo}]
    return tuple((row, pattern) for row, pattern, own in rows if any(one.startswith(letters) for one in own))


def openings(pattern: str) -> set[str]:
    """The letters, at most three, with which the matches of a trigger's pattern can begin.

    Raises ValueError for a pattern that begins with anything but letters, a lookbehind or a group of such.
    """
    pattern = re.sub(r"^(?:\(\?<!?[^)]*\))+", "", pattern)
    branches = _branches(pattern)
    if len(branches) > 1:
        return {opening for branch in branches for opening in openings(branch)}
    group = re.match(r"\(\?:", pattern)
    if group:
        end = _closing(pattern)
        inner, rest = pattern[3:end], pattern[end + 1 :]
        found = {opening for branch in _branches(inner) for opening in openings(branch)}
        return found | (openings(rest[1:]) if rest.startswith("?") else set())
    letters = re.match(r"[^\W\d_]+(?![?*])|[^\W\d_]+(?=[^\W\d_][?*])", pattern)
    if letters is None:
        raise ValueError(f"the trigger pattern {pattern!r} does not begin with letters")
    return {letters.group()[:3].lower()}


def _closing(pattern: str) -> int:
    """Index of the bracket that closes the one with which a pattern begins."""
    depth = 0
    for i, character in enumerate(pattern):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            return i
    raise ValueError(f"the trigger pattern {pattern!r} has an open bracket")


def _branches(pattern: str) -> list[str]:
    """The alternatives of a pattern, at its top level."""
    found, depth = [""], 0
    for character in pattern:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += character
    return found


def matches(text: str, *, echoes: bool | None = None) -> Iterator[tuple[int, int, Trigger]]:
    """Start, end and row of every trigger word, whatever its sense; with `echoes` those alone, or all but them."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow when they are made small
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    end = 0
    for candidate in _opening(echoes).finditer(lower):
        start = candidate.start()
        for trigger, pattern in _beginning(echoes, candidate.group()) if start >= end else ():
            if match := pattern.match(text, start):
                end = match.end()
                yield start, end, trigger
                break


def find(doc: Doc, words: Iterable[tuple[int, int, Trigger]] | None = None) -> list[Found]:
    """The triggers of a parsed sentence whose part of speech and sense fit; `words` are its `matches`, if known.

    A word with rows of both kinds ("meeting") takes the row that its part of speech asks for.
    """
    found = []
    for start, end, trigger in matches(doc.text) if words is None else words:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            continue
        root = span.root if span.root.pos_ != "ADP" else span[0]  # "pauses in fighting"
        kind = "NOUN" if is_noun(root) else root.pos_
        if kind not in trigger.pos:
            other = _of_kind(kind, span.text)
            if other is None:
                continue
            trigger = other
        if root.pos_ == "VERB" and span.end < len(doc) and _other_verb(doc[span.end]):
            continue
        if not any(_ruled_out(s, span, root) for s in senses().get(trigger.name, ()) if s.relation != ARTICLE):
            found.append(Found(trigger, span, root))
    met = {f.root.i for f in found if f.trigger.type is EventType.MEETING and f.trigger.name != "discuss"}
    # "spoke by phone to discuss the war": one meeting
    found = [f for f in found if f.trigger.name != "discuss" or f.root.dep_ not in AIMS or f.root.head.i not in met]
    heads = {(f.trigger.type, f.root.i) for f in found if not f.trigger.echo}
    named = {(f.trigger.type, f.root.head.i) for f in found if f.root.dep_ == "compound" and not f.trigger.echo}
    # "the dialogue conference" is one meeting, named by its head; "a ceasefire accord" one truce, named by the modifier
    return [
        f
        for f in found
        if (f.root.dep_ != "compound" or (f.trigger.type, f.root.head.i) not in heads)
        and not (f.trigger.echo and (f.trigger.type, f.root.i) in named)
    ]


def _other_verb(particle: Token) -> bool:
    """Whether the word after a verb makes another verb of it: "talked down", but "spoke over the phone"."""
    over = particle.lower_ == "over" and particle.dep_ == "prep" and any(particle.children)
    return particle.lower_ in OTHER_VERB and not over


@lru_cache(maxsize=10_000)
def _of_kind(kind: str, text: str) -> Trigger | None:
    """The first row for a part of speech of which some words are a match."""
    return next((row for row, pattern, _ in _rows() if kind in row.pos and pattern.fullmatch(text)), None)


def _hangs_on_article(found: Found) -> bool:
    """Whether the other words of the article can make the trigger another thing (`out_of_place`)."""
    return any(sense.relation == ARTICLE for sense in senses().get(found.trigger.name, ()))


@cache
def _telling_words() -> frozenset[str]:
    """The words by which `out_of_place` goes."""
    rows = (sense for several in senses().values() for sense in several if sense.relation == ARTICLE)
    return frozenset(word for sense in rows for word in sense.words)


def in_place(found: Found, words: Callable[[], Counter[str]]) -> bool:
    """Whether a trigger keeps its sense in its article; its words (`telling_words`) count where that hangs on them."""
    return not _hangs_on_article(found) or not out_of_place(found, words())


def telling_words(text: str) -> Counter[str]:
    """How often an article has each of the words by which `out_of_place` goes."""
    told = _telling_words()
    return Counter([word for word in WORD.findall(text.lower()) if word in told])


def out_of_place(found: Found, words: Counter[str]) -> bool:
    """Whether the article's words make the trigger another thing: a truce among tariffs and shares.

    So it is where the words of the `article` row with `not` occur more often than those of the row with `only`.
    """
    rows = [sense for sense in senses().get(found.trigger.name, ()) if sense.relation == ARTICLE]
    weight = sum((1 if sense.only else -1) * sum(words[word] for word in sense.words) for sense in rows)
    return weight < 0


def _ruled_out(sense: Sense, span: Span, root: Token) -> bool:
    words = _beside(sense.relation, span, root)
    if sense.only:
        missing = sense.relation == "obj" and not words  # a passive or a relative clause may leave no object in sight
        return not missing and not words & sense.words
    return bool(words) if ANYTHING in sense.words else bool(words & sense.words)


def _beside(relation: str, span: Span, root: Token) -> set[str]:
    """Lemmas and forms of the words that stand in a relation to a trigger, and the kinds of names: <org>, <person>."""
    tokens: list[Token]
    if relation == "mod":
        tokens = [t for c in root.lefts if c.dep_ in MODIFIERS for t in c.subtree]
        tokens += [t for t in span if t.i != root.i]
    elif relation == "obj":
        tokens = objects(root)
    elif relation == "subj":
        passive = is_passive(root)
        tokens = subjects(root) if passive else [c for c in root.children if c.dep_ == "nsubj"]
    elif relation == "clause":
        tokens = [c for c in root.children if c.dep_ in {"ccomp", "xcomp"} and c.tag_ in {"VB", "VBP", "VBG", "VBN"}]
    elif relation == "doer":
        link = step(root)
        tokens = subjects(link.governor) if link is not None and is_verb(link.governor) else []
    elif relation == "gov":
        link = step(root)
        tokens = [link.governor] if link else []
    elif relation == "prev":
        tokens = [span.doc[span.start - 1]] if span.start else []
    elif relation == "next":
        tokens = [span.doc[span.end]] if span.end < len(span.doc) else []
    else:
        heads = [root, *(t for t in span if t.i != root.i)]  # "ended hostilities over patents"
        heads += objects(root) if is_verb(root) else []  # "saw her as a rival": hung on her
        if (link := step(root)) is not None and link.relation in {"obj", "subj", "subjpass"}:
            heads.append(link.governor)  # "agreed a truce in the price war" may be read either way
        word = relation.removeprefix("prep:")
        tokens = [t for h in heads for o in prepositional(h, {word}) for t in (o, *o.lefts)]
        preps = [c for h in heads for c in h.children if c.dep_ == "prep" and c.lower_ == word]
        tokens += [c for prep in preps for c in prep.children if c.dep_ == "pcomp"]
    return {form for t in tokens for form in (t.lemma_.lower(), t.lower_, f"<{t.ent_type_.lower()}>")}
