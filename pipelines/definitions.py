"""The code location: all definitions, put together. Nothing is defined here."""

import sys

import dagster as dg

from pipelines import automation, settings
from pipelines.assets import annotations, articles, warehouse
from pipelines.checks import warehouse_checks
from pipelines.resources import EngineResource, HomeResource, WriterResource

try:
    settings.require_dagster_home()
except settings.SettingsError as error:
    sys.exit(f"parley: {error}")  # one sentence instead of a page of Dagster's traceback


def definitions() -> dg.Definitions:
    """All definitions of Parley."""
    place = HomeResource()
    return dg.Definitions(
        assets=[articles.raw_articles, *dg.load_assets_from_modules([articles, annotations, warehouse])],
        asset_checks=[warehouse_checks],
        jobs=automation.JOBS,
        schedules=automation.SCHEDULES,
        sensors=automation.SENSORS,
        resources={"place": place, "writer": WriterResource(place=place), "engine": EngineResource()},
        executor=dg.in_process_executor,
    )


defs = definitions()
