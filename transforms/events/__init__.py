"""Events: the parsed sentences of one article in, its meetings, ceasefires and sanctions out.

`triggers` finds the words, `status` reads what became of it, `meetings`, `ceasefires` and `sanctions` who takes part,
`dating`, `lead` and `location` when and where, `validity` from when to when a truce or sanctions are in force;
`drafting` calls them, `article` puts the mentions together, `claims` tells whose word they are. Parsing and the merging
across articles (`merge`) do not belong here.
"""

from spacy.vocab import Vocab

from transforms.actors import find_actors
from transforms.events import article, claims, lead
from transforms.events.drafting import drafts_of
from transforms.events.gate import ENGLISH
from transforms.events.political import officials
from transforms.events.rows import records_of, rekeyed
from transforms.events.told import triggers_in
from transforms.language import restore
from transforms.records import ArticleDates, ArticleMentions, CleanText, ParsedText

__all__ = ["clusters_of", "extract", "rekeyed"]


def extract(
    article_id: str, clean: CleanText, parsed: ParsedText, dates: ArticleDates, nlp_vocab: Vocab
) -> ArticleMentions:
    """The event mentions and events of one article, in the order of the text.

    `parsed` holds the sentences that the gate admits, `nlp_vocab` is the vocabulary of the pipeline that parsed them.
    Raises ValueError where the three records are not of one article.
    """
    if parsed.text_id != clean.text_id or dates.article_id != article_id:
        raise ValueError(f"article {article_id}: its clean text, parses and dates are not of one article")
    if clean.language not in ENGLISH:
        return ArticleMentions(
            article_id=article_id, skipped=f"language {clean.language}: only English is read", mentions=[], events=[]
        )
    return records_of(article_id, clean, clusters_of(clean, parsed, dates, nlp_vocab))


def clusters_of(clean: CleanText, parsed: ParsedText, dates: ArticleDates, nlp_vocab: Vocab) -> list[article.Cluster]:
    """What `extract` makes its records of: an article's mentions by the event that they tell."""
    parses = restore(parsed, nlp_vocab)
    triggers = triggers_in(clean, parsed.sentences, parses)
    if all(found.trigger.echo for row in triggers for found in row):
        return []  # nothing is told that "the deal" or "it" could go on about
    actors = find_actors(parses.columns)
    drafts = drafts_of(clean, parsed, dates, triggers, parses, actors)
    clusters = article.cluster(drafts, dates.published_latest, officials(parses.columns, actors))
    lead.date_news(clusters, clean, dates.published_date)
    claims.attribute(clusters, clean, parsed.sentences, parses, actors)
    return clusters
