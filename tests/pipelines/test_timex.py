"""`parley timex` as a command: its two formats, standard input and output, what it refuses and what it says of it."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipelines.cli import app

TEXT = "Envoys met on Thursday & left;\r\nthe truce <sic> ends on 3 May."


def line(doc_id: object, text: object = TEXT, dct: object = "2022-04-25") -> str:
    return json.dumps({"doc_id": doc_id, "text": text, "dct": dct}) + "\n"


def timex(*words: object, given: str | None = None) -> Result:
    return CliRunner().invoke(app, ["timex", *map(str, words)], input=given)


def text_of(path: Path) -> str:
    body = ET.parse(path).getroot().find("TEXT")
    assert body is not None
    return "".join(body.itertext())


def test_from_standard_input_to_standard_output() -> None:
    done = timex("-", "-o", "-", given=line("a") + "\n" + line("b"))
    assert done.exit_code == 0
    assert [json.loads(each)["doc_id"] for each in done.stdout.splitlines()] == ["a", "b"]
    assert "2 documents, 4 expressions, 0 rejected" in done.stderr


def test_what_is_wrong_on_standard_input_is_told() -> None:
    done = timex("-", "-o", "-", given="{broken\n" + "[" * 100_000 + "\n" + line("a", 3) + line("a", dct="soon"))
    assert done.exit_code == 1
    assert done.stdout == ""
    assert [f"standard input, line {n}" in done.stderr for n in (1, 2, 3, 4)] == [True] * 4


def test_an_input_that_is_no_json_lines_is_told_in_a_sentence(tmp_path: Path) -> None:
    source, out = tmp_path / "report.md", tmp_path / "out.jsonl"
    source.write_text("# Talks\n\nEnvoys met on Monday.\nThey left.\n")
    out.write_text("of before")
    for form in ("jsonl", "timeml"):
        done = timex(source, "--format", form, "-o", out if form == "jsonl" else tmp_path / "out")
        assert done.exit_code == 1
        assert "report.md holds no JSON Lines: " in done.stderr
        assert done.stderr.count("\n") == done.stderr.count("line 1") == done.stderr.count("Expecting value") == 1
    assert out.read_text() == "of before"
    assert timex("-", "-o", "-", given="\n").exit_code == 0


def test_strict_makes_a_rejected_line_a_failure(tmp_path: Path) -> None:
    given = line("a") + "{broken\n"
    assert timex("-", "-o", tmp_path / "out.jsonl", given=given).exit_code == 0
    done = timex("-", "-o", tmp_path / "out.jsonl", "--strict", given=given)
    assert done.exit_code == 1
    assert "1 documents, 2 expressions, 1 rejected" in done.stderr
    assert json.loads((tmp_path / "out.jsonl").read_text())["doc_id"] == "a"
    assert timex("-", "-o", "-", "--strict", given=line("a")).exit_code == 0


def test_an_output_that_is_a_folder_or_the_input_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(line("a"))
    monkeypatch.chdir(tmp_path)
    for output, said in ((".", "is a folder"), (tmp_path, "is a folder"), ("in.jsonl", "is the input itself")):
        done = timex(source, "-o", output)
        assert (done.exit_code, done.stderr.count("\n"), said in done.stderr) == (2, 1, True), done.stderr
    assert timex(source, "-o", "in.jsonl", "--format", "timeml").exit_code == 2
    assert source.read_text() == line("a")


def test_half_a_surrogate_pair_does_not_stop_it(tmp_path: Path) -> None:
    assert timex("-", "-o", tmp_path / "out.jsonl", given=line("a\ud800")).exit_code == 0
    assert json.loads((tmp_path / "out.jsonl").read_bytes())["doc_id"] == "a\ud800"


def test_timeml_writes_a_file_for_a_document(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out"
    source.write_text(line("APW-1") + "{broken\n" + line("APW-2", "They met.", None))
    done = timex(source, "--format", "timeml", "-o", out)
    assert done.exit_code == 0
    assert "in.jsonl, line 2" in done.stderr
    assert "2 documents, 2 expressions, 1 rejected" in done.stderr
    assert {path.name for path in out.iterdir()} == {"APW-1.tml", "APW-2.tml"}
    assert text_of(out / "APW-1.tml") == TEXT
    values = [timex3.get("value") for timex3 in ET.parse(out / "APW-1.tml").getroot().iterfind("TEXT/TIMEX3")]
    assert values == ["2022-04-21", "2022-05-03"]


def test_any_id_gives_a_file_of_its_own_inside_the_folder(tmp_path: Path) -> None:
    ids = ["../up", "a/b", ".hidden", "", None, "a b", "A", "a", "a", "a~2", "ü" * 300, "ü" * 301, 7, "\x00", "\ud800"]
    done = timex("-", "--format", "timeml", "-o", tmp_path / "out", given="".join(map(line, ids)))
    assert done.exit_code == 0, done.stderr
    files = list((tmp_path / "out").iterdir())
    assert len({path.name.lower() for path in files}) == len(files) == len(ids)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert {"a%2Fb.tml", "%2E.%2Fup.tml", "%2Ehidden.tml", "document-4.tml", "7.tml"} <= {path.name for path in files}
    assert all(path.name.isascii() and len(path.name) < 200 for path in files)
    found = [ET.parse(path).getroot().findtext("DOCID") for path in files]
    assert {"../up", "a/b", "ü" * 300, "document-5"} <= set(found)


@pytest.mark.parametrize("name", ["one.tml", "one.xml", "-"])
def test_timeml_of_one_document_goes_to_one_file(name: str, tmp_path: Path) -> None:
    out = name if name == "-" else tmp_path / name
    done = timex("-", "--format", "timeml", "-o", out, given=line("a"))
    assert done.exit_code == 0
    written = tmp_path / "one.tml" if name == "-" else tmp_path / name
    if name == "-":
        written.write_bytes(done.stdout_bytes)
    assert text_of(written) == TEXT


@pytest.mark.parametrize("name", ["one.tml", "-"])
def test_timeml_of_several_documents_needs_a_folder(name: str, tmp_path: Path) -> None:
    out = name if name == "-" else tmp_path / name
    done = timex("-", "--format", "timeml", "-o", out, given=line("a") + line("b"))
    assert done.exit_code == 1
    assert "give -o a folder" in done.stderr
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_characters_that_xml_cannot_hold_are_told(tmp_path: Path) -> None:
    done = timex("-", "--format", "timeml", "-o", tmp_path / "a.tml", given=line("a", "They met\x0c on Monday."))
    assert "standard input, line 1: 1 characters" in done.stderr
    assert text_of(tmp_path / "a.tml") == "They met\ufffd on Monday."
    assert "U+000C at 8" in (tmp_path / "a.tml").read_text()


def test_files_that_cannot_be_read_or_written_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "in.jsonl").write_text(line("a"))
    for form in ("jsonl", "timeml"):
        absent = timex(tmp_path / "absent.jsonl", "--format", form, "-o", tmp_path / "out")
        assert (absent.exit_code, "absent.jsonl" in absent.stderr) == (1, True)
        below = timex(tmp_path / "in.jsonl", "--format", form, "-o", tmp_path / "file" / "out")
        assert (below.exit_code, "file" in below.stderr) == (1, True)
    assert timex("-", "--format", "xml", "-o", "-").exit_code == 2
    assert timex("-").exit_code == 2
