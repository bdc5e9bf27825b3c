"""Finding devices: lasting names, only what prints, only the own network, and a source that fails spoils nothing."""

from __future__ import annotations

import queue
import socket
import sys
import threading
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from serial.tools import list_ports

from salon_desk.devices import found
from salon_desk.devices.errors import PortProblem, PortTrouble
from salon_desk.devices.found import Finding, FindProgress, Found, FoundKind, own_network
from salon_desk.devices.knocking import knock

_WAIT_S = 20.0
LOOPBACK = "127.0.0.1"


def _closed_port() -> int:
    with socket.create_server((LOOPBACK, 0)) as server:
        return int(server.getsockname()[1])


def _search(*sources: found.Source, hosts: tuple[str, ...] = (), ports: tuple[int, ...] = ()) -> FindProgress:
    told: queue.SimpleQueue[FindProgress] = queue.SimpleQueue()
    search = Finding(told.put, sources=sources, hosts=hosts, ports=ports)
    search.start()
    while not (last := told.get(timeout=_WAIT_S)).over:
        pass
    assert search.wait()
    return last


def test_a_door_that_is_open_is_found_and_one_that_is_shut_is_not() -> None:
    with socket.create_server((LOOPBACK, 0)) as server:
        open_port = int(server.getsockname()[1])
        last = _search(hosts=(LOOPBACK,), ports=(open_port, _closed_port()))
    assert last.found == (Found(f"tcp://{LOOPBACK}:{open_port}", FoundKind.NETWORK),)
    assert (last.done, last.whole) == (2, 2)


def test_a_search_that_is_stopped_knocks_at_no_further_door() -> None:
    stop = threading.Event()
    seen: list[int] = []

    def progress(_opened: object, done: int) -> None:
        seen.append(done)
        stop.set()

    knock((LOOPBACK,), (_closed_port(), _closed_port()), stop=stop, progress=progress, at_a_time=1)
    assert seen == [1]


def test_a_search_that_is_cancelled_still_says_that_it_is_over() -> None:
    told: queue.SimpleQueue[FindProgress] = queue.SimpleQueue()
    search = Finding(told.put, sources=(), hosts=(LOOPBACK,), ports=(_closed_port(),))
    search.cancel()
    search.start()
    assert search.wait(_WAIT_S)
    assert told.get(timeout=_WAIT_S).found == ()
    assert told.get(timeout=_WAIT_S).over


def test_a_source_that_fails_leaves_the_others_alone() -> None:
    printer = Found("usb:04b8:0202", FoundKind.USB, "EPSON TM-T20")

    def no_driver() -> tuple[Found, ...]:
        raise PortTrouble(PortProblem.NO_DRIVER)

    def broken() -> tuple[Found, ...]:
        raise ValueError("no backend")

    assert _search(no_driver, broken, lambda: (printer,)).found == (printer,)


def test_a_serial_port_is_named_so_that_it_is_found_again_after_unplugging(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    node = tmp_path / "ttyUSB0"
    node.touch()
    (tmp_path / "by-id").mkdir()
    lasting = tmp_path / "by-id" / "usb-Honeywell_1900"
    lasting.symlink_to(node)
    plain = {"manufacturer": None, "product": None, "description": "n/a"}
    ports = [
        SimpleNamespace(
            device=str(node), name="ttyUSB0", manufacturer="Honeywell", product="1900", description="1900"
        ),
        SimpleNamespace(device="/dev/ttyS0", name="ttyS0", **plain),
        SimpleNamespace(device="COM3", name="COM3", **{**plain, "description": "Barcode Scanner (COM3)"}),
    ]
    monkeypatch.setattr(found, "_BY_ID", tmp_path / "by-id")
    monkeypatch.setattr(list_ports, "comports", lambda: ports)
    assert {(one.url, one.title) for one in found.serial_ports()} == {
        (f"serial:{lasting}?baud=9600", "Honeywell 1900"),
        ("serial:/dev/ttyS0?baud=9600", ""),
        ("serial:COM3?baud=9600", "Barcode Scanner (COM3)"),
    }


def test_on_usb_only_what_prints_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Device(list[list[SimpleNamespace]]):
        """Configurations with their interfaces."""

        manufacturer = "EPSON"

        def __init__(self, interface: SimpleNamespace, product: int) -> None:
            super().__init__([[interface]])
            self.__dict__.update(idVendor=0x04B8, idProduct=product)

        @property
        def product(self) -> str:
            if self.__dict__["idProduct"] == 0x0203:
                raise OSError("access denied")
            return "TM-T20"

    prints, keys = SimpleNamespace(bInterfaceClass=7), SimpleNamespace(bInterfaceClass=3)
    core = ModuleType("usb.core")
    devices = [Device(prints, 0x0202), Device(keys, 0x0001), Device(prints, 0x0203)]
    monkeypatch.setattr(core, "find", lambda **_how: devices, raising=False)
    monkeypatch.setitem(sys.modules, "usb", ModuleType("usb"))
    monkeypatch.setitem(sys.modules, "usb.core", core)
    assert found.usb_printers() == (
        Found("usb:04b8:0202", FoundKind.USB, "EPSON TM-T20"),
        Found("usb:04b8:0203", FoundKind.USB, ""),
    )


def test_the_systems_queues_are_found_by_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "system_queues", lambda: ("Front desk",))
    assert found.print_queues() == (Found("queue:Front desk", FoundKind.QUEUE, "Front desk"),)


@pytest.mark.parametrize(
    ("address", "how_many"), [("192.168.1.20", 253), ("8.8.8.8", 0), ("127.0.0.1", 0), ("169.254.3.4", 0)]
)
def test_only_the_own_private_network_is_ever_asked(
    monkeypatch: pytest.MonkeyPatch, address: str, how_many: int
) -> None:
    class Asked:
        """A socket that leads out from a given address."""

        def __init__(self, *_how: object) -> None:
            pass

        def __enter__(self) -> Asked:
            return self

        def __exit__(self, *_how: object) -> None:
            pass

        def connect(self, _where: object) -> None:
            pass

        def getsockname(self) -> tuple[str, int]:
            return address, 0

    monkeypatch.setattr(socket, "socket", Asked)
    hosts = own_network()
    assert len(hosts) == how_many
    assert address not in hosts
    assert all(host.startswith("192.168.1.") for host in hosts)
