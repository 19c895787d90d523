"""One GET to one vetted address: whole within its time and size, or an error that says what happened.

Redirects, retries, pauses and robots.txt belong to `client`, unpacking to `bodies`. Built on urllib3's connections; no
proxy of the environment is used, since a proxy would look the host up again.
"""

import socket
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError, SSLError

from pipelines.sources.web.bodies import ACCEPTED, BadBodyError, TooLargeError, unpacked
from pipelines.sources.web.urls import Url

_CHUNK = 65_536  # bytes
_MOST_DIGITS = 18  # of a length in bytes
_LONGEST_HEADER = 8_192  # characters kept of a header that is looked at


@dataclass(frozen=True)
class Patience:
    """How long one request may take, in seconds."""

    connect: float = 10.0
    read: float = 20.0  # between two pieces
    total: float = 60.0  # from the first address tried to the last byte


@dataclass(frozen=True)
class Response:
    """What a server answered; `headers` by name in lower case. The body is unpacked."""

    url: Url
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def charset(self) -> str | None:
        """The encoding that the Content-Type names (RFC 9110, 8.3.2)."""
        for part in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'")[:40] or None
        return None


class ConnectionFaultError(Exception):
    """The connection failed or took too long; the message says which. Another try may succeed."""


class ResponseFaultError(Exception):
    """The answer cannot be taken, and another try would give the same; the message says why."""


class _Vetted:
    """Connects to the address that was vetted, whatever the name service would say now."""

    vetted: str
    brake: socket.socket | None = None  # stops the connection from another thread

    def _new_conn(self) -> socket.socket:
        try:
            sock = socket.create_connection((self.vetted, self.port), self.timeout)  # type: ignore[attr-defined]
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error  # type: ignore[arg-type]
        self.brake = sock.dup()
        return sock


class _Plain(_Vetted, HTTPConnection):
    pass


class _Secure(_Vetted, HTTPSConnection):
    pass


def request(
    url: Url, addresses: Sequence[str], headers: Mapping[str, str], patience: Patience, most: int, *, cut: bool = False
) -> Response:
    """The answer to a GET of `url` at one of its vetted addresses, tried in order.

    The body has `most` bytes at the most, on the way and unpacked; with `cut` it is cut there. Only that of an answer
    200 is read. Raises ConnectionFaultError and ResponseFaultError.
    """
    end = time.monotonic() + patience.total
    fault = ConnectionFaultError("could not be connected to")
    for address in addresses:
        try:
            return _request(url, address, headers, patience, most, end, cut)
        except _UnreachedError as error:
            fault = ConnectionFaultError(str(error))
        if time.monotonic() >= end:
            break
    raise fault


class _UnreachedError(Exception):
    """This address does not take connections; another may."""


def _request(
    url: Url, address: str, headers: Mapping[str, str], patience: Patience, most: int, end: float, cut: bool
) -> Response:
    kind: Any = _Secure if url.scheme == "https" else _Plain
    left = end - time.monotonic()
    connection = kind(url.host, url.port, timeout=max(0.001, min(patience.connect, left)))
    connection.vetted = address
    expired = threading.Event()

    def stop() -> None:
        expired.set()
        with suppress(OSError, AttributeError):  # it may be closed already, or not be open yet
            connection.brake.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.001, left), stop)
    timer.daemon = True
    timer.start()
    try:
        connection.connect()
        connection.timeout = patience.read  # which the request sets on the socket
        asked = {"Accept-Encoding": ACCEPTED, **headers}
        connection.request("GET", url.target, headers=asked, preload_content=False, decode_content=False)
        answer = _answer(url, connection.getresponse(), most, cut)
        if late := _late(expired, patience):  # what the brake cut off looks whole where no length was told
            raise late
        return answer
    except TooLargeError:
        raise ResponseFaultError(f"holds more than {most:,} bytes: raise max_bytes where it is meant") from None
    except BadBodyError as error:
        raise _late(expired, patience) or ResponseFaultError(f"{error}: see to its server") from None
    except NewConnectionError as error:
        raise _late(expired, patience) or _UnreachedError(f"could not be connected to ({_short(error)})") from None
    except SSLError as error:
        raise _late(expired, patience) or ResponseFaultError(
            f"has no sound certificate or TLS ({_short(error)}): see to its server"
        ) from None
    except (HTTPError, HTTPException, OSError) as error:
        raise _late(expired, patience) or ConnectionFaultError(f"broke off ({_short(error)})") from None
    finally:
        timer.cancel()
        connection.close()
        if connection.brake is not None:
            connection.brake.close()


def _answer(url: Url, response: urllib3.BaseHTTPResponse, most: int, cut: bool) -> Response:
    kept = {name.lower(): value[:_LONGEST_HEADER] for name, value in response.headers.items()}
    if response.status != 200:
        return Response(url, response.status, kept, b"")
    announced = kept.get("content-length", "")
    # More digits than that are no length; Python refuses to make a number of some thousands.
    if announced.isdecimal() and not cut and (len(announced) > _MOST_DIGITS or int(announced) > most):
        raise TooLargeError
    return Response(url, 200, kept, unpacked(_chunks(response), kept.get("content-encoding", ""), most, cut=cut))


def _chunks(response: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
    yield from response.stream(_CHUNK, decode_content=False)


def _late(expired: threading.Event, patience: Patience) -> ConnectionFaultError | None:
    return ConnectionFaultError(f"took longer than {patience.total:g} s") if expired.is_set() else None


def _short(error: BaseException) -> str:
    """What happened, in the words of the innermost error and without addresses of memory."""
    if isinstance(error, TimeoutError | urllib3.exceptions.TimeoutError):
        return "timed out"
    if isinstance(error, HTTPException):
        return f"what it sends is no HTTP: {type(error).__name__}"
    inner = error.__cause__ or error.__context__
    if isinstance(error, NewConnectionError) and isinstance(inner, OSError):
        return "timed out" if isinstance(inner, TimeoutError) else inner.strerror or type(inner).__name__
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    text = str(error)
    return type(error).__name__ if not text or " object at 0x" in text else text[:120]
