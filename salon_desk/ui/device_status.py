"""What screens may know and ask of the devices: frozen values, and a Protocol that bootstrap fulfils.

No device lives here and none is imported: `ui` knows no port. `status` is the last that was heard and never waits;
what says "database worker" goes through the presenter's tasks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from salon_desk.documents.layout import Way
from salon_desk.services.device_settings import NO_DEVICE, ChosenDevice, Role
from salon_desk.services.device_state import NO_DEVICE_STATE, NOTHING_COUNTED, Counts, DeviceState


class ScanResult(StrEnum):
    """What the last scan was."""

    BARCODE = "barcode"
    MAGNETIC = "magnetic"
    MEMBER_CODE = "member_code"
    NFC = "nfc"
    PAYMENT_CARD = "payment_card"
    UNREADABLE = "unreadable"


class PaperWidth(StrEnum):
    """The two rolls there are."""

    MM_58 = "58"
    MM_80 = "80"


class DrawerCondition(StrEnum):
    """How the drawer is, as far as its printer tells. LEFT_OPEN: for longer than a payment takes."""

    UNKNOWN = "unknown"
    SHUT = "shut"
    OPEN = "open"
    LEFT_OPEN = "left_open"


class Connection(StrEnum):
    """How something that was found is connected."""

    SERIAL = "serial"
    USB = "usb"
    NETWORK = "network"
    TERMINAL = "terminal"
    QUEUE = "queue"
    NFC = "nfc"


class TrialState(StrEnum):
    """How the test of a device stands."""

    RUNNING = "running"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class LastScan:
    """The last scan; `shown` is what may stand on a screen (a tail, never a payment card's digits)."""

    number: int
    result: ScanResult
    shown: str = ""


@dataclass(frozen=True, slots=True)
class RoleStatus:
    """One role: the device that was chosen for it, how it is, what it counted."""

    chosen: ChosenDevice = NO_DEVICE
    state: DeviceState = NO_DEVICE_STATE
    counts: Counts = NOTHING_COUNTED


@dataclass(frozen=True, slots=True)
class FoundDevice:
    """Something that is plugged in or answers on the network; an empty title is one that says nothing of itself."""

    url: str
    connection: Connection
    title: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """A search for devices: what it found, how many addresses of the network it asked, whether it still runs."""

    found: tuple[FoundDevice, ...] = ()
    done: int = 0
    whole: int = 0
    running: bool = False


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """Everything that was heard last. `paper` is that of the receipt printer; `trials` are the tests of this screen."""

    roles: Mapping[Role, RoleStatus] = field(default_factory=dict)
    paper: PaperWidth = PaperWidth.MM_80
    drawer: DrawerCondition = DrawerCondition.UNKNOWN
    last_scan: LastScan | None = None
    search: Search = Search()
    trials: Mapping[Role, TrialState] = field(default_factory=dict)

    def of(self, role: Role) -> RoleStatus:
        """A role's device; one without is in the condition NONE."""
        return self.roles.get(role, RoleStatus())


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """The print queue: what waits, what is at the printer, what went wrong last (a code, empty for nothing)."""

    waiting: int = 0
    at_printer: int = 0
    problem: str = ""


def real_name(chosen: ChosenDevice) -> str:
    """What a device is called in what is recorded of it; empty for none and for one of practice."""
    return "" if chosen.url.startswith("emulated:") else chosen.name or chosen.url


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
        """Put what failed back into the queue. Database worker."""
        ...

    def print_test(self, language: str) -> None:
        """Queue the printer's test page. Database worker."""
        ...

    def print_self_test(self, language: str) -> None:
        """Queue the page by which the printer shows what it can. Database worker."""
        ...

    def profile_of(self, right: frozenset[Way], paper: PaperWidth) -> str | None:
        """The profile for a receipt printer whose self-test looked right in these ways; None where none fits. UI thread."""
        ...

    def use_paper(self, paper: PaperWidth) -> None:
        """Print on this width from now on and remember it. Database worker. Raises UnknownPrinterProfile."""
        ...

    def use(self, role: Role, device: ChosenDevice) -> None:
        """Use this device for a role from now on, `NO_DEVICE` for none, and remember it.

        Database worker. Raises BadDeviceUrl, UnknownPrinterProfile, as the address or driver is wrong.
        """
        ...

    def find(self, *, network: bool) -> None:
        """Look for devices; `network`: also on the own network. What is found comes in `status`. UI thread; never waits."""
        ...

    def stop_finding(self) -> None:
        """Give up looking; what was found stays. UI thread."""
        ...

    def try_out(self, role: Role, language: str) -> None:
        """Test the device of a role that has a test of its own: labels, display, terminal. UI thread; never waits.

        How it went comes in `status.trials`.
        """
        ...
