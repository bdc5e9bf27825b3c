"""A USB printer through python-escpos, with a device that is not there: end points, time outs, a pulled cable."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from salon_desk.devices import usb_printer
from salon_desk.devices.errors import PortProblem, PortTrouble
from salon_desk.devices.transport import open_transport
from salon_desk.devices.url import UsbUrl


class USBTimeoutError(OSError):
    """Named as pyusb names it."""


class Device:
    """A printer of the printer class with its end points at unusual addresses."""

    def __init__(self) -> None:
        self.said: list[tuple[int, bytes]] = []
        self.error: OSError | None = None

    def get_active_configuration(self) -> list[object]:
        class Interface(list[object]):
            bInterfaceClass = 7  # noqa: N815 (pyusb's name)

        ends = [SimpleNamespace(bEndpointAddress=address) for address in (0x03, 0x84)]
        return [Interface(ends)]

    def write(self, end: int, data: bytes, timeout: int) -> int:
        if self.error:
            raise self.error
        self.said.append((end, data))
        return len(data)

    def read(self, end: int, size: int, timeout: int) -> bytes:
        if self.error:
            raise self.error
        return bytes((0x12, end))


class Usb:
    """python-escpos' class, as far as we use it."""

    in_ep, out_ep = 0x82, 0x01
    fails: Exception | None = None

    def __init__(self, vendor: int, product: int) -> None:
        self.device = Device()

    @staticmethod
    def is_usable() -> bool:
        return True

    def open(self) -> None:
        if self.fails:
            raise self.fails

    def close(self) -> None:
        raise OSError("already gone")


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> type[Usb]:
    fresh = type("Usb", (Usb,), {})
    monkeypatch.setattr(usb_printer, "printer_module", lambda: SimpleNamespace(Usb=fresh))
    return fresh


def test_end_points_are_those_of_the_device(library: type[Usb]) -> None:
    line = open_transport(UsbUrl(0x04B8, 0x0202))
    assert line.write(b"x" * 5000, 1.0) == 4096
    assert line.read(1.0) == b"\x12\x84"
    line.close()


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("not found or cable not plugged in", PortProblem.NOT_FOUND),
        ("[Errno 13] Access denied", PortProblem.NOT_PERMITTED),
    ],
)
def test_why_it_cannot_be_opened_is_told(library: type[Usb], said: str, problem: PortProblem) -> None:
    library.fails = RuntimeError(said)
    with pytest.raises(PortTrouble) as trouble:
        open_transport(UsbUrl(1, 2))
    assert trouble.value.problem is problem


def test_a_time_out_takes_nothing_and_a_pulled_cable_is_trouble(library: type[Usb]) -> None:
    printer = usb_printer.open_usb_printer(UsbUrl(1, 2))
    device = printer._printer.device
    device.error = USBTimeoutError()
    assert (printer.write(b"x", 0.1), printer.read(0.1)) == (0, b"")
    device.error = OSError(19, "No such device")
    for use in (lambda: printer.write(b"x", 0.1), lambda: printer.read(0.1)):
        with pytest.raises(PortTrouble):
            use()
    printer.close()
