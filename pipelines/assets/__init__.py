"""The assets, one module a layer: articles → annotations → warehouse. Each is a thin call of what does the work."""

import warnings

import dagster as dg

# backfill_policy is "beta" since 2023 and the only way to give one run a range of batches.
warnings.filterwarnings("ignore", category=dg.BetaWarning, message=".*backfill_policy.*")
