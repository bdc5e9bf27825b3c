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


NO_DEVICE = ChosenDevice()


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """The receipt printer's URL and profile, the serial reader's URL, and what else there is; an empty URL is none."""

    printer: str = ""
    profile: str = DEFAULT_PROFILE
    reader: str = ""
    others: tuple[tuple[Role, ChosenDevice], ...] = ()
    names: tuple[tuple[Role, str], ...] = ()

    def of(self, role: Role) -> ChosenDevice:
        """The device of a role, `NO_DEVICE` for none."""
        name = dict(self.names).get(role, "")
        match role:
            case Role.PRINTER:
                return ChosenDevice(self.printer, self.profile, name)
            case Role.READER:
                return ChosenDevice(self.reader, name=name)
            case _:
                return replace(dict(self.others).get(role, NO_DEVICE), name=name)

    def using(self, role: Role, device: ChosenDevice) -> Self:
        """The same with another device for a role."""
        names = {**dict(self.names), role: device.name}
        named = replace(self, names=tuple((one, name) for one, name in names.items() if name))
        match role:
            case Role.PRINTER:
                return replace(named, printer=device.url, profile=device.driver or DEFAULT_PROFILE)
            case Role.READER:
                return replace(named, reader=device.url)
            case _:
                others = {**dict(self.others), role: replace(device, name="")}
                return replace(named, others=tuple((one, kept) for one, kept in others.items() if kept.url))


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
