"""What goes wrong with devices: refusals of what was typed, and trouble on a port.

No sentence lives here. `BadDeviceUrl` and its like are refusals (a person mistyped); `PortTrouble`
stays inside this room: a port thread catches it and reports a state.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from salon_desk.domain.errors import DomainError


class UrlProblem(StrEnum):
    """What is wrong with a device's URL."""

    UNKNOWN_SCHEME = "unknown_scheme"
    NO_HOST = "no_host"
    BAD_PORT = "bad_port"
    NO_PATH = "no_path"
    BAD_USB_ID = "bad_usb_id"
    BAD_OPTION = "bad_option"


@dataclass
class BadDeviceUrl(DomainError):
    """A device's URL that cannot be understood."""

    url: str
    problem: UrlProblem


@dataclass
class UnknownPrinterProfile(DomainError):
    """No printer profile of this name comes with the product."""

    name: str


@dataclass
class UnknownTerminalDriver(DomainError):
    """No driver for card terminals of this name comes with the product."""

    name: str


@dataclass
class DeviceInUse(DomainError):
    """The card terminal waits for a card: it cannot be taken away now."""


class PortProblem(StrEnum):
    """Why a port cannot be used; the screen says which cable."""

    NOT_FOUND = "not_found"
    REFUSED = "refused"
    NOT_PERMITTED = "not_permitted"
    BUSY = "busy"
    GONE = "gone"
    STUCK = "stuck"
    DISK_FULL = "disk_full"
    NO_DRIVER = "no_driver"


class PortTrouble(Exception):
    """A port could not be opened or broke while it was used. Never leaves a port's thread."""

    def __init__(self, problem: PortProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem
