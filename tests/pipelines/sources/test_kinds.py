"""Every format in every container gives the same articles, whatever the file is called."""

import json
from pathlib import Path

import pytest

from benchmarks.pages import pages
from pipelines.sources import SourceSettings
from pipelines.sources.detection import Kind, detect
from tests.pipelines.sources.making import CONTAINERS, FORMATS, gz, html, jsonl, table, text, zipped

PAGES = pages(4)


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_in_every_container(tmp_path, reading, suffix, container):
    make, many = FORMATS[suffix]
    (tmp_path / f"file{suffix}{container.removeprefix('.many')}").write_bytes(
        CONTAINERS[container](make(PAGES), f"file{suffix}")
    )
    articles, rejects = reading(tmp_path)
    assert not rejects
    assert len(articles) == (len(PAGES) if many else 1)
    for page, article in zip(PAGES, articles, strict=False):
        assert words(page.story.text)[-20:] == words(article.text)[-20:]
        if suffix != ".txt":
            assert article.title is not None
            assert article.url in {page.story.url, None}
            assert article.published_date == page.story.day
        assert "hidden" not in article.text


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", ["unknown", "file.txt", "file.jsonl.gz", "file.bin"])
def test_the_content_tells_the_kind_and_not_the_name(tmp_path, reading, suffix, name):
    make, many = FORMATS[suffix]
    if suffix == ".txt":
        pytest.skip("prose shows nothing of itself")
    (tmp_path / name).write_bytes(make(PAGES))
    articles, rejects = reading(tmp_path / name)
    assert not rejects
    assert len(articles) == (len(PAGES) if many else 1)


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"Officials met in Riga.", "a.txt", Kind.TEXT),
        (b"date, text and more of it\nOfficials met.", "a.txt", Kind.TEXT),
        (b"[Editor's note: this is old.]", "a.txt", Kind.TEXT),
        (b'{"quoted"} words open this note', "a.txt", Kind.TEXT),
        (b"<b>Bold</b> beginning", "a.md", Kind.MARKDOWN),
        (b"Headline;Body\nTalks;Officials met.", "a.txt", Kind.TABLE),
        (b"odd;names\n1;2", "a.csv", Kind.TABLE),
        (b"<!-- saved from url=(0021)https://example.org -->\n<!DOCTYPE html>", "a", Kind.HTML),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html>', "a", Kind.HTML),
        (b"\xef\xbb\xbf<HTML><HEAD>", "a.txt", Kind.HTML),
        ("<html>".encode("utf-16"), "a.txt", Kind.HTML),
        (b'<?xml version="1.0"?><rdf:RDF xmlns:rdf="x">', "a.xml", Kind.FEED),
        (b'<!DOCTYPE rss [<!ENTITY a "b">]>\n<rss version="0.91">', "a.xml", Kind.FEED),
        (b'{\n  "text": "x"\n}', "a", Kind.JSON),
        (b'{"text": "x"}\n{"text": "y"}', "a.json", Kind.JSONL),
        (b'[\n {"text": "x"}]', "a.jsonl", Kind.JSON),
        (b'{"text": "' + b"x" * 20_000, "a", Kind.JSONL),
        (b"", "a.html.gz", Kind.HTML),
    ],
)
def test_kinds(head, name, kind):
    assert detect(head, name, SourceSettings()) == kind


@pytest.mark.parametrize(
    ("head", "name", "why"),
    [
        (b"Officials met in Riga.", "a", "files without a suffix are not read"),
        (b"Officials met in Riga.", "report.docx", "files of the kind .docx are not read"),
        (b"\x89PNG\r\n", "a.png", "holds PNG image data, not text: give files that hold text"),
        (b"%PDF-1.7", "report", "holds PDF data, not text: give its text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "report.doc", "holds Microsoft Office data, not text: give its text"),
        ("Министры".encode("utf-16"), "a.dat", "files of the kind .dat are not read"),
        (b'<?xml version="1.0"?><nitf/>', "a.xml", "is XML or a piece of HTML, but no page and no feed"),
        (b"", "a", "files without a suffix are not read"),
    ],
)
def test_what_is_of_no_kind_is_refused_with_a_reason(head, name, why):
    assert why in detect(head, name, SourceSettings())


def test_a_file_in_memory_is_read_by_its_address():
    from pipelines.sources import SourceFile, read_files

    page = PAGES[1]
    fetched = SourceFile.of_bytes(gz(html([page]), ""), "https://user@www.example-times.org/a/b?x=1")
    [article] = read_files([(fetched, SourceSettings(source="Example Times"))])
    assert article.origin == "https://user@www.example-times.org/a/b?x=1"
    assert (article.source, article.url) == ("Example Times", page.story.url)


def test_members_are_called_by_archive_and_name(tmp_path, reading):
    (tmp_path / "batch.zip").write_bytes(zipped(jsonl(PAGES), "wire.jsonl"))
    articles, _ = reading(tmp_path)
    assert [article.origin for article in articles] == [f"batch.zip/batch/wire.jsonl:{n}" for n in range(1, 5)]


def test_names_of_members_lead_nowhere(tmp_path, reading):
    (tmp_path / "batch.zip").write_bytes(zipped(text(PAGES), "../../../../tmp/evil\\..\\x.txt"))
    [article], rejects = reading(tmp_path)
    assert not rejects
    assert ".." not in Path(article.origin).parts
    assert sorted(path.name for path in tmp_path.iterdir()) == ["batch.zip"]


def test_the_source_told_is_that_of_records_without_one(tmp_path, reading):
    (tmp_path / "a.csv").write_bytes(b"text\n" + b"Officials met in Riga.\n")
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": "They met in Oslo.", "source": "Its own"}))
    (tmp_path / "c.html").write_bytes(html(PAGES))
    articles, _ = reading(tmp_path, source="Told")
    assert [article.source for article in articles] == ["Told", "Its own", "Told"]


def test_a_table_is_known_by_its_header_in_any_encoding(tmp_path, reading):
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        (tmp_path / encoding).write_bytes("title;text\nTalks;Müller met “them”.\n".encode(encoding))
        [article], rejects = reading(tmp_path / encoding)
        assert (article.title, article.text, rejects) == ("Talks", "Müller met “them”.", [])
    assert table(PAGES)
