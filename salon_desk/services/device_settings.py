"""Which devices this machine uses: their URLs and models, kept as local settings.

No port is opened here. These are no facts of the shop: another machine has its own, and losing them loses a minute.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.access import Permission
from salon_desk.services.till import Actor, Till
from salon_desk.storage import local

DEFAULT_PROFILE = "generic-80mm"


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """The receipt printer's URL and profile, and the serial reader's URL; an empty URL is none."""

    printer: str = ""
    profile: str = DEFAULT_PROFILE
    reader: str = ""


def chosen(till: Till) -> DeviceChoice:
    """What this machine was told to use."""
    with till.read() as transaction:
        return DeviceChoice(
            printer=local.setting(transaction, "printer"),
            profile=local.setting(transaction, "printer_profile", DEFAULT_PROFILE),
            reader=local.setting(transaction, "reader"),
        )


def choose(till: Till, actor: Actor | None, choice: DeviceChoice) -> None:
    """Use these devices from the next start on. Raises PermissionNeeded; no actor for a first set-up."""
    if actor is not None:
        actor.require(Permission.DEVICES)
    for name, value in (
        ("printer", choice.printer),
        ("printer_profile", choice.profile),
        ("reader", choice.reader),
    ):
        local.save_setting(till.store, name, value)
