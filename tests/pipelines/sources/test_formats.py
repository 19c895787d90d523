"""What each format gives: fields, ids, sources, origins, dates."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from pipelines.sources import Noted, SourceSettings, read
from transforms import identity

TEXT = "The two ministers met in Oslo on Monday."


def test_a_text_file_is_an_article(tmp_path, reading):
    folder = tmp_path / "example-times"
    folder.mkdir()
    (folder / "000_abc.txt").write_text(TEXT + "\nTürkiye hosted them.\n", encoding="utf-8")
    for given in (folder, folder / "000_abc.txt"):
        [article], rejects = reading(given)
        assert not rejects
        assert (article.source, article.source_id, article.origin) == ("example-times", "000_abc.txt", "000_abc.txt")
        assert article.text == TEXT + "\nTürkiye hosted them.\n"
        assert article.text_id == identity.text_id(article.text)
        assert (article.title, article.url, article.published_at, article.extra) == (None, None, None, None)


def test_ids_do_not_depend_on_where_the_file_lies(tmp_path, reading, monkeypatch):
    ids = set()
    for parent in ("one", "two"):
        folder = tmp_path / parent / "agency"
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text(TEXT)
        ids |= {article.article_id for article in reading(folder)[0]}
    monkeypatch.chdir(folder)
    for given in (".", "a.txt", Path("../agency")):
        ids |= {article.article_id for article in reading(given)[0]}
    assert len(ids) == 1


def test_a_folder_is_walked_in_sorted_order_without_hidden_files(tmp_path, reading):
    for name in ("b.txt", "a/z.txt", "a/deep/y.md", ".hidden.txt", ".git/x.txt", "c.jsonl"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"text": name}) if name.endswith("jsonl") else f"Text of {name}")
    articles, rejects = reading(tmp_path / "in")
    assert not rejects
    assert [article.origin for article in articles] == ["a/deep/y.md", "a/z.txt", "b.txt", "c.jsonl:1"]
    assert [article.source for article in articles] == ["deep", "a", "in", "c"]


def test_a_loop_of_links_ends(tmp_path, reading):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    articles, rejects = reading(tmp_path)
    assert len(articles) == 1
    assert not rejects


def test_front_matter_gives_the_fields(tmp_path, reading):
    (tmp_path / "talks.md").write_text(
        "---\nid: 007\nurl: https://jane:secret@example.org/talks?a=b@c\ntitle: 'Talks: day two'\n"
        "published_at: 2024-05-03 18:30:00+03:00\nsource: Example Times\ncountry: NO\ntags: [talks, truce]\n---\n\n"
        f"{TEXT}\n\n---\nMore.\n",
        encoding="utf-8",
    )
    [article], rejects = reading(tmp_path)
    assert not rejects
    assert (article.source_id, article.source, article.title) == ("007", "Example Times", "Talks: day two")
    assert article.url == "https://example.org/talks?a=b@c"
    assert article.text == f"{TEXT}\n\n---\nMore."
    assert article.published_at == datetime(2024, 5, 3, 15, 30)
    assert (article.published_date, article.published_precision) == (date(2024, 5, 3), "second")
    assert json.loads(article.extra or "") == {"country": "NO", "tags": ["talks", "truce"]}


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (TEXT, TEXT),
        ("---\n---\nText.", "Text."),
        ("---\n# a note\ntitle: T\n...\nText.", "Text."),
        (
            "---\nA rule above and below, no key here\n---\nText.",
            "---\nA rule above and below, no key here\n---\nText.",
        ),
        ("\ufeff---\r\ntitle: T\r\n---\r\nText.\r\nMore.", "Text.\r\nMore."),
    ],
)
def test_what_is_body_and_what_is_front_matter(tmp_path, reading, text, body):
    (tmp_path / "a.md").write_bytes(text.encode())
    [article], rejects = reading(tmp_path)
    assert (article.text, rejects) == (body, [])


@pytest.mark.parametrize("name", ["articles.jsonl", "articles.jsonl.gz", "ARTICLES.JSONL"])
def test_a_line_is_an_article(jsonl, reading, name):
    record = {
        "id": 12,
        "url": " //user@example.org/a ",
        "title": " Talks ",
        "text": TEXT,
        "published_at": "2024-05-03",
        "source": "Example Times",
        "outlet": "Example",
        "score": 1.5,
        "big": 1e999,
        "nan": float("nan"),
    }
    [first, second], rejects = reading(jsonl(record, "", {"text": "No id.", "title": "", "url": None}, name=name))
    assert not rejects
    assert (first.source_id, first.title, first.url, first.origin) == ("12", "Talks", "//example.org/a", f"{name}:1")
    assert (first.published_at, first.published_date) == (datetime(2024, 5, 3), date(2024, 5, 3))
    assert first.published_precision == "day"
    assert json.loads(first.extra or "") == {"outlet": "Example", "score": 1.5, "big": None, "nan": None}
    assert (second.source, second.title, second.url) == (name.split(".")[0], None, None)
    assert second.source_id == f"{name}:{second.cluster_id}"
    assert second.origin == f"{name}:3"


def test_no_address_keeps_its_user_information(jsonl, reading):
    address = "https://desk:hunter22@wire.example/a"
    record = {"id": address, "text": TEXT, "fetched_from": address, "links": [address], "by": "desk@wire.example"}
    [article], _ = reading(jsonl(record))
    bare = "https://wire.example/a"
    assert article.source_id == bare
    assert json.loads(article.extra or "") == {"fetched_from": bare, "links": [bare], "by": "desk@wire.example"}


def test_a_records_own_id_does_not_depend_on_its_line(jsonl, reading):
    [one], _ = reading(jsonl({"text": TEXT}))
    [_, other], _ = reading(jsonl({"text": "Another."}, {"text": TEXT}))
    assert one.article_id == other.article_id


@pytest.mark.parametrize(
    ("value", "at", "day"),
    [
        ("2024-05-03T18:30:00", "2024-05-03T15:30", "2024-05-03"),  # in the zone of the source
        ("2024-05-03T22:30:00Z", "2024-05-03T22:30", "2024-05-04"),  # UTC says nothing of the day there
        ("2024-05-03T23:30:00-05:00", "2024-05-04T04:30", "2024-05-03"),
        ("Fri, 03 May 2024 10:00:00 GMT", "2024-05-03T10:00", "2024-05-03"),
        ("3 May 2024 10:00 EST", "2024-05-03T15:00", "2024-05-03"),
        ("2024-05-03 10:00:00 +0000", "2024-05-03T10:00", "2024-05-03"),
        ("2024-05-03 10:00 UTC", "2024-05-03T10:00", "2024-05-03"),
        ("20240503", "2024-05-03T00:00", "2024-05-03"),
        ("2024-W18-5", "2024-05-03T00:00", "2024-05-03"),
    ],
)
def test_times_of_publication(jsonl, reading, value, at, day):
    path = jsonl({"text": TEXT, "published_at": value, "source": "Example"})
    [article], rejects = reading(path, timezone="America/New_York", timezones={"Example": "Europe/Istanbul"})
    assert not rejects
    assert article.published_at == datetime.fromisoformat(at)
    assert article.published_date == date.fromisoformat(day)


def test_the_zone_is_utc_unless_told(jsonl, reading):
    [article], _ = reading(jsonl({"text": TEXT, "published_at": "2024-05-03T18:30:00"}))
    assert article.published_at == datetime(2024, 5, 3, 18, 30)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "Europe"])
def test_a_zone_that_does_not_exist_is_refused(zone):
    with pytest.raises(ValueError, match="is no time zone"):
        SourceSettings(timezone=zone)


@pytest.mark.parametrize(
    ("data", "text", "decoded_as"),
    [
        ("Erdoğan".encode("utf-8-sig"), "Erdoğan", None),
        ("Erdoğan met them.".encode("utf-16"), "Erdoğan met them.", "utf-16-le"),
        (b"\xfe\xff" + "Erdoğan".encode("utf-16-be"), "Erdoğan", "utf-16-be"),
        ("Erdoğan".encode("utf-32"), "Erdoğan", "utf-32-le"),
        ("The café “Orléans” closed.".encode("cp1252"), "The café “Orléans” closed.", "windows-1252"),
        ("“Türkiye”".encode()[:-1], "“Türkiye\ufffd", "utf-8 with 1 damaged characters replaced"),
    ],
)
def test_encodings(tmp_path, reading, data, text, decoded_as):
    (tmp_path / "a.txt").write_bytes(data)
    [article], rejects = reading(tmp_path)
    assert not rejects
    assert article.text == text
    assert (json.loads(article.extra)["decoded_as"] if article.extra else None) == decoded_as


def test_a_newer_version_of_an_article_is_taken(jsonl, reading):
    old = {"id": "a", "text": TEXT, "published_at": "2024-05-03T10:00:00Z"}
    new = {"id": "a", "text": TEXT + " Updated.", "published_at": "2024-05-03T12:00:00Z"}
    articles, rejects = reading(jsonl(old, new))
    assert len(articles) == 2
    assert not rejects


def test_an_exact_duplicate_comes_once(tmp_path, jsonl, reading):
    record = {"id": "a", "text": TEXT, "published_at": "2024-05-03"}
    path = jsonl(record, record, {**record, "text": f" {TEXT}\n"})
    articles, rejects = reading(path, path, tmp_path)
    assert len(articles) == 1
    assert not rejects


def test_a_folder_without_a_file_is_noted(tmp_path, monkeypatch):
    empty = tmp_path / "reports"
    (empty / "2024" / "May").mkdir(parents=True)
    (empty / ".hidden.txt").write_text(TEXT)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text(TEXT)
    noted = Noted("reports", "holds no file")
    assert list(read([empty])) == [noted]
    assert [item for item in read([tmp_path / "full", empty, tmp_path]) if isinstance(item, Noted)] == [noted]
    monkeypatch.chdir(empty)
    assert list(read(["."])) == [noted]
