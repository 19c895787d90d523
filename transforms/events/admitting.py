"""Parses what may tell an event, in two rounds: first the sentences that tell, then their context where it matters.

A trigger word is often none in its sense, and more often those who meet are of one country, or of none. What the
sentence itself gives of its parties shows whether its context can make an event of it. Which sentences tell and which
are their context is the word gate's business (`gate`), how they are parsed that of `language`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from transforms import language
from transforms.actors import ActorMention, find_actors
from transforms.actors.gazetteer import named, state
from transforms.actors.nominals import NUMBERS
from transforms.events.arguments import Filled, Scene
from transforms.events.filling import fill
from transforms.events.gate import around, naming, telling, tells_who
from transforms.events.political import is_meeting, is_sanction, is_truce, may_lack_a_party, officials
from transforms.events.reading import Reading
from transforms.events.sanctions import sends, topic
from transforms.events.status import readings
from transforms.events.syntax import is_verb, subjects
from transforms.events.told import triggers_in
from transforms.events.triggers import Found, in_place, telling_words
from transforms.records import CleanText, ParsedText
from transforms.vocabulary import ActorKind, EventType

TAKING_UP = frozenset({"he", "she", "they", "pair", "duo", "sides"})


def parse(model: str | None, texts: Sequence[CleanText], kept: Sequence[ParsedText] = ()) -> Iterator[ParsedText]:
    """The parses of what may tell an event in some texts, in their order; `model` and `kept` as in `parse_new`."""
    told = list(language.parse_new(model, texts, [sorted(telling(text)) for text in texts], kept))
    vocab = language.vocabulary()
    wanted = [sorted({*one.sentences, *context(text, one, vocab)}) for text, one in zip(texts, told, strict=True)]
    return language.parse_new(model, texts, wanted, [*kept, *told])


def context(clean: CleanText, told: ParsedText, vocab: Vocab) -> set[int]:
    """Indices of the sentences without which those that tell, whose parses are `told`, cannot be understood.

    None where nothing comes of them, whatever else the article says. Where one of them tells an event, the context of
    all is wanted; else only of those that lack a party.
    """
    if not told.sentences:
        return set()
    parses = language.restore(told, vocab)
    words = cache(lambda: telling_words(clean.text))
    found = [[one for one in row if in_place(one, words)] for row in triggers_in(clean, told.sentences, parses)]
    if all(one.trigger.echo for row in found for one in row):
        return set()
    actors = find_actors(parses.columns)
    known = officials(parses.columns, actors)
    lacking: set[int] = set()
    certain = untargeted = False
    for at, index in enumerate(told.sentences):
        for one, reading, filled in _filled(found[at], parses[at], actors[at]):
            certain = certain or _is_event(one, reading, filled, known)
            untargeted = untargeted or _lacks_target(one, reading, filled)
            if may_lack_a_party(filled) or (not filled and _points_back(one, reading) and tells_who(clean, index)):
                lacking.add(index)
    live = {index for index, row in zip(told.sentences, found, strict=True) if row} if certain else lacking
    wanted = around(clean, live, set(told.sentences) if certain else live) if live else set()
    return wanted | (_about(clean) if untargeted else set())


def _filled(
    row: Sequence[Found], parse: Doc, mentions: Sequence[ActorMention]
) -> Iterator[tuple[Found, Reading, list[Filled]]]:
    """The stages that the triggers of a sentence tell by themselves, each with its parties."""
    scene = Scene(parse, mentions)
    for one in row:
        if not one.trigger.echo:
            for reading in readings(one):
                yield one, reading, fill(one, reading, scene)


def _is_event(found: Found, reading: Reading, filled: Sequence[Filled], known: frozenset[str]) -> bool:
    """Whether parties make an event; that they are told to do so in one sentence is enough for most."""
    if found.trigger.type is EventType.MEETING:
        return is_meeting(filled, known)
    if found.trigger.type is EventType.CEASEFIRE:
        return is_truce(filled, known)
    return is_sanction(filled, reading.told)


def _about(clean: CleanText) -> set[int]:
    """The sentences that name the state that an article may be about; its armed groups ("the Houthis") count for it."""
    fighting = {ActorKind.STATE, ActorKind.ARMED_GROUP}
    codes = [a.country_code for a in named(clean.text) if a.kind in fighting and a.country_code]
    about = topic(Counter(state(code) for code in codes))
    return naming(clean, about.key) if about else set()


def _points_back(found: Found, reading: Reading) -> bool:
    """Whether those who meet are meant by a word that takes them up: "They spoke twice", "The two held talks"."""
    verbs = [found.root, *reading.verbs] if is_verb(found.root) else reading.verbs
    acting = [t for verb in verbs for t in subjects(verb)]
    return found.trigger.type is EventType.MEETING and any(t.lower_ in TAKING_UP or _counted(t) for t in acting)


def _counted(token: Token) -> bool:
    """ "the two", "both leaders": as many as were named before."""
    return any(t.lower_ in NUMBERS for t in (token, *token.lefts))


def _lacks_target(found: Found, reading: Reading, filled: Sequence[Filled]) -> bool:
    """Whether sanctions are told without those whom they hit: they may be on whom the whole article is about."""
    return found.trigger.type is EventType.SANCTIONS and reading.told and all(sends(f.party) for f in filled)
