"""What the assets are handed: the home, the one writer's lock, the workers. No asset and no default belongs here."""

import dagster as dg
from pydantic import PrivateAttr

from pipelines import settings
from pipelines.engine import Engine, ProcessEngine, SerialEngine
from warehouse.lock import FileLock


class HomeResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The home of this run: `path`, else PARLEY_HOME, else ./data."""

    path: str = ""

    @property
    def home(self) -> settings.Home:
        return settings.home(self.path or None)


class WriterResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The right to merge, build and publish, held by one run at a time from its first use to the end of the run."""

    place: HomeResource
    _lock: FileLock | None = PrivateAttr(default=None)

    def take(self, context: dg.AssetExecutionContext) -> None:
        """Waits for the right where another run has it; harmless where this run has it already."""
        if self._lock is None:
            self._lock = FileLock(self.place.home.lock("writer"))
        self._lock.acquire(context.log.info)

    def teardown_after_execution(self, context: dg.InitResourceContext) -> None:  # noqa: ARG002 - Dagster's signature
        if self._lock is not None:
            self._lock.release()


class EngineResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Who works on the batches of a run, from the first stage that needs them to the last stage: as PARLEY_ENGINE
    and PARLEY_WORKERS say."""

    _engine: Engine | None = PrivateAttr(default=None)

    def get(self) -> Engine:
        """The engine of this run. Raises SettingsError where a setting names none."""
        if self._engine is None:
            self._engine = _chosen()
        return self._engine

    def release(self) -> None:
        """Lets the workers go, whose memory is wanted for what comes after the stages; they come again if asked."""
        if self._engine is not None:
            self._engine.close()

    def teardown_after_execution(self, context: dg.InitResourceContext) -> None:  # noqa: ARG002 - Dagster's signature
        self.release()


def _chosen() -> Engine:
    named, workers = settings.engine(), settings.workers()
    if named == settings.SERIAL or (named is None and workers == 1):
        return SerialEngine()
    return ProcessEngine(workers, 0 if named else settings.WORTH_PROCESSES)
