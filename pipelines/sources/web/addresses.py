"""Which hosts may be asked: those of the public internet, and those that a source allows by name.

A feed's link must not make the pipeline read a service of the network it runs in. What is judged is the address that a
name leads to, so that no spelling gets round it, and the connection goes to that address, so that no second answer of
the name service does.
"""

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from pipelines.sources.web.urls import PORTS, Url

type Address = IPv4Address | IPv6Address
type Network = IPv4Network | IPv6Network

# IANA's registries of special-purpose addresses (RFC 6890 and later), where `is_global` of older Pythons is silent.
# 168.63.129.16 is given out as public, and is the host's own service in every machine of Azure.
_NOT_PUBLIC = [IPv4Network(n) for n in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")]
_NOT_PUBLIC_6 = [IPv6Network(n) for n in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
_UNICAST_6 = IPv6Network("2000::/3")  # all that IANA has given out
_TRANSLATED = IPv6Network("64:ff9b::/96")  # NAT64 (RFC 6052): the last 32 bits are the IPv4 address
_PERMIT = "name {} in allow_private (of an input, in PARLEY_ALLOW_PRIVATE) where it is meant"
_WITH_PORT = re.compile(r"\[?(?P<host>.+?)\]?:(?P<port>\d{1,5})")


class ForbiddenError(Exception):
    """A host or port that must not be asked; the message says why and what would allow it."""


class UnknownHostError(OSError):
    """The name service knows no such host, or does not answer."""


def is_public(address: Address) -> bool:
    """Whether an address is of the public internet; an IPv4 address within an IPv6 one is judged as what it is."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _TRANSLATED:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        return address in _UNICAST_6 and address.is_global and not any(address in n for n in _NOT_PUBLIC_6)
    closed = address.is_multicast or address.is_reserved or address.is_unspecified
    return address.is_global and not closed and not any(address in n for n in _NOT_PUBLIC)


@dataclass(frozen=True)
class Allowed:
    """What one source may reach besides the public internet: hosts by name or network, and ports of hosts."""

    names: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()
    ports: frozenset[tuple[str, int]] = field(default_factory=frozenset)  # besides 80 and 443

    def but_also(self, url: Url) -> "Allowed":
        """The same, and the port that a source's own address names."""
        return Allowed(self.names, self.networks, self.ports | {(url.host, url.port)})

    def holds(self, host: str, address: Address) -> bool:
        """Whether the host is allowed by name, or its address by network."""
        plain = address.ipv4_mapped or address if isinstance(address, IPv6Address) else address
        return host in self.names or any(plain in network for network in self.networks)


def allowed(entries: Iterable[str]) -> Allowed:
    """Reads entries such as `intranet.example`, `10.1.2.3`, `10.1.0.0/16` or `wiki.example:8080`.

    Raises ValueError for one that is none of these.
    """
    names, networks, ports = set[str](), list[Network](), set[tuple[str, int]]()
    for entry in entries:
        text = entry.strip().lower().rstrip(".")
        network = _network(text)
        if network is None and (found := _WITH_PORT.fullmatch(text)):
            text = found["host"]
            network = _network(text)
            ports.add((text, int(found["port"])))
        if network is not None:
            networks.append(network)
        elif re.fullmatch(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*", text):
            names.add(text)
        else:
            raise ValueError(f"{entry!r:.60} is no host, address or network: give for instance 10.1.0.0/16")
    return Allowed(frozenset(names), tuple(networks), frozenset(ports))


def vet(url: Url, permitted: Allowed) -> list[str]:
    """The addresses of an address's host that may be connected to, in the order of the name service.

    Raises ForbiddenError where none may, or the port is none of the web's; UnknownHostError where the host
    is not known.
    """
    if url.port not in PORTS.values() and (url.host, url.port) not in permitted.ports:
        raise ForbiddenError(
            f"is at port {url.port} of {url.host}, which is none of the web's: {_PERMIT.format(url.authority)}"
        )
    found = _resolve(url)
    good = [text for text in found if is_public(ip_address(text)) or permitted.holds(url.host, ip_address(text))]
    if not good:
        raise ForbiddenError(f"leads to {url.host}, which is no host of the public internet: {_PERMIT.format('it')}")
    return good


def _network(text: str) -> Network | None:
    try:
        return ip_network(text.strip("[]"), strict=False)
    except ValueError:
        return None


def _resolve(url: Url) -> list[str]:
    try:
        answers = socket.getaddrinfo(url.host, url.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UnknownHostError(f"the host {url.host} is not known to the name service") from None
    # A scope (`%eth0`) belongs to link-local addresses only, which are refused without it.
    return list(dict.fromkeys(str(answer[4][0]).partition("%")[0] for answer in answers))
