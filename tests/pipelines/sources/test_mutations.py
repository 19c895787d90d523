"""Real files of every format, changed at random: no exception, no file without either an article or a reason.

Natively parsed formats are read in a process of their own in the slow test, so that a crash would be seen as one.
"""

import subprocess
import sys
import zlib
from pathlib import Path
from random import Random

import pytest

from benchmarks.pages import pages
from pipelines.sources import Noted, read
from tests.pipelines.sources.making import CONTAINERS, FORMATS, warc, warc_record
from transforms.records import RawArticle

PAGES = pages(3)
PACKED = (".gz", ".zst", ".bz2", ".xz", ".zip", ".tar", ".tar.gz")
FILES = {suffix: make(PAGES) for suffix, (make, _) in FORMATS.items()}
FILES |= {f".jsonl{container}": CONTAINERS[container](FILES[".jsonl"], "a.jsonl") for container in PACKED}
FILES |= {".warc.gz": CONTAINERS[".many.gz"](FILES[".warc"], "")}
FEW, MANY = 25, 300  # changes of each file


def changed(data: bytes, chance: Random) -> bytes:
    """The data with one to four places flipped, cut, doubled, zeroed, or written over."""
    new = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        if not new:
            break
        place = chance.randrange(len(new))
        length = chance.choice((1, 1, 2, 8, 64, len(new) // 4 + 1))
        match chance.randrange(6):
            case 0:
                new[place] ^= 1 << chance.randrange(8)
            case 1:
                del new[place : place + length]
            case 2:
                new[place:place] = chance.randbytes(length)
            case 3:
                new[place:place] = new[place : place + length]
            case 4:
                new[place : place + length] = bytes(len(new[place : place + length]))
            case _:
                del new[place:]
    return bytes(new)


def check(path: Path, data: bytes) -> None:
    """Reads a file; it gives an article or a reason."""
    path.write_bytes(data)
    articles = rejects = 0
    for item in read([path]):
        if isinstance(item, Noted):
            assert len(item.message) > 10
        elif isinstance(item, RawArticle):
            articles += 1
            item.model_dump_json().encode("utf-8")
            assert item.text.strip()
        else:
            rejects += 1
            assert ": " in item.reason
            item.model_dump_json().encode("utf-8")
    assert articles or rejects


def check_many(suffix: str, folder: Path, count: int) -> None:
    """Checks as many changes of the file of a suffix, the same ones each time."""
    chance = Random(zlib.crc32(suffix.encode()))
    for number in range(count):
        try:
            check(folder / f"fuzz{suffix}", changed(FILES[suffix], chance))
        except BaseException as error:
            error.add_note(f"change {number} of {suffix}")
            raise


@pytest.mark.parametrize("suffix", FILES)
def test_changed_files(suffix: str, tmp_path: Path) -> None:
    check_many(suffix, tmp_path, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", FILES)
def test_many_changed_files(suffix: str, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.pipelines.sources.test_mutations import check_many, MANY; "
        "check_many(sys.argv[1], Path(sys.argv[2]), MANY)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, suffix, str(tmp_path)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=280,
    )
    assert done.returncode == 0, f"{done.returncode}: {done.stdout}{done.stderr[-3_000:]}"


def test_of_a_cut_web_archive_is_kept_what_comes_before(tmp_path, reading) -> None:
    data = warc(PAGES)
    last = data.rfind(b"WARC/1.0")
    for end in (last + 40, last + 700, len(data) - 60):
        (tmp_path / "a.warc").write_bytes(data[:end])
        articles, [reject] = reading(tmp_path)
        assert [article.url for article in articles] == [page.story.url for page in PAGES[:2]]
        assert "cannot be read on from here" in reject.reason


def test_what_a_web_archive_gives(tmp_path, reading) -> None:
    empty = warc_record("https://example.org/empty", b"<html><body><p>Nothing.</p></body></html>")
    bare = next(page for page in pages(12) if page.layout == "tables")
    unnamed = warc_record("https://example.org/bare", bare.html.encode(), kind="")
    (tmp_path / "a.warc").write_bytes(warc(PAGES) + empty + unnamed)
    articles, rejects = reading(tmp_path)
    assert not rejects
    assert [article.origin for article in articles] == ["a.warc:3", "a.warc:4", "a.warc:5", "a.warc:7"]
    assert articles[3].url == "https://example.org/bare"
    assert (articles[3].published_at, '"fetched_at": "2025-01-01T00:00:00Z"' in (articles[3].extra or "")) == (
        None,
        True,
    )
    notes = [item.message for item in read([tmp_path / "a.warc"]) if isinstance(item, Noted)]
    assert notes[0] == "2 records are no HTML pages that were fetched well"
    assert notes[1].startswith("1 pages hold no article (the first: holds no article (1 words of text)")


@pytest.mark.parametrize("data", [b"WARC/1.0\r\n\r\n", b"WARC/1.0\r\nContent-Length: -5\r\n\r\n", b"WARC/9"])
def test_a_web_archive_without_records_is_refused(data: bytes, tmp_path, reading) -> None:
    (tmp_path / "a.warc").write_bytes(data)
    articles, rejects = reading(tmp_path)
    assert not articles
    assert len(rejects) == 1
