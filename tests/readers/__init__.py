"""The environments of readers, each with a DuckDB of its own; `make readers` installs them from their locks."""
