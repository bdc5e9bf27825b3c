"""The printer's condition in words, with what to do about it; no Qt, and no printer is asked here.

Every condition says that papers wait and none is lost, because that is what people fear first.
"""

from __future__ import annotations

from typing import assert_never

from salon_desk.i18n import Catalogue
from salon_desk.ui.device_status import DeviceStatus, PrinterCondition, PrinterTrouble
from salon_desk.ui.theme.tokens import Tone


def condition(status: DeviceStatus, words: Catalogue) -> tuple[str, Tone]:
    """How the printer is, in a few words."""
    match status.printer:
        case PrinterCondition.READY:
            return words.text("Ready to print"), Tone.GOOD
        case PrinterCondition.PAPER_LOW:
            return words.text("Little paper left"), Tone.AMBER
        case PrinterCondition.PAPER_OUT:
            return words.text("Out of paper"), Tone.DANGER
        case PrinterCondition.COVER_OPEN:
            return words.text("The cover is open"), Tone.DANGER
        case PrinterCondition.OFFLINE:
            return words.text("Cannot be reached"), Tone.DANGER
        case PrinterCondition.UNKNOWN:
            return words.text("No answer yet"), Tone.AMBER
        case PrinterCondition.NONE:
            return words.text("No printer is set up"), Tone.AMBER
        case _:
            assert_never(status.printer)


def what_to_do(status: DeviceStatus, words: Catalogue) -> str:
    """What a person does now."""
    match status.printer:
        case PrinterCondition.READY:
            return words.text("Receipts print by themselves after each payment.")
        case PrinterCondition.PAPER_LOW:
            return words.text("Have a new roll at hand. It still prints.")
        case PrinterCondition.PAPER_OUT:
            return words.text(
                "Put a new roll in, printed side up, and close the cover. What waits prints by itself then."
            )
        case PrinterCondition.COVER_OPEN:
            return words.text("Press the cover shut until it clicks. What waits prints by itself then.")
        case PrinterCondition.OFFLINE:
            return _cable(status, words)
        case PrinterCondition.UNKNOWN:
            return words.text("Some printers do not say how they are. Print a test page and look.")
        case PrinterCondition.NONE:
            return words.text("Payments work without one. Papers are kept and print once a printer is there.")
        case _:
            assert_never(status.printer)


def name(status: DeviceStatus, words: Catalogue) -> str:
    """Which printer it is."""
    if status.printer_name == "emulated":
        return words.text("Practice printer inside this program")
    return status.printer_name


def _cable(status: DeviceStatus, words: Catalogue) -> str:
    """Which cable or setting it is, by what is known of the trouble and by the printer's address."""
    match status.printer_trouble:
        case PrinterTrouble.REFUSED:
            return words.text(
                "It is there but takes no papers. Switch it off, wait five seconds, switch it on."
            )
        case PrinterTrouble.NOT_PERMITTED:
            return words.text("This computer does not let the till use the port. Ask who looks after it.")
        case PrinterTrouble.BUSY:
            return words.text("Another program holds the printer. Close it, or restart this computer.")
        case PrinterTrouble.STUCK:
            return words.text("It takes nothing more. Look for jammed paper, then switch it off and on.")
        case PrinterTrouble.DISK_FULL:
            return words.text("The disk of this computer is full. Make room; what waits prints then.")
        case PrinterTrouble.NO_DRIVER:
            return words.text("A part of the program for this printer is missing. Ask who looks after it.")
        case PrinterTrouble.NONE | PrinterTrouble.NOT_FOUND | PrinterTrouble.GONE:
            return _by_address(status.printer_name, words)
        case _:
            assert_never(status.printer_trouble)


def _by_address(address: str, words: Catalogue) -> str:
    scheme = address.split(":", 1)[0]
    match scheme:
        case "tcp":
            return words.text(
                "Is it switched on? Then check the network cable at the printer and at the box it leads to."
            )
        case "serial":
            return words.text(
                "Is it switched on? Then check the serial cable between the printer and this computer."
            )
        case "usb" | "file":
            return words.text(
                "Is it switched on? Then check the USB cable between the printer and this computer."
            )
        case _:
            return words.text(
                "Is it switched on? Then check the cable between the printer and this computer."
            )
