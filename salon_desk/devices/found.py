"""Finding what is plugged in: serial ports, USB printers, NFC readers, the system's print queues, and printers and terminals
on the network.

Nothing that is found is opened, and nothing is chosen. The rules to know: the network is asked only on request, only the
machine's own private /24 and two ports of it; a source that fails leaves the others alone.
"""

from __future__ import annotations

import importlib
import ipaddress
import logging
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from salon_desk.devices.card_layer import SystemCards
from salon_desk.devices.errors import PortTrouble
from salon_desk.devices.knocking import knock
from salon_desk.devices.nfc_reader import SCHEME
from salon_desk.devices.system_queue import system_queues
from salon_desk.devices.url import PRINTER_PORT, QueueUrl, SerialUrl, TcpUrl, UsbUrl

TERMINAL_PORT = 10009
"""Where a card terminal of the PAX kind listens."""

_BY_ID = Path("/dev/serial/by-id")
_PRINTER_CLASS = 7
_NOWHERE = ("192.0.2.1", 9)
"""An address for documents (RFC 5737): asking which of ours would lead there sends nothing."""

_log = logging.getLogger(__name__)


class FoundKind(StrEnum):
    """How it is connected."""

    SERIAL = "serial"
    USB = "usb"
    NETWORK = "network"
    TERMINAL = "terminal"
    QUEUE = "queue"
    NFC = "nfc"


@dataclass(frozen=True, slots=True)
class Found:
    """Something that could be used: its URL, how it is connected, and what it calls itself (empty: it says nothing)."""

    url: str
    kind: FoundKind
    title: str = ""


@dataclass(frozen=True, slots=True)
class FindProgress:
    """What was found so far; `done` of `whole` addresses of the network were asked; `over`: nothing more comes."""

    found: tuple[Found, ...] = ()
    done: int = 0
    whole: int = 0
    over: bool = False


Source = Callable[[], tuple[Found, ...]]


class Finding:
    """One search on a thread of its own. `on_progress` is called on it: whoever listens hops."""

    def __init__(
        self,
        on_progress: Callable[[FindProgress], None],
        *,
        sources: Sequence[Source] | None = None,
        hosts: Sequence[str] = (),
        ports: Sequence[int] = (PRINTER_PORT, TERMINAL_PORT),
    ) -> None:
        """`hosts`: what is asked on the network, see `own_network`."""
        self._on_progress = on_progress
        self._sources = plugged_in() if sources is None else tuple(sources)
        self._hosts, self._ports = tuple(hosts), tuple(ports)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="finding devices", daemon=True)

    def start(self) -> None:
        """Begin. Once."""
        self._thread.start()

    def cancel(self) -> None:
        """Give up; what was found stays found. Any thread; never blocks."""
        self._stop.set()

    def wait(self, timeout_s: float = 5.0) -> bool:
        """Whether it came to its end by then. Any thread but its own."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        found: list[Found] = []
        whole = len(self._hosts) * len(self._ports)
        for source in self._sources:
            if not self._stop.is_set():
                found.extend(_taken(source))
        self._on_progress(FindProgress(tuple(found), 0, whole))

        def progress(open_ports: Sequence[tuple[str, int]], done: int) -> None:
            found.extend(_on_network(host, port) for host, port in open_ports)
            self._on_progress(FindProgress(tuple(found), done, whole))

        knock(self._hosts, self._ports, stop=self._stop, progress=progress)
        self._on_progress(FindProgress(tuple(found), whole, whole, over=True))


def plugged_in() -> tuple[Source, ...]:
    """Every source that asks this machine only."""
    return serial_ports, usb_printers, nfc_readers, print_queues


def serial_ports() -> tuple[Found, ...]:
    """The serial ports, by names that outlast unplugging where the system has them."""
    from serial.tools import list_ports

    lasting = _lasting_names(_BY_ID)
    return tuple(
        Found(str(SerialUrl(lasting.get(one.device, one.device))), FoundKind.SERIAL, _title(one))
        for one in sorted(list_ports.comports(), key=lambda one: str(one.device))
    )


def _lasting_names(folder: Path) -> dict[str, str]:
    """Device nodes with the names that the system makes from what a device calls itself."""
    try:
        return {str(link.resolve()): str(link) for link in sorted(folder.iterdir())}
    except OSError:
        return {}


def _title(port: Any) -> str:
    """What a serial port calls itself; "n/a" is nothing."""
    known = (port.manufacturer, port.product)
    said = " ".join(str(one) for one in known if one)
    description = str(port.description or "")
    return said or ("" if description in ("n/a", str(port.device), str(port.name)) else description)


def usb_printers() -> tuple[Found, ...]:
    """Devices of the printer class on USB; none without pyusb or its library."""
    usb = importlib.import_module("usb.core")
    return tuple(
        Found(str(UsbUrl(int(one.idVendor), int(one.idProduct))), FoundKind.USB, _usb_title(one))
        for one in usb.find(find_all=True)
        if _prints(one)
    )


def _prints(device: Any) -> bool:
    return any(
        interface.bInterfaceClass == _PRINTER_CLASS for configuration in device for interface in configuration
    )


def _usb_title(device: Any) -> str:
    """What it calls itself; reading that may need a right that the till has not."""
    try:
        return " ".join(str(one) for one in (device.manufacturer, device.product) if one)
    except Exception:
        return ""


def nfc_readers() -> tuple[Found, ...]:
    """The NFC readers that the system knows; none without pyscard."""
    return tuple(Found(f"{SCHEME}{name}", FoundKind.NFC, name) for name in SystemCards().readers())


def print_queues() -> tuple[Found, ...]:
    """The system's print queues."""
    return tuple(Found(str(QueueUrl(name)), FoundKind.QUEUE, name) for name in system_queues())


def own_network() -> tuple[str, ...]:
    """The other addresses of this machine's own private /24; none when it has no such address. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(_NOWHERE)
            own = ipaddress.ip_address(str(asked.getsockname()[0]))
        except OSError:
            return ()
    if not own.is_private or own.is_loopback or own.is_link_local:
        return ()
    network = ipaddress.ip_network(f"{own}/24", strict=False)
    return tuple(str(one) for one in network.hosts() if one != own)


def _on_network(host: str, port: int) -> Found:
    kind = FoundKind.TERMINAL if port == TERMINAL_PORT else FoundKind.NETWORK
    return Found(str(TcpUrl(host, port)), kind)


def _taken(source: Source) -> tuple[Found, ...]:
    """What a source gives; a library that is missing or in trouble gives nothing."""
    try:
        return source()
    except (PortTrouble, ImportError):
        return ()
    except Exception as error:
        _log.info("a source of devices failed: %s", type(error).__name__)
        return ()
