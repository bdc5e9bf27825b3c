"""A printer on USB through python-escpos and pyusb, which are loaded when one is opened.

No other port lives here (see `transport`). The one rule to know: end points are read from the
device, because the library's defaults fit only some printers.
"""

from __future__ import annotations

import contextlib
from typing import Any

from salon_desk.devices.errors import PortProblem, PortTrouble
from salon_desk.devices.library import printer_module
from salon_desk.devices.url import UsbUrl

_PRINTER_CLASS = 7
_ENDPOINT_IN = 0x80
_PIECE = 4096


class UsbPrinter:
    """An opened USB printer. Thread: its port's."""

    def __init__(self, printer: Any) -> None:
        self._printer = printer

    def write(self, data: bytes, timeout_s: float) -> int:
        """Hand over at most 4 kB; how many bytes were taken. PortTrouble if the cable is out."""
        piece = data[:_PIECE]
        try:
            return int(self._printer.device.write(self._printer.out_ep, piece, int(timeout_s * 1000)))
        except OSError as error:
            if _timed_out(error):
                return 0
            raise PortTrouble(PortProblem.GONE) from None

    def read(self, timeout_s: float) -> bytes:
        """What came within the time; empty if nothing did."""
        try:
            return bytes(self._printer.device.read(self._printer.in_ep, 64, max(1, int(timeout_s * 1000))))
        except OSError as error:
            if _timed_out(error):
                return b""
            raise PortTrouble(PortProblem.GONE) from None

    def close(self) -> None:
        """Give the device back."""
        with contextlib.suppress(Exception):
            self._printer.close()


def _timed_out(error: OSError) -> bool:
    return type(error).__name__ == "USBTimeoutError"


def open_usb_printer(url: UsbUrl) -> UsbPrinter:
    """Open the printer with this vendor and product; PortTrouble NO_DRIVER without pyusb."""
    module = printer_module()
    if not module.Usb.is_usable():
        raise PortTrouble(PortProblem.NO_DRIVER)
    printer = module.Usb(url.vendor, url.product)
    try:
        printer.open()
        _choose_endpoints(printer)
    except Exception as error:
        text = str(error).lower()
        denied = "access" in text or "permission" in text
        raise PortTrouble(PortProblem.NOT_PERMITTED if denied else PortProblem.NOT_FOUND) from None
    return UsbPrinter(printer)


def _choose_endpoints(printer: Any) -> None:
    for interface in printer.device.get_active_configuration():
        if interface.bInterfaceClass == _PRINTER_CLASS:
            for endpoint in interface:
                address = int(endpoint.bEndpointAddress)
                if address & _ENDPOINT_IN:
                    printer.in_ep = address
                else:
                    printer.out_ep = address
            return
