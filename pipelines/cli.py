"""The `parley` command: all commands under one name. What they do stands in `commands/`."""

from pipelines.commands import filling, reading, reporting, watching
from pipelines.commands.common import app

__all__ = ["app", "filling", "reading", "reporting", "watching"]

if __name__ == "__main__":
    app()
