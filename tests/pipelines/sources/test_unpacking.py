"""Archives: bombs, damage and odd members cost no more than a refusal, and what came before stays."""

import gzip
import io
import json
import os
import tarfile
import tracemalloc
import zipfile

import pytest
import zstandard

from pipelines.sources.unpacking import MOST_LEVELS
from tests.pipelines.sources.making import CONTAINERS, gz, tarred, zipped

LINES = [json.dumps({"id": str(n), "text": f"{n} {os.urandom(1_500).hex()}"}) for n in range(120)]
DATA = ("\n".join(LINES) + "\n").encode()
STREAMS = [".gz", ".many.gz", ".zst", ".bz2", ".xz", ".tar", ".tar.gz"]


@pytest.mark.parametrize("container", STREAMS)
@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_of_a_cut_archive_is_kept_what_comes_before(tmp_path, reading, container, keep):
    packed = CONTAINERS[container](DATA, "a.jsonl")
    (tmp_path / f"a.jsonl{container}").write_bytes(packed[: int(len(packed) * keep)])
    articles, rejects = reading(tmp_path)
    block = 120 if container == ".bz2" else 45  # lines in a block, which is lost as a whole
    assert 120 * keep - block < len(articles) < 120
    assert rejects
    assert all("cannot be read on from here" in reject.reason for reject in rejects if "JSON" not in reject.reason)
    assert any("cannot be read on" in reject.reason for reject in rejects)


@pytest.mark.parametrize("container", [".zip", ".gz.zip"])
def test_a_cut_zip_has_no_directory_and_is_refused(tmp_path, reading, container):
    packed = CONTAINERS[container](DATA, "a.jsonl")
    (tmp_path / "a.zip").write_bytes(packed[:-100])
    articles, [reject] = reading(tmp_path)
    assert not articles
    assert "has no sound directory at its end" in reject.reason


def test_a_damaged_member_leaves_the_others(tmp_path, reading):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("a", "b", "c"):
            archive.writestr(f"{name}.txt", f"Officials of {name} met in Riga.")
    data = out.getvalue().replace(b"Officials of b", b"Officials of x")  # its checksum no longer fits
    (tmp_path / "a.zip").write_bytes(data)
    articles, [reject] = reading(tmp_path)
    assert [article.source_id for article in articles] == ["a.txt", "c.txt"]
    assert reject.origin == "a.zip/b.txt"
    assert "Bad CRC-32" in reject.reason


BOMB = b'{"text": "' + b"a" * 100_000 + b'"}\n'


@pytest.mark.parametrize(
    "pack",
    [
        lambda data: gz(data, ""),
        lambda data: gz(gz(data, ""), ""),
        lambda data: zstandard.compress(data),
        lambda data: zipped(data, "a.jsonl"),
        lambda data: gz(tarred(data, "a.jsonl"), ""),
    ],
)
def test_a_bomb_is_given_up_and_what_came_before_stays(tmp_path, reading, pack):
    (tmp_path / "bomb.jsonl.gz").write_bytes(pack(BOMB * 400))  # 40 MB
    tracemalloc.start()
    articles, rejects = reading(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(articles) == 1
    assert any("as a zip bomb does" in reject.reason for reject in rejects)
    assert peak < 20_000_000


def test_text_may_be_packed_tightly(tmp_path, reading):
    (tmp_path / "a.jsonl.gz").write_bytes(gz(BOMB * 110, ""))  # 11 MB: too little to do harm
    articles, rejects = reading(tmp_path)
    assert (len(articles), rejects) == (1, [])


def test_archives_in_archives_end_somewhere(tmp_path, reading):
    data = b"Officials met in Riga."
    for level in range(1, 6):
        data = gz(data, "")
        (tmp_path / "a.txt").write_bytes(data)
        articles, rejects = reading(tmp_path)
        assert (len(articles), len(rejects)) == ((1, 0) if level <= MOST_LEVELS else (0, 1))
    assert "packed more than 3 times over" in rejects[0].reason


def test_odd_members_are_passed_over(tmp_path, reading):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            info = tarfile.TarInfo("odd.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("/etc/../a.txt")
        info.size = 22
        archive.addfile(info, io.BytesIO(b"Officials met in Riga."))
    (tmp_path / "a.tar").write_bytes(out.getvalue())
    [article], rejects = reading(tmp_path)
    assert (article.origin, rejects) == ("a.tar/etc/a.txt", [])


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({}, "without files to be read"),
        ({"folder/": b"", "__MACOSX/x.txt": b"x", ".x.txt": b"x"}, "without files to be read"),
        ({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}, "office document"),
        ({"mimetype": b"application/epub+zip"}, "a book"),
        ({"a.png": b"\x89PNG"}, "holds PNG image data, not text: give files that hold text"),
    ],
)
def test_zips_without_articles(tmp_path, reading, members, why):
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    articles, [reject] = reading(tmp_path)
    assert not articles
    assert why in reject.reason


def test_an_encrypted_member_is_refused(tmp_path, reading):
    data = bytearray(zipped(b"Officials met in Riga.", "a.txt"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the bit that says a member is encrypted
        data[data.rfind(mark) + place] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    _, [reject] = reading(tmp_path)
    assert "it is encrypted" in reject.reason


def test_what_follows_the_end_of_a_stream_is_told(tmp_path, reading):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(DATA) + b"rubbish")
    articles, [reject] = reading(tmp_path)
    assert len(articles) == 120
    assert "the 120 lines before were read" in reject.reason
