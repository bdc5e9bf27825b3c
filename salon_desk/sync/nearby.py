"""Finding a hub on the LAN, and being found: one service of multicast DNS, and what it says of a hub.

What is said here is a hint and no proof: whoever joins has a code, and the hub proves itself by it (`pinning.py`). A network
without multicast finds nobody and hinders nobody. `zeroconf` is loaded when somebody looks or is looked for.
"""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zeroconf import ServiceInfo, Zeroconf

SERVICE = "_salon-desk._tcp.local."
LOOK_FOR = 3.0
"""Seconds in which a hub that is there has answered."""
_MOST_TEXT = 60

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, order=True)
class Nearby:
    """A hub that answered: the store that it says it serves, its node, and where it is."""

    store: str
    node: str
    url: str


def look(seconds: float = LOOK_FOR, interfaces: Sequence[str] = ()) -> list[Nearby]:
    """The hubs that answer within so many seconds, by store. Blocks; not on the UI thread. Empty where there is no network."""
    from zeroconf import ServiceBrowser, ServiceStateChange

    found: dict[str, Nearby] = {}

    def changed(zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange) -> None:
        if state_change is ServiceStateChange.Removed:
            found.pop(name, None)
            return
        info = zeroconf.get_service_info(service_type, name, 1_000)
        if info is not None and (hub := read(info)) is not None:
            found[name] = hub

    try:
        with _opened(interfaces) as network:
            browser = ServiceBrowser(network, SERVICE, handlers=[changed])
            threading.Event().wait(seconds)
            browser.cancel()
    except OSError as error:
        _log.info("nobody can be looked for on this network: %s", error)
    return sorted(found.values())


@contextlib.contextmanager
def announced(hub: Nearby, interfaces: Sequence[str] = ()) -> Iterator[None]:
    """Answer those who look for a hub, as long as the block runs. It takes a moment to begin, which nobody waits for."""
    ending = threading.Event()

    def answer() -> None:
        try:
            with _opened(interfaces) as network:
                info = described(hub, _addresses(interfaces))
                network.register_service(info, allow_name_change=True)
                ending.wait()
                network.unregister_service(info)
        except Exception as error:
            # a hub that is not found is given by its address; whatever the network does must not end it
            _log.warning("this hub is not found on the network: %s", error)

    thread = threading.Thread(target=answer, name="nearby", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join(5.0)


def described(hub: Nearby, addresses: Sequence[str]) -> ServiceInfo:
    """What is told of a hub."""
    from zeroconf import ServiceInfo

    scheme, _, rest = hub.url.partition("://")
    short = f"hub-{hub.node[-12:]}"
    return ServiceInfo(
        SERVICE,
        f"{short}.{SERVICE}",
        addresses=[ipaddress.ip_address(one).packed for one in addresses],
        port=int(rest.rpartition(":")[2]),
        properties={"node": hub.node, "store": hub.store, "scheme": scheme},
        server=f"{short}.local.",
    )


def read(info: ServiceInfo) -> Nearby | None:
    """The hub that somebody tells of; None for what is no such thing."""
    said = {_text(name): _text(value) for name, value in _items(info.properties)}
    addresses = info.parsed_addresses()
    scheme = said.get("scheme", "")
    if not addresses or not info.port or scheme not in ("http", "https") or not said.get("node"):
        return None
    host = f"[{addresses[0]}]" if ":" in addresses[0] else addresses[0]
    return Nearby(said.get("store", ""), said["node"], f"{scheme}://{host}:{info.port}")


@contextlib.contextmanager
def _opened(interfaces: Sequence[str]) -> Iterator[Zeroconf]:
    from zeroconf import InterfaceChoice, IPVersion, Zeroconf

    network = Zeroconf(interfaces=list(interfaces) or InterfaceChoice.All, ip_version=IPVersion.V4Only)
    try:
        yield network
    finally:
        network.close()


def _addresses(interfaces: Sequence[str]) -> list[str]:
    """The addresses under which this machine is found: those that were said, else all but its own to itself."""
    if interfaces:
        return list(interfaces)
    import ifaddr

    found = [str(ip.ip) for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4]
    return [one for one in found if not ipaddress.ip_address(one).is_loopback] or found


def _items(properties: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
    return list(properties.items())


def _text(value: bytes | str | None) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value or ""
    return "".join(one for one in text if one.isprintable())[:_MOST_TEXT]
