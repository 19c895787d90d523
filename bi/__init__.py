"""The warehouse in tools for business intelligence, which run beside Parley and import nothing of it."""
