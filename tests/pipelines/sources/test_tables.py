"""Columns and keys: as told, by their own name, or guessed and shown; rows, cells and types."""

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.sources import Noted, SourceSettings, read
from pipelines.sources.mapping import find_fields
from transforms.records import RawArticle, RejectedRecord

TEXT = "Officials of both countries met in Riga."


def notes(path, **settings):
    return [item.message for item in read([path], SourceSettings(**settings)) if isinstance(item, Noted)]


def test_guesses_are_made_and_shown(tmp_path, reading):
    path = tmp_path / "columns.csv"
    path.write_text(
        "Headline,Body,date,link,outlet,byline,article_id,section\n"
        f"Talks,{TEXT},2024-05-03,https://example.org/a,Example Times,Ana Ruiz,7,World\n"
        f"More talks,{TEXT} Again.,2024-05-04,https://example.org/b,Example Times,,8,World\n"
    )
    [article, second], rejects = reading(path)
    assert not rejects
    assert (article.title, article.text, article.url) == ("Talks", TEXT, "https://example.org/a")
    assert (article.source, article.author, article.source_id) == ("Example Times", "Ana Ruiz", "7")
    assert (article.published_date, article.published_from) == (date(2024, 5, 3), "date")
    assert json.loads(article.extra or "") == {"section": "World"}
    assert second.author is None
    assert sorted(notes(path)) == sorted(
        f"read `{key}` as {field}"
        for key, field in {
            "Headline": "title", "Body": "text", "date": "published_at", "link": "url", "outlet": "source",
            "byline": "author", "article_id": "id",
        }.items()
    )  # fmt: skip


def test_what_is_told_wins_and_is_not_noted(tmp_path, reading):
    path = tmp_path / "a.jsonl"
    record = {
        "text": "A teaser.",
        "Lauftext": TEXT,
        "date": "2024-05-03",
        "when": "2024-06-01",
        "url": "https://x.org/a",
    }
    path.write_text(json.dumps(record))
    told = {"text": "Lauftext", "published_at": "when", "url": "absent"}
    [article], rejects = reading(path, mapping=told)
    assert not rejects
    assert (article.text, article.published_from, article.url) == (TEXT, "when", None)
    assert json.loads(article.extra or "") == {"text": "A teaser.", "date": "2024-05-03", "url": "https://x.org/a"}
    assert notes(path, mapping=told) == []
    _, [reject] = reading(path, mapping={"text": "Text"})
    assert "under the key `Text`" in reject.reason


def test_a_mapping_of_no_field_is_refused():
    with pytest.raises(ValueError, match="'body' is no field"):
        SourceSettings(mapping={"body": "text"})


@pytest.mark.parametrize(
    ("record", "keys"),
    [
        ({"text": "a", "body": "b"}, {"text": "text"}),
        ({"text": " ", "body": "b"}, {"text": "body"}),
        ({"text": None, "body": "b"}, {"text": "body"}),
        ({"content": "a", "Article Body": "b"}, {"text": "Article Body"}),  # the more usual name
        ({"content": {"a": 1}, "body": "b"}, {"text": "body"}),
        ({"text": "a", "date": 1714730000}, {"text": "text", "published_at": "date"}),
        ({"text": "a", "site": {"id": 1}, "authors": [1]}, {"text": "text"}),
        ({"text": "a", "authors": ["A", {"name": "B"}]}, {"text": "text", "author": "authors"}),
        ({"text": "a", "fetched_at": "2024-05-03", "modified": "2024-05-03"}, {"text": "text"}),
    ],
)
def test_which_key_is_which_field(record, keys):
    assert find_fields(record, {}).keys == keys


def test_a_guessed_date_that_is_none_is_kept_and_noted(tmp_path, reading):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": TEXT, "date": "May 3"}) + "\n" + json.dumps({"text": "Two.", "date": "May 4"}))
    articles, rejects = reading(path)
    assert not rejects
    assert [json.loads(article.extra or "") for article in articles] == [{"date": "May 3"}, {"date": "May 4"}]
    assert notes(path)[-1] == (
        "`date` ('May 3', …) is no date in ISO 8601 or RFC 2822: those articles are undated; "
        "give date_format in the sources file"
    )
    assert len([note for note in notes(path) if "is no date" in note]) == 1


def test_front_matter_may_call_the_day_date(tmp_path, reading):
    (tmp_path / "a.md").write_text(
        f"---\ntitle: Talks\ndate: 2024-05-03\nauthors: [Ana Ruiz, Idris Saleh]\n---\n{TEXT}"
    )
    [article], rejects = reading(tmp_path)
    assert not rejects
    assert (article.published_date, article.published_from) == (date(2024, 5, 3), "date")
    assert (article.author, article.extra) == ("Ana Ruiz; Idris Saleh", None)


@pytest.mark.parametrize("author", [5, {"id": 1}, [], [["a"]], True, "x" * 20_000])
def test_an_author_that_is_none_stays_among_the_other_keys(jsonl, reading, author):
    [article], rejects = reading(jsonl({"text": TEXT, "author": author}))
    assert not rejects
    assert article.author is None
    assert json.loads(article.extra or "") == {"author": author}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_cells_may_hold_lines_and_delimiters(tmp_path, reading, delimiter):
    body = 'They met; first, in Riga.\n\nThen | in\t"Oslo".'
    quoted = '"' + body.replace('"', '""') + '"'
    path = tmp_path / "a.csv"
    path.write_text(
        f"id{delimiter}text{delimiter}\n1{delimiter}{quoted}{delimiter}x\n\n2{delimiter}{TEXT}{delimiter}\n"
    )
    [first, second], rejects = reading(path)
    assert not rejects
    assert (first.text, first.origin, json.loads(first.extra or "")) == (body, "a.csv:2", {"column_3": "x"})
    assert second.origin == "a.csv:6"


@pytest.mark.parametrize(
    ("rows", "line", "why"),
    [
        (f"1,{TEXT},x\n2,They met, again,y\n3,Last.,z\n", 3, "the row has 4 cells, the first row 3"),
        (f"1,{TEXT},x\n2,short\n3,Last.,z\n", 3, "the row has 2 cells, the first row 3"),
        (f"1,{TEXT},x\n2,,y\n3,Last.,z\n", 3, "has no text"),
        (f"1,{TEXT},x\n2,{'x' * 5_000},y\n3,Last.,z\n", 3, "field larger than field limit"),
        (f"1,{TEXT},x\n2,\x00\x01\x02\x03\x04\x05,y\n3,Last.,z\n", 3, "holds binary data"),
    ],
)
def test_a_bad_row_gives_one_reject_and_the_rest_goes_on(tmp_path, reading, rows, line, why):
    path = tmp_path / "a.csv"
    path.write_text(f"id,text,note\n{rows}")
    articles, [reject] = reading(path, longest_article=2_000)
    assert [article.source_id for article in articles] == ["1", "3"]
    assert reject.line == line
    assert why in reject.reason


def test_a_quotation_mark_without_its_other_ends_somewhere(tmp_path, reading):
    path = tmp_path / "a.csv"
    path.write_text("id,text\n" + f'1,"{TEXT}\n' + "".join(f"{n},Row {n} of the table.\n" for n in range(2, 2_000)))
    articles, rejects = reading(path, longest_article=10_000)
    assert [(reject.line, "quotation marks" in reject.reason) for reject in rejects] == [(2, True)]
    assert rejects[0].sample and rejects[0].sample in path.read_text()
    assert len(articles) == 1_998


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("id,text\n", "and no more"),
        ("a,b\n1,2\n", "has no column for the text (its columns: `a`, `b`)"),
        ("\x00\x01\x02", "holds binary data"),
    ],
)
def test_a_table_without_articles_gives_one_reject(tmp_path, reading, data, why):
    (tmp_path / "a.csv").write_text(data)
    articles, [reject] = reading(tmp_path)
    assert not articles
    assert why in reject.reason


def test_columns_of_one_name_are_all_kept(tmp_path, reading):
    (tmp_path / "a.csv").write_text(f"text,note,note\n{TEXT},x,y\n")
    [article], _ = reading(tmp_path)
    assert json.loads(article.extra or "") == {"note": "x", "note_3": "y"}


def test_types_of_parquet(tmp_path, reading):
    rows = pa.table(
        {
            "body": pa.array([TEXT.encode()], pa.binary()),
            "published_at": pa.array([datetime(2024, 5, 3, 10, tzinfo=UTC)], pa.timestamp("ns", "UTC")),
            "day": pa.array([date(2024, 5, 3)]),
            "price": pa.array([Decimal("1.50")]),
            "raw": pa.array([b"\xff"], pa.binary()),
            "far": pa.array([10**12], pa.timestamp("s")),
            "nested": pa.array([{"a": [1, None], "b": datetime(2024, 5, 3)}]),
            "none": pa.nulls(1),
        }
    )
    pq.write_table(rows, tmp_path / "a.parquet")
    [article], rejects = reading(tmp_path)
    assert not rejects
    assert (article.text, article.published_at, article.origin) == (TEXT, datetime(2024, 5, 3, 10), "a.parquet:1")
    extra = json.loads(article.extra or "")
    assert (extra["day"], extra["price"], extra["raw"]) == ("2024-05-03", "1.50", "/w==")
    assert (extra["nested"], extra["none"]) == ({"a": [1, None], "b": "2024-05-03T00:00:00"}, None)
    assert "far" in extra


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda _: b"PAR1", "no sound Parquet"),
        (lambda data: data[:-30], "no sound Parquet"),
        (lambda data: data[:40] + bytes(60) + data[100:], ""),
    ],
)
def test_damaged_parquet_is_refused(tmp_path, spoil, why):
    out = io.BytesIO()
    pq.write_table(pa.table({"text": [f"Officials met in room {n}." for n in range(50)]}), out, compression="none")
    (tmp_path / "a.parquet").write_bytes(spoil(out.getvalue()))
    items = list(read([tmp_path]))
    assert any(isinstance(item, RejectedRecord) and why in item.reason for item in items)


def test_a_repeated_value_does_not_unpack_without_end(tmp_path):
    # A dictionary holds a long text once, and a few bytes say that it comes thousands of times.
    path = tmp_path / "a.parquet"
    with pq.ParquetWriter(path, pa.schema([("text", pa.string())])) as writer:
        for _ in range(4):
            writer.write_table(pa.table({"text": ["Officials met. " * 1_000] * 2_000}))
    items = list(read([path]))
    assert sum(isinstance(item, RawArticle) for item in items) == 1
    assert any(isinstance(item, RejectedRecord) and "zip bomb" in item.reason for item in items)


@pytest.mark.parametrize(
    ("content", "texts", "why"),
    [
        ([{"text": "One."}, {"body": "Two."}], ["One.", "Two."], None),
        ({"status": "ok", "articles": [{"content": "One."}, {"content": "Two."}]}, ["One.", "Two."], None),
        ({"text": "One.", "tags": [{"a": 1}]}, ["One."], None),
        ([{"text": "One."}, 5], ["One."], "the item is no object"),
        ([], [], "holds no object"),
        ("text", [], "holds no object"),
        ({"a": 1}, [], "has no text"),
    ],
)
def test_a_json_document(tmp_path, reading, content, texts, why):
    (tmp_path / "a.json").write_text(json.dumps(content, indent=1))
    articles, rejects = reading(tmp_path)
    assert [article.text for article in articles] == texts
    assert [why in reject.reason for reject in rejects] == ([True] if why else [])


def test_a_json_document_that_is_too_large_is_refused(tmp_path, reading):
    (tmp_path / "a.json").write_text(json.dumps([{"text": "x" * 1_000}] * 10, indent=1))
    articles, [reject] = reading(tmp_path, longest_article=500)
    assert not articles
    assert "jq -c '.[]'" in reject.reason


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        ("Titel;Datum;Inhalt;Autor;Quelle", ("title", "published_at", "text", "author", "source")),
        ("titre;date de publication;texte;auteur;source", ("title", "published_at", "text", "author", "source")),
        ("Título;Fecha;Texto;Autora;Fuente", ("title", "published_at", "text", "author", "source")),
        ("U\u0308berschrift;Vero\u0308ffentlicht am;Text", ("title", "published_at", "text")),
        ("text;timestamp;datum;date", ("text", None, None, "published_at")),
    ],
)
def test_headings_in_other_languages_are_known(heading, fields):
    names = heading.split(";")
    keys = find_fields(dict.fromkeys(names, "2024-05-03"), {}).keys
    assert keys == {field: name for field, name in zip(fields, names, strict=True) if field}


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.json", "a.parquet"])
def test_a_file_in_which_nothing_gives_the_time_is_noted_once(tmp_path, reading, name):
    rows = [{"text": f"{TEXT} {number}", "day_of_issue": "2024-05-03"} for number in range(3)]
    path = tmp_path / name
    if name == "a.parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    elif name == "a.csv":
        path.write_text("text,day_of_issue\n" + "".join(f"{row['text']},2024-05-03\n" for row in rows))
    else:
        path.write_text(json.dumps(rows) if name == "a.json" else "".join(json.dumps(row) + "\n" for row in rows))
    called = "key" if "json" in name else "column"
    assert notes(path) == [
        f"no {called} gives the time of publication ({called}s: `text`, `day_of_issue`): the articles are undated; "
        "name one under mapping in the sources file"
    ]
    assert notes(path, mapping={"published_at": "day_of_issue"}) == []
    articles, _ = reading(path, mapping={"published_at": "day_of_issue"})
    assert [article.published_date for article in articles] == [date(2024, 5, 3)] * 3


def test_a_file_some_of_whose_records_have_a_time_is_not_noted(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": "{TEXT}"}}\n{{"text": "{TEXT} Again.", "published_at": "2024-05-03"}}\n')
    assert notes(path) == []


@pytest.mark.parametrize("name", ["a.csv", "a"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("told", ["sep=;\r\n", '"sep=;"\n', "SEP=;\n\n"])
def test_a_first_line_may_tell_the_delimiter(tmp_path, reading, name, encoding, told):
    # By its number of cells alone, a comma would have been taken.
    head = "text;published_at;a,b,c,d"
    path = tmp_path / name
    path.write_bytes(f"{told}{head}\n{TEXT};2024-05-03;x\n".encode(encoding))
    [article], rejects = reading(path)
    assert not rejects
    assert (article.text, article.published_date) == (TEXT, date(2024, 5, 3))
    assert json.loads(article.extra or "")["a,b,c,d"] == "x"
    assert article.origin == f"{name}:{2 + told.count(chr(10))}"


def test_a_delimiter_may_be_told_of_a_single_column_or_of_nothing(tmp_path, reading):
    (tmp_path / "a.csv").write_text(f"sep=^\ntext\n{TEXT}\n")
    (tmp_path / "b.csv").write_text("sep=;\n")
    [article], [reject] = reading(tmp_path)
    assert article.text == TEXT and (reject.origin, "is empty" in reject.reason) == ("b.csv", True)
