"""A hub is found on the network of this very machine, by what it says of itself; what is no hub is nobody."""

from __future__ import annotations

import socket
import threading

import pytest

from salon_desk.sync.nearby import Nearby, announced, described, look, read

LOOPBACK = "127.0.0.1"
HUB = Nearby("S1", "0192-node", "https://127.0.0.1:8081")


@pytest.fixture
def multicast() -> None:
    """A machine whose loopback carries multicast; others have no network to be found on."""
    group, told = "224.0.0.251", b"is anybody here?"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(LOOPBACK))
        one.bind(("", 0))
        member = socket.inet_aton(group) + socket.inet_aton(LOOPBACK)
        try:
            one.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
            one.settimeout(1.0)
            one.sendto(told, (group, one.getsockname()[1]))
            assert one.recv(100) == told
        except OSError:
            pytest.skip("no multicast on this machine's loopback")


def test_a_hub_that_is_announced_is_found(multicast: None) -> None:
    found: list[Nearby] = []
    came = threading.Event()
    with announced(HUB, [LOOPBACK]):
        for _look in range(5):
            found = look(1.0, [LOOPBACK])
            if HUB in found:
                came.set()
                break
    assert came.is_set(), found


def test_what_is_told_of_a_hub_is_read_as_it_was_meant() -> None:
    assert read(described(HUB, [LOOPBACK])) == HUB


@pytest.mark.parametrize("url", ["ftp://127.0.0.1:21", "file://x:1"])
def test_what_is_no_hub_is_nobody(url: str) -> None:
    assert read(described(Nearby("S1", "node", url), [LOOPBACK])) is None
    assert read(described(Nearby("S1", "", HUB.url), [LOOPBACK])) is None
    assert read(described(HUB, [])) is None
