"""What Dagster shows of the watched sources: warnings, which block nothing. What is found: `freshness.py`."""

from collections.abc import Callable, Iterator, Sequence

import dagster as dg

from pipelines.freshness import Health

_LANDING = "landing"
_JUDGED: dict[str, tuple[str, Callable[[Health], bool]]] = {
    "sources_read": ("Each watched source could be read at the last look", lambda health: health.read),
    "sources_fresh": (
        "Each watched source has an article as new as `expect.max_age_hours` wants",
        lambda health: health.fresh is not False,
    ),
    "sources_volume": (
        "Each watched source gave as much in a week as `expect.min_articles_per_week` wants",
        lambda health: health.enough is not False,
    ),
}
SOURCE_CHECKS = [
    dg.AssetCheckSpec(name, asset=_LANDING, description=description) for name, (description, _) in _JUDGED.items()
]


def source_checks(found: Sequence[Health]) -> Iterator[dg.AssetCheckResult]:
    """The checks' results over all sources that this run was to read; without any they pass."""
    for name, (_, good) in _JUDGED.items():
        bad = [health for health in found if not good(health)]
        yield dg.AssetCheckResult(
            check_name=name,
            passed=not bad,
            severity=dg.AssetCheckSeverity.WARN,
            description="; ".join(f"{health.name}: {', '.join(health.complaints)}" for health in bad) or None,
            metadata={"sources": len(found), "failing": len(bad)},
        )
