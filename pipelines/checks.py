"""Blocking checks between the built file and its publication, one per kind; the queries: `warehouse/checks`."""

from collections.abc import Iterator

import dagster as dg

from pipelines.assets.warehouse import warehouse
from pipelines.publication import set_aside, unsound
from pipelines.resources import HomeResource
from warehouse.checks import CHECKS, Kind

ACCEPT_COLLAPSE = "accept_collapse"  # the config of the checks' op
_DESCRIBED = {
    Kind.EXPECTATIONS: "Counts and shares that are expected of each table: warehouse/checks/expectations.yaml",
    Kind.COLLAPSE: "No table has fallen far against the publication before",
}


@dg.multi_asset_check(
    name="warehouse_checks",
    specs=[
        dg.AssetCheckSpec(
            kind.value,
            asset=warehouse,
            blocking=True,
            description=_DESCRIBED.get(kind) or f"{sum(c.kind is kind for c in CHECKS)} queries, over all tables",
        )
        for kind in Kind
    ],
    config_schema={
        ACCEPT_COLLAPSE: dg.Field(
            bool,
            default_value=False,
            description="Publish although tables have fallen far against the publication before.",
        )
    },
)
def warehouse_checks(context: dg.AssetCheckExecutionContext, place: HomeResource) -> Iterator[dg.AssetCheckResult]:
    """Runs every check on the built file; a failure stops the publication, and the earlier one stays up."""
    home = place.home
    found = unsound(home, accept_collapse=context.op_execution_context.op_config[ACCEPT_COLLAPSE])
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
