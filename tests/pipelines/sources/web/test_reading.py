"""Feeds and pages of a real server, from `sources.yaml` to articles: what is fetched, what is not, what is kept."""

import json
import sqlite3
import traceback
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.sources import Noted, SourceSettings, read
from pipelines.sources.watched import Watch, WatchError
from pipelines.sources.watching import load
from pipelines.sources.web.memory import Memory, looks
from tests.pipelines.sources.web.conftest import HASTY
from tests.pipelines.sources.web.server import Answer, Handler, Site, in_turn, redirect, reply, serving
from transforms.records import RawArticle, RejectedRecord, WatchedSource

PAGE = """<!doctype html><html lang="en"><head><title>{title} - Harbour Times</title>
<meta property="og:title" content="{title}"><meta name="author" content="Irene Pappas">
<link rel="canonical" href="{canonical}"></head><body><nav><a href="/">Home</a></nav><article><h1>{title}</h1>
<p>The foreign ministers of both countries met in the harbour town on Tuesday and spoke for three hours about the
ceasefire along the river, officials of the two delegations said after the meeting.</p>
<p>They agreed to meet again in the spring, and asked the observers of the regional organisation to stay until then.
No statement was signed. The host thanked the two ministers for the patience with which they had listened.</p>
<p>{more}</p></article></body></html>"""
ENTRY = """<item><title>{title}</title><link>{link}</link><guid>{guid}</guid><pubDate>{date}</pubDate>
<description>{summary}</description></item>"""
DATE = "Tue, 06 May 2025 14:00:00 +0300"


def page(title: str = "Ministers meet", more: str = "Fishing went on.", canonical: str = "") -> Answer:
    return reply(200, PAGE.format(title=title, more=more, canonical=canonical), Content_Type="text/html; charset=utf-8")


def entry(link: str, title: str = "Ministers meet", summary: str = "They met.", date: str = DATE) -> str:
    return ENTRY.format(title=title, link=link, guid=f"id:{link.rpartition('/')[2]}", date=date, summary=summary)


def feed(*items: str, **headers: str) -> Answer:
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>World</title>{"".join(items)}</channel></rss>'
    return reply(200, body, Content_Type="application/rss+xml", **headers)


@dataclass
class Run:
    """What a run gave."""

    articles: list[RawArticle]
    rejects: list[RejectedRecord]
    notes: list[Noted]
    described: list[WatchedSource]
    statuses: dict[str, str]


def pages_of(run: Run) -> list[str | None]:
    """The articles that are a page's, and not what a feed says of one that was not to be had."""
    return [article.source_id for article in run.articles if '"only_summary": true' not in (article.extra or "")]


type Runs = Callable[..., Run]


@pytest.fixture
def runs(tmp_path: Path, site: Site) -> Runs:
    """Runs over the sources given; a source without url is the site's feed. What is remembered passes to the next."""

    def _run(*sources: dict[str, object], landed: bool = True, environment: dict[str, str] | None = None) -> Run:
        usual = {"name": "Harbour Times", "allow_private": ["127.0.0.1"], "delay_seconds": 0}
        given = [usual | ({} if "path" in source else {"url": site("/feed")}) | source for source in sources or ({},)]
        for source in given:
            if "path" in source:
                del source["allow_private"]
        file = tmp_path / "sources.yaml"
        file.write_text(yaml.safe_dump({"sources": given}))
        with closing(Memory(tmp_path / "watching.sqlite")) as memory:
            watch = Watch(load(file, environment or {}), SourceSettings(), memory, "Parley/0", HASTY)
            items = list(read([], watched=watch.items()))
            if landed:
                watch.landed()
            statuses = {name: look.status for name, look in memory.checked().items()}
        assert all(": " in item.reason for item in items if isinstance(item, RejectedRecord))
        return Run(
            [item for item in items if isinstance(item, RawArticle)],
            [item for item in items if isinstance(item, RejectedRecord)],
            [item for item in items if isinstance(item, Noted)],
            watch.described([]),
            statuses,
        )

    return _run


def test_the_pages_of_a_feed_are_fetched_and_extracted(site: Site, runs: Runs) -> None:
    site.answers |= {"/feed": feed(entry(site("/a")), entry("/b", "Talks go on")), "/a": page(), "/b": page("Other")}
    run = runs({"licence": "by mail", "timezone": "Europe/Athens", "language": "en"})
    first, second = run.articles
    assert (first.source, first.source_id, first.title, first.author) == (
        "Harbour Times", "id:a", "Ministers meet", "Irene Pappas"
    )  # fmt: skip
    assert "spoke for three hours" in first.text and "Home" not in first.text
    assert (first.url, first.origin) == (site("/a"), site("/a"))
    assert str(first.published_at) == "2025-05-06 11:00:00" and first.published_from == "feed"
    assert '"fetched_at": "20' in (first.extra or "") and f'"feed": "{site("/feed")}"' in (first.extra or "")
    assert second.title == "Talks go on", "what the feed says goes before what its page says"
    assert run.described == [
        WatchedSource(
            watched="Harbour Times", source="Harbour Times", address=site("/feed"), licence="by mail", language="en",
            timezone="Europe/Athens",
        )
    ]  # fmt: skip
    assert (run.rejects, run.statuses) == ([], {"Harbour Times": "ok"})


def unchanged(handler: Handler) -> None:
    """Answers as servers do that know versions."""
    same = handler.headers.get("If-None-Match") == '"v1"'
    (reply(304) if same else feed(entry("/a"), ETag='"v1"'))(handler)


def test_an_unchanged_feed_costs_one_request(site: Site, runs: Runs) -> None:
    site.answers |= {"/feed": unchanged, "/a": page()}
    assert len(runs().articles) == 1
    assert site.asked == ["/robots.txt", "/feed", "/a"]
    second = runs()
    assert (second.articles, second.rejects, second.statuses) == ([], [], {"Harbour Times": "unchanged"})
    assert site.asked[3:] == ["/feed"]
    assert len(runs({"follow": True}).articles) == 0 and site.asked[4:] == ["/feed"], "asked as never before: no ETag"


def test_a_run_that_was_killed_before_the_articles_landed_is_repeated(site: Site, runs: Runs) -> None:
    site.answers |= {"/feed": unchanged, "/a": page()}
    assert len(runs(landed=False).articles) == 1
    assert len(runs().articles) == 1


def test_a_page_is_fetched_once_for_each_version_that_its_entry_tells(site: Site, runs: Runs) -> None:
    later = "Wed, 07 May 2025 09:00:00 +0300"
    site.answers |= {
        "/feed": in_turn(feed(entry("/a")), feed(entry("/a"), entry("/b")), feed(entry("/a", date=later))),
        "/a": in_turn(page(), page(more="This story has been corrected.")),
        "/b": page("Other"),
    }
    assert [article.source_id for article in runs().articles] == ["id:a"]
    assert [article.source_id for article in runs().articles] == ["id:b"]
    (corrected,) = runs().articles
    assert "corrected" in corrected.text
    assert site.pages_asked() == ["/feed", "/a", "/feed", "/b", "/feed", "/a"]


def test_what_a_run_could_not_get_the_next_one_asks_for_although_the_feed_is_unchanged(site: Site, runs: Runs) -> None:
    site.answers |= {"/feed": unchanged, "/a": in_turn(reply(500), page())}
    first = runs()
    assert not first.articles
    (reject,) = first.rejects
    assert (reject.origin, reject.source_id) == (site("/a"), "id:a") and "500" in reject.reason
    assert len(runs().articles) == 1


def test_what_will_never_be_had_is_asked_for_once(site: Site, runs: Runs) -> None:
    site.answers |= {"/feed": unchanged, "/a": reply(404)}
    assert "404" in runs().rejects[0].reason
    assert not runs().rejects
    assert site.pages_asked() == ["/feed", "/a", "/feed"]


@pytest.mark.parametrize(
    ("link", "answer"),
    [
        ("/a", reply(404)),
        ("/closed/a", reply(200, "never asked for")),
        ("/a", reply(200, "<html><body><p>Log in to read on.</p></body></html>", Content_Type="text/html")),
        ("http://a b/", reply(404)),
    ],
)
def test_of_a_page_that_will_not_be_had_the_summary_is_taken(site: Site, runs: Runs, link: str, answer: Answer) -> None:
    site.answers |= {
        "/robots.txt": reply(200, "User-agent: *\nDisallow: /closed\n"),
        "/feed": feed(entry(link, summary="Both ministers met &lt;b&gt;in Riga&lt;/b&gt;.")),
        link: answer,
    }
    run = runs()
    (article,) = run.articles
    assert (article.text, article.title, article.published_from) == (
        "Both ministers met in Riga.",
        "Ministers meet",
        "feed",
    )
    assert '"only_summary": true' in (article.extra or "")
    assert len(run.rejects) + len(run.notes) == 1, "what became of the page is told"
    assert not runs().articles and len(site.pages_asked()) <= 3, "once for each version"


def test_a_page_that_comes_after_all_is_a_version_of_its_summary(site: Site, runs: Runs) -> None:
    site.answers |= {"/feed": feed(entry("/a")), "/a": in_turn(reply(404), page())}
    (summary,), (whole,) = runs().articles, runs({"max_bytes": 9_000_000}).articles
    assert summary.text == "They met." and "spoke for three hours" in whole.text
    assert (summary.source, summary.source_id, summary.url, summary.published_at) == (
        whole.source, whole.source_id, whole.url, whole.published_at
    )  # fmt: skip
    assert "only_summary" not in (whole.extra or "")


def test_no_more_pages_than_max_pages_in_a_run(site: Site, runs: Runs) -> None:
    site.answers |= {"/feed": feed(*(entry(f"/{n}", f"Talks, day {n}") for n in range(5)), ETag='"v1"')}
    site.answers |= {f"/{n}": page(f"Talks, day {n}") for n in range(5)}
    first = runs({"max_pages": 2})
    assert len(first.articles) == 2 and "3 pages are left for the next run" in first.notes[0].message
    assert [len(runs({"max_pages": 2}).articles) for _ in range(3)] == [2, 1, 0]


def test_an_entry_that_stands_twice_is_fetched_once(site: Site, runs: Runs) -> None:
    site.answers |= {"/feed": feed(entry("/a"), entry("/a")), "/a": page()}
    assert len(runs().articles) == 1
    assert site.pages_asked() == ["/feed", "/a"]


def test_pages_of_hosts_that_want_to_be_left_alone_wait(site: Site, runs: Runs) -> None:
    busy = reply(429, Retry_After="3600")
    site.answers |= {"/feed": feed(*(entry(f"/{n}") for n in range(3)), ETag='"v1"'), "/0": page(), "/1": busy}
    first = runs()
    assert len(first.articles) == 1 and "2 pages are left for another run" in first.notes[0].message
    second = runs()
    assert "asked to be left alone until" in second.rejects[0].reason and second.statuses["Harbour Times"] != "ok"
    assert site.pages_asked() == ["/feed", "/0", "/1"]


def test_a_feed_that_holds_its_articles_needs_no_page(site: Site, runs: Runs) -> None:
    full = "<content:encoded>&lt;p&gt;The truce held for a second day.&lt;/p&gt;</content:encoded>"
    body = entry("/a").replace("<description>", f"{full}<description>")
    rss = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title>'
    site.answers["/feed"] = reply(200, f"{rss}{body}</channel></rss>")
    (article,) = runs().articles
    assert (article.text, article.url) == ("The truce held for a second day.", site("/a"))
    assert site.pages_asked() == ["/feed"]
    site.answers["/a"] = page()
    assert "spoke for three hours" in runs({"follow": True}).articles[0].text
    assert runs({"name": "Other", "follow": False}).articles[0].text == "The truce held for a second day."


def test_entries_without_an_id_are_articles_of_their_own(site: Site, runs: Runs) -> None:
    items = "".join(
        f"<item><title>Day {day}</title>{link}<description>The truce held on day {day}.</description></item>"
        for day, link in ((1, "<link>/1</link>"), (2, "<link>/2</link>"), (3, ""), (4, ""))
    )
    site.answers["/feed"] = reply(200, f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>')
    run = runs({"follow": False})
    assert [article.text for article in run.articles] == [f"The truce held on day {day}." for day in range(1, 5)]
    assert len({article.source_id for article in run.articles}) == 4 and not run.rejects
    assert run.articles[0].source_id == site("/1")


def test_a_feed_that_was_cut_off_on_the_way_is_read_again(site: Site, runs: Runs) -> None:
    whole = f'<rss version="2.0"><channel><title>T</title>{entry("/a")}{entry("/b")}</channel></rss>'
    half = whole[: whole.index(entry("/b")) + 30]

    def answer(handler: Handler) -> None:
        known = handler.headers.get("If-None-Match") == '"v1"'
        (reply(304) if known else in_order)(handler)

    in_order = in_turn(reply(200, half, ETag='"v1"'), reply(200, whole, ETag='"v1"'))
    site.answers |= {"/feed": answer, "/a": page(), "/b": page("Other")}
    first = runs()
    assert "id:a" in [article.source_id for article in first.articles] and "no sound XML" in first.notes[0].message
    assert [article.source_id for article in runs().articles] == ["id:b"]


def test_what_the_sources_file_kept_out_comes_when_it_lets_it_in(site: Site, runs: Runs) -> None:
    long = page("Long", more="Fishing went on. " * 200)
    site.answers |= {
        "/robots.txt": reply(200, "User-agent: *\nDisallow: /closed\n"),
        "/feed": feed(entry("/closed/a"), entry("/long"), entry(site("/host", "localhost")), entry("/b"), ETag='"v1"'),
        "/closed/a": page("Closed"),
        "/long": long,
        "/host": page("Host"),
        "/b": page("Other"),
    }
    limits: dict[str, object] = {"max_bytes": 3_000}
    assert pages_of(runs(limits)) == ["id:b"]
    assert not runs(limits).articles, "nothing has changed"
    assert pages_of(runs({})) == ["id:long"]
    assert pages_of(runs({"obey_robots": False})) == ["id:a"]
    private = ["127.0.0.1", "localhost", f"localhost:{site.port}"]
    opened: dict[str, object] = {"obey_robots": False, "allow_private": private}
    assert pages_of(runs(opened)) == ["id:host"]
    assert not runs(opened).articles


def test_robots_keep_pages_back_and_are_counted_in_a_note(site: Site, runs: Runs) -> None:
    site.answers |= {
        "/robots.txt": reply(200, "User-agent: *\nDisallow: /closed\n"),
        "/feed": feed(entry("/closed/a"), entry("/b")),
        "/closed/a": page(),
        "/b": page("Other"),
    }
    run = runs()
    assert pages_of(run) == ["id:b"]
    assert not run.rejects and "1 pages are disallowed by robots.txt" in run.notes[0].message
    assert len(runs({"name": "With leave", "obey_robots": False}).articles) == 2


def test_a_link_into_the_own_network_is_not_followed(site: Site, runs: Runs) -> None:
    with serving() as internal:
        internal.answers["/secret"] = page("Internal")
        links = (
            internal("/secret"), internal("/secret", "localhost"), "http://127.0.0.2/secret", "http://[::1]/secret",
            "http://169.254.169.254/latest/meta-data/", "http://0/secret", "http://017700000002/secret",
        )  # fmt: skip
        site.answers |= {
            "/feed": feed(*(entry(link, f"T{n}") for n, link in enumerate(links)), entry("/hop")),
            "/hop": redirect(internal("/secret")),
        }
        run = runs()
        assert not pages_of(run) and not internal.asked
        assert len([reject for reject in run.rejects if "allow_private" in reject.reason]) == len(links) + 1
        runs({"name": "Allowed", "allow_private": ["127.0.0.1", f"127.0.0.1:{internal.port}"]})
        assert "/secret" in internal.asked


def test_one_source_that_fails_does_not_stop_the_others(site: Site, runs: Runs, tmp_path: Path) -> None:
    (tmp_path / "wire").mkdir()
    (tmp_path / "wire" / "a.txt").write_text("Envoys of both sides spoke for an hour on Monday.")
    dump = {"id": 1, "body": "The truce held.", "source": "Delta Wire", "published_at": "03/12/2025"}
    (tmp_path / "b.jsonl").write_text(json.dumps(dump))
    site.answers |= {
        "/page": page(),
        "/gone": reply(410),
        "/data": reply(200, b'{"a": 1}\n', Content_Type="application/json"),
        "/empty": reply(200, b"", Content_Type="text/html"),
        "/noise": reply(200, bytes(range(256)) * 20),
        "/broken": reply(200, "<rss><channel><item><title>A</title>"),
    }
    sources = [{"name": name, "url": site(f"/{name}")} for name in ("gone", "data", "empty", "noise", "broken", "page")]
    run = runs(
        *sources,
        {"name": "nowhere", "url": "http://nowhere.invalid/"},
        {"name": "Wire", "path": "wire"},
        {"name": "Dump", "path": "b.jsonl", "mapping": {"text": "body"}, "date_format": "%d/%m/%Y"},
        {"name": "Missing", "path": "missing"},
    )
    assert [article.source for article in run.articles] == ["page", "Wire", "Delta Wire"]
    assert run.articles[-1].published_date == date(2025, 12, 3)
    assert [row.source for row in run.described] == ["Delta Wire", "Wire", "page"]
    failed = {name for name, status in run.statuses.items() if status != "ok"}
    assert failed == {"gone", "data", "empty", "noise", "nowhere", "Missing"} | failed & {"broken"}
    assert {reject.origin for reject in run.rejects} >= {site("/gone"), site("/data"), "missing"}


def test_a_page_cannot_pass_for_one_of_another_site(site: Site, runs: Runs) -> None:
    site.answers |= {"/own": page(canonical="/2025/a"), "/other": page(canonical="https://elsewhere.example/a")}
    urls = [
        article.url for name in ("own", "other") for article in runs({"name": name, "url": site(f"/{name}")}).articles
    ]
    assert urls == [site("/2025/a"), site("/other")]


def test_a_wrong_charset_is_mended(site: Site, runs: Runs) -> None:
    body = PAGE.format(title="Zürich", more="Grüße aus Zürich.", canonical="")
    site.answers["/page"] = reply(200, body, Content_Type="text/html; charset=iso-8859-1")
    (article,) = runs({"url": site("/page")}).articles
    assert "Grüße aus Zürich." in article.text


def test_what_was_remembered_and_is_damaged_is_set_aside(site: Site, runs: Runs, tmp_path: Path) -> None:
    site.answers |= {"/feed": unchanged, "/a": page()}
    runs()
    (tmp_path / "watching.sqlite").write_bytes(b"no database" * 1_000)
    run = runs()
    assert len(run.articles) == 1 and "damaged" in run.notes[0].message
    assert (tmp_path / "watching.sqlite.damaged").exists()


def test_what_is_remembered_is_not_taken_for_damaged_while_another_writes(
    site: Site, runs: Runs, tmp_path: Path
) -> None:
    site.answers |= {"/feed": unchanged, "/a": page()}
    runs()
    path = tmp_path / "watching.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(OSError, match="locked"):
            Memory(path, patience=0.01)
    assert not list(tmp_path.glob("*.damaged"))
    path.write_bytes(b"no database" * 1_000)
    assert looks(path) == {} and path.exists(), "who only looks sets nothing aside"
    assert "damaged" in runs().notes[0].message


def test_a_secret_leaves_in_nothing(site: Site, runs: Runs, tmp_path: Path) -> None:
    token = "tok3n/of the+desk"
    link = site("/a?key=tok3n%2Fof%20the%2Bdesk&x=1")
    site.answers |= {
        "/feed": feed(entry(link.replace("&", "&amp;")), entry(site(f"/{'tok3n%2fof+the%2bdesk'}"))),
        "/a": page(title="Said tok3n/of the+desk", more=f"It echoes {link}", canonical=link),
    }
    address = site("/feed?key=${TOKEN}")
    run = runs({"url": address, "headers": {"X-Key": "${TOKEN}"}}, environment={"TOKEN": token})
    assert site.asked[-1] == "/tok3n%2fof+the%2bdesk" and site.headers[-1]["X-Key"] == token, "the server needs it"
    told = repr(replace(run)) + (tmp_path / "watching.sqlite").read_bytes().decode("latin-1")
    assert len(pages_of(run)) == 1 and len(run.rejects) == 1 and "${TOKEN}" in told
    assert "tok3n" not in told


class Broken(Memory):
    """A memory with a fault that quotes what it was asked with."""

    def validators(self, source: str, address: str) -> dict[str, str]:
        raise RuntimeError(f"no row for {source} {address} tok3n%2fof+the%2bdesk")


def test_a_fault_of_ours_is_told_without_secrets(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(f"sources: [{{name: A, url: '{site('/feed')}?key=${{TOKEN}}'}}]")
    listed = load(file, {"TOKEN": "tok3n/of the+desk"})
    with closing(Broken(tmp_path / "watching.sqlite")) as memory, pytest.raises(WatchError) as caught:
        list(Watch(listed, SourceSettings(), memory, "Parley/0", HASTY).items())
    assert "RuntimeError: no row for A" in str(caught.value) and "${TOKEN}" in str(caught.value)
    assert "tok3n" not in "".join(traceback.format_exception(caught.value))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_a_feed_and_its_page_hold_gives_articles_or_reasons(
    site: Site, runs: Runs, data: st.DataObject
) -> None:
    whole = (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>W</title>{entry("/a")}{entry("/b")}</channel></rss>'
    )
    bodies = [whole.encode(), PAGE.format(title="T", more="M", canonical="/c").encode()]
    for body in bodies:
        changed = bytearray(body)
        for _ in range(data.draw(st.integers(0, 3))):
            where = data.draw(st.integers(0, len(changed) - 1))
            changed[where : where + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=8))
        path = "/feed" if body is bodies[0] else "/a"
        site.answers[path] = reply(200, bytes(changed[: data.draw(st.integers(1, len(changed)))]))
    run = runs({"name": f"Run {len(site.asked)}", "follow": data.draw(st.sampled_from([True, False]))})
    assert run.articles or run.rejects or run.notes or "ok" in run.statuses.values()
