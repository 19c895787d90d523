"""An article as the search for evidence reads it: its tokens, sentences, lines and mentions of times, read once.

What any of them says about the day of publication belongs to the modules that look for evidence.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from transforms.dates.direction import lean
from transforms.dates.grammar import Expression, find
from transforms.dates.lexicon import Tokens
from transforms.dates.meaning import Clock, Meaning, Modified
from transforms.dates.publication.phrases import folded
from transforms.dates.publication.words import words_of
from transforms.records import CleanText, Line
from transforms.vocabulary import LineKind

SPEECH = words_of("speech")
SPEECH_REACH = 5  # words before a date in which a word of speech stands "right before" it
ENDS = frozenset(".;!?")


@dataclass(frozen=True)
class Mention:
    """A time that the text names: offsets and tokens, what it says without time of day and modifiers, and whether its
    clause points forward (1), back (-1) or neither; whether it stands right after a word of speech
    ("said on Monday")."""

    start: int
    end: int
    first: int
    last: int
    meaning: Meaning
    lean: int
    speech: bool
    sentence: int
    kind: LineKind


class Reading:
    """The tokens of a clean text with what they belong to. Sentences are numbered in the order of the text."""

    def __init__(self, clean: CleanText) -> None:
        self.text = clean.text
        self.lines: Sequence[Line] = clean.lines
        self.sentences = clean.sentences
        self._starts = [sentence.start for sentence in clean.sentences]
        self._line_starts = [line.start for line in clean.lines]
        self.tokens = Tokens(clean.text)

    @cached_property
    def words(self) -> list[str]:
        """The tokens without accents."""
        forms = self.tokens.forms[: len(self.tokens)]
        return forms if self.text.isascii() else [folded(form) for form in forms]

    @cached_property
    def lowered(self) -> list[str]:
        """The tokens without accents and in lower case."""
        return [word.lower() for word in self.words]

    def sentence_of(self, token: int) -> int:
        """Number of the sentence in which a token stands (-1 before the first)."""
        return bisect_right(self._starts, self.tokens.starts[token]) - 1

    def line(self, offset: int) -> Line | None:
        """The line in which a character stands."""
        at = bisect_right(self._line_starts, offset) - 1
        return self.lines[at] if at >= 0 and offset < self.lines[at].end else None

    def offset(self, token: int) -> int:
        """Where a token starts in the text."""
        return self.tokens.starts[token]

    def offset_after(self, token: int) -> int:
        """Where the token before a token ends in the text."""
        return self.tokens.ends[token - 1]

    def tokens_between(self, start: int, end: int) -> range:
        """The tokens that begin between two offsets."""
        starts, count = self.tokens.starts, len(self.tokens)
        return range(bisect_left(starts, start, hi=count), bisect_left(starts, end, hi=count))

    def words_in(self, sentence: int) -> list[str]:
        """The words of a sentence in lower case; none of what stands before the first."""
        if sentence < 0:
            return []
        here = self.sentences[sentence]
        tokens = self.tokens_between(here.start, here.end)
        return self.lowered[tokens.start : tokens.stop]

    def stretch(self, sentence: int, first: int, last: int) -> tuple[int, int]:
        """Where the words first:last of a sentence stand in the text."""
        start = self.tokens_between(self.sentences[sentence].start, self.sentences[sentence].end).start
        return self.offset(start + first), self.offset_after(start + last)

    @cached_property
    def expressions(self) -> list[Expression]:
        """The time expressions of the text, in order, not resolved."""
        return find(self.tokens)

    @cached_property
    def mentions(self) -> list[Mention]:
        """The times that the text names, in order, those in boilerplate too."""
        found = []
        for e in self.expressions:
            meaning = plain(e.meaning)
            if meaning is None:
                continue
            line = self.line(e.start)
            kind = line.kind if line else LineKind.CONTENT
            leaning = lean(self.tokens, e.first_token, e.last_token)
            found.append(
                Mention(
                    e.start,
                    e.end,
                    e.first_token,
                    e.last_token,
                    meaning,
                    leaning,
                    self._spoken(e.first_token),
                    self.sentence_of(e.first_token),
                    kind,
                )
            )
        return found

    def mentions_of(self, line: Line) -> list[Mention]:
        """The times that a line names."""
        return [m for m in self.mentions if line.start <= m.start < line.end]

    def is_time(self, token: int) -> bool:
        """Does a time begin at a token ("President Trump Tuesday")?"""
        return token in self._time_starts

    @cached_property
    def _time_starts(self) -> frozenset[int]:
        return frozenset(mention.first for mention in self.mentions)

    def mentions_in(self, sentence: int) -> list[Mention]:
        """The times that a sentence names."""
        return self._by_sentence.get(sentence, [])

    @cached_property
    def _by_sentence(self) -> dict[int, list[Mention]]:
        found: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            found.setdefault(mention.sentence, []).append(mention)
        return found

    def _spoken(self, token: int) -> bool:
        """Does a word of speech stand right before the token, in the same sentence?"""
        for word in reversed(self.lowered[max(0, token - SPEECH_REACH) : token]):
            if word in SPEECH:
                return True
            if word in ENDS:
                return False
        return False


def plain(meaning: Meaning) -> Meaning | None:
    """The day or stretch that an expression speaks of, without time of day, early, about and the like."""
    here: Meaning | None = meaning
    while isinstance(here, Clock | Modified):
        here = here.on if isinstance(here, Clock) else here.inner
    return here
