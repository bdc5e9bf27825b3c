"""How a device at the counter is and what it has done: values that devices tell and screens show.

No device and no sentence lives here. The one rule to know: silence is UNKNOWN, never READY.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Condition(StrEnum):
    """How a device is. NONE: this till has none. ATTENTION: it is there, and a person must do something."""

    NONE = "none"
    READY = "ready"
    ATTENTION = "attention"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a device is off line or needs attention; NONE where nothing more is known."""

    NONE = ""
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    NOT_PERMITTED = "not_permitted"
    BUSY = "busy"
    GONE = "gone"
    STUCK = "stuck"
    DISK_FULL = "disk_full"
    NO_DRIVER = "no_driver"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    DRAWER_OPEN = "drawer_open"
    NO_READER = "no_reader"
    NO_SERVICE = "no_service"
    GARBLED = "garbled"


@dataclass(frozen=True, slots=True)
class DeviceState:
    """What was heard last of a device."""

    condition: Condition = Condition.UNKNOWN
    reason: Reason = Reason.NONE


NO_DEVICE_STATE = DeviceState(Condition.NONE)
READY = DeviceState(Condition.READY)


@dataclass(frozen=True, slots=True)
class Counts:
    """Since the till started: jobs that were done, tries that had to be made again, troubles that began."""

    jobs: int = 0
    retries: int = 0
    errors: int = 0


NOTHING_COUNTED = Counts()
