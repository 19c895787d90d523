"""Where the records land: Parquet lake, DuckDB build, publication. When to run, what to compute: not here."""
