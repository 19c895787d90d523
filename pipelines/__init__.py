"""When things run: Dagster and the command line. What is computed and how it is stored do not belong here."""
