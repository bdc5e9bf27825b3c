"""What screens may know and ask of the devices: frozen values, and a Protocol that bootstrap fulfils.

No device lives here and none is imported: `ui` knows no port. `status` is the last that was heard and never waits;
what says "database worker" goes through the presenter's tasks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class PrinterCondition(StrEnum):
    """How the receipt printer is. NONE: this till has none."""

    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    UNKNOWN = "unknown"
    NONE = "none"


class PrinterTrouble(StrEnum):
    """Why a printer that is off line cannot be reached; NONE where nothing is known."""

    NONE = ""
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    NOT_PERMITTED = "not_permitted"
    BUSY = "busy"
    GONE = "gone"
    STUCK = "stuck"
    DISK_FULL = "disk_full"
    NO_DRIVER = "no_driver"


class ReaderCondition(StrEnum):
    """How the reader on a port is. KEYBOARD: only one that types, which cannot tell whether it is there."""

    READY = "ready"
    OFFLINE = "offline"
    KEYBOARD = "keyboard"


class ScanResult(StrEnum):
    """What the last scan was."""

    BARCODE = "barcode"
    MAGNETIC = "magnetic"
    MEMBER_CODE = "member_code"
    PAYMENT_CARD = "payment_card"
    UNREADABLE = "unreadable"


class PaperWidth(StrEnum):
    """The two rolls there are."""

    MM_58 = "58"
    MM_80 = "80"


@dataclass(frozen=True, slots=True)
class LastScan:
    """The last scan; `shown` is what may stand on a screen (a tail, never a payment card's digits)."""

    number: int
    result: ScanResult
    shown: str = ""


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """Everything that was heard last. `printer_name` and `reader_name` name the device, such as its address;
    `printer_trouble` says which cable or setting, where a printer is off line."""

    printer: PrinterCondition = PrinterCondition.NONE
    printer_name: str = ""
    paper: PaperWidth = PaperWidth.MM_80
    reader: ReaderCondition = ReaderCondition.KEYBOARD
    reader_name: str = ""
    last_scan: LastScan | None = None
    printer_trouble: PrinterTrouble = PrinterTrouble.NONE


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """The print queue: what waits, what is at the printer, what went wrong last (a code, empty for nothing)."""

    waiting: int = 0
    at_printer: int = 0
    problem: str = ""


class DeviceDesk(Protocol):
    """The devices as the window sees them."""

    def status(self) -> DeviceStatus:
        """The last that was heard. UI thread; never waits."""
        ...

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` on the UI thread after each change of `status`."""
        ...

    def queue(self) -> QueueCounts:
        """How the print queue stands. Database worker."""
        ...

    def retry(self) -> None:
        """Put failed papers back into the queue and go on. Database worker."""
        ...

    def print_test(self, language: str) -> None:
        """Queue the printer's test page. Database worker."""
        ...

    def use_paper(self, paper: PaperWidth) -> None:
        """Print on this width from now on. Database worker."""
        ...
