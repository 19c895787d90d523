"""What the client makes of a server that answers well, badly, late, or without end."""

import gzip
import time
import tracemalloc
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.sources.secrets import Redactor
from pipelines.sources.web.addresses import allowed
from pipelines.sources.web.client import Asking, Client, DisallowedError, FetchError, LeftAloneError
from pipelines.sources.web.memory import Memory
from pipelines.sources.web.urls import parse
from tests.pipelines.sources.web.conftest import HASTY
from tests.pipelines.sources.web.server import Answer, Handler, Site, in_turn, redirect, reply, serving

Asks = Callable[..., Asking]


def refusal(client: Client, address: str, asking: Asking) -> FetchError:
    """What the client says of an address that it cannot give."""
    with pytest.raises(FetchError) as caught:
        client.get(parse(address), asking)
    assert ": " in str(caught.value), "what is wrong: what to do"
    return caught.value


def test_a_page_comes_as_it_is_with_its_charset(site: Site, client: Client, asking: Asks) -> None:
    site.answers["/a"] = reply(200, "Grüße".encode("latin-1"), Content_Type='text/html; charset="ISO-8859-1"')
    response = client.get(parse(site("/a")), asking())
    assert (response.body, response.charset) == (b"Gr\xfc\xdfe", "ISO-8859-1")
    assert site.headers[-1]["User-Agent"] == "Parley/0 (test)"


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("gzip", lambda data: gzip.compress(data[:10]) + gzip.compress(data[10:])),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
    ],
)
def test_what_is_packed_is_unpacked(
    site: Site, client: Client, asking: Asks, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    body = b"<p>The truce held for a second day.</p>" * 50
    site.answers["/a"] = reply(200, pack(body), Content_Encoding=encoding)
    assert client.get(parse(site("/a")), asking()).body == body


def test_a_header_of_the_source_goes_before_ours_in_whatever_case(site: Site, client: Client, asking: Asks) -> None:
    site.answers["/a"] = reply(200, "Talks")
    client.get(parse(site("/a")), asking(headers={"accept": "text/calm"}))
    sent = {name.lower(): value for name, value in site.pairs[-1]}
    assert sent["accept"] == "text/calm" and len(sent) == len(site.pairs[-1])


def test_a_bomb_stops_at_the_limit(site: Site, client: Client, asking: Asks) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(100)) + packer.flush()
    site.answers["/a"] = reply(200, bomb, Content_Encoding="gzip")
    tracemalloc.start()
    try:
        error = refusal(client, site("/a"), asking(most=1_000_000))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "more than 1,000,000 bytes" in str(error) and not error.passing
    assert peak < 10_000_000, "the bomb holds 100 MB"


@pytest.mark.parametrize(
    "body", [b"no gzip at all", gzip.compress(b"The talks went on." * 100, mtime=0)[:-20]], ids=["none", "cut"]
)
def test_damaged_packing_is_told(site: Site, client: Client, asking: Asks, body: bytes) -> None:
    site.answers["/a"] = reply(200, body, Content_Encoding="gzip")
    assert "packed" in str(refusal(client, site("/a"), asking()))


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not handler.site.over.is_set():
        handler.wfile.write(b"x" * 65_536)


def drip(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while not handler.site.over.wait(0.02):
        handler.wfile.write(b"x")


def dripping_head(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not handler.site.over.wait(0.02):
        handler.wfile.write(b"x")


def silent(handler: Handler) -> None:
    handler.site.over.wait(2)


def cut_off(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"Half a sent")


def boundless(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\nThe truce held.")


def huge_head(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("X-Large", "x" * 100_000)
    handler.end_headers()


def no_http(handler: Handler) -> None:
    handler.wfile.write(b"\x00\x01\x02 220 ready\r\n\r\n")


def test_a_body_without_end_stops_at_the_limit(site: Site, client: Client, asking: Asks) -> None:
    site.answers["/a"] = endless
    error = refusal(client, site("/a"), asking(most=500_000))
    assert "more than 500,000 bytes" in str(error)


def test_a_length_beyond_the_limit_is_not_waited_for(site: Site, client: Client, asking: Asks) -> None:
    site.answers["/a"] = drip
    start = time.monotonic()
    assert "more than 5,000 bytes" in str(refusal(client, site("/a"), asking(most=5_000)))
    assert time.monotonic() - start < 0.5


def test_a_length_of_thousands_of_digits_is_a_reason(site: Site, client: Client, asking: Asks) -> None:
    site.answers["/a"] = boundless
    assert "more than" in str(refusal(client, site("/a"), asking()))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (drip, "took longer than 0.6 s"),
        (dripping_head, "took longer than 0.6 s"),
        (silent, "timed out"),
        (cut_off, "broke off"),
        (huge_head, "broke off"),
        (no_http, "broke off"),
    ],
)
def test_a_bad_connection_is_tried_again_and_told(
    site: Site, memory: Memory, asking: Asks, answer: Answer, told: str
) -> None:
    client = Client("Parley/0", replace(HASTY, attempts=2), memory, Redactor())
    site.answers["/a"] = answer
    error = refusal(client, site("/a"), asking(robots=False))
    assert told in str(error) and error.passing
    assert site.asked == ["/a", "/a"]


def test_a_server_that_comes_back_is_waited_for(site: Site, client: Client, asking: Asks) -> None:
    site.answers["/a"] = in_turn(reply(503), reply(429, Retry_After="0"), reply(200, "there"))
    assert client.get(parse(site("/a")), asking()).body == b"there"
    assert site.pages_asked() == ["/a"] * 3


@pytest.mark.parametrize(("status", "passing"), [(403, False), (404, False), (410, False), (500, True), (418, False)])
def test_other_answers_are_told_and_not_tried_again(
    site: Site, client: Client, asking: Asks, status: int, passing: bool
) -> None:
    site.answers["/a"] = reply(status)
    error = refusal(client, site("/a"), asking())
    assert str(status) in str(error) and error.passing is passing
    assert site.pages_asked() == ["/a"]


@pytest.mark.parametrize("as_date", [False, True])
def test_a_host_that_wants_to_be_left_alone_is(
    site: Site, client: Client, memory: Memory, asking: Asks, as_date: bool
) -> None:
    until = datetime.now(UTC) + timedelta(hours=1)
    site.answers["/a"] = reply(429, Retry_After=format_datetime(until, usegmt=True) if as_date else "3600")
    site.answers["/b"] = reply(200, "b")
    error = refusal(client, site("/a"), asking())
    assert isinstance(error, LeftAloneError) and f"{until:%H:}" in str(error)
    assert isinstance(refusal(client, site("/b"), asking()), LeftAloneError)
    assert site.pages_asked() == ["/a"], "it was asked once, and nothing else of it"

    memory.commit()
    later = Client("Parley/0", HASTY, memory, Redactor())
    assert isinstance(refusal(later, site("/b"), asking()), LeftAloneError), "the next run knows it"
    assert site.pages_asked() == ["/a"]


def test_a_host_that_fails_again_and_again_is_left_alone(site: Site, client: Client, asking: Asks) -> None:
    for name in "abcd":
        site.answers[f"/{name}"] = reply(502)
    for name in "abc":
        assert "502" in str(refusal(client, site(f"/{name}"), asking()))
    asked = len(site.asked)
    assert isinstance(refusal(client, site("/d"), asking()), LeftAloneError)
    assert len(site.asked) == asked


def test_pauses_lie_between_requests_to_one_host(site: Site, client: Client, asking: Asks) -> None:
    site.answers["/a"] = reply(200, "a")
    start = time.monotonic()
    for _ in range(3):
        client.get(parse(site("/a")), asking(delay=0.1, robots=False))
    assert time.monotonic() - start >= 0.2


def test_redirects_are_followed_and_their_end_is_known(site: Site, client: Client, asking: Asks) -> None:
    straight = "c?x=Straße".encode().decode("latin-1")  # as some servers send it
    site.answers |= {"/a": redirect("/b", 301), "/b": redirect(straight, 307), "/c": reply(200, "c")}
    response = client.get(parse(site("/a")), asking())
    assert (response.body, str(response.url)) == (b"c", site("/c?x=Stra%C3%9Fe"))


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("/a", "in a circle"),
        ("file:///etc/passwd", "not of http or https but of 'file'"),
        ("gopher://127.0.0.1/", "not of http or https"),
        ("http://127.0.0.2/secret", "127.0.0.2, which is no host of the public internet"),
        ("http://169.254.169.254/latest/meta-data/", "no host of the public internet"),
        ("http://[::ffff:10.0.0.1]/", "no host of the public internet"),
        ("http://0x7f000002/", "no host of the public internet"),
        ("http://2130706434/", "no host of the public internet"),
        ("http://127.0.0.1:1/", "at port 1"),
        ("http://[broken/", "no address"),
    ],
)
def test_redirects_that_must_not_be_followed(site: Site, client: Client, asking: Asks, to: str, told: str) -> None:
    site.answers["/a"] = redirect(to)
    assert told in str(refusal(client, site("/a"), asking()))
    assert site.pages_asked() == ["/a"]


def test_too_many_redirects_are_told(site: Site, client: Client, asking: Asks) -> None:
    site.answers |= {f"/{n}": redirect(f"/{n + 1}") for n in range(20)}
    assert "more than 5 times" in str(refusal(client, site("/0"), asking()))
    assert len(site.pages_asked()) == 6


def test_keys_go_to_the_source_and_to_nobody_else(site: Site, client: Client, asking: Asks) -> None:
    with serving() as other:
        other.answers["/b"] = reply(200, "b")
        site.answers["/a"] = redirect(other("/b"))
        home = parse(site("/a").replace("http://", "http://reader:hunter22@"))
        private = ("127.0.0.1", f"127.0.0.1:{other.port}")
        client.get(parse(site("/a")), asking(private=private, home=home, headers={"X-Api-Key": "k-123456"}))
        assert site.headers[-1]["X-Api-Key"] == "k-123456"
        assert site.headers[-1]["Authorization"] == "Basic cmVhZGVyOmh1bnRlcjIy"
        assert not {"X-Api-Key", "Authorization"} & set(other.headers[-1])


def test_a_page_that_robots_disallow_is_not_asked_for(site: Site, client: Client, asking: Asks) -> None:
    site.answers |= {
        "/robots.txt": reply(200, "User-agent: *\nDisallow: /closed/\n\nUser-agent: Parley\nDisallow: /private/\n"),
        "/private/a": reply(200, "a"),
        "/closed/a": reply(200, "a"),
        "/open": redirect("/private/a"),
    }
    for path in ("/private/a", "/open"):
        assert isinstance(refusal(client, site(path), asking()), DisallowedError)
    assert client.get(parse(site("/closed/a")), asking()).body == b"a", "its own group counts, not that of all"
    assert client.get(parse(site("/private/a")), asking(robots=False)).body == b"a"
    assert site.asked.count("/robots.txt") == 1, "once a run and host"


@pytest.mark.parametrize(
    ("answer", "open_"),
    [
        (reply(404), True),
        (reply(403), True),
        (reply(500), False),
        (reply(503), False),
        (cut_off, False),
        (redirect("/robots.txt"), True),
        (redirect("http://10.0.0.1/robots.txt"), False),
        (reply(200, b"User-agent: *\nDisallow:\n" + b"# long\n" * 100_000), True),
        (reply(200, b"\xff\xfe\x00 nonsense"), True),
    ],
)
def test_robots_that_cannot_be_had(site: Site, client: Client, asking: Asks, answer: Answer, open_: bool) -> None:
    site.answers |= {"/robots.txt": answer, "/a": reply(200, "a")}
    if open_:
        assert client.get(parse(site("/a")), asking()).body == b"a"
    else:
        error = refusal(client, site("/a"), asking())
        assert isinstance(error, DisallowedError) and error.passing
        assert not site.pages_asked()


def test_robots_are_kept_for_the_next_run_and_their_delay_is_obeyed(
    site: Site, client: Client, memory: Memory, asking: Asks
) -> None:
    site.answers |= {"/robots.txt": reply(200, "User-agent: *\nCrawl-delay: 0.2\n"), "/a": reply(200, "a")}
    start = time.monotonic()
    for _ in range(2):
        client.get(parse(site("/a")), asking())
    assert time.monotonic() - start >= 0.2
    memory.commit()
    Client("Parley/0", HASTY, memory, Redactor()).get(parse(site("/a")), asking())
    assert site.asked == ["/robots.txt", "/a", "/a", "/a"]


def test_a_name_that_nobody_knows(client: Client, asking: Asks) -> None:
    assert "not known to the name service" in str(refusal(client, "http://nowhere.invalid/", asking(robots=False)))


LOCALHOST = Path(__file__).with_name("localhost.pem")  # made for these tests: key and certificate of `localhost`


def test_tls_is_spoken_and_the_certificate_must_be_that_of_the_name(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(certificate=LOCALHOST) as site:
        site.answers |= {"/a": reply(200, "sealed"), "/down": redirect("http://localhost/a")}
        home = parse(site("/a", "localhost"))
        asking = Asking(home, allowed(["localhost", f"127.0.0.1:{site.port}"]).but_also(home), delay=0.0, robots=False)
        assert "certificate" in str(refusal(client, str(home), asking)), "nobody vouches for it"
        monkeypatch.setenv("SSL_CERT_FILE", str(LOCALHOST))
        assert client.get(home, asking).body == b"sealed"
        assert "certificate" in str(refusal(client, site("/a"), asking)), "it is made out to another name"
        assert "from https to http" in str(refusal(client, site("/down", "localhost"), asking))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_bytes_a_server_sends_are_an_answer_or_a_reason(
    site: Site, memory: Memory, asking: Asks, data: st.DataObject
) -> None:
    body = gzip.compress(b"<p>The truce held.</p>" * 20)
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    sent = bytearray(head + body)
    for _ in range(data.draw(st.integers(0, 4))):
        where = data.draw(st.integers(0, len(sent) - 1))
        sent[where : where + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=6))
    sent = sent[: data.draw(st.integers(0, len(sent)))]
    site.answers["/a"] = lambda handler: handler.wfile.write(sent) and None
    client = Client("Parley/0", replace(HASTY, attempts=1), memory, Redactor())
    try:
        client.get(parse(site("/a")), asking(robots=False))
    except FetchError as error:
        assert ": " in str(error)
