"""Whose claim a mention is, where the article does not tell it as its own: reported speech, quotations, sources.

What became of the event and who takes part is read elsewhere (`status`, `arguments`). Words of saying and the names of
speakers are `saying`'s business, quotation marks that of `quotes`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token

from transforms.actors import ActorMention
from transforms.events import saying
from transforms.events.arguments import FIRST_PERSON, Party, Scene
from transforms.events.article import Cluster
from transforms.events.draft import Draft
from transforms.events.quotes import Quotation, Quotes
from transforms.events.saying import Said
from transforms.events.syntax import MAX_DEPTH, clause, is_verb, lemma, negated, subjects
from transforms.records import CleanText
from transforms.vocabulary import ActorKind, Role, Status

UNNAMED = "unnamed"  # whose claim it is where the text does not say: "reportedly", "is said to have met"
BETWEEN = "; "  # several who claim one thing: "Armenia and Azerbaijan accused each other"
# Facts, which no party makes true by saying so; whatever else a party says of itself, it does by saying it.
FACTS = frozenset({Status.HELD, Status.ONGOING, Status.IN_EFFECT, Status.VIOLATED})
IDLE = frozenset({"SAME", "KEEP", "HAPPEN", "VIOLATE"})  # operators of words that do not do what they name
OTHERS = frozenset({Role.TARGET, Role.MEDIATOR, Role.VIOLATOR})  # whose act the event is not
OURS = frozenset({"my", "our"})
THIRD_PERSON = frozenset({"he", "she", "they"})
FEWEST = 4  # words: fewer in quotation marks are a wording, not what somebody says
LINES_BACK = 3  # in which the speaker of a quotation without one was named
HEADLINE = 16  # tokens
WORD = re.compile(r"[^\W\d_][\w-]*")


@dataclass(frozen=True)
class Voice:
    """Those who say something: what they are called, and the actors that they are or speak for."""

    names: tuple[str, ...]
    parties: tuple[Party, ...]

    def __str__(self) -> str:
        return BETWEEN.join(dict.fromkeys(self.names)) or UNNAMED


NOBODY = Voice((), ())


def attribute(
    clusters: Sequence[Cluster],
    clean: CleanText,
    sentences: Sequence[int],
    parses: Sequence[Doc],
    actors: Sequence[Sequence[ActorMention]],
) -> None:
    """Set `claimed_by` of the drafts that made it into an event.

    `sentences` are the indices of the parsed sentences, `parses` and `actors` their parses and the actors in them.
    """
    if not clusters:
        return
    article = _Article(clean, sentences, parses, actors)
    for one in clusters:
        able = [f.party for f in one.filled if f.role not in OTHERS]
        for draft in one.drafts:
            draft.claimed_by = article.claim(draft, draft.status or one.status, able)


class _Article:
    """One article's sentences and quotations, each read when a mention asks for it."""

    def __init__(
        self,
        clean: CleanText,
        sentences: Sequence[int],
        parses: Sequence[Doc],
        actors: Sequence[Sequence[ActorMention]],
    ) -> None:
        self._clean = clean
        self._parsed = {index: at for at, index in enumerate(sentences)}
        self._parses = parses
        self._actors = actors
        self._quotes = Quotes(clean)
        self._scenes: dict[int, Scene] = {}

    def claim(self, draft: Draft, status: Status | None, able: Sequence[Party]) -> str | None:
        """Whose claim a mention is; None where the article tells it, or the saying is the event itself.

        `able` are the parties whose act the event can be.
        """
        scene = self._scene(draft.sentence)
        quotation = self._quotation(draft)
        acts = {s.word.i for s in draft.reading.steps if s.operator not in IDLE}
        claimed: str | None = None
        outside = False  # whether a word of saying governs the quotation
        for said in _sayings(draft.found.root):
            if negated(said.word):
                continue
            within = quotation is not None and _within(said.word, draft.offset, quotation)
            outside = outside or not within
            voice = _voice(said.speakers, scene)
            if quotation is not None and not within and self._spoken_of(said.speakers, quotation, voice):
                voice = self._before(quotation)
            if not within and any(_is_writer(t, voice) for t in said.speakers):
                continue
            if said.word.i not in acts and not _own_act(draft, status, able, said.content, voice, scene):
                if voice.names:
                    return str(voice)
                claimed = UNNAMED  # unless one farther out says so: "Kyiv said Moscow was accused of it"
        if quotation is not None and not outside:
            top = _top(draft.found.root)
            governed = None if _within(top, draft.offset, quotation) else top
            if governed is not None and not self._is_quoted(draft, quotation):
                return claimed  # a wording within the article's own sentence: "urged them “to observe the truce”"
            found = self._speaker(quotation) if governed is None else _voice(saying.speakers(governed), scene)
            return claimed if _own_act(draft, status, able, top, found, scene) else str(found)
        titled = _headline(draft, scene) if claimed is None else None
        if titled is not None and not _own_act(draft, status, able, clause(draft.found.root), titled, scene):
            claimed = str(titled)
        return claimed

    def _scene(self, sentence: int) -> Scene:
        if sentence not in self._scenes:
            at = self._parsed[sentence]
            self._scenes[sentence] = Scene(self._parses[at], self._actors[at])
        return self._scenes[sentence]

    def _quotation(self, draft: Draft) -> Quotation | None:
        """The quotation in which the clause of a mention stands; a word or two in marks are none."""
        root = draft.found.root
        found = self._quotes.around(draft.offset + root.idx)
        if found is None or not _within(clause(root), draft.offset, found):
            return None
        return found if len(self._clean.text[found.start : found.end].split()) >= FEWEST else None

    def _is_quoted(self, draft: Draft, quotation: Quotation) -> bool:
        """Whether what governs a quotation from outside has it for what is said, not for a part of its clause."""
        here = draft.found.root
        while _within(here.head, draft.offset, quotation):
            here = here.head
        said = here.dep_ in {"ccomp", "parataxis"} and bool(saying.own_subjects(here))
        return said or lemma(here.head) in saying.saying("content")

    def _speaker(self, quotation: Quotation) -> Voice:
        """Who speaks in a quotation that no word of saying governs: named beside it, else in the sentences before."""
        line = self._quotes.line(quotation.start)
        own = self._quotes.sentences(line)
        spans = [(i, self._clean.sentences[i]) for i in own]
        beside = [i for i, s in spans if s.start <= quotation.end + 1 and quotation.start - 1 <= s.end]
        for index in reversed(beside):
            found = self._attribution(index, quotation) if index in self._parsed else self._unread(index)
            if found is not None:
                return found
        if self._quotes.whole_line(line):
            return self._before(quotation, lines=LINES_BACK)
        pronoun = any(w.lower() in THIRD_PERSON for i in beside for w in self._outside(i)[0][:1])
        return self._before(quotation, lines=1 if pronoun else 0)

    def _before(self, quotation: Quotation, lines: int = 1) -> Voice:
        """Who was speaking before the sentence of a quotation, at most so many lines before its own.

        Only further quotation may stand between: an account by the article itself ends what somebody says.
        """
        own = self._quotes.line(quotation.start)
        for line in range(own, max(own - lines - 1, -1), -1):
            for index in reversed(self._quotes.sentences(line)):
                if self._clean.sentences[index].end >= quotation.start:
                    continue
                if index in self._parsed:
                    known = self._attribution(index, quotation) or self._subject(index)
                else:
                    known = self._unread(index)
                outside, quoted = self._outside(index)
                if known is not None or (outside and not quoted):
                    return known or NOBODY
        return NOBODY

    def _outside(self, sentence: int) -> tuple[list[str], bool]:
        """The words of a sentence that stand in no quotation, and whether others do."""
        one = self._clean.sentences[sentence]
        found, at, quoted = "", one.start, False
        for marked in self._quotes.of_line(self._quotes.line(one.start)):
            if marked.start <= one.end and one.start <= marked.end:
                found += self._clean.text[at : max(marked.start, at)] + " "
                at, quoted = min(marked.end, one.end), True
        return WORD.findall(found + self._clean.text[at : one.end]), quoted

    def _unread(self, sentence: int) -> Voice | None:
        """The known person named beside a quotation in a sentence that was not parsed; None where only a pronoun is."""
        words, _ = self._outside(sentence)
        if not words or words[0].lower() in THIRD_PERSON:
            return None
        return next((Voice((p.name,), (p,)) for w in words if (p := self._people.get(w)) is not None), NOBODY)

    @cached_property
    def _people(self) -> dict[str, Party]:
        """The persons of the article by the last word of their name."""
        return {
            name.split()[-1]: Party(actor, name)
            for mentions in self._actors
            for mention in mentions
            for actor, name in zip(mention.actors, mention.names, strict=True)
            if actor.kind is ActorKind.PERSON
        }

    def _spoken_of(self, speakers: Sequence[Token], quotation: Quotation, voice: Voice) -> bool:
        """Whether a pronoun was taken for one of whom the quotation itself speaks: “Gorbachev met her,” he said."""
        if len(speakers) != 1 or speakers[0].lower_ not in THIRD_PERSON:
            return False
        inside: set[str] = set()
        for index in self._quotes.sentences(self._quotes.line(quotation.start)):
            if index not in self._parsed:
                continue
            offset, scene = self._clean.sentences[index].start, self._scene(index)
            named = [m for m in scene.mentions if not m.pronoun and _within(scene.doc[m.head], offset, quotation)]
            inside |= {a.actor_id for m in named for a in m.actors}
        return any(p.id in inside for p in voice.parties)

    def _subject(self, sentence: int) -> Voice | None:
        """The person of whom a sentence tells: "Zelenskiy blamed the Kremlin. “They broke the truce.”"."""
        scene = self._scene(sentence)
        found = _voice(subjects(_top(scene.doc[0])), scene)
        people = [p for p in found.parties if p.actor.kind is ActorKind.PERSON]
        return found if len(people) == len(found.parties) == 1 else None

    def _attribution(self, sentence: int, quotation: Quotation) -> Voice | None:
        """Who says something in a sentence, outside its quotation marks: the word of saying nearest to a quotation."""
        scene, offset = self._scene(sentence), self._clean.sentences[sentence].start
        marked = self._quotes.of_line(self._quotes.line(offset))
        best: tuple[int, Token] | None = None
        for token in scene.doc:
            at = offset + token.idx
            if not is_verb(token) or lemma(token) not in saying.saying("content"):
                continue
            if any(q.start <= at < q.end for q in marked) or not subjects(token):
                continue
            distance = min(abs(at - quotation.start), abs(at - quotation.end))
            if best is None or distance < best[0]:
                best = (distance, token)
        if best is None:
            return None
        speakers = saying.speakers(best[1])
        voice = _voice(speakers, scene)
        return None if self._spoken_of(speakers, quotation, voice) else voice


def _is_writer(speaker: Token, voice: Voice) -> bool:
    """Whether the article speaks of itself: "as we have reported", "my sources say"."""
    return (speaker.lower_ in FIRST_PERSON and not voice.names) or any(c.lower_ in OURS for c in speaker.children)


def _sayings(root: Token) -> Iterator[Said]:
    """The words of saying over a token and beside what governs it, the innermost first."""
    here, came, direct = root, root, True
    for _ in range(MAX_DEPTH):
        for said in saying.beside(here):
            # "Russia attacked, Kyiv said, and Putin met Xi": what is set into one clause says nothing of the next
            next_clause = came.dep_ == "conj" and said.word.i > here.i and bool(saying.own_subjects(came))
            next_clause |= said.word.dep_ == "amod" and not direct  # "his purported ties in that conversation"
            if not next_clause and not said.word.is_ancestor(root) and said.word.i != root.i:
                yield said
        if (said_above := saying.above(here, direct=direct)) is not None:
            yield said_above
        if here.head.i == here.i:
            return
        direct = direct and here.dep_ != "conj" and (here.dep_ not in {"prep", "agent"} or here.lower_ == "of")
        came, here = here, here.head


def _within(token: Token, offset: int, quotation: Quotation) -> bool:
    return quotation.start <= offset + token.idx < quotation.end


def _top(token: Token) -> Token:
    """The main verb above a token."""
    here = token
    while here.head.i != here.i:
        here = here.head
    return here


def _voice(speakers: Sequence[Token], scene: Scene) -> Voice:
    names = tuple(name for t in speakers for name in saying.names(t, scene))
    return Voice(names, tuple(p for t in speakers for p in saying.parties(t, scene)))


def _own_act(
    draft: Draft, status: Status | None, able: Sequence[Party], content: Token, voice: Voice, scene: Scene
) -> bool:
    """Whether a party says of itself what it does by saying it: "Biden said he would impose sanctions" is a threat."""
    if status is None or status in FACTS:
        return False
    doers = subjects(content) if is_verb(content) and _straight(draft.found.root, content) else []
    acting = scene.parties(doers)
    if acting:
        return any(saying.one_side(a, b) for a in acting for b in voice.parties)
    if any(t.lower_ in FIRST_PERSON | THIRD_PERSON for t in doers):
        return True
    if any(s.operator == "NEEDED" for s in draft.reading.steps):
        return True  # "the pope said that a ceasefire must be agreed" is the call
    return any(saying.one_side(a, b) for a in able for b in voice.parties)


def _straight(token: Token, content: Token) -> bool:
    """Whether a token stands in a clause itself, not in one that hangs on a word of it."""
    for _ in range(MAX_DEPTH):
        if token.i == content.i:
            return True
        aside = token.dep_ == "advcl" and not any(c.lower_ in {"if", "unless", "to"} for c in token.children)
        if aside or token.dep_ in {"relcl", "appos"} or token.head.i == token.i:
            return False
        token = token.head
    return False


def _headline(draft: Draft, scene: Scene) -> Voice | None:
    """Whom a headline names behind a colon: "Truce broken within hours: UN mission"."""
    doc = scene.doc
    if len(doc) > HEADLINE or doc[-1].text in {".", "!", "”", '"'}:
        return None
    at = next((t.i for t in doc if t.text == ":"), None)
    if at is None or draft.found.root.i > at or at + 1 == len(doc):
        return None
    rest = doc[at + 1 :]
    speaker = rest.root
    known = any(scene.mention(t) is not None for t in rest) or lemma(speaker) in saying.speaking()
    return _voice([speaker], scene) if known and not any(is_verb(t) for t in rest) else None
