"""`parley report`: what it writes and tells, and how it refuses what it cannot do."""

from pathlib import Path

import pytest

from tests.pipelines.support import parley
from tests.warehouse.builder import BRUSSELS, LIMA, QUITO, Newsroom


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which a meeting, a called-for ceasefire and undated sanctions are published."""
    root = tmp_path_factory.mktemp("home")
    newsroom = Newsroom(root)
    newsroom.land("batch-a", LIMA, QUITO, BRUSSELS)
    newsroom.build(name="warehouse.duckdb")
    return root


def test_it_writes_one_page_and_says_what_is_on_it(published: Path, tmp_path: Path) -> None:
    target = tmp_path / "new" / "talks.html"
    done = parley("report", "--home", str(published), "-o", str(target), "--since", "2021-03-09", "--title", "Talks")
    assert done.returncode == 0, done.stderr
    page = target.read_text(encoding="utf-8")
    assert "<h1>Talks</h1>" in page
    assert "Since 9 Mar 2021" in page
    size = f"{len(page.encode()) / 1e6:.1f} MB"
    assert done.stderr.strip() == f"{target}: 1 events (1 without a known date left out), {size}"


def test_several_wishes_are_told_on_the_page(published: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    words = (
        "--type",
        "sanctions",
        "--status",
        "imposed",
        "--country",
        "tcd",
        "--actor",
        "european",
        "--max-events",
        "5",
    )
    done = parley("report", "--home", str(published), "--output", str(target), *words)
    assert done.returncode == 0, done.stderr
    page = target.read_text(encoding="utf-8")
    assert "sanctions · imposed · Chad · “european”" in page
    assert page.count('data-event="') == 1


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--since", "last week"), 2, "last week is no date: write it as 2024-03-31"),
        (("--since", "2021-02-30"), 2, "2021-02-30 is no date"),
        (("--since", "2021-03-02", "--until", "2021-03-01"), 2, "before it begins on 2021-03-02"),
        (("--country", "XYZ"), 2, "no country has the code XYZ"),
        (("--type", "war"), 2, "war"),
        (("--max-events", "0"), 2, "max-events"),
        (("--output", "/dev/null/report.html"), 1, "/dev/null/report.html cannot be written: File exists (/dev/null)"),
        (("--output", "/"), 2, "/ is a folder"),
        (("--output", "n" * 300), 1, "cannot be written: File name too long"),
        (("--actor", " "), 2, "it is empty"),
        (("--actor", "Jos\udce9"), 2, "'Jos\\udce9' is not UTF-8"),
        (("--title", "Jos\udce9"), 2, "'Jos\\udce9' is not UTF-8"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_message(
    published: Path, tmp_path: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    target = tmp_path / "report.html"
    done = parley("report", "--home", str(published), "-o", str(target), *words)
    assert done.returncode == code
    assert told in " ".join(done.stderr.replace("│", " ").split())
    assert not target.exists()


def test_where_nothing_is_published_it_says_so_and_writes_nothing(tmp_path: Path) -> None:
    done = parley("report", "--home", str(tmp_path / "home"), "-o", str(tmp_path / "report.html"))
    assert done.returncode == 1
    assert "nothing is published" in done.stderr
    assert list(tmp_path.iterdir()) == []
