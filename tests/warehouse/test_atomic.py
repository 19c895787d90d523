"""A write is there whole or not at all, and what killed writers leave is swept."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.atomic import replacing, sweep, temporary_name


def _dead_pid() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def _leftover(folder: Path, pid: int, name: str) -> Path:
    return folder / f".tmp-{pid}-0a1b2c3d-{name}"


def test_what_is_written_takes_the_place_of_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "file.txt"
    for content in ("first", "second"):
        with replacing(path) as temporary:
            temporary.write_text(content)
        assert path.read_text() == content
    assert list(path.parent.iterdir()) == [path]


def test_the_old_file_is_there_until_the_block_ends(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_text("old")
    with replacing(path) as temporary:
        temporary.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"


@pytest.mark.parametrize("error", [ValueError, OSError, KeyboardInterrupt])
def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "file.txt"
    path.write_text("old")
    with pytest.raises(error), replacing(path) as temporary:
        temporary.write_text("half of the n")
        raise error
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_block_that_writes_nothing_fails_and_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_text("old")
    with pytest.raises(FileNotFoundError), replacing(path):
        pass
    assert path.read_text() == "old"


def test_temporary_names_are_hidden_and_differ(tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    names = {temporary_name(path).name for _ in range(20)}
    assert len(names) == 20
    assert all(name.startswith(f".tmp-{os.getpid()}-") and name.endswith("-events.parquet") for name in names)


def test_sweep_removes_what_dead_writers_left_and_nothing_else(tmp_path: Path) -> None:
    dead = _dead_pid()
    stage = tmp_path / "events"
    stage.mkdir()
    kept = [stage / "batch.parquet", _leftover(stage, os.getpid(), "b.parquet"), _leftover(stage, 1, "c.parquet")]
    gone = [_leftover(tmp_path, dead, "a"), _leftover(stage, dead, "b.parquet")]
    for path in (*kept, *gone):
        path.write_text("…")
    assert sweep(tmp_path) == 2
    assert sorted(stage.iterdir()) == sorted(kept)
    assert not any(path.exists() for path in gone)


def test_sweep_removes_folders_with_all_in_them(tmp_path: Path) -> None:
    dead = _dead_pid()
    for n in range(3):
        folder = _leftover(tmp_path, dead, f"{n}")
        (folder / "inner").mkdir(parents=True)
        (folder / "inner" / "events.parquet").write_text("…")
        _leftover(folder, dead, "nested").write_text("…")
    assert sweep(tmp_path) == 3
    assert list(tmp_path.iterdir()) == []


def test_sweep_leaves_the_names_of_others_alone(tmp_path: Path) -> None:
    strangers = [tmp_path / ".tmp-notes", tmp_path / ".tmp-", tmp_path / "tmp-1-x"]
    for path in strangers:
        path.write_text("mine")
    assert sweep(tmp_path) == 0
    assert sorted(tmp_path.iterdir()) == sorted(strangers)


def test_sweep_of_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert sweep(tmp_path / "no such folder") == 0


def test_a_killed_writer_leaves_the_old_file_and_a_leftover_that_is_swept(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_text("old")
    code = (
        "import os, signal, sys; from pathlib import Path; from warehouse.atomic import replacing\n"
        "with replacing(Path(sys.argv[1])) as temporary:\n"
        "    temporary.write_text('half'); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert path.read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 2
    assert sweep(tmp_path) == 1
    assert list(tmp_path.iterdir()) == [path]
