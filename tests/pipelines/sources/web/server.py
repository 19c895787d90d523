"""A real HTTP server on loopback that answers as it is told, well or badly, and remembers what it was asked."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

type Answer = Callable[["Handler"], None]

NO_ROBOTS = "/robots.txt"


class Handler(BaseHTTPRequestHandler):
    """Hands each request to the answer of its path; what has none is not found."""

    protocol_version = "HTTP/1.1"
    site: "Site"

    def do_GET(self) -> None:
        self.site.asked.append(self.path)
        self.site.headers.append(dict(self.headers))
        self.site.pairs.append(list(self.headers.items()))
        self.close_connection = True
        answer = self.site.answers.get(self.path.partition("?")[0], reply(404))
        with suppress(BrokenPipeError, ConnectionResetError):  # the client has had enough
            answer(self)

    def log_message(self, *_: object) -> None:
        pass


@dataclass
class Site:
    """What a server answers and was asked."""

    port: int = 0
    scheme: str = "http"
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    pairs: list[list[tuple[str, str]]] = field(default_factory=list)  # the same, with what was sent twice
    over: threading.Event = field(default_factory=threading.Event)  # ends what would never end

    def __call__(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    def pages_asked(self) -> list[str]:
        """What was asked for, robots.txt aside."""
        return [path for path in self.asked if path != NO_ROBOTS]


def reply(status: int = 200, body: bytes | str = b"", **headers: str) -> Answer:
    """Answers with a status, a body and headers (`Content_Type` for Content-Type)."""
    data = body.encode() if isinstance(body, str) else body

    def answer(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def redirect(to: str, status: int = 302) -> Answer:
    return reply(status, Location=to)


def in_turn(*answers: Answer) -> Answer:
    """One answer after the other, the last one again and again."""
    left = list(answers)

    def answer(handler: Handler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return answer


@contextmanager
def serving(host: str = "127.0.0.1", certificate: Path | None = None) -> Iterator[Site]:
    """A server on a free port of loopback, until the block ends; with a certificate it speaks TLS."""
    site = Site()
    handler = type("Bound", (Handler,), {"site": site})
    server = ThreadingHTTPServer((host, 0), handler)
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site.port = server.server_address[1]
    site.scheme = "https" if certificate else "http"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
