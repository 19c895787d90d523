"""Apache Superset on the published warehouse: `python -m bi.superset`, in the environment of requirements.lock."""
