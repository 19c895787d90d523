"""A reading: what a trigger word's sentence says of an event, step by step. It holds no rule."""

from dataclasses import dataclass

from spacy.tokens import Token

from transforms.events.syntax import is_verb
from transforms.vocabulary import Status


@dataclass(frozen=True)
class Step:
    """An operator with the word that does it, and how the event hangs on that word."""

    operator: str
    word: Token
    relation: str
    agent: str = "x"


@dataclass(frozen=True)
class Reading:
    """One stage that a trigger word tells: its steps from the innermost outwards.

    `told` is False where nothing but the trigger itself speaks: such a mention says that there is an event, not what
    became of it. `since` marks "have not met since": the event lies at the date that follows.
    """

    status: Status | None
    steps: tuple[Step, ...]
    told: bool
    since: bool = False
    temporal: str = ""  # the preposition of "after the talks", "ahead of the summit"

    @property
    def verbs(self) -> list[Token]:
        return [s.word for s in self.steps if is_verb(s.word)]
