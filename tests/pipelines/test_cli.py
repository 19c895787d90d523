"""What the commands print and write, on the published samples."""

import gzip
import json
import shutil
from pathlib import Path

import duckdb
import pytest
from typer.main import get_command

from pipelines.cli import app
from tests.pipelines.support import parley, write_stories
from warehouse.marts import LASTING
from warehouse.tables import CORE


def test_every_command_has_an_example() -> None:
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        assert "Example: `parley " + name in (command.epilog or ""), name
        assert "Example" in parley(name, "--help").stdout


def test_wrong_usage_is_2() -> None:
    assert parley("run", "--no-such-option").returncode == 2
    assert parley("sql").returncode == 2
    assert parley("nonsense").returncode == 2


def test_inputs_of_which_none_exists_are_wrong_usage(tmp_path: Path) -> None:
    home = str(tmp_path / "home")
    done = parley("run", "nope.txt", "nowhere/", "--home", home)
    assert done.returncode == 2
    assert "no such file or folder: nope.txt, nowhere/" in done.stderr.replace("\n", " ")
    assert not (tmp_path / "home").exists()


def test_what_is_missing_and_what_was_guessed_is_told(tmp_path: Path) -> None:
    table = tmp_path / "columns.csv"
    table.write_text("body,date\nThe market in Lima opened late.,2024-05-03\n")
    done = parley("run", "nope.txt", str(table), "--home", str(tmp_path / "home"))
    assert done.returncode == 0
    assert "rejected nope.txt: does not exist" in done.stderr
    assert "note columns.csv: read `body` as text" in done.stderr
    assert "note columns.csv: read `date` as published_at" in done.stderr


def test_sql_prints_each_format(sample_home: Path) -> None:
    query = "SELECT 'a|b' AS text, 1 AS number, [1, 2] AS list, NULL AS nothing, DATE '2020-02-29' AS day"

    def printed(form: str) -> str:
        done = parley("sql", query, "--home", str(sample_home), "--format", form)
        assert done.returncode == 0
        return done.stdout

    assert json.loads(printed("json")) == [
        {"text": "a|b", "number": 1, "list": [1, 2], "nothing": None, "day": "2020-02-29"}
    ]
    assert printed("csv").splitlines() == ["text,number,list,nothing,day", 'a|b,1,"[1, 2]",,2020-02-29']
    assert "| a\\|b | 1 | [1, 2] |  | 2020-02-29 |" in printed("markdown")
    assert "a|b" in printed("table")


@pytest.mark.parametrize(
    "query",
    [
        "COPY (SELECT 1) TO 'out.csv'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "ATTACH 'other.duckdb'",
        "SET enable_external_access = true",
        "DELETE FROM core.event",
        "not sql",
    ],
)
def test_sql_can_only_read_the_warehouse(query: str, sample_home: Path) -> None:
    done = parley("sql", query, "--home", str(sample_home))
    assert done.returncode == 1
    assert done.stderr.startswith("parley: ")


def test_brackets_in_a_message_are_no_markup(sample_home: Path) -> None:
    done = parley("sql", "SELECT '[/x]' FROM nowhere", "--home", str(sample_home))
    assert done.returncode == 1
    assert "[/x]" in done.stderr
    assert parley("sql", " ; ", "--home", str(sample_home)).returncode == 2


def test_timex_says_where_a_file_is_damaged(tmp_path: Path) -> None:
    line = json.dumps({"doc_id": "a", "text": "They met on 3 May 2020.", "dct": None}) + "\n"
    whole = gzip.compress((line * 2000).encode())
    (tmp_path / "cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "list.jsonl").write_text("[1, 2]\n" + line)
    for name, said in (("cut.jsonl.gz", "damaged"), ("list.jsonl", "line 1")):
        done = parley("timex", str(tmp_path / name), "-o", str(tmp_path / "out.jsonl"))
        assert done.returncode == 0
        assert said in done.stderr
        assert (tmp_path / "out.jsonl").read_text().count("2020-05-03") > 1


def test_commands_before_the_first_publication_say_what_to_do(tmp_path: Path) -> None:
    for words in (["sql", "SELECT 1"], ["show", "x"], ["export", str(tmp_path / "out")]):
        done = parley(*words, "--home", str(tmp_path / "none"))
        assert done.returncode == 1
        assert "parley run" in done.stderr, words


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_export_reads_back(form: str, sample_home: Path, tmp_path: Path) -> None:
    assert parley("export", "--format", form, str(tmp_path / "out"), "--home", str(sample_home)).returncode == 0
    files = {path.name for path in (tmp_path / "out").iterdir()}
    tables = {f"core.{name}.{form}" for name in CORE} | {f"marts.{name}.{form}" for name in LASTING}
    assert files == tables | {"datapackage.json"}
    with duckdb.connect(str(sample_home / "warehouse.duckdb"), read_only=True) as db:
        exported = f"'{tmp_path}/out/marts.events.{form}'"
        assert (
            db.execute(f"SELECT count(*) FROM {exported}").fetchone()
            == db.execute("SELECT count(*) FROM marts.events").fetchone()
        )
        columns = [row[0] for row in db.execute(f"DESCRIBE FROM '{tmp_path}/out/marts.articles.{form}'").fetchall()]
    assert "text" not in columns


def test_export_of_some_views(sample_home: Path, tmp_path: Path) -> None:
    words = ["export", str(tmp_path), "--home", str(sample_home), "--format", "csv", "--only"]
    assert parley(*words, "marts.events", "--only", "core.source").returncode == 0
    assert {p.name for p in tmp_path.iterdir()} == {"marts.events.csv", "core.source.csv", "datapackage.json"}
    wrong = parley(*words, "events")
    assert wrong.returncode == 2
    assert "there is no events" in wrong.stderr


def test_show_marks_events_and_dates(sample_home: Path) -> None:
    done = parley("show", "karabakh", "--home", str(sample_home))
    assert done.returncode == 0
    assert "October 29[2020-10-29]" in done.stdout
    assert "truce[" in done.stdout
    assert "ceasefire" in done.stdout
    assert "may mean" in parley("show", "border", "--home", str(sample_home)).stderr
    assert parley("show", "no-such-article", "--home", str(sample_home)).returncode == 1


def test_status_tells_the_age(sample_home: Path, tmp_path: Path) -> None:
    done = parley("status", "--home", str(sample_home), "--max-age", "24")
    assert "newest       article published 20" in done.stdout and ", batch landed 20" in done.stdout
    assert done.returncode == 0
    assert "1 landed, 0 waiting" in done.stdout
    assert parley("status", "--home", str(sample_home), "--max-age", "0.000001").returncode == 1
    assert parley("status", "--home", str(tmp_path / "none"), "--max-age", "24").returncode == 1


def test_timex_writes_a_line_for_a_line(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    text = "The ministers met on Thursday; the truce ends on 3 May."
    lines = [json.dumps({"doc_id": "a", "text": text, "dct": "2022-04-25"}), "{broken", json.dumps({"doc_id": "b"})]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = parley("timex", str(source), "-o", str(out))
    assert done.returncode == 0
    assert "in.jsonl, line 2" in done.stderr
    (document,) = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    first, second = document["timexes"]
    assert list(first)[:8] == ["start", "end", "text", "type", "value", "mod", "start_date", "end_date"]
    assert text[first["start"] : first["end"]] == first["text"] == "Thursday"
    assert (first["type"], first["value"]) == ("DATE", "2022-04-21")
    assert second["value"] == "2022-05-03"
    assert parley("timex", str(tmp_path / "absent.jsonl"), "-o", str(out)).returncode == 1


def test_evaluate_scores_the_samples(sample_home: Path, tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    words = ("evaluate", "seeds/gold", "seeds/articles", "--home", str(sample_home), "--errors", "--json", str(figures))
    done = parley(*words)
    assert done.returncode == 0, done.stderr
    assert "strict_f1" in done.stdout
    assert "miss" in done.stdout
    assert json.loads(figures.read_text())["core_f1"] > 0.4
    assert parley("evaluate", "docs", "seeds/articles", "--home", str(sample_home)).returncode == 1


def test_without_a_terminal_progress_is_plain_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.progress.EVERY", 0.0)
    stories = write_stories(tmp_path / "stories.jsonl", range(2))
    done = parley("run", str(stories), "--home", str(tmp_path / "home"))
    assert "parsed_articles: 2 of 2 articles" in done.stderr
    assert "\x1b[" not in done.stderr


@pytest.mark.parametrize("folder", ["", "parquet", "parquet/below", "lake", "build"])
def test_an_export_does_not_go_among_the_homes_own_files(sample_home: Path, folder: str) -> None:
    done = parley("export", str(sample_home / folder), "--home", str(sample_home))
    assert done.returncode == 2
    assert "the home keeps its own files" in " ".join(done.stderr.split())
    assert not list(sample_home.rglob("datapackage.json"))


def test_status_tells_of_a_publication_that_was_stopped(sample_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_home, home, symlinks=True)
    (home / "build").mkdir(exist_ok=True)
    (home / "build" / "rejected.txt").write_text("1 check stopped the publication; the one before stays up.\n")
    done = parley("status", "--home", str(home))
    assert "1 check stopped the publication" in done.stdout
    assert "holds" in done.stdout  # and of the publication that stays up
