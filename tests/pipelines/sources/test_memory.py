"""Memory does not grow with the file: two hundred megabytes of each streamed format, read in a process of their own."""

import csv
import gzip
import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.pipelines.sources.making import warc_record

SENTENCE = "Officials of both countries met in Riga on Monday and agreed to withdraw their guns from the river. "
# The kernel's own mark: that of getrusage starts with what the process had before it became another program.
READ = """
import re, sys
from pathlib import Path
from pipelines.sources import read
from transforms.records import RawArticle
articles = sum(isinstance(item, RawArticle) for item in read([Path(sys.argv[1])]))
print(articles, re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
"""


def story(number: int, length: int) -> str:
    """A text of `length` times 124 characters or more, which packs to about a tenth."""
    return f"Story {number}.\n" + "".join(f"{SENTENCE}It was meeting {number * n % 99_991}. " for n in range(length))


def write_jsonl(path: Path, megabytes: int) -> None:
    with gzip.open(path, "wt", compresslevel=1) as sink:
        for number in range(megabytes * 5):
            sink.write(json.dumps({"id": number, "text": story(number, 1_600)}) + "\n")


def write_csv(path: Path, megabytes: int) -> None:
    with path.open("w", newline="") as sink:
        writer = csv.writer(sink)
        writer.writerow(["id", "text"])
        for number in range(megabytes * 5):
            writer.writerow([number, story(number, 1_600)])


def write_parquet(path: Path, megabytes: int) -> None:
    """One row group, which a careless reader takes whole. A page, of ten rows here, has to be."""
    rows = megabytes * 5
    table = pa.table({"id": [str(n) for n in range(rows)], "text": [story(n, 1_600) for n in range(rows)]})
    pq.write_table(table, path, row_group_size=rows, compression="none", use_dictionary=False, write_batch_size=10)


def write_warc(path: Path, megabytes: int) -> None:
    """Pages, most of whose bytes are scripts."""
    with path.open("wb") as sink:
        for number in range(megabytes * 5):
            article = f"<article><p>{story(number, 15)}</p></article>"
            page = f"<html><body><script>{'x' * 198_000}</script>{article}</body></html>"
            sink.write(warc_record(f"https://example.org/{number}", page.encode()))


WRITERS = {"jsonl.gz": write_jsonl, "csv": write_csv, "parquet": write_parquet, "warc": write_warc}


def peak(path: Path) -> tuple[int, float]:
    """Articles, and the most memory in megabytes that reading them took."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    articles, kilobytes = map(int, done.stdout.split())
    return articles, kilobytes / 1_000


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read off /proc")
@pytest.mark.parametrize("suffix", WRITERS)
def test_memory_does_not_grow_with_the_file(suffix: str, tmp_path: Path) -> None:
    few, many = tmp_path / f"few.{suffix}", tmp_path / f"many.{suffix}"
    WRITERS[suffix](few, 20)
    WRITERS[suffix](many, 200)
    (few_articles, at_first), (many_articles, at_last) = peak(few), peak(many)
    assert (few_articles, many_articles) == (100, 1_000)
    assert at_last < at_first + 40, f"{at_first:.0f} MB for 20 MB, {at_last:.0f} MB for 200 MB"
