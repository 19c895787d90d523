"""Blocking checks between the built file and its publication, one per kind; the queries: `warehouse/checks.py`."""

from collections.abc import Iterator

import dagster as dg

from pipelines.assets.warehouse import warehouse
from pipelines.publication import set_aside
from pipelines.resources import HomeResource
from warehouse.checks import CHECKS, Kind, failures


@dg.multi_asset_check(
    name="warehouse_checks",
    specs=[
        dg.AssetCheckSpec(
            kind.value,
            asset=warehouse,
            blocking=True,
            description=f"{sum(check.kind is kind for check in CHECKS)} queries, over all tables",
        )
        for kind in Kind
    ],
)
def warehouse_checks(place: HomeResource) -> Iterator[dg.AssetCheckResult]:
    """Runs every check on the built file; a failure stops the publication, and the earlier one stays up."""
    home = place.home
    found = failures(home.built)
    if found:
        set_aside(home, found)
    for kind in Kind:
        here = [failure for failure in found if failure.kind is kind]
        yield dg.AssetCheckResult(
            check_name=kind.value,
            passed=not here,
            severity=dg.AssetCheckSeverity.ERROR,
            # Nothing can be taken out of Dagster's storage again: no value that may quote an article.
            description="; ".join(failure.summary for failure in here) or None,
            metadata={failure.name: failure.count for failure in here},
        )
