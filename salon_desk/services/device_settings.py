"""Which devices this machine uses: for each role a URL, a driver and a name, kept as local settings.

No port is opened here. These are no facts of the shop: another machine has its own, and losing them loses a minute.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from salon_desk.domain.access import Permission
from salon_desk.services.till import Actor, Till
from salon_desk.storage import local
from salon_desk.storage.engine import Transaction

DEFAULT_PROFILE = "generic-80mm"


class Role(StrEnum):
    """What a device is for at this till; each role has one device or none."""

    PRINTER = "printer"
    LABELS = "labels"
    READER = "reader"
    NFC = "nfc"
    DISPLAY = "display"
    GUEST_SCREEN = "guest_screen"
    TERMINAL = "terminal"


@dataclass(frozen=True, slots=True)
class ChosenDevice:
    """A device's URL, the driver (a printer's profile, a display's or a terminal's protocol) and the name people gave it."""

    url: str = ""
    driver: str = ""
    name: str = ""

    @property
    def profile(self) -> str:
        """A printer's, the usual one where nobody chose any."""
        return self.driver or DEFAULT_PROFILE


NO_DEVICE = ChosenDevice()


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """The device of each role that has one; one without a URL is none, whatever else is kept of it."""

    devices: tuple[tuple[Role, ChosenDevice], ...] = ()

    @classmethod
    def printing(cls, url: str) -> Self:
        """A receipt printer of the usual kind, and nothing else."""
        return cls().using(Role.PRINTER, ChosenDevice(url))

    def of(self, role: Role) -> ChosenDevice:
        """The device of a role, `NO_DEVICE` for none."""
        return dict(self.devices).get(role, NO_DEVICE)

    def using(self, role: Role, device: ChosenDevice) -> Self:
        """The same with another device for a role."""
        by_role = {**dict(self.devices), role: device}
        kept = ((one, by_role[one]) for one in Role if by_role.get(one, NO_DEVICE) != NO_DEVICE)
        return replace(self, devices=tuple(kept))


def chosen(till: Till) -> DeviceChoice:
    """What this machine was told to use. Database worker."""
    with till.read() as transaction:
        choice = DeviceChoice()
        for role in Role:
            choice = choice.using(role, _kept(transaction, role))
        return choice


def choose(till: Till, actor: Actor | None, choice: DeviceChoice) -> None:
    """Use these devices from the next start on. Database worker. Raises PermissionNeeded; no actor for a first set-up."""
    if actor is not None:
        actor.require(Permission.DEVICES)
    with till.store.local() as transaction:
        for role in Role:
            kept = choice.of(role)
            for name, value in (
                (_url(role), kept.url),
                (_driver(role), kept.driver),
                (_name(role), kept.name),
            ):
                local.put_setting(transaction, name, value)


def _kept(transaction: Transaction, role: Role) -> ChosenDevice:
    return ChosenDevice(
        *(local.setting(transaction, name) for name in (_url(role), _driver(role), _name(role)))
    )


def _url(role: Role) -> str:
    return role.value


def _driver(role: Role) -> str:
    return "printer_profile" if role is Role.PRINTER else f"{role.value}_driver"


def _name(role: Role) -> str:
    return f"{role.value}_name"
