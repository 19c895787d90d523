"""Who is mentioned in an article: persons, states, organisations, armed groups, and what phrases and pronouns mean.

Which of them take part in an event belongs to `transforms.events`.
"""

from collections.abc import Sequence

from transforms.actors import assemble, gazetteer, persons, sentence, titles
from transforms.actors.mentions import Actor, ActorMention, Reference
from transforms.parses import Columns

__all__ = ["Actor", "ActorMention", "Reference", "find_actors"]


def find_actors(parses: Sequence[Columns]) -> list[list[ActorMention]]:
    """The mentions of actors and places in the sentences of one article.

    `parses` are its parsed sentences in the order of the text (en_core_web_md: tags, dependencies, lemmas and named
    entities), each by itself; sentences may be missing. Gives one list for each, in the order of the text, without
    overlap.
    """
    sentences = [sentence.read(i, columns) for i, columns in enumerate(parses)]
    hits = gazetteer.find_all(sentences)
    title_spans = [titles.find(s) for s in sentences]
    people, spans = persons.find(sentences, hits, title_spans)
    return assemble.mentions(sentences, hits, title_spans, people, spans)
