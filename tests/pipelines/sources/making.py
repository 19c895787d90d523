"""Makes files of every format and container, from the articles of made-up pages."""

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from email.utils import format_datetime
from html import escape

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from benchmarks.pages import Made, Story


def record(story: Story) -> dict[str, str]:
    """An article as a record with the canonical keys."""
    return {
        "id": story.url.rpartition("/")[2],
        "url": story.url,
        "title": story.title,
        "text": story.text,
        "published_at": story.day.isoformat(),
        "source": "Example Times",
        "author": story.author,
    }


def jsonl(pages: Sequence[Made]) -> bytes:
    return "".join(json.dumps(record(page.story), ensure_ascii=False) + "\n" for page in pages).encode()


def json_list(pages: Sequence[Made]) -> bytes:
    return json.dumps([record(page.story) for page in pages], indent=1).encode()


def markdown(pages: Sequence[Made]) -> bytes:
    fields = {**record(pages[0].story)}
    text = fields.pop("text")
    return f"---\n{''.join(f'{key}: {json.dumps(value)}\n' for key, value in fields.items())}---\n{text}\n".encode()


def text(pages: Sequence[Made]) -> bytes:
    return pages[0].story.text.encode()


def html(pages: Sequence[Made]) -> bytes:
    return pages[0].html.encode()


def table(pages: Sequence[Made], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, record(pages[0].story), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(record(page.story) for page in pages)
    return out.getvalue().encode()


def parquet(pages: Sequence[Made], group: int = 3) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([record(page.story) for page in pages]), out, row_group_size=group)
    return out.getvalue()


def rss(pages: Sequence[Made]) -> bytes:
    items = "".join(
        f"<item><title>{escape(s.title)}</title><link>{s.url}</link><guid isPermaLink='false'>{s.url[-8:]}</guid>"
        f"<dc:creator>{s.author}</dc:creator>"
        f"<pubDate>{format_datetime(datetime.combine(s.day, time(9, 30), UTC))}</pubDate>"
        f"<content:encoded><![CDATA[{''.join(f'<p>{escape(p, quote=False)}</p>' for p in s.paragraphs)}]]>"
        "</content:encoded></item>"
        for s in (page.story for page in pages)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Example Times</title>'
        f"<link>https://www.example-times.org/</link>{items}</channel></rss>"
    ).encode()


def atom(pages: Sequence[Made]) -> bytes:
    entries = "".join(
        f"<entry><title>{escape(s.title)}</title><id>urn:{s.url[-8:]}</id><link href='{s.url}'/>"
        f"<author><name>{s.author}</name></author><published>{s.day}T09:30:00+02:00</published>"
        f"<updated>{s.day}T11:00:00Z</updated><content type='html'>"
        f"{escape(''.join(f'<p>{escape(p, quote=False)}</p>' for p in s.paragraphs))}</content></entry>"
        for s in (page.story for page in pages)
    )
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Example Times</title>'
        f"<id>urn:feed</id><updated>2024-05-03T00:00:00Z</updated>{entries}</feed>"
    ).encode()


def warc_record(url: str, body: bytes, *, kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    """One response of a web archive."""
    type_line = f"Content-Type: {kind}\r\n" if kind else ""
    http = f"HTTP/1.1 {status}\r\n{type_line}Server: test\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{abs(hash(url)):032x}>\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: 2025-01-01T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def warc(pages: Sequence[Made]) -> bytes:
    image = warc_record("https://www.example-times.org/a.png", b"\x89PNG" + bytes(400), kind="image/png")
    gone = warc_record("https://www.example-times.org/gone", b"<html>gone</html>", status="404 Not Found")
    return image + gone + b"".join(warc_record(page.story.url, page.html.encode()) for page in pages)


# By the suffix of the file: how it is made, and whether it holds one article or all of them.
FORMATS: dict[str, tuple[Callable[[Sequence[Made]], bytes], bool]] = {
    ".txt": (text, False),
    ".md": (markdown, False),
    ".html": (html, False),
    ".jsonl": (jsonl, True),
    ".json": (json_list, True),
    ".csv": (table, True),
    ".tsv": (lambda pages: table(pages, "\t"), True),
    ".parquet": (parquet, True),
    ".rss": (rss, True),
    ".atom": (atom, True),
    ".warc": (warc, True),
}


def gz(data: bytes, _: str) -> bytes:
    return gzip.compress(data, mtime=0)


def gz_members(data: bytes, _: str) -> bytes:
    half = len(data) // 2
    return gzip.compress(data[:half], mtime=0) + gzip.compress(data[half:], mtime=0)


def zst(data: bytes, _: str) -> bytes:
    return zstandard.compress(data)


def zipped(data: bytes, name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("__MACOSX/._hidden.txt", b"\0\1\2 of the file system")
        archive.writestr("batch/.hidden.txt", b"not to be read")
        archive.writestr(f"batch/{name}", data)
    return out.getvalue()


def tarred(data: bytes, name: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo(f"./batch/{name}")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


# By the suffix that is added to the name.
CONTAINERS: dict[str, Callable[[bytes, str], bytes]] = {
    "": lambda data, _: data,
    ".gz": gz,
    ".many.gz": gz_members,
    ".zst": zst,
    ".bz2": lambda data, _: bz2.compress(data),
    ".xz": lambda data, _: lzma.compress(data),
    ".zip": zipped,
    ".tar": tarred,
    ".tar.gz": lambda data, name: gz(tarred(data, name), name),
    ".gz.zip": lambda data, name: zipped(gz(data, name), f"{name}.gz"),
}
