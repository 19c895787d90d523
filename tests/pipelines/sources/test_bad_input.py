"""Bad input: one clear message each, with file, line, reason and what to do; the rest goes on."""

import gzip
import json
import os
import tracemalloc

import pytest

from pipelines.sources import MOST_REJECTS, SourceSettings, _read_file, read
from pipelines.sources.formats import Refused, SourceFile
from transforms.identity import digest
from transforms.records import RawArticle, RejectedRecord

TEXT = "The two ministers met in Oslo on Monday."
GOOD = {"id": "good", "text": TEXT}


@pytest.fixture
def beside(tmp_path, reading):
    """Reads a bad file that lies between two good ones; gives the rejects, the good ones being taken."""

    def _beside(name: str, data: bytes, **settings):
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        (folder / "0.txt").write_text("First good text.")
        (folder / f"1{name}").write_bytes(data)
        (folder / "2.txt").write_text("Last good text.")
        articles, rejects = reading(folder, **settings)
        assert [article.origin for article in articles if article.origin in {"0.txt", "2.txt"}] == ["0.txt", "2.txt"]
        return rejects

    return _beside


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        (".txt", b"", "is empty"),
        (".md", b"", "is empty"),
        (".jsonl", b"", "is empty"),
        (".jsonl", b"\n \n\r\n", "is empty"),
        (".jsonl.gz", b"", "is empty"),
        (".jsonl.gz", gzip.compress(b"", mtime=0), "is empty"),
        (".txt", b" \n\t ", "text is empty"),
        (".md", b"---\ntitle: T\n---\n", "text is empty"),
        (".txt", bytes(range(256)) * 8, "binary data"),
        (".txt", "No mark".encode("utf-16-le"), "binary data"),
        (".txt", b"PK\x03\x04 and so on", "(the zip is cut off or damaged, and has no sound directory at its end)"),
        (".txt", b"%PDF-1.4 and so on", "holds PDF data"),
        (".txt", "Министры встретились в понедельник.".encode("koi8-r"), "nor can it pass for Windows-1252"),
        (".txt", b"caf\xe9 \x81 \x9d", "nor can it pass for Windows-1252"),
        (".txt", b"\xff\xfeA\x00B", "is marked as utf-16-le but is not"),
        (".txt", b"<!DOCTYPE html><html><body>Text</body></html>", "holds no article (1 words of text)"),
        (".md", b"---\ntitle: Talks: day two\n---\nText.", "is not YAML (mapping values are not allowed here, line 2)"),
        (".md", b"---\ntitle: T\nText without end", "front matter is not closed"),
        (".md", b"---\na: &a [x]\nb: *a\n---\nText.", "aliases"),
        (".md", b"---\na: " + b"[" * 5000 + b"\n---\nText.", "front matter"),
        (".md", b"---\n# only a note\n- a list\n---\nText.", "front matter holds no keys"),
        (".jsonl", json.dumps(GOOD).encode("utf-16"), "JSON Lines are UTF-8"),
        (".json", b"{}", "has no text"),
        (".json", b"[]", "holds no object"),
        (".json", b'[{"text": "x"},', "does not parse"),
        (".pdf", b"%PDF-", "holds PDF data, not text: give its text, or save it as a web page"),
        (".dat", bytes(range(256)), "holds binary data, not text"),
        ("", b"text", "files without a suffix are not read"),
    ],
)  # fmt: skip
def test_a_bad_file_gives_one_reject(beside, name, data, reason):
    [reject] = beside(name, data)
    assert reject.origin == f"1{name}"
    assert reason in reject.reason
    assert reject.rejected_id == digest("rejected", reject.origin, reject.line, reject.reason)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "cut', "the JSON does not parse"),
        ("text", "the JSON does not parse"),
        ('["text"]', "is JSON, but no object"),
        ('"text"', "is JSON, but no object"),
        ("[" * 100_000, "nested too deeply"),
        ('{"text": ' + "9" * 5000 + "}", "the JSON cannot be read"),
        ('{"id": "x"}', "has no text"),
        ('{"id": "x", "text": null}', "has no text"),
        ('{"id": "x", "text": 5}', "its text is a number"),
        ('{"id": "x", "text": ["a"]}', "its text is a list"),
        ('{"id": "x", "text": " \\n"}', "its text is empty"),
        ('{"id": "x", "text": "\\u0000\\u0001\\u0002"', "the JSON does not parse"),
    ],
)
def test_a_bad_line_gives_one_reject_and_the_rest_goes_on(jsonl, reading, line, reason):
    articles, [reject] = reading(jsonl(GOOD, line, {"id": "last", "text": "Another."}))
    assert [article.source_id for article in articles] == ["good", "last"]
    assert (reject.origin, reject.line) == ("articles.jsonl", 2)
    assert reason in reject.reason
    assert reject.sample is None or len(reject.sample) <= 200


@pytest.mark.parametrize(
    "value",
    [
        "yesterday", "2024-13-45", "2024-05-03T99:00:00Z", "03/04/2024", "May 3, 2024", "2024", "2024-05", 20240503,
        ["2024-05-03"], True, "0001-01-01T00:00:00Z", "9999-12-31", "0001-01-01T00:00:00+14:00",
        "32 May 2024 10:00 GMT",
        "3 Mai 2024 10:00 GMT", "3 May 2024 10:00 XYZ", "2024-05-03T10:00:00+99:99", "\ud800", "٢٠٢٤-٠٥-٠٣",
    ],
)  # fmt: skip
def test_a_date_that_is_no_date_is_ignored_and_the_article_taken(jsonl, reading, value):
    [article], [reject] = reading(jsonl({**GOOD, "published_at": value}))
    assert (article.published_at, article.published_date, article.published_precision) == (None, None, None)
    assert (reject.origin, reject.line, reject.source_id) == ("articles.jsonl", 1, "good")
    assert "published_at" in reject.reason
    assert "was ignored" in reject.reason
    assert "the article was taken in without it" in reject.reason
    kept = json.loads(article.extra or "")["published_at"]
    assert kept == (value if value != "\ud800" else "\ufffd")


@pytest.mark.parametrize("value", ["", "  ", None])
def test_an_empty_date_counts_as_none(jsonl, reading, value):
    [article], rejects = reading(jsonl({**GOOD, "published_at": value}))
    assert (article.published_at, article.extra, rejects) == (None, None, [])


@pytest.mark.parametrize("field", ["id", "url", "title", "source"])
@pytest.mark.parametrize("value", [["a"], {"a": 1}, True, "x" * 20_000])
def test_a_field_of_the_wrong_kind_is_ignored_and_kept_aside(jsonl, reading, field, value):
    [article], [reject] = reading(jsonl({"text": TEXT, field: value}))
    assert reject.reason.startswith(f"{field} ")
    assert json.loads(article.extra or "") == {field: value}
    assert article.source_id
    assert article.source == "articles"


def test_other_keys_nested_too_deeply_are_dropped(jsonl, reading):
    [article], [reject] = reading(jsonl('{"text": "Talks.", "deep": ' + "[" * 100 + "]" * 100 + "}"))
    assert article.text == "Talks."
    assert article.extra is None
    assert "nested more than 50 deep" in reject.reason


def test_what_no_database_takes_becomes_a_replacement_character(jsonl, reading):
    [article], rejects = reading(
        jsonl('{"id": "a\\u0000", "text": "A \\ud800 b \\u0000 c \\ud83d\\ude00", "k\\udfff": "\\ud800"}')
    )
    assert not rejects
    assert article.text == "A \ufffd b \ufffd c 😀"
    assert article.source_id == "a\ufffd"
    article.model_dump_json().encode("utf-8")
    assert json.loads(article.extra or "") == {"k\ufffd": "\ufffd"}


def test_a_text_file_that_is_enormous_is_not_read_whole(tmp_path, reading):
    (tmp_path / "big.txt").write_bytes(b"word " * 10_000_000)  # 50 MB
    tracemalloc.start()
    articles, [reject] = reading(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert not articles
    assert "too much for an article" in reject.reason
    assert peak < 20_000_000


def test_a_line_that_is_enormous_is_skipped_without_keeping_it(tmp_path, reading):
    path = tmp_path / "articles.jsonl"
    with path.open("wb") as stream:
        stream.write(json.dumps(GOOD).encode() + b"\n")
        stream.write(b'{"text": "' + b"word " * 10_000_000 + b'"}\n')  # 50 MB
        stream.write(json.dumps({"id": "last", "text": "Last."}).encode())
    tracemalloc.start()
    articles, [reject] = reading(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [article.source_id for article in articles] == ["good", "last"]
    assert reject.line == 2
    assert "the line holds more than" in reject.reason
    assert peak < 50_000_000


def test_an_article_that_is_too_long_is_rejected(tmp_path, jsonl, reading):
    (tmp_path / "long.txt").write_text("é" * 101)
    path = jsonl({"text": "x" * 101}, {"text": "x" * 100})
    [article], rejects = reading(tmp_path / "long.txt", path, longest_article=100)
    assert len(article.text) == 100
    assert [(reject.origin, reject.line) for reject in rejects] == [("long.txt", None), ("articles.jsonl", 1)]
    assert all("more than the 100 of an article" in reject.reason for reject in rejects)


def test_an_article_of_too_many_lines_is_rejected(jsonl, reading):
    articles, [reject] = reading(jsonl({"text": "a\n" * 20}, {"text": "a\r\n" * 21}, {"text": "a" * 99}), most_lines=20)
    assert [len(article.text) for article in articles] == [40, 99]
    assert (reject.line, reject.reason) == (
        2,
        "its text has 21 lines, more than the 20 of an article: split it into articles",
    )


def test_memory_does_not_grow_with_the_file(tmp_path):
    def peak(records: int) -> int:
        path = tmp_path / f"{records}.jsonl"
        with path.open("w") as stream:
            for number in range(records):
                stream.write(json.dumps({"id": number, "text": f"{number} {TEXT * 20}"}) + "\n")
        tracemalloc.start()
        assert sum(1 for item in read([path]) if isinstance(item, RawArticle)) == records
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(4_000) < peak(400) + 200_000


@pytest.mark.parametrize("keep", [0.5, 0.9, 0.999])
def test_of_a_truncated_gzip_file_is_kept_what_came_before_the_break(tmp_path, reading, keep):
    lines = [json.dumps({"id": str(n), "text": f"{n} {os.urandom(2_000).hex()}"}) for n in range(100)]
    data = gzip.compress("\n".join(lines).encode())
    (tmp_path / "a.jsonl.gz").write_bytes(data[: int(len(data) * keep)])
    articles, [reject] = reading(tmp_path)
    assert 100 * keep - 20 < len(articles) < 100
    assert reject.line == len(articles) + 1
    assert "the compressed data end too early" in reject.reason
    assert f"the {len(articles)} lines before were read" in reject.reason


def test_damaged_gzip_data_give_one_reject(tmp_path, reading):
    data = bytearray(gzip.compress(os.urandom(40_000).hex().encode()))
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    (tmp_path / "a.jsonl.gz").write_bytes(data)
    articles, [reject] = reading(tmp_path)
    assert not articles
    assert "cannot be read on from here" in reject.reason


def test_an_id_used_for_two_texts_is_rejected(jsonl, reading):
    articles, [reject] = reading(jsonl(GOOD, {"id": "good", "text": "Quite another text."}))
    assert [article.text for article in articles] == [TEXT]
    assert (reject.line, reject.source_id) == (2, "good")
    assert "was used for another text at articles.jsonl:1" in reject.reason


@pytest.mark.parametrize(("first", "second"), [("2024-05-03", None), (None, "2024-05-03"), (None, None)])
def test_a_newer_version_needs_two_times(jsonl, reading, first, second):
    one, other = {**GOOD, "published_at": first}, {**GOOD, "text": "Another.", "published_at": second}
    articles, rejects = reading(jsonl(one, other))
    assert (len(articles), len(rejects)) == (1, 1)


def test_a_correction_may_keep_its_time(jsonl, reading):
    one = {**GOOD, "published_at": "2024-05-03T12:00:00Z"}
    articles, rejects = reading(jsonl(one, {**one, "text": "Another."}))
    assert ([article.text for article in articles], rejects) == ([TEXT, "Another."], [])


def test_one_id_in_two_sources_is_no_duplicate(jsonl, reading):
    articles, rejects = reading(jsonl({**GOOD, "source": "a"}, {**GOOD, "text": "Another.", "source": "b"}))
    assert (len(articles), rejects) == (2, [])


def test_a_path_that_does_not_exist(tmp_path, reading):
    (tmp_path / "a.txt").write_text(TEXT)
    articles, rejects = reading(tmp_path / "missing.txt", tmp_path / "a.txt", "no\0path")
    assert len(articles) == 1
    assert [reject.origin for reject in rejects] == ["missing.txt", "no\ufffdpath"]
    assert "does not exist" in rejects[0].reason
    assert all(str(tmp_path) not in reject.reason + reject.origin for reject in rejects)


def test_a_link_that_leads_nowhere(tmp_path, reading):
    (tmp_path / "a.txt").symlink_to(tmp_path / "missing.txt")
    (tmp_path / "b.txt").write_text(TEXT)
    articles, [reject] = reading(tmp_path)
    assert len(articles) == 1
    assert "does not exist" in reject.reason


def test_a_file_that_vanishes_midway(tmp_path):
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(f"Text of {name}.")
    items = read([tmp_path])
    first = next(items)
    (tmp_path / "b.txt").unlink()
    second, third = items
    assert isinstance(first, RawArticle)
    assert isinstance(second, RejectedRecord)
    assert second.origin == "b.txt"
    assert isinstance(third, RawArticle)


@pytest.mark.parametrize("name", ["x.txt", "x.md", "x.jsonl", "x.jsonl.gz"])
def test_a_file_that_vanishes_between_finding_and_reading(tmp_path, name):
    [(refused, _)] = _read_file(SourceFile(tmp_path / name, name, "in"), SourceSettings())
    assert isinstance(refused, Refused)
    assert "vanished" in refused.reason


@pytest.fixture
def nobody(tmp_path, monkeypatch):
    """Works in tmp_path as a user without privileges: root may read everything."""
    tmp_path.chmod(0o755)
    monkeypatch.chdir(tmp_path)  # the folders above may be closed to others
    root = os.geteuid() == 0
    if root:
        os.seteuid(65_534)
    yield
    if root:
        os.seteuid(0)


@pytest.fixture
def without_permission(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text("Another.")
    (tmp_path / "c").mkdir()
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "c").chmod(0)
    yield
    (tmp_path / "c").chmod(0o700)


@pytest.mark.usefixtures("without_permission", "nobody")
def test_a_file_and_a_folder_without_permission(reading):
    articles, rejects = reading(".")
    assert len(articles) == 1
    assert [reject.origin for reject in rejects] == ["a.txt", "c"]
    assert all("Permission denied" in reject.reason for reject in rejects)


def test_what_is_no_regular_file_is_not_opened(tmp_path, reading):
    os.mkfifo(tmp_path / "pipe.txt")  # opening it would wait for a writer
    for given in (tmp_path, tmp_path / "pipe.txt"):
        articles, [reject] = reading(given)
        assert not articles
        assert "is no regular file" in reject.reason


def test_a_name_that_is_no_text_is_made_printable(tmp_path, reading):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "w") as stream:  # noqa: PTH123 (a name in bytes)
        stream.write(TEXT)
    [article], rejects = reading(tmp_path)
    assert not rejects
    assert article.source_id == "caf\ufffd.txt"


def test_a_file_of_another_kind_does_not_give_a_reject_a_line_without_end(jsonl, reading):
    articles, rejects = reading(jsonl(*(f"line {n}" for n in range(MOST_REJECTS + 50)), GOOD))
    assert len(articles) == 1
    assert len(rejects) == MOST_REJECTS + 1
    assert rejects[-1].reason.startswith("50 more records of this file were rejected")


def test_the_same_reject_comes_once(tmp_path, reading):
    (tmp_path / "a.txt").write_text("")
    _, rejects = reading(tmp_path, tmp_path / "a.txt")
    assert len(rejects) == 1
