"""The annotations layer: dates, parses and event mentions of each batch. What they are is told in `transforms/`."""

import dagster as dg

from pipelines.assets.articles import clean_articles, raw_articles
from pipelines.assets.common import OWNERS, materialise
from pipelines.partitions import BATCHES
from pipelines.resources import HomeResource, WriterResource
from pipelines.stage import code_version
from pipelines.stages import DATES, MENTIONS, PARSES

GROUP = "annotations"


@dg.asset(
    name=DATES.name,
    description="When each article was published, and every time expression in it (TIMEX3) with the days it denotes.",
    group_name=GROUP,
    owners=OWNERS,
    kinds={"python", "parquet"},
    code_version=code_version(DATES),
    partitions_def=BATCHES,
    backfill_policy=dg.BackfillPolicy.single_run(),
    deps=[raw_articles, clean_articles],
)
def time_expressions(
    context: dg.AssetExecutionContext, place: HomeResource, writer: WriterResource
) -> dg.MaterializeResult[None]:
    """Finds and resolves the dates of the batches of this run."""
    return materialise(DATES, context, place, writer)


@dg.asset(
    name=PARSES.name,
    description="Dependency parses of the sentences that the word gate admits, kept so that a changed rule does not "
    "parse again.",
    group_name=GROUP,
    owners=OWNERS,
    kinds={"python", "spacy", "parquet"},
    code_version=code_version(PARSES),
    partitions_def=BATCHES,
    backfill_policy=dg.BackfillPolicy.single_run(),
    deps=[clean_articles],
)
def parsed_articles(
    context: dg.AssetExecutionContext, place: HomeResource, writer: WriterResource
) -> dg.MaterializeResult[None]:
    """Parses what the gate admits of the batches of this run."""
    return materialise(PARSES, context, place, writer)


@dg.asset(
    name=MENTIONS.name,
    description="Meetings, ceasefires and sanctions as each article tells them: status, participants with roles, "
    "place, date, and the sentence and trigger that say so.",
    group_name=GROUP,
    owners=OWNERS,
    kinds={"python", "parquet"},
    code_version=code_version(MENTIONS),
    partitions_def=BATCHES,
    backfill_policy=dg.BackfillPolicy.single_run(),
    deps=[raw_articles, clean_articles, time_expressions, parsed_articles],
)
def event_mentions(
    context: dg.AssetExecutionContext, place: HomeResource, writer: WriterResource
) -> dg.MaterializeResult[None]:
    """Extracts the mentions of the batches of this run."""
    return materialise(MENTIONS, context, place, writer)
