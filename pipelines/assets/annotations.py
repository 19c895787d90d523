"""The annotations layer: dates, parses and event mentions of each batch. What they are is told in `transforms/`."""

from pipelines.assets.articles import clean_articles, raw_articles
from pipelines.assets.common import stage_asset
from pipelines.stages import DATES, MENTIONS, PARSES

GROUP = "annotations"


time_expressions = stage_asset(
    DATES,
    GROUP,
    "When each article was published, and every time expression in it (TIMEX3) with the days it denotes.",
    [raw_articles, clean_articles],
)


parsed_articles = stage_asset(
    PARSES,
    GROUP,
    "Dependency parses of the sentences that the word gate admits, kept so that a changed rule does not parse again.",
    [clean_articles],
    "spacy",
)


event_mentions = stage_asset(
    MENTIONS,
    GROUP,
    "Meetings, ceasefires and sanctions as each article tells them: status, participants with roles, "
    "place, date, and the sentence and trigger that say so.",
    [raw_articles, clean_articles, time_expressions, parsed_articles],
)
