"""Which hosts may be asked: by address, however they are spelt."""

from ipaddress import ip_address

import pytest

from pipelines.sources.web.addresses import ForbiddenError, UnknownHostError, allowed, is_public, vet
from pipelines.sources.web.urls import UrlError, parse

NOTHING = allowed([])


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.8.8.8", "169.254.169.254", "172.16.0.1", "192.0.0.8",
        "168.63.129.16",
        "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.1.1.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1", "fc00::1",
        "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450::1", "64:ff9b::808:808", "::ffff:8.8.8.8"],
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "localhost.", "LOCALHOST", "127.0.0.1", "127.1", "0177.0.0.1", "0x7f.0.0.1", "2130706433", "0",
        "[::1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "①②⑦.0.0.1", "127。0。0。1",
    ],
)  # fmt: skip
def test_no_spelling_gets_round_the_guard(host: str) -> None:
    with pytest.raises((ForbiddenError, UrlError)):
        vet(parse(f"http://{host}/"), NOTHING)


def test_what_is_allowed_by_name_or_network_is_reached_and_nothing_else() -> None:
    assert vet(parse("http://localhost/"), allowed(["localhost"]))
    assert vet(parse("http://127.0.0.1/"), allowed(["127.0.0.0/8"])) == ["127.0.0.1"]
    assert vet(parse("http://[::ffff:127.0.0.1]/"), allowed(["127.0.0.1"]))
    with pytest.raises(ForbiddenError, match=r"allow_private"):
        vet(parse("http://127.0.0.2/"), allowed(["127.0.0.1", "localhost"]))


def test_a_port_is_allowed_where_it_is_named() -> None:
    for entries in (["127.0.0.1"], ["127.0.0.1:8081"]):
        with pytest.raises(ForbiddenError, match=r"at port 8080 of 127\.0\.0\.1"):
            vet(parse("http://127.0.0.1:8080/"), allowed(entries))
    assert vet(parse("http://127.0.0.1:8080/"), allowed(["127.0.0.1:8080"]))
    assert vet(parse("http://[::1]:8080/"), allowed(["[::1]:8080"]))
    source = parse("http://127.0.0.1:8080/feed")
    assert vet(source, allowed(["127.0.0.1"]).but_also(source)), "a source's own address names its port"


@pytest.mark.parametrize("entry", ["", "a b", "http://x/", "10.0.0.0/99", "*"])
def test_an_entry_that_allows_nothing_is_told(entry: str) -> None:
    with pytest.raises(ValueError, match="no host, address or network"):
        allowed([entry])


def test_a_host_that_is_not_known() -> None:
    with pytest.raises(UnknownHostError):
        vet(parse("http://nowhere.invalid/"), NOTHING)
