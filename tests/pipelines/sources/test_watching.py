"""The sources file: what it may hold, what is told of what it may not, and that no secret gets out."""

from base64 import b64decode
from pathlib import Path

import pytest

from pipelines.sources.secret_names import names_secret
from pipelines.sources.secrets import Redactor, SecretError, expand
from pipelines.sources.watching import SourcesFileError, load, of_addresses
from transforms.reference import table

TOKEN = "s3cr3t/tok en+ü"
CHECKOUT = Path(__file__).parents[3]


def written(folder: Path, text: str) -> Path:
    path = folder / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_with_everything_in_it(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        sources:
          - name: Harbour Times
            url: https://${READER}:${PASSWORD}@harbour.example/feed.xml?token=${PASSWORD}
            language: no
            timezone: Europe/Athens
            licence: by agreement of May 2026
            follow: true
            headers: {X-Api-Key: "${PASSWORD}", Accept-Language: en, X-Author-Keyword: "no secret"}
            allow_private: [10.1.0.0/16]
            delay_seconds: 2.5
            max_pages: 10
            max_bytes: 2000000
            obey_robots: false
            expect: {max_age_hours: 26, min_articles_per_week: 20}
          - {name: Dump, path: dumps/wire, mapping: {text: body, published_at: date}}
          - {name: Off, url: "https://${NOT_SET}/", enabled: false}
        """,
    )
    listed = load(path, {"READER": "reader-1", "PASSWORD": "hunter22-hunter"})
    times, dump = listed.sources
    assert times.asking and times.asking.home.credentials and times.asking.headers["X-Api-Key"] == "hunter22-hunter"
    assert times.address == "https://harbour.example/feed.xml?token=${PASSWORD}"
    assert (times.entry.language, times.entry.expect.max_age_hours) == ("no", 26), "and not false"
    assert (dump.path, dump.address) == (tmp_path / "dumps/wire", "wire")
    assert "hunter22" not in repr(listed)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sources: [", "line 1 is not YAML"),
        ("- a\n", "sources.yaml: holds no keys: give `sources:`"),
        ("feeds: []\n", "feeds: is no key of a sources file"),
        ("sources: [{url: 'https://a.example/'}]", "source number 1: name: is missing"),
        ("sources: [{name: A}]", "source 'A': give either url"),
        ("sources: [{name: A, url: 'https://a.example/', path: b}]", "source 'A': give either url"),
        ("sources: [{name: A, url: a.example/feed}]", "source 'A': url: is no address"),
        ("sources: [{name: A, url: 'ftp://a.example/'}]", "source 'A': url: is no address"),
        ("sources: [{name: A, path: b, colour: red}]", "source 'A': colour: is no key"),
        ("sources: [{name: A, path: b, expect: {age: 3}}]", "source 'A': expect.age: is no key"),
        ("sources: [{name: A, path: b, timezone: Mars}]", "source 'A': timezone: is no time zone"),
        (
            "sources: [{name: A, path: b, language: English}]",
            "source 'A': language: is no code of a language: give a code of two or",
        ),
        (
            "sources: [{name: A, path: b, mapping: {body: text}}]",
            "source 'A': mapping: 'body' is no field of an article",
        ),
        (
            "sources: [{name: A, path: b, date_format: DD.MM.YYYY}]",
            "source 'A': date_format: 'DD.MM.YYYY' is no format",
        ),
        ("sources: [{name: A, path: b}, {name: A, path: c}]", "the name 'A' is used more than once"),
        ("sources: [{name: A, url: 'https://a.example/', allow_private: ['*']}]", "allow_private: '*' is no host"),
        ("sources: [{name: A, url: 'https://u:pw@a.example/'}]", "url: holds a user name or password"),
        ("sources: [{name: A, url: 'https://a.example/?api_key=abc'}]", "'api_key' looks like a secret"),
        ("sources: [{name: A, url: 'https://a.example/', headers: {Authorization: abc}}]", "looks like a secret"),
        ("sources: [{name: A, url: 'https://a.example/', headers: {X-Api-Key: abc}}]", "looks like a secret"),
        ("sources: [{name: A, url: 'https://a.example/?access_token=abc'}]", "looks like a secret"),
        ("sources: [{name: A, url: 'https://a.example/', headers: {Host: b}}]", "'Host' cannot be set"),
        ("sources: [{name: A, url: 'https://a.example/${NOT_SET}'}]", "source 'A': url: ${NOT_SET} is not"),
        ("sources: [{name: A, url: 'https://a.example/${NOT_CLOSED'}]", "url: holds ${ that begins no"),
        ("sources: [{name: A, url: 'https://a.example/', headers: {X: 'a ${NO-NAME}'}}]", "headers: X holds ${"),
        ("sources: [{name: A, url: '${SHORT}'}]", "${SHORT} has fewer than 6 characters"),
        ("sources: [{name: A, url: '${NO_URL}'}]", "source 'A': url: names no scheme"),
        (
            "sources: [{name: A, url: 'https://a.example/', headers: {X: '${TWO_LINES}'}}]",
            "headers: X: its value holds what",
        ),
        ("sources: [{name: A, path: b, lang: en}]", "lang: is no key of a sources file (did you mean language?)"),
        ("sources: [{name: A, path: b, expect: {max_age: 3}}]", "expect.max_age: is no key of a sources file (did you"),
        ("source: [{name: A, path: b}]", "source: is no key of a sources file (did you mean sources?)"),
        ("sources: [{name: A, path: b}, {name: A, url: c}]", "source number 2 ('A'): url: is no address"),
    ],
)
def test_what_is_wrong_is_told_with_source_and_key(tmp_path: Path, text: str, told: str) -> None:
    environment = {"SHORT": "abc", "NO_URL": "no-address-at-all", "TWO_LINES": "line one\r\nline two"}
    with pytest.raises(SourcesFileError) as caught:
        load(written(tmp_path, text), environment)
    assert told in str(caught.value)
    assert "sources.yaml" in str(caught.value)
    assert not any(value in str(caught.value) for value in environment.values())


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = """
        sources:
          - {name: A, colour: red}
          - {name: B, path: b, url: c, lang: en}
          - {name: B, path: b}
          - {name: C, url: "https://${HOST_OF_C}/?t=${TOKEN_OF_C}", headers: {X-Key: "${KEY_OF_C}", Host: c, Cookie: d}}
          - {name: D, url: "https://d.example/", headers: {X-Key: "${KEY_OF_D}", X-Token: "${TOKEN_OF_D}"}}
          - {name: Off, url: "https://${NOT_ASKED_FOR}/", enabled: no}
        """
    with pytest.raises(SourcesFileError) as caught:
        load(written(tmp_path, text), {})
    told = str(caught.value).splitlines()
    one_place = "give either url (a feed or page) or path (a file or folder), one of the two"
    no_key = "see docs/sources.md for those there are"
    assert [line.removeprefix("sources.yaml: ") for line in told] == [
        f"source 'A': colour: is no key of a sources file: {no_key}",
        f"source 'A': {one_place}",
        "source number 2 ('B'): url: is no address: it begins with http:// or https://, a file or folder is named under"
        " path",
        f"source number 2 ('B'): lang: is no key of a sources file (did you mean language?): {no_key}",
        f"source number 2 ('B'): {one_place}",
        "source 'C': headers: 'Host' cannot be set: leave it out; Cookie looks like a secret: write its value as "
        "${NAME} and export NAME",
        "source 'C': url: ${HOST_OF_C} is not set: export HOST_OF_C before the run; "
        "${TOKEN_OF_C} is not set: export TOKEN_OF_C before the run",
        "source 'C': headers: X-Key: ${KEY_OF_C} is not set: export KEY_OF_C before the run",
        "source 'D': headers: X-Key: ${KEY_OF_D} is not set: export KEY_OF_D before the run",
        "source 'D': headers: X-Token: ${TOKEN_OF_D} is not set: export TOKEN_OF_D before the run",
        "the name 'B' is used more than once (sources number 2, 3): give each a name of its own",
    ]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourcesFileError, match="cannot be read"):
        load(tmp_path / "none.yaml", {})
    (tmp_path / "latin.yaml").write_bytes(b"sources: [{name: \xe9}]")
    with pytest.raises(SourcesFileError, match="not UTF-8"):
        load(tmp_path / "latin.yaml", {})


def test_the_example_file_can_be_loaded() -> None:
    listed = load(CHECKOUT / "docs" / "sources.example.yaml", {"HARBOUR_TOKEN": "for-the-test-only"})
    assert len(listed.sources) >= 3
    assert any(source.path for source in listed.sources) and any(source.asking for source in listed.sources)


def test_addresses_as_inputs_are_sources_named_after_their_host() -> None:
    (source,) = of_addresses(
        ["https://www.harbour.example/feed.xml?t=${TOKEN}"], ["10.0.0.1"], {"TOKEN": TOKEN}
    ).sources
    assert (source.name, source.entry.follow) == ("harbour.example", None)
    assert source.address == "https://www.harbour.example/feed.xml?t=${TOKEN}"
    with pytest.raises(SourcesFileError) as caught:
        of_addresses(["https://reader:hunter22@harbour.example/"], [], {})
    assert "hunter22" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        TOKEN,
        f"https://a.example/?t={TOKEN}&u=1",
        "s3cr3t%2Ftok%20en%2B%C3%BC",
        "s3cr3t%2ftok+en%2b%c3%bc",
        "s3cr3t/tok%20en+ü",
        "s3cr3t%252Ftok%2520en%252B%25C3%25BC",
        "%73%33%63%72%33%74%2f%74%6f%6b%20%65%6e%2b%c3%bc",
        r"s3cr3t\/tok en+ü",
    ],
)
def test_a_secret_is_found_in_every_spelling(text: str) -> None:
    told = Redactor([("TOKEN", TOKEN)])(f"before {text} after")
    assert "${TOKEN}" in told and told.startswith("before ") and told.endswith(" after")
    assert "cr3t" not in told and "%74" not in told


def test_secrets_are_taken_out_of_nested_values_and_parts_of_addresses() -> None:
    redact = Redactor([("FEED", "https://reader:hunter22@a.example/private/f33d?key=0123456789")])
    assert redact.everywhere({"a": ["hunter22", 1, {"0123456789": None}]}) == {"a": ["${FEED}", 1, {"${FEED}": None}]}
    assert redact("https://a.example/private/f33d?key=0123456789") == "https://a.example/${FEED}?${FEED}"


def test_a_secret_in_a_host_leaves_in_no_spelling(tmp_path: Path) -> None:
    address, environment = "https://${TENANT}.harbour.example/feed", {"TENANT": "DeskOfOrigo"}
    (listed,) = load(written(tmp_path, f"sources: [{{name: A, url: '{address}'}}]"), environment).sources
    (given,) = of_addresses([address], [], environment).sources
    assert listed.asking and listed.asking.home.host == "deskoforigo.harbour.example"
    assert listed.address == given.address == address
    assert given.name == "${TENANT}.harbour.example"


def test_a_value_within_another_leaves_nothing_over() -> None:
    assert Redactor([("A", "abcdef"), ("B", "abcdef-ghi")])("abcdef-ghi abcdef") == "${B} ${A}"


def test_a_missing_variable_is_named() -> None:
    with pytest.raises(SecretError, match=r"\$\{TOKEN\} is not set"):
        expand("a ${TOKEN}", {}, {})


def test_secrets_are_encoded_where_they_stand_in_an_address(tmp_path: Path) -> None:
    path = written(tmp_path, "sources: [{name: A, url: 'https://u:${T}@a.example/${P}/feed?t=${T}&u=${E}'}]")
    (source,) = load(path, {"T": "a/b@c:d&e+f=", "P": "team/desk", "E": "already%2Fdone"}).sources
    assert source.asking and str(source.asking.home) == (
        "https://a.example/team/desk/feed?t=a/b@c:d%26e%2Bf=&u=already%2Fdone"
    )
    assert b64decode(source.asking.home.credentials or "") == b"u:a/b@c:d&e+f="
    assert source.address == "https://a.example/${P}/feed?t=${T}&u=${E}"


@pytest.mark.parametrize("row", table("secret_names"), ids=lambda row: row["word"])
def test_names_of_secrets(row: dict[str, str]) -> None:
    assert names_secret(row["word"]) and names_secret(row["example"])
    assert names_secret(row["example"].upper())
    assert not row["other"] or not names_secret(row["other"])
