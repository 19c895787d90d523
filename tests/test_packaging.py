"""The wheel, installed in an environment of its own outside the checkout, runs the main job."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.pipelines.support import CHECKOUT, environment

UV = CHECKOUT / ".tools" / "bin" / "uv"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(CHECKOUT)]
    subprocess.run(build, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_lists_exactly_our_packages(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    packages = {name.split("/")[0] for name in names if not name.startswith("parley-")}
    assert packages == {"pipelines", "transforms", "warehouse", "seeds"}
    for needed in (
        "warehouse/sql/core/event.sql",
        "warehouse/report/sql/events.sql",
        "warehouse/report/templates/page.html",
        "warehouse/report/templates/page.css",
        "warehouse/report/templates/charts.js",
        "pipelines/sql/show_events.sql",
        "seeds/reference/countries.csv",
        "seeds/reference/world_shapes.json",
    ):
        assert needed in names
    assert any(name.endswith("share/parley/dagster.yaml") for name in names)


@pytest.mark.slow
def test_an_installed_wheel_runs_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    if not UV.exists():
        pytest.skip("uv is not set up: run the tests through `make test-full`")
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([UV, "venv", "--quiet", "--python", sys.executable, tmp_path / "venv"], check=True)
    install = [UV, "pip", "install", "--quiet", "--python", python]
    subprocess.run([*install, "--require-hashes", "-r", CHECKOUT / "requirements.lock"], check=True)
    subprocess.run([*install, "--no-deps", wheel], check=True)
    env = {name: value for name, value in environment().items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [tmp_path / "venv" / "bin" / "parley", "run"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "18 new articles" in done.stdout
    assert (tmp_path / "data" / "warehouse.duckdb").exists()
