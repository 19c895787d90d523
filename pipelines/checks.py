"""Blocking checks between the built file and its publication, one per table; the queries: `warehouse/checks.py`."""

from collections.abc import Iterator

import dagster as dg

from pipelines.assets.warehouse import warehouse
from pipelines.resources import HomeResource
from warehouse.checks import CHECKS, failures

TABLES = sorted({check.table for check in CHECKS})


@dg.multi_asset_check(
    name="warehouse_checks",
    specs=[
        dg.AssetCheckSpec(
            f"{table}_is_sound",
            asset=warehouse,
            blocking=True,
            description=f"{sum(check.table == table for check in CHECKS)} checks of core.{table}: keys, references, "
            "accepted values, offsets, order of dates",
        )
        for table in TABLES
    ],
)
def warehouse_checks(place: HomeResource) -> Iterator[dg.AssetCheckResult]:
    """Runs every check on the built file; a failure stops the publication, and the earlier one stays up."""
    home = place.home
    found = failures(home.built)
    if found:
        home.built.replace(home.rejected)  # so that nobody publishes it by hand
    for table in TABLES:
        here = [failure for failure in found if failure.check.table == table]
        yield dg.AssetCheckResult(
            check_name=f"{table}_is_sound",
            passed=not here,
            severity=dg.AssetCheckSeverity.ERROR,
            description="; ".join(failure.message for failure in here) or None,
            metadata={failure.check.name: "\n".join(failure.sample) for failure in here},
        )
