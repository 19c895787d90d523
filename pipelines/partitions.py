"""How the data is divided: a batch is a dynamic partition, whose key is the hash of the articles in it.

What registers a batch (`assets/articles.py`) does not belong here.
"""

import dagster as dg

BATCHES = dg.DynamicPartitionsDefinition(name="batch")

# Dagster lets one run process a range of keys; these tags say which.
RANGE_START, RANGE_END = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"


def range_tags(instance: dg.DagsterInstance, wanted: list[str]) -> dict[str, str]:
    """Tags of one run that covers all the wanted batches; what lies between them and is current is left alone.

    Raises ValueError where one is not registered.
    """
    known = list(instance.get_dynamic_partitions(BATCHES.name or "batch"))
    places = {key: place for place, key in enumerate(known)}
    if missing := [key for key in wanted if key not in places]:
        raise ValueError(f"not registered as batches: {', '.join(missing[:3])}")
    ordered = sorted(wanted, key=places.__getitem__)
    return {RANGE_START: ordered[0], RANGE_END: ordered[-1]}


def register(instance: dg.DagsterInstance, batches: list[str]) -> list[str]:
    """Registers those of the batches that are not yet; returns them, in the order given."""
    known = set(instance.get_dynamic_partitions(BATCHES.name or "batch"))
    fresh = [batch for batch in batches if batch not in known]
    if fresh:
        instance.add_dynamic_partitions(BATCHES.name or "batch", fresh)
    return fresh
